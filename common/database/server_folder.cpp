#include "database/server_folder.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "database/launch.hpp"

namespace gauger::database {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using base::ErrorKind;
using base::Result;

constexpr std::string_view prefix = "gauger-server-";
// sun_path of unix(7) has 108 bytes with the zero at its end.
constexpr std::size_t longest_socket_path = 107;
constexpr std::string_view socket_name = "/.s.PGSQL.5432";
constexpr std::time_t oldest_unfinished = 60;  // seconds

// Whether the lock was got, and is still that folder's.
bool take_lock(const fs::path& file, int flags) {
  const int lock = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
  if (lock < 0) {
    return false;
  }
  struct stat held {};
  struct stat there {};
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0 && ::fstat(lock, &held) == 0 &&
      ::lstat(file.c_str(), &there) == 0 && held.st_ino == there.st_ino) {
    return true;  // stays open, and so held, as long as this process lives
  }
  ::close(lock);
  return false;
}

// Whether it is a folder of this user's, whatever its name says.
bool is_ours(const fs::path& folder, struct stat& facts) {
  return ::lstat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) &&
         facts.st_uid == ::geteuid();
}

bool wait_until_empty(const fs::path& folder, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (!processes_in(folder).empty()) {
    if (std::chrono::steady_clock::now() > until) {
      return false;
    }
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

// The postmaster's, if it is one that runs in this folder: a number alone may be another's by now.
pid_t postmaster_of(const fs::path& data) {
  pid_t process = 0;
  std::ifstream(data / "postmaster.pid") >> process;
  for (const pid_t each : processes_in(data)) {
    if (each == process) {
      return process;
    }
  }
  return 0;
}

}  // namespace

Result<fs::path> make_server_folder(const std::vector<fs::path>& temporary) {
  std::string why = "no folder for temporary files";
  for (const fs::path& place : temporary) {
    std::error_code unusable;
    const fs::path real = fs::canonical(place, unusable);
    std::string name = (real / fmt::format("{}XXXXXX", prefix)).string();
    if (unusable) {
      why = fmt::format("{}: {}", place.string(), unusable.message());
      continue;
    }
    if (name.size() + socket_name.size() > longest_socket_path) {
      why = fmt::format("{}: the path is too long for a socket", place.string());
      continue;
    }
    // A sweep may take a folder between its making and its lock.
    for (int attempt = 0; attempt < 5; ++attempt) {
      std::string path = name;
      if (::mkdtemp(path.data()) == nullptr) {
        why = fmt::format("{}: {}", place.string(),
                          std::strerror(errno));  // NOLINT(concurrency-mt-unsafe)
        break;
      }
      if (take_lock(fs::path(path) / "lock", O_CREAT)) {
        return fs::path(path);
      }
      fs::remove_all(path, unusable);
    }
  }
  return base::failure(
      {.kind = ErrorKind::database, .message = "cannot make a folder for a server: " + why});
}

void remove_server_folder(const fs::path& folder) {
  if (const pid_t postmaster = postmaster_of(folder / "data"); postmaster > 0) {
    ::kill(postmaster, SIGQUIT);  // an immediate shutdown
  }
  if (!wait_until_empty(folder / "data", 5s)) {
    for (const pid_t process : processes_in(folder / "data")) {
      ::kill(process, SIGKILL);
    }
    wait_until_empty(folder / "data", 2s);
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

std::vector<fs::path> sweep_server_folders(const fs::path& temporary) {
  std::vector<fs::path> removed;
  std::error_code ignored;
  const fs::path real = fs::canonical(temporary, ignored);
  for (const auto& entry : fs::directory_iterator(real, ignored)) {
    const fs::path& folder = entry.path();
    struct stat facts {};
    if (folder.filename().native().compare(0, prefix.size(), prefix) != 0 ||
        !is_ours(folder, facts)) {
      continue;
    }
    const fs::path lock = folder / "lock";
    // One without a lock is being made, or was when its run was killed.
    const bool unfinished = !fs::exists(fs::symlink_status(lock, ignored)) &&
                            std::time(nullptr) - facts.st_mtime > oldest_unfinished;
    if (unfinished || take_lock(lock, 0)) {
      remove_server_folder(folder);
      removed.push_back(folder);
    }
  }
  return removed;
}

}  // namespace gauger::database
