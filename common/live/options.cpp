#include "live/options.hpp"

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

}  // namespace gauger::live
