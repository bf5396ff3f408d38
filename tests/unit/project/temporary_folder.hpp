// A folder of a test's own, removed at its end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>

namespace gauger::tests {

struct TestFile {
  std::string path;  // in the folder; one that ends in "/" is a folder
  std::string text;
};

class TemporaryFolder {
 public:
  TemporaryFolder(std::initializer_list<TestFile> files) {
    std::string name = (std::filesystem::temp_directory_path() / "gauger-test-XXXXXX").string();
    path_ = std::filesystem::canonical(::mkdtemp(name.data())).string();
    for (const auto& [file, text] : files) {
      write(file, text);
    }
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  void write(const std::string& file, std::string_view text) const {
    const std::filesystem::path place = std::filesystem::path(path_) / file;
    std::filesystem::create_directories(file.ends_with('/') ? place : place.parent_path());
    if (!file.ends_with('/')) {
      std::ofstream(place, std::ios::binary) << text;
    }
  }

  void link(const std::string& file, const std::string& target) const {
    const std::filesystem::path place = std::filesystem::path(path_) / file;
    std::filesystem::create_directories(place.parent_path());
    std::filesystem::create_symlink(target, place);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string at(const std::string& file) const { return path_ + '/' + file; }

 private:
  std::string path_;
};

}  // namespace gauger::tests
