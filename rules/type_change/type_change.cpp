#include "rules/type_change/type_change.hpp"

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

std::string shown(const migration::Type& type) {
  return type.known() ? type.text : type.written.empty() ? "another type" : type.written;
}

std::vector<engine::Report> check(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (std::size_t i = 0; i < context.migration.upgrade.size(); ++i) {
    const Operation& operation = context.migration.upgrade[i];
    if (!engine::changes_type(operation) || context.created_here(i)) {
      continue;
    }
    const auto& change = *operation.as<migration::ChangeType>();
    const std::string before =
        change.existing_type ? fmt::format("from {} ", shown(*change.existing_type)) : "";
    reports.push_back(
        {.operation = &operation,
         .message =
             fmt::format("the type of {}.{} changes {}to {}", migration::display(operation.table),
                         migration::display(change.column), before, shown(change.type)),
         .help = "add a column of the new type, copy in batches and switch over; where a change in "
                 "place is meant, say so: # type-change: approved <reason>"});
  }
  return reports;
}

}  // namespace

const engine::Rule type_change{
    .info = {.id = "type-change",
             .severity = finding::Severity::error,
             .summary = "An operation in `upgrade()` changes the type of a column.",
             .explanation =
                 "Most changes of a type make PostgreSQL write the whole table and its indexes "
                 "anew under ACCESS EXCLUSIVE, which blocks reads and writes meanwhile, and values "
                 "that do not fit make it fail. Even one that writes nothing breaks prepared "
                 "statements of running sessions.\n\n"
                 "Grant it with `# type-change: approved` and a reason."},
    .tag = engine::TagKind::type_change,
    .check = check};

}  // namespace gauger::rules
