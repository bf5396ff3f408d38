// Constraints.
#include <algorithm>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/expression.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

bool has_index(ConstraintKind kind) {
  return kind == ConstraintKind::primary_key || kind == ConstraintKind::unique ||
         kind == ConstraintKind::exclude;
}

Constraint make_constraint(const migration::Constraint& constraint, bool creating) {
  return {.name = text_of(constraint.name),
          .kind = constraint.kind,
          .columns = texts_of(constraint.columns),
          .expression = constraint.expression,
          .referenced = qualified(constraint.referenced).value_or(QualifiedName{}),
          .referenced_columns = texts_of(constraint.referenced_columns),
          .on_delete = constraint.on_delete == "NO ACTION" ? "" : constraint.on_delete,
          .on_update = constraint.on_update == "NO ACTION" ? "" : constraint.on_update,
          .valid = (creating || !constraint.not_valid) && !constraint.not_enforced,
          .enforced = !constraint.not_enforced,
          .no_inherit = constraint.no_inherit,
          .deferrable = constraint.deferrable || constraint.initially_deferred,
          .initially_deferred = constraint.initially_deferred,
          .nulls_not_distinct = constraint.nulls_not_distinct,
          .columns_known = constraint.columns_known};
}

// ChooseConstraintName() of catalog/pg_constraint.c
std::string choose_name(const Editor& editor, const QualifiedName& table, std::string_view columns,
                        std::string_view label) {
  return free_name(table.name, columns, label, [&](const std::string& name) {
    return editor.constraint_exists({table.schema, name});
  });
}

void set_not_null(Table& table, const std::vector<std::string>& columns) {
  for (const std::string& name : columns) {
    if (Column* column = find_named(table.columns, name)) {
      column->nullable = false;
    }
  }
}

// Inheriting tables get no key, but its NOT NULL.
void set_key_not_null(Editor& editor, const QualifiedName& name,
                      const std::vector<std::string>& columns) {
  set_not_null(*editor.edit(name), columns);
  for (const QualifiedName& child : editor.descendants(name)) {
    set_not_null(*editor.edit(child), columns);
  }
}

void add_not_null(Editor& editor, const QualifiedName& name, Constraint constraint) {
  std::vector<QualifiedName> tables = editor.descendants(name);
  tables.insert(tables.begin(), name);
  for (const QualifiedName& each : tables) {
    Table& table = *editor.edit(each);
    if (constraint.valid) {
      set_not_null(table, constraint.columns);
    }
  }
  // Kept for the DROP CONSTRAINT or VALIDATE that names it.
  if (!constraint.name.empty()) {
    editor.edit(name)->constraints.push_back(std::move(constraint));
  }
}

// To the tables that inherit it. A partition's is never its own.
void pass_on(Editor& editor, const Constraint& constraint, const QualifiedName& child) {
  Table& table = *editor.edit(child);
  Constraint* own = find_named(table.constraints, constraint.name);
  if (own != nullptr && own->kind == constraint.kind) {
    own->inherited = own->inherited || !table.partition_of.name.empty();
    return;
  }
  Constraint passed = constraint;
  passed.inherited = true;
  table.constraints.push_back(std::move(passed));
}

void add_check(Editor& editor, const QualifiedName& name, Constraint constraint) {
  if (constraint.name.empty()) {
    const std::vector<std::string> columns = columns_in(constraint.expression, *editor.find(name));
    constraint.name =
        choose_name(editor, name, columns.size() == 1 ? columns.front() : "", "check");
  }
  editor.edit(name)->constraints.push_back(constraint);
  if (!constraint.no_inherit) {
    for (const QualifiedName& child : editor.descendants(name)) {
      pass_on(editor, constraint, child);
    }
  }
}

// The same keys to the same columns, whatever they are called.
bool same_foreign_key(const Constraint& left, const Constraint& right) {
  return left.kind == ConstraintKind::foreign_key && left.kind == right.kind &&
         left.columns == right.columns && left.referenced == right.referenced &&
         left.referenced_columns == right.referenced_columns && left.on_delete == right.on_delete &&
         left.on_update == right.on_update && left.deferrable == right.deferrable;
}

void pass_on_foreign_key(Editor& editor, Constraint constraint, const QualifiedName& child) {
  Table& table = *editor.edit(child);
  for (Constraint& own : table.constraints) {
    if (!own.inherited && same_foreign_key(own, constraint)) {
      own.inherited = true;
      return;
    }
  }
  constraint.inherited = true;
  if (find_named(table.constraints, constraint.name) != nullptr) {
    constraint.name = choose_name(editor, child, joined_names(constraint.columns), "fkey");
  }
  table.constraints.push_back(std::move(constraint));
}

void add_foreign_key(Editor& editor, const QualifiedName& name, Constraint constraint) {
  const Table* referenced = editor.find(constraint.referenced);
  if (constraint.referenced_columns.empty() && referenced != nullptr) {
    for (const Constraint& key : referenced->constraints) {
      if (key.kind == ConstraintKind::primary_key) {
        constraint.referenced_columns = key.columns;
      }
    }
  }
  if (constraint.name.empty() && constraint.columns_known) {
    constraint.name = choose_name(editor, name, joined_names(constraint.columns), "fkey");
  }
  editor.edit(name)->constraints.push_back(constraint);
  for (const QualifiedName& partition : editor.partitions(name)) {
    pass_on_foreign_key(editor, constraint, partition);
  }
}

// USING INDEX: the constraint takes the index over, with its own name if it has one.
void take_index(Editor& editor, const QualifiedName& name, Constraint constraint,
                const migration::Name& taken) {
  Table& table = *editor.edit(name);
  Index* index = taken.known ? find_named(table.indexes, text_of(taken)) : nullptr;
  if (constraint.name.empty()) {
    constraint.name = text_of(taken);
  }
  constraint.columns_known = index != nullptr && index->keys_known;
  if (index == nullptr) {
    table.indexes.push_back({.name = constraint.name,
                             .constraint = constraint.name,
                             .unique = true,
                             .keys_known = false});
  } else {
    constraint.columns.clear();
    for (const IndexKey& key : index->keys) {
      constraint.columns.push_back(key.column);
    }
    constraint.nulls_not_distinct = index->nulls_not_distinct;
    index->name = constraint.name;
    index->constraint = constraint.name;
  }
  if (constraint.kind == ConstraintKind::primary_key) {
    set_key_not_null(editor, name, constraint.columns);
  }
  table.constraints.push_back(std::move(constraint));
}

void add_indexed(Editor& editor, const QualifiedName& name, Constraint constraint) {
  const bool exclude = constraint.kind == ConstraintKind::exclude;
  Index index{.name = constraint.name,
              .method = exclude ? "gist" : "btree",
              .unique = !exclude,
              .nulls_not_distinct = constraint.nulls_not_distinct,
              .keys_known = constraint.columns_known && !exclude};
  // What is excluded is in the expression alone.
  for (const std::string& column :
       exclude ? columns_in(constraint.expression, *editor.find(name)) : constraint.columns) {
    index.keys.push_back({.column = column});
  }
  if (constraint.kind == ConstraintKind::primary_key) {
    set_key_not_null(editor, name, constraint.columns);
  }
  add_index(editor, name, std::move(index), std::move(constraint));
}

// What `operation.object` names, in the table that the operation acts on.
Constraint* named_constraint(Editor& editor, Table* table) {
  const std::string name = text_of(editor.operation().object);
  return table == nullptr || name.empty() ? nullptr : find_named(table->constraints, name);
}

// Any constraint, of the kind that is said, may be the one whose name is not known.
void drop_one_of(Table& table, const std::optional<ConstraintKind>& kind) {
  for (Constraint& constraint : table.constraints) {
    if (kind && constraint.kind != *kind) {
      continue;
    }
    constraint.certainty = Certainty::possible;
    for (Index& index : table.indexes) {
      if (!constraint.name.empty() && index.constraint == constraint.name) {
        index.certainty = Certainty::possible;
      }
    }
  }
}

}  // namespace

void add_constraint(Editor& editor, const migration::Constraint& constraint) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  const QualifiedName name = table->name;
  const std::string given = text_of(constraint.name);
  if (Constraint* there = given.empty() ? nullptr : find_named(table->constraints, given)) {
    if (editor.passes_existing()) {
      there->certainty = Certainty::certain;
      return;
    }
    if (has_index(there->kind)) {
      erase_index(editor, name, given);
    }
    std::erase_if(editor.edit(name)->constraints,
                  [&](const Constraint& each) { return each.name == given; });
  }
  add_constraint_to(editor, name, constraint, false);
}

void add_constraint_to(Editor& editor, const QualifiedName& table,
                       const migration::Constraint& constraint, bool creating) {
  Constraint made = make_constraint(constraint, creating);
  // It has a name, which cannot be known.
  if (!constraint.name.known) {
    Table& changed = *editor.edit(table);
    if (has_index(made.kind)) {
      changed.indexes.push_back({.unique = true, .keys_known = false});
    }
    if (made.kind == ConstraintKind::primary_key || made.kind == ConstraintKind::not_null) {
      set_not_null(changed, made.columns);
    }
    changed.constraints.push_back(std::move(made));
    return;
  }
  switch (constraint.kind) {
    case ConstraintKind::not_null:
      add_not_null(editor, table, std::move(made));
      return;
    case ConstraintKind::check:
      add_check(editor, table, std::move(made));
      return;
    case ConstraintKind::foreign_key:
      add_foreign_key(editor, table, std::move(made));
      return;
    default:
      break;
  }
  if (constraint.using_index.absent()) {
    add_indexed(editor, table, std::move(made));
  } else {
    take_index(editor, table, std::move(made), constraint.using_index);
  }
}

void drop_foreign_keys_to(Editor& editor, const QualifiedName& table,
                          const std::vector<std::string>& columns) {
  std::vector<std::string> sorted = columns;
  std::sort(sorted.begin(), sorted.end());
  const Table* referenced = editor.find(table);
  const bool served =
      referenced != nullptr &&
      std::any_of(referenced->indexes.begin(), referenced->indexes.end(), [&](const Index& index) {
        std::vector<std::string> keys;
        for (const IndexKey& key : index.keys) {
          keys.push_back(key.column);
        }
        std::sort(keys.begin(), keys.end());
        return index.unique && keys == sorted;
      });
  if (served || !editor.operation().cascade) {
    return;
  }
  const auto refers = [&](const Constraint& constraint) {
    std::vector<std::string> to = constraint.referenced_columns;
    std::sort(to.begin(), to.end());
    return constraint.referenced == table && to == sorted;
  };
  for (const QualifiedName& other : editor.where_refers(table, refers)) {
    std::erase_if(editor.edit(other)->constraints, refers);
  }
}

void drop_constraint(Editor& editor, const migration::DropConstraint& action) {
  Table* table = editor.target();
  const Constraint* found = named_constraint(editor, table);
  if (found == nullptr) {
    const migration::Name& name = editor.operation().object;
    if (table != nullptr && (!name.known || name.text.empty())) {
      drop_one_of(*table, action.kind);
    }
    return;
  }
  const Constraint dropped = *found;
  const QualifiedName own = table->name;
  if (has_index(dropped.kind)) {
    erase_index(editor, own, dropped.name);
    drop_foreign_keys_to(editor, own, dropped.columns);
  }
  std::erase_if(editor.edit(own)->constraints,
                [&](const Constraint& each) { return each.name == dropped.name; });
  if (dropped.kind == ConstraintKind::not_null) {
    for (const std::string& name : dropped.columns) {
      if (Column* column = find_named(editor.edit(own)->columns, name)) {
        column->nullable = true;
      }
    }
  }
  if (dropped.kind == ConstraintKind::check || dropped.kind == ConstraintKind::foreign_key) {
    for (const QualifiedName& child : editor.descendants(own)) {
      std::erase_if(editor.edit(child)->constraints, [&](const Constraint& each) {
        return each.inherited && each.kind == dropped.kind &&
               (each.name == dropped.name || same_foreign_key(each, dropped));
      });
    }
  }
}

void validate_constraint(Editor& editor) {
  Table* table = editor.target();
  Constraint* found = named_constraint(editor, table);
  if (found == nullptr) {
    return;
  }
  found->valid = found->enforced;
  const Constraint validated = *found;
  if (validated.kind == ConstraintKind::not_null) {
    set_not_null(*table, validated.columns);
  }
  for (const QualifiedName& child : editor.descendants(table->name)) {
    Constraint* inherited = find_named(editor.edit(child)->constraints, validated.name);
    if (inherited != nullptr && inherited->kind == validated.kind) {
      inherited->valid = inherited->enforced;
    }
  }
}

void rename_constraint(Editor& editor, const migration::RenameConstraint& action) {
  Table* table = editor.target();
  Constraint* found = named_constraint(editor, table);
  if (found == nullptr) {
    return;
  }
  const std::string from = found->name;
  const std::string to = text_of(action.to);
  const ConstraintKind kind = found->kind;
  found->name = to;
  for (Index& index : table->indexes) {
    if (index.constraint == from) {
      index.name = to;
      index.constraint = to;
    }
  }
  if (kind == ConstraintKind::check) {
    for (const QualifiedName& child : editor.descendants(table->name)) {
      if (Constraint* inherited = find_named(editor.edit(child)->constraints, from)) {
        inherited->name = to;
      }
    }
  }
}

void inherit_constraints(Editor& editor, const QualifiedName& parent, const QualifiedName& child) {
  const Table* from = editor.find(parent);
  if (from == nullptr || parent == child) {
    return;
  }
  const bool partition = editor.find(child)->partition_of == parent;
  const std::vector<Constraint> constraints = from->constraints;
  for (const Constraint& constraint : constraints) {
    if (constraint.kind == ConstraintKind::check && !constraint.no_inherit) {
      pass_on(editor, constraint, child);
    } else if (constraint.kind == ConstraintKind::foreign_key && partition) {
      pass_on_foreign_key(editor, constraint, child);
    }
  }
}

}  // namespace gauger::catalog
