#include "engine/timeouts.hpp"

#include <fmt/format.h>

namespace gauger::engine {

bool has_lock_timeout(const StatementContext& statement) {
  return statement.revision.run.environment.sets_lock_timeout || statement.session.lock_timeout.set;
}

bool has_statement_timeout(const StatementContext& statement) {
  return statement.revision.run.environment.sets_statement_timeout ||
         statement.session.statement_timeout.set;
}

std::string set_timeout(const StatementContext& statement, std::string_view name,
                        std::string_view value) {
  if (statement.session.in_transaction) {
    return fmt::format("op.execute(\"SET LOCAL {} = '{}'\")", name, value);
  }
  return fmt::format(R"(op.execute("SET {0} = '{1}'"), and op.execute("RESET {0}") afterwards)",
                     name, value);
}

std::string_view why_none(const effect::Timeout& timeout) {
  return timeout.lost ? ": the SET LOCAL before has ended with its transaction" : "";
}

}  // namespace gauger::engine
