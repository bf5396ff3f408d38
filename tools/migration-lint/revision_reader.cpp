#include "tools/migration-lint/revision_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"
#include "base/parallel.hpp"

namespace gauger::tools {
namespace {

constexpr std::size_t read_at_once = 16;

}  // namespace

RevisionReader::RevisionReader(const base::FileTree& tree, eval::Library& library,
                               const migration::Settings& settings, const history::History& history,
                               std::vector<history::Index> order)
    : tree_(tree),
      library_(library),
      settings_(settings),
      history_(history),
      order_(std::move(order)) {}

ReadRevision RevisionReader::read_one(history::Index revision) const {
  ReadRevision made;
  const std::string& path = history_[revision].path;
  auto bytes = tree_.read(path);
  if (!bytes) {
    made.error = std::move(bytes.error());
    return made;
  }
  made.content = *bytes;
  auto source = base::decode_source(std::move(*bytes), path);
  if (!source) {
    made.error = std::move(source.error());
    return made;
  }
  auto migration = migration::read(path, std::move(source->text), library_, settings_);
  if (migration) {
    made.migration = std::move(*migration);
  } else {
    made.error = std::move(migration.error());
  }
  return made;
}

void RevisionReader::read_from(history::Index revision) {
  std::erase_if(kept_, [](const auto& entry) { return entry.second.used; });
  std::vector<history::Index> wanted{revision};
  while (next_ < order_.size() && wanted.size() < read_at_once) {
    const history::Index each = order_[next_++];
    if (each != revision && !kept_.contains(each)) {
      wanted.push_back(each);
    }
  }
  std::vector<ReadRevision> read(wanted.size());
  base::parallel_for(wanted.size(), base::worker_count(),
                     [&](std::size_t i) { read[i] = read_one(wanted[i]); });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    kept_[wanted[i]].read = std::move(read[i]);
  }
}

const ReadRevision& RevisionReader::get(history::Index revision) {
  auto known = kept_.find(revision);
  if (known == kept_.end()) {
    read_from(revision);
    known = kept_.find(revision);
  }
  known->second.used = true;
  return known->second.read;
}

}  // namespace gauger::tools
