// What the environment says, in the order of precedence: flag, environment, .env, configuration,
// CI's own variables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "project/env_file.hpp"
#include "project/project.hpp"

namespace gauger::project {

// Reads [database] env-file. The default file may be missing, one that the settings name may not.
[[nodiscard]] base::Result<Variables> read_env_file(const DatabaseSettings& database);

// The value of a variable: the environment's where it is set there, else the file's. One that is
// set to nothing counts as not set, and hides the file's.
[[nodiscard]] std::optional<std::string> find_variable(const std::string& name,
                                                       const Variables& environment,
                                                       const Variables& env_file);

// "PG_DSN" -> "SHOP_PG_DSN", with the project's environment-prefix.
[[nodiscard]] std::string prefixed(const Settings& settings, std::string_view name);

// The variables that may hold the DSN, first choice first: PREFIX_PG_DSN, then dsn-environment.
[[nodiscard]] std::vector<std::string> dsn_variables(const Settings& settings);

// Whether a switch such as CONFIRM_DB_NUKE is on: 1, true, yes, on, in any case.
[[nodiscard]] bool is_on(const std::optional<std::string>& value);

struct BaseReference {
  std::string name;    // as git would take it, not checked: "origin/main"
  std::string source;  // who said so: "--base", "MIGRATION_BASE_REF", "GITHUB_BASE_REF"
};

// The base that a pull request is compared with: the flag, MIGRATION_BASE_REF, [pull-request] base,
// the variable of a CI that names the target branch, else origin/main. GitHub's merge_group names
// its base in the event's file only, which is common/git's to read.
[[nodiscard]] BaseReference base_reference(const std::optional<std::string>& flag,
                                           const Settings& settings, const Variables& environment,
                                           const Variables& env_file);

}  // namespace gauger::project
