#include "tools/gauger/gauger.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <signal.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "cli/built_with.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "tools/gauger/executables.hpp"

namespace gauger::tools {
namespace {

struct Entry {
  std::string_view name;
  std::string_view question;
  int (*run)(int, const char* const*) = nullptr;  // null: an executable of the suite
};

// Every executable of the suite, whether this installation has it or not.
constexpr std::array<Entry, 19> entries{{
    {"check", "All static checks, in one report", run_check},
    {"init", "Write a gauger.toml for this project, with today's head as its baseline", run_init},
    {"doctor", "Which configuration, Python and database would be used, and why?", run_doctor},
    {"projects", "Which Alembic projects are in this folder and below it?", run_projects},
    {"hook", "Is what is staged in order, as far as migrations go?", run_hook},
    {"hooks-install", "Put that before each commit of this repository", run_hooks_install},
    {"makefile", "Where is the fragment with the make targets?", run_makefile},
    {"check-heads", "Does the history have one head, and can Alembic load it?"},
    {"check-linear-history", "Is the history a single chain, ordered by Create Date?"},
    {"migration-lint", "Does what the migrations do follow the team's policy?"},
    {"pr-migration-count", "Does the pull request bring the one migration that it needs?"},
    {"smoke", "Do the migrations run on PostgreSQL, and what do they lock?"},
    {"drift", "Do models, migrations and database agree?"},
    {"seed-data-check", "Are the required reference rows there?"},
    {"migrate", "Upgrade to head, one migrator at a time"},
    {"migration-auto", "Make, check and apply a migration from the models"},
    {"migration-squash", "Make one migration of those that the base branch does not have"},
    {"run-seeds", "Run the seed scripts that have not run"},
    {"db-nuke", "Start again with an empty local database"},
}};

const Entry* find_entry(std::string_view name) {
  const auto* entry = std::find_if(entries.begin(), entries.end(),
                                   [&](const Entry& each) { return each.name == name; });
  return entry == entries.end() ? nullptr : entry;
}

// Becomes that executable; comes back only where it cannot.
base::Error run_executable(std::string_view tool, const char* const* argv) {
  if (const auto path = find_tool(tool)) {
    ::signal(SIGPIPE, SIG_DFL);
    std::vector<std::string> words{*path};
    for (const char* const* word = argv + 1; *word != nullptr; ++word) {
      words.emplace_back(*word);
    }
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) {
      pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    ::execv(path->c_str(), pointers.data());
    return {.kind = base::ErrorKind::environment,
            .message = fmt::format("cannot run {}: {}", *path,
                                   std::strerror(errno))};  // NOLINT(concurrency-mt-unsafe)
  }
  return {.kind = base::ErrorKind::environment,
          .message = fmt::format("{} is not installed", tool),
          .help = fmt::format("looked for {}", fmt::join(tool_candidates(tool), " and "))};
}

bool is_installed(const Entry& entry) {
  return entry.run != nullptr || find_tool(entry.name).has_value();
}

base::Error unknown(std::string_view word) {
  std::vector<std::string_view> known{"--help", "--version"};
  for (const Entry& entry : entries) {
    known.push_back(entry.name);
  }
  const auto meant = base::nearest(word, std::span<const std::string_view>(known));
  return {.kind = base::ErrorKind::usage,
          .message = fmt::format("there is no '{}'", word),
          .help = meant ? fmt::format("did you mean gauger {}?", *meant) : ""};
}

std::string help() {
  std::string text =
      "Checks the Alembic migrations of a Python project.\n"
      "\n"
      "usage: gauger <tool> [options]\n"
      "\n";
  for (const Entry& entry : entries) {
    text += fmt::format("  {:22}{}{}\n", entry.name, entry.question,
                        is_installed(entry) ? "" : " (not installed)");
  }
  return text +
         "\n"
         "`gauger <tool> --help` lists a tool's options.\n";
}

int run(int argc, const char* const* argv) {
  if (argc < 2) {
    cli::write_stderr(help());
    return cli::exit_not_checked;
  }
  const std::string_view word = argv[1];
  if (word == "--help" || word == "-h" || word == "help") {
    return cli::print(help());
  }
  if (word == "--version") {
    return cli::print(fmt::format("gauger {}\nbuilt with {}\n", cli::version, cli::built_with));
  }
  const Entry* entry = find_entry(word);
  if (entry == nullptr) {
    return cli::refuse("gauger", unknown(word));
  }
  if (entry->run != nullptr) {
    return entry->run(argc - 1, argv + 1);
  }
  return cli::refuse("gauger", run_executable(entry->name, argv + 1));
}

}  // namespace

int run_gauger(int argc, const char* const* argv) {
  return cli::guarded("gauger", [&] { return run(argc, argv); });
}

}  // namespace gauger::tools
