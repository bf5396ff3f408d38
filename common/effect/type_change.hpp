// What ALTER COLUMN … TYPE does to the column's values and indexes.
//
// Source: ATColumnChangeRequiresRewrite() and CheckIndexCompatible() of PostgreSQL, and 4,225 pairs
// of types that were changed on PostgreSQL 15 (tests/data/type_changes_15.tsv).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::effect {

// From least to most.
enum class TypeChange : std::uint8_t {
  none,         // the catalog alone; plain indexes on the column are kept
  index_build,  // the values stay as they are, the column's indexes are built again
  unless_utc,   // index_build if TimeZone of the session is UTC, else rewrite
  unknown,      // a type that is not known
  rewrite,
};

// Types as format_type() or a cast spells them. Domains are looked up in the catalog.
// `timezone_utc`: whether TimeZone of the session is UTC; nothing: not known.
[[nodiscard]] TypeChange compare_types(std::string_view from, std::string_view to,
                                       const catalog::Catalog& catalog,
                                       std::optional<bool> timezone_utc);

// With USING: only casts of the column itself can do without a rewrite. An empty `using_` is none.
[[nodiscard]] TypeChange compare_types(std::string_view from, std::string_view to,
                                       std::string_view using_, std::string_view column,
                                       const catalog::Catalog& catalog,
                                       std::optional<bool> timezone_utc);

// Whether the type is a domain that has a CHECK or NOT NULL, its base types' included: a column of
// it is always rewritten. Nothing: not known.
[[nodiscard]] std::optional<bool> is_constrained_domain(std::string_view type,
                                                        const catalog::Catalog& catalog);

}  // namespace gauger::effect
