#include <array>

#include "tools/check-heads/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Severity;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "several-heads",
        .severity = Severity::error,
        .summary = "The history has more than one head.",
        .explanation =
            "`alembic upgrade head` stops with \"Multiple head revisions are present\" when two "
            "revisions have no successor. That happens when two pull requests add a revision to "
            "the same parent and both are merged.\n\n"
            "The finding names the revision to edit and its new `down_revision`, which puts one "
            "branch on top of the other. Edit only what no shared database has run yet. A merge "
            "revision (`alembic merge`) gives one head, too, but no linear history.\n\n"
            "Branches that are meant to last, each with its `branch_labels`, are listed in "
            "`[history] branches`: each of those labels may have one head."},
    finding::RuleInfo{
        .id = "no-revisions",
        .severity = Severity::error,
        .summary = "The version locations hold no revision.",
        .explanation = "Either there is no migration yet, or Gauger and Alembic look in the wrong "
                       "folder: compare `script_location` and `version_locations`."},
    finding::RuleInfo{
        .id = "unknown-parent",
        .severity = Severity::error,
        .summary = "A `down_revision` names a revision that does not exist.",
        .explanation =
            "Alembic stops with a KeyError. The id must be whole: abbreviated ids work on "
            "the command line only, and branch labels do not work here. A revision that "
            "lives in another installed package is listed in `[history] external`."},
    finding::RuleInfo{
        .id = "unknown-dependency",
        .severity = Severity::error,
        .summary = "A `depends_on` names neither a revision nor a branch label.",
        .explanation = "Alembic stops with a KeyError. The id must be whole; a branch label stands "
                       "for the revision that carries it. A revision that lives in another "
                       "installed package is listed in `[history] external`."},
    finding::RuleInfo{
        .id = "ambiguous-revision",
        .severity = Severity::error,
        .summary = "An abbreviated id in a file is the beginning of several ids.",
        .explanation = "Alembic completes abbreviated ids on the command line only, and stops with "
                       "a KeyError at one in a file. This one could not be completed in any case."},
    finding::RuleInfo{
        .id = "duplicate-revision",
        .severity = Severity::error,
        .summary = "Two files have the same revision id.",
        .explanation =
            "Alembic warns, keeps the file that it loads last and forgets the other, whose "
            "migration then never runs. Which is last depends on the files' names."},
    finding::RuleInfo{.id = "duplicate-branch-label",
                      .severity = Severity::error,
                      .summary = "A branch label is used twice, or is also a revision id.",
                      .explanation = "Alembic stops: a label must name one revision. All revisions "
                                     "above it belong to the branch without repeating the label."},
    finding::RuleInfo{
        .id = "revision-cycle",
        .severity = Severity::error,
        .summary = "Revisions are ancestors of each other.",
        .explanation =
            "No order of migrations fits. Alembic stops with \"Cycle is detected\"; where "
            "the cycle has a way in and a way out it does not notice, and runs a revision "
            "before the one that it needs."},
    finding::RuleInfo{.id = "self-parent",
                      .severity = Severity::error,
                      .summary = "A revision names itself as its parent or dependency.",
                      .explanation = "Alembic stops with \"Self-loop is detected\"."},
    finding::RuleInfo{.id = "illegal-revision-id",
                      .severity = Severity::error,
                      .summary = "A revision id has a character that Alembic keeps for itself.",
                      .explanation =
                          "`@`, `-`, `+` and `:` have a meaning on Alembic's command line: "
                          "`branch@head`, `ae10-1`, `ae10+2`, `ae10:ae12`. Alembic refuses "
                          "to load such a revision."},
};

}  // namespace

std::span<const finding::RuleInfo> check_heads_rules() { return infos; }

}  // namespace gauger::tools
