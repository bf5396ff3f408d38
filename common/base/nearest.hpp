// "Did you mean": the known word that is nearest to an unknown one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gauger::base {

// The number of insertions, deletions, replacements and swaps of neighbours that turn one word into
// the other, counted in bytes; more than `limit` is told as limit + 1.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate with the smallest edit distance, the first of equals; nothing where none is near:
// at most one edit for each three bytes of `word`, and at least one. `word` itself is not a
// candidate. The result is a view into the candidates.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string> candidates);

}  // namespace gauger::base
