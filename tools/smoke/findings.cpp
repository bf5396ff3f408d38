#include "tools/smoke/findings.hpp"

#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/render.hpp"

namespace gauger::tools {
namespace {

using alembic::Direction;
using finding::Severity;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "migration-fails",
        .severity = Severity::error,
        .summary = "A migration fails on PostgreSQL.",
        .explanation =
            "The project's own Alembic has run it, on a database that was made for that. What the "
            "server said, the statement and the line are in the finding. A migration that does not "
            "end within `--timeout` fails, too.\n\n"
            "A server that cannot be reached, or that lacks an extension, is no finding: the check "
            "could not be made (exit status 2)."},
    finding::RuleInfo{.id = "downgrade-fails",
                      .severity = Severity::error,
                      .summary = "A downgrade fails on PostgreSQL.",
                      .explanation =
                          "The way back exists in the file only: who needs it finds out in the "
                          "middle of an incident. Mend `downgrade()`, or let it raise, which says "
                          "that there is no way back."},
    finding::RuleInfo{
        .id = "downgrade-leaves-difference",
        .severity = Severity::error,
        .summary = "A revision's downgrade does not give back the schema before it.",
        .explanation =
            "An enum, an index or a column stays behind, or something more than the revision made "
            "is gone: the next upgrade fails (\"type already exists\"), or runs on a schema that "
            "nobody has seen. `--mode stairway` compares the two as drift does; the order of "
            "columns is no difference.\n\n"
            "The help is what `downgrade()` lacks."},
};

// A statement may be a whole dump.
std::string shortened(std::string_view statement) {
  constexpr std::size_t longest = 600;
  return statement.size() <= longest ? std::string(statement)
                                     : fmt::format("{} …", statement.substr(0, longest));
}

// The line, and where its text begins.
void show_line(finding::Finding& finding, std::uint32_t line, const std::string& text) {
  const base::LineIndex lines(text);
  if (line == 0 || line > lines.line_count()) {
    return;
  }
  const base::Span span = lines.line_span(text, line);
  const std::string_view source = base::slice(text, span);
  const std::size_t blanks = source.find_first_not_of(" \t");
  if (blanks == std::string_view::npos) {
    return;
  }
  finding.begin = lines.position(text, span.begin + static_cast<std::uint32_t>(blanks));
  finding.end = lines.position(text, span.end);
  finding.source = {std::string(source)};
}

}  // namespace

finding::Finding judge(const Failed& failed, const std::string& run, const Places& places) {
  const alembic::Failure& failure = failed.failure;
  const bool up = failed.direction == Direction::up;
  finding::Finding finding{
      .rule = up ? "migration-fails" : "downgrade-fails",
      .message = fmt::format(
          "{} of '{}' fails ({}): {}{}", up ? "upgrade" : "downgrade", failure.revision, run,
          failure.message,
          failure.sqlstate.empty() ? "" : fmt::format(" (SQLSTATE {})", failure.sqlstate)),
      .help = failure.statement.empty() ? "" : "the statement: " + shortened(failure.statement),
      .revision = failure.revision};
  if (!failure.path.empty() && places.tree.kind(failure.path)) {
    finding.path = failure.path;
    show_line(finding, failure.line, places.sources.text(failure.path));
  } else if (const auto index = places.history.find(failure.revision)) {
    finding.path = places.history[*index].path;
  }
  return finding;
}

finding::Finding judge(const Leftover& leftover, const Places& places) {
  const std::vector<std::string> lines = catalog::alembic(leftover.difference);
  finding::Finding finding{
      .rule = "downgrade-leaves-difference",
      .message =
          fmt::format("downgrade of '{}': {}", leftover.revision, display(leftover.difference)),
      .help = lines.empty() ? "" : fmt::format("in downgrade(): {}", fmt::join(lines, "\n")),
      .revision = leftover.revision};
  if (const auto index = places.history.find(leftover.revision)) {
    finding.path = places.history[*index].path;
    const std::string& text = places.sources.text(finding.path);
    const std::size_t at = text.find("def downgrade");
    if (at != std::string::npos) {
      show_line(finding, base::position_of(text, static_cast<std::uint32_t>(at)).line, text);
    }
  }
  return finding;
}

std::span<const finding::RuleInfo> smoke_rules() { return infos; }

}  // namespace gauger::tools
