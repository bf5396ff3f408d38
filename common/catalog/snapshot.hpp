// A catalog as bytes, to be kept for the next run of the same executable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// All of it, with its whereabouts where it has them; behind `before`, which is not a part of it.
[[nodiscard]] std::string to_bytes(const Catalog& catalog, std::string_view before = {});

// Nothing where these are not the bytes of to_bytes(), whole and unchanged.
[[nodiscard]] std::optional<Catalog> from_bytes(std::string_view bytes);

}  // namespace gauger::catalog
