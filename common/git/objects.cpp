#include "git/objects.hpp"

#include <charconv>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"

namespace gauger::git {
namespace {

tl::unexpected<base::Error> unreadable(std::string message, const std::string& path,
                                       base::ErrorKind kind) {
  return base::failure({.kind = kind, .message = std::move(message), .path = path});
}

}  // namespace

base::Result<std::string> Objects::read(const std::string& id, const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!git_) {
    auto started = repository_.converse({"cat-file", "--batch"});
    if (!started) {
      return base::failure(std::move(started.error()));
    }
    git_ = std::move(*started);
  }
  auto content = ask(id, path);
  if (!content && content.error().kind == base::ErrorKind::environment) {
    // It has ended; why, it says on stderr.
    const std::string errors = git_->errors();
    git_.reset();
    return unreadable(
        fmt::format("git cat-file: {}",
                    errors.empty() ? content.error().message : errors.substr(0, errors.find('\n'))),
        path, base::ErrorKind::git);
  }
  return content;
}

base::Result<std::string> Objects::ask(const std::string& id, const std::string& path) {
  if (auto asked = git_->write(id + "\n"); !asked) {
    return base::failure(std::move(asked.error()));
  }
  auto answer = git_->read_line();  // "<id> blob <size>", or "<id> missing"
  if (!answer) {
    return answer;
  }
  const std::string_view line = *answer;
  const std::size_t last = line.rfind(' ');
  std::size_t size = 0;
  const auto parsed = std::from_chars(line.data() + last + 1, line.data() + line.size(), size);
  if (last == std::string_view::npos || parsed.ptr != line.data() + line.size()) {
    return unreadable(fmt::format("git has no object {}", id), path, base::ErrorKind::git);
  }
  auto content = git_->read_bytes(size + 1);  // and the "\n" behind it
  if (!content) {
    return content;
  }
  content->pop_back();
  if (line.find(" blob ") == std::string_view::npos) {
    return unreadable("this is not a file", path, base::ErrorKind::unreadable);
  }
  if (size > base::FileTree::largest_file) {
    return unreadable(fmt::format("the file has {} bytes; files over {} MiB are not read", size,
                                  base::FileTree::largest_file >> 20U),
                      path, base::ErrorKind::unreadable);
  }
  return content;
}

}  // namespace gauger::git
