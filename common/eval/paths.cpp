// Paths of the project's files, as os.path and pathlib put them together, and what is in the files.
//
// Where the project lies is not known, and what a migration reads of it does not depend on that: an
// absolute path into it begins with `project_root`. A relative one is looked for where Alembic is
// most likely called: in the folders of sys.path, which begin with that of the ini.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/file_tree.hpp"
#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

constexpr std::string_view project_root = "/<project>";

constexpr std::size_t most_lines = 10'000;

// os.path.join.
std::string joined(std::string_view left, std::string_view right) {
  if (left.empty() || right.starts_with('/')) {
    return std::string(right);
  }
  std::string out(left);
  out += left.ends_with('/') ? "" : "/";
  out += right;
  return out;
}

// os.path.dirname.
std::string_view folder_of(std::string_view path) {
  const std::string_view head = path.substr(0, path.rfind('/') + 1);
  const std::size_t last = head.find_last_not_of('/');
  return last == std::string_view::npos ? head : head.substr(0, last + 1);
}

// Where the suffix of a name begins, its end where it has none: as os.path.splitext has it, and as
// pathlib has it until Python 3.13.
std::size_t extension_at(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || name.find_first_not_of('.') > dot ? name.size() : dot;
}
std::size_t suffix_at(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() ? name.size() : dot;
}

// As pathlib writes a path: without "." and without empty parts.
std::string plain(std::string_view path) {
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (!part.empty() && part != ".") {
      out += out.empty() && !path.starts_with('/') ? "" : "/";
      out += part;
    }
    at = end + 1;
  }
  return !out.empty() ? out : path.starts_with('/') ? "/" : ".";
}

// PurePath.parent.
std::string_view parent_of(std::string_view path) {
  if (path == "." || path == "/") {
    return path;
  }
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

enum class Function : std::uint8_t {
  join,
  folder,
  base,
  same,  // as far as can be told
  split,
  split_suffix,
  is_file,
  working_folder,
  make,
  here,  // Path.cwd
  open,
  resources,
};

struct Named {
  std::string_view name;
  Function function;
};

constexpr std::array<Named, 26> functions = {{
    {"os.path.join", Function::join},
    {"os.path.dirname", Function::folder},
    {"os.path.basename", Function::base},
    {"os.path.abspath", Function::same},
    {"os.path.realpath", Function::same},
    {"os.path.normpath", Function::same},
    {"os.path.expanduser", Function::same},
    {"os.path.split", Function::split},
    {"os.path.splitext", Function::split_suffix},
    {"os.path.exists", Function::is_file},
    {"os.path.isfile", Function::is_file},
    {"posixpath.join", Function::join},
    {"posixpath.dirname", Function::folder},
    {"os.fspath", Function::same},
    {"os.getcwd", Function::working_folder},
    {"pathlib.Path", Function::make},
    {"pathlib.PurePath", Function::make},
    {"pathlib.PosixPath", Function::make},
    {"pathlib.PurePosixPath", Function::make},
    {"anyio.Path", Function::make},
    {"pathlib.Path.cwd", Function::here},
    {"builtins.open", Function::open},
    {"io.open", Function::open},
    {"codecs.open", Function::open},
    {"importlib.resources.files", Function::resources},
    {"importlib_resources.files", Function::resources},
}};

bool is_path(const Value& value) { return value.is(ValueKind::path) || value.is(ValueKind::text); }

// Whether a file that is opened so is read as text.
bool reads_text(const Value* mode) {
  return mode == nullptr ||
         (mode->is(ValueKind::text) && (mode->text == "r" || mode->text == "rt"));
}

}  // namespace

Value* Interpreter::path(std::string_view value, Place place) {
  Value* made = memory_.make(ValueKind::path, place);
  made->text = memory_.keep(plain(value));
  return made;
}

Value* Interpreter::path_below(const Value& folder, const Value& relative, Place place) {
  return is_path(folder) && is_path(relative) ? path(joined(folder.text, relative.text), place)
                                              : unknown("a path that is not known", place);
}

Value* Interpreter::file_name(Place place) {
  if (module_ == nullptr || module_->path.empty()) {
    return unknown("it depends on how the file is loaded", place);
  }
  return text(joined(project_root, module_->path), place);
}

Value* Interpreter::path_function(std::string_view name, Value* call) {
  const auto* known = std::find_if(functions.begin(), functions.end(),
                                   [&](const Named& each) { return each.name == name; });
  const bool given = known != functions.end() && !call->open &&
                     std::all_of(call->items.begin(), call->items.end(),
                                 [](const Value* item) { return is_path(*item); });
  if (!given) {
    return nullptr;
  }
  const Place place = call->place;
  if (known->function == Function::working_folder || known->function == Function::here) {
    return known->function == Function::here ? path(".", place) : text(".", place);
  }
  if (known->function == Function::make && call->items.empty()) {
    return path(".", place);
  }
  if (call->items.empty()) {
    return nullptr;
  }
  std::string first(call->items[0]->text);
  switch (known->function) {
    case Function::join:
    case Function::make: {
      for (std::size_t i = 1; i < call->items.size(); ++i) {
        first = joined(first, call->items[i]->text);
      }
      return known->function == Function::make ? path(first, place) : text(std::move(first), place);
    }
    case Function::folder:
      return text(std::string(folder_of(first)), place);
    case Function::base:
      return text(std::string(base::file_name(first)), place);
    case Function::same:
      return text(std::move(first), place);
    case Function::split: {
      Value* pair = memory_.make(ValueKind::tuple, place);
      pair->items = {text(std::string(folder_of(first)), place),
                     text(std::string(base::file_name(first)), place)};
      return pair;
    }
    case Function::split_suffix: {
      const std::size_t at =
          first.size() - base::file_name(first).size() + extension_at(base::file_name(first));
      Value* pair = memory_.make(ValueKind::tuple, place);
      pair->items = {text(first.substr(0, at), place), text(first.substr(at), place)};
      return pair;
    }
    case Function::is_file:
      return is_file(first) ? boolean_value(true, place) : nullptr;
    case Function::open: {
      const Value* mode = call->items.size() > 1 ? call->items[1] : call->keyword("mode");
      return reads_text(mode) ? open_file(first, place) : nullptr;
    }
    case Function::resources:
      std::replace(first.begin(), first.end(), '.', '/');
      return path(first, place);
    default:
      return nullptr;
  }
}

Value* Interpreter::path_attribute(Value* object, std::string_view name, Place place) {
  const std::string_view self = object->text;
  const std::string_view base = self == "." || self == "/" ? "" : base::file_name(self);
  if (name == "parent") {
    return path(parent_of(self), place);
  }
  if (name == "parents") {
    Value* all = memory_.make(ValueKind::tuple, place);
    for (std::string_view at = self; parent_of(at) != at;) {
      at = parent_of(at);
      all->items.push_back(path(at, place));
    }
    return all;
  }
  if (name == "name") {
    return text(std::string(base), place);
  }
  if (name == "stem") {
    return text(std::string(base.substr(0, suffix_at(base))), place);
  }
  if (name == "suffix") {
    return text(std::string(base.substr(suffix_at(base))), place);
  }
  Value* value = memory_.make(ValueKind::method, place);
  value->object = object;
  value->text = name;
  return value;
}

Value* Interpreter::path_method(Value* object, std::string_view name, Value* call) {
  const Place place = call->place;
  const std::string self(object->text);
  if (name == "resolve" || name == "absolute" || name == "expanduser") {
    return object;
  }
  if (name == "as_posix" || name == "__str__" || name == "__fspath__") {
    return text(self, place);
  }
  if (name == "exists" || name == "is_file") {
    return is_file(self) ? boolean_value(true, place) : nullptr;
  }
  if (name == "read_text") {
    return file_text(self, place);
  }
  if (name == "open") {
    const Value* mode = call->items.empty() ? call->keyword("mode") : call->items[0];
    return reads_text(mode) ? open_file(self, place) : nullptr;
  }
  if (call->open || call->items.empty() ||
      !std::all_of(call->items.begin(), call->items.end(),
                   [](const Value* item) { return is_path(*item); })) {
    return nullptr;
  }
  const std::string_view first = call->items[0]->text;
  const std::string_view base = base::file_name(self);
  const std::string_view folder = std::string_view(self).substr(0, self.size() - base.size());
  if (name == "joinpath") {
    std::string out = self;
    for (const Value* item : call->items) {
      out = joined(out, item->text);
    }
    return path(out, place);
  }
  if (name == "with_name") {
    return path(std::string(folder).append(first), place);
  }
  if (name == "with_suffix") {
    return path(std::string(folder).append(base.substr(0, suffix_at(base))).append(first), place);
  }
  if (name == "with_stem") {
    return path(std::string(folder).append(first).append(base.substr(suffix_at(base))), place);
  }
  return nullptr;
}

Value* Interpreter::file_method(Value* object, std::string_view name, const Value* call) {
  if (name == "read" && call->items.empty()) {
    Value* value = memory_.make(ValueKind::text, call->place);
    *value = *object;  // its place too: where the text is written
    value->kind = ValueKind::text;
    return value;
  }
  if (name == "readlines" && call->items.empty()) {
    const std::vector<Value*>* lines = elements(object);
    if (lines == nullptr) {
      return nullptr;
    }
    Value* value = memory_.make(ValueKind::list, call->place);
    value->items = *lines;
    return value;
  }
  return name == "close" ? memory_.make(ValueKind::none, call->place) : nullptr;
}

Value* Interpreter::piece_of(const Value& whole, std::size_t at, std::size_t size, Place place) {
  Value* piece = memory_.make(ValueKind::text, place);
  piece->text = whole.text.substr(at, size);
  if (whole.place.module != nullptr && !whole.place.module->is_python) {
    const auto begin = static_cast<std::uint32_t>(whole.place.span.begin + at);
    piece->place = {whole.place.module, {begin, static_cast<std::uint32_t>(begin + size)}};
  }
  return piece;
}

Value* Interpreter::lines_of(const Value& file) {
  Value* lines = memory_.make(ValueKind::list, file.place);
  for (std::size_t at = 0; at < file.text.size();) {
    if (lines->items.size() == most_lines) {
      return nullptr;
    }
    const std::size_t end = std::min(file.text.find('\n', at), file.text.size() - 1) + 1;
    lines->items.push_back(piece_of(file, at, end - at, file.place));
    at = end;
  }
  return lines;
}

const Module* Interpreter::find_file(std::string_view path) {
  if (library_ == nullptr) {
    return nullptr;
  }
  if (!path.starts_with('/')) {
    return library_->find_file(path, probed_);
  }
  if (!path.starts_with(project_root)) {
    return nullptr;
  }
  path.remove_prefix(project_root.size());
  const std::size_t begin = std::min(path.find_first_not_of('/'), path.size());
  return library_->find_file_at(path.substr(begin), probed_);
}

bool Interpreter::is_file(std::string_view path) { return find_file(path) != nullptr; }

Value* Interpreter::open_file(std::string_view path, Place place) {
  Value* value = file_text(path, place);
  if (value->is(ValueKind::text)) {
    value->kind = ValueKind::file;
  }
  return value;
}

Value* Interpreter::file_text(std::string_view path, Place place) {
  const Module* file = find_file(path);
  if (file == nullptr) {
    std::string_view shown = path;
    shown.remove_prefix(shown.starts_with(project_root) ? project_root.size() : 0);
    shown.remove_prefix(shown.starts_with('/') && shown.size() < path.size() ? 1 : 0);
    return unknown(memory_.keep("the project has no UTF-8 text file " + std::string(shown)), place);
  }
  if (file->text.size() > limits_.text) {
    return unknown(memory_.keep(file->path + " is too long to be read"), place);
  }
  Value* value =
      memory_.make(ValueKind::text, {file, {0, static_cast<std::uint32_t>(file->text.size())}});
  value->text = file->text;
  return value;
}

}  // namespace gauger::eval
