#include "migration/expressions.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/operator_sql.hpp"
#include "migration/sql_parts.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

// "coalesce" of sqlalchemy.func.coalesce, "app.f" of func.app.f; empty for all else.
std::string function_name(const Value& callee) {
  const std::string dotted = eval::dotted_name(callee);
  const std::size_t at = dotted.find(".func.");
  return dotted.starts_with("sqlalchemy") && at != std::string::npos ? dotted.substr(at + 6) : "";
}

std::vector<std::string> each_of(const std::vector<Value*>& values,
                                 eval::Interpreter& interpreter) {
  std::vector<std::string> out;
  out.reserve(values.size());
  for (const Value* value : values) {
    out.push_back(sql_of(*value, interpreter).value_or(std::string(hole_name)));
  }
  return out;
}

// and_(a, or_(b, c)), not_(a), desc(a), cast(a, Integer), case(…)…
std::optional<std::string> sql_of_construct(std::string_view name, const Value& call,
                                            eval::Interpreter& interpreter) {
  const auto first = [&]() -> std::string {
    return call.items.empty() ? std::string(hole_name)
                              : sql_of(*call.items[0], interpreter).value_or(hole_name.data());
  };
  if (name == "true" || name == "false" || name == "null" || name == "True_" || name == "False_" ||
      name == "Null") {
    return name == "null" || name == "Null"          ? "NULL"
           : name.starts_with('t') || name[0] == 'T' ? "true"
                                                     : "false";
  }
  if (name == "literal" || name == "bindparam" || name == "type_coerce") {
    return first();
  }
  if (name == "cast" || name == "Cast" || name == "try_cast") {
    const Type type = type_of(argument(call, 1, "type_"), interpreter);
    return fmt::format("CAST({} AS {})", first(), type.known() ? type.text : hole_name);
  }
  if (name == "and_" || name == "or_") {
    std::vector<std::string> parts = each_of(call.items, interpreter);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string_view inner = sqlalchemy_name(*call.items[i]);
      if (name == "and_" && inner == "or_") {
        parts[i] = "(" + parts[i] + ")";
      }
    }
    return joined(parts, name == "and_" ? " AND " : " OR ");
  }
  if (name == "not_") {
    return "NOT (" + first() + ")";
  }
  if ((name == "desc" || name == "asc" || name == "nullslast" || name == "nulls_last" ||
       name == "nullsfirst" || name == "nulls_first") &&
      !call.items.empty()) {
    const std::string subject =
        call.items[0]->is(ValueKind::text) ? quoted(name_of(call.items[0])) : first();
    return subject + (name == "desc"                                ? " DESC"
                      : name == "asc"                               ? " ASC"
                      : name.find("last") != std::string_view::npos ? " NULLS LAST"
                                                                    : " NULLS FIRST");
  }
  if (name == "array") {
    const Value* elements = argument(call, 0, "clauses");
    return elements != nullptr && (elements->is(ValueKind::list) || elements->is(ValueKind::tuple))
               ? std::optional("ARRAY[" + joined(each_of(elements->items, interpreter)) + "]")
               : std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> sql_of_method(const Value& call, eval::Interpreter& interpreter) {
  const Value& object = *call.object->object;
  const std::string_view method = call.object->text;
  if (method == "next_value" && sqlalchemy_name(object) == "Sequence") {
    const TableName sequence{name_of(argument(object, "schema")),
                             required_name(argument(object, 0, "name"))};
    return "nextval(" + quoted_literal(quoted(sequence)) + ")";
  }
  auto subject = sql_of(object, interpreter);
  if (!subject || object.is(ValueKind::text)) {
    return std::nullopt;
  }
  if (method == "desc" || method == "asc") {
    return *subject + (method == "desc" ? " DESC" : " ASC");
  }
  if (method == "nullslast" || method == "nulls_last") {
    return *subject + " NULLS LAST";
  }
  if (method == "nullsfirst" || method == "nulls_first") {
    return *subject + " NULLS FIRST";
  }
  if (method == "label" || method == "self_group") {
    return subject;
  }
  const std::vector<std::string> given = each_of(call.items, interpreter);
  if (given.size() == 1 && (method == "is_" || method == "isnot" || method == "is_not")) {
    return *subject + (method == "is_" ? " IS " : " IS NOT ") + given[0];
  }
  if (given.size() == 1 && (method == "like" || method == "ilike")) {
    return *subject + (method == "like" ? " LIKE " : " ILIKE ") + given[0];
  }
  if ((method == "in_" || method == "notin_" || method == "not_in") && call.items.size() == 1) {
    const Items items = items_of(call.items[0]);
    std::vector<std::string> parts;
    for (const Value* item : items.values) {
      parts.push_back(sql_of(*item, interpreter).value_or(std::string(hole_name)));
    }
    if (!items.known) {
      parts.emplace_back(hole_name);
    }
    return *subject + (method == "in_" ? " IN (" : " NOT IN (") + joined(parts) + ")";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> sql_of(const Value& value, eval::Interpreter& interpreter) {
  switch (value.kind) {
    case ValueKind::text:
      return quoted_literal(value.text);
    case ValueKind::partial_text:
      return quoted_literal(sql_text_of(value).value_or(""));
    case ValueKind::integer:
      return std::to_string(value.integer);
    case ValueKind::real:
      return fmt::format("{}", value.real);
    case ValueKind::boolean:
      return value.integer != 0 ? "true" : "false";
    case ValueKind::none:
      return "NULL";
    case ValueKind::enum_member:
      return quoted_literal(value.text);
    default:
      break;
  }
  if (const auto reference = column_reference(value)) {
    return quoted(reference->column);
  }
  if (auto text = sql_text_of(value)) {
    return text;
  }
  if (value.is(ValueKind::call)) {
    const std::string function = function_name(*value.object);
    if (!function.empty()) {
      return function_call(function, each_of(value.items, interpreter));
    }
    const std::string_view name = sqlalchemy_name(value);
    if (!name.empty()) {
      return sql_of_construct(name, value, interpreter);
    }
    if (value.object->is(ValueKind::attribute)) {
      return sql_of_method(value, interpreter);
    }
  }
  if (value.is(ValueKind::attribute) && value.object->is(ValueKind::class_)) {
    return quoted(Name{std::string(value.text), true});  // a column of a declarative class
  }
  return operator_sql(value);
}

std::string condition_of(const Value& value, eval::Interpreter& interpreter) {
  if (const auto text = sql_text_of(value)) {
    return *text;
  }
  return sql_of(value, interpreter).value_or(std::string(hole_name));
}

std::optional<Default> default_of(const Value* value, eval::Interpreter& interpreter) {
  if (value == nullptr || value->is(ValueKind::none)) {
    return std::nullopt;
  }
  if (value->is(ValueKind::text)) {
    return Default{DefaultKind::literal, std::string(value->text), true};
  }
  const std::string_view name = sqlalchemy_name(*value);
  if (name == "FetchedValue") {
    return std::nullopt;
  }
  if (name == "DefaultClause" && value->is(ValueKind::call)) {
    return default_of(argument(*value, 0, "arg"), interpreter);
  }
  const bool literal =
      name == "literal" || eval::dotted_name(*value).ends_with("inline_literal") ||
      (value->is(ValueKind::call) && eval::dotted_name(*value->object).ends_with("inline_literal"));
  if (literal && value->is(ValueKind::call) && !value->items.empty()) {
    const Value& given = *value->items[0];
    if (given.is(ValueKind::text)) {
      return Default{DefaultKind::literal, std::string(given.text)};
    }
    value = &given;
  }
  if (value->is(ValueKind::partial_text)) {
    return Default{DefaultKind::unknown, sql_text_of(*value).value_or(""), true};
  }
  if (auto text = sql_of(*value, interpreter)) {
    return default_from(*text);
  }
  return Default{DefaultKind::unknown, source_text(*value)};
}

Identity identity_of(const Value* value) {
  if (value == nullptr || sqlalchemy_name(*value) != "Identity") {
    return Identity::none;
  }
  return value->is(ValueKind::call) && is_true(argument(*value, 0, "always"))
             ? Identity::always
             : Identity::by_default;
}

std::optional<Generated> generated_of(const Value* value, eval::Interpreter& interpreter) {
  if (value == nullptr || !value->is(ValueKind::call) || sqlalchemy_name(*value) != "Computed") {
    return std::nullopt;
  }
  Generated out;
  if (const Value* expression = argument(*value, 0, "sqltext")) {
    out.expression = condition_of(*expression, interpreter);
  }
  const Value* persisted = unless_none(argument(*value, 1, "persisted"));
  out.kind = persisted == nullptr ? GeneratedKind::by_sqlalchemy
             : is_true(persisted) ? GeneratedKind::stored
                                  : GeneratedKind::virtual_;
  return out;
}

}  // namespace gauger::migration
