// The identifiers of a revision file: `revision`, `down_revision`, `depends_on`, `branch_labels`.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "eval/constant.hpp"
#include "python/outline.hpp"

namespace gauger::history {

enum class IdentifierName : std::uint8_t { revision, down_revision, depends_on, branch_labels };

struct Identifiers {
  std::array<eval::Constant, 4> values;

  [[nodiscard]] const eval::Constant& operator[](IdentifierName name) const {
    return values[static_cast<std::size_t>(name)];
  }
};

[[nodiscard]] std::string_view spelling(IdentifierName name);

// What eval::module_constant says of each. Nearly all files assign a plain string or None once, at
// the left margin; these are read from the outline alone, without parsing anything. `path` and
// `modules` (may be null) are for identifiers that are imported.
[[nodiscard]] Identifiers read_identifiers(std::string_view path, std::string_view text,
                                           const python::Outline& outline, eval::Library* modules);

}  // namespace gauger::history
