// Linting some revisions of a history, with what is below them.
#pragma once

#include <string>
#include <vector>

#include "base/hashing_tree.hpp"
#include "base/result.hpp"
#include "engine/lint.hpp"
#include "history/history.hpp"
#include "project/project.hpp"
#include "tools/migration-lint/cache.hpp"

namespace gauger::tools {

// A revision file to lint.
struct Item {
  std::string path;
  engine::Revision revision;
};

struct Linting {
  const base::HashingTree& tree;  // that the history was read through
  const std::vector<std::string>& import_folders;
  const project::LintSettings& settings;
  const std::vector<const engine::Rule*>& rules;
  const engine::Run& run;
  const history::History& history;
  const std::vector<Item>& items;
};

struct LintResult {
  std::vector<FileResult> files{};
  std::vector<base::Error> errors{};  // of files that could not be read
};

// From the cache what it has, the rest anew. What is below the items is read as far as it decides
// what they find.
[[nodiscard]] LintResult lint_revisions(const Linting& linting, LintCache& cache);

}  // namespace gauger::tools
