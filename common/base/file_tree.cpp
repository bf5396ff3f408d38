#include "base/file_tree.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <limits.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): realpath is POSIX

#include "base/descriptor.hpp"

namespace gauger::base {
namespace {

EntryKind kind_of_mode(mode_t mode) {
  if (S_ISREG(mode)) {
    return EntryKind::file;
  }
  return S_ISDIR(mode) ? EntryKind::folder : EntryKind::other;
}

Entry entry_of(int folder, const dirent& item) {
  Entry entry{.name = item.d_name, .kind = EntryKind::other};
  if (item.d_type == DT_REG) {
    entry.kind = EntryKind::file;
    return entry;
  }
  if (item.d_type == DT_DIR) {
    entry.kind = EntryKind::folder;
    return entry;
  }
  struct stat status {};
  if (::fstatat(folder, item.d_name, &status, 0) == 0) {
    entry.kind = kind_of_mode(status.st_mode);
  }
  // Some file systems do not say of what type an entry is.
  entry.is_link =
      item.d_type == DT_LNK || (item.d_type == DT_UNKNOWN &&
                                ::fstatat(folder, item.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                                S_ISLNK(status.st_mode));
  return entry;
}

// Where a path leads whose target does not exist: links followed as far as there are links.
std::string resolved_as_far_as_possible(std::string path) {
  constexpr int most_links = 40;  // as Linux has it
  for (int i = 0; i < most_links; ++i) {
    std::array<char, PATH_MAX> link{};
    const ssize_t size = ::readlink(path.c_str(), link.data(), link.size());
    if (size < 0) {
      break;
    }
    const std::string_view target(link.data(), static_cast<std::size_t>(size));
    const std::string_view folder = target.starts_with('/') ? "" : parent_path(path);
    path = '/' + join_path(folder, target).value_or(std::string(target));
  }
  const std::string folder(parent_path(path));
  return canonical_path(folder).value_or(folder) + '/' + std::string(file_name(path));
}

tl::unexpected<Error> unreadable(const std::string& path, std::string_view what) {
  return failure({.kind = ErrorKind::unreadable, .message = std::string(what), .path = path});
}

}  // namespace

WorkingTree::WorkingTree(std::string root) : root_(std::move(root)) {
  while (root_.size() > 1 && root_.back() == '/') {
    root_.pop_back();
  }
}

std::string WorkingTree::absolute(const std::string& path) const {
  if (path.empty()) {
    return root_;
  }
  return root_ == "/" ? root_ + path : root_ + '/' + path;
}

Result<std::vector<Entry>> WorkingTree::list(const std::string& folder) const {
  const std::string place = absolute(folder);
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(place.c_str()), ::closedir);
  if (handle == nullptr) {
    return unreadable(folder, fmt::format("cannot list the folder: {}", system_message(errno)));
  }
  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* item = ::readdir(handle.get())) {  // NOLINT(concurrency-mt-unsafe)
    const std::string_view name(item->d_name);
    if (name == "." || name == "..") {
      continue;
    }
    entries.push_back(entry_of(::dirfd(handle.get()), *item));
    errno = 0;
  }
  if (errno != 0) {
    return unreadable(folder, fmt::format("cannot list the folder: {}", system_message(errno)));
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

Result<std::string> WorkingTree::read(const std::string& path) const {
  // O_NONBLOCK: a named pipe in the folder must not hang the run.
  const Descriptor file(::open(absolute(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) {
    return unreadable(path, fmt::format("cannot read the file: {}", system_message(errno)));
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    return unreadable(path, fmt::format("cannot read the file: {}", system_message(errno)));
  }
  if (!S_ISREG(status.st_mode)) {
    return unreadable(path, "this is not a regular file");
  }
  const auto expected = static_cast<std::size_t>(status.st_size);
  if (expected > largest_file) {
    return unreadable(path, fmt::format("the file has {} bytes; files over {} MiB are not read",
                                        expected, largest_file >> 20U));
  }
  // A file of /proc says that it is empty, so that there is always room to find more.
  std::string text(std::max<std::size_t>(expected, 1), '\0');
  std::size_t size = 0;
  while (true) {
    const ssize_t count = ::read(file.number(), text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return unreadable(path, fmt::format("cannot read the file: {}", system_message(errno)));
    }
    if (count == 0) {
      break;
    }
    size += static_cast<std::size_t>(count);
    if (size == expected && expected > 0) {
      break;  // all there is: asking again would cost a fifth of reading a small file
    }
    if (size > largest_file) {
      return unreadable(path, fmt::format("files over {} MiB are not read", largest_file >> 20U));
    }
    if (size == text.size()) {
      text.resize(text.size() * 2);
    }
  }
  text.resize(size);
  return text;
}

std::optional<EntryKind> WorkingTree::kind(const std::string& path) const {
  struct stat status {};
  if (::stat(absolute(path).c_str(), &status) == 0) {
    return kind_of_mode(status.st_mode);
  }
  if (::lstat(absolute(path).c_str(), &status) == 0) {
    return EntryKind::other;
  }
  return std::nullopt;
}

RealPath WorkingTree::real_path(const std::string& path) const {
  const std::string place = absolute(path);
  auto real = canonical_path(place);
  if (!real && errno == ELOOP) {
    return {.path = path, .loops = true};
  }
  if (!real) {
    real = resolved_as_far_as_possible(place);
  }
  const std::string root = canonical_path(root_).value_or(root_);
  if (*real == root) {
    return {};
  }
  const std::string inside = root == "/" ? root : root + '/';
  if (real->starts_with(inside)) {
    return {.path = real->substr(inside.size())};
  }
  return {.path = *std::move(real), .in_tree = false};
}

std::optional<std::string> canonical_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), ::free);
  return real == nullptr ? std::nullopt : std::optional<std::string>(real.get());
}

std::optional<std::string> join_path(std::string_view base, std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view side : {base, path}) {
    std::size_t begin = 0;
    while (begin <= side.size()) {
      const std::size_t end = std::min(side.find('/', begin), side.size());
      const std::string_view part = side.substr(begin, end - begin);
      if (part == "..") {
        if (parts.empty()) {
          return std::nullopt;
        }
        parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
      begin = end + 1;
    }
  }
  return fmt::format("{}", fmt::join(parts, "/"));
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

bool is_below(const std::string& path, const std::string& folder) {
  return folder.empty() || path.starts_with(folder + "/");
}

}  // namespace gauger::base
