#include "engine/key_index.hpp"

#include <fmt/format.h>

#include "engine/advice.hpp"

namespace gauger::engine {

using migration::Operation;

std::vector<Report> keys_that_build_an_index(const StatementContext& statement,
                                             migration::ConstraintKind kind,
                                             std::string_view kind_name, KeyHelp help) {
  std::vector<Report> reports;
  const auto& failure = statement.effect.failure;
  if (failure && failure->kind == effect::FailureKind::always) {
    return reports;
  }
  for (const Operation& operation : statement.operations) {
    const auto* add = operation.as<migration::AddConstraint>();
    const catalog::Table* table = statement.old_table(operation.table);
    if (add == nullptr || add->constraint.kind != kind || !add->constraint.using_index.absent() ||
        table == nullptr || statement.work(effect::WorkKind::index_build).empty()) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} builds its index while reads and writes of {} are blocked "
                                "(ACCESS EXCLUSIVE lock)",
                                named(kind_name, add->constraint), catalog::display(table->name)),
         .help = help(operation, *table, statement.before)});
  }
  return reports;
}

}  // namespace gauger::engine
