#include "engine/timeouts.hpp"

#include <algorithm>
#include <string_view>

namespace gauger::engine {
namespace {

bool is_set(const StatementContext& statement, std::string_view name) {
  const auto& upgrade = statement.revision.migration.upgrade;
  return std::any_of(
      upgrade.begin(), upgrade.begin() + static_cast<std::ptrdiff_t>(statement.first),
      [&](const migration::Operation& earlier) {
        const auto* set = earlier.as<migration::SetParameter>();
        return set != nullptr && set->name == name && !set->reset && set->value != "0";
      });
}

}  // namespace

bool has_lock_timeout(const StatementContext& statement) {
  return statement.revision.run.environment.sets_lock_timeout || is_set(statement, "lock_timeout");
}

bool has_statement_timeout(const StatementContext& statement) {
  return statement.revision.run.environment.sets_statement_timeout ||
         is_set(statement, "statement_timeout");
}

}  // namespace gauger::engine
