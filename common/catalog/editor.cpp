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
  if (hints_ != nullptr && std::find(touched_.begin(), touched_.end(), name) == touched_.end()) {
    touched_.push_back(name);
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

void Editor::note_hints() {
  for_touched([&](const Table& table) {
    for (const Index& index : table.indexes) {
      hints_->indexes.insert(index.name);
    }
    for (const Constraint& constraint : table.constraints) {
      hints_->constraints.insert(constraint.name);
    }
    hints_->has_children =
        hints_->has_children || !table.partition_of.name.empty() || !table.inherits.empty();
  });
}

// As where(), for tables that are partitions or inherit.
template <class Test>
std::vector<QualifiedName> Editor::where_child(const Test& test) const {
  if (hints_ == nullptr || hints_->has_children) {
    return where(test);
  }
  std::vector<QualifiedName> names;
  for_touched([&](const Table& table) {
    if (test(table)) {
      names.push_back(table.name);
    }
  });
  return names;
}

std::vector<QualifiedName> Editor::children(const QualifiedName& parent) const {
  return where_child([&](const Table& table) {
    return table.partition_of == parent ||
           std::find(table.inherits.begin(), table.inherits.end(), parent) != table.inherits.end();
  });
}

std::vector<QualifiedName> Editor::partitions(const QualifiedName& parent) const {
  std::vector<QualifiedName> result{parent};
  for (std::size_t i = 0; i < result.size(); ++i) {
    const QualifiedName of = result[i];
    for (const QualifiedName& name :
         where_child([&](const Table& table) { return table.partition_of == of; })) {
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
  const auto find_in = [&](const auto& relations, bool view) -> std::optional<Place> {
    for (const auto& [relation, thing] : relations) {
      if (relation.schema != name.schema) {
        continue;
      }
      for (std::size_t i = 0; i < thing.indexes.size(); ++i) {
        if (thing.indexes[i].name == name.name) {
          return Place{relation, view, i};
        }
      }
    }
    return std::nullopt;
  };
  if (name.name.empty()) {
    return std::nullopt;
  }
  std::optional<Place> found;
  if (hints_ != nullptr && !hints_->indexes.contains(name.name)) {
    for_touched([&](const Table& table) {
      for (std::size_t i = 0; i < table.indexes.size() && !found; ++i) {
        if (table.name.schema == name.schema && table.indexes[i].name == name.name) {
          found = Place{table.name, false, i};
        }
      }
    });
  } else {
    found = find_in(catalog_.tables, false);
  }
  return found ? found : find_in(catalog_.views, true);
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
  bool in_table = false;
  if (hints_ != nullptr && !hints_->constraints.contains(name.name)) {
    for_touched([&](const Table& table) {
      in_table = in_table || (table.name.schema == name.schema && has(table.constraints));
    });
  } else {
    in_table = std::any_of(catalog_.tables.begin(), catalog_.tables.end(), [&](const auto& entry) {
      return entry.first.schema == name.schema && has(entry.second.constraints);
    });
  }
  return in_table ||
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
