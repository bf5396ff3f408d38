#include "tools/migration-lint/application.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/encoding.hpp"
#include "base/glob.hpp"
#include "engine/lint.hpp"
#include "eval/module.hpp"
#include "python/outline.hpp"
#include "python/syntax.hpp"

namespace gauger::tools {
namespace {

constexpr int deepest = 24;

// The folder that the pattern begins with: nothing that it matches lies elsewhere.
std::string start_of(const std::string& glob) {
  const std::string fixed = glob.substr(0, glob.find_first_of("*?["));
  const std::size_t end = fixed.size() == glob.size() ? fixed.size() : fixed.rfind('/');
  return end == std::string::npos ? std::string() : fixed.substr(0, end);
}

void collect(const base::FileTree& tree, const std::string& folder, int depth,
             std::vector<std::string>& files) {
  const auto entries = tree.list(folder);
  if (!entries || depth > deepest ||
      tree.kind(base::join_path(folder, "pyvenv.cfg").value_or(""))) {
    return;
  }
  for (const base::Entry& entry : *entries) {
    const std::string path = folder.empty() ? entry.name : folder + '/' + entry.name;
    if (entry.kind == base::EntryKind::file && entry.name.ends_with(".py")) {
      files.push_back(path);
    } else if (entry.kind == base::EntryKind::folder && !entry.is_link &&
               !entry.name.starts_with('.') && entry.name != "node_modules") {
      collect(tree, path, depth + 1, files);
    }
  }
}

std::vector<std::string> startup_files(const base::FileTree& tree,
                                       const project::Settings& settings) {
  std::vector<std::string> files;
  for (const std::string& glob : settings.startup_paths) {
    const std::string start = start_of(glob);
    std::vector<std::string> candidates;
    if (tree.kind(start) == base::EntryKind::file) {
      candidates.push_back(start);
    } else {
      collect(tree, start, 0, candidates);
    }
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(files),
                 [&](const std::string& path) {
                   return base::glob_match(glob, path) && path.ends_with(".py") &&
                          !path.starts_with(settings.seeds + "/");
                 });
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

base::Result<std::vector<finding::Finding>> lint_file(const base::FileTree& tree,
                                                      const std::string& path,
                                                      std::span<const engine::Rule* const> rules,
                                                      const project::LintSettings& settings,
                                                      std::span<const std::string> seed_tables) {
  auto bytes = tree.read(path);
  if (!bytes) {
    return base::failure(std::move(bytes.error()));
  }
  auto source = base::decode_source(std::move(*bytes), path);
  if (!source) {
    return base::failure(std::move(source.error()));
  }
  eval::Module module{.path = path, .text = std::move(source->text), .syntax = {}};
  const auto with_path = [&](base::Error error) {
    error.path = path;
    return base::failure(std::move(error));
  };
  const auto outline = python::outline(module.text);
  if (!outline) {
    return with_path(outline.error());
  }
  auto syntax = python::parse(module.text, {0, static_cast<std::uint32_t>(module.text.size())});
  if (!syntax) {
    return with_path(std::move(syntax.error()));
  }
  module.syntax = std::move(*syntax);
  return engine::lint_application(module, *outline, seed_tables, rules, settings);
}

}  // namespace

ApplicationResult lint_application(const base::FileTree& tree, const project::Settings& settings,
                                   std::span<const engine::Rule* const> rules) {
  std::vector<std::string> seed_tables;
  for (const project::SeedDataSettings& seeded : settings.seed_data) {
    seed_tables.push_back(seeded.table);
  }
  ApplicationResult result;
  for (const std::string& path : startup_files(tree, settings)) {
    ++result.files;
    auto findings = lint_file(tree, path, rules, settings.lint, seed_tables);
    if (!findings) {
      result.errors.push_back(std::move(findings.error()));
      continue;
    }
    std::move(findings->begin(), findings->end(), std::back_inserter(result.findings));
  }
  return result;
}

}  // namespace gauger::tools
