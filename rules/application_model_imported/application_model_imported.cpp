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

// Whether the file uses each name that the statement `from … import …` binds, and as a type only.
bool are_types(std::string_view text, base::Span statement) {
  const std::string_view whole = text.substr(statement.begin, statement.end - statement.begin);
  const std::size_t import = whole.find(" import ");
  if (!whole.starts_with("from ") || import == std::string_view::npos ||
      whole.find('*') != std::string_view::npos || whole.find(';') != std::string_view::npos) {
    return false;
  }
  std::vector<std::string_view> names;
  const std::string_view list = whole.substr(import + 8);
  for (std::size_t at = 0; at < list.size();) {
    if (list[at] == '#') {
      at = std::min(list.find('\n', at), list.size());
    } else if (!is_word(list[at])) {
      ++at;
    } else {
      std::size_t end = at;
      while (end < list.size() && is_word(list[end])) {
        ++end;
      }
      const std::string_view word = list.substr(at, end - at);
      const std::size_t comma = list.find_first_not_of(" \t", end);
      const bool renamed = comma != std::string_view::npos && list.substr(comma, 3) == "as ";
      if (word != "as" && !renamed) {
        names.push_back(word);
      }
      at = end;
    }
  }
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    bool used = false;
    for (std::size_t at = text.find(name, statement.end); at != std::string_view::npos;
         at = text.find(name, at + name.size())) {
      const bool whole_word = !is_word(text[at - 1]) && text[at - 1] != '.' &&
                              (at + name.size() == text.size() || !is_word(text[at + name.size()]));
      if (whole_word && !is_type(text, at, name.size())) {
        return false;
      }
      used = used || whole_word;
    }
    return used;
  });
}

std::vector<engine::Report> check_application_model_imported(const engine::RuleContext& context) {
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
    if (names_models(each.module) && !are_types(text, each.span)) {
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
