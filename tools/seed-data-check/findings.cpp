#include "tools/seed-data-check/findings.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "history/excerpt.hpp"
#include "live/seeding.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using finding::RuleInfo;
using finding::Severity;

constexpr std::string_view row_rule(RowFault fault) {
  switch (fault) {
    case RowFault::missing:
      return "seed-row-missing";
    case RowFault::differs:
      return "seed-row-differs";
    case RowFault::not_unique:
      return "seed-key-not-unique";
    case RowFault::no_table:
      return "seed-table-missing";
  }
  return {};
}

}  // namespace

std::span<const RuleInfo> seed_data_rules() {
  static const std::array infos = {
      RuleInfo{.id = row_rule(RowFault::missing),
               .summary = "A required row is not in its table.",
               .explanation =
                   "The code relies on reference rows as it does on columns. `[[seed-data]]` names "
                   "them by their key; a seed script inserts them."},
      RuleInfo{.id = row_rule(RowFault::differs),
               .summary = "A required row has other values than it should.",
               .explanation =
                   "Compared are the columns that `columns` names, else all that the row gives. "
                   "Numbers are compared as numbers, all else as PostgreSQL prints it."},
      RuleInfo{.id = row_rule(RowFault::not_unique),
               .summary = "Several rows have the key of a required row.",
               .explanation =
                   "Which of them is meant cannot be told, and an insert with `ON CONFLICT` needs "
                   "a unique constraint on the key. A seed that ran twice leaves such rows."},
      RuleInfo{.id = row_rule(RowFault::no_table),
               .summary = "A table or column of the required rows is not there.",
               .explanation = "It was dropped or renamed, or the database is behind: the entry of "
                              "`[[seed-data]]` has to follow the migration."},
      RuleInfo{.id = "seed-not-recorded",
               .summary = "A seed script has not run on the database.",
               .explanation =
                   "`run-seeds` records what it has run in `seed_versions`. A script whose `seed` "
                   "does nothing yet is not expected there."},
      RuleInfo{.id = "seed-recorded-without-revision",
               .severity = Severity::warning,
               .summary = "A seed was recorded for a revision that the history does not have.",
               .explanation =
                   "The revision was squashed or renamed, or the database was migrated from "
                   "another branch. Its seed would run again under the new id."},
      RuleInfo{
          .id = "seed-not-idempotent",
          .summary = "A seed script inserts rows that it would insert again.",
          .explanation =
              "A seed may find its rows there: after a restore, on a database that was filled "
              "by hand, under the new id of a squashed revision. It then fails on a unique "
              "constraint, or the rows are there twice. Accepted are `ON CONFLICT` "
              "(`on_conflict_do_nothing()`), a query with `NOT EXISTS`, a condition around the "
              "insert that looks first, and a `DELETE` of the table before it."},
      RuleInfo{.id = behind_schema(),
               .summary = "A seed script names a table or column that the schema at head lacks.",
               .explanation =
                   "Seeds run against the schema at head, also those of old revisions: on a new "
                   "database all migrations run first. A later migration that drops or renames a "
                   "table or column breaks the seeds that write to it, though they have long run "
                   "everywhere. Accepted is a condition around the statement that looks first."},
      live::seed_failed(),
      live::seed_without_revision()};
  return infos;
}

Finding judge_row(RowFault fault, std::string message, std::string help,
                  const std::string& source) {
  return {.rule = std::string(row_rule(fault)),
          .message = std::move(message),
          .help = std::move(help),
          .path = source.starts_with('/') ? "" : source};
}

Finding judge_unrecorded(const seed::Script& script) {
  return {.rule = "seed-not-recorded",
          .message = fmt::format("the seed of revision '{}' is not recorded in seed_versions",
                                 script.revision),
          .help = "run it: gauger run-seeds",
          .path = script.path,
          .revision = script.revision};
}

Finding judge_unknown_record(const std::string& revision) {
  return {.rule = "seed-recorded-without-revision",
          .severity = Severity::warning,
          .message =
              fmt::format("seed_versions has '{}', which no revision of the history is", revision),
          .help = "if it was squashed or renamed, record the new id in its place"};
}

std::string_view behind_schema() { return "seed-behind-schema"; }

Finding judge_missing(const seed::MissingName& missing, const seed::Script& script,
                      std::string_view text) {
  history::Excerpt excerpt = history::excerpt(text, missing.place.span);
  return {.rule = std::string(behind_schema()),
          .message = missing.column.empty()
                         ? fmt::format("the schema at head has no table {}", missing.table)
                         : fmt::format("the table {} has no column {} at head", missing.table,
                                       missing.column),
          .help =
              "seeds run against the schema at head: follow the migration that dropped or "
              "renamed it, or look first (sa.inspect(…).has_table)",
          .path = missing.place.path,
          .begin = excerpt.begin,
          .end = excerpt.end,
          .source = std::move(excerpt.lines),
          .revision = script.revision};
}

Finding judge_insert(const seed::RepeatedInsert& insert, const seed::Script& script,
                     std::string_view text) {
  history::Excerpt excerpt = history::excerpt(text, insert.place.span);
  return {.rule = "seed-not-idempotent",
          .message = fmt::format(
              "the rows for {} are inserted again when the seed finds them there", insert.table),
          .help =
              "ON CONFLICT DO NOTHING, or postgresql.insert(…).on_conflict_do_nothing(); without "
              "a unique constraint: INSERT … SELECT … WHERE NOT EXISTS (…)",
          .path = insert.place.path,
          .begin = excerpt.begin,
          .end = excerpt.end,
          .source = std::move(excerpt.lines),
          .revision = script.revision};
}

}  // namespace gauger::tools
