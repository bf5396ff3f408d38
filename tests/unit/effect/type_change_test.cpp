#include "effect/type_change.hpp"

#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "effect/type_cast.hpp"
#include "effect/type_name.hpp"
#include "unit/effect/measured.hpp"
#include "unit/effect/replay.hpp"

namespace {

using gauger::catalog::Catalog;
using gauger::effect::casts_by_itself;
using gauger::effect::compare_types;
using gauger::effect::TypeChange;

Catalog with_types() {
  Catalog catalog;
  gauger::tests::replay(
      "create type mood as enum ('sad', 'ok'); create domain posint as int;"
      "create domain posint_c as int check (value > 0); create domain nnint as integer not null;"
      "create domain vctext as text; create domain above as posint_c",
      catalog);
  return catalog;
}

TypeChange expected(const std::string& measured) {
  if (measured == "rewrite") {
    return TypeChange::rewrite;
  }
  return measured == "none index" ? TypeChange::index_build : TypeChange::none;
}

TypeChange in_utc(const char* from, const char* to) {
  return compare_types(from, to, with_types(), true);
}

TypeChange with_using(const char* from, const char* to, const char* using_) {
  return compare_types(from, to, using_, "b", with_types(), std::nullopt);
}

}  // namespace

// type_changes_15.tsv: an empty table with an index on the column, for every pair of 65 types that
// PostgreSQL 15 casts by itself, with TimeZone at UTC and at Europe/Berlin.
TEST_CASE("effect::compare_types agrees with PostgreSQL 15") {
  const Catalog catalog = with_types();
  const auto rows = gauger::tests::read_rows("type_changes_15.tsv");
  REQUIRE(rows.size() == 1059);
  for (const auto& row : rows) {
    REQUIRE(row.size() == 3);
    INFO(fmt::format("{} -> {}", row[0], row[1]));
    if (row[2] == "none index in UTC, rewrite else") {
      CHECK(compare_types(row[0], row[1], catalog, true) == TypeChange::index_build);
      CHECK(compare_types(row[0], row[1], catalog, false) == TypeChange::rewrite);
      CHECK(compare_types(row[0], row[1], catalog, std::nullopt) == TypeChange::unless_utc);
    } else {
      for (const auto utc :
           {std::optional<bool>(true), std::optional<bool>(false), std::optional<bool>()}) {
        CHECK(compare_types(row[0], row[1], catalog, utc) == expected(row[2]));
      }
    }
  }
}

// type_casts.tsv: for each of 47 types those that ALTER COLUMN … TYPE takes its columns to without
// USING; all others it refuses.
TEST_CASE("effect::casts_by_itself agrees with PostgreSQL") {
  Catalog catalog;
  gauger::tests::replay("create type mood as enum ('a'); create type other as enum ('a')", catalog);
  const auto rows = gauger::tests::read_rows("type_casts.tsv");
  REQUIRE(rows.size() == 47);
  for (const auto& from : rows) {
    REQUIRE(from.size() == 2);
    for (const auto& to : rows) {
      INFO(fmt::format("{} -> {}", from[0], to[0]));
      const bool casts = (", " + from[1] + ", ").find(", " + to[0] + ", ") != std::string::npos;
      CHECK(casts_by_itself(from[0], to[0], catalog) == casts);
    }
  }
}

TEST_CASE("effect::casts_by_itself does not know all types") {
  const Catalog catalog = with_types();
  CHECK(casts_by_itself("varchar(20)", "timestamptz(3)", catalog) == false);
  CHECK(casts_by_itself("text", "mood", catalog) == false);
  CHECK(casts_by_itself("posint", "text", catalog) == std::nullopt);
  CHECK(casts_by_itself("text", "geometry", catalog) == std::nullopt);
  CHECK(casts_by_itself("bigint", "\"char\"", catalog) == std::nullopt);
}

TEST_CASE("effect::compare_types: spellings of SQL") {
  CHECK(in_utc("varchar(50)", "varchar(51)") == TypeChange::none);
  CHECK(in_utc("varchar(50)", "varchar(49)") == TypeChange::rewrite);
  CHECK(in_utc("int4", "integer") == TypeChange::none);
  CHECK(in_utc("int", "int8") == TypeChange::rewrite);
  CHECK(in_utc("decimal(8)", "numeric(10,0)") == TypeChange::none);
  CHECK(in_utc("numeric(10,2)", "numeric(11,3)") == TypeChange::rewrite);
  CHECK(in_utc("timestamptz(3)", "timestamp with time zone") == TypeChange::none);
  CHECK(in_utc("pg_catalog.text", "varchar") == TypeChange::none);
  CHECK(in_utc("float(24)", "real") == TypeChange::none);
  CHECK(in_utc("char", "character(1)") == TypeChange::none);
}

TEST_CASE("effect::compare_types: what is not known") {
  CHECK(in_utc("citext", "citext") == TypeChange::none);
  CHECK(in_utc("text", "citext") == TypeChange::unknown);
  CHECK(in_utc("", "text") == TypeChange::unknown);
  CHECK(in_utc("text", "") == TypeChange::unknown);
  CHECK(in_utc("app.mood", "text") == TypeChange::unknown);
}

TEST_CASE("effect::compare_types: USING") {
  CHECK(with_using("varchar(50)", "text", "b::text") == TypeChange::none);
  CHECK(with_using("varchar(50)", "text", "(b)") == TypeChange::none);
  CHECK(with_using("varchar(50)", "text", "t.b") == TypeChange::none);
  CHECK(with_using("varchar(50)", "text", "CAST(b AS varchar)") == TypeChange::none);
  CHECK(with_using("varchar(50)", "text", "b COLLATE \"C\"") == TypeChange::none);
  CHECK(with_using("text", "text", "b::varchar(10)::text") == TypeChange::rewrite);
  CHECK(with_using("varchar(50)", "text", "c::text") == TypeChange::rewrite);
  CHECK(with_using("varchar(50)", "text", "upper(b)") == TypeChange::rewrite);
  CHECK(with_using("varchar(50)", "text", "b || ''") == TypeChange::rewrite);
  CHECK(with_using("varchar(50)", "text", "'b'") == TypeChange::rewrite);
  CHECK(with_using("mood", "mood", "b::text::mood") == TypeChange::rewrite);
  CHECK(with_using("varchar(50)", "text", "gauger_hole") == TypeChange::unknown);
  CHECK(with_using("varchar(50)", "text", "b::") == TypeChange::unknown);
  CHECK(with_using("timestamp", "timestamptz", "b::timestamptz") == TypeChange::unless_utc);
  CHECK(with_using("timestamp", "timestamptz", "b AT TIME ZONE 'UTC'") == TypeChange::rewrite);
}

TEST_CASE("effect::is_constrained_domain") {
  const Catalog catalog = with_types();
  using gauger::effect::is_constrained_domain;
  CHECK(is_constrained_domain("posint_c", catalog) == std::optional(true));
  CHECK(is_constrained_domain("public.posint_c", catalog) == std::optional(true));
  CHECK(is_constrained_domain("nnint", catalog) == std::optional(true));
  CHECK(is_constrained_domain("above", catalog) == std::optional(true));
  CHECK(is_constrained_domain("posint", catalog) == std::optional(false));
  CHECK(is_constrained_domain("integer", catalog) == std::optional(false));
  CHECK(is_constrained_domain("mood", catalog) == std::optional(false));
  CHECK(is_constrained_domain("citext", catalog) == std::nullopt);
}

TEST_CASE("effect::parse_type") {
  const auto parts = gauger::effect::parse_type("Character Varying(50)[]");
  CHECK(parts.base == "character varying");
  CHECK(parts.modifiers == std::vector<int>{50});
  CHECK(parts.array);
  CHECK(parts.builtin);
  CHECK(gauger::effect::parse_type("interval day to second(3)").fields == "day to second");
  CHECK(gauger::effect::parse_type("timestamp(3) with time zone").base ==
        "timestamp with time zone");
  CHECK(gauger::effect::parse_type("app.\"Mood\"").base == "app.\"Mood\"");
  CHECK_FALSE(gauger::effect::parse_type("app.mood").builtin);
  CHECK(gauger::effect::parse_type("(((").base.empty());
}
