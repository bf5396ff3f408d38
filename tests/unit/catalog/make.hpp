// Catalogs out of SQL, and what is in them as text.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::tests {

// What the statements leave of an empty database.
[[nodiscard]] catalog::Catalog catalog_of(std::string_view sql);
// Applies them to a catalog; `may_run`: they are under a condition that cannot be told.
void apply_sql(std::string_view sql, catalog::Catalog& catalog, bool may_run = false);

// Of the table in "public": "id integer not null default nextval('t_id_seq'::regclass)", one line
// for each column, constraint and index. "~" stands before what is possible.
[[nodiscard]] std::string columns_of(const catalog::Catalog& catalog, std::string_view table);
[[nodiscard]] std::string constraints_of(const catalog::Catalog& catalog, std::string_view table);
[[nodiscard]] std::string indexes_of(const catalog::Catalog& catalog, std::string_view table);
// Their names, in order, with blanks between them.
[[nodiscard]] std::string tables_of(const catalog::Catalog& catalog);

}  // namespace gauger::tests
