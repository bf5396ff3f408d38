// Which types PostgreSQL casts to which by itself, as it must for ALTER COLUMN … TYPE without
// USING.
//
// Source: pg_cast ('implicit' and 'assignment'), and all pairs of 47 types that were tried on
// PostgreSQL 12 to 18, which agree (tests/data/type_casts.tsv). "char" is none of them: before 15
// it takes all that other strings take.
#pragma once

#include <optional>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::effect {

// Types as format_type() or a cast spells them. Nothing: one of them is neither among those that
// were tried nor an enum of the catalog.
[[nodiscard]] std::optional<bool> casts_by_itself(std::string_view from, std::string_view to,
                                                  const catalog::Catalog& catalog);

}  // namespace gauger::effect
