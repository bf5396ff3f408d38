#include "history/problems.hpp"

#include <string>

#include <doctest/doctest.h>

#include "unit/history/make.hpp"

using gauger::history::History;
using gauger::history::ProblemKind;
using gauger::tests::make_history;

namespace {

// The only problem of a history: where it shows, and the name it is about.
std::string only(const History& history, ProblemKind kind) {
  const auto problems = gauger::history::problems(history);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].kind == kind);
  return history[problems[0].revision].id + " " + problems[0].name;
}

}  // namespace

// That these are Alembic's own errors is what tests/alembic/history_property.py shows.
TEST_CASE("history::problems names each kind") {
  CHECK(gauger::history::problems(make_history({{"a"}, {"b", {"a"}}})).empty());
  CHECK(only(make_history({{"a"}, {"b", {"x"}}}), ProblemKind::unknown_parent) == "b x");
  CHECK(only(make_history({{"a"}, {"b", {"a"}, {"x"}}}), ProblemKind::unknown_dependency) == "b x");
  CHECK(only(make_history({{"a", {"a"}}}), ProblemKind::self_parent) == "a a");
  CHECK(only(make_history({{"a", {}, {"a"}}}), ProblemKind::self_dependency) == "a a");
  CHECK(only(make_history({{"a-b"}}), ProblemKind::illegal_id) == "a-b a-b");
  CHECK(only(make_history({{"a"}, {"b", {"a"}, {}, {"a"}}}), ProblemKind::duplicate_label) ==
        "b a");
  CHECK(only(make_history({{"a", {}, {}, {"l"}}, {"b", {"a"}, {}, {"l"}}}),
             ProblemKind::duplicate_label) == "b l");
  CHECK(only(make_history({{"a", {}, {}, {"l", "l"}}}), ProblemKind::duplicate_label) == "a l");
  CHECK(only(make_history({{"a", {"b"}}, {"b", {"a"}}}), ProblemKind::cycle) == "a a");
  CHECK(only(make_history({{"a", {}, {"b"}}, {"b", {"a"}}}), ProblemKind::dependency_cycle) ==
        "a a");
  CHECK(only(make_history({{"a", {}, {""}}}), ProblemKind::empty_dependency) == "a a");
  CHECK(only(make_history({{"a"}, {"a"}}), ProblemKind::duplicate_id) == "a a");
}

TEST_CASE("history::problems lets external revisions be") {
  CHECK(gauger::history::problems(make_history({{"a", {"lib1"}, {"lib2"}}}, {"lib1", "lib2"}))
            .empty());
}

TEST_CASE("history::problems lists all files of an id, the one in force last") {
  const auto problems = gauger::history::problems(make_history({{"a"}, {"a"}, {"a"}}));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].related == std::vector<gauger::history::Index>{0, 1, 2});
  CHECK(problems[0].revision == 2);
}
