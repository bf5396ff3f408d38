// The catalog that a replay gives is the one that the server has, after every statement.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/apply.hpp"
#include "catalog/diff.hpp"
#include "catalog/render.hpp"
#include "database/connection.hpp"
#include "database/read_catalog.hpp"
#include "live.hpp"
#include "migration/from_sql.hpp"

using namespace gauger;
using database::Connection;
using live::must;
namespace fs = std::filesystem;

namespace {

struct Case {
  std::string name;
  std::vector<std::string> statements;
};

// "-- case <name>" begins each; a statement is a line. One that ends in " -- from 14" is left out
// where the server is older, which has no such statement.
std::vector<Case> read_cases(const fs::path& file) {
  constexpr std::string_view begin = "-- case ";
  constexpr std::string_view from = " -- from ";
  const int server = must(Connection::open(live::server().dsn())).server_version() / 10000;
  std::vector<Case> cases;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(begin)) {
      cases.push_back({file.stem().string() + ": " + line.substr(begin.size()), {}});
    } else if (!line.empty()) {
      REQUIRE(!cases.empty());
      const std::size_t at = line.find(from);
      if (at == std::string::npos || std::stoi(line.substr(at + from.size())) <= server) {
        cases.back().statements.push_back(line.substr(0, at));
      }
    }
  }
  return cases;
}

// A replay beside the server, which starts empty.
class Replay {
 public:
  Replay() : connection_(must(Connection::open(live::server().dsn()))) {
    must(connection_.query("SET client_min_messages = error"));
    for (const auto& row : must(connection_.query(
             "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname "
             "<> 'information_schema'"))) {
      must(connection_.query("DROP SCHEMA " + row[0].value() + " CASCADE"));
    }
    must(connection_.query("CREATE SCHEMA public"));
  }

  // False, and nothing is replayed, where the server refuses the statement.
  bool run(const std::string& statement) {
    const auto done = connection_.query(statement);
    if (!done) {
      failure_ = done.error().message;
      return false;
    }
    std::vector<migration::Operation> operations;
    migration::append_sql(statement, {}, operations);
    for (const migration::Operation& operation : operations) {
      catalog::apply(operation, catalog_);
    }
    return true;
  }

  catalog::Catalog read() { return must(database::read_catalog(connection_)); }

  std::vector<std::string> differences() {
    std::vector<std::string> lines;
    for (const catalog::Difference& difference :
         catalog::diff(catalog_, read(), catalog::Compare::what_a_replay_knows)) {
      lines.push_back(display(difference));
    }
    return lines;
  }

  [[nodiscard]] const catalog::Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }

 private:
  Connection connection_;
  catalog::Catalog catalog_;
  std::string failure_;
};

// Statements at random, about what is there and what is not. Many are refused.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string statement(const catalog::Catalog& catalog) {
    catalog_ = &catalog;
    const std::string table = any_table();
    const std::string column = any_column(table);
    const std::string alter = "ALTER TABLE " + table + " ";
    switch (pick(34)) {
      case 0:
      case 1:
        return create_table();
      case 2:
        return "DROP TABLE " + table + (chance(2) ? " CASCADE" : "");
      case 3:
        return alter + "RENAME TO " + new_name("t");
      case 4:
        return alter + "ADD COLUMN " + column_definition();
      case 5:
        return alter + "DROP COLUMN " + column + (chance(2) ? " CASCADE" : "");
      case 6:
        return alter + "RENAME COLUMN " + column + " TO " + new_name("c");
      case 7:
        return alter + "ALTER COLUMN " + column + " TYPE " + type() + " USING NULL";
      case 8:
        return alter + "ALTER COLUMN " + column + (chance(2) ? " SET" : " DROP") + " NOT NULL";
      case 9:
        return alter + "ALTER COLUMN " + column +
               (chance(2) ? " SET DEFAULT NULL" : " DROP DEFAULT");
      case 10:
        return alter + "ALTER COLUMN " + column +
               (chance(2) ? " ADD GENERATED ALWAYS AS IDENTITY" : " DROP IDENTITY IF EXISTS");
      case 11:
      case 12:
        return alter + "ADD " + name_constraint() + constraint(table);
      case 13:
        return alter + "DROP CONSTRAINT " + any_constraint(table) + (chance(2) ? " CASCADE" : "");
      case 14:
        return alter + "VALIDATE CONSTRAINT " + any_constraint(table);
      case 15:
        return alter + "RENAME CONSTRAINT " + any_constraint(table) + " TO " + new_name("k");
      case 16:
      case 17:
      case 18:
        return create_index(table);
      case 19:
        return "DROP INDEX " + any_index(table) + (chance(2) ? " CASCADE" : "");
      case 20:
        return "ALTER INDEX " + any_index(table) + " RENAME TO " + new_name("i");
      case 21:
        return alter + "ADD " + name_constraint() + (chance(2) ? "UNIQUE" : "PRIMARY KEY") +
               " USING INDEX " + any_index(table);
      case 22:
        return fmt::format("CREATE TABLE {} PARTITION OF {} {}", new_name("t"), table,
                           chance(3) ? "DEFAULT" : partition_bounds());
      case 23:
        return fmt::format("{}DETACH PARTITION {}", alter, any_table());
      case 24:
        return fmt::format("{}ATTACH PARTITION {} {}", alter, any_table(), partition_bounds());
      case 25:
        return fmt::format("CREATE TABLE {} ({}) INHERITS ({})", new_name("t"), column_definition(),
                           table);
      case 26:
        return alter + (chance(2) ? "INHERIT " : "NO INHERIT ") + any_table();
      case 27:
        return fmt::format("CREATE VIEW {} AS SELECT {} FROM {}", new_name("v"), column, table);
      case 28:
        return chance(2) ? "CREATE TYPE " + new_name("e") + " AS ENUM ('a', 'b')"
                         : "ALTER TYPE " + any_enum() + " ADD VALUE '" + new_name("l") + "'";
      case 29:
        return "ALTER TYPE " + any_enum() + " RENAME TO " + new_name("e");
      case 30:
        return "DROP TYPE " + any_enum() + (chance(2) ? " CASCADE" : "");
      case 31:
        return alter + "SET SCHEMA " + (chance(2) ? "app" : "public");
      case 32:
        return chance(2) ? "CREATE SCHEMA app" : "CREATE SEQUENCE " + new_name("s");
      default:
        return fmt::format("CREATE TABLE {} ({} int NOT NULL, {} int) PARTITION BY RANGE ({})",
                           new_name("t"), "k", new_name("c"), "k");
    }
  }

 private:
  std::size_t pick(std::size_t below) { return below == 0 ? 0 : random_() % below; }
  bool chance(std::size_t in) { return pick(in) == 0; }
  // Often one that is taken.
  std::string new_name(std::string_view kind) { return fmt::format("{}{}", kind, pick(12)); }

  std::string any_table() {
    if (catalog_->tables.empty()) {
      return "nowhere";
    }
    auto at = catalog_->tables.begin();
    std::advance(at, pick(catalog_->tables.size()));
    return at->first.schema + "." + at->first.name;
  }
  const catalog::Table* find(const std::string& table) {
    const std::size_t dot = table.find('.');
    const auto found = dot == std::string::npos
                           ? catalog_->tables.end()
                           : catalog_->tables.find({table.substr(0, dot), table.substr(dot + 1)});
    return found == catalog_->tables.end() ? nullptr : &found->second;
  }
  template <class T>
  std::string any_of(const std::string& table, std::vector<T> catalog::Table::*things) {
    const catalog::Table* found = find(table);
    return found == nullptr || (found->*things).empty()
               ? "nothing"
               : (found->*things)[pick((found->*things).size())].name;
  }
  std::string any_column(const std::string& table) {
    return any_of(table, &catalog::Table::columns);
  }
  std::string any_constraint(const std::string& table) {
    return any_of(table, &catalog::Table::constraints);
  }
  // Without its schema, for USING INDEX.
  std::string any_index(const std::string& table) {
    return any_of(table, &catalog::Table::indexes);
  }
  std::string any_enum() {
    if (catalog_->enums.empty()) {
      return "nothing";
    }
    auto at = catalog_->enums.begin();
    std::advance(at, pick(catalog_->enums.size()));
    return at->first.name;
  }
  std::string type() {
    const std::vector<std::string> types{"int",         "bigint",     "text",
                                         "varchar(20)", "numeric(8)", "date",
                                         "timestamptz", "int[]",      any_enum()};
    return types[pick(types.size())];
  }
  std::string column_definition() {
    std::string text = new_name("c") + " " + (chance(5) ? "serial" : type());
    text += chance(3) ? " NOT NULL" : "";
    text += chance(6) ? " UNIQUE" : chance(8) ? " PRIMARY KEY" : "";
    text += chance(6) ? " REFERENCES " + any_table() : "";
    return text;
  }
  std::string create_table() {
    std::string text = fmt::format("CREATE TABLE {}{} (id int{}", chance(5) ? "app." : "",
                                   new_name("t"), chance(2) ? " PRIMARY KEY" : "");
    for (std::size_t i = pick(4); i > 0; --i) {
      text += ", " + column_definition();
    }
    text += chance(3) ? ", CHECK (id > 0)" : "";
    return text + ")";
  }
  std::string name_constraint() { return chance(2) ? "" : "CONSTRAINT " + new_name("k") + " "; }
  std::string constraint(const std::string& table) {
    switch (pick(4)) {
      case 0:
        return fmt::format("UNIQUE ({})", columns(table));
      case 1:
        return fmt::format("PRIMARY KEY ({})", columns(table));
      case 2:
        return fmt::format("CHECK ({} IS NOT NULL{}){}", any_column(table),
                           chance(2) ? " OR " + any_column(table) + " IS NULL" : "",
                           chance(2) ? " NOT VALID" : "");
      default:
        return fmt::format("FOREIGN KEY ({}) REFERENCES {}{}{}", any_column(table), any_table(),
                           chance(2) ? " ON DELETE CASCADE" : "", chance(3) ? " NOT VALID" : "");
    }
  }
  std::string columns(const std::string& table) {
    return chance(2) ? any_column(table) : any_column(table) + ", " + any_column(table);
  }
  std::string create_index(const std::string& table) {
    return fmt::format("CREATE {}INDEX {} ON {}{} ({}){}{}", chance(2) ? "UNIQUE " : "",
                       chance(2) ? "" : new_name("i"), chance(6) ? "ONLY " : "", table,
                       chance(4) ? "(" + any_column(table) + " IS NULL)" : columns(table),
                       chance(4) ? " INCLUDE (" + any_column(table) + ")" : "",
                       chance(4) ? " WHERE " + any_column(table) + " IS NULL" : "");
  }
  std::string partition_bounds() {
    const std::size_t from = pick(8) * 10;
    return fmt::format("FOR VALUES FROM ({}) TO ({})", from, from + 10);
  }

  std::mt19937 random_;
  const catalog::Catalog* catalog_ = nullptr;
};

}  // namespace

TEST_CASE("catalog::apply makes what the server makes of every statement") {
  std::size_t statements = 0;
  for (const auto& entry : fs::directory_iterator(REPLAY_DATA)) {
    for (const Case& each : read_cases(entry.path())) {
      Replay replay;
      for (const std::string& statement : each.statements) {
        INFO(each.name, ": ", statement);
        REQUIRE_MESSAGE(replay.run(statement), replay.failure());
        const std::vector<std::string> differences = replay.differences();
        ++statements;
        CHECK_MESSAGE(differences.empty(), fmt::format("{}", fmt::join(differences, "\n")));
        if (!differences.empty()) {
          break;
        }
      }
    }
  }
  MESSAGE(statements, " statements");
  CHECK(statements > 250);
}

TEST_CASE("catalog::apply makes what the server makes of statements at random") {
  // More of them: GAUGER_REPLAY_SEEDS=200.
  const char* wanted = std::getenv("GAUGER_REPLAY_SEEDS");
  const auto seeds = static_cast<std::uint32_t>(wanted == nullptr ? 12 : std::atoi(wanted));
  std::size_t done = 0;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    Generator generator(seed);
    Replay replay;
    std::vector<std::string> history;
    for (int i = 0; i < 120; ++i) {
      const std::string statement = generator.statement(replay.catalog());
      if (!replay.run(statement)) {
        continue;
      }
      ++done;
      history.push_back(statement);
      const std::vector<std::string> differences = replay.differences();
      INFO("seed ", seed, ":\n", fmt::format("{}", fmt::join(history, ";\n")));
      CHECK_MESSAGE(differences.empty(), fmt::format("{}", fmt::join(differences, "\n")));
      if (!differences.empty()) {
        break;
      }
    }
  }
  MESSAGE(done, " statements");
  CHECK(done > seeds * 20);
}

TEST_CASE("catalog::diff proposes what makes one database like the other") {
  std::size_t differences = 0;
  for (const auto& entry : fs::directory_iterator(REPLAY_DATA)) {
    for (const Case& each : read_cases(entry.path())) {
      Replay whole;
      for (const std::string& statement : each.statements) {
        REQUIRE(whole.run(statement));
      }
      const catalog::Catalog expected = whole.read();
      for (const std::size_t half : {std::size_t{0}, each.statements.size() / 2}) {
        Replay replay;
        for (std::size_t i = 0; i < half; ++i) {
          REQUIRE(replay.run(each.statements[i]));
        }
        INFO(each.name, " from statement ", half);
        const auto found = catalog::diff(replay.read(), expected);
        differences += found.size();
        std::vector<std::string> run;
        for (const catalog::Difference& difference : found) {
          for (const std::string& statement : catalog::sql(difference)) {
            run.push_back(statement);
            INFO(display(difference), ": ", statement);
            CHECK_MESSAGE(replay.run(statement), replay.failure());
          }
        }
        INFO(fmt::format("{}", fmt::join(run, ";\n")));
        for (const catalog::Difference& left : catalog::diff(replay.read(), expected)) {
          FAIL_CHECK(display(left));
        }
      }
    }
  }
  MESSAGE(differences, " differences");
  CHECK(differences > 200);
}
