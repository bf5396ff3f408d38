// Modules of the project: found as an import would find them, read and parsed once, never run.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.hpp"
#include "base/result.hpp"
#include "python/syntax.hpp"

namespace gauger::eval {

// One file. Its text and nodes live as long as it does.
struct Module {
  std::string path;  // in the FileTree
  std::string text;
  python::Syntax syntax;  // none where it is no Python
  bool is_python = true;  // else a text that a migration reads, such as a file of SQL
};

// Finds and keeps the project's modules. Safe to call from several threads; what it hands out
// lives as long as the library.
class Library {
 public:
  // `roots`: tree paths of the folders that stand on sys.path. `tree` must outlive the library.
  Library(const base::FileTree& tree, std::vector<std::string> roots);

  // The module that `name` ("app.db.helpers", "..helpers") means in the file `importer`; null
  // where the project has none by that name, or it cannot be read or parsed. alembic and
  // sqlalchemy are never looked for: a folder of that name is the project's own migrations.
  //
  // `probed` gets the tree paths whose content or absence decided that.
  const Module* find(std::string_view importer, std::string_view name,
                     std::set<std::string>& probed);

  // A text file, read as Python's open() does in UTF-8: lines end in "\n". `relative` is a path
  // below one of the roots, the first that has it; `path` a tree path, with or without "..". Null
  // where there is none, it is no text, or all that were read are `most_text`. `probed` as in
  // find().
  const Module* find_file(std::string_view relative, std::set<std::string>& probed);
  const Module* find_file_at(std::string_view path, std::set<std::string>& probed);

 private:
  struct Found {
    const Module* module = nullptr;
    std::vector<std::string> probed;
  };

  const Module* open(const std::string& path, std::vector<std::string>& probed);
  Found open_dotted(const std::string& folder, std::string_view dotted);

  static constexpr std::size_t most_text = std::size_t{256} << 20U;

  const base::FileTree& tree_;
  std::vector<std::string> roots_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Module>, std::less<>> modules_;  // by path; null: none
  std::map<std::string, Found, std::less<>> names_;                      // absolute names
  std::map<std::string, std::unique_ptr<Module>, std::less<>> files_;    // by path; null: none
  std::size_t text_ = 0;                                                 // bytes of the files
};

}  // namespace gauger::eval
