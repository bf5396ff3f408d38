#include "base/json.hpp"

#include <doctest/doctest.h>

using gauger::base::dump;
using gauger::base::Json;
using gauger::base::JsonLayout;
using gauger::base::parse_json;

TEST_CASE("base::dump keeps the order of members") {
  const Json value = {{"b", 1}, {"a", Json::array()}};
  CHECK(dump(value, JsonLayout::compact) == R"({"b":1,"a":[]})");
  CHECK(dump(value, JsonLayout::indented) == "{\n  \"b\": 1,\n  \"a\": []\n}");
}

TEST_CASE("base::dump never throws on bytes that are not UTF-8") {
  CHECK(dump(Json("caf\xe9"), JsonLayout::compact) == "\"caf\ufffd\"");
  CHECK(dump(Json("\xf0\x9f"), JsonLayout::compact).size() >= 3);
}

TEST_CASE("base::dump escapes what a terminal or a runner would obey, and loses nothing") {
  const std::string hostile = "\x1b[1m \x7f \u0085 \u202e \U000e0041 ##[error] é";
  const std::string text = dump(Json(hostile), JsonLayout::compact);
  CHECK(text == R"("\u001b[1m \u007f \u0085 \u202e \udb40\udc41 #\u0023[error] é")");
  CHECK(Json::parse(text).get<std::string>() == hostile);
}

TEST_CASE("base::parse_json reads JSON and nothing else") {
  CHECK(parse_json("{\"a\": [1]}").value()["a"][0] == 1);
  CHECK_FALSE(parse_json("{").has_value());
  CHECK_FALSE(parse_json("").has_value());
  CHECK_FALSE(parse_json("{\"a\": \"\xff\"}").has_value());
  CHECK(parse_json(std::string(100000, '[') + std::string(100000, ']')).has_value());
}
