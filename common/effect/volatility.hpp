// Which functions give another value each time they are called: a column that is added with such a
// default is written into every row.
//
// The names are those of PostgreSQL 15's pg_proc for which this holds for every overload,
//   select proname from pg_proc p
//   where pronamespace = 'pg_catalog'::regnamespace and prokind = 'f'
//     and proname !~ '^(pg_|binary_upgrade_)' and not 'internal'::regtype = any (proargtypes)
//     and <prorettype is no trigger, handler or internal>
//   group by 1 having bool_and(provolatile = 'v')
// and with `<> 'v'` for the others (without the support functions of operators, types, aggregates
// and index methods), with what PostgreSQL 16 to 18, uuid-ossp and pgcrypto add.
#pragma once

#include <optional>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::effect {

// Nothing: neither a function of PostgreSQL that is listed nor one of the catalog.
[[nodiscard]] std::optional<bool> is_volatile_function(const catalog::QualifiedName& function,
                                                       const catalog::Catalog& catalog);

// Whether the expression calls a volatile function. Nothing: it calls one that is not known, has a
// hole, or is no expression.
[[nodiscard]] std::optional<bool> is_volatile(std::string_view expression,
                                              const catalog::Catalog& catalog);

// The major version of PostgreSQL since which the function is built in, if it is called in the
// expression and came after 12; 0: none.
[[nodiscard]] int needed_version(std::string_view expression);

}  // namespace gauger::effect
