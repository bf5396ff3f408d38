#include "migration/directive.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "migration/arguments.hpp"
#include "migration/columns.hpp"
#include "migration/data_change.hpp"
#include "migration/expressions.hpp"
#include "migration/migration.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

Value* Directive::get(std::size_t index, std::string_view keyword) const {
  const bool after_table = batch != nullptr && index > table_index;
  return argument(call, after_table ? index - 1 : index, keyword);
}

TableName Directive::table(std::string_view keyword, std::string_view schema) const {
  if (batch != nullptr) {
    return {name_of(argument(*batch, 1, "schema")),
            required_name(argument(*batch, 0, "table_name"))};
  }
  return {name_of(argument(call, schema)), required_name(argument(call, table_index, keyword))};
}

Call Directive::write(TableName table) const {
  Call made(recorder, interpreter, std::string(name), call.place, batch);
  made.on(std::move(table));
  made.if_exists(flag(call, "if_exists"));
  made.if_not_exists(flag(call, "if_not_exists"));
  return made;
}

void write_types(Call& call, TableParts& parts, TypeMaker maker) {
  const bool once = maker == TypeMaker::directive;
  for (EnumType& type : parts.enums) {
    if (once && !call.makes_type_first({type.schema, type.name})) {
      continue;
    }
    call.on({type.schema, {}});
    const Name name = type.name;
    call.statement(CreateEnum{std::move(type)}, name);
  }
  for (Operation& domain : parts.domains) {
    if (once && !call.makes_type_first({domain.table.schema, domain.object})) {
      continue;
    }
    call.on({domain.table.schema, {}});
    call.statement(std::move(domain.action), domain.object);
  }
}

void write_table(Call& call, const TableName& table, TableParts parts) {
  call.on(table);
  std::vector<std::pair<Name, std::string>> comments;
  for (const Column& column : parts.table.columns) {
    if (column.comment) {
      comments.emplace_back(column.name, *column.comment);
    }
  }
  const auto comment = parts.table.comment;
  call.statement(std::move(parts.table));
  call.if_not_exists(false);
  for (Index& index : parts.indexes) {
    const Name name = index.name;
    call.statement(CreateIndex{std::move(index)}, name);
  }
  if (comment) {
    call.statement(SetComment{{}, comment});
  }
  for (auto& [column, text] : comments) {
    call.statement(SetComment{column, text});
  }
}

void read_create_table(const Directive& directive) {
  const TableName table = directive.table();
  const bool named = argument(directive.call, "table_name") != nullptr;
  const Items items = items_from(directive.call, named ? 0 : 1);
  TableParts parts =
      table_from(table, items.values, items.known, directive.call, directive.interpreter);
  Call call = directive.write(table);
  call.if_not_exists(false);
  write_types(call, parts, TypeMaker::directive);
  call.if_not_exists(flag(directive.call, "if_not_exists"));
  write_table(call, table, std::move(parts));
}

void read_drop_table(const Directive& directive) {
  directive.write(directive.table()).statement(DropTable{});
}

void read_rename_table(const Directive& directive) {
  const TableName table = directive.table("old_table_name");
  const Name to = required_name(directive.get(1, "new_table_name"));
  directive.write(table).statement(RenameTable{{table.schema, to}});
}

void read_table_comment(const Directive& directive) {
  SetComment action;
  if (directive.name == "create_table_comment") {
    const Value* comment = unless_none(directive.get(1, "comment"));
    if (comment != nullptr) {
      action.comment = sql_text_of(*comment).value_or(std::string(hole_name));
    }
  }
  directive.write(directive.table()).statement(std::move(action));
}

void read_add_column(const Directive& directive) {
  const TableName table = directive.table();
  Call call = directive.write(table);
  const Value* given = directive.get(1, "column");
  auto parts = given != nullptr ? column_of(*given, directive.interpreter) : std::nullopt;
  if (!parts) {
    AddColumn unknown;
    unknown.column.name = Name::hole();
    call.statement(std::move(unknown));
    return;
  }
  Column column = std::move(parts->column);
  column.serial = column.primary_key && parts->may_autoincrement;
  if (column.serial && !is_integer(column.type)) {
    column.type.text = "integer";
  }
  const Name name = column.name;
  const auto comment = column.comment;
  const bool key = column.primary_key && flag(directive.call, "inline_primary_key");
  const bool references =
      flag(directive.call, "inline_references") && parts->foreign_keys.size() == 1;
  column.primary_key = key;
  call.statement(AddColumn{std::move(column)});
  call.if_not_exists(false);
  if (key) {
    Constraint primary;
    primary.kind = ConstraintKind::primary_key;
    primary.columns = {name};
    call.same_statement(AddConstraint{std::move(primary)});
  }
  const auto constraint = [&](Constraint& made, bool inside) {
    const Name object = made.name;
    if (inside) {
      call.same_statement(AddConstraint{std::move(made)}, object);
    } else {
      call.statement(AddConstraint{std::move(made)}, object);
    }
  };
  for (Constraint& made : parts->checks) {
    constraint(made, true);
  }
  for (Constraint& made : parts->foreign_keys) {
    made.of_column = references;
    constraint(made, references);
  }
  if (parts->unique) {
    constraint(*parts->unique, false);
  }
  if (parts->type_check) {
    constraint(*parts->type_check, false);
  }
  if (parts->index) {
    CreateIndex made;
    made.index.keys.emplace_back().column = name;
    made.index.unique = parts->unique_index;
    made.index.name = default_index_name(table, made.index);
    const Name object = made.index.name;
    call.statement(std::move(made), object);
  }
  if (comment) {
    call.statement(SetComment{name, comment});
  }
}

void read_drop_column(const Directive& directive) {
  const Name column = required_name(directive.get(1, "column_name"));
  directive.write(directive.table()).statement(DropColumn{column});
}

void read_create_index(const Directive& directive) {
  const TableName table = directive.table();
  const Value* columns = directive.get(2, "columns");
  IndexParts parts;
  if (columns != nullptr && columns->is(ValueKind::text)) {
    // A string is taken letter by letter, as Python does.
    parts = index_from({}, true, directive.call, directive.interpreter);
    for (Name& name : names_of(columns).names) {
      parts.index.keys.emplace_back().column = std::move(name);
    }
  } else {
    const Items items = items_of(columns);
    parts = index_from(items.values, items.known, directive.call, directive.interpreter);
  }
  parts.index.name = name_of(directive.get(0, "index_name"));
  if (parts.index.name.absent()) {
    parts.index.name = default_index_name(table, parts.index);
  }
  const Name name = parts.index.name;
  Call call = directive.write(table);
  call.statement(CreateIndex{std::move(parts.index)}, name).concurrently = parts.concurrently;
}

void read_drop_index(const Directive& directive) {
  TableName table = directive.table();
  if (directive.batch == nullptr && directive.get(1, "table_name") == nullptr) {
    table.name = {};
  }
  const Name name = required_name(directive.get(0, "index_name"));
  Call call = directive.write(table);
  call.statement(DropIndex{}, name).concurrently = flag(directive.call, "postgresql_concurrently");
}

void read_create_constraint(const Directive& directive) {
  Constraint constraint;
  if (directive.name == "create_check_constraint") {
    const Value* condition = directive.get(2, "condition");
    constraint.expression = condition != nullptr ? condition_of(*condition, directive.interpreter)
                                                 : std::string(hole_name);
  } else if (directive.name == "create_exclude_constraint") {
    constraint =
        exclusion_of(directive.call, directive.batch != nullptr ? 1 : 2, directive.interpreter);
  } else {
    const bool unique = directive.name == "create_unique_constraint";
    constraint.kind = unique ? ConstraintKind::unique : ConstraintKind::primary_key;
    Names columns = names_of(directive.get(2, "columns"));
    constraint.columns = std::move(columns.names);
    constraint.columns_known = columns.known;
  }
  read_constraint_options(constraint, directive.call);
  constraint.name = name_of(directive.get(0, "constraint_name"));
  const Name name = constraint.name;
  directive.write(directive.table()).statement(AddConstraint{std::move(constraint)}, name);
}

void read_create_foreign_key(const Directive& directive) {
  Constraint constraint;
  constraint.kind = ConstraintKind::foreign_key;
  const Value* name = directive.get(0, "constraint_name");
  constraint.name = name_of(name != nullptr ? name : argument(directive.call, "name"));
  constraint.referenced = {name_of(argument(directive.call, "referent_schema")),
                           required_name(directive.get(2, "referent_table"))};
  Names columns = names_of(directive.get(3, "local_cols"));
  constraint.columns = std::move(columns.names);
  Names referenced = names_of(directive.get(4, "remote_cols"));
  constraint.referenced_columns = std::move(referenced.names);
  constraint.columns_known = columns.known && referenced.known;
  read_constraint_options(constraint, directive.call);
  const Name object = constraint.name;
  directive.write(directive.table("source_table", "source_schema"))
      .statement(AddConstraint{std::move(constraint)}, object);
}

void read_drop_constraint(const Directive& directive) {
  DropConstraint action;
  const std::string_view kind = text_of(directive.get(2, "type_"));
  if (kind == "foreignkey") {
    action.kind = ConstraintKind::foreign_key;
  } else if (kind == "primary") {
    action.kind = ConstraintKind::primary_key;
  } else if (kind == "unique") {
    action.kind = ConstraintKind::unique;
  } else if (kind == "check") {
    action.kind = ConstraintKind::check;
  }
  const Name name = required_name(directive.get(0, "constraint_name"));
  directive.write(directive.table()).statement(action, name);
}

void read_bulk_insert(const Directive& directive) {
  const Value* table = argument(directive.call, 0, "table");
  const Value* rows = argument(directive.call, 1, "rows");
  const Items items = items_of(rows);
  if (rows != nullptr && items.known && items.values.empty()) {
    return;  // no rows, no statement
  }
  const auto name =
      table != nullptr ? table_of(*table, directive.interpreter) : std::optional<TableName>();
  const TableName into = name.value_or(TableName{{}, Name::hole()});
  directive.write(into).statement(Insert{columns_of_rows(rows)}).constants =
      constants_of_rows(rows, into);
}

namespace {

struct Entry {
  std::string_view name;
  void (*read)(const Directive&);
  std::size_t table_index;
  bool in_batch = true;
};

constexpr std::array entries = {
    Entry{"create_table", read_create_table, 0, false},
    Entry{"drop_table", read_drop_table, 0, false},
    Entry{"rename_table", read_rename_table, 0, false},
    Entry{"bulk_insert", read_bulk_insert, 0, false},
    Entry{"create_table_comment", read_table_comment, 0},
    Entry{"drop_table_comment", read_table_comment, 0},
    Entry{"add_column", read_add_column, 0},
    Entry{"drop_column", read_drop_column, 0},
    Entry{"alter_column", read_alter_column, 0},
    Entry{"create_index", read_create_index, 1},
    Entry{"drop_index", read_drop_index, 1},
    Entry{"create_unique_constraint", read_create_constraint, 1},
    Entry{"create_check_constraint", read_create_constraint, 1},
    Entry{"create_primary_key", read_create_constraint, 1},
    Entry{"create_exclude_constraint", read_create_constraint, 1},
    Entry{"create_foreign_key", read_create_foreign_key, 1},
    Entry{"drop_constraint", read_drop_constraint, 1},
};

}  // namespace

bool read_directive(std::string_view name, const Value& call, const Value* batch,
                    eval::Interpreter& interpreter, Recorder& recorder) {
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& candidate) {
    return candidate.name == name && (batch == nullptr || candidate.in_batch);
  });
  if (entry == entries.end()) {
    return false;
  }
  entry->read({name, call, batch, interpreter, recorder, entry->table_index});
  return true;
}

std::vector<std::string_view> operation_names() {
  std::vector<std::string_view> names{"execute"};
  std::transform(entries.begin(), entries.end(), std::back_inserter(names),
                 [](const Entry& entry) { return entry.name; });
  const auto more = extension_names();
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

}  // namespace gauger::migration
