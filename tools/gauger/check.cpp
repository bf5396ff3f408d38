// `gauger check`: the static checks on one project, in one report.
#include "cli/run_tool.hpp"
#include "tools/check-heads/check_heads.hpp"
#include "tools/check-linear-history/check_linear_history.hpp"
#include "tools/gauger/gauger.hpp"
#include "tools/migration-lint/migration_lint.hpp"
#include "tools/pr-migration-count/pr_migration_count.hpp"

namespace gauger::tools {

int run_check(int argc, const char* const* argv) {
  CheckHeadsOptions heads;
  CheckLinearHistoryOptions order;
  MigrationLintOptions lint;
  // A folder without git, or without a remote, is as good to check as any other.
  PrMigrationCountOptions count{.missing_base = MissingBase::is_not_configured};
  return cli::run_suite(argc, argv,
                        {.name = "gauger check",
                         .summary = "Is this project's history in order, by all static checks?",
                         .tools = {make_check_heads(heads), make_check_linear_history(order),
                                   make_migration_lint(lint), make_pr_migration_count(count)}});
}

}  // namespace gauger::tools
