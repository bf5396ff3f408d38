#include "tools/db-nuke/fresh_database.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "database/connection.hpp"
#include "database/dsn.hpp"
#include "live/rewrite.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using database::Connection;
using database::quote_identifier;
using database::quote_literal;

// A session beside the database, since nobody may be in one that is renamed.
Result<Connection> open_beside(const std::string& dsn, const std::string& name) {
  return Connection::open(
      database::with_database(dsn, name == "postgres" ? "template1" : "postgres"));
}

Result<void> run(Connection& connection, const std::string& sql) {
  const auto done = connection.query(sql);
  if (!done) {
    return base::failure(done.error());
  }
  return {};
}

Result<void> rename(Connection& connection, const std::string& from, const std::string& to) {
  return run(connection, fmt::format("ALTER DATABASE {} RENAME TO {}", quote_identifier(from),
                                     quote_identifier(to)));
}

// Ends the other sessions that the condition names, and waits for that.
Result<void> end_sessions(Connection& connection, const std::string& condition) {
  const std::string sql = fmt::format(
      "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid <> "
      "pg_catalog.pg_backend_pid() AND {}",
      condition);
  constexpr int patience = 100;
  for (int tries = 0; tries < patience; ++tries) {
    const auto ended = connection.query(sql);
    if (!ended) {
      return base::failure(ended.error());
    }
    if (ended->empty()) {
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return {};  // what comes next says what is in its way
}

Result<bool> exists(Connection& connection, const std::string& name) {
  const auto rows =
      connection.query("SELECT FROM pg_catalog.pg_database WHERE datname = " + quote_literal(name));
  if (!rows) {
    return base::failure(rows.error());
  }
  return !rows->empty();
}

// CREATE DATABASE with what `like` has.
Result<std::string> creation(Connection& beside, const std::string& name, const std::string& like) {
  const int version = beside.server_version();
  constexpr int with_providers = 150000;
  constexpr int with_builtin = 170000;
  const std::string locale = version >= with_builtin     ? "datlocale"
                             : version >= with_providers ? "daticulocale"
                                                         : "NULL";
  const auto rows = beside.query(fmt::format(
      "SELECT pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype, "
      "pg_catalog.pg_get_userbyid(datdba), {}, {} FROM pg_catalog.pg_database WHERE "
      "datname = {}",
      version >= with_providers ? "datlocprovider" : "'c'", locale, quote_literal(like)));
  if (!rows) {
    return base::failure(rows.error());
  }
  const auto cell = [&](std::size_t i) { return rows->at(0).at(i).value_or(""); };
  std::string sql = fmt::format(
      "CREATE DATABASE {} TEMPLATE template0 OWNER {} ENCODING {} LC_COLLATE {} LC_CTYPE {}",
      quote_identifier(name), quote_identifier(cell(3)), quote_literal(cell(0)),
      quote_literal(cell(1)), quote_literal(cell(2)));
  if (cell(4) == "i") {
    sql += " LOCALE_PROVIDER icu ICU_LOCALE " + quote_literal(cell(5));
  } else if (cell(4) == "b") {
    sql += " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + quote_literal(cell(5));
  }
  return sql;
}

// ALTER DATABASE … SET of the old one. A session in it has them in force, and so no value has to be
// written as SQL.
Result<void> copy_settings(const std::string& dsn, const std::string& name,
                           const std::string& backup) {
  auto inside = Connection::open(database::with_database(dsn, backup));
  if (!inside) {
    return base::failure(std::move(inside.error()));
  }
  const auto rows = inside->query(
      "SELECT split_part(setting, '=', 1) FROM pg_catalog.pg_db_role_setting s JOIN "
      "pg_catalog.pg_database d ON d.oid = s.setdatabase, unnest(setconfig) setting WHERE "
      "setrole = 0 AND datname = current_database()");
  if (!rows) {
    return base::failure(rows.error());
  }
  for (const database::Row& row : *rows) {
    if (auto set = run(*inside, fmt::format("ALTER DATABASE {} SET {} FROM CURRENT",
                                            quote_identifier(name), row.at(0).value_or("")));
        !set) {
      return set;
    }
  }
  return {};
}

std::string variable(const project::Variables& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

bool is_local(std::string_view host) {
  return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
         host.starts_with("127.") || host == "::1";
}

// Within the server's 63 bytes.
std::string backup_name(const std::string& name, const std::string& number) {
  const std::string suffix = "_gauger_backup_" + live::backup_time() + number;
  std::string kept = name.substr(0, 63 - suffix.size());
  // Not in the middle of a character.
  while (!kept.empty() && kept.size() < name.size() &&
         (static_cast<unsigned char>(name[kept.size()]) & 0xC0U) == 0x80U) {
    kept.pop_back();
  }
  return kept + suffix;
}

}  // namespace

std::optional<std::string> local_host(const std::string& dsn,
                                      const project::Variables& environment) {
  const auto keywords = database::read_dsn(dsn);
  if (!keywords || !keywords->find("service").empty() ||
      !variable(environment, "PGSERVICE").empty()) {
    return std::nullopt;
  }
  std::string all;
  for (const auto& [keyword, name] : {std::pair("hostaddr", "PGHOSTADDR"), {"host", "PGHOST"}}) {
    std::string hosts(keywords->find(keyword));
    hosts = hosts.empty() ? variable(environment, name) : hosts;
    std::string_view rest = hosts;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      if (!is_local(rest.substr(0, end))) {
        return std::nullopt;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    all = all.empty() ? hosts : all;
  }
  return all.empty() ? "a local socket" : all;
}

Result<DatabaseFacts> look_at(const std::string& dsn, const project::Variables& environment) {
  DatabaseFacts facts{.host = local_host(dsn, environment).value_or("another machine")};
  auto connection = Connection::open(dsn);
  if (!connection) {
    return base::failure(std::move(connection.error()));
  }
  const auto about = connection->query(
      "SELECT current_database(), pg_catalog.pg_size_pretty("
      "pg_catalog.pg_database_size(current_database()))");
  const auto sessions = connection->query(
      "SELECT format('%s (user %s, process %s)', coalesce(nullif("
      "application_name, ''), 'a session'), usename, pid) FROM "
      "pg_catalog.pg_stat_activity WHERE datname = current_database() AND "
      "pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client "
      "backend' ORDER BY pid");
  if (!about || !sessions) {
    return base::failure(!about ? about.error() : sessions.error());
  }
  facts.name = about->at(0).at(0).value_or("");
  facts.size = about->at(0).at(1).value_or("");
  for (const database::Row& row : *sessions) {
    facts.sessions.push_back(row.at(0).value_or(""));
  }
  return facts;
}

Result<std::string> free_backup_name(const std::string& dsn, const std::string& name) {
  auto beside = open_beside(dsn, name);
  if (!beside) {
    return base::failure(std::move(beside.error()));
  }
  std::string backup = backup_name(name, "");
  for (int n = 2;; ++n) {
    const auto taken = exists(*beside, backup);
    if (!taken) {
      return base::failure(taken.error());
    }
    if (!*taken) {
      return backup;
    }
    backup = backup_name(name, fmt::format("_{}", n));
  }
}

Result<bool> restore_database(const std::string& dsn, const std::string& name,
                              const std::string& backup) {
  auto beside = open_beside(dsn, name);
  if (!beside) {
    return base::failure(std::move(beside.error()));
  }
  // A rename that is under way would come to its end after this.
  if (auto ended = end_sessions(*beside, "application_name = " + quote_literal(backup)); !ended) {
    return base::failure(std::move(ended.error()));
  }
  auto there = exists(*beside, backup);
  if (!there || !*there) {
    return there;
  }
  if (auto ended = end_sessions(
          *beside, fmt::format("datname IN ({}, {})", quote_literal(name), quote_literal(backup)));
      !ended) {
    return base::failure(std::move(ended.error()));
  }
  if (auto dropped = run(*beside, "DROP DATABASE IF EXISTS " + quote_identifier(name)); !dropped) {
    return base::failure(std::move(dropped.error()));
  }
  if (auto renamed = rename(*beside, backup, name); !renamed) {
    return base::failure(std::move(renamed.error()));
  }
  return true;
}

Result<void> replace_database(const std::string& dsn, const std::string& name,
                              const std::string& backup) {
  auto beside = open_beside(dsn, name);
  if (!beside) {
    return base::failure(std::move(beside.error()));
  }
  // What restore_database() knows this session by.
  if (auto named = run(*beside, "SET application_name = " + quote_literal(backup)); !named) {
    return named;
  }
  if (auto renamed = rename(*beside, name, backup); !renamed) {
    return renamed;
  }
  const auto sql = creation(*beside, name, backup);
  if (!sql) {
    return base::failure(sql.error());
  }
  if (auto created = run(*beside, *sql); !created) {
    return base::failure(std::move(created.error()));
  }
  return copy_settings(dsn, name, backup);
}

}  // namespace gauger::tools
