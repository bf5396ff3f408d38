#include "tools/smoke/dump.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/process.hpp"
#include "database/dsn.hpp"
#include "database/server.hpp"
#include "tools/smoke/plain_dump.hpp"

namespace gauger::tools {
namespace {

using base::Result;
namespace fs = std::filesystem;

enum class Kind : std::uint8_t { plain, archive };

tl::unexpected<base::Error> unusable(const fs::path& file, std::string_view why,
                                     std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::usage,
                        .message = fmt::format("--from-dump {}: {}", file.string(), why),
                        .help = std::move(help)});
}

// A command for psql would lead to another database, whoever's it is, or run a shell.
Result<void> check_plain(const fs::path& file, std::istream& stream) {
  const PlainDump dump = read_plain_dump(stream);
  if (dump.command.starts_with("\\c")) {
    return unusable(file, "it connects to a database of its own",
                    "make it without --create (pg_dump -C)");
  }
  if (!dump.command.empty()) {
    return unusable(file,
                    fmt::format("it has what pg_dump does not write for psql: {}", dump.command));
  }
  if (!dump.complete) {
    return unusable(file,
                    "it does not end as pg_dump ends a dump: it is cut off, or was not made by "
                    "pg_dump");
  }
  return {};
}

Result<Kind> kind_of(const fs::path& file) {
  std::error_code none;
  if (fs::is_directory(file, none)) {
    if (fs::exists(file / "toc.dat", none)) {
      return Kind::archive;
    }
    return unusable(file, "this folder is no dump: it has no toc.dat");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return unusable(file, "it cannot be read");
  }
  std::array<char, 5> magic{};
  stream.read(magic.data(), magic.size());
  const std::string_view begin(magic.data(), static_cast<std::size_t>(stream.gcount()));
  if (begin == "PGDMP") {
    return Kind::archive;
  }
  if (begin.starts_with("\x1f\x8b")) {
    return unusable(file, "it is compressed", "gunzip it first");
  }
  constexpr std::streamoff tar_magic = 257;
  std::array<char, 5> tar{};
  stream.clear();
  stream.seekg(tar_magic);
  stream.read(tar.data(), tar.size());
  if (std::string_view(tar.data(), static_cast<std::size_t>(stream.gcount())) == "ustar") {
    return Kind::archive;
  }
  stream.clear();
  stream.seekg(0);
  if (auto checked = check_plain(file, stream); !checked) {
    return base::failure(std::move(checked.error()));
  }
  return Kind::plain;
}

// In the server's folder, else wherever PATH has it.
std::string program(std::string_view name, const fs::path& given) {
  if (const auto folder = database::find_binaries(given)) {
    std::error_code none;
    if (const fs::path path = *folder / name; fs::exists(path, none)) {
      return path.string();
    }
  }
  return std::string(name);
}

// Messages that say nothing of the dump: roles of another server, and what every database has.
bool is_of_no_concern(std::string_view message) {
  const auto has = [&](std::string_view text) {
    return message.find(text) != std::string_view::npos;
  };
  return (has("role \"") && has("does not exist")) || has("schema \"public\" already exists") ||
         has("must be owner of") || has("unrecognized configuration parameter");
}

// The first that is of concern.
std::optional<std::string> first_error(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool error = line.find("ERROR:") != std::string_view::npos ||
                       line.find("FATAL:") != std::string_view::npos ||
                       line.find(": error: ") != std::string_view::npos;
    if (error && !is_of_no_concern(line)) {
      return std::string(line);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<void> restore(const database::ScratchDatabase& database, const DumpOptions& options) {
  const auto kind = kind_of(options.file);
  if (!kind) {
    return base::failure(kind.error());
  }
  auto keywords = database::read_dsn(database.dsn());
  if (!keywords) {
    return base::failure(std::move(keywords.error()));
  }
  alembic::Environment environment = options.environment;
  // Everybody may read another's arguments.
  database::ConnectionKeywords shown;
  for (const auto& [name, value] : keywords->values) {
    if (name == "password") {
      environment["PGPASSWORD"] = value;
    } else {
      shown.values.emplace_back(name, value);
    }
  }
  std::vector<std::string> arguments;
  if (*kind == Kind::plain) {
    arguments = {program("psql", options.binaries),
                 "-X",
                 "-q",
                 "-f",
                 options.file.string(),
                 "-d",
                 shown.text()};
  } else {
    arguments = {program("pg_restore", options.binaries),
                 "--no-owner",
                 "--no-privileges",
                 "-d",
                 shown.text(),
                 options.file.string()};
  }
  const base::Command command{.arguments = std::move(arguments),
                              .environment = std::move(environment),
                              .deadline = std::chrono::hours(1)};
  const auto finished = base::run(command);
  if (!finished) {
    base::Error error = finished.error();
    if (base::program_not_found(command)) {
      error.help = "sudo apt-get install postgresql-client, or --postgres-bin DIR";
    }
    return base::failure(std::move(error));
  }
  if (const auto message = first_error(finished->errors)) {
    return base::failure(
        {.kind = base::ErrorKind::database,
         .message = fmt::format("{} cannot be restored: {}", options.file.string(), *message)});
  }
  // An error of psql itself ends it with 2, statements that fail with 0; pg_restore counts those.
  if (*kind == Kind::plain && finished->status != 0) {
    return base::failure({.kind = base::ErrorKind::database,
                          .message = fmt::format("{} cannot be restored: psql ended with {}",
                                                 options.file.string(), finished->status),
                          .help = finished->errors});
  }
  return {};
}

}  // namespace gauger::tools
