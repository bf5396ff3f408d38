#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <pthread.h>

#include "base/text.hpp"
#include "unit/sql/make.hpp"

using gauger::sql::parse;
using gauger::tests::parse_all;
using gauger::tests::parse_error;
using gauger::tests::parse_one;

namespace {

std::string repeat(const std::string& text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

}  // namespace

TEST_CASE("sql::parse several statements: spans without comments, blanks and semicolons") {
  const std::string text =
      "-- head\n /* a /* nested */ */ SELECT '--', \"/*\" ; ; \n\n"
      "DROP TABLE t -- tail\n; /* between */ TRUNCATE u /* end */";
  std::string spans;
  for (const auto& statement : parse_all(text)) {
    spans += "[" + std::string(gauger::base::slice(text, statement.span)) + "]";
  }
  CHECK(spans == "[SELECT '--', \"/*\"][DROP TABLE t][TRUNCATE u]");
  CHECK(parse_all("").empty());
  CHECK(parse_all(" ;; -- nothing\n").empty());
  CHECK(parse_one("\tSELECT 1\n").span == gauger::base::Span{1, 9});
  CHECK(parse_one("SELECT\n-- a\n1").span == gauger::base::Span{0, 13});
}

TEST_CASE("sql::parse errors say where, in code points") {
  CHECK(parse_error("SELECT 'ä' FROM\n  FROM") == "2:3: syntax error at or near \"FROM\"");
  CHECK(parse_error("SELECT 'äöü' FROM FROM") == "1:19: syntax error at or near \"FROM\"");
  CHECK(parse_error("SELECT 'abc") == "1:8: unterminated quoted string at or near \"'abc\"");
  CHECK(parse_error("SELECT \"abc") == "1:8: unterminated quoted identifier at or near \"\"abc\"");
  CHECK(parse_error("SELECT $a$ $b$") ==
        "1:8: unterminated dollar-quoted string at or near \"$a$ $b$\"");
  CHECK(parse_error("SELECT 1 /* a") == "1:10: unterminated /* comment at or near \"/* a\"");
  CHECK(parse_error("SELECT 'a" + std::string(5000, 'b')).size() < 400);
  CHECK(parse_error(std::string("SELECT 1\0; DROP", 15)) == "1:9: the SQL has a NUL byte");
  CHECK(parse_error("SELECT 1,\n 'a\xff'") == "2:4: the SQL is not valid UTF-8");
  CHECK(parse_error("SELECT '\xe4\xb8") == "1:9: the SQL is not valid UTF-8");
  CHECK(parse_error(R"(SELECT E'\xff')").find("invalid byte sequence") != std::string::npos);
  CHECK(parse_error(R"(SELECT U&'\zzzz')").find("invalid Unicode escape") != std::string::npos);
}

TEST_CASE("sql::parse limits end in an error") {
  CHECK(parse(std::string((8U << 20U) + 1, ' ')).error().message == "the SQL is longer than 8 MiB");
  CHECK(parse(repeat("END;", 100'001)).error().message ==
        "the SQL has more than 100000 statements");
  CHECK(parse_all(repeat("END;", 1000)).size() == 1000);
  CHECK(parse("SELECT '" + std::string(4U << 20U, 'x') + "'").has_value());
  CHECK(parse(repeat("/*", 100'000)).error().message ==
        "the SQL opens too many comments in one another");
  CHECK(parse("/" + std::string(100'000, '*') + "/ SELECT 1").has_value());
  CHECK(parse_error("DO $$ " + repeat("BEGIN ", 100'000) + "$$").find("too deeply") !=
        std::string::npos);
  CHECK(parse_error("DO $$ BEGIN " + repeat("IF a THEN ", 100'000) + "$$").find("too deeply") !=
        std::string::npos);
}

namespace {

// What nests: some beyond the depth of the grammar's own stack, some that is flat to the grammar
// and deep in its tree. None may exhaust the stack of the thread.
void parse_deep() {
  CHECK_FALSE(parse("SELECT " + repeat("(", 100'000) + "1" + repeat(")", 100'000)).has_value());
  CHECK(parse("SELECT " + repeat("(", 2000) + "1" + repeat(")", 2000)).has_value());
  CHECK(parse("SELECT 1 WHERE a" + repeat(" OR b", 50'000)).has_value());
  CHECK(parse("SELECT f(1)" + repeat(" + 1", 50'000)).has_value());
  CHECK(parse("SELECT 'a'" + repeat(" || 'a'", 50'000)).has_value());
  CHECK(parse("DO $$ BEGIN EXECUTE 'a'" + repeat(" || 'a'", 50'000) + "; END $$").has_value());
  CHECK(parse("SELECT 1" + repeat("::int", 50'000)).has_value());
  CHECK(parse("SELECT 1" + repeat(" UNION SELECT 1", 10'000)).has_value());
  CHECK(parse("SELECT * FROM a" + repeat(" JOIN b ON true", 10'000)).has_value());
  CHECK(parse("SELECT " + repeat("f(", 1000) + repeat(")", 1000)).has_value());
  CHECK_FALSE(parse("SELECT " + repeat("NOT ", 100'000) + "a").has_value());
  CHECK_FALSE(parse(repeat("SELECT * FROM (", 50'000)).has_value());
  CHECK(parse(repeat("WITH x AS (DELETE FROM t WHERE a IN (", 300) + "SELECT 1" +
              repeat(") RETURNING 1) SELECT 1", 300))
            .has_value());
  CHECK(parse(repeat("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ", 200) + "SELECT 1" +
              repeat("; END", 200))
            .has_value());
  CHECK(parse("DO $$ " + repeat("BEGIN ", 400) + repeat("END; ", 399) + "END $$").has_value());
}

// Frames are several times as large under the address sanitizer.
#ifdef GAUGER_SANITIZED
constexpr std::size_t small_stack = std::size_t{4} << 20U;
#else
constexpr std::size_t small_stack = std::size_t{512} << 10U;
#endif

void* deep_thread(void* /*unused*/) {
  parse_deep();
  return nullptr;
}

}  // namespace

TEST_CASE("sql::parse deep nesting, also on a small stack") {
  parse_deep();
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, small_stack) == 0);
  pthread_t thread{};
  REQUIRE(pthread_create(&thread, &attributes, &deep_thread, nullptr) == 0);
  CHECK(pthread_join(thread, nullptr) == 0);
  pthread_attr_destroy(&attributes);
}

TEST_CASE("sql::parse long names are cut as PostgreSQL cuts them") {
  CHECK(parse_one("DROP TABLE " + std::string(100, 'x')).names.at(0).name == std::string(63, 'x'));
}

TEST_CASE("sql::parse in several threads at once") {
  const std::vector<std::string> texts{
      "CREATE TABLE t (a int DEFAULT (1 + 2) CHECK (a > f(1)), b text)",
      "DO $$ BEGIN IF a THEN ALTER TABLE t ADD x int; END IF; EXECUTE 'DROP TABLE u'; END $$",
      "SELECT 'unterminated",
      "WITH x AS (DELETE FROM t WHERE a RETURNING *) INSERT INTO u SELECT * FROM x",
      "SELECT " + repeat("(", 20'000),
  };
  const auto run = [&](std::string& log) {
    for (int i = 0; i < 200; ++i) {
      const auto parsed = parse(texts[static_cast<std::size_t>(i) % texts.size()]);
      log += parsed ? std::to_string(parsed->at(0).body.size()) : parsed.error().message;
    }
  };
  std::vector<std::string> logs(4);
  std::vector<std::thread> threads;
  threads.reserve(logs.size());
  for (std::string& log : logs) {
    threads.emplace_back([&] { run(log); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  std::string expected;
  run(expected);
  for (const std::string& log : logs) {
    CHECK(log == expected);
  }
}
