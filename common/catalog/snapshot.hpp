// A catalog as bytes, to be kept for the next run of the same executable.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"

namespace gauger::catalog {

// Hands all of it on, with its whereabouts where it has them, in pieces of some 64 KiB.
void to_bytes(const Catalog& catalog, const std::function<void(std::string_view)>& put);

// Nothing where these are not the bytes of to_bytes(), whole and unchanged.
[[nodiscard]] std::optional<Catalog> from_bytes(std::string_view bytes);

}  // namespace gauger::catalog
