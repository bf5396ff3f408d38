#include "migration/terms.hpp"

#include <algorithm>
#include <array>

#include "migration/arguments.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

bool is_type_library(std::string_view dotted) {
  for (const std::string_view library :
       {"sqlalchemy", "sqlmodel", "geoalchemy2", "pgvector", "sqlalchemy_utils"}) {
    if (dotted.starts_with(library) &&
        (dotted.size() == library.size() || dotted[library.size()] == '.')) {
      return true;
    }
  }
  return false;
}

// PostgreSQL's reserved words (appendix C of its manual) that make sense as names.
constexpr std::array reserved_words = {
    "all",        "analyse", "analyze", "and",    "any",    "array",      "as",       "asc",
    "both",       "case",    "cast",    "check",  "column", "constraint", "create",   "default",
    "desc",       "do",      "else",    "end",    "except", "false",      "fetch",    "for",
    "from",       "grant",   "group",   "having", "in",     "into",       "leading",  "limit",
    "not",        "null",    "offset",  "on",     "only",   "or",         "order",    "primary",
    "references", "select",  "some",    "table",  "then",   "to",         "trailing", "true",
    "union",      "unique",  "user",    "using",  "when",   "where",      "window",   "with"};

bool is_plain_identifier(std::string_view text) {
  return !text.empty() &&
         std::find(reserved_words.begin(), reserved_words.end(), text) == reserved_words.end() &&
         (text[0] < '0' || text[0] > '9') && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || letter == '_' ||
                  (letter >= '0' && letter <= '9');
         });
}

std::string in_quotes(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char letter : text) {
    out.append(letter == quote ? 2 : 1, letter);
  }
  return out += quote;
}

// `__tablename__` and the schema of `__table_args__`, which is a dict or a tuple that ends in one.
std::optional<TableName> table_of_class(const Value& type, eval::Interpreter& interpreter) {
  TableName table;
  for (const auto& [name, member] : interpreter.members(&type)) {
    if (name == "__tablename__") {
      table.name = name_of(member);
    } else if (name == "__table__" && member->is(ValueKind::call)) {
      return table_of(*member, interpreter);
    } else if (name == "__table_args__") {
      const Value* options = member;
      if (member->is(ValueKind::tuple) && !member->items.empty()) {
        options = member->items.back();
      }
      if (options->is(ValueKind::dict)) {
        table.schema = name_of(argument(*options, "schema"));
      } else if (!member->is(ValueKind::tuple)) {
        table.schema = Name::hole();
      }
    }
  }
  return table.name.absent() ? std::nullopt : std::optional(table);
}

}  // namespace

std::string_view sqlalchemy_name(const Value& value) {
  const Value& named = value.is(ValueKind::call) ? *value.object : value;
  if (!named.is(ValueKind::symbol) || !is_type_library(named.text)) {
    return {};
  }
  const std::size_t dot = named.text.rfind('.');
  return dot == std::string_view::npos ? named.text : named.text.substr(dot + 1);
}

std::string_view root_symbol(const Value& value) {
  const Value* at = &value;
  while (at->is(ValueKind::call) || at->is(ValueKind::attribute) || at->is(ValueKind::subscript)) {
    at = at->object;
  }
  return at->is(ValueKind::symbol) ? at->text : std::string_view();
}

const Value* receiver(const Value& value, std::string_view method) {
  if (value.is(ValueKind::call) && value.object->is(ValueKind::attribute) &&
      value.object->text == method) {
    return value.object->object;
  }
  return nullptr;
}

Name name_of(const Value* value) {
  if (value == nullptr || value->is(ValueKind::none)) {
    return {};
  }
  if (value->is(ValueKind::text)) {
    return {std::string(value->text), true};
  }
  return Name::hole();
}

Name required_name(const Value* value) {
  const Name name = name_of(value);
  return name.absent() ? Name::hole() : name;
}

Names names_of(const Value* value) {
  Names out;
  if (value != nullptr && value->is(ValueKind::text)) {
    for (const char letter : value->text) {
      out.names.push_back({std::string(1, letter), true});
    }
    return out;
  }
  const Items items = items_of(value);
  out.known = items.known;
  for (const Value* item : items.values) {
    const auto column = column_reference(*item);
    out.names.push_back(column ? column->column : required_name(item));
  }
  return out;
}

Names names_from(const Value& call, std::size_t first) {
  const Items items = items_from(call, first);
  Names out{{}, items.known};
  for (const Value* item : items.values) {
    const auto column = column_reference(*item);
    out.names.push_back(column ? column->column : required_name(item));
  }
  return out;
}

std::optional<std::string> sql_text_of(const Value& value) {
  if (value.is(ValueKind::text)) {
    return std::string(value.text);
  }
  if (value.is(ValueKind::partial_text)) {
    std::string out;
    for (const Value* part : value.items) {
      out += part->is(ValueKind::text) ? part->text : hole_name;
    }
    return out;
  }
  if (!value.is(ValueKind::call)) {
    return std::nullopt;
  }
  const std::string_view name = sqlalchemy_name(value);
  if (name == "text" || name == "literal_column" || name == "DDL" || name == "TextClause") {
    const Value* text = argument(value, 0, name == "DDL" ? "statement" : "text");
    return text != nullptr ? sql_text_of(*text) : std::nullopt;
  }
  for (const std::string_view method :
       {"bindparams", "params", "columns", "execution_options", "execute_if", "self_group"}) {
    if (const Value* object = receiver(value, method)) {
      return object->is(ValueKind::call) ? sql_text_of(*object) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::string quoted(const Name& name) {
  if (!name.known) {
    return std::string(hole_name);
  }
  return is_plain_identifier(name.text) ? name.text : in_quotes(name.text, '"');
}

std::string quoted(const TableName& table) {
  return table.schema.absent() ? quoted(table.name)
                               : quoted(table.schema) + "." + quoted(table.name);
}

std::string quoted_literal(std::string_view text) { return in_quotes(text, '\''); }

std::optional<TableName> table_of(const Value& value, eval::Interpreter& interpreter) {
  if (value.is(ValueKind::class_)) {
    return table_of_class(value, interpreter);
  }
  if (value.is(ValueKind::attribute) && value.text == "__table__") {
    return table_of(*value.object, interpreter);
  }
  if (value.is(ValueKind::subscript) && !value.items.empty() &&
      value.object->is(ValueKind::attribute) && value.object->text == "tables") {
    return TableName{{}, required_name(value.items[0])};  // metadata.tables["users"]
  }
  if (!value.is(ValueKind::call)) {
    return std::nullopt;
  }
  const std::string_view name = sqlalchemy_name(value);
  if (name == "table" || name == "Table" || name == "TableClause") {
    const Value* schema = argument(value, "schema");
    const Value* metadata = name == "Table" ? argument(value, 1, "metadata") : nullptr;
    if (schema == nullptr && metadata != nullptr && sqlalchemy_name(*metadata) == "MetaData") {
      schema = argument(*metadata, 0, "schema");
    }
    return TableName{name_of(schema), required_name(argument(value, 0, "name"))};
  }
  if (name == "aliased" && !value.items.empty()) {
    return table_of(*value.items[0], interpreter);
  }
  for (const std::string_view method : {"alias", "tometadata", "to_metadata"}) {
    if (const Value* object = receiver(value, method)) {
      return table_of(*object, interpreter);
    }
  }
  const bool creates = eval::dotted_name(*value.object) == "alembic.op.create_table" ||
                       receiver(value, "create_table") != nullptr;
  if (creates) {
    return TableName{name_of(argument(value, "schema")),
                     required_name(argument(value, 0, "table_name"))};
  }
  return std::nullopt;
}

std::optional<ColumnReference> column_reference(const Value& value) {
  if (value.is(ValueKind::call)) {
    const std::string_view name = sqlalchemy_name(value);
    if (name == "column" || name == "Column") {
      return ColumnReference{required_name(argument(value, 0, "name")), nullptr};
    }
    return std::nullopt;
  }
  if (value.is(ValueKind::attribute) && value.object->is(ValueKind::attribute) &&
      (value.object->text == "c" || value.object->text == "columns")) {
    return ColumnReference{{std::string(value.text), true}, value.object->object};
  }
  if (value.is(ValueKind::subscript) && value.object->is(ValueKind::attribute) &&
      (value.object->text == "c" || value.object->text == "columns")) {
    const Value* index = value.items.empty() ? nullptr : value.items[0];
    return ColumnReference{required_name(index), value.object->object};
  }
  return std::nullopt;
}

}  // namespace gauger::migration
