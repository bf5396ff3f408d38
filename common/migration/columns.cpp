#include "migration/columns.hpp"

#include <algorithm>
#include <utility>

#include "migration/arguments.hpp"
#include "migration/expressions.hpp"
#include "migration/sql_parts.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

// "users.id" or "app.users.id" as ForeignKey takes it.
struct Target {
  TableName table{{}, Name::hole()};
  Name column = Name::hole();
};

Target target_of(const Value* value, Interpreter& interpreter) {
  Target out;
  if (value == nullptr) {
    return out;
  }
  if (value->is(ValueKind::text)) {
    const std::string_view text = value->text;
    const std::size_t last = text.rfind('.');
    if (last == std::string_view::npos) {
      out.table.name = {std::string(text), true};
      out.column = {};
      return out;
    }
    const std::size_t first = text.substr(0, last).rfind('.');
    out.column = {std::string(text.substr(last + 1)), true};
    if (first == std::string_view::npos) {
      out.table.name = {std::string(text.substr(0, last)), true};
    } else {
      out.table = {{std::string(text.substr(0, first)), true},
                   {std::string(text.substr(first + 1, last - first - 1)), true}};
    }
    return out;
  }
  if (const auto reference = column_reference(*value)) {
    out.column = reference->column;
    if (reference->table != nullptr) {
      out.table = table_of(*reference->table, interpreter).value_or(out.table);
    }
  } else if (value->is(ValueKind::attribute)) {
    out.table = table_of(*value->object, interpreter).value_or(out.table);
    out.column = {std::string(value->text), true};
  } else if (value->is(ValueKind::partial_text)) {
    // f"{schema}.users.id": what follows the hole is known.
    const std::string_view tail = text_of(value->items.back());
    const std::size_t last = tail.rfind('.');
    if (last != std::string_view::npos) {
      out.column = {std::string(tail.substr(last + 1)), true};
      const std::size_t first = tail.substr(0, last).rfind('.');
      if (first == 0) {
        out.table = {Name::hole(), {std::string(tail.substr(1, last - 1)), true}};
      }
    }
  }
  return out;
}

Constraint foreign_key_of(const Value& call, Interpreter& interpreter) {
  Constraint out;
  out.kind = ConstraintKind::foreign_key;
  const Target target = target_of(argument(call, 0, "column"), interpreter);
  out.referenced = target.table;
  if (!target.column.absent()) {
    out.referenced_columns = {target.column};
  }
  out.name = name_of(argument(call, "name"));
  read_constraint_options(out, call);
  return out;
}

void read_column_item(ColumnParts& parts, const Value& item, Interpreter& interpreter,
                      bool& has_default) {
  const std::string_view name = sqlalchemy_name(item);
  if (name == "Identity") {
    parts.column.identity = identity_of(&item);
  } else if (name == "Computed") {
    parts.column.generated = generated_of(&item, interpreter);
  } else if (name == "ForeignKey") {
    parts.foreign_keys.push_back(foreign_key_of(item, interpreter));
    parts.foreign_keys.back().columns = {parts.column.name};
  } else if (name == "CheckConstraint") {
    if (auto check = constraint_of(item, interpreter)) {
      parts.checks.push_back(*std::move(check));
    }
  } else if (name == "Sequence") {
    has_default = has_default || !flag(item, "optional");
    parts.column.client_default = true;
  } else if (name == "DefaultClause") {
    parts.column.server_default = default_of(&item, interpreter);
  } else if (name == "ColumnDefault") {
    parts.column.client_default = true;
    has_default = true;
  }
}

bool is_schema_item(std::string_view name) {
  return name == "Identity" || name == "Computed" || name == "ForeignKey" ||
         name == "CheckConstraint" || name == "Sequence" || name == "DefaultClause" ||
         name == "ColumnDefault" || name == "FetchedValue" || name.ends_with("Constraint");
}

// The CHECK of an Enum that is not native.
std::optional<Constraint> check_of_type(const Column& column, const Value* type) {
  if (!makes_check(type) || !column.type.enumeration) {
    return std::nullopt;
  }
  Constraint check;
  check.name = column.type.enumeration->name;
  check.expression = quoted(column.name) + " IN (";
  for (const std::string& label : column.type.enumeration->labels) {
    check.expression += (check.expression.ends_with('(') ? "" : ", ") + quoted_literal(label);
  }
  check.expression += ")";
  return check;
}

void read_nullability(ColumnParts& parts, const Value& call) {
  Column& column = parts.column;
  const Value* nullable = argument(call, "nullable");
  parts.nullable_told = nullable != nullptr;
  if (column.identity != Identity::none) {
    column.nullable = false;  // whatever is said
  } else if (nullable != nullptr) {
    column.nullable = eval::truth(*nullable);
  } else if (column.primary_key) {
    column.nullable = false;
  } else if (!call.open) {
    column.nullable = true;
  }
}

}  // namespace

std::string referential_action(const Value* value) {
  std::string out(text_of(value));
  std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter & ~0x20) : letter;
  });
  return out == "NO ACTION" ? "" : out;
}

void read_constraint_options(Constraint& constraint, const Value& call) {
  constraint.deferrable = flag(call, "deferrable");
  constraint.initially_deferred =
      lower(std::string(text_of(argument(call, "initially")))) == "deferred";
  constraint.not_valid = flag(call, "postgresql_not_valid");
  constraint.nulls_not_distinct = flag(call, "postgresql_nulls_not_distinct");
  constraint.on_delete = referential_action(argument(call, "ondelete"));
  constraint.on_update = referential_action(argument(call, "onupdate"));
}

std::optional<ColumnParts> column_of(const Value& value, Interpreter& interpreter) {
  const std::string_view construct = sqlalchemy_name(value);
  if (!value.is(ValueKind::call) || (construct != "Column" && construct != "mapped_column")) {
    return std::nullopt;
  }
  ColumnParts parts;
  Column& column = parts.column;
  std::size_t next = 0;
  if (const Value* named = argument(value, "name")) {
    column.name = name_of(named);
  } else if (!value.items.empty() && !is_schema_item(sqlalchemy_name(*value.items[0]))) {
    const Value& first = *value.items[0];
    const bool is_type = !sqlalchemy_name(first).empty() || first.is(ValueKind::class_) ||
                         (first.is(ValueKind::call) && first.object->is(ValueKind::class_));
    const bool unnamed = is_type || (construct == "mapped_column" && !first.is(ValueKind::text));
    column.name = unnamed ? Name{} : name_of(value.items[next++]);
  }
  parts.type = argument(value, "type_");
  bool has_default = unless_none(argument(value, "default")) != nullptr;
  column.client_default = has_default;
  for (; next < value.items.size(); ++next) {
    const Value& item = *value.items[next];
    if (is_schema_item(sqlalchemy_name(item))) {
      read_column_item(parts, item, interpreter, has_default);
    } else if (parts.type == nullptr) {
      parts.type = &item;
    }
  }
  column.type = type_of(parts.type, interpreter);
  column.collation = collation_of(parts.type);
  column.primary_key = flag(value, "primary_key");
  if (const Value* given = argument(value, "server_default")) {
    column.identity = column.identity != Identity::none ? column.identity : identity_of(given);
    if (auto generated = generated_of(given, interpreter)) {
      column.generated = std::move(generated);
    } else if (column.identity == Identity::none) {
      column.server_default = default_of(given, interpreter);
    }
  }
  read_nullability(parts, value);
  if (const Value* comment = unless_none(argument(value, "comment"))) {
    column.comment = sql_text_of(*comment).value_or("");
  }
  const bool unique = flag(value, "unique");
  parts.index = flag(value, "index");
  parts.unique_index = parts.index && unique;
  if (unique && !parts.index) {
    parts.unique.emplace();
    parts.unique->kind = ConstraintKind::unique;
    parts.unique->columns = {column.name};
  }
  parts.type_check = check_of_type(column, parts.type);
  const Value* increments = argument(value, "autoincrement");
  parts.autoincrement =
      increments != nullptr && increments->is(ValueKind::boolean) && increments->integer != 0;
  parts.may_autoincrement =
      !is_false(increments) && !has_default && !column.server_default &&
      column.identity == Identity::none && !column.generated &&
      (is_integer(column.type) || (parts.autoincrement && column.type.text.ends_with(",0)"))) &&
      (parts.foreign_keys.empty() || parts.autoincrement || text_of(increments) == "ignore_fk");
  return parts;
}

std::optional<Constraint> constraint_of(const Value& value, Interpreter& interpreter) {
  if (!value.is(ValueKind::call)) {
    return std::nullopt;
  }
  const std::string_view name = sqlalchemy_name(value);
  Constraint out;
  if (name == "PrimaryKeyConstraint" || name == "UniqueConstraint") {
    out.kind = name == "UniqueConstraint" ? ConstraintKind::unique : ConstraintKind::primary_key;
    Names columns = names_from(value, 0);
    out.columns = std::move(columns.names);
    out.columns_known = columns.known;
  } else if (name == "CheckConstraint") {
    const Value* condition = argument(value, 0, "sqltext");
    out.expression =
        condition != nullptr ? condition_of(*condition, interpreter) : std::string(hole_name);
  } else if (name == "ForeignKeyConstraint") {
    out.kind = ConstraintKind::foreign_key;
    Names columns = names_of(argument(value, 0, "columns"));
    out.columns = std::move(columns.names);
    const Items targets = items_of(argument(value, 1, "refcolumns"));
    out.columns_known = columns.known && targets.known;
    out.referenced.name = Name::hole();
    for (const Value* item : targets.values) {
      const Target target = target_of(item, interpreter);
      out.referenced = target.table;
      out.referenced_columns.push_back(target.column);
    }
  } else if (name == "ExcludeConstraint") {
    out = exclusion_of(value, 0, interpreter);
  } else {
    return std::nullopt;
  }
  out.name = name == "CheckConstraint"        ? name_of(argument(value, 1, "name"))
             : name == "ForeignKeyConstraint" ? name_of(argument(value, 2, "name"))
                                              : name_of(argument(value, "name"));
  read_constraint_options(out, value);
  return out;
}

Name default_index_name(const TableName& table, const Index& index) {
  if (index.keys.empty() || index.keys[0].column.absent() || !index.keys[0].column.known ||
      !table.name.known || !table.schema.known) {
    return Name::hole();
  }
  std::string name = "ix_";
  if (!table.schema.absent()) {
    name += table.schema.text + "_";
  }
  return {name + table.name.text + "_" + index.keys[0].column.text, true};
}

}  // namespace gauger::migration
