#include "schema/replay.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "migration/from_sql.hpp"
#include "unit/history/make.hpp"

namespace gauger::tests {
namespace {

struct Step {
  std::string id;
  std::vector<std::string> down_revisions{};
  std::string sql{};
  std::vector<std::string> depends_on{};
};

// A history, its operations, and what a replay shows of it.
class Project {
 public:
  explicit Project(const std::vector<Step>& steps) : history_(revisions(steps)) {
    for (const Step& step : steps) {
      migration::append_sql(step.sql, {}, operations_.emplace_back());
    }
  }

  [[nodiscard]] const history::History& history() const { return history_; }
  [[nodiscard]] schema::Operations operations() const {
    return [this](history::Index revision) -> const std::vector<migration::Operation>& {
      ++asked_;
      return operations_[revision];
    };
  }
  [[nodiscard]] std::size_t asked() const { return asked_; }

  // What each revision finds: "t(a b) u()", with "?" before a catalog that is not complete.
  [[nodiscard]] std::map<std::string, std::string> found() const {
    std::map<std::string, std::string> result;
    schema::replay(history_, schema::RevisionSet(history_.size(), true), operations(),
                   [&](history::Index revision, const catalog::Changing& found) {
                     CHECK(!result.contains(history_[revision].id));
                     result[history_[revision].id] = text_of(found.catalog);
                     return schema::Applied::no;
                   });
    return result;
  }
  // The same for some, replayed from where it can start.
  [[nodiscard]] std::map<std::string, std::string> found_from_start(
      const std::vector<std::string_view>& ids) const {
    schema::RevisionSet chosen(history_.size(), false);
    for (const std::string_view id : ids) {
      chosen[*history_.find(id)] = true;
    }
    std::map<std::string, std::string> result;
    const auto start = schema::starts_at(history_, chosen);
    if (!start) {
      return result;
    }
    result["start"] = history_[*start].id;
    auto catalog = schema::after(history_, *start, operations());
    asked_ = 0;
    schema::replay(
        history_, chosen, operations(),
        [&](history::Index revision, const catalog::Changing& found) {
          result[history_[revision].id] = text_of(found.catalog);
          return schema::Applied::no;
        },
        schema::Start{*start, std::move(catalog)});
    return result;
  }
  [[nodiscard]] std::string after(std::string_view id) const {
    return text_of(schema::after(history_, *history_.find(id), operations()));
  }

 private:
  static std::vector<history::Revision> revisions(const std::vector<Step>& steps) {
    std::vector<history::Revision> result;
    result.reserve(steps.size());
    for (const Step& step : steps) {
      result.push_back(make_revision({step.id, step.down_revisions, step.depends_on}));
    }
    return result;
  }
  static std::string text_of(const catalog::Catalog& catalog) {
    std::string text = catalog.complete ? "" : "? ";
    for (const auto& [name, table] : catalog.tables) {
      text += name.name + "(";
      for (const catalog::Column& column : table.columns) {
        text += (text.ends_with('(') ? "" : " ") + column.name;
      }
      text += ") ";
    }
    for (const auto& [name, type] : catalog.enums) {
      text += name.name + " ";
    }
    return text.empty() ? text : text.substr(0, text.size() - 1);
  }

  history::History history_;
  std::vector<std::vector<migration::Operation>> operations_;
  mutable std::size_t asked_ = 0;
};

}  // namespace

TEST_CASE("schema::replay shows a chain what is below each revision") {
  const Project project({{"c", {"b"}, "DROP TABLE t"},
                         {"a", {}, "CREATE TABLE t (x int)"},
                         {"b", {"a"}, "ALTER TABLE t ADD y int; CREATE TYPE m AS ENUM ('a')"}});
  const auto found = project.found();
  CHECK(found.at("a").empty());
  CHECK(found.at("b") == "t(x)");
  CHECK(found.at("c") == "t(x y) m");
  CHECK(project.after("c") == "m");
}

TEST_CASE("schema::replay keeps branches apart and joins them in a merge") {
  const Project project({{"a", {}, "CREATE TABLE t (x int)"},
                         {"l1", {"a"}, "ALTER TABLE t ADD l int; CREATE TYPE e AS ENUM ('a')"},
                         {"l2", {"l1"}, "CREATE TABLE l (x int)"},
                         {"r1", {"a"}, "ALTER TABLE t RENAME x TO z"},
                         {"r2", {"r1"}, "DROP TABLE IF EXISTS l"},
                         {"s", {"a"}, "DROP TABLE t"},
                         {"m", {"r2", "l2"}, "CREATE TABLE m ()"},
                         {"n", {"m"}, ""}});
  const auto found = project.found();
  CHECK(found.at("l1") == "t(x)");
  CHECK(found.at("l2") == "t(x l) e");
  CHECK(found.at("r1") == "t(x)");
  CHECK(found.at("r2") == "t(z)");
  CHECK(found.at("s") == "t(x)");
  // r2 comes after l2, and drops what that has made.
  CHECK(found.at("m") == "t(z l) e");
  CHECK(found.at("n") == "m() t(z l) e");
}

TEST_CASE("schema::replay knows what a revision depends on") {
  const Project project({{"a", {}, "CREATE TABLE a ()"},
                         {"b", {}, "CREATE TABLE b ()"},
                         {"b2", {"b"}, "CREATE TABLE b2 ()"},
                         {"c", {"a"}, "", {"b"}},
                         {"d", {"a"}, ""}});
  const auto found = project.found();
  CHECK(found.at("c") == "a() b()");
  CHECK(found.at("d") == "a()");
  CHECK(found.at("b2") == "b()");
}

TEST_CASE("schema::replay of branches inside branches") {
  std::vector<Step> steps{{"0", {}, "CREATE TABLE t (x int)"}};
  for (int i = 1; i < 32; ++i) {
    steps.push_back({std::to_string(i),
                     {std::to_string((i - 1) / 2)},
                     "ALTER TABLE t ADD c" + std::to_string(i) + " int"});
  }
  const Project project(steps);
  const auto found = project.found();
  CHECK(found.at("31") == "t(x c1 c3 c7 c15)");
  CHECK(found.at("22") == "t(x c1 c4 c10)");
  CHECK(found.at("30") == "t(x c2 c6 c14)");
  CHECK(found.size() == 32);
}

TEST_CASE("schema::replay is not complete above what is missing or runs in a circle") {
  const Project project({{"a", {"gone"}, "CREATE TABLE a ()"},
                         {"b", {"a"}, ""},
                         {"c", {"d"}, "CREATE TABLE c ()"},
                         {"d", {"c"}, ""},
                         {"e", {}, ""}});
  const auto found = project.found();
  CHECK(found.at("a") == "?");
  CHECK(found.at("b") == "? a()");
  CHECK(found.at("c") == "?");
  CHECK(found.at("d").ends_with("c()"));
  CHECK(found.at("e").empty());
}

TEST_CASE("schema::replay asks only for what lies below the chosen revisions") {
  const Project project({{"a", {}, "CREATE TABLE a ()"},
                         {"b", {"a"}, ""},
                         {"c", {"b"}, ""},
                         {"x", {"a"}, ""},
                         {"y", {"x"}, ""}});
  CHECK(project.after("b") == "a()");
  CHECK(project.asked() == 2);
}

TEST_CASE("schema::created_here is of the revision and the unreleased ones") {
  const Project project({{"a", {}, "CREATE TABLE a ()"},
                         {"b", {"a"}, "CREATE TABLE b (); CREATE TYPE e AS ENUM ()"},
                         {"c", {"b"}, "CREATE TABLE IF NOT EXISTS a (); ALTER TABLE b RENAME TO d"},
                         {"d", {"c"}, ""}});
  const auto catalog = schema::after(project.history(), 2, project.operations());
  const schema::RevisionSet none(4, false);
  schema::RevisionSet unreleased(4, false);
  unreleased[1] = true;
  const auto& a = catalog.tables.at({"public", "a"});
  const auto& d = catalog.tables.at({"public", "d"});
  CHECK(!schema::created_here(a, 2, unreleased));
  CHECK(!schema::created_here(d, 2, none));
  CHECK(schema::created_here(d, 1, none));
  CHECK(schema::created_here(d, 2, unreleased));
  CHECK(schema::created_here(catalog.enums.at({"public", "e"}), 2, unreleased));
}

TEST_CASE("schema::replay of a long history is quick") {
  std::vector<Step> steps;
  std::string columns;
  for (int i = 0; i < 12; ++i) {
    columns += ", c" + std::to_string(i) + " varchar(50)";
  }
  for (int i = 0; i < 5000; ++i) {
    const std::string table = "table_" + std::to_string(i % 500);
    std::vector<std::string> below;
    if (i > 0) {
      below = {std::to_string(i - 1)};
    }
    steps.push_back({std::to_string(i), below,
                     i < 500
                         ? fmt::format("CREATE TABLE {} (id serial PRIMARY KEY{})", table, columns)
                         : fmt::format("ALTER TABLE {0} ADD n{1} int NOT NULL; "
                                       "CREATE INDEX ON {0} (n{1})",
                                       table, i)});
  }
  const Project project(steps);
  std::size_t tables = 0;
  schema::replay(project.history(), schema::RevisionSet(5000, true), project.operations(),
                 [&](history::Index, const catalog::Changing& found) {
                   tables = std::max(tables, found.catalog.tables.size());
                   return schema::Applied::no;
                 });
  CHECK(tables == 500);
}

TEST_CASE("schema::replay starts where what is chosen begins") {
  const Project project({{"a", {}, "CREATE TABLE t (a int)"},
                         {"b", {"a"}, "CREATE TABLE u (a int)"},
                         {"c1", {"b"}, "ALTER TABLE t ADD c1 int"},
                         {"c2", {"b"}, "ALTER TABLE t ADD c2 int"},
                         {"d", {"c1", "c2"}, "ALTER TABLE t ADD d int"},
                         {"e", {"d"}, "DROP TABLE u"},
                         {"f", {"a"}, "CREATE TABLE v (a int)"}});
  auto all = project.found();
  using Found = std::map<std::string, std::string>;
  CHECK(
      project.found_from_start({"c1", "c2", "d", "e"}) ==
      Found{
          {"start", "b"}, {"c1", all["c1"]}, {"c2", all["c2"]}, {"d", all["d"]}, {"e", all["e"]}});
  CHECK(project.asked() <= 6);  // of the four alone, and again for the merge
  CHECK(project.found_from_start({"e"}) == Found{{"start", "d"}, {"e", all["e"]}});
  CHECK(project.asked() == 0);
  CHECK(project.found_from_start({"d"}).empty());  // two places
  CHECK(project.found_from_start({"d", "c1"}).empty());
  CHECK(project.found_from_start({"b", "f"}) ==
        Found{{"start", "a"}, {"b", all["b"]}, {"f", all["f"]}});
  CHECK(project.found_from_start({"a", "b"}).empty());  // the history's own beginning
  CHECK(project.found_from_start({"f", "e"}).empty());
}

}  // namespace gauger::tests
