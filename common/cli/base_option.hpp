// The --base flag, and which commit it, or what stands in for it, names.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "cli/flag.hpp"
#include "cli/run_tool.hpp"
#include "git/commits.hpp"
#include "git/repository.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"

namespace gauger::cli {

// `target` gets the flag's value and must outlive the flag.
[[nodiscard]] Flag base_flag(std::optional<std::string>& target, std::string help);

struct BaseChoice {
  git::BaseName name;
  // Somebody said so: a flag, a variable, the settings or the CI. It is then an error where the
  // base is not to be found, not merely something that is not configured.
  bool is_asked_for = false;
};

// The flag, MIGRATION_BASE_REF, [pull-request] base, what a CI says, else origin/main.
// Error: the project's .env cannot be read.
[[nodiscard]] base::Result<BaseChoice> choose_base(const Context& context,
                                                   const std::optional<std::string>& flag);

struct Base {
  git::Repository repository;
  git::BasePoint point;
};

// Error (git): with the line that mends it.
[[nodiscard]] base::Result<Base> find_base(const Context& context, const git::BaseName& name);

// The revisions of `history`, which was read from the working tree, that the base does not have.
// Nothing: the base is not to be found, and nobody has asked for it.
[[nodiscard]] base::Result<std::optional<history::RevisionSet>> own_revisions(
    const Context& context, const BaseChoice& choice, const history::History& history);
// Likewise of the base that `choose_base` gives without a flag, for what is only advice: nothing
// wherever it cannot be told.
[[nodiscard]] std::optional<history::RevisionSet> own_revisions_if_known(
    const Context& context, const history::History& history);

}  // namespace gauger::cli
