#include "database/server.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <locale.h>

#include "database/dsn.hpp"
#include "database/launch.hpp"
#include "database/server_folder.hpp"

namespace gauger::database {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using base::ErrorKind;
using base::Result;

constexpr auto longest_start = 60s;

std::vector<fs::path> temporary_folders(const fs::path& given) {
  if (!given.empty()) {
    return {given};
  }
  std::vector<fs::path> result;
  const char* variable = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe)
  if (variable != nullptr && fs::path(variable).is_absolute()) {
    result.emplace_back(variable);
  }
  result.emplace_back("/tmp");
  return result;
}

// UTF-8 without a language's rules, which every glibc since 2.35 and Debian's older ones have.
std::string server_locale() {
  const locale_t locale = ::newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) {
    return "C";
  }
  ::freelocale(locale);
  return "C.UTF-8";
}

std::string tail_of(const fs::path& file, std::size_t bytes) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  const std::string all = text.str();
  return all.substr(all.size() - std::min(bytes, all.size()));
}

tl::unexpected<base::Error> failed(std::string_view what, const fs::path& log) {
  return base::failure({.kind = ErrorKind::database,
                        .message = fmt::format("{}; it said:\n{}", what, tail_of(log, 2000))});
}

int exit_status(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<std::string> initdb_command(const fs::path& binaries, const fs::path& folder) {
  return {binaries / "initdb",   "--pgdata=" + (folder / "data").string(),
          "--username=postgres", "--auth=trust",
          "--encoding=UTF8",     "--locale=" + server_locale(),
          "--lc-messages=C",     "--no-sync"};
}

std::vector<std::string> postgres_command(const fs::path& binaries, const fs::path& folder) {
  std::vector<std::string> command = {binaries / "postgres", "-D", folder / "data"};
  for (const std::string& setting :
       {// One way in.
        std::string("listen_addresses="), std::string("port=5432"),
        "unix_socket_directories=" + folder.string(), std::string("unix_socket_permissions=0700"),
        // Nobody needs it after a crash, and nothing of it lies outside the folder.
        std::string("fsync=off"), std::string("synchronous_commit=off"),
        std::string("full_page_writes=off"), std::string("shared_buffers=32MB"),
        std::string("dynamic_shared_memory_type=mmap"), std::string("checkpoint_timeout=1h"),
        std::string("max_wal_size=1GB"),
        // Its locks and its load would be measured with the migrations'.
        std::string("autovacuum=off"),
        // All revisions in one transaction may touch each table of a large schema.
        std::string("max_locks_per_transaction=512"),
        // The same on every machine: a change between timestamp types depends on the zone.
        std::string("timezone=UTC"), std::string("log_timezone=UTC"),
        std::string("datestyle=iso, mdy"), std::string("logging_collector=off"),
        std::string("log_destination=stderr")}) {
    command.emplace_back("-c");
    command.push_back(setting);
  }
  return command;
}

// postmaster.pid's eighth line is the server's state (miscadmin.h, LOCK_FILE_LINE_PM_STATUS).
bool is_ready(const fs::path& data) {
  std::ifstream stream(data / "postmaster.pid");
  std::string line;
  for (int number = 0; number < 8; ++number) {
    if (!std::getline(stream, line)) {
      return false;
    }
  }
  return line.compare(0, 5, "ready") == 0;
}

// What the keeper's process knows.
struct Run {
  fs::path folder{};
  std::optional<pid_t> postmaster{};
};

// "folder\nmajor version\nprocess".
Result<std::string> make(const fs::path& binaries, const std::vector<fs::path>& temporary,
                         Run& run) {
  if (auto left = leave_root(); !left) {
    return base::failure(std::move(left.error()));
  }
  for (const fs::path& place : temporary) {
    sweep_server_folders(place);
  }
  Result<fs::path> folder = make_server_folder(temporary);
  if (!folder) {
    return folder.map([](const fs::path& path) { return path.string(); });
  }
  run.folder = *folder;
  if (::chdir(folder->c_str()) != 0) {
    return failed("cannot enter the server's folder", *folder / "log");
  }
  const fs::path log = *folder / "log";
  const Result<pid_t> initdb = launch(initdb_command(binaries, *folder), log, SIGKILL);
  if (!initdb) {
    return base::failure(initdb.error());
  }
  if (exit_status(*initdb) != 0) {
    return failed("initdb has failed", log);
  }
  const Result<pid_t> postgres = launch(postgres_command(binaries, *folder), log, SIGQUIT);
  if (!postgres) {
    return base::failure(postgres.error());
  }
  run.postmaster = *postgres;
  const auto until = std::chrono::steady_clock::now() + longest_start;
  while (!is_ready(*folder / "data")) {
    if (::waitpid(*postgres, nullptr, WNOHANG) != 0) {
      run.postmaster.reset();
      return failed("postgres has ended at its start", log);
    }
    if (std::chrono::steady_clock::now() > until) {
      return failed("postgres does not become ready", log);
    }
    std::this_thread::sleep_for(5ms);
  }
  std::string major;
  std::ifstream(*folder / "data" / "PG_VERSION") >> major;
  return fmt::format("{}\n{}\n{}", folder->string(), major, *postgres);
}

void undo(const Run& run) {
  if (run.postmaster) {
    ::kill(*run.postmaster, SIGQUIT);
    // Its children notice its end; remove_server_folder() waits for them.
    for (int i = 0; i < 500 && ::waitpid(*run.postmaster, nullptr, WNOHANG) == 0; ++i) {
      std::this_thread::sleep_for(10ms);
    }
  }
  if (!run.folder.empty()) {
    (void)::chdir("/");
    remove_server_folder(run.folder);
  }
}

int to_number(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Result<Server> Server::start(const ServerOptions& options) {
  const Result<fs::path> binaries = find_binaries(options.binaries);
  if (!binaries) {
    return base::failure(binaries.error());
  }
  const std::vector<fs::path> temporary = temporary_folders(options.temporary);
  const auto run = std::make_shared<Run>();
  Result<Keeper> keeper =
      Keeper::start([&] { return make(*binaries, temporary, *run); }, [&] { undo(*run); });
  if (!keeper) {
    return base::failure(std::move(keeper.error()));
  }
  return Server(std::move(*keeper));
}

Server::Server(Keeper keeper) : keeper_(std::move(keeper)) {
  const std::string_view made = keeper_.made();
  const std::size_t process = made.rfind('\n');
  const std::size_t major = made.rfind('\n', process - 1);
  folder_ = made.substr(0, major);
  major_version_ = to_number(made.substr(major + 1));
  process_ = to_number(made.substr(process + 1));
}

std::string Server::dsn(std::string_view database, std::string_view driver) const {
  const std::string plain =
      fmt::format("postgresql://postgres@/postgres?host={}", folder_.string());
  return with_driver(with_database(plain, database), driver);
}

std::string Server::log_tail(std::size_t bytes) const { return tail_of(folder_ / "log", bytes); }

std::vector<fs::path> sweep_servers(const fs::path& temporary) {
  std::vector<fs::path> removed;
  // Under root its user's folders are swept as that user: a folder of theirs may hold anything.
  const Result<Keeper> keeper = Keeper::start(
      [&]() -> Result<std::string> {
        if (auto left = leave_root(); !left) {
          return base::failure(std::move(left.error()));
        }
        std::string paths;
        for (const fs::path& folder : sweep_server_folders(temporary)) {
          paths += folder.string() + "\n";
        }
        return paths;
      },
      [] {});
  if (keeper) {
    std::istringstream lines(keeper->made());
    for (std::string line; std::getline(lines, line);) {
      removed.emplace_back(line);
    }
  }
  return removed;
}

}  // namespace gauger::database
