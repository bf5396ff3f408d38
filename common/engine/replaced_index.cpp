#include "engine/replaced_index.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "effect/lookup.hpp"

namespace gauger::engine {
namespace {

using migration::Operation;

// Empty: not columns alone, or not known.
std::vector<std::string> keys_of(const catalog::Index& index) {
  std::vector<std::string> keys;
  for (const auto& key : index.keys) {
    keys.push_back(key.column);
  }
  const bool known = index.keys_known && std::none_of(keys.begin(), keys.end(),
                                                      [](const auto& key) { return key.empty(); });
  return known ? keys : std::vector<std::string>();
}

std::vector<std::string> keys_of(const migration::Index& index) {
  std::vector<std::string> keys;
  for (const auto& key : index.keys) {
    if (!key.column.known || key.column.absent()) {
      return {};
    }
    keys.push_back(key.column.text);
  }
  return index.keys_known ? keys : std::vector<std::string>();
}

bool serves(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const std::size_t shorter = std::min(left.size(), right.size());
  return shorter > 0 &&
         std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(shorter),
                    right.begin());
}

bool has_another(const effect::IndexPlace& dropped) {
  const std::vector<std::string> keys = keys_of(*dropped.index);
  const auto& indexes = dropped.table->indexes;
  return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index& each) {
    return &each != dropped.index && each.predicate.empty() && serves(keys_of(each), keys);
  });
}

bool replaces(const Operation& operation, const effect::IndexPlace& dropped,
              const catalog::Catalog& before) {
  const auto* create = operation.as<migration::CreateIndex>();
  return create != nullptr &&
         effect::find_table(before, effect::resolve(before, operation.table)) == dropped.table &&
         create->index.method == dropped.index->method &&
         (create->index.predicate.empty() || create->index.predicate == dropped.index->predicate) &&
         serves(keys_of(create->index), keys_of(*dropped.index));
}

}  // namespace

std::vector<ReplacedIndex> find_replaced_indexes(const RuleContext& revision) {
  std::vector<ReplacedIndex> result;
  const std::vector<Operation>& upgrade = revision.migration.upgrade;
  for (auto drop = upgrade.begin(); drop != upgrade.end(); ++drop) {
    if (!drop->is<migration::DropIndex>() || !drop->object.known) {
      continue;
    }
    const effect::IndexPlace place = effect::find_index(
        revision.before, {.schema = drop->table.schema.text, .name = drop->object.text},
        drop->table);
    if (place.table == nullptr || revision.is_unreleased(place.table->created_in) ||
        place.index->certainty != catalog::Certainty::certain || has_another(place)) {
      continue;
    }
    const auto create = std::find_if(drop, upgrade.end(), [&](const Operation& each) {
      return replaces(each, place, revision.before);
    });
    if (create != upgrade.end()) {
      result.push_back({&*drop, &*create});
    }
  }
  return result;
}

}  // namespace gauger::engine
