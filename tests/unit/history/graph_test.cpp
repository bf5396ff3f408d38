#include "history/graph.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "unit/history/make.hpp"

using gauger::history::Follow;
using gauger::history::History;
using gauger::history::Index;
using gauger::tests::ids;
using gauger::tests::Made;
using gauger::tests::make_history;

namespace {

std::string ancestors(const History& history, Index from, Follow follow) {
  return ids(history, gauger::history::ancestors(history, std::span(&from, 1), follow));
}

std::string knots(const History& history) {
  std::string result;
  for (const auto& cycle : gauger::history::cycles(history)) {
    result += result.empty() ? "" : "; ";
    result += cycle.follow == Follow::down_revisions ? "" : "dependency ";
    result += ids(history, cycle.revisions);
  }
  return result;
}

}  // namespace

TEST_CASE("history::ancestors and descendants") {
  const History history =
      make_history({{"a"}, {"b", {"a"}}, {"c", {"b"}, {"x"}}, {"x"}, {"y", {"x"}}});
  CHECK(ancestors(history, 2, Follow::down_revisions) == "a b c");
  CHECK(ancestors(history, 2, Follow::down_revisions_and_dependencies) == "a b c x");
  const Index x = 3;
  CHECK(ids(history, gauger::history::descendants(history, std::span(&x, 1),
                                                  Follow::down_revisions)) == "x y");
  CHECK(ids(history, gauger::history::descendants(history, std::span(&x, 1),
                                                  Follow::down_revisions_and_dependencies)) ==
        "c x y");
}

TEST_CASE("history::topological_order puts parents and dependencies first") {
  const History history =
      make_history({{"d", {"c"}}, {"c", {"a"}, {"b"}}, {"b"}, {"a"}, {"a2", {"a"}}});
  CHECK(ids(history, gauger::history::topological_order(history)) == "b a c a2 d");
}

TEST_CASE("history::topological_order ends on cycles, which come last") {
  const History history = make_history({{"top", {"b"}}, {"a", {"b"}}, {"b", {"a"}}, {"base"}});
  CHECK(ids(history, gauger::history::topological_order(history)) == "base top a b");
}

TEST_CASE("history::common_ancestors") {
  const History history =
      make_history({{"a"}, {"b", {"a"}}, {"c", {"b"}}, {"d", {"b"}}, {"other"}});
  CHECK(ids(history, gauger::history::common_ancestors(history, 2, 3)) == "b");
  CHECK(ids(history, gauger::history::common_ancestors(history, 2, 1)) == "b");
  CHECK(gauger::history::common_ancestors(history, 2, 4).empty());
  SUBCASE("merged crosswise") {
    const History crossed = make_history({{"a"}, {"b"}, {"m", {"a", "b"}}, {"n", {"a", "b"}}});
    CHECK(ids(crossed, gauger::history::common_ancestors(crossed, 2, 3)) == "a b");
  }
}

TEST_CASE("history::cycles finds one way round in each knot") {
  CHECK(knots(make_history({{"a"}, {"b", {"a"}}})).empty());
  CHECK(knots(make_history({{"a", {"c"}}, {"b", {"a"}}, {"c", {"b"}}})) == "a c b");
  CHECK(knots(make_history({{"a", {"b"}}, {"b", {"a"}}, {"x", {"y"}}, {"y", {"x"}}})) ==
        "a b; x y");
  CHECK(knots(make_history({{"a", {}, {"b"}}, {"b", {"a"}}})) == "dependency a b");
  CHECK(knots(make_history({{"a", {}, {}, {"l"}}, {"b", {"a"}, {"l2"}, {"l2"}}})) ==
        "dependency b");
  SUBCASE("a cycle that a base leads into and a head out of") {
    CHECK(knots(make_history({{"b"}, {"c1", {"c2", "b"}}, {"c2", {"c1"}}, {"h", {"c1"}}})) ==
          "c1 c2");
  }
  SUBCASE("a self-loop by down_revision is told elsewhere") {
    CHECK(knots(make_history({{"a", {"a"}}})).empty());
  }
}

TEST_CASE("history::labels_of inherits from below") {
  const History history = make_history(
      {{"a", {}, {}, {"one"}}, {"b", {"a"}, {}, {"two"}}, {"c", {"a"}}, {"d", {"b", "c"}}});
  CHECK(gauger::history::labels_of(history, 2) == std::vector<std::string>{"one"});
  CHECK(gauger::history::labels_of(history, 3) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("history::labels_of_heads wants a label for each head that the others do not have") {
  const auto labels = [](const std::vector<gauger::tests::Made>& revisions) {
    return gauger::history::labels_of_heads(make_history(revisions));
  };
  const gauger::tests::Made base = {"a", {}, {}, {"all"}};
  const gauger::tests::Made left = {"b", {"a"}, {}, {"two"}};
  const gauger::tests::Made right = {"c", {"a"}, {}, {"one"}};
  const gauger::tests::Made plain = {"d", {"a"}};
  CHECK(labels({base, left, right}) == std::vector<std::string>{"one", "two"});
  CHECK(labels({base, left, plain}).empty());
  CHECK(labels({base, left}) == std::vector<std::string>{"all"});
  CHECK(labels({plain}).empty());
}

TEST_CASE("history::branches_of goes by the nearest label") {
  const History history = make_history({{"a"},
                                        {"e1", {"a"}, {}, {"expand"}},
                                        {"e2", {"e1"}},
                                        {"t", {"a"}},
                                        {"c1", {"e2"}, {}, {"contract"}}});
  const std::vector<std::string> branches = {"expand", "contract"};
  const auto none = gauger::history::no_branch;
  CHECK(gauger::history::branches_of(history, branches) ==
        std::vector<std::uint32_t>{none, 0, 0, none, 1});
}

TEST_CASE("history walks take no recursion and no quadratic time") {
  constexpr int length = 200'000;
  std::vector<Made> chain;
  chain.reserve(length);
  for (int i = 0; i < length; ++i) {
    chain.push_back({std::to_string(i), {std::to_string(i + 1)}});
  }
  SUBCASE("a long chain") { chain.back().down_revisions.clear(); }
  SUBCASE("a long cycle") { chain.back().down_revisions = {"0"}; }
  const bool is_cycle = !chain.back().down_revisions.empty();
  const History history = make_history(chain);
  CHECK(gauger::history::cycles(history).size() == (is_cycle ? 1 : 0));
  CHECK(gauger::history::topological_order(history).size() == length);
  const Index top = 0;
  const auto below =
      gauger::history::ancestors(history, std::span(&top, 1), Follow::down_revisions);
  CHECK(std::count(below.begin(), below.end(), true) == length);
}
