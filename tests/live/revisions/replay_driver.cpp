// Compares what the replay of a project's revisions makes of an empty database with what a server
// has: one JSON object a line on stdin ("project", a folder; "revision"; "dsn"), one on stdout:
// "differences", as `display` words them, or "error".
#include <iostream>
#include <string>
#include <vector>

#include "base/encoding.hpp"
#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "catalog/diff.hpp"
#include "database/connection.hpp"
#include "database/read_catalog.hpp"
#include "eval/module.hpp"
#include "history/history.hpp"
#include "history/read.hpp"
#include "migration/migration.hpp"
#include "project/project.hpp"
#include "schema/replay.hpp"

namespace {

using namespace gauger;
using base::Json;

base::Result<catalog::Catalog> replayed(const std::string& folder, const std::string& revision) {
  const auto project = project::load({.current_folder = folder, .project_folder = folder});
  if (!project) {
    return base::failure(project.error());
  }
  const base::WorkingTree tree(project->repository_root);
  auto reading = history::read_revisions(tree, project->alembic);
  const history::History history(std::move(reading.revisions), {});
  const auto index = history.resolve(revision);
  if (!index) {
    return base::failure(base::Error{.message = "no revision " + revision});
  }
  eval::Library library(tree, project->alembic.import_folders);
  std::vector<migration::Migration> read;
  read.reserve(history.size());
  for (history::Index i = 0; i < history.size(); ++i) {
    const std::string& path = history[i].path;
    auto bytes = tree.read(path);
    if (!bytes) {
      return base::failure(bytes.error());
    }
    auto source = base::decode_source(std::move(*bytes), path);
    if (!source) {
      return base::failure(source.error());
    }
    auto migration = migration::read(path, std::move(source->text), library, {});
    if (!migration) {
      return base::failure(migration.error());
    }
    read.push_back(std::move(*migration));
  }
  return schema::after(history, *index,
                       [&](history::Index i) -> const std::vector<migration::Operation>& {
                         return read[i].upgrade;
                       });
}

base::Result<catalog::Catalog> of_server(const std::string& dsn) {
  auto connection = database::Connection::open(dsn);
  if (!connection) {
    return base::failure(connection.error());
  }
  auto catalog = database::read_catalog(*connection);
  if (catalog) {
    catalog->tables.erase({"public", "alembic_version"});
  }
  return catalog;
}

Json answer(const Json& question) {
  const auto left = replayed(question.at("project"), question.at("revision"));
  const auto right = of_server(question.at("dsn"));
  for (const auto* each : {&left, &right}) {
    if (!*each) {
      return {{"error", each->error().message}};
    }
  }
  Json differences = Json::array();
  for (const catalog::Difference& difference :
       catalog::diff(*left, *right, catalog::Compare::what_a_replay_knows)) {
    differences.push_back(display(difference));
  }
  return {{"differences", differences}, {"complete", left->complete}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(Json::parse(line)).dump() << std::endl;
  }
}
