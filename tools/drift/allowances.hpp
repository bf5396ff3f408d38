// Differences that are known and allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/diff.hpp"
#include "project/env_file.hpp"
#include "project/project.hpp"

namespace gauger::tools {

struct Allowance {
  project::DriftAllowance entry{};
  std::string source{};  // "[drift] allow", the variable's name
  bool used = false;
};

// [drift] allow, and the comma-separated tokens of PREFIX_MIGRATION_DRIFT_ALLOWLIST.
[[nodiscard]] std::vector<Allowance> read_allowances(const project::Settings& settings,
                                                     const project::Variables& environment,
                                                     const project::Variables& env_file);

// Marks all that match. A token matches where it is a part of display(difference); kind and object
// ("column", "users.email") where they are the difference's, and one that is not given is any.
[[nodiscard]] bool allows(std::vector<Allowance>& allowances,
                          const catalog::Difference& difference);

// As people wrote it: 'token', or kind and object.
[[nodiscard]] std::string display(const Allowance& allowance);

// "users.email", "app.users", "pg_trgm"
[[nodiscard]] std::string object_name(const catalog::Difference& difference);

}  // namespace gauger::tools
