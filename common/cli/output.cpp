#include "cli/output.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/edit.hpp"

namespace gauger::cli {
namespace {

using base::ErrorKind;
using base::Result;

Result<void> write_descriptor(int descriptor, std::string_view text, std::string_view what) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return base::failure(
          {.kind = ErrorKind::unreadable,
           .message = fmt::format("cannot write to {}: {}", what,
                                  std::strerror(errno))});  // NOLINT(concurrency-mt-unsafe)
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

// For pipes and devices, and for appending.
Result<void> write_opened(const std::string& file, int flags, std::string_view text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666);
  if (descriptor < 0) {
    return base::failure(
        {.kind = ErrorKind::unreadable,
         .message = fmt::format("cannot write to {}: {}", file,
                                std::strerror(errno))});  // NOLINT(concurrency-mt-unsafe)
  }
  auto written = write_descriptor(descriptor, text, file);
  ::close(descriptor);
  return written;
}

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return environment;
}

std::string value_of(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

Plan plan_output(const Options& options, const Environment& environment, Terminal stdout_is) {
  Plan plan;
  plan.file = options.output;
  if (options.format) {
    plan.format = report::format_of(*options.format).value_or(report::Format::text);
  }
  // https://no-color.org: any value but an empty one.
  const bool wanted = stdout_is == Terminal::yes && !options.output &&
                      value_of(environment, "NO_COLOR").empty() &&
                      value_of(environment, "TERM") != "dumb";
  if (options.color == "always" || (options.color == "auto" && wanted)) {
    plan.color = report::Color::always;
  }
  if (value_of(environment, "GITHUB_ACTIONS") == "true") {
    plan.annotations = !options.format;
    const std::string summary = value_of(environment, "GITHUB_STEP_SUMMARY");
    if (!summary.empty()) {
      plan.step_summary = summary;
    }
  }
  return plan;
}

Result<void> write_stdout(std::string_view text) {
  return write_descriptor(STDOUT_FILENO, text, "stdout");
}

void write_stderr(std::string_view text) {
  // Nobody is left to tell when this fails.
  (void)write_descriptor(STDERR_FILENO, text, "stderr");
}

Result<void> write_output(const std::optional<std::string>& file, const std::string& current_folder,
                          std::string_view text) {
  if (!file || *file == "-") {
    return write_stdout(text);
  }
  const std::string path =
      file->starts_with('/') ? *file : fmt::format("{}/{}", current_folder, *file);
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
    return write_opened(path, 0, text);
  }
  auto written = base::write_file("/", path.substr(1), text);
  if (!written) {
    written.error().path = *file;  // as the user knows it
  }
  return written;
}

Result<void> append_step_summary(const std::string& file, const report::Report& report) {
  struct stat status {};
  const bool exists = ::stat(file.c_str(), &status) == 0;
  const std::size_t used = exists ? static_cast<std::size_t>(status.st_size) : 0;
  // Markdown needs its few lines even where there is no room for findings.
  constexpr std::size_t smallest = 4096;
  if (used + smallest > report::step_summary_limit) {
    return base::failure({.kind = ErrorKind::unreadable,
                          .message = "the job summary is full; this report is not in it"});
  }
  return write_opened(file, O_APPEND | O_CREAT,
                      report::markdown(report, report::step_summary_limit - used));
}

void prepare_streams() {
  ::signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
      // Takes the lowest free number, which is this one. Nothing can be written to it.
      (void)::open("/dev/null", O_RDONLY);
    }
  }
}

Terminal stdout_terminal() { return ::isatty(STDOUT_FILENO) == 1 ? Terminal::yes : Terminal::no; }

}  // namespace gauger::cli
