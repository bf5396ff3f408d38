#include "cli/session.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "cli/version.hpp"

namespace gauger::cli {
namespace {

base::Result<std::string> current_folder() {
  const std::unique_ptr<char, void (*)(void*)> folder(::getcwd(nullptr, 0), ::free);
  if (folder == nullptr) {
    return base::failure(
        {.kind = base::ErrorKind::unreadable,
         .message = fmt::format("cannot tell the current folder: {}",
                                std::strerror(errno))});  // NOLINT(concurrency-mt-unsafe)
  }
  return std::string(folder.get());
}

std::function<void(std::string_view)> printer(std::string_view name, bool silent) {
  if (silent) {
    return [](std::string_view) {};
  }
  return [name = std::string(name)](std::string_view line) {
    if (line.find('\n') == std::string_view::npos) {
      write_stderr(fmt::format("{}: {}\n", name, base::escape(line)));
    } else {
      write_stderr(base::escape_lines(line) + (line.ends_with('\n') ? "" : "\n"));
    }
  };
}

}  // namespace

int guarded(std::string_view name, const std::function<int()>& body) {
  try {
    prepare_streams();
    return body();
  } catch (const std::exception& error) {
    write_stderr(
        fmt::format("{}: internal error: {}\n  help: this is a bug in Gauger; please "
                    "report it with the command that you ran\n",
                    name, base::escape(error.what())));
    return exit_not_checked;
  }
}

int print(std::string_view text) {
  if (const auto written = write_stdout(text); !written) {
    write_stderr(report::render_error(written.error(), {}));
    return exit_not_checked;
  }
  return exit_clean;
}

int refuse(std::string_view name, const base::Error& error) {
  write_stderr(fmt::format("{}: {}", name, report::render_error(error, {})));
  if (error.kind == base::ErrorKind::usage) {
    write_stderr(fmt::format("{0}: `{0} --help` lists the flags\n", name));
  }
  return exit_not_checked;
}

std::optional<int> answer(const Options& options, const Usage& usage) {
  if (options.help) {
    return print(help_text(usage));
  }
  if (options.version) {
    return print(fmt::format("{} {}\n", usage.name, version));
  }
  return std::nullopt;
}

base::Result<project::Request> request_of(const Options& options, Environment environment) {
  auto folder = current_folder();
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  return project::Request{.current_folder = std::move(*folder),
                          .project_folder = options.project_folder,
                          .config_file = options.config_file,
                          .section = options.section,
                          .environment = std::move(environment)};
}

std::function<void(std::string_view)> notes(std::string_view name, const Options& options) {
  return printer(name, options.quiet);
}

std::function<void(std::string_view)> details(std::string_view name, const Options& options) {
  return printer(name, options.quiet || !options.verbose);
}

}  // namespace gauger::cli
