#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/models.hpp"

namespace gauger::models {
namespace {

struct Place {
  const std::string* path = nullptr;
  const Item* item = nullptr;
};

using Key = std::tuple<std::string, std::string, std::size_t>;  // kind, name, which of several

// What one version says, by kind and name. Of items with one name, which no schema has, the first
// are compared with the first.
std::map<Key, Place> index(std::span<const Source> sources) {
  std::map<Key, Place> places;
  for (const Source& source : sources) {
    for (const Item& item : source.models.items) {
      std::size_t count = 0;
      while (
          !places.try_emplace({item.kind, item.name, count}, Place{&source.path, &item}).second) {
        ++count;
      }
    }
  }
  return places;
}

std::set<std::string> owners(const std::map<Key, Place>& places) {
  std::set<std::string> names;
  for (const auto& [key, place] : places) {
    if (place.item->owner.empty()) {
      names.insert(place.item->name);
    }
  }
  return names;
}

std::string changed_properties(const Item& before, const Item& after) {
  std::set<std::string> names;
  for (const auto& [name, value] : before.properties) {
    const auto found = after.properties.find(name);
    if (found == after.properties.end() || found->second != value) {
      names.insert(name);
    }
  }
  for (const auto& [name, value] : after.properties) {
    if (!before.properties.contains(name)) {
      names.insert(name);
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Difference difference(const Place& place, std::string message, bool is_gone) {
  const Item& item = *place.item;
  return {.message = std::move(message),
          .path = *place.path,
          .span = is_gone ? base::Span{} : item.span,
          .enum_name = item.kind == "enum" ? item.name : std::string()};
}

}  // namespace

std::vector<Difference> differences(std::span<const Source> before, std::span<const Source> after) {
  const std::map<Key, Place> old_places = index(before);
  const std::map<Key, Place> new_places = index(after);
  const std::set<std::string> old_owners = owners(old_places);
  const std::set<std::string> new_owners = owners(new_places);
  const auto label = [](const Place& place) {
    return fmt::format("{} {}", place.item->kind, place.item->name);
  };

  std::vector<Difference> result;
  for (const auto& [key, place] : old_places) {
    const auto now = new_places.find(key);
    if (now == new_places.end()) {
      const std::string& owner = place.item->owner;
      if (owner.empty() || new_owners.contains(owner)) {
        result.push_back(difference(place, label(place) + " removed", true));
      }
    } else if (const std::string changed = changed_properties(*place.item, *now->second.item);
               !changed.empty()) {
      result.push_back(difference(
          now->second, fmt::format("{}: {} changed", label(now->second), changed), false));
    }
  }
  for (const auto& [key, place] : new_places) {
    const std::string& owner = place.item->owner;
    if (!old_places.contains(key) && (owner.empty() || old_owners.contains(owner))) {
      result.push_back(difference(place, label(place) + " added", false));
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const Difference& a, const Difference& b) {
    const bool a_is_gone = a.span.empty();
    const bool b_is_gone = b.span.empty();
    return std::tie(a_is_gone, a.path, a.span.begin) < std::tie(b_is_gone, b.path, b.span.begin);
  });
  return result;
}

}  // namespace gauger::models
