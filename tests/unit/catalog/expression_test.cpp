#include "catalog/expression.hpp"

#include <doctest/doctest.h>

namespace gauger::tests {

using catalog::normal_form;

TEST_CASE("catalog::normal_form: the cast of an array is that of its elements") {
  const char* read =
      "((st)::text = ANY (ARRAY[('new'::character varying)::text, ('it''s'::character "
      "varying)::text]))";
  CHECK(normal_form("((st)::text = ANY ((ARRAY['new'::character varying, 'it''s'::character "
                    "varying])::text[]))") == read);
  CHECK(normal_form(read) == read);
  CHECK(normal_form("(ARRAY[a, lower(b), ARRAY[c, d]])::app.\"Code Type\"[]") ==
        "ARRAY[(a)::app.\"Code Type\", (lower(b))::app.\"Code Type\", "
        "ARRAY[(c)::app.\"Code Type\", (d)::app.\"Code Type\"]]");
  CHECK(normal_form("(ARRAY['a, b]', f(x, y)])::character varying(5)[]") ==
        "ARRAY[('a, b]')::character varying(5), (f(x, y))::character varying(5)]");
}

TEST_CASE("catalog::normal_form: conditions of one kind are one list") {
  CHECK(normal_form("(((b >= 1) AND (b <= 2)) AND (a > 0))") ==
        "((b >= 1) AND (b <= 2) AND (a > 0))");
  CHECK(normal_form("(((a = 1) OR (a = b)) OR ((c) AND ((d) AND (e))))") ==
        "((a = 1) OR (a = b) OR ((c) AND (d) AND (e)))");
}

TEST_CASE("catalog::normal_form leaves all else") {
  for (const char* text : {
           "",
           "'(ARRAY[1])::text[]'::text",
           "ARRAY[]::text[]",
           "(ARRAY[1, 2])[1]",
           "((ARRAY[1])::ids OR (ARRAY[]::text[] = a))",
           "(NOT ((a) AND (b)))",
           "(((a) OR (b)) AND ((c) OR (d)))",
           "(a BETWEEN b AND ((c) AND (d)))",
           "lower(((a) || ')'::text))",
           "(\"a(\" > 0",
       }) {
    CHECK(normal_form(text) == text);
  }
}

}  // namespace gauger::tests
