// Answers what Gauger reads of env.py: one folder of a project a line on stdin, one JSON object on
// stdout. environment_test.py asks the real Alembic and a server.
#include <iostream>
#include <optional>
#include <string>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "project/migration_environment.hpp"
#include "project/project.hpp"

namespace {

using gauger::base::Json;

Json told(std::optional<bool> value) { return value ? Json(*value) : Json(nullptr); }

Json answer(const std::string& folder) {
  const auto project = gauger::project::load({.current_folder = folder, .environment = {}});
  if (!project) {
    return {{"error", project.error().message}};
  }
  const gauger::base::WorkingTree tree(project->repository_root);
  const auto read = gauger::project::read_migration_environment(tree, project->alembic);
  return {{"transaction_per_migration", told(read.transaction_per_migration)},
          {"own_transaction", told(read.own_transaction)},
          {"one_transaction", read.one_transaction()},
          {"sets_lock_timeout", read.sets_lock_timeout}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(line).dump() << '\n';
  }
}
