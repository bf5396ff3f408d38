#include "catalog/catalog.hpp"

#include <algorithm>

#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

template <class T>
const T* find_by_name(const std::vector<T>& things, std::string_view name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&](const T& thing) { return thing.name == name; });
  return found == things.end() || name.empty() ? nullptr : &*found;
}

}  // namespace

std::string display(const QualifiedName& name) {
  return name.schema.empty() || name.schema == "public" ? name.name : name.schema + "." + name.name;
}

const Column* Table::find_column(std::string_view column) const {
  return find_by_name(columns, column);
}

const Constraint* Table::find_constraint(std::string_view constraint) const {
  return find_by_name(constraints, constraint);
}

const Index* Table::find_index(std::string_view index) const {
  return find_by_name(indexes, index);
}

std::optional<QualifiedName> qualified(const migration::TableName& name) {
  if (!name.name.known || !name.schema.known || name.name.text.empty()) {
    return std::nullopt;
  }
  return QualifiedName{name.schema.text.empty() ? "public" : clipped(name.schema.text),
                       clipped(name.name.text)};
}

const Table* Catalog::find_table(const migration::TableName& name) const {
  const auto key = qualified(name);
  const auto found = key ? tables.find(*key) : tables.end();
  return found == tables.end() ? nullptr : &found->second;
}

Table* Catalog::find_table(const migration::TableName& name) {
  const auto key = qualified(name);
  const auto found = key ? tables.find(*key) : tables.end();
  return found == tables.end() ? nullptr : &found->second;
}

}  // namespace gauger::catalog
