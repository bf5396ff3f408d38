#include "live/options.hpp"

namespace gauger::live {

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
