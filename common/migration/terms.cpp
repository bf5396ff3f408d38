#include "migration/terms.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

bool is_type_library(std::string_view dotted) {
  return dotted.starts_with("sqlalchemy") || dotted.starts_with("sqlmodel") ||
         dotted.starts_with("geoalchemy2") || dotted.starts_with("pgvector");
}

std::optional<std::int64_t> integer_of(const Value* value) {
  return value != nullptr && value->is(ValueKind::integer) ? std::optional(value->integer)
                                                           : std::nullopt;
}

const Value* argument(const Value& call, std::size_t index, std::string_view keyword) {
  if (const Value* named = call.keyword(keyword)) {
    return named;
  }
  return index < call.items.size() ? call.items[index] : nullptr;
}

bool is_true(const Value* value) { return value != nullptr && eval::truth(*value).value_or(false); }

struct PlainType {
  std::string_view sqlalchemy;
  std::string_view postgresql;
};

// Types whose arguments do not change what PostgreSQL calls them.
constexpr std::array plain_types = {
    PlainType{"Integer", "integer"},
    PlainType{"INTEGER", "integer"},
    PlainType{"INT", "integer"},
    PlainType{"BigInteger", "bigint"},
    PlainType{"BIGINT", "bigint"},
    PlainType{"SmallInteger", "smallint"},
    PlainType{"SMALLINT", "smallint"},
    PlainType{"Text", "text"},
    PlainType{"TEXT", "text"},
    PlainType{"UnicodeText", "text"},
    PlainType{"Boolean", "boolean"},
    PlainType{"BOOLEAN", "boolean"},
    PlainType{"Date", "date"},
    PlainType{"DATE", "date"},
    PlainType{"REAL", "real"},
    PlainType{"Double", "double precision"},
    PlainType{"DOUBLE", "double precision"},
    PlainType{"DOUBLE_PRECISION", "double precision"},
    PlainType{"LargeBinary", "bytea"},
    PlainType{"PickleType", "bytea"},
    PlainType{"BYTEA", "bytea"},
    PlainType{"BLOB", "bytea"},
    PlainType{"JSON", "json"},
    PlainType{"JSONB", "jsonb"},
    PlainType{"UUID", "uuid"},
    PlainType{"Uuid", "uuid"},
    PlainType{"INET", "inet"},
    PlainType{"CIDR", "cidr"},
    PlainType{"MACADDR", "macaddr"},
    PlainType{"MACADDR8", "macaddr8"},
    PlainType{"MONEY", "money"},
    PlainType{"OID", "oid"},
    PlainType{"REGCLASS", "regclass"},
    PlainType{"REGCONFIG", "regconfig"},
    PlainType{"HSTORE", "hstore"},
    PlainType{"CITEXT", "citext"},
    PlainType{"TSVECTOR", "tsvector"},
    PlainType{"TSQUERY", "tsquery"},
    PlainType{"INT4RANGE", "int4range"},
    PlainType{"INT8RANGE", "int8range"},
    PlainType{"NUMRANGE", "numrange"},
    PlainType{"DATERANGE", "daterange"},
    PlainType{"TSRANGE", "tsrange"},
    PlainType{"TSTZRANGE", "tstzrange"},
};

std::string character_type(const Value* call, std::string_view name) {
  const Value* length = call != nullptr ? argument(*call, 0, "length") : nullptr;
  if (length == nullptr || length->is(ValueKind::none)) {
    return std::string(name);
  }
  const auto known = integer_of(length);
  return known ? fmt::format("{}({})", name, *known) : std::string();
}

std::string time_type(const Value* call, std::string_view name, std::string_view plain) {
  if (name == "Date") {
    return "date";
  }
  const Value* zone = call != nullptr ? argument(*call, 0, "timezone") : nullptr;
  const auto precision =
      call != nullptr ? integer_of(argument(*call, 1, "precision")) : std::nullopt;
  if (zone != nullptr && !eval::truth(*zone)) {
    return {};
  }
  return fmt::format("{}{} {} time zone", plain, precision ? fmt::format("({})", *precision) : "",
                     is_true(zone) ? "with" : "without");
}

std::string numeric_type(const Value* call) {
  const Value* precision = call != nullptr ? argument(*call, 0, "precision") : nullptr;
  const Value* scale = call != nullptr ? argument(*call, 1, "scale") : nullptr;
  if (precision == nullptr || precision->is(ValueKind::none)) {
    return "numeric";
  }
  const auto digits = integer_of(precision);
  if (!digits) {
    return {};
  }
  return fmt::format("numeric({},{})", *digits, integer_of(scale).value_or(0));
}

std::string float_type(const Value* call) {
  const auto precision =
      call != nullptr ? integer_of(argument(*call, 0, "precision")) : std::nullopt;
  return precision && *precision <= 24 ? "real" : "double precision";
}

std::string spelled(std::string_view name, const Value* call) {
  for (const PlainType& plain : plain_types) {
    if (plain.sqlalchemy == name) {
      return std::string(plain.postgresql);
    }
  }
  if (name == "String" || name == "VARCHAR" || name == "Unicode" || name == "NVARCHAR" ||
      name == "AutoString") {
    return character_type(call, "character varying");
  }
  if (name == "CHAR" || name == "NCHAR") {
    return character_type(call, "character");
  }
  if (name == "DateTime" || name == "TIMESTAMP" || name == "DATETIME") {
    return time_type(call, name, "timestamp");
  }
  if (name == "Time" || name == "TIME") {
    return time_type(call, name, "time");
  }
  if (name == "Numeric" || name == "NUMERIC" || name == "DECIMAL") {
    return numeric_type(call);
  }
  if (name == "Float" || name == "FLOAT") {
    return float_type(call);
  }
  if (name == "Interval" || name == "INTERVAL") {
    return call == nullptr || (call->items.empty() && call->entries.empty()) ? "interval" : "";
  }
  return {};
}

// What `type.with_variant(other, "dialect")` is on PostgreSQL.
const Value* without_variants(const Value* value) {
  while (value != nullptr && value->is(ValueKind::call) &&
         value->object->is(ValueKind::attribute) && value->object->text == "with_variant") {
    const bool for_postgresql =
        std::any_of(value->items.begin() + (value->items.empty() ? 0 : 1), value->items.end(),
                    [](const Value* dialect) {
                      return dialect->is(ValueKind::text) && dialect->text == "postgresql";
                    });
    value = for_postgresql ? value->items[0] : value->object->object;
  }
  return value;
}

std::string source_text(const Value& value) {
  if (value.place.module == nullptr) {
    return {};
  }
  return std::string(base::slice(value.place.module->text, value.place.span));
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

Name name_of(const Value* value) {
  if (value == nullptr || value->is(ValueKind::none)) {
    return {};
  }
  if (value->is(ValueKind::text)) {
    return {std::string(value->text), true};
  }
  return Name::hole();
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
  if ((name == "text" || name == "literal_column" || name == "DDL") && !value.items.empty()) {
    return sql_text_of(*value.items[0]);
  }
  const Value& callee = *value.object;
  if (callee.is(ValueKind::attribute) && (callee.text == "bindparams" || callee.text == "columns" ||
                                          callee.text == "execution_options")) {
    return sql_text_of(*callee.object);
  }
  return std::nullopt;
}

std::optional<EnumType> enum_of(const Value& given) {
  const Value* value = without_variants(&given);
  if (value == nullptr || !value->is(ValueKind::call)) {
    return std::nullopt;
  }
  const std::string_view name = sqlalchemy_name(*value);
  if (name == "ARRAY" && !value->items.empty()) {
    return enum_of(*value->items[0]);
  }
  if (name != "Enum" && name != "ENUM") {
    return std::nullopt;
  }
  EnumType made;
  made.name = name_of(value->keyword("name"));
  made.schema = name_of(value->keyword("schema"));
  const Value* native = value->keyword("native_enum");
  made.native = native == nullptr || eval::truth(*native).value_or(true);
  const Value* create = value->keyword("create_type");
  made.create_type = create == nullptr || eval::truth(*create).value_or(true);
  // With metadata=, SQLAlchemy 2.1 makes the type with the table and older ones do not.
  const Value* metadata = value->keyword("metadata");
  made.create_type = made.create_type && (metadata == nullptr || metadata->is(ValueKind::none));
  made.inherit_schema = is_true(value->keyword("inherit_schema"));
  made.labels_known = !value->open;
  for (const Value* item : value->items) {
    if (item->is(ValueKind::text)) {
      made.labels.emplace_back(item->text);
    } else {
      made.labels_known = false;
      if (item->is(ValueKind::class_) && made.name.absent()) {
        made.name.text = item->text;  // sa.Enum(Status): the class's name in lower case
        std::transform(made.name.text.begin(), made.name.text.end(), made.name.text.begin(),
                       [](unsigned char letter) {
                         return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20)
                                                               : static_cast<char>(letter);
                       });
      } else if (made.name.absent()) {
        made.name = Name::hole();
      }
    }
  }
  return made;
}

Type type_of(const Value* given) {
  Type type;
  const Value* value = without_variants(given);
  if (value == nullptr) {
    return type;
  }
  type.written = source_text(*value);
  if (auto enumeration = enum_of(*value)) {
    if (enumeration->native && enumeration->name.known && !enumeration->name.text.empty()) {
      type.text = enumeration->name.text;
    }
    type.enumeration = std::move(enumeration);
    return type;
  }
  const std::string_view name = sqlalchemy_name(*value);
  const Value* call = value->is(ValueKind::call) ? value : nullptr;
  if (name == "ARRAY" && call != nullptr && !call->items.empty()) {
    const Type element = type_of(call->items[0]);
    type.text = element.known() ? element.text + "[]" : "";
    return type;
  }
  if (!name.empty() && (call == nullptr || !call->open)) {
    type.text = spelled(name, call);
  }
  return type;
}

std::optional<Default> default_of(const Value* value) {
  if (value == nullptr || value->is(ValueKind::none)) {
    return std::nullopt;
  }
  if (value->is(ValueKind::text)) {
    return Default{DefaultKind::literal, std::string(value->text)};
  }
  const std::string_view name = sqlalchemy_name(*value);
  if (name == "Identity") {
    return Default{DefaultKind::identity, {}};
  }
  if (name == "Computed") {
    return Default{DefaultKind::computed,
                   value->items.empty() ? "" : sql_text_of(*value->items[0]).value_or("")};
  }
  if (const auto text = sql_text_of(*value)) {
    return Default{DefaultKind::expression, *text};
  }
  if (value->is(ValueKind::call)) {
    return Default{DefaultKind::expression, source_text(*value)};
  }
  return Default{DefaultKind::unknown, source_text(*value)};
}

std::optional<Column> column_of(const Value& value) {
  if (!value.is(ValueKind::call) || sqlalchemy_name(value) != "Column") {
    return std::nullopt;
  }
  Column column;
  std::size_t next = 0;
  if (const Value* named = value.keyword("name")) {
    column.name = name_of(named);
  } else if (!value.items.empty()) {
    column.name = name_of(value.items[next++]);
  }
  const Value* type = value.keyword("type_");
  for (; next < value.items.size(); ++next) {
    const Value& item = *value.items[next];
    const std::string_view name = sqlalchemy_name(item);
    if (name == "Identity" || name == "Computed") {
      column.server_default = default_of(&item);
    } else if (name == "DefaultClause" || name == "FetchedValue") {
      column.server_default = Default{};
    } else if (name == "ForeignKey" || name.ends_with("Constraint") || name == "Sequence") {
      continue;
    } else if (type == nullptr) {
      type = &item;
    }
  }
  column.type = type_of(type);
  column.primary_key = is_true(value.keyword("primary_key"));
  column.unique = is_true(value.keyword("unique"));
  column.index = is_true(value.keyword("index"));
  column.client_default = value.keyword("default") != nullptr;
  if (const Value* given = value.keyword("server_default")) {
    column.server_default = default_of(given);
  }
  if (const Value* nullable = value.keyword("nullable")) {
    column.nullable = eval::truth(*nullable);
  } else if (column.primary_key) {
    column.nullable = false;
  }
  const Value* increments = value.keyword("autoincrement");
  const bool integer = column.type.text == "integer" || column.type.text == "bigint" ||
                       column.type.text == "smallint";
  column.serial = integer && column.primary_key &&
                  (increments == nullptr || eval::truth(*increments).value_or(true));
  if (value.open && !column.nullable) {
    column.nullable = std::nullopt;
  }
  return column;
}

std::optional<TableName> table_of(const Value& value, eval::Interpreter& reader) {
  if (value.is(ValueKind::class_)) {
    TableName table;
    for (const auto& [name, member] : reader.members(&value)) {
      if (name == "__tablename__") {
        table.name = name_of(member);
      } else if (name == "__table_args__" && member->is(ValueKind::dict)) {
        table.schema = name_of(member->keyword("schema"));
      }
    }
    return table.name.absent() ? std::nullopt : std::optional(table);
  }
  if (value.is(ValueKind::attribute) && value.text == "__table__") {
    return table_of(*value.object, reader);
  }
  if (value.is(ValueKind::subscript) && !value.items.empty() &&
      value.object->is(ValueKind::attribute) && value.object->text == "tables") {
    return TableName{{}, name_of(value.items[0])};  // metadata.tables["users"]
  }
  if (!value.is(ValueKind::call)) {
    return std::nullopt;
  }
  const std::string_view name = sqlalchemy_name(value);
  if (name == "table" || name == "Table" || name == "TableClause") {
    return TableName{name_of(value.keyword("schema")), name_of(argument(value, 0, "name"))};
  }
  if (value.object->is(ValueKind::attribute) && value.object->text == "alias") {
    return table_of(*value.object->object, reader);
  }
  return std::nullopt;
}

std::optional<DataChange> data_change_of(const Value& value, eval::Interpreter& reader) {
  const Value* at = &value;
  while (at->is(ValueKind::call)) {
    const std::string_view name = sqlalchemy_name(*at);
    const bool function = name == "update" || name == "insert" || name == "delete";
    const Value& callee = *at->object;
    const std::string_view verb = function ? name : callee.text;
    const Value* target = nullptr;
    if (function && !at->items.empty()) {
      target = at->items[0];
    } else if (callee.is(ValueKind::attribute) &&
               (verb == "update" || verb == "insert" || verb == "delete")) {
      target = callee.object;
    }
    if (target != nullptr) {
      const OperationKind kind = verb == "update"   ? OperationKind::update
                                 : verb == "insert" ? OperationKind::insert
                                                    : OperationKind::delete_;
      const auto table = table_of(*target, reader);
      if (table) {
        return DataChange{kind, *table};
      }
      if (function || root_symbol(*target).starts_with("sqlalchemy")) {
        return DataChange{kind, {{}, Name::hole()}};
      }
    }
    if (!callee.is(ValueKind::attribute)) {
      return std::nullopt;
    }
    at = callee.object;
  }
  return std::nullopt;
}

}  // namespace gauger::migration
