// What migration-lint found in files that have not changed since.
//
// An entry is used only when the file's content, everything else that was read to judge it, the
// settings and the executable itself are the same, so it cannot be stale. A cache that cannot be
// read is empty; one that cannot be written is not kept.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file_tree.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "finding/finding.hpp"

namespace gauger::tools {

// An operation that is not understood.
struct OpaqueOperation {
  std::string path{};
  base::Position position{};
  std::string reason{};
};

// The result of one file.
struct FileResult {
  std::vector<finding::Finding> findings{};
  std::size_t operations = 0;
  std::vector<OpaqueOperation> opaque{};
  std::set<std::string> depends_on{};  // tree paths of what else was read, or found missing
  bool linted = false;                 // false: it was only read for what those above it find
  std::string below{};                 // linted: the fingerprint of all that is below it
};

class LintCache {
 public:
  // `folder`: absolute; empty: no cache. `key`: all that results depend on beside the files.
  LintCache(std::string folder, std::string key, const base::FileTree& tree);

  // The result for a file with that content_hash(); nothing when it has to be made anew.
  [[nodiscard]] std::optional<FileResult> find(const std::string& path, const std::string& hash);
  // Thread-safe.
  void add(const std::string& path, std::string_view content, const FileResult& result);
  // What the operations of a file that was found or added depend on, in short.
  [[nodiscard]] std::string fingerprint(const std::string& path) const;
  [[nodiscard]] bool kept() const { return !folder_.empty(); }

  // What revisions leave, by the fingerprint of all that makes it. Two are kept: of the last
  // revision of a history, and of the last one below those that were linted.
  enum class Place : std::uint8_t { head, base };
  void keep_catalog(Place place, const std::string& fingerprint, const catalog::Catalog& catalog);
  [[nodiscard]] std::optional<catalog::Catalog> find_catalog(const std::string& fingerprint) const;

  // Writes what was found or added, if anything was added.
  [[nodiscard]] base::Result<void> save();

 private:
  struct Entry {
    std::string hash;
    std::map<std::string, std::string> dependencies;  // path -> hash of its content; "": none
    FileResult result;
    bool used = false;
  };

  void load();
  void load_entry(const base::Json& stored);
  [[nodiscard]] static base::Json to_json(const std::string& path, const Entry& entry);
  std::string hash_of(const std::string& path);

  std::string folder_;
  std::string key_;
  const base::FileTree& tree_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::map<std::string, std::string> hashes_;
  bool changed_ = false;
};

}  // namespace gauger::tools
