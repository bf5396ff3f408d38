#include "history/order.hpp"

#include <string>

#include <doctest/doctest.h>

#include "unit/history/make.hpp"

using gauger::history::History;
using gauger::history::RevisionSet;
using gauger::tests::ids;
using gauger::tests::make_history;

namespace {

std::string early(const History& history) {
  std::string result;
  for (const auto& each : gauger::history::early_dates(history)) {
    result += history[each.revision].id + "<" + history[each.before].id + " ";
  }
  return result;
}

std::string moves(const History& history, const RevisionSet& movable) {
  std::string result;
  for (const auto& move : gauger::history::date_moves(history, movable)) {
    result += history[move.revision].id + " after " +
              gauger::history::format_utc(move.after).substr(11, 8) + "; ";
  }
  return result;
}

std::string stacked(const History& history) {
  std::string result;
  const auto heads = gauger::history::by_create_date(history, history.heads());
  for (const auto& each : gauger::history::stack_heads(history, heads)) {
    result += ids(history, each.roots) + " onto " + history[each.onto].id;
    result += each.fork ? " from " + history[*each.fork].id + "; " : "; ";
  }
  return result;
}

}  // namespace

TEST_CASE("history::early_dates compares with the parent") {
  CHECK(early(make_history({{"a", {}, {}, {}, "2024-01-02"},
                            {"b", {"a"}, {}, {}, "2024-01-01"},
                            {"c", {"b"}, {}, {}, "2024-01-01"}})) == "b<a ");
  SUBCASE("in UTC") {
    CHECK(early(make_history({{"a", {}, {}, {}, "2024-01-01 12:00:00+02:00"},
                              {"b", {"a"}, {}, {}, "2024-01-01 11:00:00"}}))
              .empty());
  }
  SUBCASE("with the latest of several") {
    CHECK(early(make_history({{"a", {}, {}, {}, "2024-01-01"},
                              {"b", {}, {}, {}, "2024-01-03"},
                              {"m", {"a", "b"}, {}, {}, "2024-01-02"}})) == "m<b ");
  }
  SUBCASE("through a revision without a date") {
    CHECK(early(make_history({{"a", {}, {}, {}, "2024-01-02"},
                              {"b", {"a"}},
                              {"c", {"b"}, {}, {}, "2024-01-01"}})) == "c<a ");
  }
}

TEST_CASE("history::date_moves cascades, and moves only what may move") {
  const History history = make_history({{"a", {}, {}, {}, "2024-01-01 10:00:05"},
                                        {"b", {"a"}, {}, {}, "2024-01-01 10:00:00"},
                                        {"c", {"b"}, {}, {}, "2024-01-01 10:00:05"},
                                        {"d", {"c"}, {}, {}, "2024-01-01 10:00:09"}});
  CHECK(moves(history, RevisionSet(4, true)) == "b after 10:00:05; c after 10:00:06; ");
  CHECK(moves(history, {true, false, true, true}).empty());
  CHECK(moves(history, {true, true, false, true}) == "b after 10:00:05; ");
}

TEST_CASE("history::stack_heads puts the later branch on top") {
  CHECK(stacked(make_history({{"a", {}, {}, {}, "2024-01-01"},
                              {"c", {"a"}, {}, {}, "2024-01-03"},
                              {"b", {"a"}, {}, {}, "2024-01-02"}})) == "c onto b from a; ");
  SUBCASE("three") {
    CHECK(stacked(make_history({{"a"}, {"b", {"a"}}, {"c", {"a"}}, {"d", {"b"}}})) ==
          "b onto c from a; ");
    CHECK(stacked(make_history({{"a"}, {"b", {"a"}}, {"c", {"a"}}, {"d", {"a"}}})) ==
          "c onto b from a; d onto c from a; ");
  }
  SUBCASE("two bases") {
    CHECK(stacked(make_history({{"a"}, {"a2", {"a"}}, {"b"}, {"b2", {"b"}}})) == "b onto a2; ");
  }
  SUBCASE("a branch that has merged the other before") {
    CHECK(stacked(make_history(
              {{"a"}, {"m1", {"a"}}, {"f1", {"a"}}, {"f2", {"f1", "m1"}}, {"m2", {"m1"}}})) ==
          "m2 onto f2 from m1; ");
  }
  SUBCASE("a branch with two roots") {
    CHECK(stacked(make_history({{"a", {}, {}, {}, "2024-01-01"},
                                {"x", {"a"}, {}, {}, "2024-01-02"},
                                {"y1", {"a"}, {}, {}, "2024-01-03"},
                                {"y2", {"a"}, {}, {}, "2024-01-04"},
                                {"y", {"y1", "y2"}, {}, {}, "2024-01-05"}})) ==
          "y2 y1 onto x from a; ");
  }
  SUBCASE("depends_on can make it impossible") {
    CHECK(stacked(make_history({{"a"}, {"b", {"a"}, {"c"}}, {"c", {"a"}}})) == " onto b from a; ");
  }
}
