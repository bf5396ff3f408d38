#include "git/changes.hpp"

#include <doctest/doctest.h>

#include "unit/git/test_repository.hpp"

using namespace gauger;
using git::Renames;
using tests::TestRepository;

namespace {

std::string told(const base::Result<std::vector<git::Change>>& changes) {
  if (!changes) {
    return "error: " + changes.error().message;
  }
  std::string text;
  for (const git::Change& change : *changes) {
    constexpr std::string_view letters = "AMDRC";
    text += letters[static_cast<std::size_t>(change.kind)];
    text += " " + (change.old_path == change.path ? "" : change.old_path + " -> ") + change.path;
    text += "\n";
  }
  return text;
}

const std::string body(400, 'x');

}  // namespace

TEST_CASE("git::changes_between, with renames and without") {
  TestRepository test;
  test.write("kept", "1");
  test.write("edited", "1");
  test.write("deleted", "1");
  test.write("old n\xc3\xa4me\n", body);
  const std::string from = test.commit();
  test.write("edited", "2");
  test.remove("deleted");
  test.remove("old n\xc3\xa4me\n");
  test.write("new name", body + "more");
  test.write("added", "as new");
  const std::string to = test.commit();

  CHECK(told(git::changes_between(test.open(), from, to, Renames::find)) ==
        "A added\nD deleted\nM edited\nR old n\xc3\xa4me\n -> new name\n");
  CHECK(told(git::changes_between(test.open(), from, to, Renames::ignore)) ==
        "A added\nD deleted\nM edited\nA new name\nD old n\xc3\xa4me\n\n");
}

TEST_CASE("git::changes_to_working_tree and to the index") {
  TestRepository test;
  test.write(".gitignore", "ignored\n");
  test.write("kept", "1");
  test.write("touched", "1");
  test.write("edited", "1");
  test.write("deleted", "1");
  test.write("taken out", "1");
  const std::string from = test.commit();
  test.write("staged", "1");
  test.git({"add", "staged"});
  test.git({"rm", "--quiet", "--cached", "taken out"});
  test.write("touched", "1");
  test.write("edited", "2");
  test.remove("deleted");
  test.write("ignored", "1");
  test.write("not tracked", "1");

  CHECK(told(git::changes_to_working_tree(test.open(), from, Renames::ignore)) ==
        "D deleted\nM edited\nA not tracked\nA staged\nM taken out\n");
  CHECK(told(git::changes_to_index(test.open(), from, Renames::ignore)) ==
        "A staged\nD taken out\n");
}

TEST_CASE("git::changes_to_working_tree during a conflict") {
  TestRepository test;
  test.write("a", "1");
  const std::string from = test.commit();
  test.git({"switch", "--quiet", "--create", "other"});
  test.write("a", "2");
  test.commit();
  test.git({"switch", "--quiet", "main"});
  test.write("a", "3");
  test.commit();
  CHECK_THROWS(test.git({"merge", "--quiet", "other"}));
  CHECK(told(git::changes_to_working_tree(test.open(), from, Renames::ignore)) == "M a\n");
}

TEST_CASE("git::changes_between does not read what the user has configured") {
  TestRepository test;
  test.write("old", body);
  const std::string from = test.commit();
  test.remove("old");
  test.write("new", body);
  const std::string to = test.commit();
  test.git({"config", "diff.renames", "false"});
  test.git({"config", "diff.noprefix", "true"});
  test.git({"config", "diff.external", "false"});
  test.git({"config", "core.quotePath", "true"});
  CHECK(told(git::changes_between(test.open(), from, to, Renames::find)) == "R old -> new\n");
}
