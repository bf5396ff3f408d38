// op.alter_column: up to seven statements, in the order in which Alembic emits them.
#include <utility>

#include "migration/arguments.hpp"
#include "migration/directive.hpp"
#include "migration/expressions.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

// False, which is alter_column's own "not given".
bool is_unset(const Value* value) {
  return value == nullptr || (value->is(ValueKind::boolean) && value->integer == 0);
}

void change_type(Call& call, const Directive& directive, const Name& column, const Value& type) {
  ChangeType action;
  action.column = column;
  action.type = type_of(&type, directive.interpreter);
  action.collation = collation_of(&type);
  if (const Value* existing = unless_none(argument(directive.call, "existing_type"))) {
    action.existing_type = type_of(existing, directive.interpreter);
    action.existing_collation = collation_of(existing);
  }
  if (const Value* expression = unless_none(argument(directive.call, "postgresql_using"))) {
    action.using_ = condition_of(*expression, directive.interpreter);
  }
  call.statement(std::move(action));
}

void change_nullability(Call& call, const Directive& directive, const Name& column,
                        const Value& given) {
  const auto nullable = eval::truth(given);
  if (!nullable) {
    call.opaque("whether alter_column makes the column nullable is not known");
    return;
  }
  if (*nullable) {
    call.statement(DropNotNull{column});
    return;
  }
  SetNotNull action{column, {}};
  if (const Value* existing = unless_none(argument(directive.call, "existing_nullable"))) {
    action.existing_nullable = eval::truth(*existing);
  }
  call.statement(std::move(action));
}

void change_default(Call& call, const Directive& directive, const Name& column,
                    const Value& given) {
  const Value* existing = argument(directive.call, "existing_server_default");
  const Identity before = identity_of(existing);
  const Identity after = identity_of(&given);
  if (after != Identity::none || (before != Identity::none && given.is(ValueKind::none))) {
    const IdentityChange change = before == Identity::none  ? IdentityChange::add
                                  : after == Identity::none ? IdentityChange::drop
                                                            : IdentityChange::set;
    call.statement(ChangeIdentity{column, change, after});
    return;
  }
  if (generated_of(&given, directive.interpreter) ||
      generated_of(existing, directive.interpreter)) {
    call.statement(
        Opaque{.reason = "Alembic refuses to add or remove a generated column's expression",
               .refused = true});
    return;
  }
  call.statement(SetDefault{column, default_of(&given, directive.interpreter)});
}

// The CHECK constraints that Enum types which are not native bring with them.
void change_check(Call& call, const Directive& directive, const Value* type, bool add,
                  const Name& column) {
  if (!makes_check(type)) {
    return;
  }
  const auto enumeration = enum_of(*type, directive.interpreter);
  if (!enumeration) {
    return;
  }
  if (!add) {
    call.statement(DropConstraint{ConstraintKind::check}, enumeration->name);
    return;
  }
  Constraint check;
  check.name = enumeration->name;
  check.expression = quoted(column) + " IN (";
  for (const std::string& label : enumeration->labels) {
    check.expression += (check.expression.ends_with('(') ? "" : ", ") + quoted_literal(label);
  }
  check.expression += ")";
  call.statement(AddConstraint{std::move(check)}, enumeration->name);
}

}  // namespace

void read_alter_column(const Directive& directive) {
  const Value& given = directive.call;
  const Name column = required_name(directive.get(1, "column_name"));
  Call call = directive.write(directive.table());
  const Value* type = unless_none(argument(given, "type_"));
  const Value* existing = unless_none(argument(given, "existing_type"));
  const Value* nullable = unless_none(argument(given, "nullable"));
  const Value* server_default = argument(given, "server_default");
  const Value* comment = argument(given, "comment");
  const Value* new_name = unless_none(argument(given, "new_column_name"));
  if (type != nullptr && existing != nullptr) {
    change_check(call, directive, existing, false, column);
  }
  if (type != nullptr) {
    change_type(call, directive, column, *type);
  }
  if (nullable != nullptr) {
    change_nullability(call, directive, column, *nullable);
  }
  if (!is_unset(server_default)) {
    change_default(call, directive, column, *server_default);
  }
  if (!is_unset(comment)) {
    SetComment action{column, {}};
    if (!comment->is(ValueKind::none)) {
      action.comment = sql_text_of(*comment).value_or(std::string(hole_name));
    }
    call.statement(std::move(action));
  }
  if (new_name != nullptr) {
    call.statement(RenameColumn{column, name_of(new_name)});
  }
  if (type != nullptr) {
    change_check(call, directive, type, true, column);
  }
  if (given.open) {
    call.opaque("alter_column is given further arguments that are not known");
  }
}

}  // namespace gauger::migration
