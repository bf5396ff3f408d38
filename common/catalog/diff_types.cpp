#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {

void Differ::compare_enums() {
  const auto pairs = pair_up(left_.enums, right_.enums);
  for (const Enum* type : pairs.right_only) {
    if (is_sure(*type) && (!replayed() || left_.complete)) {
      add({.kind = DifferenceKind::missing,
           .object = ObjectKind::enumeration,
           .relation = type->name,
           .operations = {on_object(type->name, migration::CreateEnum{enum_type(*type)})}});
    }
  }
  for (const Enum* type : pairs.left_only) {
    drop_type(*type, ObjectKind::enumeration);
  }
  for (const auto& [left, right] : pairs.both) {
    if (left->labels_known && right->labels_known && left->labels != right->labels) {
      Remedy remedy = relabel(*left, *right, left_);
      for (const auto& [from, to] : renamed_labels(*left, *right)) {
        const std::string cast = "::" + sql_name(left->name);
        replace_in_texts(sql_literal(from) + cast, sql_literal(to) + cast);
      }
      add({.object = ObjectKind::enumeration,
           .relation = left->name,
           .property = "labels",
           .left = fmt::format("{}", fmt::join(left->labels, ", ")),
           .right = fmt::format("{}", fmt::join(right->labels, ", ")),
           .operations = std::move(remedy.operations),
           .statements = std::move(remedy.statements)});
    }
  }
}

template <class T>
void Differ::drop_type(const T& type, ObjectKind object) {
  if (is_sure(type) && (!replayed() || right_.complete)) {
    last_drops_.push_back(
        {.kind = DifferenceKind::unexpected,
         .object = object,
         .relation = type.name,
         .operations = {on_object(type.name, migration::DropObject{migration::ObjectKind::type})}});
  }
}

void Differ::compare_domains() {
  const auto pairs = pair_up(left_.domains, right_.domains);
  for (const Domain* domain : pairs.right_only) {
    if (is_sure(*domain) && (!replayed() || left_.complete)) {
      Remedy remedy = creation_of(*domain);
      add({.kind = DifferenceKind::missing,
           .object = ObjectKind::domain,
           .relation = domain->name,
           .operations = std::move(remedy.operations),
           .statements = std::move(remedy.statements)});
    }
  }
  for (const Domain* domain : pairs.left_only) {
    drop_type(*domain, ObjectKind::domain);
  }
  for (const auto& [left, right] : pairs.both) {
    const Domain& from = *left;
    const Domain& to = *right;
    compare_properties(
        {.object = ObjectKind::domain, .relation = from.name}, properties(from, compare_),
        properties(to, compare_),
        [&](std::string_view property) { return change_domain(from, to, property); });
  }
}

void Differ::compare_functions() {
  const auto key = [&](const Function& function) {
    return std::pair(function.name, replayed() ? std::string() : function.arguments);
  };
  const auto pairs = pair_up(left_.functions, right_.functions, key);
  const auto difference = [&](const Function& function, DifferenceKind kind) {
    return Difference{.kind = kind,
                      .object = ObjectKind::function,
                      .relation = function.name,
                      .name = replayed() ? "" : fmt::format("({})", function.arguments)};
  };
  for (const Function* function : pairs.right_only) {
    if (!replayed() || left_.complete) {
      add(difference(*function, DifferenceKind::missing)).statements = {function->definition};
    }
  }
  for (const Function* function : pairs.left_only) {
    if (!replayed() || right_.complete) {
      last_drops_.push_back(difference(*function, DifferenceKind::unexpected));
      last_drops_.back().statements = {
          fmt::format("DROP FUNCTION {}({})", sql_name(function->name), function->arguments)};
    }
  }
  for (const auto& [left, right] : pairs.both) {
    if (!replayed() && left->definition != right->definition) {
      Difference changed = difference(*left, DifferenceKind::changed);
      changed.property = "definition";
      changed.left = left->definition;
      changed.right = right->definition;
      changed.statements = {right->definition};
      add(std::move(changed));
    }
  }
}

}  // namespace gauger::catalog
