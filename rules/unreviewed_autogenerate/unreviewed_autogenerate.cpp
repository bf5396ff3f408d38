#include "rules/unreviewed_autogenerate/unreviewed_autogenerate.hpp"

namespace gauger::rules {
namespace {

std::vector<engine::Report> check(const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  const migration::Migration& migration = context.migration;
  for (const python::Comment& comment : migration.outline.comments) {
    const std::string_view text = base::slice(migration.module->text, comment.span);
    if (text.find("please adjust") == std::string_view::npos) {
      continue;
    }
    reports.push_back({.module = migration.module.get(),
                       .span = comment.span,
                       .message = "the marker of autogenerate is still there: nobody has said that "
                                  "the generated operations were read",
                       .help = "read what was generated, then delete the marker"});
  }
  return reports;
}

}  // namespace

const engine::Rule unreviewed_autogenerate{
    .info = {.id = "unreviewed-autogenerate",
             .severity = finding::Severity::warning,
             .summary = "The \"please adjust\" marker of autogenerate is still in the file.",
             .explanation =
                 "Autogenerate does not see renames, server defaults it was not told to compare, "
                 "or data. Alembic asks for a review by a marker in each file that it writes; a "
                 "team that deletes the marker when it has read the file can see which files "
                 "nobody read.\n\n"
                 "Off by default: about a quarter of all real revisions carry the marker.",
             .enabled_by_default = false},
    .check = check};

}  // namespace gauger::rules
