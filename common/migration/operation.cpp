#include "migration/operation.hpp"

#include <algorithm>
#include <cctype>

namespace gauger::migration {

std::string display(const Name& name) { return name.known ? name.text : "?"; }

std::string display(const TableName& table) {
  return table.schema.absent() ? display(table.name)
                               : display(table.schema) + "." + display(table.name);
}

bool same_table(const TableName& left, const TableName& right) {
  return left.name.known && right.name.known && left.schema.known && right.schema.known &&
         !left.name.text.empty() && left.name.text == right.name.text &&
         left.schema.text == right.schema.text;
}

bool fills_itself(const Column& column) {
  if (column.serial || column.identity != Identity::none || column.generated) {
    return true;
  }
  if (!column.server_default) {
    return false;
  }
  std::string text = column.server_default->text;
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return column.server_default->kind != DefaultKind::expression ||
         (text != "null" && !text.starts_with("null::"));
}

}  // namespace gauger::migration
