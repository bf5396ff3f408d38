#include "project/paths.hpp"

#include <doctest/doctest.h>

#include "project/alembic_config.hpp"

using gauger::project::absolute_path;
using gauger::project::common_folder;
using gauger::project::format_toml;
using gauger::project::parent_folder;
using gauger::project::path_below;
using gauger::project::split_locations;

TEST_CASE("project::absolute_path removes dots and stays below the root") {
  CHECK(absolute_path("/a/b", "c") == "/a/b/c");
  CHECK(absolute_path("/a/b", "../c/./d/") == "/a/c/d");
  CHECK(absolute_path("/a", "/x//y") == "/x/y");
  CHECK(absolute_path("/a", "../../..") == "/");
  CHECK(absolute_path("/a", "") == "/a");
}

TEST_CASE("project::path_below knows a folder from a longer name") {
  CHECK(path_below("/a/b", "/a/b/c/d") == "c/d");
  CHECK(path_below("/a/b", "/a/b") == "");
  CHECK(path_below("/a/b", "/a/bc") == std::nullopt);
  CHECK(path_below("/", "/a") == "a");
  CHECK(path_below("/", "/") == "");
}

TEST_CASE("project::common_folder goes up as far as it must") {
  CHECK(common_folder("/a/b/c", "/a/b/d/e") == "/a/b");
  CHECK(common_folder("/a/b", "/a/b/d") == "/a/b");
  CHECK(common_folder("/a", "/b") == "/");
  CHECK(parent_folder("/a/b") == "/a");
  CHECK(parent_folder("/a") == "/");
  CHECK(parent_folder("/") == "/");
}

TEST_CASE("project::split_locations splits as Alembic's regular expression does") {
  using Names = std::vector<std::string>;
  CHECK(split_locations("a, b  c,d", std::nullopt) == Names{"a", "b", "c", "d"});
  CHECK(split_locations("a ,b", std::nullopt) == Names{"a", "", "b"});
  CHECK(split_locations("a,", std::nullopt) == Names{"a", ""});
  CHECK(split_locations("a,\nb", std::nullopt) == Names{"a", "\nb"});
  CHECK(split_locations(" a :b::c ", ':') == Names{"a", "b", "c"});
  CHECK(split_locations("\na\n\n  b", '\n') == Names{"a", "b"});
}

TEST_CASE("project::format_toml does what Python's % does with `here` alone") {
  CHECK(format_toml("%(here)s/a%%b", "/x") == "/x/a%b");
  CHECK(format_toml("%(there)s", "/x") == std::nullopt);
  CHECK(format_toml("50%", "/x") == std::nullopt);
  CHECK(format_toml("%s", "/x") == std::nullopt);
}
