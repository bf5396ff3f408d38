#include "rules/refused_by_alembic/refused_by_alembic.hpp"

#include <fmt/format.h>

namespace gauger::rules {
namespace {

std::vector<engine::Report> check_refused_by_alembic(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const migration::Operation& operation : context.migration.upgrade) {
    const auto* opaque = operation.as<migration::Opaque>();
    if (opaque == nullptr || !opaque->refused || operation.attempted) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("{} fails on every server: {}", operation.directive, opaque->reason),
         .help = "op.drop_column and op.add_column with the new sa.Computed(…); or, since "
                 "PostgreSQL 17,\nop.execute(\"ALTER TABLE … ALTER COLUMN … SET EXPRESSION AS "
                 "(…)\")"});
  }
  return reports;
}

}  // namespace

const engine::Rule refused_by_alembic{
    .info = {.id = "refused-by-alembic",
             .severity = finding::Severity::error,
             .summary = "A directive asks for what Alembic refuses with an error.",
             .explanation =
                 "`op.alter_column(…, server_default=sa.Computed(…))`, and one with an "
                 "`existing_server_default` that is one, raises CompileError before anything "
                 "is sent.\n\n"
                 "Drop the column and add it again; PostgreSQL 17 has `SET EXPRESSION`."},
    .claim = {engine::ClaimKind::failure},
    .check = check_refused_by_alembic};

}  // namespace gauger::rules
