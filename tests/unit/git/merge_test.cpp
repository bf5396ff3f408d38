#include "git/merge.hpp"

#include <doctest/doctest.h>

#include "git/commits.hpp"
#include "git/snapshot.hpp"
#include "unit/git/test_repository.hpp"

using namespace gauger;
using base::EntryKind;
using tests::TestRepository;

namespace {

std::unique_ptr<git::SimulatedMerge> merge(const TestRepository& test, const std::string& other,
                                           const base::FileTree& below) {
  const git::Repository repository = test.open();
  return git::SimulatedMerge::make(repository, git::find_commit(repository, "HEAD").value(),
                                   git::find_commit(repository, other).value(), below)
      .value();
}

std::string names(const base::FileTree& tree, const std::string& folder) {
  std::string text;
  const auto entries = tree.list(folder).value();
  for (const base::Entry& entry : entries) {
    text += (text.empty() ? "" : " ") + entry.name;
    text += entry.kind == EntryKind::folder ? "/" : "";
  }
  return text;
}

}  // namespace

TEST_CASE("git::SimulatedMerge is the working tree with what the other branch did") {
  TestRepository test;
  test.write("versions/one.py", "1");
  test.write("versions/two.py", "2");
  test.write("edited.py", "a\nb\nc\nd\ne\nf\ng\nh\n");
  test.commit();
  test.git({"switch", "--quiet", "--create", "feature"});
  test.write("edited.py", "A\nb\nc\nd\ne\nf\ng\nh\n");
  test.write("versions/mine.py", "mine");
  test.commit();
  test.git({"switch", "--quiet", "main"});
  test.write("edited.py", "a\nb\nc\nd\ne\nf\ng\nH\n");
  test.write("versions/theirs.py", "theirs");
  test.write("new/folder/x.py", "x");
  test.remove("versions/two.py");
  test.commit();
  test.git({"switch", "--quiet", "feature"});
  test.write("versions/not committed.py", "n");
  const std::string before = test.git({"count-objects"});

  const base::WorkingTree disk(test.root());
  {
    const auto merged = merge(test, "main", disk);
    CHECK(merged->conflicts().empty());
    CHECK_FALSE(merged->changes_nothing());
    CHECK(names(*merged, "versions") == "mine.py not committed.py one.py theirs.py");
    CHECK(names(*merged, "new") == "folder/");
    CHECK(merged->read("edited.py").value() == "A\nb\nc\nd\ne\nf\ng\nH\n");
    CHECK(merged->read("versions/theirs.py").value() == "theirs");
    CHECK(merged->read("versions/mine.py").value() == "mine");
    CHECK_FALSE(merged->read("versions/two.py").has_value());
    CHECK_FALSE(merged->kind("versions/two.py").has_value());
    CHECK(merged->kind("new/folder") == EntryKind::folder);
    CHECK(merged->kind("new/folder/x.py") == EntryKind::file);
    CHECK(merged->kind("versions/not committed.py") == EntryKind::file);
    CHECK_FALSE(merged->list("nowhere").has_value());

    const auto tree = git::Snapshot::of_tree(merged->repository(), merged->tree_id()).value();
    CHECK(names(*tree, "versions") == "mine.py one.py theirs.py");
    CHECK(tree->read("edited.py").value() == "A\nb\nc\nd\ne\nf\ng\nH\n");
  }
  CHECK(test.git({"count-objects"}) == before);  // nothing is left in the repository
  CHECK(test.git({"status", "--short"}) == "?? \"versions/not committed.py\"");
}

TEST_CASE("git::SimulatedMerge names conflicts") {
  TestRepository test;
  test.write("a b.py", "1\n");
  test.commit();
  test.git({"switch", "--quiet", "--create", "feature"});
  test.write("a b.py", "2\n");
  test.commit();
  test.git({"switch", "--quiet", "main"});
  test.write("a b.py", "3\n");
  test.write("other.py", "4\n");
  test.commit();
  test.git({"switch", "--quiet", "feature"});
  const base::WorkingTree disk(test.root());
  const auto merged = merge(test, "main", disk);
  CHECK(merged->conflicts() == std::vector<std::string>{"a b.py"});
  CHECK(merged->read("a b.py").value().find("<<<<<<<") == 0);
  CHECK(merged->read("other.py").value() == "4\n");
}

TEST_CASE("git::SimulatedMerge with what is merged already") {
  TestRepository test;
  test.write("a.py", "1\n");
  test.commit();
  test.git({"branch", "old"});
  test.write("a.py", "2\n");
  test.commit();
  const base::WorkingTree disk(test.root());
  CHECK(merge(test, "old", disk)->changes_nothing());
}

TEST_CASE("git::SimulatedMerge in a repository whose path has every odd character") {
  TestRepository test;
  test.write("a.py", "1\n");
  test.commit();
  const std::string odd = test.top() + R"(/a:b "c"\d)";
  test.git({"clone", "--quiet", test.root(), odd});
  test.write("b.py", "2\n");
  test.commit();
  test.git({"fetch", "--quiet"}, odd);
  const git::Repository repository = test.open_at(odd);
  const base::WorkingTree disk(odd);
  const auto merged =
      git::SimulatedMerge::make(repository, git::find_commit(repository, "HEAD").value(),
                                git::find_commit(repository, "origin/main").value(), disk);
  REQUIRE(merged.has_value());
  CHECK((*merged)->read("b.py").value() == "2\n");
}
