#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

// Where the labels that both have are in one order, and the left side has no other: the new ones,
// each with its neighbour.
bool only_grows(const Enum& from, const Enum& to) {
  auto at = to.labels.begin();
  for (const std::string& label : from.labels) {
    at = std::find(at, to.labels.end(), label);
    if (at == to.labels.end()) {
      return false;
    }
    ++at;
  }
  return true;
}

// Of a default: "'a'::mood", "'{a,b}'::mood[]".
bool names_label(const std::string& text, const std::string& label) {
  const std::string literal = sql_literal(label);
  const std::string inner = literal.substr(1, literal.size() - 2);
  for (std::size_t at = text.find(inner); at != std::string::npos; at = text.find(inner, at + 1)) {
    const std::size_t end = at + inner.size();
    if (at > 0 && end < text.size() &&
        std::string_view("'{,\"").find(text[at - 1]) != std::string_view::npos &&
        std::string_view("'},\"").find(text[end]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// A default that names a label which goes is not set again.
void retype(const QualifiedName& table, const Column& column, const std::vector<std::string>& gone,
            Remedy& remedy) {
  const migration::Name name = known_name(column.name);
  const bool array = column.type.ends_with("[]");
  if (column.default_) {
    remedy.operations.push_back(on_table(table, migration::SetDefault{.column = name}));
  }
  remedy.operations.push_back(on_table(
      table,
      migration::ChangeType{.column = name,
                            .type = {.text = column.type, .written = column.type},
                            .using_ = fmt::format("{}::text{}::{}", quote_identifier(column.name),
                                                  array ? "[]" : "", column.type)}));
  if (column.default_ && std::none_of(gone.begin(), gone.end(), [&](const std::string& label) {
        return names_label(*column.default_, label);
      })) {
    remedy.operations.push_back(set_default(table, column));
  }
}

void swap_type(const Enum& from, const Enum& to, const Catalog& catalog, Remedy& remedy) {
  const QualifiedName old{from.name.schema, clipped(from.name.name, max_name_size - 4) + "_old"};
  remedy.operations.push_back(
      on_object(from.name, migration::RenameType{known_name(old.name), {}}));
  remedy.operations.push_back(on_object(to.name, migration::CreateEnum{enum_type(to)}));
  std::vector<std::string> gone;
  std::copy_if(from.labels.begin(), from.labels.end(), std::back_inserter(gone),
               [&](const std::string& label) {
                 return std::find(to.labels.begin(), to.labels.end(), label) == to.labels.end();
               });
  const std::string type = type_text(to.name);
  for (const auto& [name, table] : catalog.tables) {
    // What is done to a parent is done to its children.
    if (!table.partition_of.name.empty() || !table.inherits.empty()) {
      continue;
    }
    for (const Column& column : table.columns) {
      if (column.type != type && column.type != type + "[]") {
        continue;
      }
      if (column.generated.empty()) {
        retype(name, column, gone, remedy);
      } else {
        Remedy made = remake(name, column);
        std::move(made.operations.begin(), made.operations.end(),
                  std::back_inserter(remedy.operations));
      }
    }
  }
  remedy.operations.push_back(on_object(old, migration::DropObject{migration::ObjectKind::type}));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> renamed_labels(const Enum& from, const Enum& to) {
  std::vector<std::pair<std::string, std::string>> renamed;
  for (std::size_t i = 0; i < std::min(from.labels.size(), to.labels.size()); ++i) {
    if (from.labels[i] != to.labels[i]) {
      renamed.emplace_back(from.labels[i], to.labels[i]);
    }
  }
  const bool only_renamed =
      from.labels.size() == to.labels.size() &&
      std::none_of(renamed.begin(), renamed.end(), [&](const auto& label) {
        return std::find(from.labels.begin(), from.labels.end(), label.second) != from.labels.end();
      });
  return only_renamed ? renamed : std::vector<std::pair<std::string, std::string>>{};
}

Remedy relabel(const Enum& from, const Enum& to, const Catalog& catalog) {
  Remedy remedy;
  for (const auto& [old, label] : renamed_labels(from, to)) {
    remedy.operations.push_back(on_object(from.name, migration::RenameEnumValue{old, label}));
  }
  if (!remedy.operations.empty()) {
    return remedy;
  }
  if (!only_grows(from, to)) {
    swap_type(from, to, catalog, remedy);
    return remedy;
  }
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    const std::string& label = to.labels[i];
    if (std::find(from.labels.begin(), from.labels.end(), label) != from.labels.end()) {
      continue;
    }
    migration::AddEnumValue add{.label = label};
    if (i > 0) {
      add.neighbour = to.labels[i - 1];
    } else if (!from.labels.empty()) {
      add.neighbour = from.labels.front();
      add.before = true;
    }
    remedy.operations.push_back(on_object(from.name, std::move(add)));
  }
  return remedy;
}

migration::EnumType enum_type(const Enum& type) {
  return {.name = known_name(type.name.name),
          .schema = table_name(type.name).schema,
          .labels = type.labels,
          .labels_known = type.labels_known};
}

}  // namespace gauger::catalog
