#include "base/nearest.hpp"

#include <algorithm>
#include <array>

namespace gauger::base {
namespace {

// Longer words come from hostile files; nobody is helped by a guess about them.
constexpr std::size_t longest_word = 128;
using Row = std::array<std::size_t, longest_word + 1>;

template <class Word>
std::optional<std::string_view> nearest_of(std::string_view word,
                                           std::span<const Word> candidates) {
  if (word.size() > longest_word) {
    return std::nullopt;
  }
  std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  std::optional<std::string_view> best;
  for (const Word& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, limit);
    if (distance == 0 || distance > limit) {
      continue;
    }
    best = candidate;
    limit = distance - 1;
    if (limit == 0) {
      break;
    }
  }
  return best;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit || a.size() > longest_word || b.size() > longest_word) {
    return a == b ? 0 : limit + 1;
  }
  // Optimal string alignment, row by row: row i has the distances from a's first i bytes.
  Row before_last{};
  Row last{};
  Row current{};
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    std::size_t smallest = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
      smallest = std::min(smallest, current[j]);
    }
    if (smallest > limit) {
      return limit + 1;
    }
    before_last = last;
    last = current;
  }
  return std::min(last[b.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  return nearest_of(word, candidates);
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string> candidates) {
  return nearest_of(word, candidates);
}

}  // namespace gauger::base
