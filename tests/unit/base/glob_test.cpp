#include "base/glob.hpp"

#include <chrono>

#include <doctest/doctest.h>

using gauger::base::glob_escape;
using gauger::base::glob_match;

TEST_CASE("base::glob_match keeps stars within their part") {
  CHECK(glob_match("app/*.py", "app/a.py"));
  CHECK(glob_match("app/*.py", "app/.py"));
  CHECK_FALSE(glob_match("app/*.py", "app/x/a.py"));
  CHECK_FALSE(glob_match("app/*", "app"));
  CHECK(glob_match("*/models.py", "app/models.py"));
  CHECK(glob_match("a*b*c", "aXbYbZc"));
  CHECK_FALSE(glob_match("a*b*c", "aXbYbZ"));
  CHECK(glob_match("./app//*.py", "app/a.py"));
}

TEST_CASE("base::glob_match takes ** for any number of parts") {
  CHECK(glob_match("app/**/models/*.py", "app/models/a.py"));
  CHECK(glob_match("app/**/models/*.py", "app/x/y/models/a.py"));
  CHECK_FALSE(glob_match("app/**/models/*.py", "app/models/x/a.py"));
  CHECK(glob_match("**/*.py", "a.py"));
  CHECK(glob_match("app/**", "app/x/y"));
  CHECK(glob_match("**/a/**/b/**", "a/x/b/y"));
  CHECK_FALSE(glob_match("**/a/**/b", "a/x/b/y"));
  CHECK(glob_match("a**b", "axxb"));
  CHECK_FALSE(glob_match("a**b", "ax/xb"));
}

TEST_CASE("base::glob_match counts characters, not bytes") {
  CHECK(glob_match("?.py", "é.py"));
  CHECK_FALSE(glob_match("??.py", "é.py"));
  CHECK(glob_match("[à-ü].py", "é.py"));
  CHECK_FALSE(glob_match("[a-z].py", "é.py"));
}

TEST_CASE("base::glob_match knows classes") {
  CHECK(glob_match("v[0-9].py", "v3.py"));
  CHECK_FALSE(glob_match("v[!0-9].py", "v3.py"));
  CHECK(glob_match("v[^0-9].py", "vx.py"));
  CHECK(glob_match("[]a]", "]"));
  CHECK(glob_match("[a-]", "-"));
  CHECK(glob_match("[*]", "*"));
  CHECK(glob_match("a[b", "a[b"));
  CHECK_FALSE(glob_match("[0-9]", ""));
}

TEST_CASE("base::glob_match takes a folder's name for all that is in it") {
  CHECK(glob_match("app/models", "app/models/a/b.py"));
  CHECK(glob_match("app/models", "app/models"));
  CHECK(glob_match("app/[m]odels", "app/models/b.py"));
  CHECK_FALSE(glob_match("app/models", "app/models.py"));
  CHECK(glob_match("*/models/", "app/models/a/b.py"));
  CHECK_FALSE(glob_match("*/models/", "app/models"));
  CHECK(glob_match(".", "a/b"));
  CHECK_FALSE(glob_match("", "a"));
}

TEST_CASE("base::glob_escape is undone by the match") {
  for (const std::string_view text : {"a[b]/*", "x?y", "[", "[!a]", "plain/é"}) {
    CHECK(glob_match(glob_escape(text), text));
    CHECK(glob_match(glob_escape(text) + "/**", std::string(text) + "/x"));
  }
  CHECK_FALSE(glob_match(glob_escape("*"), "x"));
}

TEST_CASE("base::glob_match takes no exponential time") {
  std::string pattern;
  std::string parts;
  std::string path;
  for (int i = 0; i < 60; ++i) {
    pattern += "*a";
    parts += "**/*a*a/";
    path += "aaaaaaaaaaaa/";
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(glob_match(pattern + "b", std::string(4000, 'a')));
  CHECK_FALSE(glob_match(parts + "b", path + "c"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}
