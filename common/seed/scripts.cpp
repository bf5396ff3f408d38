#include "seed/scripts.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "history/excerpt.hpp"
#include "history/graph.hpp"
#include "python/syntax.hpp"

namespace gauger::seed {
namespace {

using python::Node;
using python::NodeKind;

bool is_script(std::string_view name) {
  return name.ends_with(".py") && !name.starts_with('_') && !name.starts_with('.');
}

bool does_nothing(const Node& statement) {
  switch (statement.kind) {
    case NodeKind::pass:
      return true;
    case NodeKind::expression_statement:
      return statement.child(0).kind == NodeKind::string ||
             statement.child(0).kind == NodeKind::ellipsis;
    default:
      return false;
  }
}

}  // namespace

base::Result<bool> is_stub(std::string_view text) {
  const auto syntax = python::parse(text, {0, static_cast<std::uint32_t>(text.size())});
  if (!syntax) {
    return base::failure(syntax.error());
  }
  for (const Node* statement : syntax->root().children) {
    if (statement->kind == NodeKind::function && statement->text == "seed") {
      const auto& body = statement->child(1).children;
      return std::all_of(body.begin(), body.end(),
                         [](const Node* each) { return does_nothing(*each); });
    }
  }
  return false;
}

Scripts find_scripts(const base::FileTree& tree, const std::string& folder,
                     const history::History& history) {
  Scripts result;
  const auto entries = tree.list(folder);
  if (!entries) {
    return result;
  }
  for (const base::Entry& entry : *entries) {
    std::string path = folder.empty() ? entry.name : folder + '/' + entry.name;
    if (!is_script(entry.name) || tree.kind(path) != base::EntryKind::file) {
      continue;
    }
    const auto source = history::read_source(tree, path);
    const auto stub = source ? is_stub(source->text) : base::Result<bool>(false);
    if (!source || !stub) {
      base::Error error = !source ? source.error() : stub.error();
      error.path = path;
      result.errors.push_back(std::move(error));
    }
    std::string revision = entry.name.substr(0, entry.name.size() - 3);
    const auto index = history.find(revision);
    result.scripts.push_back({.path = std::move(path),
                              .revision = std::move(revision),
                              .index = index,
                              .is_stub = stub.value_or(false)});
  }
  std::vector<std::size_t> rank(history.size(), 0);
  std::size_t next = 0;
  for (const history::Index each : history::topological_order(history)) {
    rank[each] = next++;
  }
  std::stable_sort(result.scripts.begin(), result.scripts.end(),
                   [&](const Script& left, const Script& right) {
                     const auto key = [&](const Script& script) {
                       return script.index ? rank[*script.index] : rank.size();
                     };
                     return key(left) < key(right);
                   });
  return result;
}

}  // namespace gauger::seed
