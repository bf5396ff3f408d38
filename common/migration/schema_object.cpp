#include "migration/schema_object.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/columns.hpp"
#include "migration/directive.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

enum class Step : std::uint8_t { create, drop };

// The table's columns and constraints, where the value shows them.
TableParts parts_of(const TableName& table, const Value& value, Interpreter& interpreter) {
  if (value.is(ValueKind::call) && sqlalchemy_name(value) == "Table") {
    const Items items = items_from(value, 2);
    return table_from(table, items.values, items.known, value, interpreter);
  }
  if (value.is(ValueKind::attribute) && value.text == "__table__") {
    return parts_of(table, *value.object, interpreter);
  }
  TableParts parts;
  if (value.is(ValueKind::class_)) {
    std::vector<Value*> columns;
    for (const auto& [name, member] : interpreter.members(&value)) {
      if (member->is(ValueKind::call) &&
          (sqlalchemy_name(*member) == "Column" || sqlalchemy_name(*member) == "mapped_column")) {
        columns.push_back(member);
      }
    }
    static const Value no_options{};
    parts = table_from(table, columns, false, no_options, interpreter);
    std::size_t at = 0;
    for (const auto& [name, member] : interpreter.members(&value)) {
      if (at < columns.size() && member == columns[at]) {
        Column& column = parts.table.columns[at++];
        if (column.name.absent() || !column.name.known) {
          column.name = {std::string(name), true};
        }
      }
    }
  }
  parts.table.columns_known = false;  // mixins, annotations
  return parts;
}

void act_on_table(Call& call, Step step, const TableName& table, const Value& value, bool checks,
                  Interpreter& interpreter) {
  call.directive(fmt::format("Table.{}()", step == Step::create ? "create" : "drop"));
  call.on(table);
  if (step == Step::drop) {
    call.statement(DropTable{});
    return;
  }
  TableParts parts = parts_of(table, value, interpreter);
  call.if_not_exists(true);  // SQLAlchemy 2.1 looks for types first; older ones do not
  write_types(call, parts, TypeMaker::table);
  call.if_not_exists(checks);
  write_table(call, table, std::move(parts));
}

bool act_on_type(Call& call, Step step, const Value& value, Interpreter& interpreter) {
  if (auto enumeration = enum_of(value, interpreter)) {
    if (!enumeration->native) {
      return true;  // nothing is made
    }
    const Name name = enumeration->name;
    call.on({enumeration->schema, {}});
    if (step == Step::create) {
      call.statement(CreateEnum{*std::move(enumeration)}, name);
    } else {
      call.statement(DropObject{ObjectKind::type}, name);
    }
    return true;
  }
  if (auto domain = domain_of(value, interpreter)) {
    call.on({domain->schema, {}});
    if (step == Step::create) {
      call.statement(std::move(domain->definition), domain->name);
    } else {
      call.statement(DropObject{ObjectKind::type}, domain->name);
    }
    return true;
  }
  return false;
}

bool act_on_index(Call& call, Step step, const Value& value, Interpreter& interpreter) {
  auto parts = index_of(value, interpreter);
  if (!parts) {
    return false;
  }
  TableName table{{}, Name::hole()};
  if (parts->table != nullptr) {
    table = table_of(*parts->table, interpreter).value_or(table);
  }
  if (parts->index.name.absent()) {
    parts->index.name = default_index_name(table, parts->index);
  }
  const Name name = parts->index.name;
  call.on(table);
  Operation& made = step == Step::create
                        ? call.statement(CreateIndex{std::move(parts->index)}, name)
                        : call.statement(DropIndex{}, name);
  made.concurrently = parts->concurrently;
  return true;
}

bool act_on_sequence(Call& call, Step step, const Value& value) {
  if (!value.is(ValueKind::call) || sqlalchemy_name(value) != "Sequence") {
    return false;
  }
  call.on({name_of(argument(value, "schema")), {}});
  const Name name = required_name(argument(value, 0, "name"));
  if (step == Step::create) {
    call.statement(CreateObject{ObjectKind::sequence}, name);
  } else {
    call.statement(DropObject{ObjectKind::sequence}, name);
  }
  return true;
}

bool act_on_schema(Call& call, Step step, const Value& construct) {
  const Name name = required_name(argument(construct, 0, "name"));
  if (step == Step::create) {
    call.statement(CreateObject{ObjectKind::schema}, name);
  } else {
    call.statement(DropObject{ObjectKind::schema}, name).cascade = flag(construct, "cascade");
  }
  return true;
}

// AddConstraint(constraint) and DropConstraint(constraint): its table is not said.
bool act_on_constraint(Call& call, Step step, const Value* element, const Value& construct,
                       Interpreter& interpreter) {
  auto constraint = element != nullptr ? constraint_of(*element, interpreter) : std::nullopt;
  if (!constraint) {
    return false;
  }
  call.on({{}, Name::hole()});
  const Name name = constraint->name;
  if (step == Step::create) {
    call.statement(AddConstraint{*std::move(constraint)}, name);
  } else {
    call.statement(DropConstraint{constraint->kind}, name).cascade = flag(construct, "cascade");
  }
  return true;
}

}  // namespace

bool read_schema_object(Call& call, const Value& object, std::string_view method,
                        const Value& given, Interpreter& interpreter) {
  if (method != "create" && method != "drop") {
    return false;
  }
  const Value* value = without_variants(&object);
  const Step step = method == "create" ? Step::create : Step::drop;
  const std::string_view name = sqlalchemy_name(*value);
  // Named types of the dialect and sequences are looked for first unless told not to; sa.Enum,
  // tables and indexes only where told so.
  const bool by_default = name == "ENUM" || name == "DOMAIN" || name == "Sequence";
  const Value* told = argument(given, 1, "checkfirst");
  const bool checks = told != nullptr ? eval::truth(*told).value_or(true) : by_default;
  const std::string_view shown = name == "ENUM" ? "Enum" : name;
  if (!shown.empty()) {
    call.directive(fmt::format("{}.{}()", shown, method));
  }
  call.if_not_exists(step == Step::create && checks);
  call.if_exists(step == Step::drop && checks);
  if (act_on_type(call, step, *value, interpreter) ||
      act_on_index(call, step, *value, interpreter) || act_on_sequence(call, step, *value)) {
    return true;
  }
  if (const auto table = table_of(*value, interpreter)) {
    act_on_table(call, step, *table, *value, checks, interpreter);
    return true;
  }
  call.if_not_exists(false);
  call.if_exists(false);
  return false;
}

bool read_ddl(Call& call, const Value& construct, Interpreter& interpreter) {
  if (!construct.is(ValueKind::call)) {
    return false;
  }
  const std::string_view name = sqlalchemy_name(construct);
  const bool creates = name.starts_with("Create") || name == "AddConstraint";
  if (!creates && !name.starts_with("Drop")) {
    return false;
  }
  const Step step = creates ? Step::create : Step::drop;
  call.if_exists(flag(construct, "if_exists"));
  call.if_not_exists(flag(construct, "if_not_exists"));
  const Value* element = argument(construct, 0, "element");
  if (name == "CreateSchema" || name == "DropSchema") {
    return act_on_schema(call, step, construct);
  }
  if (element == nullptr) {
    return false;
  }
  if (name == "CreateTable" || name == "DropTable") {
    const auto table = table_of(*element, interpreter);
    if (!table) {
      return false;
    }
    call.on(*table);
    if (step == Step::drop) {
      call.statement(DropTable{});
    } else {  // the construct is the one statement: no types, no indexes
      call.statement(parts_of(*table, *element, interpreter).table);
    }
    return true;
  }
  if (name == "AddConstraint" || name == "DropConstraint") {
    return act_on_constraint(call, step, element, construct, interpreter);
  }
  return (name.ends_with("Index") && act_on_index(call, step, *element, interpreter)) ||
         (name.ends_with("Sequence") && act_on_sequence(call, step, *element)) ||
         (name.ends_with("Type") && act_on_type(call, step, *element, interpreter));
}

}  // namespace gauger::migration
