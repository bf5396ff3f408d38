#include "eval/module.hpp"

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"

namespace gauger::eval {
namespace {

std::string with_unix_lines(std::string text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool ends_line = text[at] == '\r';
    text[out++] = ends_line ? '\n' : text[at];
    if (ends_line && at + 1 < text.size() && text[at + 1] == '\n') {
      ++at;
    }
  }
  text.resize(out);
  return text;
}

}  // namespace

Library::Library(const base::FileTree& tree, std::vector<std::string> roots)
    : tree_(tree), roots_(std::move(roots)) {}

const Module* Library::open(const std::string& path, std::vector<std::string>& probed) {
  probed.push_back(path);
  if (const auto known = modules_.find(path); known != modules_.end()) {
    return known->second.get();
  }
  std::unique_ptr<Module>& place = modules_[path];
  if (tree_.kind(path) != base::EntryKind::file) {
    return nullptr;
  }
  auto bytes = tree_.read(path);
  if (!bytes) {
    return nullptr;
  }
  auto source = base::decode_source(std::move(*bytes), path);
  if (!source) {
    return nullptr;
  }
  auto module = std::make_unique<Module>();
  module->path = path;
  module->text = std::move(source->text);
  auto syntax = python::parse(module->text, {0, static_cast<std::uint32_t>(module->text.size())});
  if (!syntax) {
    return nullptr;
  }
  module->syntax = std::move(*syntax);
  place = std::move(module);
  return place.get();
}

Library::Found Library::open_dotted(const std::string& folder, std::string_view dotted) {
  Found found;
  std::string relative(dotted);
  std::replace(relative.begin(), relative.end(), '.', '/');
  const auto base = base::join_path(folder, relative);
  if (!base) {
    return found;
  }
  if (!dotted.empty()) {
    found.module = open(*base + ".py", found.probed);
  }
  if (found.module == nullptr) {
    found.module = open(base->empty() ? "__init__.py" : *base + "/__init__.py", found.probed);
  }
  return found;
}

const Module* Library::find(std::string_view importer, std::string_view name,
                            std::set<std::string>& probed) {
  const std::string_view top = name.substr(0, name.find('.'));
  if (top == "alembic" || top == "sqlalchemy") {
    return nullptr;
  }
  const std::lock_guard lock(mutex_);
  const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
  if (dots > 0) {
    std::string folder(base::parent_path(importer));
    for (std::size_t i = 1; i < dots; ++i) {
      folder = base::parent_path(folder);
    }
    const Found found = open_dotted(folder, name.substr(dots));
    probed.insert(found.probed.begin(), found.probed.end());
    return found.module;
  }
  auto known = names_.find(name);
  if (known == names_.end()) {
    Found found;
    for (const std::string& root : roots_) {
      Found here = open_dotted(root, name);
      found.probed.insert(found.probed.end(), here.probed.begin(), here.probed.end());
      found.module = here.module;
      if (found.module != nullptr) {
        break;
      }
    }
    known = names_.emplace(std::string(name), std::move(found)).first;
  }
  probed.insert(known->second.probed.begin(), known->second.probed.end());
  return known->second.module;
}

const Module* Library::find_file_at(std::string_view path, std::set<std::string>& probed) {
  const auto plain = base::join_path("", path);
  if (!plain) {
    return nullptr;
  }
  probed.insert(*plain);
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = files_.try_emplace(*plain);
  if (is_new && tree_.kind(*plain) == base::EntryKind::file) {
    auto bytes = tree_.read(*plain);
    const bool is_text =
        bytes && !base::find_invalid_utf8(*bytes) && bytes->find('\0') == std::string::npos;
    if (is_text && text_ + bytes->size() <= most_text) {
      text_ += bytes->size();
      known->second = std::make_unique<Module>();
      known->second->path = *plain;
      known->second->text = with_unix_lines(*std::move(bytes));
      known->second->is_python = false;
    }
  }
  return known->second.get();
}

const Module* Library::find_file(std::string_view relative, std::set<std::string>& probed) {
  for (const std::string& root : roots_) {
    const auto path = base::join_path(root, relative);
    const Module* file = path ? find_file_at(*path, probed) : nullptr;
    if (file != nullptr) {
      return file;
    }
  }
  return nullptr;
}

}  // namespace gauger::eval
