#include "tools/pr-migration-count/read_files.hpp"

#include <utility>

#include "eval/module.hpp"
#include "history/excerpt.hpp"
#include "migration/migration.hpp"

namespace gauger::tools {

std::map<std::string, std::set<std::string>> find_readers(const base::FileTree& tree,
                                                          const project::Project& project,
                                                          const std::set<std::string>& revisions,
                                                          const std::set<std::string>& files) {
  std::map<std::string, std::set<std::string>> readers;
  eval::Library library(tree, project.alembic.import_folders);
  const migration::Settings settings{.wrappers = project.settings.lint.wrappers,
                                     .downgrade = migration::ReadDowngrade::always};
  for (const std::string& path : revisions) {
    auto source = history::read_source(tree, path);
    if (!source) {
      continue;
    }
    const auto migration = migration::read(path, std::move(source->text), library, settings);
    if (!migration) {
      continue;
    }
    for (const std::string& file : migration->depends_on) {
      if (files.contains(file)) {
        readers[file].insert(path);
      }
    }
  }
  return readers;
}

}  // namespace gauger::tools
