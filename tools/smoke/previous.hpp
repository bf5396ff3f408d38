// What "previous" means: the state of a database before the newest migrations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/run_tool.hpp"
#include "history/history.hpp"

namespace gauger::tools {

struct Previous {
  std::vector<std::string> revisions{};  // none: the empty database
  std::string source{};                  // "--previous", "origin/main", "the parent of the head"
};

// Whether a flag, a variable, the settings or the CI names a base or a revision.
[[nodiscard]] base::Result<bool> previous_is_asked_for(const cli::Context& context,
                                                       const std::optional<std::string>& revision,
                                                       const std::optional<std::string>& base);

// `revision`, else the heads of what the base has of this history, else, where no base is known,
// the parents of the heads. A base that somebody asked for must be there.
[[nodiscard]] base::Result<Previous> find_previous(const cli::Context& context,
                                                   const history::History& history,
                                                   const std::optional<std::string>& revision,
                                                   const std::optional<std::string>& base);

}  // namespace gauger::tools
