// Indexes and EXCLUDE constraints: their keys may be any SQL, which PostgreSQL's grammar reads.
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/columns.hpp"
#include "migration/expressions.hpp"
#include "migration/from_sql.hpp"
#include "migration/sql_parts.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

// The one operation that `text` is; nothing where it is not one of that kind.
template <class Action>
std::optional<Action> parsed(const std::string& text) {
  std::vector<Operation> operations;
  append_sql(text, Operation{}, operations);
  if (operations.size() != 1 || !operations[0].is<Action>()) {
    return std::nullopt;
  }
  return *operations[0].as<Action>();
}

// "lower(email)", "created_at DESC", "name gin_trgm_ops".
IndexKey key_from_sql(const std::string& text, const std::string& method) {
  const auto made =
      parsed<CreateIndex>(fmt::format("CREATE INDEX i ON t USING {} ({})", method, text));
  if (made && made->index.keys.size() == 1) {
    return made->index.keys[0];
  }
  IndexKey key;
  key.expression = text;
  return key;
}

IndexKey key_of(const Value& value, const std::string& method, Interpreter& interpreter) {
  IndexKey key;
  if (value.is(ValueKind::text)) {
    key.column = name_of(&value);
  } else if (const auto reference = column_reference(value)) {
    key.column = reference->column;
  } else if (const auto text = sql_of(value, interpreter);
             text && !value.is(ValueKind::partial_text)) {
    key = key_from_sql(*text, method);
  } else {
    key.column = Name::hole();
  }
  return key;
}

// What the keys say they are columns of: Index("ix", users.c.email), desc(users.c.email).
const Value* table_of_key(const Value& value) {
  if (const auto reference = column_reference(value)) {
    return reference->table;
  }
  if (value.is(ValueKind::call)) {
    if (value.object->is(ValueKind::attribute)) {
      return table_of_key(*value.object->object);
    }
    for (const Value* item : value.items) {
      if (const Value* table = table_of_key(*item)) {
        return table;
      }
    }
  }
  return nullptr;
}

}  // namespace

IndexParts index_from(const std::vector<Value*>& keys, bool keys_known, const Value& options,
                      Interpreter& interpreter) {
  IndexParts parts;
  Index& index = parts.index;
  index.keys_known = keys_known;
  if (const Value* method = unless_none(argument(options, "postgresql_using"))) {
    index.method = method->is(ValueKind::text) ? lower(std::string(method->text)) : "";
  }
  const Value* classes = argument(options, "postgresql_ops");
  for (const Value* value : keys) {
    IndexKey key = key_of(*value, index.method.empty() ? "btree" : index.method, interpreter);
    if (classes != nullptr && key.column.known && !key.column.absent()) {
      if (const Value* operator_class = argument(*classes, key.column.text)) {
        key.operator_class = lower(std::string(text_of(operator_class)));
      }
    }
    parts.table = parts.table != nullptr ? parts.table : table_of_key(*value);
    index.keys.push_back(std::move(key));
  }
  index.included = names_of(unless_none(argument(options, "postgresql_include"))).names;
  if (const Value* where = unless_none(argument(options, "postgresql_where"))) {
    index.predicate = condition_of(*where, interpreter);
  }
  index.unique = flag(options, "unique");
  index.nulls_not_distinct = flag(options, "postgresql_nulls_not_distinct");
  parts.concurrently = flag(options, "postgresql_concurrently");
  return parts;
}

std::optional<IndexParts> index_of(const Value& value, Interpreter& interpreter) {
  if (!value.is(ValueKind::call) || sqlalchemy_name(value) != "Index") {
    return std::nullopt;
  }
  const Items keys = items_from(value, 1);
  IndexParts parts = index_from(keys.values, keys.known, value, interpreter);
  parts.index.name = name_of(argument(value, 0, "name"));
  return parts;
}

Constraint exclusion_of(const Value& call, std::size_t first, Interpreter& interpreter) {
  const Items items = items_from(call, first);
  std::string elements;
  bool known = items.known;
  for (const Value* item : items.values) {
    const Items pair = items_of(item);
    known = known && pair.values.size() == 2;
    if (pair.values.size() != 2) {
      continue;
    }
    const Value& subject = *pair.values[0];
    const std::string element = subject.is(ValueKind::text)
                                    ? quoted(name_of(&subject))
                                    : sql_of(subject, interpreter).value_or(hole_name.data());
    const std::string sign(text_of(pair.values[1]));
    elements += fmt::format("{}{} WITH {}", elements.empty() ? "" : ", ", element,
                            sign.empty() ? "=" : sign);
  }
  const Value* method = argument(call, "using");
  std::string text = fmt::format("ALTER TABLE t ADD EXCLUDE USING {} ({})",
                                 method != nullptr ? text_of(method) : "gist", elements);
  if (const Value* where = unless_none(argument(call, "where"))) {
    text += fmt::format(" WHERE ({})", condition_of(*where, interpreter));
  }
  Constraint out;
  if (auto made = parsed<AddConstraint>(text)) {
    out = std::move(made->constraint);
  } else {
    out.expression = std::move(elements);
  }
  out.kind = ConstraintKind::exclude;
  out.columns_known = known;
  return out;
}

}  // namespace gauger::migration
