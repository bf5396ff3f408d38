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

// One parsed file. Its text and nodes live as long as it does.
struct Module {
  std::string path;  // in the FileTree
  std::string text;
  python::Syntax syntax;
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

 private:
  struct Found {
    const Module* module = nullptr;
    std::vector<std::string> probed;
  };

  const Module* open(const std::string& path, std::vector<std::string>& probed);
  Found open_dotted(const std::string& folder, std::string_view dotted);

  const base::FileTree& tree_;
  std::vector<std::string> roots_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Module>, std::less<>> modules_;  // by path; null: none
  std::map<std::string, Found, std::less<>> names_;                      // absolute names
};

}  // namespace gauger::eval
