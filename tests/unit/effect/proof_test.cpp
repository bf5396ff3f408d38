#include "effect/proof.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using gauger::effect::Proof;

Proof not_null(const char* check) { return gauger::effect::proves_not_null(check, "a"); }

Proof within(const std::vector<std::string>& checks, const char* bounds,
             const char* strategy = "range", bool required = true) {
  return gauger::effect::proves_within(
      checks, {.column = "k", .strategy = strategy, .not_null = required}, bounds);
}

Proof outside(const std::vector<std::string>& checks, const char* bounds,
              const char* strategy = "range") {
  return gauger::effect::proves_outside(
      checks, {.column = "k", .strategy = strategy, .not_null = true}, bounds);
}

constexpr const char* thousand = "FOR VALUES FROM (2000) TO (3000)";

}  // namespace

// Each of these as PostgreSQL 15 has it (effects_15.tsv has most).
TEST_CASE("effect::proves_not_null") {
  CHECK(not_null("a is not null") == Proof::yes);
  CHECK(not_null("(A IS NOT NULL)") == Proof::yes);
  CHECK(not_null("t.a is not null") == Proof::yes);
  CHECK(not_null("\"a\" is not null and a > 0") == Proof::yes);
  CHECK(not_null("b > 0 and (c > 0 and a is not null)") == Proof::yes);
  CHECK(not_null("not (a is null)") == Proof::yes);
  CHECK(not_null("not (a is null or b is null)") == Proof::yes);
  CHECK(not_null("a is distinct from null") == Proof::yes);
  CHECK(not_null("(a is not null and b > 0) or (a is not null and b < 0)") == Proof::yes);
}

TEST_CASE("effect::proves_not_null: near misses") {
  CHECK(not_null("a > 0") == Proof::no);
  CHECK(not_null("a = a") == Proof::no);
  CHECK(not_null("a is null") == Proof::no);
  CHECK(not_null("\"A\" is not null") == Proof::no);
  CHECK(not_null("b is not null") == Proof::no);
  CHECK(not_null("a is not null or b is not null") == Proof::no);
  CHECK(not_null("not (a is null and b is null)") == Proof::no);
  CHECK(not_null("a + 0 is not null") == Proof::no);
  CHECK(not_null("coalesce(a, 0) > 0") == Proof::no);
  CHECK(not_null("(a is not null) is true") == Proof::no);
  CHECK(not_null("'a is not null' = 'x'") == Proof::no);
  CHECK(not_null("gauger_hole") == Proof::unknown);
  CHECK(not_null("a is not null and gauger_hole") == Proof::yes);
  CHECK(not_null("a is not") == Proof::unknown);
}

TEST_CASE("effect::proves_within: ranges") {
  CHECK(within({"k >= 2000 and k < 3000"}, thousand) == Proof::yes);
  CHECK(within({"k >= 2000", "k < 3000"}, thousand) == Proof::yes);
  CHECK(within({"2000 <= k AND 3000 > k"}, thousand) == Proof::yes);
  CHECK(within({"k > 2000 and k <= 2999"}, thousand) == Proof::yes);
  CHECK(within({"k between 2000 and 2999"}, thousand) == Proof::yes);
  CHECK(within({"k in (2500, 2600)"}, thousand) == Proof::yes);
  CHECK(within({"not (k < 2000 or k >= 3000)"}, thousand) == Proof::yes);
  CHECK(within({"k >= 2000"}, "FOR VALUES FROM (2000) TO (MAXVALUE)") == Proof::yes);
  CHECK(within({}, thousand) == Proof::no);
  CHECK(within({"k >= 2000"}, thousand) == Proof::no);
  CHECK(within({"k > 1999 and k < 3000"}, thousand) == Proof::no);
  CHECK(within({"k between 2000 and 3000"}, thousand) == Proof::no);
  CHECK(within({"k >= 2000 or k < 3000"}, thousand) == Proof::no);
  CHECK(within({"j >= 2000 and j < 3000"}, thousand) == Proof::no);
  CHECK(within({"k in (2500, 3000)"}, thousand) == Proof::no);
  CHECK(within({"k > -5 and k < -1"}, "FOR VALUES FROM (-5) TO (0)") == Proof::yes);
}

TEST_CASE("effect::proves_within: NULL") {
  CHECK(within({"k >= 2000 and k < 3000"}, thousand, "range", false) == Proof::no);
  CHECK(within({"k is not null and k >= 2000 and k < 3000"}, thousand, "range", false) ==
        Proof::yes);
}

TEST_CASE("effect::proves_within: what takes more than numbers") {
  CHECK(within({"k >= 'a' and k < 'c'"}, "FOR VALUES FROM ('a') TO ('c')") == Proof::yes);
  CHECK(within({"k >= '2024-01-01'::date and k < date '2025-01-01'"},
               "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')") == Proof::yes);
  CHECK(within({"k >= 'b' and k < 'c'"}, "FOR VALUES FROM ('a') TO ('c')") == Proof::unknown);
  CHECK(within({"k > 1"}, "FOR VALUES FROM (1, 2) TO (3, 4)") == Proof::unknown);
  CHECK(within({"k > 1"}, "FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "hash") == Proof::no);
  CHECK(within({"k > 1"}, "DEFAULT") == Proof::unknown);
}

TEST_CASE("effect::proves_within: lists") {
  CHECK(within({"k in (1, 2)"}, "FOR VALUES IN (1, 2, 3)", "list") == Proof::yes);
  CHECK(within({"k = 1"}, "FOR VALUES IN (1)", "list") == Proof::yes);
  CHECK(within({"k in (1, 2, 3)"}, "FOR VALUES IN (1, 2)", "list") == Proof::no);
  CHECK(within({"k = 1"}, "FOR VALUES IN (NULL, 1)", "list") == Proof::unknown);
}

TEST_CASE("effect::proves_outside") {
  CHECK(outside({"not (k >= 2000 and k < 3000)"}, thousand) == Proof::yes);
  CHECK(outside({"k < 2000 or k >= 3000"}, thousand) == Proof::yes);
  CHECK(outside({"k > 5000"}, thousand) == Proof::yes);
  CHECK(outside({"k < 1000"}, thousand) == Proof::yes);
  CHECK(outside({"k <= 2000"}, thousand) == Proof::no);
  CHECK(outside({"k >= 2000 and k < 3000"}, thousand) == Proof::no);
  CHECK(outside({"k < 2000 or k >= 2999"}, thousand) == Proof::no);
  CHECK(outside({}, thousand) == Proof::no);
  CHECK(outside({"k <> 1"}, "FOR VALUES IN (1)", "list") == Proof::yes);
  CHECK(outside({"k not in (1, 2)"}, "FOR VALUES IN (1)", "list") == Proof::yes);
  CHECK(outside({"k <> 2"}, "FOR VALUES IN (1)", "list") == Proof::no);
}
