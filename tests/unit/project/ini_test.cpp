#include "project/ini.hpp"

#include <doctest/doctest.h>

using gauger::base::Position;
using gauger::project::Ini;

namespace {

Ini parsed_ini(std::string_view text) {
  auto ini = Ini::parse(text, "alembic.ini", {{"here", "/srv/shop"}});
  REQUIRE(ini.has_value());
  return *std::move(ini);
}

std::string value(std::string_view text, std::string_view key = "key") {
  const auto result = parsed_ini(text).get("a", key);
  REQUIRE(result.has_value());
  REQUIRE(result->has_value());
  return **result;
}

gauger::base::Error refused(std::string_view text) {
  const auto ini = Ini::parse(text, "alembic.ini", {});
  REQUIRE_FALSE(ini.has_value());
  return ini.error();
}

gauger::base::Error refused_value(std::string_view text) {
  const auto result = parsed_ini(text).get("a", "key");
  REQUIRE_FALSE(result.has_value());
  return result.error();
}

}  // namespace

TEST_CASE("project::Ini reads keys and values as configparser does") {
  CHECK(value("[a]\nkey = v") == "v");
  CHECK(value("[a]\nKEY:v\n") == "v");
  CHECK(value("[a]\nkey = a = b : c\n") == "a = b : c");
  CHECK(value("[a] tail\nkey = v\r\n") == "v");
  CHECK(value("[a]\rkey = v\r") == "v");
  CHECK(value("[a]\nkey =\n") == "");
  CHECK(value("[a]\nkey = v  # kept\n") == "v  # kept");
  CHECK(value("[a]\n key = v\n") == "v");
}

TEST_CASE("project::Ini continues a value on deeper lines") {
  CHECK(value("[a]\nkey = x\n  y\n  z\nother = 1\n") == "x\ny\nz");
  CHECK(value("[a]\nkey =\n  y\n# no\n\n  z\n\n\n[b]\n") == "\ny\n\nz");
  CHECK(value("[a]\nkey = x\n  other = 1\n") == "x\nother = 1");
  CHECK_FALSE(parsed_ini("[a]\nkey = x\n  other = 1\n").has_option("a", "other"));
}

TEST_CASE("project::Ini puts in other keys") {
  CHECK(value("[a]\nkey = %(here)s/x\n") == "/srv/shop/x");
  CHECK(value("[DEFAULT]\nroot = %(here)s\n[a]\nkey = %(ROOT)s/%%x\n") == "/srv/shop/%x");
  CHECK(value("[a]\nkey = %(b)s\nb = %(c)s%(c)s\nc = 1\n") == "11");
  CHECK(value("[a]\nhere = .\nkey = %(here)s\n") == ".");
}

TEST_CASE("project::Ini refuses what interpolation refuses, at the value") {
  CHECK(refused_value("[a]\nkey = 50%\n").position == Position{2, 7});
  CHECK(refused_value("[a]\nkey = %(nope)s\n").message.find("nope") != std::string::npos);
  CHECK(refused_value("[a]\nkey = %(here)\n").message.find("%(key)s") != std::string::npos);
  CHECK(refused_value("[a]\nkey = %(key)s\n").message.find("itself") != std::string::npos);
}

TEST_CASE("project::Ini bounds what references can grow to") {
  for (const std::string_view leaf : {"", "x"}) {
    std::string text = "[a]\nkey = %(k0)s\n";
    for (int i = 0; i < 8; ++i) {
      text += 'k' + std::to_string(i) + " = ";
      for (int j = 0; j < 100; ++j) {
        text += "%(k" + std::to_string(i + 1) + ")s";
      }
      text += '\n';
    }
    CHECK(refused_value(text + "k8 = " + std::string(leaf) + '\n').message.find("too long") !=
          std::string::npos);
  }
}

TEST_CASE("project::Ini knows sections and defaults") {
  const Ini ini = parsed_ini("[b]\nx = 1\n[DEFAULT]\ny = 2\n[a]\n");
  CHECK(ini.sections() == std::vector<std::string>{"b", "a"});
  CHECK(ini.has_option("a", "y"));
  CHECK(ini.has_option("DEFAULT", "y"));
  CHECK_FALSE(ini.has_option("a", "x"));
  CHECK_FALSE(ini.has_option("c", "y"));
  CHECK(ini.position("b", "x") == Position{2, 5});
}

TEST_CASE("project::Ini refuses what configparser refuses, with the place") {
  CHECK(refused("key = v\n").position == Position{1, 1});
  CHECK(refused("[a]\n[a]\n").message.find("twice") != std::string::npos);
  CHECK(refused("[a]\nkey = 1\nKey = 2\n").position == Position{3, 1});
  CHECK(refused("[a]\n  junk\n").position == Position{2, 3});
  CHECK(refused("[a]\n= v\n").position == Position{2, 1});
  CHECK(refused("\xEF\xBB\xBF[a]\n").message.find("byte order mark") != std::string::npos);
  CHECK(refused("[a]\n# caf\xE9\n").position == Position{2, 6});
  CHECK(refused(std::string_view("[a]\nk = \0\n", 10)).message.find("NUL") != std::string::npos);
}
