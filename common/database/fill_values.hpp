// What columns of a type can be filled with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::database {

// Whether the byte can stand in a name or number of a condition, as PostgreSQL writes it.
[[nodiscard]] inline bool is_word(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_';
}

// Stands for a row's number, counted from 1, in the SQL of a Series.
inline constexpr std::string_view row_number = "$i";

// Values as an SQL expression of the row's number.
struct Series {
  std::string sql{};
  std::uint64_t distinct = 0;  // how many values there are; 0: each number has its own
};

// The expression with something else in the place of the row's number.
[[nodiscard]] std::string with_number(std::string_view sql, std::string_view number);

// Series for a column of the type (as format_type() writes it), the plainest first. `hints` are
// conditions that the values have to satisfy: the constants in them are tried too. Empty: no values
// are known for such a type.
[[nodiscard]] std::vector<Series> series_for(std::string_view type, const catalog::Catalog& catalog,
                                             const std::vector<std::string>& hints);

// The domain that a type is, or null.
[[nodiscard]] const catalog::Domain* find_domain(std::string_view type,
                                                 const catalog::Catalog& catalog);

}  // namespace gauger::database
