#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "catalog/differ.hpp"

namespace gauger::catalog {
namespace {

// Each after those that it needs, as far as that can be.
template <class Needs>
std::vector<const Table*> in_order(std::vector<const Table*> tables, const Needs& needs) {
  std::vector<const Table*> result;
  while (!tables.empty()) {
    auto next = std::find_if(tables.begin(), tables.end(), [&](const Table* table) {
      return std::none_of(tables.begin(), tables.end(), [&](const Table* other) {
        return other != table && needs(*table, *other);
      });
    });
    if (next == tables.end()) {
      next = tables.begin();
    }
    result.push_back(*next);
    tables.erase(next);
  }
  return result;
}

}  // namespace

// Of tables of one side.
std::vector<const Table*> Differ::parents_first(std::vector<const Table*> tables) {
  return in_order(std::move(tables), [](const Table& table, const Table& other) {
    return table.partition_of == other.name ||
           std::find(table.inherits.begin(), table.inherits.end(), other.name) !=
               table.inherits.end();
  });
}

// Partitions and what refers to others go before those.
void Differ::order_drops() {
  std::vector<const Table*> tables;
  for (const Difference& drop : drops_) {
    if (drop.object == ObjectKind::table) {
      tables.push_back(&left_.tables.at(drop.relation));
    }
  }
  tables = in_order(std::move(tables), [](const Table& table, const Table& other) {
    const bool child =
        other.partition_of == table.name ||
        std::find(other.inherits.begin(), other.inherits.end(), table.name) != other.inherits.end();
    return child || std::any_of(other.constraints.begin(), other.constraints.end(),
                                [&](const Constraint& constraint) {
                                  return constraint.referenced == table.name;
                                });
  });
  const auto place = [&](const Difference& drop) {
    return drop.object != ObjectKind::table
               ? std::ptrdiff_t{-1}
               : std::find(tables.begin(), tables.end(), &left_.tables.at(drop.relation)) -
                     tables.begin();
  };
  std::stable_sort(drops_.begin(), drops_.end(),
                   [&](const Difference& a, const Difference& b) { return place(a) < place(b); });
}

// A column has one source of its values: the old one goes before the new one comes, which then
// has the usual name for its sequence.
void Differ::order_sources() {
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const Difference& change = found_[i];
    if (change.object != ObjectKind::column ||
        (change.property != "identity" && change.property != "generation")) {
      continue;
    }
    const Column* column = right_.tables.at(change.relation).find_column(change.name);
    const bool is_generation = change.property == "generation";
    if (is_generation && !column->generated.empty()) {
      continue;
    }
    if (is_generation || column->identity == Identity::none) {
      first_.push_back(std::move(found_[i]));
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i--));
      continue;
    }
    const auto serial =
        std::find_if(last_drops_.begin(), last_drops_.end(), [&](const Difference& drop) {
          if (drop.object != ObjectKind::sequence) {
            return false;
          }
          const Sequence& sequence = left_.sequences.at(drop.relation);
          return sequence.owner == change.relation && sequence.owner_column == change.name;
        });
    if (serial != last_drops_.end()) {
      Difference drop = std::move(*serial);
      last_drops_.erase(serial);
      found_.insert(found_.begin() + static_cast<std::ptrdiff_t>(i++), std::move(drop));
    }
  }
}

}  // namespace gauger::catalog
