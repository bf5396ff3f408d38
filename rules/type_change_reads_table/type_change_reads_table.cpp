#include "rules/type_change_reads_table/type_change_reads_table.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/names.hpp"

namespace gauger::rules {

using effect::WorkKind;
using migration::Operation;

namespace {

// What the operation does by itself to tables that are not new; nothing where it rewrites one,
// which is another rule's.
std::vector<effect::Work> work_of(const Operation& operation,
                                  const engine::StatementContext& context) {
  std::vector<effect::Work> work =
      effect::predict(std::span(&operation, 1), context.before, context.session).work;
  std::erase_if(work, [&](const effect::Work& each) { return context.is_new(each.table); });
  const bool rewrites = std::any_of(work.begin(), work.end(), [](const effect::Work& each) {
    return each.kind == WorkKind::rewrite;
  });
  return rewrites ? std::vector<effect::Work>() : work;
}

std::string named(const effect::Work& work) {
  const std::string table = catalog::display(work.table);
  return work.object.empty() ? "of " + table : fmt::format("{} of {}", work.object, table);
}

std::string shown(const effect::Work& work) {
  switch (work.kind) {
    case WorkKind::index_build:
      return fmt::format("builds the index {} anew", named(work));
    case WorkKind::foreign_key_scan:
      return fmt::format("looks up every row for the foreign key {}", named(work));
    default:
      return fmt::format("reads every row for the CHECK {}", named(work));
  }
}

std::string help(const std::vector<effect::Work>& work) {
  const auto has = [&](WorkKind kind) {
    return std::any_of(work.begin(), work.end(),
                       [&](const effect::Work& each) { return each.kind == kind; });
  };
  std::vector<std::string_view> steps;
  if (has(WorkKind::scan) || has(WorkKind::foreign_key_scan)) {
    steps.emplace_back(
        "drop the constraint with op.drop_constraint before it, make it again in the same "
        "revision with postgresql_not_valid=True, and VALIDATE it in a transaction of its own");
  }
  if (has(WorkKind::index_build)) {
    steps.emplace_back(
        "build the index on a column of the new type, beside the old one; or, if queries can do "
        "without the index for a while, drop it before and create it after with "
        "postgresql_concurrently=True, each in an op.get_context().autocommit_block()");
  }
  return fmt::format("{}\nwhere the table is small: # type-change: approved <reason>",
                     fmt::join(steps, "\n"));
}

std::vector<engine::Report> check_type_change_reads_table(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto* change = operation.as<migration::ChangeType>();
    const auto work = change == nullptr ? std::vector<effect::Work>() : work_of(operation, context);
    if (work.empty()) {
      continue;
    }
    std::vector<std::string> parts;
    parts.reserve(work.size());
    for (const effect::Work& each : work) {
      parts.push_back(shown(each));
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format(
             "the change of {}.{} to {}{} writes no row, but it {}, under ACCESS "
             "EXCLUSIVE",
             migration::display(operation.table), migration::display(change->column),
             change->type.text,
             change->collation.empty() ? ""
                                       : " COLLATE " + catalog::quote_identifier(change->collation),
             fmt::join(parts, ", ")),
         .help = help(work)});
  }
  return reports;
}

}  // namespace

const engine::Rule type_change_reads_table{
    .info = {.id = "type-change-reads-table",
             .severity = finding::Severity::error,
             .summary = "A column changes to a type that its values need not be written for, but "
                        "an index is built anew or a constraint checked again.",
             .explanation =
                 "A type that only widens leaves the rows as they are. An index on an expression "
                 "or with a predicate that uses the column is built anew all the same, a CHECK "
                 "that mentions it is checked for every row, and a change of the collation builds "
                 "the column's indexes anew: under ACCESS EXCLUSIVE, which blocks reads and "
                 "writes.\n\n"
                 "Make the constraint again as NOT VALID and validate it afterwards, or the index "
                 "concurrently; or grant it with `# type-change: approved` and a reason."},
    .tag = engine::TagKind::type_change,
    .claim = {engine::ClaimKind::effect,
              effect::Lock::access_exclusive,
              {effect::WorkKind::scan, effect::WorkKind::index_build,
               effect::WorkKind::foreign_key_scan}},
    .check_statement = check_type_change_reads_table};

}  // namespace gauger::rules
