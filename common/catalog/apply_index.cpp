// Indexes.
#include <algorithm>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

Index make_index(const migration::Index& index) {
  Index made{.included = texts_of(index.included),
             .method = index.method,
             .predicate = index.predicate,
             .unique = index.unique,
             .nulls_not_distinct = index.nulls_not_distinct,
             .keys_known = index.keys_known};
  for (const migration::IndexKey& key : index.keys) {
    if (!key.column.known) {
      made.keys_known = false;
      continue;
    }
    made.keys.push_back({.column = text_of(key.column),
                         .expression = key.expression,
                         .operator_class = key.operator_class,
                         .collation = key.collation,
                         .descending = key.descending,
                         .nulls_first = key.nulls_first,
                         .nulls_last = key.nulls_last});
  }
  return made;
}

// Whether one can be the partition's part of the other (CompareIndexInfo()).
bool same_definition(const Index& left, const Index& right) {
  return left.keys == right.keys && left.included == right.included &&
         left.method == right.method && left.predicate == right.predicate &&
         left.unique == right.unique && left.nulls_not_distinct == right.nulls_not_distinct;
}

// ChooseIndexName() of commands/indexcmds.c; empty where the columns are not known.
std::string choose_name(const Editor& editor, const QualifiedName& table, const Index& index,
                        const std::optional<Constraint>& constraint) {
  const auto taken = [&](const std::string& name) {
    const QualifiedName qualified{table.schema, name};
    return editor.relation_exists(qualified) || (constraint && editor.constraint_exists(qualified));
  };
  if (constraint && constraint->kind == ConstraintKind::primary_key) {
    return free_name(table.name, "", "pkey", taken);
  }
  const bool exclude = constraint && constraint->kind == ConstraintKind::exclude;
  if (!index.keys_known && !exclude) {
    return {};
  }
  const char* label = !constraint ? "idx" : exclude ? "excl" : "key";
  return free_name(table.name, joined_names(index_columns(index)), label, taken);
}

std::string add_here(Editor& editor, const QualifiedName& name, Index index,
                     std::optional<Constraint> constraint) {
  if (index.name.empty()) {
    index.name = choose_name(editor, name, index, constraint);
  }
  Table& table = *editor.edit(name);
  std::string result = index.name;
  if (constraint) {
    constraint->name = index.name;
    index.constraint = index.name;
    table.constraints.push_back(std::move(*constraint));
  }
  table.indexes.push_back(std::move(index));
  return result;
}

// The partition's part of an index: one that it has, or a new one. The result is its name.
std::string inherit_index(Editor& editor, const Index& index, const Constraint* constraint,
                          const QualifiedName& partition) {
  Table& table = *editor.edit(partition);
  for (Index& own : table.indexes) {
    Constraint* owner =
        own.constraint.empty() ? nullptr : find_named(table.constraints, own.constraint);
    const bool serves =
        constraint == nullptr || (owner != nullptr && owner->kind == constraint->kind);
    if (!own.inherited && serves && same_definition(own, index)) {
      own.inherited = true;
      if (constraint != nullptr) {
        owner->inherited = true;
      }
      return own.name;
    }
  }
  Index made = index;
  made.name.clear();
  made.constraint.clear();
  made.inherited = true;
  made.valid = true;
  std::optional<Constraint> made_constraint;
  if (constraint != nullptr) {
    made_constraint = *constraint;
    made_constraint->inherited = true;
    if (constraint->kind == ConstraintKind::primary_key) {
      for (const std::string& key : constraint->columns) {
        if (Column* column = find_named(table.columns, key)) {
          column->nullable = false;
        }
      }
    }
  }
  return add_here(editor, partition, std::move(made), std::move(made_constraint));
}

// An index, by the tables that have a part of it.
using Parts = std::map<QualifiedName, std::string>;

void inherit_from(Editor& editor, const QualifiedName& parent, const QualifiedName& partition,
                  Parts& parts) {
  const auto part = parts.find(parent);
  const Table* table = editor.find(parent);
  const Index* found =
      part == parts.end() || table == nullptr ? nullptr : table->find_index(part->second);
  if (found == nullptr) {
    return;
  }
  const Index index = *found;
  const Constraint* constraint = table->find_constraint(index.constraint);
  const std::optional<Constraint> copy =
      constraint == nullptr ? std::nullopt : std::optional(*constraint);
  parts[partition] = inherit_index(editor, index, copy ? &*copy : nullptr, partition);
}

// Where `operation.object` names an index, which may say its schema or its table.
std::optional<Editor::Place> named_index(Editor& editor) {
  const Operation& operation = editor.operation();
  if (!operation.object.known || !operation.table.schema.known) {
    return std::nullopt;
  }
  return editor.find_index(in_schema(operation.object, operation.table.schema));
}

Table* table_at(Editor& editor, const std::optional<Editor::Place>& place) {
  return place && !place->view ? editor.edit(place->relation) : nullptr;
}

}  // namespace

std::string add_index(Editor& editor, const QualifiedName& table, Index index,
                      std::optional<Constraint> constraint) {
  std::string name = add_here(editor, table, std::move(index), std::move(constraint));
  if (!editor.operation().only) {
    Parts parts{{table, name}};
    for (const QualifiedName& partition : editor.partitions(table)) {
      inherit_from(editor, editor.find(partition)->partition_of, partition, parts);
    }
  }
  return name;
}

void inherit_indexes(Editor& editor, const QualifiedName& parent, const QualifiedName& child) {
  const Table* table = editor.find(parent);
  if (table == nullptr) {
    return;
  }
  std::vector<std::string> names;
  for (const Index& index : table->indexes) {
    names.push_back(index.name);
  }
  for (const std::string& name : names) {
    Parts parts{{parent, name}};
    inherit_from(editor, parent, child, parts);
    for (const QualifiedName& partition : editor.partitions(child)) {
      inherit_from(editor, editor.find(partition)->partition_of, partition, parts);
    }
  }
}

void erase_index(Editor& editor, const QualifiedName& table, const std::string& index) {
  const Table* owner = editor.find(table);
  const Index* found = owner == nullptr ? nullptr : owner->find_index(index);
  if (found == nullptr) {
    return;
  }
  const Index definition = *found;
  const auto erase = [&](const QualifiedName& name, const auto& test) {
    Table& changed = *editor.edit(name);
    const auto at = std::find_if(changed.indexes.begin(), changed.indexes.end(), test);
    if (at == changed.indexes.end()) {
      return;
    }
    const std::string constraint = at->constraint;
    changed.indexes.erase(at);
    if (!constraint.empty()) {
      std::erase_if(changed.constraints,
                    [&](const Constraint& each) { return each.name == constraint; });
    }
  };
  erase(table, [&](const Index& each) { return each.name == index; });
  for (const QualifiedName& partition : editor.partitions(table)) {
    erase(partition,
          [&](const Index& each) { return each.inherited && same_definition(each, definition); });
  }
}

void create_index(Editor& editor, const migration::CreateIndex& action) {
  const Operation& operation = editor.operation();
  const migration::Name& said = action.index.name.absent() ? operation.object : action.index.name;
  const auto relation = qualified(operation.table);
  Index index = make_index(action.index);
  index.name = text_of(said);
  const bool named = !said.absent();
  if (const auto view =
          relation ? editor.catalog().views.find(*relation) : editor.catalog().views.end();
      view != editor.catalog().views.end()) {
    if (!named) {
      index.name = choose_name(editor, *relation, index, std::nullopt);
    }
    if (find_named(view->second.indexes, index.name) == nullptr) {
      view->second.indexes.push_back(std::move(index));
    }
    return;
  }
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  const QualifiedName name = table->name;
  if (named && index.name.empty()) {
    table->indexes.push_back(std::move(index));
    return;
  }
  if (!index.name.empty()) {
    const auto there = editor.find_index({name.schema, index.name});
    if (there && editor.passes_existing()) {
      if (Table* owner = table_at(editor, there)) {
        owner->indexes[there->index].certainty = Certainty::certain;
      }
      return;
    }
    if (there && there->relation == name) {
      erase_index(editor, name, index.name);
    }
  }
  // It is valid once each partition has its part (DefineIndex()).
  const bool only = action.index.only || operation.only;
  if (only && !editor.find(name)->partition_strategy.empty() && !editor.partitions(name).empty()) {
    index.valid = false;
  }
  if (only) {
    add_here(editor, name, std::move(index), std::nullopt);
  } else {
    add_index(editor, name, std::move(index));
  }
}

void drop_index(Editor& editor) {
  const auto place = named_index(editor);
  if (!place) {
    // Any index of the table may be the one whose name is not known.
    const auto table = qualified(editor.operation().table);
    if (Table* there = table ? editor.edit(*table) : nullptr;
        there != nullptr && !editor.operation().object.known) {
      for (Index& index : there->indexes) {
        index.certainty = index.constraint.empty() ? Certainty::possible : index.certainty;
      }
    }
    return;
  }
  if (place->view) {
    auto& indexes = editor.catalog().views.at(place->relation).indexes;
    indexes.erase(indexes.begin() + static_cast<std::ptrdiff_t>(place->index));
    return;
  }
  const Index index = editor.find(place->relation)->indexes[place->index];
  erase_index(editor, place->relation, index.name);
  if (index.unique) {
    std::vector<std::string> columns;
    for (const IndexKey& key : index.keys) {
      columns.push_back(key.column);
    }
    drop_foreign_keys_to(editor, place->relation, columns);
  }
}

void rename_index(Editor& editor, const migration::RenameIndex& action) {
  const auto place = named_index(editor);
  if (!place) {
    return;
  }
  const std::string to = text_of(action.to);
  if (place->view) {
    editor.catalog().views.at(place->relation).indexes[place->index].name = to;
    return;
  }
  Table& table = *editor.edit(place->relation);
  Index& index = table.indexes[place->index];
  if (!index.constraint.empty()) {
    if (Constraint* constraint = find_named(table.constraints, index.constraint)) {
      constraint->name = to;
    }
    index.constraint = to;
  }
  index.name = to;
}

// An index that a failed CREATE INDEX CONCURRENTLY left is valid after it.
void reindex(Editor& editor, const migration::Reindex& action) {
  if (action.kind == migration::ReindexKind::index) {
    const auto place = named_index(editor);
    Table* table = table_at(editor, place);
    if (table != nullptr && table->partition_strategy.empty()) {
      table->indexes[place->index].valid = true;
    }
  } else if (action.kind == migration::ReindexKind::table) {
    Table* table = editor.target();
    if (table != nullptr && table->partition_strategy.empty()) {
      for (Index& index : table->indexes) {
        index.valid = true;
      }
    }
  }
}

void attach_index(Editor& editor, const migration::AttachIndex& action) {
  const auto parent = named_index(editor);
  const auto part = editor.find_index(in_schema(action.index, editor.operation().table.schema));
  Table* table = table_at(editor, parent);
  Table* partition = table_at(editor, part);
  if (table == nullptr || partition == nullptr) {
    return;
  }
  partition->indexes[part->index].inherited = true;
  if (Constraint* constraint =
          find_named(partition->constraints, partition->indexes[part->index].constraint)) {
    constraint->inherited = true;
  }
  Index& index = table->indexes[parent->index];
  const QualifiedName name = table->name;
  const std::vector<QualifiedName> all = editor.children(name);
  index.valid = std::all_of(all.begin(), all.end(), [&](const QualifiedName& each) {
    const auto& own = editor.find(each)->indexes;
    return std::any_of(own.begin(), own.end(), [&](const Index& candidate) {
      return candidate.inherited && candidate.valid && same_definition(candidate, index);
    });
  });
}

}  // namespace gauger::catalog
