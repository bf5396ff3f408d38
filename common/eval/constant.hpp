// The value of a name at module level, for identifiers such as `revision` and `down_revision`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "eval/module.hpp"
#include "python/outline.hpp"

namespace gauger::eval {

enum class ConstantKind : std::uint8_t {
  absent,    // the module does not bind the name
  none,      // None
  text,      // a string
  sequence,  // a tuple, list or set of strings
  other,     // a known value of another type; `description` names it, such as "an integer"
  unknown,   // cannot be known without running the file; `description` says why
};

struct Constant {
  ConstantKind kind = ConstantKind::absent;
  std::string text{};
  std::vector<std::string> items{};
  std::string description{};
  base::Span span{};        // of the statement that binds it
  base::Span value_span{};  // of the expression right of "="
};

// Runs the module's top-level statements symbolically as far as `name` needs it: constants,
// implicit concatenation, f-strings, names bound earlier, `if` and `try` at module level.
// With a library, names that `path` imports from the project's own modules are known too.
[[nodiscard]] Constant module_constant(std::string_view text, const python::Outline& outline,
                                       std::string_view name, Library* library = nullptr,
                                       std::string_view path = {});

}  // namespace gauger::eval
