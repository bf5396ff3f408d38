#include "git/snapshot.hpp"

#include <doctest/doctest.h>

#include "base/parallel.hpp"
#include "unit/git/test_repository.hpp"

using namespace gauger;
using base::EntryKind;
using tests::TestRepository;

namespace {

std::string names(const base::Result<std::vector<base::Entry>>& entries) {
  if (!entries) {
    return "error: " + entries.error().message;
  }
  std::string text;
  for (const base::Entry& entry : *entries) {
    text += (text.empty() ? "" : " ") + entry.name;
    text += entry.kind == EntryKind::folder ? "/" : entry.kind == EntryKind::other ? "?" : "";
  }
  return text;
}

}  // namespace

TEST_CASE("git::Snapshot lists and reads a commit, whatever is on disk") {
  TestRepository test;
  test.write("a.py", "one\n");
  test.write("a/b.py", "two");
  test.write("a-b/c d.py", "three");
  test.write("a/deep/er.py", "");
  test.write("n\xc3\xa4mes/new\nline\t\"q\".py", "four\n\n");
  const std::string commit = test.commit();
  test.remove("a");
  test.write("a.py", "changed");
  const auto snapshot = git::Snapshot::of_tree(test.open(), commit).value();

  CHECK(names(snapshot->list("")) == "a/ a-b/ a.py n\xc3\xa4mes/");
  CHECK(names(snapshot->list("a")) == "b.py deep/");
  CHECK(names(snapshot->list("nowhere")) == "error: there is no such folder");
  CHECK(names(snapshot->list("a.py")) == "error: there is no such folder");
  CHECK(snapshot->read("a.py").value() == "one\n");
  CHECK(snapshot->read("a/b.py").value() == "two");
  CHECK(snapshot->read("a-b/c d.py").value() == "three");
  CHECK(snapshot->read("a/deep/er.py").value().empty());
  CHECK(snapshot->read("n\xc3\xa4mes/new\nline\t\"q\".py").value() == "four\n\n");
  CHECK(snapshot->read("a").error().message == "there is no such file");
  CHECK(snapshot->kind("") == EntryKind::folder);
  CHECK(snapshot->kind("a/deep") == EntryKind::folder);
  CHECK(snapshot->kind("a.py") == EntryKind::file);
  CHECK_FALSE(snapshot->kind("a/deep/e").has_value());
}

TEST_CASE("git::Snapshot follows links inside it, and only those") {
  TestRepository test;
  test.write("real/versions/one.py", "one");
  test.link("migrations", "real");
  test.link("real/versions/two.py", "../../migrations/versions/one.py");
  test.link("out.py", "/etc/passwd");
  test.link("up.py", "../../x.py");
  test.link("loop", "loop");
  test.link("dangling.py", "nowhere.py");
  const auto snapshot = git::Snapshot::of_tree(test.open(), test.commit()).value();

  CHECK(names(snapshot->list("migrations/versions")) == "one.py two.py");
  CHECK(snapshot->read("migrations/versions/two.py").value() == "one");
  CHECK(snapshot->kind("migrations") == EntryKind::folder);
  CHECK(snapshot->kind("out.py") == EntryKind::other);
  CHECK(snapshot->kind("up.py") == EntryKind::other);
  CHECK(snapshot->kind("loop") == EntryKind::other);
  CHECK(snapshot->kind("dangling.py") == EntryKind::other);
  CHECK_FALSE(snapshot->read("out.py").has_value());
}

TEST_CASE("git::Snapshot of the index has what is staged") {
  TestRepository test;
  test.write("a.py", "committed");
  test.commit();
  test.write("a.py", "staged");
  test.write("b.py", "new");
  test.git({"add", "--all"});
  test.write("a.py", "on disk");
  test.write("c.py", "not staged");
  const auto snapshot = git::Snapshot::of_index(test.open()).value();

  CHECK(names(snapshot->list("")) == "a.py b.py");
  CHECK(snapshot->read("a.py").value() == "staged");
}

TEST_CASE("git::Snapshot reads from many threads") {
  TestRepository test;
  constexpr std::size_t count = 300;
  for (std::size_t i = 0; i < count; ++i) {
    test.write("f" + std::to_string(i), std::string(i * 97, 'x') + std::to_string(i));
  }
  const auto snapshot = git::Snapshot::of_tree(test.open(), test.commit()).value();
  std::vector<int> right(count, 0);
  base::parallel_for(count, 8, [&](std::size_t i) {
    const auto text = snapshot->read("f" + std::to_string(i));
    right[i] = text && *text == std::string(i * 97, 'x') + std::to_string(i) ? 1 : 0;
  });
  CHECK(std::count(right.begin(), right.end(), 1) == count);
}

TEST_CASE("git::Snapshot tells what it cannot read") {
  TestRepository test;
  test.write("big.py", std::string(base::FileTree::largest_file + 1, 'x'));
  test.write("small.py", "x");
  const std::string commit = test.commit();
  const auto snapshot = git::Snapshot::of_tree(test.open(), commit).value();
  CHECK(snapshot->read("big.py").error().message ==
        "the file has 8388609 bytes; files over 8 MiB are not read");
  CHECK(snapshot->read("small.py").value() == "x");  // the answers are still in step

  const auto none = git::Snapshot::of_tree(test.open(), std::string(40, '1'));
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().kind == base::ErrorKind::git);
}
