#include "effect/volatility.hpp"

#include <optional>
#include <string_view>

#include <doctest/doctest.h>

#include "unit/effect/replay.hpp"

namespace {

using gauger::effect::is_volatile;

gauger::catalog::Catalog with_functions() {
  gauger::catalog::Catalog catalog;
  gauger::tests::replay(
      "create function fv() returns int language sql as 'select 1';"
      "create function fs() returns int stable language sql as 'select 1';"
      "create function app.fi() returns int immutable language sql as 'select 1'",
      catalog);
  using gauger::migration::Volatility;
  catalog.functions.push_back({.name = {"public", "two"}, .volatility = Volatility::immutable});
  catalog.functions.push_back({.name = {"public", "two"}, .volatility = Volatility::volatile_});
  return catalog;
}

std::optional<bool> of(const char* expression) { return is_volatile(expression, with_functions()); }

}  // namespace

TEST_CASE("effect::is_volatile: volatile functions") {
  for (const char* expression :
       {"random()", "clock_timestamp()", "gen_random_uuid()", "nextval('s')", "timeofday()",
        "pg_catalog.random()", "public.gen_random_uuid()", "uuid_generate_v4()", "uuidv7()",
        "(random() * 10)::int", "coalesce(NULL, RANDOM())", "lower(md5(random()::text))", "fv()",
        "now() + random() * interval '1 day'", "array[random()]",
        "case when true then random() end"}) {
    INFO(expression);
    CHECK(of(expression) == std::optional(true));
  }
}

TEST_CASE("effect::is_volatile: near misses") {
  for (const char* expression : {"now()",
                                 "CURRENT_TIMESTAMP",
                                 "current_timestamp(3)",
                                 "localtimestamp",
                                 "current_user",
                                 "current_date",
                                 "statement_timestamp()",
                                 "transaction_timestamp()",
                                 "txid_current()",
                                 "timezone('utc', now())",
                                 "now() AT TIME ZONE 'utc'",
                                 "'random()'",
                                 "'now()'::timestamp",
                                 "lower('A')",
                                 "5",
                                 "'{}'::jsonb",
                                 "array[1, 2]",
                                 "fs()",
                                 "app.fi()",
                                 "md5('x')",
                                 "to_char(now(), 'YYYY')",
                                 "date_trunc('day', now())",
                                 "jsonb_build_object()",
                                 "extract(year from now())",
                                 "current_setting('a')",
                                 "uuid_in('x')"}) {
    INFO(expression);
    const bool known = std::string_view(expression) != "uuid_in('x')";
    CHECK(of(expression) == (known ? std::optional(false) : std::nullopt));
  }
}

TEST_CASE("effect::is_volatile: what is not known") {
  CHECK(of("theirs()") == std::nullopt);
  CHECK(of("app.theirs()") == std::nullopt);
  CHECK(of("two(1)") == std::nullopt);
  CHECK(of("gauger_hole") == std::nullopt);
  CHECK(of("theirs() + random()") == std::optional(true));
  CHECK(of("1 +") == std::nullopt);
}

TEST_CASE("effect::needed_version") {
  CHECK(gauger::effect::needed_version("gen_random_uuid()") == 13);
  CHECK(gauger::effect::needed_version("uuidv7()") == 18);
  CHECK(gauger::effect::needed_version("public.gen_random_uuid()") == 0);
  CHECK(gauger::effect::needed_version("now()") == 0);
}
