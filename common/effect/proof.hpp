// What a CHECK constraint that holds for every row proves, as far as PostgreSQL sees it: then it
// need not read the table. It looks at the shape of conditions only
// (predicate_implied_by(), "weak": the constraint may also be null, which a CHECK lets pass).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gauger::effect {

enum class Proof : std::uint8_t {
  no,
  unknown,  // an expression with a hole, or one that would take evaluating constants of some type
  yes,
};

// `a IS NOT NULL` proves it, and so does a conjunction with it; `a > 0`, which null passes, does
// not.
[[nodiscard]] Proof proves_not_null(std::string_view check, std::string_view column);

struct PartitionKey {
  std::string column{};    // empty: an expression, or more than one column
  std::string strategy{};  // "range", "list", "hash"
  bool not_null = false;
};
// Whether every row belongs within the bounds ("FOR VALUES FROM (1) TO (9)"), by the checks.
[[nodiscard]] Proof proves_within(std::span<const std::string> checks, const PartitionKey& key,
                                  std::string_view bounds);
// Whether none does: what the default partition is asked.
[[nodiscard]] Proof proves_outside(std::span<const std::string> checks, const PartitionKey& key,
                                   std::string_view bounds);

}  // namespace gauger::effect
