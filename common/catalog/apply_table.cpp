// Tables and partitions.
#include <algorithm>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

// A column that a parent has, too, is one column: NOT NULL in either makes it so, and a default of
// its own goes before the parent's (MergeAttributes() of commands/tablecmds.c).
void merge_column(std::vector<Column>& columns, const Column& inherited) {
  Column* own = find_named(columns, inherited.name);
  if (own == nullptr) {
    columns.push_back(inherited);
    columns.back().comment.clear();
    columns.back().identity = Identity::none;
    columns.back().identity_options.clear();
    return;
  }
  if (inherited.nullable == false) {
    own->nullable = false;
  }
  if (!own->default_) {
    own->default_ = inherited.default_;
  }
  if (own->generated.empty()) {
    own->generated = inherited.generated;
    own->generated_virtual = inherited.generated_virtual;
  }
}

std::vector<QualifiedName> parents_of(const migration::CreateTable& action) {
  std::vector<QualifiedName> result;
  if (const auto parent = qualified(action.partition_of)) {
    result.push_back(*parent);
  }
  for (const migration::TableName& each : action.inherits) {
    if (const auto parent = qualified(each)) {
      result.push_back(*parent);
    }
  }
  return result;
}

// SQLAlchemy makes the enums of a table's columns with it.
void create_enums(Editor& editor, const migration::CreateTable& action,
                  const QualifiedName& table) {
  for (const migration::Column& column : action.columns) {
    const auto& type = column.type.enumeration;
    if (!type || !type->native || !type->create_type || type->name.absent()) {
      continue;
    }
    QualifiedName name = in_schema(type->name, type->schema);
    if (type->inherit_schema) {
      name.schema = table.schema;
    }
    if (!editor.catalog().enums.contains(name)) {
      create_enum(editor, *type, name);
    }
  }
}

// The columns that parents give come first.
void add_columns(Editor& editor, const migration::CreateTable& action,
                 const std::vector<QualifiedName>& parents, Table& made) {
  std::vector<Column> own;
  for (const migration::Column& column : action.columns) {
    if (!column.name.known || column.name.text.empty()) {
      made.columns_known = false;
      continue;
    }
    own.push_back(make_column(editor, made.name, column));
  }
  for (const QualifiedName& name : parents) {
    const Table* parent = editor.find(name);
    if (parent == nullptr) {
      made.columns_known = false;
      continue;
    }
    made.columns_known = made.columns_known && parent->columns_known;
    for (const Column& column : parent->columns) {
      merge_column(made.columns, column);
    }
  }
  for (Column& column : own) {
    Column* there = find_named(made.columns, column.name);
    if (there == nullptr) {
      made.columns.push_back(std::move(column));
      continue;
    }
    // A partition may say NOT NULL and DEFAULT of a column without its type.
    std::vector<Column> merged{std::move(column)};
    if (merged.front().type.empty()) {
      merged.front().type = there->type;
    }
    merge_column(merged, *there);
    *there = std::move(merged.front());
  }
}

// A constraint that one with the same columns makes needless (transformIndexConstraints() of
// parser/parse_utilcmd.c): of UNIQUE and PRIMARY KEY there is one index.
bool is_needless(const migration::Constraint& constraint,
                 const std::vector<migration::Constraint>& before) {
  return std::any_of(before.begin(), before.end(), [&](const migration::Constraint& other) {
    return texts_of(other.columns) == texts_of(constraint.columns) &&
           other.deferrable == constraint.deferrable &&
           other.initially_deferred == constraint.initially_deferred &&
           other.nulls_not_distinct == constraint.nulls_not_distinct && constraint.columns_known &&
           other.columns_known;
  });
}

// In the order in which PostgreSQL makes them, which decides who gets which name: checks, the
// primary key, what else has an index, foreign keys.
void add_constraints(Editor& editor, const migration::CreateTable& action,
                     const QualifiedName& name) {
  std::vector<migration::Constraint> indexed;
  for (const ConstraintKind kind :
       {ConstraintKind::not_null, ConstraintKind::check, ConstraintKind::primary_key}) {
    for (const migration::Constraint& constraint : action.constraints) {
      if (constraint.kind == kind) {
        add_constraint_to(editor, name, constraint, true);
        if (kind == ConstraintKind::primary_key) {
          indexed.push_back(constraint);
        }
      }
    }
  }
  for (const migration::Constraint& constraint : action.constraints) {
    const bool unique = constraint.kind == ConstraintKind::unique;
    if ((unique || constraint.kind == ConstraintKind::exclude) &&
        !(unique && is_needless(constraint, indexed))) {
      add_constraint_to(editor, name, constraint, true);
      if (unique) {
        indexed.push_back(constraint);
      }
    }
  }
  for (const migration::Constraint& constraint : action.constraints) {
    if (constraint.kind == ConstraintKind::foreign_key) {
      add_constraint_to(editor, name, constraint, true);
    }
  }
}

// What is sure of a table that may have been there already, and is there now.
void create_again(Table& there, const Table& made) {
  if (there.certainty == Certainty::certain) {
    return;
  }
  there.certainty = Certainty::certain;
  for (const Column& column : made.columns) {
    if (there.find_column(column.name) == nullptr) {
      there.columns.push_back(column);
      there.columns.back().certainty = Certainty::possible;
    }
  }
}

void attach(Editor& editor, const QualifiedName& parent, const QualifiedName& child) {
  inherit_constraints(editor, parent, child);
  if (editor.find(child)->partition_of == parent) {
    inherit_indexes(editor, parent, child);
  }
}

void detach(Editor& editor, const QualifiedName& name) {
  Table* table = editor.edit(name);
  if (table == nullptr) {
    return;
  }
  for (Constraint& constraint : table->constraints) {
    constraint.inherited = false;
  }
  for (Index& index : table->indexes) {
    index.inherited = false;
  }
}

}  // namespace

void create_table(Editor& editor, const migration::CreateTable& action) {
  if (action.temporary) {
    return;
  }
  const auto name = qualified(editor.operation().table);
  if (!name) {
    editor.catalog().complete = false;
    return;
  }
  const bool there = editor.find(*name) != nullptr;
  if (there && editor.passes_existing() && editor.find(*name)->certainty == Certainty::certain) {
    return;
  }
  create_enums(editor, action, *name);
  Table made{.name = *name,
             .partition_strategy = action.partition_strategy,
             .partition_key = action.partition_key,
             .default_partition = action.default_partition,
             .unlogged = action.unlogged,
             .comment = action.comment.value_or(""),
             .columns_known = action.columns_known,
             .created_in = editor.revision()};
  const std::vector<QualifiedName> parents = parents_of(action);
  add_columns(editor, action, parents, made);
  made.columns.shrink_to_fit();  // a replay keeps thousands of tables
  if (there && editor.passes_existing()) {
    create_again(*editor.edit(*name), made);
    return;
  }
  if (const auto parent = qualified(action.partition_of)) {
    made.partition_of = *parent;
  } else {
    made.inherits = parents;
  }
  editor.insert(std::move(made));
  add_constraints(editor, action, *name);
  for (const QualifiedName& parent : parents) {
    attach(editor, parent, *name);
  }
  // There is no row yet that could break them.
  Table& table = *editor.edit(*name);
  table.constraints.shrink_to_fit();
  table.indexes.shrink_to_fit();
  for (Constraint& constraint : table.constraints) {
    constraint.valid =
        constraint.valid || (constraint.kind == ConstraintKind::check && constraint.enforced);
  }
}

void drop_table(Editor& editor, const QualifiedName& name) {
  if (editor.find(name) == nullptr) {
    return;
  }
  const std::vector<QualifiedName> children = editor.children(name);
  editor.erase(name);
  for (const QualifiedName& child : children) {
    drop_table(editor, child);
  }
  const auto refers = [&](const Constraint& constraint) { return constraint.referenced == name; };
  for (const QualifiedName& other : editor.where_refers(name, refers)) {
    std::erase_if(editor.edit(other)->constraints, refers);
  }
  drop_views_of(editor, name);
  std::erase_if(editor.catalog().sequences,
                [&](const auto& entry) { return entry.second.owner == name; });
}

void rename_table(Editor& editor, const migration::RenameTable& action) {
  const auto name = qualified(editor.operation().table);
  const auto to = qualified(action.to);
  Catalog& catalog = editor.catalog();
  if (!name) {
    catalog.complete = false;
  } else if (catalog.views.contains(*name)) {
    if (to) {
      rename_view(editor, *name, *to);
    }
  } else if (editor.target() != nullptr) {
    if (to) {
      move_table(editor, *name, *to);
    } else {
      // It lives on under a name that is not known.
      editor.erase(*name);
      catalog.complete = false;
    }
  }
}

void move_table(Editor& editor, const QualifiedName& name, const QualifiedName& to) {
  if (name == to) {
    return;
  }
  editor.rename(name, to);
  std::vector<QualifiedName> others =
      editor.where_refers(name, [](const Constraint&) { return true; });
  const std::vector<QualifiedName> children = editor.children(name);
  others.insert(others.end(), children.begin(), children.end());
  for (const QualifiedName& other : others) {
    Table& table = *editor.edit(other);
    if (table.partition_of == name) {
      table.partition_of = to;
    }
    std::replace(table.inherits.begin(), table.inherits.end(), name, to);
    for (Constraint& constraint : table.constraints) {
      if (constraint.referenced == name) {
        constraint.referenced = to;
      }
    }
  }
  for (auto& [view_name, view] : editor.catalog().views) {
    std::replace(view.reads.begin(), view.reads.end(), name, to);
  }
  std::vector<QualifiedName> owned;
  for (auto& [sequence_name, sequence] : editor.catalog().sequences) {
    if (sequence.owner == name) {
      sequence.owner = to;
      owned.push_back(sequence_name);
    }
  }
  if (to.schema != name.schema) {
    for (const QualifiedName& sequence : owned) {
      rename_sequence(editor, sequence, {to.schema, sequence.name});
    }
  }
}

void attach_partition(Editor& editor, const migration::AttachPartition& action) {
  Table* parent = editor.target();
  const auto child = qualified(action.partition);
  Table* partition = child ? editor.edit(*child) : nullptr;
  if (parent == nullptr || partition == nullptr || parent == partition) {
    return;
  }
  partition->partition_of = parent->name;
  partition->default_partition = action.default_partition;
  const QualifiedName name = parent->name;
  attach(editor, name, *child);
}

void detach_partition(Editor& editor, const migration::DetachPartition& action) {
  const auto child = qualified(action.partition);
  Table* partition = child ? editor.edit(*child) : nullptr;
  if (partition == nullptr || partition->partition_of.name.empty()) {
    return;
  }
  const QualifiedName parent = std::exchange(partition->partition_of, QualifiedName{});
  partition->default_partition = false;
  detach(editor, *child);
  // What the bounds said stays as a CHECK (DetachAddConstraintIfNeeded()).
  if (editor.operation().concurrently) {
    const Table* from = editor.find(parent);
    migration::Constraint bounds{.kind = ConstraintKind::check};
    if (from != nullptr && from->partition_key.size() == 1) {
      bounds.expression = from->partition_key.front() + " IS NOT NULL";
    }
    add_constraint_to(editor, *child, bounds, false);
  }
}

void alter_table(Editor& editor, const migration::AlterTable& action) {
  using migration::TableSetting;
  switch (action.setting) {
    case TableSetting::logged:
    case TableSetting::unlogged:
      if (Table* table = editor.target()) {
        table->unlogged = action.setting == TableSetting::unlogged;
      }
      return;
    case TableSetting::row_security:
      if (Table* table = editor.target()) {
        const bool force = action.value.ends_with("FORCE");
        (force ? table->row_security_forced : table->row_security) =
            action.value == "ENABLE" || action.value == "FORCE";
      }
      return;
    case TableSetting::inherit:
    case TableSetting::no_inherit: {
      Table* table = editor.target();
      const auto parent = qualified(action.other);
      if (table == nullptr || !parent || *parent == table->name) {
        return;
      }
      const QualifiedName name = table->name;
      std::erase(table->inherits, *parent);
      if (action.setting == TableSetting::no_inherit) {
        detach(editor, name);
      } else {
        table->inherits.push_back(*parent);
        inherit_constraints(editor, *parent, name);
      }
      return;
    }
    default:
      return;
  }
}

}  // namespace gauger::catalog
