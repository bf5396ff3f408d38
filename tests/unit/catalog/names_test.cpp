#include "catalog/names.hpp"

#include <string>

#include <doctest/doctest.h>

#include "catalog/expression.hpp"

namespace gauger::tests {

TEST_CASE("catalog::object_name shortens the longer name first") {
  CHECK(catalog::object_name("users", "email", "key") == "users_email_key");
  CHECK(catalog::object_name("users", "", "pkey") == "users_pkey");
  const std::string both = catalog::object_name(std::string(60, 'a'), std::string(60, 'b'), "idx");
  CHECK(both == std::string(29, 'a') + "_" + std::string(29, 'b') + "_idx");
  CHECK(catalog::object_name(std::string(70, 'a'), "b", "fkey").size() == 63);
  // Never in the middle of a character.
  CHECK(catalog::clipped("aé", 2) == "a");
}

TEST_CASE("catalog::quote_identifier quotes what it must") {
  CHECK(catalog::quote_identifier("users_2") == "users_2");
  CHECK(catalog::quote_identifier("Users") == "\"Users\"");
  CHECK(catalog::quote_identifier("select") == "\"select\"");
  CHECK(catalog::quote_identifier("2a") == "\"2a\"");
  CHECK(catalog::quote_identifier("a\"b") == "\"a\"\"b\"");
}

TEST_CASE("catalog::mentions and with_renamed tell columns from other words") {
  CHECK(catalog::mentions("a > 0 AND b IS NULL", "b"));
  CHECK(catalog::mentions("t.A", "a"));
  CHECK(catalog::mentions("\"A b\" = 1", "A b"));
  CHECK(!catalog::mentions("lower(x)", "lower"));
  CHECK(!catalog::mentions("x = 'a'", "a"));
  CHECK(!catalog::mentions("x::a", "a"));
  CHECK(!catalog::mentions("aa", "a"));
  CHECK(catalog::with_renamed("a + A + lower(a) + 'a' + aa", "a", "X") ==
        "\"X\" + \"X\" + lower(\"X\") + 'a' + aa");
}

TEST_CASE("catalog::result_name names the column of an expression") {
  CHECK(catalog::result_name("lower(a)") == "lower");
  CHECK(catalog::result_name("pg_catalog.lower(a)") == "lower");
  CHECK(catalog::result_name("a || b") == "expr");
  CHECK(catalog::result_name("a::text") == "a");
  CHECK(catalog::result_name("(a + 1)::numeric(3, 2)") == "numeric");
  CHECK(catalog::result_name("lower(a) || upper(b)") == "expr");
  CHECK(catalog::result_name(std::string(100000, '(')) == "expr");
}

}  // namespace gauger::tests
