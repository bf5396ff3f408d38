#include "python/outline.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using gauger::base::slice;
using gauger::python::outline;
using gauger::python::StatementKind;

struct Seen {
  StatementKind kind;
  std::string name;
  std::string value;
};

std::vector<Seen> statements(std::string_view text) {
  const auto result = outline(text);
  REQUIRE(result.has_value());
  std::vector<Seen> seen;
  for (const auto& statement : result->statements) {
    seen.push_back({statement.kind, std::string(slice(text, statement.name)),
                    std::string(slice(text, statement.value))});
  }
  return seen;
}

std::string problem(std::string_view text) {
  const auto result = outline(text);
  if (result) {
    return "";
  }
  return std::to_string(result.error().position.line) + ":" +
         std::to_string(result.error().position.column) + " " + result.error().message;
}

}  // namespace

TEST_CASE("python::outline tells the kinds of top-level statements apart") {
  const auto seen = statements(
      "'''doc'''\n"
      "from alembic import op\n"
      "import sqlalchemy as sa\n"
      "revision = 'a'\n"
      "down_revision: Union[str, None] = 'b'  # parent\n"
      "label: str\n"
      "x = y = 1\n"
      "x += 1\n"
      "a, b = 1, 2\n"
      "a = 1; b = 2\n"
      "@decorated(\n  1)\n"
      "async def upgrade():\n    pass\n"
      "class C(object): pass\n"
      "if x:\n    y = 1\nelse:\n    y = 2\n"
      "f(\n  'x'\n)\n");
  REQUIRE(seen.size() == 14);
  CHECK(seen[0].kind == StatementKind::docstring);
  CHECK(seen[1].kind == StatementKind::import);
  CHECK(seen[2].kind == StatementKind::import);
  CHECK(seen[3].kind == StatementKind::assignment);
  CHECK(seen[3].name == "revision");
  CHECK(seen[3].value == "'a'");
  CHECK(seen[4].kind == StatementKind::assignment);
  CHECK(seen[4].name == "down_revision");
  CHECK(seen[4].value == "'b'");
  CHECK(seen[5].kind == StatementKind::assignment);
  CHECK(seen[5].value.empty());
  CHECK(seen[6].kind == StatementKind::other);
  CHECK(seen[7].kind == StatementKind::other);
  CHECK(seen[8].kind == StatementKind::other);
  CHECK(seen[9].kind == StatementKind::other);
  CHECK(seen[10].kind == StatementKind::definition);
  CHECK(seen[10].name == "upgrade");
  CHECK(seen[11].kind == StatementKind::type);
  CHECK(seen[11].name == "C");
  CHECK(seen[12].kind == StatementKind::other);
  CHECK(seen[13].kind == StatementKind::other);
}

TEST_CASE("python::outline spans a definition with its decorators and body") {
  const std::string_view text =
      "@d\ndef f(a: int = {1: 2}[1]) -> int:\n    return '''\n)\n'''\n\n# c\nx = 1\n";
  const auto result = outline(text);
  REQUIRE(result.has_value());
  REQUIRE(result->statements.size() == 2);
  CHECK(slice(text, result->statements[0].span) ==
        "@d\ndef f(a: int = {1: 2}[1]) -> int:\n    return '''\n)\n'''");
  CHECK(slice(text, result->statements[0].header) == "@d\ndef f(a: int = {1: 2}[1]) -> int:");
  REQUIRE(result->comments.size() == 1);
  CHECK(slice(text, result->comments[0].span) == "# c");
}

TEST_CASE("python::outline finds comments, and none inside strings") {
  const std::string_view text =
      "x = '# no'  # yes\n"
      "def f():\n"
      "    # alone\n"
      "    g(1,  # inside\n"
      "      # alone inside\n"
      "      f'{x!r:>{w}}#no{\"#no\"}')\n";
  const auto result = outline(text);
  REQUIRE(result.has_value());
  REQUIRE(result->comments.size() == 4);
  CHECK(slice(text, result->comments[0].span) == "# yes");
  CHECK_FALSE(result->comments[0].alone);
  CHECK(slice(text, result->comments[1].span) == "# alone");
  CHECK(result->comments[1].alone);
  CHECK(result->comments[2].depth == 1);
  CHECK_FALSE(result->comments[2].alone);
  CHECK(result->comments[3].alone);
}

TEST_CASE("python::outline accepts what Python accepts") {
  CHECK(problem("") == "");
  CHECK(problem("\n\n  # only a comment") == "");
  CHECK(problem("x = 'it''s' \"\" '''a'b\"c\\''''\n") == "");
  CHECK(problem("x = r'\\' + 1\n'\n") != "");  // a raw string cannot end in one backslash
  CHECK(problem("if x:\n\ty = 1\n\tz = 2\n") == "");
  CHECK(problem("x = f'{a[\"b\"]}' f\"{'{'}\" f'{{' f'{x:{y}}'\n") == "");
  CHECK(problem("x = f'{f\"{f'{1}'}\"}'\n") == "");
  CHECK(problem("x = (1 +\n  2) \\\n  + 3\n") == "");
  CHECK(problem("d = {'a': lambda: 1}\nx[1:2]\n") == "");
  CHECK(problem("def f():\r\n    pass\r\n") == "");
  CHECK(problem("\fx = 1\n") == "");
}

TEST_CASE("python::outline names what is unbalanced, and where") {
  CHECK(problem("x = (1\n") == "1:5 '(' was never closed");
  CHECK(problem("x = 1)\n") == "1:6 unmatched ')'");
  CHECK(problem("x = (1]\n") ==
        "1:7 closing parenthesis ']' does not match opening parenthesis '('");
  CHECK(problem("a = 1\nx = 'ab\ny = 2\n") == "2:5 unterminated string literal");
  CHECK(problem("x = '''ab\n") == "1:5 unterminated triple-quoted string literal");
  CHECK(problem("  x = 1\n") == "1:3 unexpected indent");
  CHECK(problem("def f():\npass\n") == "2:1 expected an indented block");
  CHECK(problem("def f():\n") == "1:9 expected an indented block");
  CHECK(problem("if x:\n    a\n  b\n") ==
        "3:3 unindent does not match any outer indentation level");
  CHECK(problem("x = \\ 1\n") == "1:5 unexpected character after line continuation character");
  CHECK(problem(std::string_view("x = 1\0\n", 7)) == "1:6 the file contains a NUL byte");
  CHECK(problem(std::string(300, '(')) == "1:201 too many nested parentheses");
}

TEST_CASE("python::outline is bounded on hostile texts") {
  std::string nested = "x = ";
  for (int i = 0; i < 100000; ++i) {
    nested += "f'{";
  }
  CHECK(problem(nested) != "");
  std::string blocks;
  for (int i = 0; i < 200; ++i) {
    blocks += std::string(static_cast<std::size_t>(i), ' ') + "if x:\n";
  }
  CHECK(problem(blocks).find("too many levels of indentation") != std::string::npos);
}

TEST_CASE("python::outline leaves a comment out of a statement, also at the text's very end") {
  for (const std::string_view end : {"", "\n", "\r\n"}) {
    const std::string text = "down_revision = 'a'  # the parent:" + std::string(end);
    const auto seen = statements(text);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].value == "'a'");
  }
  CHECK(problem("x = 1  # not a block:") == "");
  CHECK(problem("if x:  # a block") == "1:6 expected an indented block");
}
