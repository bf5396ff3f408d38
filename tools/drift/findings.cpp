#include "tools/drift/findings.hpp"

#include <array>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/render.hpp"

namespace gauger::tools {
namespace {

using finding::Severity;

constexpr std::array infos = {
    finding::RuleInfo{
        .id = "drift",
        .severity = Severity::error,
        .summary = "Models, migrations and database do not agree on an object.",
        .explanation =
            "The code is written for the models, production is made by the migrations, and what "
            "people did by hand is in a database only. Where they differ, a query fails or a "
            "constraint does not hold, and the next `--autogenerate` writes what nobody asked "
            "for.\n\n"
            "Both sides are read from a server, which has brought their expressions into its own "
            "form. The help is what makes the first side like the second: for models and "
            "migrations, the new migration.\n\n"
            "A difference that is known goes into `[drift] allow`, or into the variable "
            "`PREFIX_MIGRATION_DRIFT_ALLOWLIST`."},
    finding::RuleInfo{
        .id = "drift-allowance-unused",
        .severity = Severity::warning,
        .summary = "An allowed difference does not exist.",
        .explanation =
            "An entry that matches nothing hides the next difference of that name. Remove it."},
};

std::string_view kind_name(catalog::DifferenceKind kind) {
  switch (kind) {
    case catalog::DifferenceKind::missing:
      return "missing";
    case catalog::DifferenceKind::unexpected:
      return "unexpected";
    case catalog::DifferenceKind::changed:
      return "changed";
    case catalog::DifferenceKind::renamed:
      return "renamed";
  }
  return {};
}

}  // namespace

finding::Finding judge(const catalog::Difference& difference) {
  const std::vector<std::string> lines = catalog::alembic(difference);
  return {.rule = "drift",
          .message = display(difference),
          .help = lines.empty() ? "it goes with another difference, or must be made anew by hand"
                                : fmt::format("{}", fmt::join(lines, "\n"))};
}

finding::Finding judge_unused(const Allowance& allowance, const project::Project& project) {
  const bool in_file = allowance.source.starts_with('[');
  const std::string& file = project.settings.source;
  return {.rule = "drift-allowance-unused",
          .severity = Severity::warning,
          .message =
              fmt::format("{} in {} matches no difference", display(allowance), allowance.source),
          .help = "remove it",
          .path = in_file && !file.starts_with('/') ? file : ""};
}

base::Json describe(const catalog::Difference& difference) {
  return {
      {"difference", display(difference)},
      {"kind", kind_name(difference.kind)},
      {"object_kind", name(difference.object)},
      {"object", object_name(difference)},
      {"property", difference.property.empty() ? base::Json() : base::Json(difference.property)},
      {"left", difference.left},
      {"right", difference.right},
      {"operations", catalog::alembic(difference)}};
}

std::span<const finding::RuleInfo> drift_rules() { return infos; }

}  // namespace gauger::tools
