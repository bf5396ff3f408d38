#include "rules/application_model_imported/application_model_imported.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

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

struct Import {
  std::string module{};  // of models
  base::Span span{};
  std::vector<std::string_view> names{};  // that stand for it, or for what is in it
  bool all = false;                       // `import *`
  bool is_module = false;                 // the names are the module's
};

std::string_view bound(const python::Node& alias) {
  const python::Node* other = alias.optional_child(0);
  return other == nullptr ? alias.text : other->text;
}

// "from app.models import User"
void add_from(const python::Node& node, std::vector<Import>& imports) {
  if (names_models(node.text)) {
    Import& made = imports.emplace_back(
        Import{.module = std::string(node.text), .span = node.span, .all = node.children.empty()});
    for (const python::Node* alias : node.children) {
      made.names.push_back(bound(*alias));
    }
    return;
  }
  // "from app import models"
  for (const python::Node* alias : node.children) {
    if (alias->text == "models") {
      imports.push_back(
          {.module = fmt::format("{}{}models", node.text, node.text.ends_with('.') ? "" : "."),
           .span = node.span,
           .names = {bound(*alias)},
           .is_module = true});
    }
  }
}

bool is_for_types_only(const python::Node& node) {
  return node.kind == python::NodeKind::if_ && node.child(0).text == "TYPE_CHECKING";
}

// All but those of downgrade().
void collect(const python::Node& node, std::vector<Import>& imports) {
  if (node.kind == python::NodeKind::import_from) {
    add_from(node, imports);
  } else if (node.kind == python::NodeKind::import) {
    for (const python::Node* alias : node.children) {
      if (names_models(alias->text)) {
        imports.push_back({.module = std::string(alias->text),
                           .span = node.span,
                           .names = {bound(*alias)},
                           .is_module = true});
      }
    }
  }
  if (is_for_types_only(node) ||
      (node.kind == python::NodeKind::function && node.text == "downgrade")) {
    return;
  }
  for (const python::Node* child : node.children) {
    if (child != nullptr) {
      collect(*child, imports);
    }
  }
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// Whether the name at `at` is an argument that no query is made of: GUID of `sa.Column("id",
// GUID())` and of `type_=GUID`. A type is in the revision by what it is called.
bool is_type(std::string_view text, std::size_t at, std::size_t size) {
  const std::size_t before =
      at == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", at - 1);
  const bool argument = before != std::string_view::npos &&
                        (text[before] == ',' || (text[before] == '=' && before + 1 == at));
  const std::size_t after = text.find_first_not_of(" \t\r\n", at + size);
  const bool alone = after != std::string_view::npos &&
                     (text[after] == '(' || text[after] == ',' || text[after] == ')');
  const std::size_t line = text.rfind('\n', at) + 1;
  const std::string_view begin = text.substr(line, at - line);
  return argument && alone && begin.find("query(") == std::string_view::npos &&
         begin.find("select(") == std::string_view::npos &&
         begin.find("join(") == std::string_view::npos;
}

// The size of a name with the attributes behind it.
std::size_t whole_size(std::string_view text, std::size_t at, std::size_t size) {
  std::size_t end = at + size;
  while (end + 1 < text.size() && text[end] == '.' && is_word(text[end + 1])) {
    for (++end; end < text.size() && is_word(text[end]); ++end) {
    }
  }
  return end - at;
}

// Whether the file uses each name that the statement binds, and as a type only. A module that is
// not used at all does not matter.
bool are_types(std::string_view text, const Import& import) {
  if (import.all) {
    return false;
  }
  return std::all_of(import.names.begin(), import.names.end(), [&](std::string_view name) {
    bool used = false;
    for (std::size_t at = text.find(name, import.span.end); at != std::string_view::npos;
         at = text.find(name, at + name.size())) {
      const bool whole_word = !is_word(text[at - 1]) && text[at - 1] != '.' &&
                              (at + name.size() == text.size() || !is_word(text[at + name.size()]));
      const std::size_t size = import.is_module ? whole_size(text, at, name.size()) : name.size();
      if (whole_word && !is_type(text, at, size)) {
        return false;
      }
      used = used || whole_word;
    }
    return used || import.is_module;
  });
}

std::vector<engine::Report> check_application_model_imported(const engine::RuleContext& context) {
  const migration::Migration& migration = context.migration;
  std::vector<Import> imports;
  collect(migration.module->syntax.root(), imports);
  std::vector<engine::Report> reports;
  for (const Import& each : imports) {
    if (!are_types(migration.module->text, each)) {
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
    .check = check_application_model_imported};

}  // namespace gauger::rules
