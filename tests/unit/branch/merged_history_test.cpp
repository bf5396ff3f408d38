#include "branch/merged_history.hpp"

#include <doctest/doctest.h>

#include "history/read.hpp"
#include "unit/git/test_repository.hpp"

using namespace gauger;
using tests::TestRepository;

namespace {

void write_revision(const TestRepository& test, const std::string& file, const std::string& id,
                    const std::string& parent) {
  test.write("versions/" + file, "revision = \"" + id + "\"\ndown_revision = " +
                                     (parent.empty() ? "None" : "\"" + parent + "\"") + "\n");
}

// main: a, b, then t. feature: a, b, then what a test adds.
void make_branches(const TestRepository& test) {
  write_revision(test, "a.py", "a", "");
  write_revision(test, "b.py", "b", "a");
  test.commit();
  test.git({"branch", "feature"});
  write_revision(test, "t.py", "t", "b");
  test.commit();
  test.git({"switch", "--quiet", "feature"});
}

struct Merged {
  std::string all;
  std::string own;
  std::size_t errors = 0;
};

Merged merge(const TestRepository& test) {
  project::Project project{.repository_root = test.root()};
  project.alembic.version_locations = {"versions"};
  const base::WorkingTree disk(test.root());
  history::RevisionReading reading = history::read_revisions(disk, project.alembic);
  const history::History now(std::move(reading.revisions));
  const git::Repository repository = test.open();
  auto prepared = branch::prepare_merge(
      project, disk, repository, git::find_base_point(repository, {"main", "--base"}).value());
  REQUIRE(prepared.has_value());
  const auto merged = branch::merge_with_base(project, now, *std::move(prepared));
  Merged result{.errors = merged.errors.size()};
  for (history::Index i = 0; i < merged.history.size(); ++i) {
    result.all += merged.history[i].id;
    result.own += merged.own[i] ? merged.history[i].id : "";
  }
  // On disk, what the base has and the merge would bring is not there; what is own is the same.
  const auto own = branch::own_revisions(
      project, disk, now, repository, git::find_base_point(repository, {"main", "--base"}).value());
  REQUIRE(own.has_value());
  std::string own_on_disk;
  for (history::Index i = 0; i < now.size(); ++i) {
    own_on_disk += (*own)[i] ? now[i].id : "";
  }
  CHECK(own_on_disk == result.own);
  return result;
}

}  // namespace

TEST_CASE("branch::merge_with_base has both branches, and knows the own revisions") {
  TestRepository test;
  make_branches(test);
  write_revision(test, "m.py", "m", "b");
  test.commit();
  write_revision(test, "u.py", "u", "m");  // not committed
  const Merged merged = merge(test);
  CHECK(merged.all == "abmtu");
  CHECK(merged.own == "mu");
  CHECK(merged.errors == 0);
}

TEST_CASE("branch::merge_with_base: a revision of the base that only moves is the base's") {
  TestRepository test;
  make_branches(test);
  test.git({"mv", "versions/b.py", "versions/moved.py"});
  write_revision(test, "m.py", "m", "b");
  test.commit();
  const Merged merged = merge(test);
  CHECK(merged.all == "ambt");
  CHECK(merged.own == "m");
}

TEST_CASE("branch::merge_with_base: what was picked into the base is the base's") {
  TestRepository test;
  make_branches(test);
  write_revision(test, "m.py", "m", "b");
  const std::string commit = test.commit();
  test.git({"switch", "--quiet", "main"});
  test.git({"cherry-pick", commit});
  test.git({"switch", "--quiet", "feature"});
  const Merged merged = merge(test);
  CHECK(merged.all == "abmt");
  CHECK(merged.own.empty());
}

TEST_CASE("branch::merge_with_base: what the base deletes, and what conflicts") {
  TestRepository test;
  make_branches(test);
  test.git({"switch", "--quiet", "main"});
  test.remove("versions/b.py");
  write_revision(test, "a.py", "a", "x");
  test.commit();
  test.git({"switch", "--quiet", "feature"});
  write_revision(test, "a.py", "a", "y");
  test.commit();
  const Merged merged = merge(test);
  CHECK(merged.all == "t");
  CHECK(merged.errors == 1);
}
