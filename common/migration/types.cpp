#include "migration/types.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/sql_parts.hpp"
#include "migration/terms.hpp"
#include "migration/type_names.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

constexpr std::size_t keyword_only = 1000;

std::string qualified(const Name& schema, const Name& name) {
  if (!name.known || !schema.known || name.text.empty()) {
    return {};
  }
  return schema.text.empty() ? name.text : schema.text + "." + name.text;
}

// Labels from a Python Enum's members: their names, or what values_callable makes of the class.
void add_labels(EnumType& made, Value& type, Value* values_callable,
                eval::Interpreter& interpreter) {
  if (values_callable != nullptr) {
    const Value* labels = nullptr;
    if (values_callable->is(ValueKind::function)) {
      labels = interpreter.call_function(values_callable, {&type}, values_callable->place);
    }
    const Items items = items_of(labels);
    made.labels_known = labels != nullptr && items.known;
    for (const Value* item : items.values) {
      const Value* label = item->is(ValueKind::enum_member) ? item->object : item;
      made.labels_known = made.labels_known && label->is(ValueKind::text);
      made.labels.emplace_back(text_of(label));
    }
    return;
  }
  std::vector<const Value*> seen;  // a second name for a value is an alias, not a label
  for (const auto& [name, member] : interpreter.members(&type)) {
    const bool alias = std::any_of(seen.begin(), seen.end(), [value = member](const Value* other) {
      return eval::equal(*other, *value).value_or(false);
    });
    if (name.starts_with('_') || member->is(ValueKind::function) || member->is(ValueKind::class_) ||
        alias) {
      continue;
    }
    seen.push_back(member);
    made.labels.emplace_back(name);
  }
}

// The labels of sa.Enum(Status), sa.Enum("a", "b") or ENUM(*labels).
void read_labels(EnumType& made, const Value& call, eval::Interpreter& interpreter) {
  const Items items = items_from(call, 0);
  made.labels_known = items.known;
  Value* first = items.values.size() == 1 ? items.values[0] : nullptr;
  if (first != nullptr && first->is(ValueKind::class_)) {
    if (made.name.absent()) {
      made.name = {lower(std::string(first->text)), true};
    }
    add_labels(made, *first, unless_none(argument(call, "values_callable")), interpreter);
    return;
  }
  for (const Value* item : items.values) {
    if (item->is(ValueKind::text)) {
      made.labels.emplace_back(item->text);
      continue;
    }
    made.labels_known = false;
    if (made.name.absent() && first == item) {
      // An Enum class of another package: its name is the last part, if that looks like a class.
      const std::string dotted = eval::dotted_name(*item);
      const std::string last = dotted.substr(dotted.rfind('.') + 1);
      const bool is_class = !last.empty() && last[0] >= 'A' && last[0] <= 'Z';
      made.name = is_class ? Name{lower(last), true} : Name::hole();
    }
  }
}

const Value* array_element(const Value& value) {
  if (!value.is(ValueKind::call) || sqlalchemy_name(value) != "ARRAY") {
    return nullptr;
  }
  return argument(value, 0, "item_type");
}

// Types that decorate each other in a ring have no end.
constexpr int deepest_decoration = 8;

Type read_type(const Value* given, eval::Interpreter& interpreter, int depth);

// What a class derived from TypeDecorator or UserDefinedType is on PostgreSQL.
Type custom_type(const Value& type, const Value* call, eval::Interpreter& interpreter, int depth) {
  if (depth > deepest_decoration) {
    return {};
  }
  Value* impl = nullptr;
  for (const auto& [name, member] : interpreter.members(&type)) {
    if (name == "load_dialect_impl" && member->is(ValueKind::function)) {
      Value* dialect = interpreter.symbol("sqlalchemy.engine.dialect", type.place);
      const Value* made = interpreter.call_function(
          member, {interpreter.unknown("an instance", type.place), dialect}, type.place);
      const bool described = made->is(ValueKind::call) && !made->items.empty() &&
                             eval::dotted_name(*made->object).ends_with("dialect.type_descriptor");
      return read_type(described ? made->items[0] : made, interpreter, depth + 1);
    }
    if (name == "get_col_spec" && member->is(ValueKind::function)) {
      Type out;
      out.text = lower(std::string(text_of(interpreter.call_function(
          member, {interpreter.unknown("an instance", type.place)}, type.place))));
      return out;
    }
    if (name == "impl") {
      impl = member;
    }
  }
  if (impl == nullptr) {
    return {};
  }
  // The decorator's arguments go to `impl` where that is a class.
  if (!impl->is(ValueKind::call) && call != nullptr &&
      (!call->items.empty() || !call->entries.empty())) {
    Value* instance = interpreter.memory().make(ValueKind::call, call->place);
    *instance = *call;
    instance->object = impl;
    impl = instance;
  }
  return read_type(impl, interpreter, depth + 1);
}

Type read_type(const Value* given, eval::Interpreter& interpreter, int depth) {
  Type type;
  const Value* value = without_variants(given);
  if (value == nullptr) {
    return type;
  }
  type.written = source_text(*given);
  if (auto enumeration = enum_of(*value, interpreter)) {
    if (enumeration->native) {
      type.text = qualified(enumeration->schema, enumeration->name);
    } else if (enumeration->labels_known) {
      std::size_t longest = 0;
      for (const std::string& label : enumeration->labels) {
        longest = std::max(longest, label.size());
      }
      const Number length = number_of(value, keyword_only, "length");
      type.text = length.known
                      ? fmt::format("character varying({})",
                                    length.value.value_or(static_cast<std::int64_t>(longest)))
                      : "";
    }
    const bool array = array_element(*value) != nullptr;
    type.text += array && !type.text.empty() ? "[]" : "";
    type.enumeration = std::move(enumeration);
    return type;
  }
  if (const Value* element = array_element(*value)) {
    const Type inner = read_type(element, interpreter, depth + 1);
    type.text = inner.known() ? inner.text + "[]" : "";
    return type;
  }
  if (const auto domain = domain_of(*value, interpreter)) {
    type.text = qualified(domain->schema, domain->name);
    return type;
  }
  const Value* call = value->is(ValueKind::call) ? value : nullptr;
  const Value& named = call != nullptr ? *call->object : *value;
  if (named.is(ValueKind::class_)) {
    Type custom = custom_type(named, call, interpreter, depth);
    custom.written = type.written;
    return custom;
  }
  const std::string_view name = sqlalchemy_name(*value);
  if (!name.empty() && (call == nullptr || !call->open)) {
    type.text = spelled_type(name, call);
  }
  return type;
}

}  // namespace

const Value* without_variants(const Value* value) {
  while (value != nullptr) {
    const Value* plain = receiver(*value, "with_variant");
    if (plain == nullptr) {
      break;
    }
    const bool for_postgresql =
        std::any_of(value->items.begin() + (value->items.empty() ? 0 : 1), value->items.end(),
                    [](const Value* dialect) { return text_of(dialect) == "postgresql"; });
    value = for_postgresql ? value->items[0] : plain;
  }
  return value;
}

std::optional<EnumType> enum_of(const Value& given, eval::Interpreter& interpreter) {
  const Value* value = without_variants(&given);
  if (value == nullptr || !value->is(ValueKind::call)) {
    return std::nullopt;
  }
  if (const Value* element = array_element(*value)) {
    return enum_of(*element, interpreter);
  }
  const std::string_view name = sqlalchemy_name(*value);
  if (name != "Enum" && name != "ENUM") {
    return std::nullopt;
  }
  EnumType made;
  made.name = name_of(argument(*value, "name"));
  made.schema = name_of(argument(*value, "schema"));
  made.native = name == "ENUM" || !is_false(argument(*value, "native_enum"));
  made.create_type = !is_false(argument(*value, "create_type"));
  // With metadata=, SQLAlchemy 2.1 makes the type with the table and older ones do not.
  made.create_type = made.create_type && unless_none(argument(*value, "metadata")) == nullptr;
  made.inherit_schema = flag(*value, "inherit_schema");
  read_labels(made, *value, interpreter);
  return made;
}

bool makes_check(const Value* type) {
  const Value* value = without_variants(type);
  return value != nullptr && value->is(ValueKind::call) && sqlalchemy_name(*value) == "Enum" &&
         is_false(argument(*value, "native_enum")) && flag(*value, "create_constraint");
}

std::optional<Domain> domain_of(const Value& given, eval::Interpreter& interpreter) {
  const Value* value = without_variants(&given);
  if (value == nullptr || !value->is(ValueKind::call)) {
    return std::nullopt;
  }
  if (const Value* element = array_element(*value)) {
    return domain_of(*element, interpreter);
  }
  if (sqlalchemy_name(*value) != "DOMAIN") {
    return std::nullopt;
  }
  Domain domain;
  domain.name = required_name(argument(*value, 0, "name"));
  domain.schema = name_of(argument(*value, "schema"));
  domain.create_type = !is_false(argument(*value, "create_type"));
  domain.definition.type = type_of(argument(*value, 1, "data_type"), interpreter);
  domain.definition.not_null = flag(*value, "not_null");
  if (const Value* check = unless_none(argument(*value, "check"))) {
    Constraint constraint;
    constraint.expression = sql_text_of(*check).value_or(std::string(hole_name));
    constraint.name = name_of(argument(*value, "constraint_name"));
    domain.definition.checks.push_back(std::move(constraint));
  }
  return domain;
}

std::string collation_of(const Value* given) {
  const Value* value = without_variants(given);
  if (value == nullptr || !value->is(ValueKind::call)) {
    return {};
  }
  if (const Value* element = array_element(*value)) {
    return collation_of(element);
  }
  const std::string_view name = sqlalchemy_name(*value);
  const bool is_string = is_sized_type(name);
  if (is_string) {
    return std::string(text_of(argument(*value, 1, "collation")));
  }
  const bool takes_none = name.empty() || name == "Enum" || name == "ENUM";
  return takes_none ? std::string() : std::string(text_of(argument(*value, "collation")));
}

bool is_integer(const Type& type) {
  return type.text == "integer" || type.text == "bigint" || type.text == "smallint";
}

Type type_of(const Value* value, eval::Interpreter& interpreter) {
  return read_type(value, interpreter, 0);
}

}  // namespace gauger::migration
