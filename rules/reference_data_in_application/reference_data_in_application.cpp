#include "rules/reference_data_in_application/reference_data_in_application.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/syntax.hpp"

namespace gauger::rules {
namespace {

using python::Node;
using python::NodeKind;

bool is_constant(const Node& node) {
  switch (node.kind) {
    case NodeKind::string:
    case NodeKind::number:
    case NodeKind::true_:
    case NodeKind::false_:
    case NodeKind::none:
      return true;
    case NodeKind::keyword:
    case NodeKind::tuple:
    case NodeKind::list:
    case NodeKind::dict:
    case NodeKind::pair:
    case NodeKind::unary:
      return std::all_of(node.children.begin(), node.children.end(),
                         [](const Node* child) { return child != nullptr && is_constant(*child); });
    default:
      return false;
  }
}

// A call with arguments, all of which are constants.
bool has_constants(const Node& call) {
  return call.children.size() > 1 &&
         std::all_of(call.children.begin() + 1, call.children.end(),
                     [](const Node* argument) { return is_constant(*argument); });
}

// `Role(name="admin")`: what a class makes of constants.
bool is_constant_object(const Node& node) {
  const std::string name =
      node.kind == NodeKind::call ? engine::dotted_callee(node) : std::string();
  const std::size_t last = name.rfind('.') + 1;
  return last < name.size() && std::isupper(static_cast<unsigned char>(name[last])) != 0 &&
         node.children[1 < node.children.size() ? 1 : 0]->kind == NodeKind::keyword &&
         has_constants(node);
}

bool holds_constant_objects(const Node& list) {
  return list.kind == NodeKind::list && !list.children.empty() &&
         std::all_of(list.children.begin(), list.children.end(),
                     [](const Node* each) { return is_constant_object(*each); });
}

// INSERT in SQL text: into which table, and whether its values are constants.
struct TextInsert {
  std::string table{};  // in lower case, without its schema; empty: there is no INSERT
  bool constants = false;
};

TextInsert read_insert(const std::string& sql) {
  std::string lower;
  for (const char c : sql) {
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  constexpr std::string_view words = "insert into ";
  const std::size_t insert = lower.find(words);
  if (insert == std::string::npos) {
    return {};
  }
  const std::size_t begin = insert + words.size();
  std::string name = lower.substr(begin, lower.find_first_of(" (\t\r\n", begin) - begin);
  name.erase(0, name.rfind('.') + 1);
  std::erase(name, '"');
  const std::size_t values = lower.find("values", begin);
  return {.table = std::move(name),
          .constants = values != std::string::npos &&
                       sql.find_first_of(":%$?{", values) == std::string::npos};
}

// Where the tables of reference data are named, they are what SQL text is held to.
bool is_reference_data(const TextInsert& insert, std::span<const std::string> seed_tables) {
  return seed_tables.empty()
             ? insert.constants
             : std::find(seed_tables.begin(), seed_tables.end(), insert.table) != seed_tables.end();
}

bool writes_constants(const Node& call, std::span<const std::string> seed_tables) {
  const std::string name = engine::dotted_callee(call);
  const Node* first = call.optional_child(1);
  if (name.ends_with(".add") || name.ends_with(".merge")) {
    return call.children.size() == 2 && is_constant_object(*first);
  }
  if (name.ends_with(".add_all") || name.ends_with(".bulk_save_objects")) {
    return call.children.size() == 2 && holds_constant_objects(*first);
  }
  if (name.ends_with(".execute") || name.ends_with(".exec_driver_sql")) {
    const TextInsert insert = read_insert(engine::strings_in(call));
    return !insert.table.empty() && is_reference_data(insert, seed_tables) &&
           (!seed_tables.empty() || call.children.size() == 2);
  }
  // insert(Role).values(name="admin")
  return call.child(0).kind == NodeKind::attribute && call.child(0).text == "values" &&
         call.child(0).child(0).kind == NodeKind::call && has_constants(call) &&
         engine::dotted_callee(call.child(0).child(0)).ends_with("insert");
}

std::vector<engine::Report> check_reference_data_in_application(
    const engine::ApplicationContext& context) {
  std::vector<engine::Report> reports;
  engine::visit_calls(context.module.syntax.root(), [&](const Node& call) {
    if (writes_constants(call, context.seed_tables)) {
      reports.push_back({.span = call.span,
                         .message = "the application writes reference data",
                         .help = "write it in a seed script (`seeds` in gauger.toml), or in the "
                                 "revision that makes the table"});
    }
  });
  return reports;
}

}  // namespace

const engine::Rule reference_data_in_application{
    .info = {.id = "reference-data-in-application",
             .severity = finding::Severity::warning,
             .summary = "The application writes reference data, which a seed script should.",
             .explanation = "Rows that the program itself knows, such as roles or countries, are "
                            "data that belongs to a revision. Written by the application they race "
                            "between processes, come back after somebody has deleted them, and "
                            "are in no review of the schema.\n\n"
                            "Write them in a seed script, where they are run once for each "
                            "revision, or in the revision that makes the table."},
    .claim = {engine::ClaimKind::nothing},
    .check_application = check_reference_data_in_application};

}  // namespace gauger::rules
