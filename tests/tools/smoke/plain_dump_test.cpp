#include "tools/smoke/plain_dump.hpp"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

namespace {

std::string command(const std::string& text) {
  std::istringstream stream(text);
  return gauger::tools::read_plain_dump(stream).command;
}

}  // namespace

TEST_CASE("read_plain_dump: commands for psql") {
  CHECK(command("\\! ls") == "\\! ls");
  CHECK(command("  \\connect other") == "\\connect other");
  CHECK(command("SELECT 1 \\g |sh") == "\\g |sh");
  CHECK(command("SELECT 'it''s' \\! ls") == "\\! ls");
  CHECK(command("SELECT 'a\\' \\! ls") == "\\! ls");
  CHECK(command("SELECT E'a' 'b\\' \\! ls") == "\\! ls");
  CHECK(command("SELECT E'a'\n-- more\n  'b\\'' \\! ls") == "\\! ls");
  CHECK(command("SELECT $1$ \\! ls") == "\\! ls");
  CHECK(command("SELECT a$b$ \\! ls") == "\\! ls");
  CHECK(command("/* /* */ */ \\! ls") == "\\! ls");
  CHECK(command("SELECT \"a\"\"\" \\! ls") == "\\! ls");
  CHECK(command("COPY t (a) FROM stdin;\nx\n\\.\n\\! ls") == "\\! ls");
  CHECK(command("\\restrict a\n\\unrestrict a\n\\! ls") == "\\! ls");
  CHECK(command("\\restrict a b") == "\\restrict a b");
}

TEST_CASE("read_plain_dump: what only looks like them") {
  CHECK(command("\\restrict aB3\nSELECT 1;\n\\unrestrict aB3").empty());
  CHECK(command("SELECT 'a \\! b';").empty());
  CHECK(command("SELECT E'a\\' \\! b';").empty());
  CHECK(command("SELECT E'a'\n  'b\\' \\! c';").empty());
  CHECK(command("CREATE FUNCTION f() AS $_$\nSELECT '\\! x' \\y\n$_$;").empty());
  CHECK(command("COPY t (a) FROM stdin;\n\\N\ta\\tb\n\\! x\n\\.\nSELECT 1;").empty());
  CHECK(command("-- \\! x\n/* \\! x\n \\y */ SELECT \"a\\b\";").empty());
}

TEST_CASE("read_plain_dump: settings under which psql reads otherwise") {
  CHECK(command("SET standard_conforming_strings = on;").empty());
  CHECK(command("SET client_encoding = 'LATIN1';").empty());
  CHECK_FALSE(command("SET standard_conforming_strings = off;").empty());
  CHECK_FALSE(command("SET client_encoding = 'SJIS';").empty());
  CHECK_FALSE(command("SELECT $$a\nb$$; SET standard_conforming_strings = off;").empty());
  CHECK(command("SELECT $$a\nSET client_encoding\n$$;").empty());
  CHECK_FALSE(command("SELECT set_config('client_encoding', 'UTF8', false);").empty());
}

TEST_CASE("read_plain_dump: the end") {
  const auto is_complete = [](const std::string& text) {
    std::istringstream stream(text);
    return gauger::tools::read_plain_dump(stream).complete;
  };
  CHECK(is_complete("SELECT 1;\n--\n-- PostgreSQL database dump complete\n--\n"));
  CHECK_FALSE(is_complete("SELECT 1;\n"));
  CHECK_FALSE(is_complete("COPY t (a) FROM stdin;\n-- PostgreSQL database dump complete\n"));
}
