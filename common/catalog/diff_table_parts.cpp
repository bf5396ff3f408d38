#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/expression.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {

void Differ::compare_constraints(const Table& left, const Table& right) {
  const QualifiedName& table = right.name;
  const std::vector<Constraint> from = comparable(left.constraints);
  const std::vector<Constraint> to = comparable(right.constraints);
  auto pairs = pair_up(from, to, [](const Constraint& c) { return c.name; });
  for (const auto& [a, b] : take_renamed(pairs, [&](const Constraint&x, const Constraint&y) {
         return x.kind == y.kind && x.valid == y.valid &&
                (!replayed() || x.kind != ConstraintKind::check) &&
                comparable_definition(x, compare_) == comparable_definition(y, compare_);
       })) {
    add({.kind = DifferenceKind::renamed,
         .object = ObjectKind::constraint,
         .relation = table,
         .name = a->name,
         .left = a->name,
         .right = b->name,
         .operations = {
             on_table(table, migration::RenameConstraint{known_name(b->name)}, a->name)}});
  }
  for (const Constraint* constraint : pairs.left_only) {
    if (is_sure(*constraint) && (!replayed() || right.columns_known)) {
      auto& into = constraint->kind == ConstraintKind::foreign_key ? first_ : found_;
      into.push_back({.kind = DifferenceKind::unexpected,
                      .object = ObjectKind::constraint,
                      .relation = table,
                      .name = constraint->name,
                      .operations = {on_table(table, migration::DropConstraint{constraint->kind},
                                              constraint->name)}});
    }
  }
  for (const Constraint* constraint : pairs.right_only) {
    if (is_sure(*constraint) && (!replayed() || left.columns_known)) {
      auto& into = constraint->kind == ConstraintKind::foreign_key ? late_ : found_;
      into.push_back({.kind = DifferenceKind::missing,
                      .object = ObjectKind::constraint,
                      .relation = table,
                      .name = constraint->name,
                      .operations = {creation(table, *constraint)}});
      // An index that is there becomes the constraint's.
      const Index* index = left.find_index(constraint->name);
      auto* added = std::get_if<migration::AddConstraint>(&into.back().operations[0].action);
      if (index != nullptr && index->constraint.empty() && added != nullptr) {
        added->constraint.using_index = known_name(index->name);
      }
    }
  }
  for (const auto& [a, b] : pairs.both) {
    if (!is_sure(*a) || !is_sure(*b)) {
      continue;
    }
    const Constraint& before = *a;
    const Constraint& after = *b;
    compare_properties({.object = ObjectKind::constraint, .relation = table, .name = a->name},
                       properties(before, compare_), properties(after, compare_),
                       [&](std::string_view property) {
                         return change_constraint(table, before, after, property);
                       });
  }
}

void Differ::compare_indexes(const QualifiedName& relation, const std::vector<Index>& left,
                             const std::vector<Index>& right, bool left_known, bool right_known) {
  const std::vector<Index> from = comparable(left);
  const std::vector<Index> to = comparable(right);
  auto pairs = pair_up(from, to, [](const Index& index) { return index.name; });
  // A constraint's index goes, comes and is renamed with it.
  const auto owned = [](const Index* index) { return !index->constraint.empty(); };
  std::erase_if(pairs.left_only, owned);
  std::erase_if(pairs.right_only, owned);
  for (const auto& [a, b] : take_renamed(pairs, [&](const Index&x, const Index&y) {
         return x.valid == y.valid && x.keys_known && y.keys_known &&
                comparable_definition(x, compare_) == comparable_definition(y, compare_);
       })) {
    add({.kind = DifferenceKind::renamed,
         .object = ObjectKind::index,
         .relation = relation,
         .name = a->name,
         .left = a->name,
         .right = b->name,
         .operations = {
             on_object({relation.schema, a->name}, migration::RenameIndex{known_name(b->name)})}});
  }
  for (const Index* index : pairs.left_only) {
    if (is_sure(*index) && (!replayed() || right_known)) {
      add({.kind = DifferenceKind::unexpected,
           .object = ObjectKind::index,
           .relation = relation,
           .name = index->name,
           .operations = {on_table(relation, migration::DropIndex{}, index->name)}});
    }
  }
  for (const Index* index : pairs.right_only) {
    if (is_sure(*index) && (!replayed() || left_known)) {
      add({.kind = DifferenceKind::missing,
           .object = ObjectKind::index,
           .relation = relation,
           .name = index->name,
           .operations = {creation(relation, *index)}});
    }
  }
  for (const auto& [a, b] : pairs.both) {
    if (!is_sure(*a) || !is_sure(*b)) {
      continue;
    }
    const Index& before = *a;
    const Index& after = *b;
    if (!before.constraint.empty() && before.constraint == after.constraint &&
        is_told(relation, before.constraint)) {
      continue;
    }
    compare_properties(
        {.object = ObjectKind::index, .relation = relation, .name = before.name},
        properties(before, compare_), properties(after, compare_),
        [&](std::string_view property) { return change_index(relation, before, after, property); });
  }
}

// Whether a constraint is reported as changed, which makes its index anew.
bool Differ::is_told(const QualifiedName& relation, const std::string& constraint) const {
  return std::any_of(found_.begin(), found_.end(), [&](const Difference& difference) {
    return difference.object == ObjectKind::constraint && difference.relation == relation &&
           difference.name == constraint && difference.property == "definition";
  });
}

// Triggers and policies, which are only texts.
void Differ::compare_attached(const Table& left, const Table& right, ObjectKind object,
                              std::vector<std::string> Table::*names,
                              std::vector<std::string> Table::*definitions) {
  const auto definition_in = [&](const Table& table, const std::string& name) {
    const auto at = static_cast<std::size_t>(
        std::find((table.*names).begin(), (table.*names).end(), name) - (table.*names).begin());
    return at < (table.*definitions).size() ? (table.*definitions)[at] : std::string();
  };
  const auto create = [&](const std::string& name) {
    return attached_creation(object, right.name, name, definition_in(right, name));
  };
  const std::string drop = object == ObjectKind::trigger ? "DROP TRIGGER" : "DROP POLICY";
  const auto drop_text = [&](const std::string& name) {
    return fmt::format("{} {} ON {}", drop, quote_identifier(name), sql_name(right.name));
  };
  const auto pairs =
      pair_up(left.*names, right.*names, [](const std::string& name) { return name; });
  for (const std::string* name : pairs.left_only) {
    add({.kind = DifferenceKind::unexpected,
         .object = object,
         .relation = right.name,
         .name = *name,
         .statements = {drop_text(*name)}});
  }
  for (const std::string* name : pairs.right_only) {
    add({.kind = DifferenceKind::missing,
         .object = object,
         .relation = right.name,
         .name = *name,
         .statements = create(*name)});
  }
  for (const auto& [name, same] : pairs.both) {
    const std::string from = normal_form(definition_in(left, *name));
    const std::string to = normal_form(definition_in(right, *name));
    if (replayed() || from == to) {
      continue;
    }
    Difference& changed = add({.object = object,
                               .relation = right.name,
                               .name = *name,
                               .property = "definition",
                               .left = from,
                               .right = to,
                               .statements = {drop_text(*name)}});
    std::vector<std::string> created = create(*name);
    std::move(created.begin(), created.end(), std::back_inserter(changed.statements));
  }
}

}  // namespace gauger::catalog
