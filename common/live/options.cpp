#include "live/options.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gauger::live {

base::Result<void> check_timeout(int seconds) {
  if (seconds > 0) {
    return {};
  }
  return base::failure(
      {.kind = base::ErrorKind::usage,
       .message = fmt::format("--timeout is a number of seconds from 1, not {}", seconds)});
}

std::vector<cli::Flag> flags(Options& options) {
  return {
      {.name = "--dsn",
       .value_name = "DSN",
       .help = "make the scratch databases beside this one (default: on a private server, or as "
               "[database] scratch says)",
       .target = &options.dsn},
      {.name = "--postgres-bin",
       .value_name = "DIR",
       .help = "the folder of initdb and postgres for the private server",
       .target = &options.binaries},
      {.name = "--timeout",
       .value_name = "SECONDS",
       .help = "for each step of the project's own code (default: 600)",
       .target = &options.timeout}};
}

base::Result<void> check_message(const std::string& message) {
  const bool controls = std::any_of(message.begin(), message.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
  });
  if (controls || message.find('\\') != std::string::npos ||
      message.find(R"(""")") != std::string::npos || message.ends_with('"')) {
    return base::failure(
        {.kind = base::ErrorKind::usage,
         .message = "the message cannot stand in a revision's docstring",
         .help = "it must have no backslash, no line break or control character, and neither "
                 "\"\"\" nor a quotation mark at its end"});
  }
  return {};
}

}  // namespace gauger::live
