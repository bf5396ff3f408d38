// The catalog after SQL text, for tests.
#pragma once

#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "migration/operation.hpp"

namespace gauger::tests {

[[nodiscard]] std::vector<migration::Operation> operations(std::string_view sql);
// Applies the text's operations one after another.
void replay(std::string_view sql, catalog::Catalog& catalog);

}  // namespace gauger::tests
