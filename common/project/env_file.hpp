// A `.env` file: variables for what the environment does not set.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gauger::project {

using Variables = std::map<std::string, std::string>;

// As python-dotenv reads it, without putting in other variables and without running anything:
// KEY=value, `export` before it, blanks around "="; "…" with the escapes \\ \" \' \a \b \f \n \r \t
// \v and '…' with \\ and \', both also over several lines; without quotes to the end of the line or
// to " #". A key without "=" sets nothing, a later line wins. Error (configuration, `path`, with
// its position, never with a part of the text, which is secret): anything else.
[[nodiscard]] base::Result<Variables> parse_env_file(std::string_view text,
                                                     const std::string& path);

}  // namespace gauger::project
