// Answers where Gauger finds a project's revisions: one JSON object a line on stdin ("folder",
// "project" or null, "section" or null), one on stdout. layouts_test.py asks Alembic the same.
#include <iostream>
#include <string>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "project/project.hpp"

namespace {

using gauger::base::Json;

std::optional<std::string> optional_text(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

Json described(const gauger::base::Error& error) {
  return {{"message", error.message},
          {"path", error.path},
          {"line", error.position.line},
          {"help", error.help}};
}

Json answer(const Json& question) {
  const auto project = gauger::project::load({.current_folder = question.at("folder"),
                                              .project_folder = optional_text(question["project"]),
                                              .section = optional_text(question["section"])});
  Json result = Json::object();
  result["errors"] = Json::array();
  if (!project) {
    result["errors"].push_back(described(project.error()));
    return result;
  }
  const auto absolute = [&](const std::string& path) {
    return path.empty() ? project->repository_root : project->repository_root + '/' + path;
  };
  result["folder"] = absolute(project->folder);
  result["script_location"] = absolute(project->alembic.script_location);
  result["version_locations"] = Json::array();
  for (const std::string& location : project->alembic.version_locations) {
    result["version_locations"].push_back(absolute(location));
  }
  result["file_template"] = project->alembic.file_template;
  result["timezone"] = project->alembic.timezone;
  const gauger::base::WorkingTree tree(project->repository_root);
  const auto found = gauger::project::revision_files(tree, project->alembic);
  result["files"] = Json::array();
  for (const auto& file : found.files) {
    result["files"].push_back(absolute(file.path));
  }
  for (const auto& error : found.errors) {
    result["errors"].push_back(described(error));
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
