// A tree of files to read: the working tree, and (common/git) a git ref or the index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gauger::base {

enum class EntryKind : std::uint8_t { file, folder, other };

struct Entry {
  std::string name;
  EntryKind kind =
      EntryKind::file;   // of what a symbolic link points to; dangling or looping: other
  bool is_link = false;  // a symbolic link
};

// Where a path leads.
struct RealPath {
  std::string path;  // in the tree; absolute where `in_tree` is false
  bool in_tree = true;
  bool loops = false;  // symbolic links lead back to it; `path` is what was asked for
};

// Paths are relative to the tree's root, with '/' between parts, without "." or ".." parts; ""
// is the root itself. Implementations are safe to call from several threads at once.
class FileTree {
 public:
  FileTree() = default;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;
  virtual ~FileTree() = default;

  // The entries of a folder, sorted by name (bytewise).
  [[nodiscard]] virtual Result<std::vector<Entry>> list(const std::string& folder) const = 0;
  // The bytes of a file, as they are. A file over `largest_file` is an Error.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path) const = 0;
  // Nothing where there is nothing at that path.
  [[nodiscard]] virtual std::optional<EntryKind> kind(const std::string& path) const = 0;

  // The path with every symbolic link followed, on the way and at its end, where one without a
  // target leads to the name that it gives. A tree without links need not say.
  [[nodiscard]] virtual RealPath real_path(const std::string& path) const { return {.path = path}; }

  static constexpr std::size_t largest_file = std::size_t{8} << 20U;
};

// The files on disk below `root` (an absolute path).
class WorkingTree final : public FileTree {
 public:
  explicit WorkingTree(std::string root);

  [[nodiscard]] Result<std::vector<Entry>> list(const std::string& folder) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::optional<EntryKind> kind(const std::string& path) const override;
  [[nodiscard]] RealPath real_path(const std::string& path) const override;
  [[nodiscard]] const std::string& root() const { return root_; }

 private:
  [[nodiscard]] std::string absolute(const std::string& path) const;

  std::string root_;
};

// An absolute path with every symbolic link followed; nothing where something is missing on the way
// or links lead in a circle (errno says which).
[[nodiscard]] std::optional<std::string> canonical_path(const std::string& path);

// Joins two relative paths ("" is neutral) and removes "." and ".." parts. Nothing when the
// result would leave the root.
[[nodiscard]] std::optional<std::string> join_path(std::string_view base, std::string_view path);

// "a/b/c.py" -> "c.py"; "a/b/c.py" -> "a/b" ("" when there is no folder part).
[[nodiscard]] std::string_view file_name(std::string_view path);
[[nodiscard]] std::string_view parent_path(std::string_view path);
// Whether a tree path is in the folder ("" is the root), at any depth; the folder itself is not.
[[nodiscard]] bool is_below(const std::string& path, const std::string& folder);

}  // namespace gauger::base
