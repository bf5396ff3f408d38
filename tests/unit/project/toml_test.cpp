#include "project/toml.hpp"

#include <doctest/doctest.h>

using gauger::base::Position;
using gauger::project::parse_toml;

TEST_CASE("project::parse_toml keeps values, places and the order of the file") {
  const auto document = parse_toml("z = 1\na = 'x'\n[t]\nb = [true, 2.5]\nd = 2024-01-01\n", "p");
  REQUIRE(document.has_value());
  REQUIRE(document->table() != nullptr);
  CHECK(document->table()->front().key == "z");
  CHECK(document->find("a")->text() != nullptr);
  CHECK(*document->find("a")->text() == "x");
  CHECK(document->find("a")->position == Position{2, 5});
  const auto* list = document->find("t")->find("b");
  REQUIRE(list->array() != nullptr);
  CHECK(list->array()->size() == 2);
  CHECK(document->find("t")->find("d")->kind() == "a date");
  CHECK(document->find("nope") == nullptr);
}

TEST_CASE("project::parse_toml tells where the text is not TOML") {
  const auto document = parse_toml("a = 1\nb = \n", "p.toml");
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().path == "p.toml");
  CHECK(document.error().position.line == 2);
  CHECK_FALSE(parse_toml("a = '\xFF'\n", "p").has_value());
}

TEST_CASE("project::parse_toml survives any depth") {
  const auto repeated = [](std::string_view part, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += part;
    }
    return text;
  };
  const int many = 100'000;
  CHECK_FALSE(parse_toml("a = " + repeated("[", many), "p").has_value());
  CHECK_FALSE(parse_toml("a = " + repeated("{a=", many), "p").has_value());
  CHECK_FALSE(parse_toml(repeated("a.", many) + "a = 1", "p").has_value());
  CHECK_FALSE(parse_toml("[" + repeated("a.", many) + "a]\n", "p").has_value());
  CHECK_FALSE(parse_toml(repeated("'a' . ", many) + "a = 1", "p").has_value());
  CHECK_FALSE(parse_toml("#'\n" + repeated("a.", many) + "a = 1", "p").has_value());
}

TEST_CASE("project::parse_toml takes dots in strings and comments for what they are") {
  const std::string dots(1000, '.');
  const auto document = parse_toml("# " + dots + "\na = 'x" + dots + "'\nb = \"\"\"\n\\\"" + dots +
                                       "\"\"\"\nc = '''" + dots + "'''\n",
                                   "p");
  CHECK(document.has_value());
}
