#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/server.hpp"

namespace gauger::database {
namespace {

namespace fs = std::filesystem;

bool has_server(const fs::path& folder) {
  return ::access((folder / "initdb").c_str(), X_OK) == 0 &&
         ::access((folder / "postgres").c_str(), X_OK) == 0;
}

// Where packages put them: a folder for each major version, newest first.
std::vector<fs::path> packaged() {
  std::vector<std::pair<int, fs::path>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {  // Debian
    const std::string name = entry.path().filename();
    int major = 0;
    std::from_chars(name.data(), name.data() + name.size(), major);
    found.emplace_back(-major, entry.path() / "bin");
  }
  for (const auto& entry : fs::directory_iterator("/usr", ignored)) {  // Red Hat: /usr/pgsql-16
    const std::string name = entry.path().filename();
    constexpr std::string_view prefix = "pgsql-";
    if (name.compare(0, prefix.size(), prefix) == 0) {
      int major = 0;
      std::from_chars(name.data() + prefix.size(), name.data() + name.size(), major);
      found.emplace_back(-major, entry.path() / "bin");
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<fs::path> result;
  result.reserve(found.size());
  for (auto& [order, folder] : found) {
    result.push_back(std::move(folder));
  }
  return result;
}

std::vector<fs::path> on_path() {
  std::vector<fs::path> result;
  const char* variable = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  std::string_view path = variable == nullptr ? "" : variable;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const fs::path folder = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (!folder.is_absolute()) {
      continue;
    }
    result.push_back(folder);
    // A link to initdb alone leads to the rest.
    std::error_code none;
    const fs::path real = fs::canonical(folder / "initdb", none);
    if (!none) {
      result.push_back(real.parent_path());
    }
  }
  return result;
}

}  // namespace

base::Result<fs::path> find_binaries(const fs::path& given) {
  std::error_code none;
  if (!given.empty()) {
    if (has_server(given)) {
      return fs::absolute(given, none);
    }
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("there are no initdb and postgres in {}", given.string())});
  }
  std::vector<fs::path> candidates = on_path();
  for (fs::path& folder : packaged()) {
    candidates.push_back(std::move(folder));
  }
  const auto found = std::find_if(candidates.begin(), candidates.end(), has_server);
  if (found == candidates.end()) {
    return base::failure({.kind = base::ErrorKind::database,
                          .message = "there is no PostgreSQL server on this machine: neither on "
                                     "PATH nor in /usr/lib/postgresql",
                          .help = "sudo apt-get install postgresql"});
  }
  return *found;
}

}  // namespace gauger::database
