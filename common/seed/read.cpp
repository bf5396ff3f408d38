#include "seed/read.hpp"

#include <utility>

#include "history/excerpt.hpp"

namespace gauger::seed {

base::Result<migration::Migration> read_script(const base::FileTree& tree, const std::string& path,
                                               eval::Library& library) {
  auto source = history::read_source(tree, path);
  if (!source) {
    return base::failure(std::move(source.error()));
  }
  migration::Settings settings;
  settings.function = "seed";
  return migration::read(path, std::move(source->text), library, settings);
}

Place place_of(const migration::Operation& operation, const migration::Migration& script) {
  const eval::Place& place = operation.sites.back();
  return {place.module == nullptr ? script.module->path : place.module->path, place.span};
}

}  // namespace gauger::seed
