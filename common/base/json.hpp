// JSON values; the only way to the JSON library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace gauger::base {

// Members keep the order in which they were added.
using Json = nlohmann::ordered_json;

enum class JsonLayout : std::uint8_t { compact, indented };

// The value as UTF-8 text without a final line end. Strings in it may hold any bytes: invalid ones
// become U+FFFD, and what base/escape.hpp calls unsafe is written as \u escapes, so that a document
// on a terminal or in a CI log does no harm and still says the same.
[[nodiscard]] std::string dump(const Json& value, JsonLayout layout);

// Nothing where the text is not JSON.
[[nodiscard]] std::optional<Json> parse_json(std::string_view text);

}  // namespace gauger::base
