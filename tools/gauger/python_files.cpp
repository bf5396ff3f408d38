#include "tools/gauger/python_files.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace gauger::tools {
namespace {

constexpr std::size_t most_files = 20000;
constexpr int deepest = 24;

constexpr std::array<std::string_view, 9> passed_over{
    "node_modules", "__pycache__", "site-packages", "build", "dist",
    "venv",         "env",         "tests",         "test"};

class Search {
 public:
  Search(const base::WorkingTree& tree, const project::Project& project)
      : tree_(tree), project_(project) {}

  std::vector<std::string> run() {
    visit(project_.folder, 0);
    return std::move(files_);
  }

 private:
  void visit(const std::string& folder, int depth) {
    const auto entries = tree_.list(folder);
    if (!entries || depth > deepest) {
      return;
    }
    for (const base::Entry& entry : *entries) {
      if (files_.size() >= most_files) {
        return;
      }
      const std::string path = folder.empty() ? entry.name : folder + '/' + entry.name;
      if (entry.kind == base::EntryKind::file && entry.name.ends_with(".py")) {
        files_.push_back(path);
      } else if (entry.kind == base::EntryKind::folder && !entry.is_link &&
                 is_worth_entering(path, entry.name)) {
        visit(path, depth + 1);
      }
    }
  }

  [[nodiscard]] bool is_worth_entering(const std::string& path, std::string_view name) const {
    const auto& locations = project_.alembic.version_locations;
    if (name.starts_with('.') || path == project_.alembic.script_location ||
        std::find(passed_over.begin(), passed_over.end(), name) != passed_over.end() ||
        std::find(locations.begin(), locations.end(), path) != locations.end()) {
      return false;
    }
    return tree_.kind(path + "/pyvenv.cfg") == std::nullopt;
  }

  const base::WorkingTree& tree_;
  const project::Project& project_;
  std::vector<std::string> files_;
};

bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_';
}

// Whether the word stands in the text, not as a part of a longer name.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (at == 0 || !is_name_byte(text[at - 1])) {
      return true;
    }
  }
  return false;
}

// Whether some line matches.
bool any_line(std::string_view text, bool (*matches)(std::string_view)) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (matches(text.substr(0, end))) {
      return true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

// `__tablename__ = "…"` in a class, not a look at that of another one.
bool names_its_table(std::string_view line) {
  constexpr std::string_view name = "__tablename__";
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(name)) {
    return false;
  }
  line.remove_prefix(name.size());
  const std::size_t next = line.find_first_not_of(' ');
  return next != std::string_view::npos && (line[next] == '=' || line[next] == ':') &&
         line.substr(next, 2) != "==";
}

// `users = sa.Table(` at the left margin.
bool makes_a_table(std::string_view line) {
  const std::size_t equals = line.find(" = ");
  return !line.empty() && line.front() != ' ' && line.front() != '#' &&
         equals != std::string_view::npos && has_word(line.substr(equals), "Table(");
}

bool defines_tables(std::string_view text) {
  for (const std::string_view word :
       {"DeclarativeBase", "declarative_base(", "mapped_column(", "table=True"}) {
    if (has_word(text, word)) {
      return true;
    }
  }
  return any_line(text, names_its_table) ||
         (has_word(text, "MetaData") && any_line(text, makes_a_table)) ||
         (has_word(text, "metadata") && has_word(text, "sqlalchemy") &&
          any_line(text, makes_a_table)) ||
         (has_word(text, "db.Model") && has_word(text, "db.Column("));
}

// The folder that all of these are in.
std::string common_folder(const std::set<std::string>& folders) {
  std::string common = *folders.begin();
  for (const std::string& folder : folders) {
    while (!common.empty() && folder != common && !folder.starts_with(common + '/')) {
      common = base::parent_path(common);
    }
  }
  return common;
}

std::string below(const std::string& folder, std::string_view pattern) {
  return folder.empty() ? std::string(pattern) : folder + '/' + std::string(pattern);
}

}  // namespace

std::vector<std::string> python_files(const base::WorkingTree& tree,
                                      const project::Project& project) {
  return Search(tree, project).run();
}

std::vector<std::string> model_files(const base::FileTree& tree,
                                     const std::vector<std::string>& files) {
  std::vector<std::string> models;
  for (const std::string& file : files) {
    const auto text = tree.read(file);
    if (text && defines_tables(*text)) {
      models.push_back(file);
    }
  }
  return models;
}

std::vector<std::string> suggest_globs(const std::vector<std::string>& models,
                                       const std::vector<std::string>& files) {
  std::map<std::string, std::set<std::string>> by_folder;  // folder -> names
  std::map<std::string, std::set<std::string>> by_name;    // name -> folders
  std::map<std::string, std::size_t> counts;               // folder -> Python files
  for (const std::string& file : files) {
    ++counts[std::string(base::parent_path(file))];
  }
  for (const std::string& file : models) {
    by_folder[std::string(base::parent_path(file))].emplace(base::file_name(file));
    by_name[std::string(base::file_name(file))].emplace(base::parent_path(file));
  }
  std::set<std::string> globs;
  // One file of the same name in each of several folders: a package for each part of the project.
  for (const auto& [name, folders] : by_name) {
    const bool alone = std::all_of(folders.begin(), folders.end(), [&](const std::string& folder) {
      return by_folder.at(folder).size() == 1;
    });
    if (folders.size() > 1 && alone && name != "__init__.py") {
      globs.insert(below(common_folder(folders), "**/" + name));
      for (const std::string& folder : folders) {
        by_folder.erase(folder);
      }
    }
  }
  while (!by_folder.empty()) {
    const std::string folder = by_folder.begin()->first;
    const std::set<std::string> names = by_folder.begin()->second;
    const auto inside = [&, prefix = folder + '/'](const auto& entry) {
      return !folder.empty() && entry.first.starts_with(prefix);
    };
    // A package of models with packages in it; a lone file says nothing of what lies below.
    const bool nested = std::any_of(by_folder.begin(), by_folder.end(), inside);
    if (nested && names.size() > 1) {
      globs.insert(folder + "/**/*.py");
      std::erase_if(by_folder, inside);
    } else if (names.size() > 1 && 2 * names.size() >= counts[folder]) {
      globs.insert(below(folder, "*.py"));  // a folder of models
    } else {
      for (const std::string& name : names) {
        globs.insert(below(folder, name));
      }
    }
    by_folder.erase(folder);
  }
  return {globs.begin(), globs.end()};
}

}  // namespace gauger::tools
