// Pairing the things of two catalogs by their names. Only this folder's .cpp files include it.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// What one side has and the other lacks, and what both have.
template <class T>
struct Pairs {
  std::vector<const T*> left_only{};
  std::vector<const T*> right_only{};
  std::vector<std::pair<const T*, const T*>> both{};
};

template <class T, class Key>
Pairs<T> pair_up(const std::vector<T>& left, const std::vector<T>& right, const Key& key) {
  Pairs<T> pairs;
  for (const T& thing : left) {
    const auto found = std::find_if(right.begin(), right.end(),
                                    [&](const T& other) { return key(other) == key(thing); });
    if (found == right.end()) {
      pairs.left_only.push_back(&thing);
    } else {
      pairs.both.emplace_back(&thing, &*found);
    }
  }
  for (const T& thing : right) {
    if (std::none_of(left.begin(), left.end(),
                     [&](const T& other) { return key(other) == key(thing); })) {
      pairs.right_only.push_back(&thing);
    }
  }
  return pairs;
}

template <class T>
Pairs<T> pair_up(const std::map<QualifiedName, T>& left, const std::map<QualifiedName, T>& right) {
  Pairs<T> pairs;
  for (const auto& [name, thing] : left) {
    const auto found = right.find(name);
    if (found == right.end()) {
      pairs.left_only.push_back(&thing);
    } else {
      pairs.both.emplace_back(&thing, &found->second);
    }
  }
  for (const auto& [name, thing] : right) {
    if (!left.contains(name)) {
      pairs.right_only.push_back(&thing);
    }
  }
  return pairs;
}

// Takes out the pairs of which each is the only one that equals the other but for its name.
template <class T, class Same>
std::vector<std::pair<const T*, const T*>> take_renamed(Pairs<T>& pairs, const Same& same) {
  std::vector<std::pair<const T*, const T*>> renamed;
  for (const T* left : pairs.left_only) {
    const auto equals = [&](const T* right) { return same(*left, *right); };
    const auto right = std::find_if(pairs.right_only.begin(), pairs.right_only.end(), equals);
    const bool one = std::count_if(pairs.right_only.begin(), pairs.right_only.end(), equals) == 1 &&
                     std::count_if(pairs.left_only.begin(), pairs.left_only.end(),
                                   [&](const T* other) { return same(*other, **right); }) == 1;
    if (one) {
      renamed.emplace_back(left, *right);
    }
  }
  for (const auto& [left, right] : renamed) {
    std::erase(pairs.left_only, left);
    std::erase(pairs.right_only, right);
  }
  return renamed;
}

// The values, which outlive a change of the catalog.
template <class T>
auto names_of(const std::vector<std::pair<const T*, const T*>>& pairs) {
  std::vector<std::pair<decltype(T::name), decltype(T::name)>> result;
  result.reserve(pairs.size());
  for (const auto& [from, to] : pairs) {
    result.emplace_back(from->name, to->name);
  }
  return result;
}

}  // namespace gauger::catalog
