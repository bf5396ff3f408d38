// The files of a commit or of the index, read from git without a checkout.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "git/objects.hpp"
#include "git/repository.hpp"

namespace gauger::git {

// Lists all files once (one process) and reads their contents when they are asked for (one more,
// whatever their number). A symbolic link is what it points to, in the same snapshot; a submodule
// is of kind `other`.
class Snapshot final : public base::FileTree {
 public:
  // `tree`: the full name of a commit or tree.
  [[nodiscard]] static base::Result<std::unique_ptr<Snapshot>> of_tree(const Repository& repository,
                                                                       const std::string& tree);
  // The same, of the files below these folders only ("" is the root).
  [[nodiscard]] static base::Result<std::unique_ptr<Snapshot>> of_tree(
      const Repository& repository, const std::string& tree,
      const std::vector<std::string>& folders);
  // What is staged. Of a path with a conflict, the side of the own branch.
  [[nodiscard]] static base::Result<std::unique_ptr<Snapshot>> of_index(
      const Repository& repository);

  [[nodiscard]] base::Result<std::vector<base::Entry>> list(
      const std::string& folder) const override;
  [[nodiscard]] base::Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::optional<base::EntryKind> kind(const std::string& path) const override;
  [[nodiscard]] base::RealPath real_path(const std::string& path) const override;
  // The paths of all files, sorted.
  [[nodiscard]] std::vector<std::string> paths() const;

 private:
  enum class Mode : std::uint8_t { file, link, submodule };
  struct File {
    std::string path;
    std::string id;
    Mode mode = Mode::file;
  };

  explicit Snapshot(const Repository& repository) : objects_(repository) {}
  void add(std::string_view mode, std::string_view id, std::string_view path);
  void sort();
  [[nodiscard]] const File* find(std::string_view path) const;
  [[nodiscard]] bool is_folder(const std::string& path) const;
  [[nodiscard]] std::optional<std::string> follow_links(const std::string& path) const;

  std::vector<File> files_;  // by path, bytewise
  bool has_links_ = false;
  mutable Objects objects_;
};

}  // namespace gauger::git
