#include "rules/application_model_imported/application_model_imported.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {
namespace {

// "app.models", "app.models.user"; types and the like that live beside the models are no models.
bool names_models(std::string_view module) {
  static constexpr std::array<std::string_view, 6> others = {"types", "custom_types", "fields",
                                                             "enums", "constants",    "guid"};
  const std::string dotted = "." + std::string(module) + ".";
  const std::string_view last = module.substr(module.rfind('.') + 1);
  return dotted.find(".models.") != std::string::npos &&
         std::find(others.begin(), others.end(), last) == others.end();
}

// The module that "from app.models import User" or "import app.models" at the margin names.
std::string_view module_of(std::string_view statement) {
  for (const std::string_view word : {"from ", "import "}) {
    if (statement.starts_with(word)) {
      statement.remove_prefix(word.size());
      return statement.substr(0, statement.find_first_of(" ,;\n#"));
    }
  }
  return {};
}

struct Import {
  std::string_view module;
  base::Span span;
};

void collect(const python::Node& node, std::vector<Import>& imports) {
  if (node.kind == python::NodeKind::import_from) {
    imports.push_back({node.text, node.span});
  } else if (node.kind == python::NodeKind::import) {
    for (const python::Node* alias : node.children) {
      imports.push_back({alias->text, node.span});
    }
  }
  for (const python::Node* child : node.children) {
    if (child != nullptr) {
      collect(*child, imports);
    }
  }
}

std::vector<engine::Report> check(const engine::RuleContext& context) {
  const migration::Migration& migration = context.migration;
  const std::string_view text = migration.module->text;
  std::vector<Import> imports;
  for (const python::Statement& each : migration.outline.statements) {
    if (each.kind == python::StatementKind::import) {
      imports.push_back(
          {module_of(text.substr(each.span.begin, each.span.end - each.span.begin)), each.span});
    }
  }
  if (migration.upgrade_function != nullptr && !migration.upgrade.empty() &&
      migration.upgrade.front().sites.front().module == migration.module.get()) {
    collect(*migration.upgrade_function, imports);
  }
  std::vector<engine::Report> reports;
  for (const Import& each : imports) {
    if (names_models(each.module)) {
      reports.push_back(
          {.module = migration.module.get(),
           .span = each.span,
           .message =
               fmt::format("{} is imported, and will not be the same when this revision runs "
                           "again",
                           each.module),
           .help = "sa.table(\"users\", sa.column(\"id\"), …) is all that a statement needs"});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule application_model_imported{
    .info = {.id = "application-model-imported",
             .severity = finding::Severity::warning,
             .summary = "A revision imports the application's models, which will be others "
                        "when it runs again.",
             .explanation = "A revision describes one moment of the schema; the models go on. "
                            "When a column is added to a model, a query that an old revision "
                            "makes with it names a column that its table does not have yet, and "
                            "new databases cannot be built any more.\n\n"
                            "Write the little table that is needed into the revision: "
                            "`sa.table(\"users\", sa.column(\"id\"))`."},
    .claim = {engine::ClaimKind::nothing},
    .check = check};

}  // namespace gauger::rules
