// Predictions against servers: 212 statements on PostgreSQL 12 to 18 (postgres_truth.tsv), and
// another 237 on PostgreSQL 15 (effects_15.tsv), on the schema of postgres_truth_base.sql.
#include <algorithm>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/effect/measured.hpp"

namespace {

using gauger::catalog::Catalog;
using gauger::effect::Session;
using gauger::tests::Outcome;

constexpr int first_major = 12;
constexpr std::size_t majors = 7;
constexpr std::size_t first_line = 2;  // of the file

// What was done before a statement and is not in its row. Some were measured on the schema without
// its views: with them each is "cannot alter type of a column used by a view".
std::string given_of(std::size_t line, const std::string& given) {
  constexpr std::size_t first_without_views = 125;
  constexpr std::size_t last_without_views = 136;
  if (given == "begin_add") {
    return "alter type mood add value 'great'";
  }
  if (first_without_views <= line && line <= last_without_views) {
    return "drop view vw; drop materialized view mv; " + given;
  }
  return given;
}

// What is not predicted as it was measured, and why.
struct Exception {
  const char* statement;
  const char* reason;
};
constexpr Exception exceptions[] = {
    {"insert into part values (1,'a')", "which partition is locked depends on the row"},
    {"alter table t add column x int default fv()",
     "the body of an SQL function can take the call's place; a catalog has no bodies"},
    {"alter view vw owner to postgres", "the settings of a view are no operation"},
    {"drop statistics st", "the catalog has no extended statistics"},
};

bool is_excepted(const std::string& statement) {
  return std::any_of(std::begin(exceptions), std::end(exceptions),
                     [&](const Exception& each) { return statement == each.statement; });
}

}  // namespace

TEST_CASE("effect::predict agrees with PostgreSQL 12 to 18") {
  const auto rows = gauger::tests::read_rows("postgres_truth.tsv");
  REQUIRE(rows.size() == 212);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    REQUIRE(row.size() == 3 + majors);
    for (std::size_t j = 0; j < majors; ++j) {
      const int major = first_major + static_cast<int>(j);
      const std::string& cell = row[3 + j];
      const std::string given = given_of(i + first_line, row[1]);
      INFO(fmt::format("line {}, PostgreSQL {}: {}: {}", i + first_line, major, given, row[2]));
      Catalog catalog = gauger::tests::base_catalog();
      Session session{.postgres_version = major};
      const Outcome setup = gauger::tests::predict(given, catalog, session);
      if (cell.starts_with("SETUP-ERR")) {
        CHECK(setup.fails);
        continue;
      }
      CHECK_FALSE(setup.fails);
      const Outcome predicted = gauger::tests::predict(row[2], catalog, session);
      CHECK(gauger::tests::compare(cell, row[2], predicted) == "");
    }
  }
}

TEST_CASE("effect::predict agrees with PostgreSQL 15 on more") {
  const auto rows = gauger::tests::read_rows("effects_15.tsv");
  REQUIRE(rows.size() == 237);
  for (const auto& row : rows) {
    REQUIRE(row.size() == 3);
    INFO(fmt::format("{}: {}", row[0], row[1]));
    Catalog catalog = gauger::tests::base_catalog();
    Session session{.postgres_version = 15};
    CHECK_FALSE(gauger::tests::predict(row[0], catalog, session).fails);
    const Outcome predicted = gauger::tests::predict(row[1], catalog, session);
    // An exception that is no longer needed has to go.
    const std::string difference = gauger::tests::compare(row[2], row[1], predicted);
    INFO(difference);
    CHECK(difference.empty() != is_excepted(row[1]));
  }
}
