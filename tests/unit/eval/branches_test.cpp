// What is certain, what may run, and what names hold where ways meet again.
#include <doctest/doctest.h>

#include "unit/eval/show.hpp"
#include "unit/eval/trace.hpp"

namespace gauger::eval {
namespace {

using List = std::vector<std::string>;

List run(std::string_view body) {
  std::string text = "from world import act, ask\n\ndef upgrade():\n";
  text += body;
  const auto traced = test::trace(text);
  REQUIRE(traced.has_value());
  CHECK(traced->gave_up == "");
  return traced->arguments();
}

TEST_CASE("eval::run_if joins what the two ways made of a name") {
  CHECK(run("  x = 1\n  if ask():\n    x = 2\n  act(x)\n") == List{"1|2"});
  CHECK(run("  if ask():\n    x = 2\n  else:\n    x = 2\n  act(x)\n") == List{"2"});
  CHECK(run("  if ask():\n    x = 2\n    act(x)\n  else:\n    x = 3\n  act(x)\n") ==
        List{"2?", "2|3"});
}

TEST_CASE("eval::run_if keeps lists that only one way appends to in doubt") {
  CHECK(run("  x = [1]\n  if ask():\n    x.append(2)\n  for i in x:\n    act(i)\n") ==
        List{"1", "2?"});
  CHECK(run("  x = []\n  if ask():\n    x.append(1)\n  else:\n    x.append(2)\n  act(x)\n") ==
        List{"[1|2]"});
  CHECK(run("  x = {}\n  if ask():\n    x['a'] = 1\n  act(x)\n  act(x.get('a', 0))\n") ==
        List{"{'a': 1?}", "1|0"});
  CHECK(run("  x = [1, 2]\n  if ask():\n    x.clear()\n  act(len(x))\n") == List{"?"});
}

TEST_CASE("eval::run_if knows that an early return leaves the rest in doubt") {
  CHECK(run("  if ask():\n    return\n  act(1)\n") == List{"1?"});
  CHECK(run("  if ask():\n    raise ValueError\n  act(1)\n") == List{"1"});
  CHECK(run("  if ask():\n    act(1)\n    return\n  else:\n    return\n  act(2)\n") == List{"1?"});
  CHECK(run("  def guard():\n    if ask():\n      return False\n    return True\n"
            "  if guard():\n    act(1)\n  act(2)\n") == List{"1?", "2"});
}

TEST_CASE("eval::run_if follows a long chain of elif") {
  std::string text = "  if ask():\n    act(0)\n";
  for (int i = 1; i < 300; ++i) {
    text += "  elif ask():\n    act(" + std::to_string(i) + ")\n";
  }
  CHECK(run(text + "  act(-1)\n").size() == 301);
}

TEST_CASE("eval::truth agrees across a choice") {
  CHECK(run("  x = 1\n  if ask():\n    x = 2\n  if x:\n    act('set')\n") == List{"'set'"});
  CHECK(run("  x = 0\n  if ask():\n    x = 2\n  if x:\n    act('set')\n") == List{"'set'?"});
  CHECK(run("  x = 'a'\n  if ask():\n    x = 'b'\n  if x == 'c':\n    act(1)\n  act(2)\n") ==
        List{"2"});
}

TEST_CASE("eval::run_for unrolls what is known") {
  CHECK(run("  for a, b in [(1, 2), (3, 4)]:\n    act(a + b)\n") == List{"3", "7"});
  CHECK(run("  for i in range(5):\n    if i == 3:\n      break\n    if i == 1:\n      continue\n"
            "    act(i)\n  else:\n    act('else')\n") == List{"0", "2"});
  CHECK(run("  for i in range(2):\n    pass\n  else:\n    act('else')\n") == List{"'else'"});
  CHECK(run("  for i in range(10, 0, -4):\n    act(i)\n") == List{"10", "6", "2"});
}

TEST_CASE("eval::run_for puts what follows a doubtful break in doubt until the loop ends") {
  CHECK(run("  for i in [1, 2]:\n    if ask():\n      break\n    act(i)\n  act(9)\n") ==
        List{"1?", "2?", "9"});
  CHECK(run("  for i in [1, 2]:\n    if ask():\n      continue\n    act(i)\n  act(9)\n") ==
        List{"1?", "2?", "9"});
  CHECK(run("  for i in [1, 2]:\n    if ask():\n      return\n  act(9)\n") == List{"9?"});
}

TEST_CASE("eval::run_for over what is not known forgets what the body changes") {
  CHECK(run("  n = 0\n  for r in ask():\n    n = n + 1\n  act(n)\n") == List{"?"});
  CHECK(run("  n = []\n  for r in ask():\n    n.append(1)\n  act(n)\n") == List{"[1?, ...]"});
  CHECK(run("  first = True\n  for r in ask():\n    if first:\n      act(1)\n      first = False\n"
            "    else:\n      act(2)\n") == List{"1?", "2?"});
  CHECK(run("  for r in ask():\n    act(1)\n  act(2)\n") == List{"1?", "2"});
}

TEST_CASE("eval::run_while unrolls as long as the test is known") {
  CHECK(run("  i = 0\n  while i < 3:\n    act(i)\n    i += 1\n  act('end')\n") ==
        List{"0", "1", "2", "'end'"});
  CHECK(run("  while True:\n    act(1)\n    if ask():\n      break\n  act(2)\n") == List{"1", "2"});
  CHECK(run("  n = 0\n  while ask():\n    n += 1\n  act(n)\n") == List{"?"});
}

TEST_CASE("eval::run_try takes an exception to come from anywhere in the body") {
  CHECK(run("  done = 0\n  try:\n    done = 1\n    act(done)\n    done = 2\n"
            "  except Exception:\n    act(done)\n  act(done)\n") == List{"1", "0|1|2?", "2|0|1"});
  CHECK(run("  try:\n    act(1)\n  except Exception:\n    return\n  act(2)\n") == List{"1", "2?"});
  CHECK(run("  try:\n    act(1)\n  except Exception:\n    raise\n  act(2)\n") == List{"1", "2"});
  CHECK(
      run("  try:\n    raise ValueError\n  except ValueError:\n    act(1)\n  finally:\n    act(2)\n"
          "  act(3)\n") == List{"1?", "2", "3"});
  CHECK(run("  try:\n    if ask():\n      raise ValueError\n    act(1)\n  except ValueError:\n"
            "    pass\n  act(2)\n") == List{"1?", "2"});
  CHECK(run("  for i in [1, 2]:\n    try:\n      act(i)\n    except Exception:\n      break\n") ==
        List{"1", "2?"});
}

TEST_CASE("eval::run_raise in a called function ends the caller's way too") {
  CHECK(run("  def fail():\n    raise ValueError\n  act(1)\n  fail()\n  act(2)\n") == List{"1"});
  CHECK(run("  def fail():\n    raise ValueError\n  try:\n    fail()\n    act(1)\n"
            "  except ValueError:\n    act(2)\n  act(3)\n") == List{"2?", "3"});
}

TEST_CASE("eval::boolean operators and conditional expressions read both ways") {
  CHECK(run("  act(1 if ask() else 2)\n") == List{"1|2"});
  CHECK(run("  ask() and act(1)\n  act(2)\n") == List{"1?", "2"});
  CHECK(run("  x = None or 'a'\n  act(x)\n") == List{"'a'"});
}

}  // namespace
}  // namespace gauger::eval
