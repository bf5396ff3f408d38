// How PostgreSQL spells names, and the ones that it makes up.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// NAMEDATALEN - 1
inline constexpr std::size_t max_name_size = 63;

// At most `size` bytes of it, cut between two characters.
[[nodiscard]] std::string clipped(std::string_view name, std::size_t size = max_name_size);

// With quotes where it needs them, as quote_identifier() decides it.
[[nodiscard]] std::string quote_identifier(std::string_view name);

// A type of the user's own as format_type() says it: mood, app.mood, "Mood".
[[nodiscard]] std::string type_text(const QualifiedName& type);

// makeObjectName() of commands/indexcmds.c: "users_email_key", the longer of the two names
// shortened first. An empty `second` is none.
[[nodiscard]] std::string object_name(std::string_view first, std::string_view second,
                                      std::string_view label);

// The first of users_email_key, users_email_key1… that is not taken.
[[nodiscard]] std::string free_name(std::string_view first, std::string_view second,
                                    std::string_view label,
                                    const std::function<bool(const std::string&)>& taken);

// ChooseIndexNameAddition(): the columns' names with "_" between them.
[[nodiscard]] std::string joined_names(const std::vector<std::string>& columns);

// ChooseIndexColumnNames(): what the columns of an index are called, INCLUDE's among them.
[[nodiscard]] std::vector<std::string> index_columns(const Index& index);

}  // namespace gauger::catalog
