#include "catalog/diff.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {

std::vector<Difference> Differ::run() {
  find_renamed();
  compare_names(left_.schemas, right_.schemas, ObjectKind::schema);
  compare_names(left_.extensions, right_.extensions, ObjectKind::extension);
  compare_enums();
  compare_domains();
  compare_sequences();
  compare_functions();
  compare_tables();
  compare_views();
  order_drops();
  order_sources();
  std::vector<Difference> result = std::move(first_);
  for (auto* next : {&found_, &late_, &drops_, &last_drops_, &container_drops_}) {
    std::move(next->begin(), next->end(), std::back_inserter(result));
  }
  set_dependents_aside(result, left_, right_);
  return result;
}

Difference& Differ::add(Difference difference) {
  found_.push_back(std::move(difference));
  return found_.back();
}

void Differ::compare_properties(const Difference& of, const Properties& left,
                                const Properties& right,
                                const std::function<Remedy(std::string_view property)>& remedy) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!left[i].value || !right[i].value || *left[i].value == *right[i].value) {
      continue;
    }
    Difference difference = of;
    difference.property = left[i].name;
    difference.left = *left[i].value;
    difference.right = *right[i].value;
    Remedy found = remedy(left[i].name);
    difference.operations = std::move(found.operations);
    difference.statements = std::move(found.statements);
    add(std::move(difference));
  }
}

void Differ::compare_names(const std::vector<std::string>& left,
                           const std::vector<std::string>& right, ObjectKind object) {
  const auto kind = object == ObjectKind::schema ? migration::ObjectKind::schema
                                                 : migration::ObjectKind::extension;
  const auto pairs = pair_up(left, right, [](const std::string& name) { return name; });
  for (const std::string* name : pairs.right_only) {
    if (object != ObjectKind::schema || *name != "public") {
      add({.kind = DifferenceKind::missing,
           .object = object,
           .name = *name,
           .operations = {on_object({"public", *name}, migration::CreateObject{kind})}});
    }
  }
  for (const std::string* name : pairs.left_only) {
    if (object != ObjectKind::schema || *name != "public") {
      container_drops_.push_back(
          {.kind = DifferenceKind::unexpected,
           .object = object,
           .name = *name,
           .operations = {on_object({"public", *name}, migration::DropObject{kind})}});
    }
  }
}

std::vector<Difference> diff(const Catalog& left, const Catalog& right, Compare compare) {
  return Differ(left, right, compare).run();
}

}  // namespace gauger::catalog
