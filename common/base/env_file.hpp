// `.env` files: settings that stand in for what the environment does not set.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gauger::base {

struct EnvFile {
  std::map<std::string, std::string> values{};
  std::vector<std::uint32_t> unreadable_lines{};  // their numbers, from 1
};

// `NAME=value` lines, with or without `export`. Single quotes take what is in them as it is; in
// double quotes `\n`, `\t`, `\"`, `\\` and `\$` are what they are in C; both may span lines.
// Outside of quotes a value ends at " #". Nothing is expanded and no command is run. The last of
// several lines for one name counts.
[[nodiscard]] EnvFile parse_env_file(std::string_view text);

}  // namespace gauger::base
