#include <array>

#include "tools/pr-migration-count/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Severity;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "schema-change-without-migration",
        .severity = Severity::error,
        .summary = "The models change the schema, and no migration does.",
        .explanation =
            "Once this is merged, the code expects a schema that no database has.\n\n"
            "Schema files are those of `schema-paths`. Both versions are read, and what counts are "
            "tables, columns, types, nullability, defaults in the database, constraints, indexes "
            "and enums; comments, docstrings, methods, imports, relationships and layout do not. "
            "What moves from one schema file to another is no change.\n\n"
            "`min-migrations` in `[pull-request]` says how many migrations are needed (default 1; "
            "0 switches the rule off)."},
    finding::RuleInfo{
        .id = "too-many-migrations",
        .severity = Severity::error,
        .summary = "A pull request brings more migrations than allowed.",
        .explanation =
            "Steps that were tried out one after the other are easier to review, and to revert, as "
            "one.\n\n"
            "A migration is new when the merge base has no revision of its id: a file that moves "
            "is not. `max-migrations` in `[pull-request]` says how many are allowed (default 1). "
            "With `[history] allow-merges` merge revisions are not counted."},
    finding::RuleInfo{
        .id = "applied-revision-edited",
        .severity = Severity::error,
        .summary = "A migration that exists on the base, or a file that it reads, is edited.",
        .explanation =
            "Databases that have run it never run it again, so that from here on they differ from "
            "those that are made anew. History is append-only: put the change in a new "
            "migration. A file that the migration reads, such as SQL beside it, is a part of "
            "it.\n\n"
            "An edit of comments, docstrings, annotations and layout alone is a warning, since "
            "adding a tag is one. A file that only moves is not edited. A revision that the base "
            "does not have may be edited freely, its `down_revision` too."},
    finding::RuleInfo{
        .id = "applied-revision-deleted",
        .severity = Severity::error,
        .summary = "A migration that exists on the base is deleted.",
        .explanation =
            "A database that stands at it, or whose way leads through it, can no longer be "
            "migrated (`Can't locate revision`). To undo what it did, write a new migration."},
    finding::RuleInfo{
        .id = "seed-script-edited",
        .severity = Severity::error,
        .summary = "A seed script that exists on the base is edited, renamed or deleted.",
        .explanation =
            "A seed script runs once for each database, which records it by its name: an edit "
            "never reaches those that have run it, and under a new name it runs twice. An edit of "
            "comments, docstrings, annotations and layout alone is a warning.\n\n"
            "Seed scripts are the Python files in the folder `seeds` (default `scripts/seeds`) "
            "whose names do not begin with `_`."},
};

}  // namespace

std::span<const finding::RuleInfo> pr_migration_count_rules() { return infos; }

}  // namespace gauger::tools
