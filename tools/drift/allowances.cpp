#include "tools/drift/allowances.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "project/environment.hpp"

namespace gauger::tools {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool matches(const project::DriftAllowance& entry, const catalog::Difference& difference) {
  if (!entry.token.empty() && display(difference).find(entry.token) == std::string::npos) {
    return false;
  }
  return (entry.kind.empty() || entry.kind == name(difference.object)) &&
         (entry.object.empty() || entry.object == object_name(difference));
}

}  // namespace

std::vector<Allowance> read_allowances(const project::Settings& settings,
                                       const project::Variables& environment,
                                       const project::Variables& env_file) {
  std::vector<Allowance> allowances;
  for (const project::DriftAllowance& entry : settings.drift.allow) {
    allowances.push_back({.entry = entry, .source = "[drift] allow"});
  }
  const std::string variable = project::prefixed(settings, "MIGRATION_DRIFT_ALLOWLIST");
  const std::string tokens = project::find_variable(variable, environment, env_file).value_or("");
  std::string_view rest = tokens;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    if (const std::string_view token = trimmed(rest.substr(0, end)); !token.empty()) {
      allowances.push_back({.entry = {.token = std::string(token)}, .source = variable});
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return allowances;
}

bool allows(std::vector<Allowance>& allowances, const catalog::Difference& difference) {
  bool allowed = false;
  for (Allowance& allowance : allowances) {
    if (matches(allowance.entry, difference)) {
      allowed = allowance.used = true;
    }
  }
  return allowed;
}

std::string display(const Allowance& allowance) {
  const project::DriftAllowance& entry = allowance.entry;
  std::string text = entry.token.empty() ? "" : fmt::format("'{}'", entry.token);
  for (const std::string* part : {&entry.kind, &entry.object}) {
    if (!part->empty()) {
      text += (text.empty() ? "" : " ") + *part;
    }
  }
  return text;
}

std::string object_name(const catalog::Difference& difference) {
  if (difference.relation.name.empty() || difference.name.empty()) {
    return difference.relation.name.empty() ? difference.name : display(difference.relation);
  }
  const bool call = difference.object == catalog::ObjectKind::function;
  return fmt::format("{}{}{}", display(difference.relation), call ? "" : ".", difference.name);
}

}  // namespace gauger::tools
