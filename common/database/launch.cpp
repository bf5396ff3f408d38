#include "database/launch.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <string_view>
#include <sys/prctl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/descriptor.hpp"

namespace gauger::database {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Result;

// The variables of libpq and of the locale would change what the server does.
std::vector<std::string> clean_environment() {
  std::vector<std::string> result;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view variable = *each;
    if (variable.substr(0, 2) != "PG" && variable.substr(0, 3) != "LC_" &&
        variable.substr(0, 5) != "LANG=") {
      result.emplace_back(variable);
    }
  }
  result.emplace_back("LC_ALL=C");
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (std::string& each : strings) {
    result.push_back(each.data());
  }
  result.push_back(nullptr);
  return result;
}

}  // namespace

tl::unexpected<base::Error> system_failure(std::string_view what) {
  return base::failure(
      {.kind = ErrorKind::database,
       .message = fmt::format("cannot {}: {}", what, base::system_message(errno))});
}

Result<void> leave_root() {
  if (::geteuid() != 0) {
    return {};
  }
  for (const char* name : {"postgres", "nobody"}) {
    const passwd* user = ::getpwnam(name);  // NOLINT(concurrency-mt-unsafe)
    if (user == nullptr) {
      continue;
    }
    const uid_t uid = user->pw_uid;
    const gid_t gid = user->pw_gid;
    if (::setgroups(0, nullptr) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0) {
      return system_failure(fmt::format("become the user {}, which a server needs", name));
    }
    return {};
  }
  return base::failure({.kind = ErrorKind::database,
                        .message = "PostgreSQL does not run as root, and there is neither a user "
                                   "postgres nor nobody"});
}

Result<pid_t> launch(const std::vector<std::string>& arguments, const fs::path& log,
                     int signal_when_orphaned) {
  std::vector<std::string> words = arguments;
  std::vector<std::string> variables = clean_environment();
  const std::vector<char*> argv = pointers(words);
  const std::vector<char*> envp = pointers(variables);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) {
    return system_failure(fmt::format("write {}", log.string()));
  }
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, signal_when_orphaned);
    if (::getppid() != parent) {
      ::_exit(127);
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTOU}) {
      struct sigaction usual {};
      usual.sa_handler = SIG_DFL;
      ::sigaction(signal, &usual, nullptr);
    }
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execve(argv[0], argv.data(), envp.data());
    ::dprintf(STDERR_FILENO, "cannot run %s: %s\n", argv[0], base::system_message(errno).c_str());
    ::_exit(127);
  }
  ::close(output);
  if (child < 0) {
    return system_failure("start a process");
  }
  return child;
}

std::vector<pid_t> processes_in(const fs::path& folder) {
  std::vector<pid_t> result;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename();
    pid_t process = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
    if (error != std::errc() || end != name.data() + name.size()) {
      continue;
    }
    std::error_code unreadable;
    const std::string current = fs::read_symlink(entry.path() / "cwd", unreadable);
    const std::string& root = folder.native();
    if (!unreadable && (current == root || current.compare(0, root.size() + 1, root + "/") == 0)) {
      result.push_back(process);
    }
  }
  return result;
}

}  // namespace gauger::database
