#include "history/edits.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/edit.hpp"
#include "history/read.hpp"

using gauger::history::identifier_literal;

namespace {

std::string reparented(std::string_view text, const std::vector<std::string>& parents) {
  const auto revision = gauger::history::read_revision("x.py", text);
  REQUIRE(revision.has_value());
  const auto edits = gauger::history::reparent(*revision, text, parents);
  return edits ? gauger::base::apply(text, *edits) : "no edit";
}

}  // namespace

TEST_CASE("history::identifier_literal") {
  CHECK(identifier_literal({}) == "None");
  CHECK(identifier_literal({"a"}) == "\"a\"");
  CHECK(identifier_literal({"a", "b"}, '\'') == "('a', 'b')");
  CHECK(identifier_literal({"a\"\\\n\x1b[1m"}) == R"("a\"\\\n\x1b[1m")");
}

TEST_CASE("history::reparent edits down_revision and Revises") {
  CHECK(reparented("\"\"\"m\n\nRevises: a\n\"\"\"\nrevision = 'b'\ndown_revision = 'a'  # why\n",
                   {"c"}) ==
        "\"\"\"m\n\nRevises: c\n\"\"\"\nrevision = 'b'\ndown_revision = 'c'  # why\n");
  CHECK(reparented("\"\"\"m\n\nRevises:\n\"\"\"\nrevision = 'b'\ndown_revision = None\n", {"c"}) ==
        "\"\"\"m\n\nRevises: c\n\"\"\"\nrevision = 'b'\ndown_revision = \"c\"\n");
  CHECK(reparented("revision: str = \"b\"\ndown_revision: str | None = (\n  \"a\",\n  \"c\",\n)\n",
                   {"c"}) == "revision: str = \"b\"\ndown_revision: str | None = \"c\"\n");
  CHECK(reparented("\"\"\"m\n\nRevises: a\n\"\"\"\nrevision = 'b'\ndown_revision = 'a'\n",
                   {"c", "d"}) ==
        "\"\"\"m\n\nRevises: c, d\n\"\"\"\nrevision = 'b'\ndown_revision = ('c', 'd')\n");
}

TEST_CASE("history::reparent writes no strange id into the docstring") {
  CHECK(reparented("\"\"\"m\nRevises: a\n\"\"\"\nrevision = 'b'\ndown_revision = 'a'\n",
                   {"\"\"\"; evil"}) ==
        "\"\"\"m\nRevises: a\n\"\"\"\nrevision = 'b'\ndown_revision = '\"\"\"; evil'\n");
}

TEST_CASE("history::reparent needs an assignment") {
  CHECK(reparented("revision = 'b'\nif True:\n  down_revision = 'a'\n", {"c"}) == "no edit");
}

TEST_CASE("history::move_create_date edits the header only") {
  const std::string text =
      "# Create Date: 2024-01-01 10:00:00 EST\nrevision = 'b'\ndown_revision = 'a'\n";
  const auto revision = gauger::history::read_revision("x.py", text);
  REQUIRE(revision.has_value());
  const auto edit = gauger::history::move_create_date(*revision, 1'700'000'000'000'000);
  REQUIRE(edit.has_value());
  CHECK(gauger::base::apply(text, {*edit}) ==
        "# Create Date: 2023-11-14 17:13:21 EST\nrevision = 'b'\ndown_revision = 'a'\n");
  const std::string undated = "revision = 'b'\ndown_revision = 'a'\n";
  CHECK_FALSE(gauger::history::move_create_date(*gauger::history::read_revision("x.py", undated), 0)
                  .has_value());
}
