// The walk of an executable, or a part of one, that reports no findings: `gauger doctor`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/flag.hpp"
#include "project/project.hpp"

namespace gauger::cli {

struct CommandContext {
  const project::Request& request;  // not loaded: a command may be there to say why it does not
  std::function<void(std::string_view)> note;  // as Context has it
};

struct CommandOutcome {
  std::string text{};                 // for stdout, as it is: escaped by the command
  std::vector<base::Error> errors{};  // any: exit 2
  int status = 0;
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::vector<Flag> flags{};
  std::function<base::Result<CommandOutcome>(const CommandContext&)> run;
};

// Exit status: the outcome's; 2 where there is none, it has errors, or stdout cannot be written.
[[nodiscard]] int run_command(int argc, const char* const* argv, const Command& command);

}  // namespace gauger::cli
