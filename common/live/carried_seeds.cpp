#include "live/carried_seeds.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "history/excerpt.hpp"

namespace gauger::live {
namespace {

using base::Result;

constexpr std::string_view loader =
    R"("""The seeds of the migrations that this one replaces, in their order."""

import importlib.util
import pathlib


def load(name):
    path = pathlib.Path(__file__).with_name(name)
    specification = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.seed


)";

struct Part {
  std::string name;
  bool is_async = false;
};

std::string script_text(const std::vector<Part>& parts) {
  const bool is_async =
      std::any_of(parts.begin(), parts.end(), [](const Part& each) { return each.is_async; });
  std::string text(loader);
  text += is_async ? "async def seed(connection) -> None:\n" : "def seed(connection) -> None:\n";
  for (const Part& part : parts) {
    if (part.is_async) {
      text += fmt::format("    await load(\"{}\")(connection)\n", part.name);
    } else if (is_async) {
      text += fmt::format("    await connection.run_sync(load(\"{}\"))\n", part.name);
    } else {
      text += fmt::format("    load(\"{}\")(connection)\n", part.name);
    }
  }
  return text;
}

bool has_async_seed(std::string_view text) {
  return text.starts_with("async def seed") ||
         text.find("\nasync def seed") != std::string_view::npos;
}

}  // namespace

Result<CarriedSeeds> carry_seeds(const base::FileTree& tree,
                                 const std::vector<seed::Script>& scripts,
                                 const std::set<std::string>& revisions,
                                 const std::string& revision, const std::string& backup) {
  CarriedSeeds carried;
  std::vector<const seed::Script*> filled;
  for (const seed::Script& script : scripts) {
    if (!revisions.contains(script.revision)) {
      continue;
    }
    if (script.is_stub) {
      carried.moves.push_back(
          {script.path, backup_path(backup, carried.moves, "seed_" + script.revision + ".py")});
    } else {
      filled.push_back(&script);
      carried.replaced.push_back(script.revision);
    }
  }
  if (filled.empty()) {
    return carried;
  }
  const std::string folder(base::parent_path(filled.front()->path));
  const auto in_folder = [&](const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
  };
  carried.path = in_folder(revision + ".py");
  if (filled.size() == 1) {
    carried.moves.push_back({filled.front()->path, *carried.path});
    return carried;
  }
  std::vector<Part> parts;
  for (const seed::Script* script : filled) {
    const auto source = history::read_source(tree, script->path);
    if (!source) {
      return base::failure(source.error());
    }
    const std::string name = "_" + script->revision + ".py";
    parts.push_back({name, has_async_seed(source->text)});
    carried.moves.push_back({script->path, in_folder(name)});
  }
  carried.text = script_text(parts);
  return carried;
}

}  // namespace gauger::live
