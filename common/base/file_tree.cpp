#include "base/file_tree.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace gauger::base {
namespace {

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

EntryKind kind_of_mode(mode_t mode) {
  if (S_ISREG(mode)) {
    return EntryKind::file;
  }
  return S_ISDIR(mode) ? EntryKind::folder : EntryKind::other;
}

tl::unexpected<Error> unreadable(const std::string& path, std::string_view what) {
  return failure({.kind = ErrorKind::unreadable, .message = std::string(what), .path = path});
}

std::string system_message(int code) {
  return std::strerror(code);
}  // NOLINT(concurrency-mt-unsafe)

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
    EntryKind kind = EntryKind::other;
    if (item->d_type == DT_REG) {
      kind = EntryKind::file;
    } else if (item->d_type == DT_DIR) {
      kind = EntryKind::folder;
    } else {
      struct stat status {};
      if (::fstatat(::dirfd(handle.get()), item->d_name, &status, 0) == 0) {
        kind = kind_of_mode(status.st_mode);
      }
    }
    entries.push_back({std::string(name), kind});
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
  std::string text(expected + 1, '\0');
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

}  // namespace gauger::base
