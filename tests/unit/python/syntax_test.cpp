#include "python/syntax.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using gauger::python::Node;
using gauger::python::NodeKind;
using gauger::python::Operator;
using gauger::python::parse;

gauger::base::Result<gauger::python::Syntax> parsed(std::string_view text) {
  return parse(text, {0, static_cast<std::uint32_t>(text.size())});
}

const Node& statement(const gauger::base::Result<gauger::python::Syntax>& syntax) {
  REQUIRE(syntax.has_value());
  REQUIRE(syntax->root().children.size() == 1);
  return syntax->root().child(0);
}

const Node& expression(const gauger::base::Result<gauger::python::Syntax>& syntax) {
  const Node& only = statement(syntax);
  REQUIRE(only.kind == NodeKind::expression_statement);
  return only.child(0);
}

std::string syntax_problem(std::string_view text) {
  const auto syntax = parsed(text);
  return syntax ? "" : syntax.error().message;
}

}  // namespace

TEST_CASE("python::parse reads calls with every kind of argument") {
  const std::string_view text = "op.f(1, *a, k='v', **d)\n";
  const auto syntax = parsed(text);
  const Node& call = expression(syntax);
  REQUIRE(call.kind == NodeKind::call);
  REQUIRE(call.children.size() == 5);
  CHECK(call.child(0).kind == NodeKind::attribute);
  CHECK(call.child(0).text == "f");
  CHECK(call.child(0).child(0).text == "op");
  CHECK(call.child(1).text == "1");
  CHECK(call.child(2).kind == NodeKind::starred);
  CHECK(call.child(3).kind == NodeKind::keyword);
  CHECK(call.child(3).text == "k");
  CHECK(call.child(3).child(0).text == "v");
  CHECK(call.child(4).kind == NodeKind::double_starred);
}

TEST_CASE("python::parse keeps a stray comma, which makes the statement a tuple") {
  const auto syntax = parsed("op.f(1),\n");
  const Node& tuple = expression(syntax);
  CHECK(tuple.kind == NodeKind::tuple);
  CHECK(tuple.child(0).kind == NodeKind::call);
}

TEST_CASE("python::parse decodes string literals") {
  const auto value = [](std::string_view text) {
    const auto syntax = parsed(text);
    const Node& node = expression(syntax);
    REQUIRE(node.kind == NodeKind::string);
    return std::string(node.text);
  };
  CHECK(value("'a\\n\\x41\\u00e9\\101\\q'") ==
        "a\nA\xC3\xA9"
        "A\\q");
  CHECK(value("r'a\\n'") == "a\\n");
  CHECK(value("'''a\nb'''") == "a\nb");
  CHECK(value("'a' \"b\" 'c'") == "abc");
  CHECK(value("('a'\n 'b')") == "ab");
  CHECK(value("'a\\\nb'") == "ab");
  CHECK(value("''") == "");
}

TEST_CASE("python::parse splits f-strings into literals and expressions") {
  const auto syntax = parsed("f'a{{{x!r:>10}b' 'c{'");
  const Node& node = expression(syntax);
  REQUIRE(node.kind == NodeKind::formatted);
  REQUIRE(node.children.size() == 4);
  CHECK(node.child(0).text == "a{");
  CHECK(node.child(1).kind == NodeKind::interpolation);
  CHECK(node.child(1).child(0).text == "x");
  CHECK(node.child(1).text == "!r:>10");
  CHECK(node.child(2).text == "b");
  CHECK(node.child(3).text == "c{");
}

TEST_CASE("python::parse nests elif as if") {
  const auto syntax = parsed("if a:\n  b\nelif c:\n  d\nelse:\n  e\n");
  const Node& node = statement(syntax);
  REQUIRE(node.kind == NodeKind::if_);
  REQUIRE(node.optional_child(2) != nullptr);
  const Node& nested = node.child(2);
  CHECK(nested.kind == NodeKind::if_);
  CHECK(nested.child(0).text == "c");
  REQUIRE(nested.optional_child(2) != nullptr);
  CHECK(nested.child(2).kind == NodeKind::block);
}

TEST_CASE("python::parse reads compound statements") {
  const auto with = parsed("with op.batch('t') as b, c:\n  pass\n");
  REQUIRE(statement(with).kind == NodeKind::with);
  REQUIRE(statement(with).children.size() == 3);
  CHECK(statement(with).child(0).child(1).text == "b");
  CHECK(statement(with).child(1).children.size() == 1);

  const auto attempt = parsed("try:\n  a\nexcept (B, C) as e:\n  d\nelse:\n  f\nfinally:\n  g\n");
  REQUIRE(statement(attempt).kind == NodeKind::try_);
  REQUIRE(statement(attempt).children.size() == 4);
  CHECK(statement(attempt).child(1).kind == NodeKind::handler);
  CHECK(statement(attempt).child(2).kind == NodeKind::else_);
  CHECK(statement(attempt).child(3).kind == NodeKind::finally_);

  const auto loop = parsed("for a, b in c:\n  d\nelse:\n  e\n");
  REQUIRE(statement(loop).kind == NodeKind::for_);
  CHECK(statement(loop).child(0).kind == NodeKind::tuple);
  CHECK(statement(loop).child(3).kind == NodeKind::block);
}

TEST_CASE("python::parse reads functions with their parameters and decorators") {
  const auto syntax = parsed("@d\ndef f(a, b: int = 1, *c, k=2, **e) -> int:\n  return a\n");
  const Node& function = statement(syntax);
  REQUIRE(function.kind == NodeKind::function);
  CHECK(function.text == "f");
  REQUIRE(function.children.size() == 3);
  const Node& parameters = function.child(0);
  REQUIRE(parameters.children.size() == 5);
  CHECK(parameters.child(1).text == "b");
  CHECK(parameters.child(1).child(0).text == "1");
  CHECK(parameters.child(2).op == Operator::star);
  CHECK(parameters.child(4).op == Operator::double_star);
  CHECK(parameters.child(4).text == "e");
  CHECK(function.child(2).text == "d");
}

TEST_CASE("python::parse reads assignments, annotated and chained") {
  const auto chained = parsed("a = b = 1\n");
  REQUIRE(statement(chained).kind == NodeKind::assign);
  CHECK(statement(chained).children.size() == 3);
  const auto annotated = parsed("a: Union[str, None] = None\n");
  REQUIRE(statement(annotated).kind == NodeKind::annotated);
  CHECK(statement(annotated).child(2).kind == NodeKind::none);
  const auto augmented = parsed("a += 1\n");
  REQUIRE(statement(augmented).kind == NodeKind::augmented);
  CHECK(statement(augmented).op == Operator::add);
}

TEST_CASE("python::parse reads operators and slices") {
  const auto chain = parsed("a < b not in c\n");
  REQUIRE(expression(chain).kind == NodeKind::compare);
  REQUIRE(expression(chain).children.size() == 5);
  CHECK(expression(chain).child(1).op == Operator::less);
  CHECK(expression(chain).child(3).op == Operator::not_in);
  const auto slice = parsed("a[:2]\n");
  REQUIRE(expression(slice).child(1).kind == NodeKind::slice);
  CHECK(expression(slice).child(1).optional_child(0) == nullptr);
  CHECK(expression(slice).child(1).child(1).text == "2");
  const auto either = parsed("a and not b\n");
  CHECK(expression(either).op == Operator::and_);
  CHECK(expression(either).child(1).op == Operator::not_);
}

TEST_CASE("python::parse reads imports") {
  const auto from = parsed("from ..pkg.mod import (a, b as c)\n");
  REQUIRE(statement(from).kind == NodeKind::import_from);
  CHECK(statement(from).text == "..pkg.mod");
  REQUIRE(statement(from).children.size() == 2);
  CHECK(statement(from).child(1).text == "b");
  CHECK(statement(from).child(1).child(0).text == "c");
  const auto star = parsed("from a import *\n");
  CHECK(statement(star).children.empty());
  const auto plain = parsed("import a.b, c as d\n");
  CHECK(statement(plain).child(0).text == "a.b");
  CHECK(statement(plain).child(1).child(0).text == "d");
}

TEST_CASE("python::parse says where the syntax is wrong") {
  const auto broken = parsed("x = 1\ny = = 2\n");
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().position.line == 2);
  CHECK(syntax_problem("def f(:\n  pass\n") == "invalid syntax");
  CHECK(syntax_problem("print 'x'\n") == "invalid syntax: this is a statement of Python 2");
  CHECK(syntax_problem("def f():\n  exec 'x'\n") ==
        "invalid syntax: this is a statement of Python 2");
}

TEST_CASE("python::parse is bounded on hostile texts") {
  CHECK(syntax_problem("x = " + std::string(100000, '-') + "1\n") ==
        "the expression is nested too deeply");
  std::string chain = "x = a";
  for (int i = 0; i < 100000; ++i) {
    chain += ".b()";
  }
  CHECK(syntax_problem(chain + "\n") == "the expression is nested too deeply");
  CHECK(syntax_problem("x = " + std::string(190, '(') + "1" + std::string(190, ')') + "\n") == "");
}

TEST_CASE("python::parse reads the syntax of recent Python") {
  CHECK(syntax_problem("match x:\n    case 1:\n        a\n    case _:\n        b\n") == "");
  CHECK(syntax_problem("type X = int\n") == "");
  CHECK(syntax_problem("def f[T](x: T) -> T: return x\n") == "");
  CHECK(syntax_problem("if (n := 10) > 5: pass\n") == "");
  CHECK(syntax_problem("try:\n  a\nexcept* B:\n  c\n") == "");
  CHECK(syntax_problem("x = t'{a}'\n") == "");
}
