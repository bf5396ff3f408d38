#include "rules/domain_constraint_scans_tables/domain_constraint_scans_tables.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

std::string help(const Operation& operation, const migration::AlterDomain& change) {
  const std::string domain = engine::sql_name({operation.table.schema, operation.object});
  if (change.change == migration::DomainChange::set_not_null) {
    return "say NOT NULL of the tables' columns, each by a CHECK that is added NOT VALID and "
           "validated";
  }
  const std::string name = migration::display(change.constraint.name);
  const std::string validate =
      engine::execute(fmt::format("ALTER DOMAIN {} VALIDATE CONSTRAINT {}", domain, name));
  return change.change == migration::DomainChange::validate
             ? "it blocks writes while it runs: do it when there are few, in a revision of its own"
             : fmt::format(
                   "add it NOT VALID, which locks no table, and validate it in a later "
                   "revision:\nALTER DOMAIN {} ADD CONSTRAINT … CHECK (…) NOT VALID\n{}",
                   domain, validate);
}

std::vector<engine::Report> check_domain_constraint_scans_tables(
    const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  const auto* change = operation.as<migration::AlterDomain>();
  if (change == nullptr) {
    return {};
  }
  std::vector<std::string> tables;
  for (const effect::Work* work : context.work(effect::WorkKind::scan)) {
    const std::string table = catalog::display(work->table);
    if (std::find(tables.begin(), tables.end(), table) == tables.end()) {
      tables.push_back(table);
    }
  }
  if (tables.empty()) {
    return {};
  }
  return {{.operation = &operation,
           .message = fmt::format("all of {} is read, and writes to it are blocked meanwhile "
                                  "(SHARE lock): the domain {} is used there",
                                  fmt::join(tables, ", "), migration::display(operation.object)),
           .help = help(operation, *change)}};
}

}  // namespace

const engine::Rule domain_constraint_scans_tables{
    .info = {.id = "domain-constraint-scans-tables",
             .severity = finding::Severity::error,
             .summary = "A domain gets a constraint that every table which uses it is read "
                        "for, while writes to them are blocked.",
             .explanation = "Adding a CHECK or NOT NULL to a domain, or validating one, takes a "
                            "SHARE lock on every table with a column of that domain, and reads "
                            "them all.\n\n"
                            "Add the constraint NOT VALID, which locks no table, and validate it "
                            "by itself at a quiet hour."},
    .claim = {engine::ClaimKind::effect, effect::Lock::share},
    .check_statement = check_domain_constraint_scans_tables};

}  // namespace gauger::rules
