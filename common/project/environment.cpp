#include "project/environment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "project/files.hpp"
#include "project/paths.hpp"

namespace gauger::project {
namespace {

constexpr std::string_view branch_prefix = "refs/heads/";

// GitHub Actions, GitLab CI, Bitbucket Pipelines, Azure Pipelines, Buildkite, Jenkins.
constexpr std::array<const char*, 6> target_branches = {"GITHUB_BASE_REF",
                                                        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
                                                        "BITBUCKET_PR_DESTINATION_BRANCH",
                                                        "SYSTEM_PULLREQUEST_TARGETBRANCH",
                                                        "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
                                                        "CHANGE_TARGET"};

}  // namespace

base::Result<Variables> read_env_file(const DatabaseSettings& database) {
  if (!database.env_file_required && !is_file(database.env_file)) {
    return Variables{};
  }
  const auto text = read_config_file(database.env_file);
  if (!text) {
    return tl::unexpected<base::Error>(text.error());
  }
  return parse_env_file(*text, database.env_file);
}

std::optional<std::string> find_variable(const std::string& name, const Variables& environment,
                                         const Variables& env_file) {
  for (const Variables* variables : {&environment, &env_file}) {
    if (const auto found = variables->find(name); found != variables->end()) {
      return found->second.empty() ? std::nullopt : std::optional(found->second);
    }
  }
  return std::nullopt;
}

std::string prefixed(const Settings& settings, std::string_view name) {
  return fmt::format("{}_{}", settings.environment_prefix, name);
}

std::vector<std::string> dsn_variables(const Settings& settings) {
  std::vector<std::string> names = {prefixed(settings, "PG_DSN")};
  for (const std::string& name : settings.database.dsn_environment) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

bool is_on(const std::optional<std::string>& value) {
  std::string text = value.value_or("");
  std::transform(text.begin(), text.end(), text.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return text == "1" || text == "true" || text == "yes" || text == "on";
}

BaseReference base_reference(const std::optional<std::string>& flag, const Settings& settings,
                             const Variables& environment, const Variables& env_file) {
  if (flag) {
    return {.name = *flag, .source = "--base"};
  }
  constexpr const char* variable = "MIGRATION_BASE_REF";
  if (auto name = find_variable(variable, environment, env_file)) {
    return {.name = *std::move(name), .source = variable};
  }
  if (settings.pull_request.base) {
    return {.name = *settings.pull_request.base, .source = "pull-request.base"};
  }
  for (const char* ci : target_branches) {
    if (const auto branch = find_variable(ci, environment, {})) {
      const std::string_view name = *branch;
      const std::size_t skipped = name.starts_with(branch_prefix) ? branch_prefix.size() : 0;
      return {.name = fmt::format("origin/{}", name.substr(skipped)), .source = ci};
    }
  }
  return {.name = "origin/main", .source = "default"};
}

}  // namespace gauger::project
