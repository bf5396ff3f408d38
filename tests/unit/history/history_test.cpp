#include "history/history.hpp"

#include <doctest/doctest.h>

#include "unit/history/make.hpp"

using gauger::history::History;
using gauger::history::Missing;
using gauger::tests::ids;
using gauger::tests::make_history;

TEST_CASE("history::History knows heads, bases, branch points and merge points") {
  const History history = make_history({{"d", {"b", "c"}}, {"c", {"a"}}, {"b", {"a"}}, {"a"}});
  CHECK(ids(history, history.heads()) == "d");
  CHECK(ids(history, history.bases()) == "a");
  CHECK(ids(history, history.branch_points()) == "a");
  CHECK(ids(history, history.merge_points()) == "d");
  CHECK(ids(history, history.parents(0)) == "b c");
  CHECK(ids(history, history.children(3)) == "c b");
}

TEST_CASE("history::History of nothing") {
  const History history = make_history({});
  CHECK(history.size() == 0);
  CHECK(history.heads().empty());
  CHECK_FALSE(history.find("a"));
  CHECK_FALSE(history.resolve("a"));
}

TEST_CASE("history::History keeps a head that others only depend on") {
  const History history = make_history({{"a"}, {"b", {"a"}, {}, {"lib"}}, {"c", {"a"}, {"lib"}}});
  CHECK(ids(history, history.heads()) == "b c");
  CHECK(ids(history, history.dependencies(2)) == "b");
  CHECK(ids(history, history.dependents(1)) == "c");
  CHECK(history.children(1).empty());
}

TEST_CASE("history::History counts an edge once, and none to the revision itself") {
  const History history = make_history({{"a"}, {"b", {"a", "a", "b"}, {"a", "a"}}});
  CHECK(ids(history, history.parents(1)) == "a");
  CHECK(ids(history, history.dependencies(1)) == "a");
  CHECK(ids(history, history.merge_points()) == "b");
  CHECK(ids(history, history.heads()) == "b");
}

TEST_CASE("history::History keeps the last of several files with one id") {
  const History history = make_history({{"a"}, {"b", {"a"}}, {"b", {"missing"}}, {"c", {"b"}}});
  CHECK(history.shadowed(1));
  CHECK_FALSE(history.shadowed(2));
  CHECK(history.find("b") == 2);
  CHECK(ids(history, history.heads()) == "a c");
  REQUIRE(history.missing().size() == 1);
  CHECK(history.missing()[0].revision == 2);
}

TEST_CASE("history::History tells what is missing, and what is external") {
  const History history =
      make_history({{"a", {"x"}}, {"b", {"a"}, {"y"}}, {"c", {"lab"}, {""}, {"lab"}}}, {"y"});
  REQUIRE(history.missing().size() == 3);
  CHECK(history.missing()[0].name == "x");
  CHECK(history.missing()[0].from == Missing::From::down_revision);
  CHECK_FALSE(history.missing()[0].external);
  CHECK(history.missing()[1].name == "y");
  CHECK(history.missing()[1].from == Missing::From::depends_on);
  CHECK(history.missing()[1].external);
  CHECK(history.missing()[2].name == "lab");  // no id, though a label
}

TEST_CASE("history::History::resolve completes as Alembic does") {
  const History history = make_history(
      {{"abcd1"}, {"abcd2", {"abcd1"}}, {"xy", {"abcd2"}}, {"feed", {"xy"}, {}, {"feature"}}});
  const auto resolved = [&](std::string_view text) {
    const auto index = history.resolve(text);
    return index ? history[*index].id : index.error().message;
  };
  CHECK(resolved("abcd1") == "abcd1");
  CHECK(resolved("feature") == "feed");
  CHECK(resolved("feat") == "feed");
  CHECK(resolved("feed") == "feed");
  CHECK(resolved("fee") == "feed");
  CHECK(resolved("fe") == "'fe' is the beginning of several revisions: 'feature', 'feed'");
  CHECK(resolved("abcd") == "'abcd' is the beginning of several revisions: 'abcd1', 'abcd2'");
  CHECK(resolved("xy") == "xy");
  CHECK(resolved("x") == "there is no revision 'x'");  // ids of up to three characters: whole only
  CHECK(resolved("") == "there is no revision ''");
  CHECK(history.resolve("abcd3").error().help == "the nearest is 'abcd1'");
}

TEST_CASE("history::History stays whole when it is moved") {
  History first = make_history({{"a"}, {"b", {"a"}}});
  const History second = std::move(first);
  CHECK(second.find("b") == 1);
  CHECK(ids(second, second.parents(1)) == "a");
}
