// What is folded: names, containers, strings, functions, classes.
#include <doctest/doctest.h>

#include "unit/eval/show.hpp"
#include "unit/eval/trace.hpp"

namespace gauger::eval {
namespace {

using List = std::vector<std::string>;

List evaluate(std::string_view top, std::string_view body = {}) {
  std::string text = "import enum\nfrom contextlib import contextmanager\n";
  text += "from functools import partial\nimport textwrap\nfrom world import act, ask\n";
  if (body.empty()) {
    text += "def upgrade():\n";
    text += top;
  } else {
    text += top;
    text += "def upgrade():\n";
    text += body;
  }
  const auto traced = test::trace(text);
  REQUIRE(traced.has_value());
  CHECK(traced->gave_up == "");
  return traced->arguments();
}

TEST_CASE("eval::assign unpacks") {
  CHECK(evaluate("  a, *b, c = [1, 2, 3, 4]\n  act((a, b, c))\n") == List{"(1, [2, 3], 4)"});
  CHECK(evaluate("  (a, b), c = (1, 2), 3\n  act(b)\n") == List{"2"});
  CHECK(evaluate("  a, b = ask()\n  act(a)\n") == List{"?"});
}

TEST_CASE("eval::containers change as Python's do") {
  CHECK(
      evaluate("  x = [3, 1]\n  x.insert(0, 7)\n  x.remove(1)\n  y = x\n  y += [4]\n  act(x)\n") ==
      List{"[7, 3, 4]"});
  CHECK(evaluate("  x = [1, 2, 3]\n  act(x.pop())\n  act(x.pop(0))\n  x[0] = 9\n  act(x)\n") ==
        List{"3", "1", "[9]"});
  CHECK(evaluate("  x = [1]\n  y = x.copy()\n  y.append(2)\n  act(x)\n  x.clear()\n  act(x)\n") ==
        List{"[1]", "[]"});
  CHECK(evaluate("  x = {'a': 1, **{'a': 2, 'b': 3}}\n  act(x)\n  x.update(c=4)\n  del x['a']\n"
                 "  act(x)\n") == List{"{'a': 2, 'b': 3}", "{'b': 3, 'c': 4}"});
  CHECK(evaluate("  x = {'a': 1}\n  act(x.pop('a'))\n  act(x.setdefault('b', 5))\n  act(x)\n") ==
        List{"1", "5", "{'b': 5}"});
  CHECK(evaluate("  x = []\n  x.append(x)\n  act(1 if x == [1] else 2)\n") == List{"2"});
}

TEST_CASE("eval::comprehension keeps elements in doubt") {
  CHECK(evaluate("  act([i * 2 for i in (1, 2, 3) if i != 2])\n") == List{"[2, 6]"});
  CHECK(evaluate("  act([i for i in (1, 2) if ask()])\n") == List{"[1?, 2?]"});
  CHECK(evaluate("  act({k: v for k, v in {'a': 1}.items()})\n") == List{"{'a': 1}"});
  CHECK(evaluate("  act([i for i in ask()])\n") == List{"[...]"});
}

TEST_CASE("eval::strings are put together") {
  CHECK(evaluate("  t = 'x'\n  act(f'a {t} {1 + 1} {{}}')\n") == List{"'a x 2 {}'"});
  CHECK(evaluate("  act('%s-%d %(q)s' % ('a', 1))\n") == List{"?"});
  CHECK(evaluate("  act('%s-%d %%' % ('a', 1))\n  act('%(a)s' % {'a': 'b'})\n") ==
        List{"'a-1 %'", "'b'"});
  CHECK(evaluate("  act('{} {0} {x}'.format(1, x='y'))\n") == List{"'1 1 y'"});
  CHECK(evaluate("  act(', '.join(['a', 'b']))\n  act(textwrap.dedent('  a\\n  b'))\n") ==
        List{"'a, b'", "'a\nb'"});
  CHECK(evaluate("  act('ab'.upper().replace('A', 'x') * 2)\n") == List{"'xBxB'"});
}

TEST_CASE("eval::functions are followed with their arguments") {
  CHECK(evaluate("def f(a, b=2, *c, d=4, **e):\n  act((a, b, c, d, e))\n",
                 "  f(1)\n  f(1, 3, 5, d=6, x=7)\n  f(*[1, 2], **{'d': 3})\n") ==
        List{"(1, 2, (), 4, {})", "(1, 3, (5,), 6, {'x': 7})", "(1, 2, (), 3, {})"});
  CHECK(evaluate("n = 1\ndef f(a=n):\n  act(a)\nn = 2\n", "  f()\n") == List{"1"});
  CHECK(evaluate("n = 1\ndef f():\n  global n\n  n = 2\n", "  f()\n  act(n)\n") == List{"2"});
  CHECK(evaluate("  n = 1\n  def f():\n    nonlocal n\n    n = 2\n  f()\n  act(n)\n") == List{"2"});
  CHECK(evaluate("  f = lambda x, y=3: x + y\n  act(f(1))\n  act(list(map(f, [1, 2])))\n") ==
        List{"4", "[4, 5]"});
  CHECK(evaluate("def f(a, b):\n  act((a, b))\n", "  partial(f, 1)(2)\n") == List{"(1, 2)"});
  CHECK(evaluate("def f():\n  yield 1\n  if ask():\n    yield 2\n  yield 3\n",
                 "  for i in f():\n    act(i)\n") == List{"1", "2?", "3"});
}

TEST_CASE("eval::run_with runs the block where a context manager yields") {
  const std::string_view guard =
      "@contextmanager\ndef guard(n):\n  act('in')\n  yield n\n  act('out')\n";
  CHECK(evaluate(guard, "  with guard(1) as g:\n    act(g)\n  act(2)\n") ==
        List{"'in'", "1", "'out'", "2"});
  CHECK(evaluate(guard, "  with ask(), guard(1) as g:\n    act(g)\n") ==
        List{"'in'", "1", "'out'"});
  CHECK(evaluate(guard, "  with guard(1):\n    return\n  act(2)\n") == List{"'in'", "'out'"});
}

TEST_CASE("eval::classes of the file have members, objects and methods") {
  CHECK(evaluate("class A:\n  def __init__(self, n):\n    self.n = n\n  def go(self, m):\n"
                 "    act(self.n + m)\n  @staticmethod\n  def s(x):\n    act(x)\n"
                 "class B(A):\n  pass\n",
                 "  b = B(1)\n  b.go(2)\n  b.n = 5\n  b.go(2)\n  A.s(9)\n") == List{"3", "7", "9"});
  CHECK(evaluate("class A(B):\n  pass\nclass B(A):\n  pass\n", "  A.x()\n  act(1)\n") == List{"1"});
  CHECK(evaluate("class S(str, enum.Enum):\n  a = 'x'\n  b = 'y'\n",
                 "  act([m.value for m in S])\n  act(S.a.name)\n  if S.a == 'x':\n    act(1)\n"
                 "  if S.a == 'y':\n    act(2)\n  act(S('y').name)\n") ==
        List{"['x', 'y']", "'a'", "1?", "'b'"});
}

TEST_CASE("eval::Interpreter ends within its limits") {
  const auto why = [](std::string body) {
    const auto traced =
        test::trace("from world import act, ask\n\ndef upgrade():\n" + std::move(body));
    REQUIRE(traced.has_value());
    return traced->gave_up;
  };
  CHECK(why("  def f(n):\n    f(n)\n  f(1)\n") == "functions call each other too deeply");
  CHECK(why("  while True:\n    pass\n") == "a loop runs too often to follow");
  CHECK(why("  for a in range(9999):\n    for b in range(9999):\n      act(1)\n") ==
        "it takes too many steps to read");
  CHECK(why("  s = 'x' * 1000\n  l = []\n  for a in range(9000):\n    s = s + 'y'\n"
            "    l.append(s)\n") == "it takes too much memory to read");
  CHECK(why("  x = [1]\n  for a in range(100):\n    x = x + x\n") != "");
  CHECK(why("  for a in range(-9223372036854775808, 9223372036854775807):\n    act(a)\n") == "");
  std::string doubts;
  for (int i = 0; i < 200; ++i) {
    doubts += "  if ask():\n    x = " + std::to_string(i) + "\n";
  }
  CHECK(why(doubts + "  act(x)\n") == "");
}

}  // namespace
}  // namespace gauger::eval
