#include "catalog/editor.hpp"

#include <algorithm>
#include <utility>

#include "catalog/names.hpp"

namespace gauger::catalog {

const Table* Editor::find(const QualifiedName& name) const {
  const auto found = catalog_.tables.find(name);
  return found == catalog_.tables.end() ? nullptr : &found->second;
}

void Editor::keep(const QualifiedName& name) {
  if (catalog_.whereabouts && std::none_of(touched_.begin(), touched_.end(),
                                           [&](const auto& each) { return each.name == name; })) {
    const Table* table = find(name);
    touched_.push_back({name, table == nullptr ? 0 : table->indexes.size()});
  }
  for (Past* past : pasts_) {
    past->keep(name, catalog_);
  }
}

Table* Editor::edit(const QualifiedName& name) {
  const auto found = catalog_.tables.find(name);
  if (found == catalog_.tables.end()) {
    return nullptr;
  }
  keep(name);
  return &found->second;
}

Table& Editor::insert(Table table) {
  const QualifiedName name = table.name;
  keep(name);
  return catalog_.tables.insert_or_assign(name, std::move(table)).first->second;
}

void Editor::erase(const QualifiedName& name) {
  keep(name);
  catalog_.tables.erase(name);
}

void Editor::rename(const QualifiedName& name, const QualifiedName& to) {
  keep(name);
  keep(to);
  auto node = catalog_.tables.extract(name);
  if (node.empty()) {
    return;
  }
  node.key() = to;
  node.mapped().name = to;
  catalog_.tables.erase(to);
  catalog_.tables.insert(std::move(node));
}

Table* Editor::target() {
  const auto name = qualified(operation_.table);
  if (!name) {
    catalog_.complete = false;
    return nullptr;
  }
  Table* table = edit(*name);
  const bool must_be_there = !passes_missing();
  if (table == nullptr) {
    const bool elsewhere = catalog_.views.contains(*name) || catalog_.sequences.contains(*name);
    if (!catalog_.complete && must_be_there && !elsewhere) {
      table = &insert(Table{.name = *name, .columns_known = false});
    }
  } else if (must_be_there) {
    table->certainty = Certainty::certain;
  }
  return table;
}

void Editor::note_whereabouts() {
  if (!catalog_.whereabouts) {
    return;
  }
  // A table may have thousands, and CREATE INDEX adds at the end.
  const bool appends = operation_.is<migration::CreateIndex>();
  for (const Touched& each : touched_) {
    if (const Table* table = find(each.name)) {
      note(*catalog_.whereabouts, *table, appends ? each.indexes : 0);
    }
  }
}

std::vector<const Table*> Editor::with_touched(std::vector<const Table*> known) const {
  for (const Touched& each : touched_) {
    const Table* table = find(each.name);
    if (table != nullptr && std::find(known.begin(), known.end(), table) == known.end()) {
      known.push_back(table);
    }
  }
  return known;
}

std::vector<QualifiedName> Editor::children(const QualifiedName& parent) const {
  return chosen(catalog::children(catalog_, parent.name), [&](const Table& table) {
    return table.partition_of == parent ||
           std::find(table.inherits.begin(), table.inherits.end(), parent) != table.inherits.end();
  });
}

std::vector<QualifiedName> Editor::partitions(const QualifiedName& parent) const {
  std::vector<QualifiedName> result{parent};
  for (std::size_t i = 0; i < result.size(); ++i) {
    const QualifiedName of = result[i];
    for (const QualifiedName& name :
         chosen(catalog::children(catalog_, of.name),
                [&](const Table& table) { return table.partition_of == of; })) {
      if (std::find(result.begin(), result.end(), name) == result.end()) {
        result.push_back(name);
      }
    }
  }
  result.erase(result.begin());
  return result;
}

std::vector<QualifiedName> Editor::descendants(const QualifiedName& parent) const {
  std::vector<QualifiedName> result;
  if (operation_.only) {
    return result;
  }
  result = children(parent);
  for (std::size_t i = 0; i < result.size(); ++i) {
    for (const QualifiedName& name : children(result[i])) {
      if (std::find(result.begin(), result.end(), name) == result.end()) {
        result.push_back(name);
      }
    }
  }
  return result;
}

std::optional<Editor::Place> Editor::find_index(const QualifiedName& name) const {
  const auto place_in = [&](const QualifiedName& relation, const std::vector<Index>& indexes,
                            bool view) -> std::optional<Place> {
    const auto found = std::find_if(indexes.begin(), indexes.end(),
                                    [&](const Index& index) { return index.name == name.name; });
    if (relation.schema != name.schema || found == indexes.end()) {
      return std::nullopt;
    }
    return Place{relation, view, static_cast<std::size_t>(found - indexes.begin())};
  };
  if (name.name.empty()) {
    return std::nullopt;
  }
  for (const Table* table : with_touched(tables_with_index(catalog_, name.name))) {
    if (auto place = place_in(table->name, table->indexes, false)) {
      return place;
    }
  }
  for (const auto& [relation, view] : catalog_.views) {
    if (auto place = place_in(relation, view.indexes, true)) {
      return place;
    }
  }
  return std::nullopt;
}

bool Editor::relation_exists(const QualifiedName& name) const {
  return catalog_.tables.contains(name) || catalog_.views.contains(name) ||
         catalog_.sequences.contains(name) || find_index(name).has_value();
}

bool Editor::constraint_exists(const QualifiedName& name) const {
  const auto has = [&](const std::vector<Constraint>& constraints) {
    return std::any_of(constraints.begin(), constraints.end(),
                       [&](const Constraint& constraint) { return constraint.name == name.name; });
  };
  const auto tables = with_touched(tables_with_constraint(catalog_, name.name));
  return std::any_of(tables.begin(), tables.end(),
                     [&](const Table* table) {
                       return table->name.schema == name.schema && has(table->constraints);
                     }) ||
         std::any_of(catalog_.domains.begin(), catalog_.domains.end(), [&](const auto& entry) {
           return entry.first.schema == name.schema && has(entry.second.checks);
         });
}

std::string text_of(const migration::Name& name) {
  return name.known ? clipped(name.text) : std::string();
}

std::vector<std::string> texts_of(const std::vector<migration::Name>& names) {
  std::vector<std::string> result;
  for (const migration::Name& name : names) {
    if (name.known && !name.text.empty()) {
      result.push_back(text_of(name));
    }
  }
  return result;
}

QualifiedName in_schema(const migration::Name& name, const migration::Name& schema) {
  return qualified({schema, name}).value_or(QualifiedName{});
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(name);
  }
}

void rename_in(std::vector<std::string>& names, std::string_view name, const std::string& to) {
  std::replace_if(
      names.begin(), names.end(), [&](const std::string& each) { return each == name; }, to);
}

}  // namespace gauger::catalog
