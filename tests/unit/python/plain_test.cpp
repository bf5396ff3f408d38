#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "python/nodes.hpp"

namespace {

using gauger::python::Node;
using gauger::python::parse_plain;
using gauger::python::parse_whole;

// Where two trees differ first; empty: nowhere.
std::string difference(const Node* left, const Node* right) {
  if (left == nullptr || right == nullptr) {
    return left == right ? "" : "one is absent";
  }
  const std::string place = fmt::format(" at {}", left->span.begin);
  if (left->kind != right->kind || left->op != right->op) {
    return "kinds" + place;
  }
  if (left->text != right->text || left->height != right->height) {
    return "texts or heights" + place;
  }
  if (left->children.size() != right->children.size()) {
    return "numbers of children" + place;
  }
  for (std::size_t i = 0; i < left->children.size(); ++i) {
    if (auto below = difference(left->children[i], right->children[i]); !below.empty()) {
      return below;
    }
  }
  return left->span == right->span ? "" : "spans" + place;
}

// What is read plainly is read as tree-sitter reads it: the difference, or that tree-sitter fails.
std::optional<std::string> compared(std::string_view text) {
  const gauger::base::Span all{0, static_cast<std::uint32_t>(text.size())};
  const auto plain = parse_plain(text, all);
  if (!plain) {
    return std::nullopt;
  }
  const auto whole = parse_whole(text, all);
  return whole ? difference(&plain->root(), &whole->root()) : whole.error().message;
}

const std::vector<std::string_view> plain_texts = {
    "",
    "\n\n# only a comment\n",
    "\"\"\"add users\n\nRevision ID: 1\n\"\"\"\nrevision = '1'\n",
    "revision: str = '1'\ndown_revision: Union[str, None] = None\nlabels: 'A | B'\n",
    "a = b = c, d\na.b, c[0] = 1, 2,\n",
    "a += 1\na |= b or c\na //= 2; ",
    "import a\nimport a.b as c, d\nfrom . import e\nfrom ..f import (g as h,\n  i,)\n",
    "from j import *\n",
    "def upgrade() -> None:\n    pass\n    # at the end\n  # less\n# none\n",
    "def f(a, b: int, c=1, d: str = 'x'):\n  return\ndef g():\n  return a, b  # why\n\n\nx = 1\n",
    "def f():\n  if a:  # one\n    b\n  elif c:\n    d\n  else:\n    e\n  f()\n",
    "for a in b, c:\n  continue\nfor d, e in f.items():\n  break\nelse:\n  pass\n",
    "while not a:\n  a()\nelse:\n  b()\n",
    "with op.batch_alter_table('t', schema=None) as batch_op:\n  batch_op.drop_column('c')\n",
    "with a, b() as c:\n  pass\n",
    "try:\n  a\nexcept A:\n  b\nexcept (B, C) as d:\n  raise\nelse:\n  c\nfinally:\n  d\n",
    "try:\n  a\nexcept E.F as g:\n  raise H('x') from g\n",
    "assert a\nassert a, 'b'\nglobal a, b\n",
    "op.f(1, 2.5, .5 if a else 1., *b, k='v', **c)\n",
    "op.f(1, 2.5, 1.,\n   *b, k = 'v',  # why\n  **c)\n",
    "op.g(x for x in y if x)\nop.h(),\nop.i(), op.j()\n",
    "[1, *a, (2,), (), (3), [4], {}, {5}, {6: 7, **b}, {*c}]\n",
    "[a for a in b]\n{a for a, b in c if a if b}\n{a: b for a in c for b in d}\n(a for a in b)\n",
    "a[1]\na[1:2, ::3, b]\na[:]\na[1][2:]\n",
    "a or b and not c\nnot not a\na if b else c if d else e\n",
    "a < b <= c != d\na not in b\na is not b\na is b in c == d > e >= f\n",
    "a + b * c - d / e // f % g @ h ** i\n(a | b) & c | d << e >> f\n-a ** b\n~a\n",
    "r'a\\n' 'c' if d else ...\nb'a' b'b'\nu'a' 'b' \"c\\x41\" '''d\ne'''\n'a\\\nb'\n",
    "a = \\\n  b\nif a \\\n   and b:\n  c\n",
    "f(None, True, False)\nNone\nnot a\n",
    "f.print(a, type, match=1)\nx = exec\n",
};

}  // namespace

TEST_CASE("python::parse_plain reads what tree-sitter reads") {
  std::size_t read = 0;
  for (const std::string_view text : plain_texts) {
    CAPTURE(text);
    const auto result = compared(text);
    read += result ? 1U : 0U;
    CHECK(result.value_or("") == "");
  }
  // All but those with a semicolon and a number that begins with a dot.
  CHECK(read == plain_texts.size() - 2);
}

TEST_CASE("python::parse_plain gives up what is rare or wrong") {
  const std::vector<std::string_view> texts = {
      "class A:\n  pass\n",
      "f'{a}'\n",
      "lambda: 1\n",
      "async def f():\n  pass\n",
      "@a\ndef f():\n  pass\n",
      "match a:\n  case 1:\n    pass\n",
      "print 'a'\n",
      "a = 1; b = 2\n",
      "if a: b\n",
      "f() = 1\n",
      "f(\n",
      "f)\n",
      "'a\n",
      "'''a\n",
      "a b\n",
      "  a\n",
      "if a:\nb\n",
      "if a:\n  b\n   c\n",
      "if a:\n    b\n  c\n",
      "if a:\n\tb\n",
      "a\r\n",
      "caf\xC3\xA9 = 1\n",
      "class = 1\n",
      "a.if\n",
      "'a' b'b'\n",
      "{1, 2: 3}\n",
      "0777\n",
      "1_000\n",
      "x = yield\n",
      "from __future__ import annotations\n",
      "def f(*, a):\n  pass\n",
      "(a) = 1\n",
      "try:\n  a\n",
      "a ** b ** c\n",
      "a ^ b\n",
      std::string_view("a\0\n", 3),
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    CHECK_FALSE(compared(text).has_value());
  }
}

TEST_CASE("python::parse_plain gives up deep nesting, and does not overflow") {
  CHECK_FALSE(compared(std::string(100'000, '(')).has_value());
  CHECK_FALSE(compared(std::string(100'000, '-') + "1\n").has_value());
  std::string chain = "a";
  for (int i = 0; i < 100'000; ++i) {
    chain += ".b";
  }
  CHECK_FALSE(compared(chain + "\n").has_value());
}

TEST_CASE("python::parse_plain agrees on mutilated texts") {
  std::mt19937 random(20261125);  // NOLINT(cert-msc51-cpp): the same texts each time
  const std::string bytes = "()[]{}:,.=+-*'\"\\ \n#abif0@!<";
  std::size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(plain_texts[random() % plain_texts.size()]);
    text += plain_texts[random() % plain_texts.size()];
    for (std::size_t changes = 1 + random() % 3; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text.erase(at, 1 + random() % 3);
          break;
        case 1:
          text.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        default:
          text[at] = bytes[random() % bytes.size()];
      }
    }
    CAPTURE(text);
    const auto result = compared(text);
    read += result ? 1U : 0U;
    REQUIRE(result.value_or("") == "");
  }
  CHECK(read > 2'000);
}
