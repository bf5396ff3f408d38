// Answers questions about many histories in one process: one JSON object a line on stdin, one on
// stdout. history_property.py asks the same of Alembic and compares.
//
// A question has either "revisions" (objects of id, down_revision, depends_on and branch_labels,
// all lists but the id) or "folder" (a folder of revision files), and "resolve": texts to resolve.
#include <array>
#include <iostream>
#include <string>
#include <string_view>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "history/graph.hpp"
#include "history/history.hpp"
#include "history/problems.hpp"
#include "history/read.hpp"

namespace {

using gauger::base::Json;
using gauger::history::History;
using gauger::history::Index;

constexpr std::array<std::string_view, 10> kinds = {
    "illegal_id",     "self_parent", "self_dependency",  "duplicate_label",  "unknown_dependency",
    "unknown_parent", "cycle",       "dependency_cycle", "empty_dependency", "duplicate_id"};

gauger::history::RevisionReading described(const Json& question) {
  gauger::history::RevisionReading reading;
  for (const Json& item : question.at("revisions")) {
    gauger::history::Revision revision;
    revision.id = item.at("id");
    revision.down_revisions = item.at("down_revision").get<std::vector<std::string>>();
    revision.depends_on = item.at("depends_on").get<std::vector<std::string>>();
    revision.branch_labels = item.at("branch_labels").get<std::vector<std::string>>();
    reading.revisions.push_back(std::move(revision));
  }
  return reading;
}

gauger::history::RevisionReading on_disk(const std::string& folder) {
  gauger::project::AlembicSettings alembic;
  alembic.version_locations = {""};
  return gauger::history::read_revisions(gauger::base::WorkingTree(folder), alembic);
}

template <class Indices>
Json ids(const History& history, const Indices& indices) {
  Json result = Json::array();
  for (const Index index : indices) {
    result.push_back(history[index].id);
  }
  return result;
}

std::string resolved(const History& history, const std::string& text) {
  if (const auto index = history.resolve(text)) {
    return "found " + history[*index].id;
  }
  return history.completions(text, 2).size() > 1 ? "ambiguous" : "nothing";
}

Json answer(const Json& question) {
  auto reading = question.contains("folder") ? on_disk(question.at("folder")) : described(question);
  const History history(std::move(reading.revisions));
  Json result = Json::object();
  result["heads"] = ids(history, history.heads());
  result["bases"] = ids(history, history.bases());
  result["branch_points"] = ids(history, history.branch_points());
  result["merge_points"] = ids(history, history.merge_points());
  result["labels"] = Json::object();
  for (const Index head : history.heads()) {
    result["labels"][history[head].id] = gauger::history::labels_of(history, head);
  }
  result["order"] = ids(history, gauger::history::topological_order(history));
  result["problems"] = Json::array();
  for (const auto& problem : gauger::history::problems(history)) {
    result["problems"].push_back({{"kind", kinds.at(static_cast<std::size_t>(problem.kind))},
                                  {"revision", history[problem.revision].id},
                                  {"name", problem.name},
                                  {"related", ids(history, problem.related)}});
  }
  result["errors"] = Json::array();
  for (const auto& error : reading.errors) {
    result["errors"].push_back(error.path + ": " + error.message);
  }
  result["resolved"] = Json::array();
  for (const Json& text : question.value("resolve", Json::array())) {
    result["resolved"].push_back(resolved(history, text));
  }
  return result;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(Json::parse(line)).dump() << '\n';
  }
}
