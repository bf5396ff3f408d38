#include "migration/operation.hpp"

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

}  // namespace gauger::migration
