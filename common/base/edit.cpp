#include "base/edit.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/file_tree.hpp"

namespace gauger::base {
namespace {

void sort_by_place(std::vector<Edit>& edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
  });
}

// `edits` are sorted; `offset` is where `text` begins in the text that they are meant for.
std::string apply_sorted(std::string_view text, std::uint32_t offset, const Edit* begin,
                         const Edit* end) {
  std::string result;
  std::size_t copied = 0;
  for (const Edit* edit = begin; edit != end; ++edit) {
    const std::size_t from = edit->span.begin - offset;
    const std::size_t to = edit->span.end - offset;
    assert(copied <= from && from <= to && to <= text.size());
    result.append(text.substr(copied, from - copied));
    result.append(edit->replacement);
    copied = to;
  }
  result.append(text.substr(copied));
  return result;
}

// Whole lines of the old text, and the edits that fall into them.
struct Region {
  Span old{};
  std::size_t first_edit = 0;
  std::size_t last_edit = 0;  // exclusive
};

std::uint32_t line_begin(std::string_view text, std::uint32_t offset) {
  if (offset == 0) {
    return 0;
  }
  const std::size_t newline = text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : static_cast<std::uint32_t>(newline + 1);
}

std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  const std::size_t newline = text.find('\n', offset);
  return static_cast<std::uint32_t>(newline == std::string_view::npos ? text.size() : newline + 1);
}

// The whole lines that an edit changes.
Span touched_lines(std::string_view text, const Edit& edit) {
  const std::uint32_t begin = line_begin(text, edit.span.begin);
  const bool ends_a_line = edit.span.end > 0 && edit.span.end == line_begin(text, edit.span.end);
  const bool keeps_the_next_line =
      edit.replacement.empty() ? edit.span.begin == begin : edit.replacement.back() == '\n';
  if (ends_a_line && keeps_the_next_line) {
    return {begin, edit.span.end};
  }
  return {begin, line_end(text, edit.span.end)};
}

std::vector<Region> regions_of(std::string_view text, const std::vector<Edit>& edits) {
  std::vector<Region> regions;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const Span lines = touched_lines(text, edits[i]);
    if (!regions.empty() && lines.begin < regions.back().old.end) {
      regions.back().old.end = std::max(regions.back().old.end, lines.end);
      regions.back().last_edit = i + 1;
    } else {
      regions.push_back({lines, i, i + 1});
    }
  }
  return regions;
}

std::size_t count_lines(std::string_view text) {
  const auto newlines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return newlines + (!text.empty() && text.back() != '\n' ? 1 : 0);
}

// One hunk of a unified diff while it is being written.
class Hunk {
 public:
  void lines(char mark, std::string_view text) {
    const std::size_t count = count_lines(text);
    old_count_ += mark == '+' ? 0 : count;
    new_count_ += mark == '-' ? 0 : count;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      body_ += mark;
      body_ += text.substr(0, end);
      body_ += '\n';
      if (end == std::string_view::npos) {
        body_ += "\\ No newline at end of file\n";
        break;
      }
      text.remove_prefix(end + 1);
    }
  }

  // `before`: the lines above the hunk in the old and in the new text.
  [[nodiscard]] std::string text(std::size_t before_old, std::size_t before_new) const {
    return fmt::format("@@ -{},{} +{},{} @@\n{}", before_old + (old_count_ > 0 ? 1 : 0), old_count_,
                       before_new + (new_count_ > 0 ? 1 : 0), new_count_, body_);
  }
  [[nodiscard]] std::size_t old_count() const { return old_count_; }
  [[nodiscard]] std::size_t new_count() const { return new_count_; }

 private:
  std::string body_;
  std::size_t old_count_ = 0;
  std::size_t new_count_ = 0;
};

tl::unexpected<Error> unwritable(const std::string& path, std::string_view why) {
  return failure({.kind = ErrorKind::unreadable,
                  .message = fmt::format("cannot write the file: {}", why),
                  .path = path});
}

tl::unexpected<Error> unwritable(const std::string& path, int code) {
  return unwritable(path, std::strerror(code));  // NOLINT(concurrency-mt-unsafe)
}

// A file that is written beside its target and takes its place when it is complete.
class Replacement {
 public:
  Replacement() = default;
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
      if (!placed_) {
        ::unlink(name_.c_str());
      }
    }
  }

  // Each returns false and leaves errno where the system says no.
  [[nodiscard]] bool open_in(const std::string& folder) {
    // A name may be left over from a run that was killed and had our process id.
    for (int attempt = 0; attempt < 100 && descriptor_ < 0; ++attempt) {
      name_ = fmt::format("{}/.gauger-{}-{}.tmp", folder, ::getpid(), attempt);
      descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor_ < 0 && errno != EEXIST) {
        return false;
      }
    }
    return descriptor_ >= 0;
  }
  [[nodiscard]] bool set_mode(mode_t mode) const { return ::fchmod(descriptor_, mode) == 0; }
  // What comes after a piece that could not be written is left out.
  void write(std::string_view content) {
    while (!content.empty() && error_ == 0) {
      const ssize_t count = ::write(descriptor_, content.data(), content.size());
      if (count < 0 && errno == EINTR) {
        continue;
      }
      if (count < 0) {
        error_ = errno;
        return;
      }
      content.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  // Whether all that was written is on the disk.
  [[nodiscard]] bool finish() const {
    if (error_ != 0) {
      errno = error_;
      return false;
    }
    return ::fsync(descriptor_) == 0;
  }
  [[nodiscard]] bool take_place_of(const std::string& target) {
    placed_ = ::rename(name_.c_str(), target.c_str()) == 0;
    return placed_;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  int error_ = 0;
  bool placed_ = false;
};

// So that the renaming itself outlives a loss of power; the content is safe without.
void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

}  // namespace

std::string apply(std::string_view text, std::vector<Edit> edits) {
  sort_by_place(edits);
  return apply_sorted(text, 0, edits.data(), edits.data() + edits.size());
}

std::string unified_diff(std::string_view path, std::string_view text, std::vector<Edit> edits) {
  std::erase_if(edits,
                [&](const Edit& edit) { return slice(text, edit.span) == edit.replacement; });
  sort_by_place(edits);
  const std::vector<Region> regions = regions_of(text, edits);
  if (regions.empty()) {
    return {};
  }
  std::string result = fmt::format("--- a/{0}\n+++ b/{0}\n", path);
  std::uint32_t done = 0;  // end of the last hunk in the old text
  std::size_t old_lines = 0;
  std::size_t new_lines = 0;
  for (std::size_t i = 0; i < regions.size();) {
    Hunk hunk;
    std::uint32_t at = regions[i].old.begin;
    const std::uint32_t context =
        at > done ? std::max(done, line_begin(text, at - 1)) : regions[i].old.begin;
    const std::size_t between = count_lines(text.substr(done, context - done));
    hunk.lines(' ', text.substr(context, at - context));
    while (true) {
      const Region& region = regions[i++];
      const std::string_view old = slice(text, region.old);
      hunk.lines(' ', text.substr(at, region.old.begin - at));
      hunk.lines('-', old);
      hunk.lines('+',
                 apply_sorted(old, region.old.begin, &edits[region.first_edit],
                              &edits[region.first_edit] + (region.last_edit - region.first_edit)));
      at = region.old.end;
      // The next region belongs to this hunk when at most its line of context lies between.
      if (i == regions.size() || regions[i].old.begin > line_end(text, line_end(text, at))) {
        break;
      }
    }
    const std::uint32_t end = at < text.size() ? line_end(text, at) : at;
    hunk.lines(' ', text.substr(at, end - at));
    result += hunk.text(old_lines + between, new_lines + between);
    old_lines += between + hunk.old_count();
    new_lines += between + hunk.new_count();
    done = end;
  }
  return result;
}

Result<void> write_file(const std::string& root, const std::string& path,
                        std::string_view content) {
  return write_file(root, path, [&](const PutPiece& put) { put(content); });
}

Result<void> write_file(const std::string& root, const std::string& path,
                        const std::function<void(const PutPiece& put)>& make) {
  const auto inside = join_path({}, path);
  if (!inside || inside->empty() || path.front() == '/') {
    return unwritable(path, "it lies outside the project's repository");
  }
  const std::optional<std::string> real_root = canonical_path(root);
  const std::optional<std::string> real_folder =
      canonical_path(fmt::format("{}/{}", root, parent_path(*inside)));
  if (!real_root || !real_folder) {
    return unwritable(path, errno);
  }

  // What is at the path decides: a link is followed, an existing file keeps its mode.
  std::string target = fmt::format("{}/{}", *real_folder, file_name(*inside));
  std::optional<mode_t> mode;
  struct stat status {};
  if (::lstat(target.c_str(), &status) == 0) {
    const std::optional<std::string> real_target = canonical_path(target);
    if (!real_target || ::stat(real_target->c_str(), &status) != 0) {
      return unwritable(path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
      return unwritable(path, "it is not a regular file");
    }
    if (::access(real_target->c_str(), W_OK) != 0) {
      return unwritable(path, errno);
    }
    target = *real_target;
    mode = status.st_mode & 07777U;
  }
  const std::string fence = *real_root == "/" ? *real_root : *real_root + '/';
  if (target.compare(0, fence.size(), fence) != 0) {
    return unwritable(path, "it lies outside the project's repository");
  }

  const std::string folder(parent_path(target));
  Replacement replacement;
  if (!replacement.open_in(folder) || (mode && !replacement.set_mode(*mode))) {
    return unwritable(path, errno);
  }
  make([&](std::string_view piece) { replacement.write(piece); });
  if (!replacement.finish() || !replacement.take_place_of(target)) {
    return unwritable(path, errno);
  }
  sync_folder(folder);
  return {};
}

}  // namespace gauger::base
