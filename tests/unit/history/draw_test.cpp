#include "history/draw.hpp"

#include <string>

#include <doctest/doctest.h>

#include "unit/history/make.hpp"

using gauger::history::History;
using gauger::history::RevisionSet;
using gauger::tests::ids;
using gauger::tests::make_history;

namespace {

std::string text(const History& history) {
  return "\n" + gauger::history::draw_text(history, RevisionSet(history.size(), true));
}

}  // namespace

TEST_CASE("history::draw_text draws a chain, a branch and a merge") {
  CHECK(text(make_history({{"a"}, {"b", {"a"}}})) == R"(
*  b (head)
*  a (base)
)");
  CHECK(text(make_history(
            {{"a", {}, {}, {}, "2024-05-01"}, {"b", {"a"}}, {"c", {"a"}}, {"d", {"b", "c"}}})) ==
        R"(
*    d (head)
|-.
* |  b
| *  c
|-'
*    a (base) 2024-05-01
)");
  CHECK(text(make_history({{"a"}, {"b", {"a"}}, {"c", {"a"}}, {"d", {"a"}}})) == R"(
*    d (head)
| *  c (head)
|-'
| *  b (head)
|-'
*    a (base)
)");
  CHECK(text(make_history({{"a"}, {"b"}, {"c"}, {"m", {"a", "b", "c"}}})) == R"(
*      m (head)
|-.
|-+-.
* | |  a (base)
  * |  b (base)
    *  c (base)
)");
}

TEST_CASE("history::draw_text says what it cannot draw") {
  CHECK(text(make_history({{"a", {"x"}, {"lab"}, {"lab"}}})) == R"(
*  a (head, lab, down revision x is not here, depends on lab)
)");
  CHECK(text(make_history({{"a", {"b"}}, {"b", {"a"}}})) == R"(
*  a
*  b (down revision a is above)
)");
}

TEST_CASE("history::draw_text escapes what the files say") {
  CHECK(text(make_history({{"a\x1b[31m", {}, {}, {"l\n::error::"}}})) == R"(
*  a\x1b[31m (head, base, l\n::error::)
)");
}

TEST_CASE("history::draw_mermaid escapes what the files say") {
  const History history = make_history({{"a"}, {"\"]; click a \"x<b>#", {"a"}, {"a"}}});
  CHECK(gauger::history::draw_mermaid(history, RevisionSet(2, true)) == R"(flowchart BT
  r0["a"]
  r1(["#34;#93;#59; click a #34;x#60;b#62;#35;"])
  r0 --> r1
  r0 -.-> r1
)");
}

TEST_CASE("history::neighbourhood goes both ways") {
  const History history =
      make_history({{"a"}, {"b", {"a"}}, {"c", {"b"}}, {"d", {"c"}}, {"c2", {"b"}}});
  CHECK(ids(history, gauger::history::neighbourhood(history, 1, 1)) == "a b c c2");
  CHECK(ids(history, gauger::history::neighbourhood(history, 3, 2)) == "b c d");
  CHECK(ids(history, gauger::history::neighbourhood(history, 0, 0)) == "a");
  CHECK(gauger::history::draw_text(history, gauger::history::neighbourhood(history, 3, 1)) ==
        "*  d (head)\n*  c (down revision b)\n");
}
