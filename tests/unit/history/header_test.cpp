#include "history/header.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "python/outline.hpp"

using gauger::base::slice;
using gauger::history::Header;
using gauger::history::ids_in_field;
using gauger::history::read_header;

namespace {

Header header(std::string_view text) {
  const auto outline = gauger::python::outline(text);
  REQUIRE(outline.has_value());
  return read_header(text, *outline);
}

}  // namespace

TEST_CASE("history::read_header reads what Alembic's template writes") {
  const std::string_view text =
      "\"\"\"add users\n\nRevision ID: 1a2b\nRevises: 0f0f\n"
      "Create Date: 2021-03-04 05:06:07.123456\n\n\"\"\"\nfrom alembic import op\n";
  const Header result = header(text);
  CHECK(result.message == "add users");
  REQUIRE(result.revision_id);
  CHECK(result.revision_id->value == "1a2b");
  REQUIRE(result.revises);
  CHECK(slice(text, result.revises->span) == "0f0f");
  REQUIRE(result.create_date);
  CHECK(slice(text, *result.create_date) == "2021-03-04 05:06:07.123456");
  REQUIRE(result.created);
}

TEST_CASE("history::read_header is patient with how people write headers") {
  SUBCASE("prefix, single quotes, indentation, other letters") {
    const Header result = header("r'''\n  Add it\n    revision id : 1a\n\tREVISES:0f \n'''\n");
    CHECK(result.message == "Add it");
    CHECK(result.revision_id->value == "1a");
    CHECK(result.revises->value == "0f");
  }
  SUBCASE("line ends of Windows") {
    const Header result =
        header("\"\"\"m\r\n\r\nRevises: 0f\r\nCreate Date: 2021-01-01\r\n\"\"\"\r\n");
    CHECK(result.message == "m");
    CHECK(result.revises->value == "0f");
    CHECK(result.created);
  }
  SUBCASE("comments in place of a docstring") {
    const Header result = header(
        "# -*- coding: utf-8 -*-\n# Revision ID: 1a\n#  Revises: 0f\n## Create Date: 2021-01-01\n"
        "revision = '1a'\n");
    CHECK(result.message.empty());
    CHECK(result.revision_id->value == "1a");
    CHECK(result.revises->value == "0f");
    CHECK(result.created);
  }
  SUBCASE("a string that is no docstring") {
    const Header result =
        header("from __future__ import annotations\n\"\"\"late\n\nRevises: 0f\n\"\"\"\n");
    CHECK(result.message == "late");
    CHECK(result.revises->value == "0f");
  }
  SUBCASE("the first of each counts") {
    CHECK(header("\"\"\"m\nRevises: a\nRevises: b\n\"\"\"\n# Revises: c\n").revises->value == "a");
  }
  SUBCASE("a docstring that begins with a field has no message") {
    CHECK(header("\"\"\"Revision ID: 1a\n\"\"\"\n").message.empty());
  }
}

TEST_CASE("history::read_header gives empty values a place") {
  const std::string_view text = "\"\"\"m\n\nRevises:\nCreate Date: \n\"\"\"\n";
  const Header result = header(text);
  REQUIRE(result.revises);
  CHECK(result.revises->value.empty());
  CHECK(result.revises->span.begin == text.find("Revises:") + 8);
  REQUIRE(result.create_date);
  CHECK_FALSE(result.created);
}

TEST_CASE("history::read_header does not take other text for a header") {
  CHECK_FALSE(header("\"\"\"Revision identifiers: none\n\"\"\"\n").revision_id);
  CHECK_FALSE(header("# revision identifiers, used by Alembic.\nx = 1\n").revision_id);
  CHECK_FALSE(header("x = 'Create Date: 2021-01-01'\n").create_date);
  CHECK_FALSE(header("x = 1  # Create Date: 2021-01-01\n").create_date);
  CHECK_FALSE(header("def f():\n  pass\n\n\n# Create Date: 2021-01-01\n").create_date);
  CHECK_FALSE(header("").create_date);
  CHECK_FALSE(header("''\n").create_date);
}

TEST_CASE("history::read_header cuts a long message between characters") {
  const std::string message(499, 'x');
  CHECK(header("\"\"\"" + message + "éé\"\"\"\n").message == message);
}

TEST_CASE("history::ids_in_field") {
  using Ids = std::vector<std::string>;
  CHECK(ids_in_field("1a2b") == Ids{"1a2b"});
  CHECK(ids_in_field("1a, 2b,3c") == Ids{"1a", "2b", "3c"});
  CHECK(ids_in_field("('1a', '2b')") == Ids{"1a", "2b"});
  CHECK(ids_in_field("").empty());
  CHECK(ids_in_field("None").empty());
  CHECK(ids_in_field("<base>").empty());
}
