#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/differ.hpp"
#include "catalog/names.hpp"
#include "catalog/pairs.hpp"

namespace gauger::catalog {
namespace {

bool is_serial_key(const Table& table, const std::string& name, const Sequence& sequence) {
  const Column* column = table.find_column(name);
  const auto is_key = [&](const Constraint& each) {
    return each.kind == ConstraintKind::primary_key && each.columns == std::vector{name};
  };
  const auto is_reference = [&](const Constraint& each) {
    return each.kind == ConstraintKind::foreign_key &&
           std::find(each.columns.begin(), each.columns.end(), name) != each.columns.end();
  };
  return column != nullptr && sequence.options.empty() && sequence.type == column->type &&
         sequence.name ==
             QualifiedName{table.name.schema, object_name(table.name.name, name, "seq")} &&
         column->default_ && column->default_->starts_with("nextval(") &&
         std::any_of(table.constraints.begin(), table.constraints.end(), is_key) &&
         std::none_of(table.constraints.begin(), table.constraints.end(), is_reference);
}

}  // namespace

void Differ::compare_sequences() {
  const auto pairs = pair_up(left_.sequences, right_.sequences);
  for (const Sequence* sequence : pairs.right_only) {
    if ((replayed() && !left_.complete) || comes_with_table(*sequence)) {
      continue;
    }
    add({.kind = DifferenceKind::missing,
         .object = ObjectKind::sequence,
         .relation = sequence->name,
         .statements = {creation_of(*sequence)}});
    if (!sequence->owner.name.empty()) {
      // The table may need the sequence first.
      late_.push_back(
          {.object = ObjectKind::sequence,
           .relation = sequence->name,
           .property = "owner",
           .left = "none",
           .right = fmt::format("{}.{}", display(sequence->owner), sequence->owner_column),
           .statements = change_sequence(*sequence, *sequence, "owner").statements});
      const auto table = left_.tables.find(sequence->owner);
      if (table != left_.tables.end() && table->second.find_column(sequence->owner_column)) {
        late_.back().statements.push_back(
            catch_up(sequence->owner, sequence->owner_column, sequence->options));
      }
    }
  }
  for (const Sequence* sequence : pairs.left_only) {
    if ((replayed() && !right_.complete) || goes_with_owner(*sequence)) {
      continue;
    }
    last_drops_.push_back(
        {.kind = DifferenceKind::unexpected,
         .object = ObjectKind::sequence,
         .relation = sequence->name,
         .operations = {
             on_object(sequence->name, migration::DropObject{migration::ObjectKind::sequence})}});
  }
  for (const auto& [left, right] : pairs.both) {
    const Sequence& from = *left;
    const Sequence& to = *right;
    compare_properties(
        {.object = ObjectKind::sequence, .relation = to.name}, properties(from, compare_),
        properties(to, compare_),
        [&](std::string_view property) { return change_sequence(from, to, property); });
  }
}

// Whether op.create_table makes it, as of a serial primary key.
bool Differ::comes_with_table(const Sequence& sequence) const {
  const auto owner = right_.tables.find(sequence.owner);
  return !sequence.owner.name.empty() && owner != right_.tables.end() &&
         !left_.tables.contains(sequence.owner) &&
         is_serial_key(owner->second, sequence.owner_column, sequence);
}

// A renamed owner keeps it.
bool Differ::goes_with_owner(const Sequence& sequence) const {
  const auto owner = right_.tables.find(sequence.owner);
  return !sequence.owner.name.empty() &&
         (owner == right_.tables.end() ||
          owner->second.find_column(sequence.owner_column) == nullptr);
}

}  // namespace gauger::catalog
