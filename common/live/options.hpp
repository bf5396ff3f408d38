// The flags that all live tools share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/flag.hpp"

namespace gauger::live {

struct Options {
  std::optional<std::string> dsn{};  // scratch databases beside this one; nothing: see settings
  std::optional<std::string> binaries{};  // the folder of initdb and postgres
  int timeout = 600;                      // seconds for each step of the project's own code
};

// Error (usage): it is none that anything could be done in.
[[nodiscard]] base::Result<void> check_timeout(int seconds);

// --dsn, --postgres-bin and --timeout. `options` must outlive the parse.
[[nodiscard]] std::vector<cli::Flag> flags(Options& options);

// A revision's message stands in its docstring, as Alembic's template has it. Error (usage): it
// would end the docstring, or be read as an escape.
[[nodiscard]] base::Result<void> check_message(const std::string& message);

}  // namespace gauger::live
