#include "rules/no_statement_timeout/no_statement_timeout.hpp"

#include <fmt/format.h>

#include "engine/timeouts.hpp"

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_no_statement_timeout(const engine::StatementContext& context) {
  if (engine::has_statement_timeout(context) || context.operations.front().concurrently ||
      context.operations.front().is<migration::ValidateConstraint>()) {
    return {};
  }
  for (const effect::Work& work : context.effect.work) {
    if (!context.is_new(work.table)) {
      return {
          {.operation = &context.operations.front(),
           .message = fmt::format("this goes through all of {}, and no statement_timeout limits "
                                  "how long{}",
                                  catalog::display(work.table),
                                  engine::why_none(context.session.statement_timeout)),
           .help = "before it, or in env.py for all:\n" +
                   engine::set_timeout(context, "statement_timeout", "1min")}};
    }
  }
  return {};
}

}  // namespace

const engine::Rule no_statement_timeout{
    .info = {.id = "no-statement-timeout",
             .severity = finding::Severity::warning,
             .summary = "A statement goes through a whole table, and nothing limits how long.",
             .explanation = "A scan or rewrite that takes an hour holds its lock for an hour. A "
                            "`statement_timeout` ends it, and the transaction is rolled back.\n\n"
                            "Set it in env.py or in the revision; around a concurrent index or a "
                            "VALIDATE, which block nothing, set it to 0. Off by default: it may "
                            "be set for the role.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::effect,
              effect::Lock::row_exclusive,
              {effect::WorkKind::scan, effect::WorkKind::foreign_key_scan,
               effect::WorkKind::rewrite, effect::WorkKind::index_build,
               effect::WorkKind::row_change}},
    .check_statement = check_no_statement_timeout};

}  // namespace gauger::rules
