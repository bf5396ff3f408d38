#include "history/read.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "history/excerpt.hpp"
#include "unit/project/temporary_folder.hpp"

using gauger::base::ErrorKind;
using gauger::base::slice;
using gauger::history::read_revision;
using gauger::history::Revision;

namespace {

using Names = std::vector<std::string>;

Revision read(std::string_view text) {
  auto revision = read_revision("versions/x.py", text);
  REQUIRE_MESSAGE(revision.has_value(), revision.error().message);
  return std::move(*revision);
}

std::string problem(std::string_view text, const std::string& path = "versions/x.py") {
  const auto revision = read_revision(path, text);
  REQUIRE_FALSE(revision.has_value());
  CHECK(revision.error().path == path);
  return revision.error().message;
}

}  // namespace

TEST_CASE("history::read_revision reads identifiers as people write them") {
  const auto parents = [](std::string_view value) {
    return read("revision = 'r'\ndown_revision" + std::string(value) + "\n").down_revisions;
  };
  CHECK(parents(" = 'a'") == Names{"a"});
  CHECK(parents(" = \"a\"") == Names{"a"});
  CHECK(parents(" = '''a'''") == Names{"a"});
  CHECK(parents(" = \"\"\"a\"\"\"  # from a") == Names{"a"});
  CHECK(parents("='a'") == Names{"a"});
  CHECK(parents(": str = 'a'") == Names{"a"});
  CHECK(parents(": Union[str, None] = 'a'") == Names{"a"});
  CHECK(parents(" = 'a' 'b'") == Names{"ab"});
  CHECK(parents(" = ('a')") == Names{"a"});
  CHECK(parents(" = \\\n    'a'") == Names{"a"});
  CHECK(parents(" = 'a\\x62'") == Names{"ab"});
  CHECK(parents(" = None").empty());
  CHECK(parents(": str | None = None").empty());
  CHECK(parents(" = ()").empty());
  CHECK(parents(" = ('a', 'b')") == Names{"a", "b"});
  CHECK(parents(" = 'a', 'b'") == Names{"a", "b"});
  CHECK(parents(" = ['a', 'b']") == Names{"a", "b"});
  CHECK(parents(" = ('a',)") == Names{"a"});
  CHECK(parents(" = ''") == Names{""});
  CHECK(parents(" = 'x'\ndown_revision = 'a'") == Names{"a"});
  CHECK(parents(" = 'x'\nif True:\n  down_revision = 'a'") == Names{"a"});
  CHECK(parents(" = r'a'") == Names{"a"});
}

TEST_CASE("history::read_revision follows names and lines with several statements") {
  CHECK(read("base = 'a'\nrevision = 'r'\ndown_revision = base\n").down_revisions == Names{"a"});
  CHECK(read("revision = 'r'; down_revision = 'a'\n").down_revisions == Names{"a"});
  CHECK(read("revision, down_revision = 'r', 'a'\n").id == "r");
}

TEST_CASE("history::read_revision reads labels and dependencies") {
  const Revision revision =
      read("revision = 'r'\ndown_revision = 'a'\nbranch_labels = ('x', 'y')\ndepends_on = 'z'\n");
  CHECK(revision.branch_labels == Names{"x", "y"});
  CHECK(revision.depends_on == Names{"z"});
  const Revision plain = read("revision = 'r'\ndown_revision = 'a'\n");
  CHECK(plain.branch_labels.empty());
  CHECK(plain.depends_on.empty());
}

TEST_CASE("history::read_revision gives the places of values") {
  const std::string_view text = "revision = 'r'\ndown_revision: str = 'a'  # parent\n";
  const Revision revision = read(text);
  CHECK(slice(text, revision.revision_binding.value) == "'r'");
  CHECK(slice(text, revision.down_revision_binding.value) == "'a'");
  CHECK(slice(text, revision.down_revision_binding.statement) == "down_revision: str = 'a'");
  CHECK(revision.depends_on_binding.statement.empty());
}

TEST_CASE("history::read_revision takes a hexadecimal file name for an id, as Alembic 0.1 did") {
  const auto revision = read_revision("versions/12ab.py", "down_revision = None\n");
  REQUIRE(revision.has_value());
  CHECK(revision->id == "12ab");
  for (const char* path : {"versions/x_12ab.py", "versions/12AB.py", "versions/.py", "12ab.txt"}) {
    CAPTURE(path);
    CHECK(problem("down_revision = None\n", path) ==
          "the file assigns no `revision`, and Alembic stops at such a file");
  }
}

TEST_CASE("history::read_revision says which identifier cannot be read") {
  CHECK(problem("revision = 'r'\n") ==
        "the file assigns no `down_revision`, and Alembic stops at such a file");
  CHECK(problem("revision = None\ndown_revision = None\n") == "`revision` is None, not a string");
  CHECK(problem("revision = ['r']\ndown_revision = None\n") ==
        "`revision` is a list of ids, not a string");
  CHECK(problem("revision = 12\ndown_revision = None\n").starts_with("`revision` is "));
  CHECK(problem("revision = 'r'\ndown_revision = make()\n")
            .starts_with("`down_revision` cannot be known without running the file: "));
  CHECK(problem("revision = 'r'\ndown_revision = ('a', 1)\n").starts_with("`down_revision`"));

  const auto revision = read_revision("x.py", "revision = 'r'\n\ndown_revision = make()\n");
  REQUIRE_FALSE(revision.has_value());
  CHECK(revision.error().kind == ErrorKind::identifier);
  CHECK(revision.error().position == gauger::base::Position{3, 17});
}

TEST_CASE("history::read_revision sees brackets and quotes anywhere in the file") {
  const auto revision = read_revision(
      "x.py", "revision = 'r'\ndown_revision = None\n\n\ndef upgrade():\n    f((1)\n");
  REQUIRE_FALSE(revision.has_value());
  CHECK(revision.error().kind == ErrorKind::unparsable);
  CHECK(revision.error().path == "x.py");
  CHECK(revision.error().position.line == 6);
}

TEST_CASE("history::read_revisions reads all that it can") {
  const gauger::tests::TemporaryFolder folder({
      {"versions/a.py", "revision = 'a'\ndown_revision = None\n"},
      {"versions/b.py", "\xef\xbb\xbfrevision = 'b'\ndown_revision = 'a'\n"},
      {"versions/c.py", "# -*- coding: latin-1 -*-\n# \xe9\nrevision = 'c'\ndown_revision = 'b'\n"},
      {"versions/d.py", "x = '\xe9'\n"},
      {"versions/e.py", ""},
      {"versions/f.py", "revision = (\n"},
      {"versions/g.txt", "revision = 'g'\n"},
  });
  const gauger::base::WorkingTree tree(folder.path());
  const auto reading = gauger::history::read_revisions(
      tree, gauger::project::AlembicSettings{.version_locations = {"versions"}});
  Names found;
  for (const Revision& revision : reading.revisions) {
    found.push_back(revision.id + " " + revision.path);
  }
  CHECK(found == Names{"a versions/a.py", "b versions/b.py", "c versions/c.py"});
  Names failed;
  for (const auto& error : reading.errors) {
    failed.push_back(error.path);
  }
  CHECK(failed == Names{"versions/d.py", "versions/e.py", "versions/f.py"});
}

TEST_CASE("history::excerpt") {
  const std::string_view text = "one\ntwo\r\nthree";
  const auto excerpt = gauger::history::excerpt(text, {5, 11});
  CHECK(excerpt.begin == gauger::base::Position{2, 2});
  CHECK(excerpt.end == gauger::base::Position{3, 3});
  CHECK(excerpt.lines == Names{"two", "three"});
  CHECK(gauger::history::excerpt(text, {90, 99}).lines == Names{"three"});
  CHECK(gauger::history::excerpt("", {0, 0}).lines == Names{""});
}
