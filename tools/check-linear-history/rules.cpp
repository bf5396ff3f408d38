#include <array>

#include "tools/check-linear-history/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Severity;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "merge-revision",
        .severity = Severity::error,
        .summary = "A revision has several parents.",
        .explanation =
            "In a linear history every database runs the same revisions in the same order. Where "
            "branches are merged, a database that was migrated before the merge has run them in "
            "another order than a new one.\n\n"
            "`[history] allow-merges = true` accepts merge revisions, and the branch points that "
            "they join again."},
    finding::RuleInfo{
        .id = "branch-point",
        .severity = Severity::error,
        .summary = "Several revisions have the same parent.",
        .explanation =
            "One of them has to come after the other. Branches that are meant to last are "
            "listed by their labels in `[history] branches`."},
    finding::RuleInfo{
        .id = "several-bases",
        .severity = Severity::error,
        .summary = "The history begins more than once.",
        .explanation =
            "A revision whose `down_revision` is None begins a history of its own. Bases of "
            "branches that are meant to last are told apart by labels in `[history] "
            "branches`."},
    finding::RuleInfo{
        .id = "broken-history",
        .severity = Severity::error,
        .summary = "Alembic cannot load the history, so that it is no chain.",
        .explanation =
            "A parent that does not exist, an id that is used twice, or a cycle: check-heads "
            "names each."},
    finding::RuleInfo{
        .id = "missing-create-date",
        .severity = Severity::error,
        .summary = "A revision has no `Create Date:` in its header.",
        .explanation = "Alembic's template writes it into the docstring; a comment above the first "
                       "function will do, too."},
    finding::RuleInfo{
        .id = "unreadable-create-date",
        .severity = Severity::error,
        .summary = "A `Create Date:` is not a date.",
        .explanation =
            "Read are `YYYY-MM-DD`, with a time `HH:MM`, seconds and a fraction, separated by "
            "a blank or `T`, and with an offset (`+02:00`, `+0200`, `+02`, `Z`) or the "
            "abbreviation of a zone that means one offset."},
    finding::RuleInfo{
        .id = "date-before-parent",
        .severity = Severity::error,
        .summary = "A revision is dated before its parent.",
        .explanation =
            "A chain that is ordered by Create Date can be read in the order of its files. The "
            "date "
            "goes wrong when a revision is put on top of another that was made later.\n\n"
            "Dates are compared in UTC; one without an offset counts as UTC. Alembic writes the "
            "local time of whoever made the revision unless alembic.ini has `timezone = UTC`, so "
            "dates from machines in two zones can give a false order.\n\n"
            "`--fix=dates`, or MIGRATION_CREATE_DATE_AUTOFIX=1, moves the date to one second after "
            "the parent's.",
        .fixable = true},
    finding::RuleInfo{
        .id = "header-mismatch",
        .severity = Severity::warning,
        .summary = "A header contradicts the identifiers.",
        .explanation =
            "`Revision ID:` and `Revises:` are for readers; Alembic goes by `revision` and "
            "`down_revision`. They part when a revision is put elsewhere by hand."},
};

}  // namespace

std::span<const finding::RuleInfo> check_linear_history_rules() { return infos; }

}  // namespace gauger::tools
