#include "database/catalog_text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace gauger::database;
using Elements = std::vector<std::string>;

TEST_CASE("database::partition_key splits what the server writes") {
  CHECK(partition_key("") == Elements{});
  CHECK(partition_key("RANGE (a)") == Elements{"a"});
  CHECK(partition_key("LIST (lower((a || ', '::text)), \"B, (c\", date_part('x)'::text, d))") ==
        Elements{"lower((a || ', '::text))", "B, (c", "date_part('x)'::text, d)"});
}

TEST_CASE("database::exclusion leaves the deferral out") {
  CHECK(exclusion("EXCLUDE USING gist (a WITH &&) WHERE (b) DEFERRABLE INITIALLY DEFERRED") ==
        "USING gist (a WITH &&) WHERE (b)");
  CHECK(exclusion("EXCLUDE USING gist (a WITH &&)") == "USING gist (a WITH &&)");
}

TEST_CASE("database::key_expression takes off the index's parentheses") {
  CHECK(key_expression("lower(a)") == "lower(a)");
  CHECK(key_expression("((a + b))") == "(a + b)");
  CHECK(key_expression("") == "");
}
