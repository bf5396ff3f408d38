#include "git/commits.hpp"

#include <doctest/doctest.h>

#include "git/snapshot.hpp"
#include "unit/git/test_repository.hpp"

using namespace gauger;
using tests::TestRepository;

namespace {

// main: one; feature: one, two.
void make_branches(const TestRepository& test) {
  test.write("a", "1");
  test.commit();
  test.git({"switch", "--quiet", "--create", "feature"});
  test.write("b", "2");
  test.commit();
  test.git({"switch", "--quiet", "main"});
  test.write("c", "3");
  test.commit();
  test.git({"switch", "--quiet", "feature"});
}

std::string place(const std::string& text, const std::string& needle) {
  return text.find(needle) == std::string::npos ? text : needle;
}

}  // namespace

TEST_CASE("git::find_base_point on a branch, and with a detached head") {
  TestRepository test;
  make_branches(test);
  const auto point = git::find_base_point(test.open(), {"main", "--base"}).value();
  CHECK(point.commit == test.git({"rev-parse", "main"}));
  CHECK(point.head == test.git({"rev-parse", "feature"}));
  CHECK(point.merge_base == test.git({"rev-parse", "main~1"}));

  test.git({"switch", "--quiet", "--detach"});
  CHECK(git::find_base_point(test.open(), {"main", "--base"}).value().merge_base ==
        point.merge_base);
}

TEST_CASE("git::find_base_point in a linked worktree and a submodule") {
  TestRepository test;
  make_branches(test);
  const std::string parting = test.git({"rev-parse", "main~1"});
  test.git({"worktree", "add", "--quiet", "--detach", "../linked", "feature"});
  CHECK(git::find_base_point(test.open_at(test.top() + "/linked"), {"main", "--base"})
            .value()
            .merge_base == parting);

  TestRepository outer;
  outer.git({"submodule", "--quiet", "add", "--branch", "feature", test.root(), "inner"});
  outer.commit();
  const git::Repository inner = outer.open_at(outer.root() + "/inner");
  CHECK(git::find_base_point(inner, {"origin/main", "default"}).value().merge_base == parting);
}

TEST_CASE("git::find_commit says how to get what is not there") {
  TestRepository test;
  const auto none = git::find_commit(test.open(), "HEAD");
  CHECK(none.error().message == "the repository has no commit yet");
  test.write("a", "1");
  test.commit();
  const git::Repository repository = test.open();

  CHECK(git::find_commit(repository, "nowhere").error().message == "git knows no commit 'nowhere'");
  CHECK(git::find_commit(repository, "--all").error().kind == base::ErrorKind::git);
  CHECK(git::find_commit(repository, "").error().kind == base::ErrorKind::git);
  CHECK(git::find_commit(repository, "origin/main").error().help ==
        "there is no remote 'origin': name the base with --base, or as `base` in [pull-request] of "
        "gauger.toml; there is a branch 'main'");

  test.git({"remote", "add", "origin", test.root()});
  const std::string line = "git fetch origin +refs/heads/main:refs/remotes/origin/main";
  CHECK(git::find_commit(repository, "origin/main").error().help == line);
  CHECK(git::find_commit(repository.with("GITHUB_ACTIONS", "true"), "origin/main").error().help ==
        "in the workflow's step actions/checkout write, below `with:`, fetch-depth: 0\n" + line);
  test.git({"fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main"});
  CHECK(git::find_commit(repository, "origin/main").has_value());
}

TEST_CASE("git::find_base_point in a shallow clone says how to deepen it") {
  TestRepository test;
  make_branches(test);
  const std::string url = "file://" + test.root();
  test.git({"clone", "--quiet", "--depth=1", "--no-single-branch", url, "../shallow"});
  const git::Repository shallow = test.open_at(test.top() + "/shallow");
  const auto point = git::find_base_point(shallow, {"origin/main", "default"});
  REQUIRE_FALSE(point.has_value());
  CHECK(point.error().message ==
        "this clone is shallow: where the branch parts from 'origin/main' is not in it");
  CHECK(point.error().help == "git fetch --unshallow origin");
  CHECK(git::find_base_point(shallow.with("GITHUB_ACTIONS", "true"), {"origin/main", "default"})
            .error()
            .help.starts_with("in the workflow's step actions/checkout write"));

  test.git({"fetch", "--quiet", "--unshallow", "origin"}, test.top() + "/shallow");
  CHECK(git::find_base_point(shallow, {"origin/main", "default"}).value().merge_base ==
        test.git({"rev-parse", "main~1"}));
}

TEST_CASE("git::find_base_point takes GitLab's word for the merge base of a shallow clone") {
  TestRepository test;
  make_branches(test);
  test.git(
      {"clone", "--quiet", "--depth=1", "--branch=feature", "file://" + test.root(), "../shallow"});
  const std::string folder = test.top() + "/shallow";
  const std::string parting = test.git({"rev-parse", "main~1"});
  test.git({"fetch", "--quiet", "--depth=1", "origin", parting}, folder);
  const git::BaseName target{"origin/main", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"};
  const git::Repository shallow = test.open_at(folder);
  CHECK_FALSE(git::find_base_point(shallow, target).has_value());
  CHECK(git::find_base_point(shallow.with("CI_MERGE_REQUEST_DIFF_BASE_SHA", parting), target)
            .value()
            .merge_base == parting);
}

TEST_CASE("git::Snapshot fetches what a partial clone left out") {
  TestRepository test;
  make_branches(test);
  test.git({"config", "uploadpack.allowFilter", "true"});
  test.git({"clone", "--quiet", "--filter=blob:none", "--branch=feature", "file://" + test.root(),
            "../partial"});
  const git::Repository partial = test.open_at(test.top() + "/partial");
  const auto point = git::find_base_point(partial, {"origin/main", "default"}).value();
  const auto snapshot = git::Snapshot::of_tree(partial, point.commit).value();
  CHECK(snapshot->read("c").value() == "3");
}

TEST_CASE("git::merge_base of unrelated branches") {
  TestRepository test;
  make_branches(test);
  test.git({"switch", "--quiet", "--orphan", "other"});
  test.commit();
  CHECK(git::find_base_point(test.open(), {"main", "--base"}).error().message ==
        "HEAD and 'main' have no common ancestor");
}

TEST_CASE("git::merge_queue_base reads the event") {
  TestRepository test;
  test.write(
      "event.json",
      R"({"action": "checks_requested", "merge_group": {"base_sha": "abc", "base_ref": 1}})");
  test.write("other.json", R"({"merge_group": []})");
  git::Environment environment{{"GITHUB_EVENT_NAME", "merge_group"},
                               {"GITHUB_EVENT_PATH", test.root() + "/event.json"}};
  CHECK(git::merge_queue_base(environment).value().name == "abc");
  environment["GITHUB_EVENT_NAME"] = "push";
  CHECK_FALSE(git::merge_queue_base(environment).has_value());
  environment["GITHUB_EVENT_NAME"] = "merge_group";
  environment["GITHUB_EVENT_PATH"] = test.root() + "/other.json";
  CHECK_FALSE(git::merge_queue_base(environment).has_value());
}

TEST_CASE("git::Repository::open is not led astray by a hook's environment") {
  TestRepository test;
  test.write("a", "1");
  test.commit();
  test.write("b", "2");
  git::Environment environment = test.environment();
  environment["GIT_DIR"] = "/nowhere";
  environment["GIT_WORK_TREE"] = "/nowhere";
  environment["GIT_INDEX_FILE"] = "/nowhere/index";  // of another repository
  const auto other = git::Repository::open(test.root(), environment, test.root()).value();
  CHECK(git::Snapshot::of_index(other).value()->kind("a").has_value());
  CHECK_FALSE(git::Snapshot::of_index(other).value()->kind("b").has_value());

  // As `git commit --all` does.
  environment["GIT_INDEX_FILE"] = test.root() + "/.git/index.other";
  const auto own = git::Repository::open(test.root(), environment, test.root()).value();
  REQUIRE(own.run({"read-tree", "HEAD"}).has_value());
  REQUIRE(own.run({"add", "b"}).has_value());
  environment["GIT_INDEX_FILE"] = ".git/index.other";
  const auto relative = git::Repository::open(test.root(), environment, test.root()).value();
  CHECK(git::Snapshot::of_index(relative).value()->kind("b").has_value());
}

TEST_CASE("git::Repository::open and what is no repository") {
  TestRepository test;
  const auto none = git::Repository::open(test.top(), test.environment(), test.top());
  CHECK(none.error().message == "this folder is in no git repository");

  std::filesystem::create_directories(test.top() + "/broken/.git");
  const auto broken = test.open_at(test.top() + "/broken");
  const auto commit = git::find_commit(broken, "HEAD");
  REQUIRE_FALSE(commit.has_value());
  CHECK(place(commit.error().message, "git finds no repository at") ==
        "git finds no repository at");
}

TEST_CASE("git::shell_word") {
  CHECK(git::shell_word("/srv/app") == "/srv/app");
  CHECK(git::shell_word("/srv/my app") == "'/srv/my app'");
  CHECK(git::shell_word("it's") == "'it'\\''s'");
  CHECK(git::shell_word("") == "''");
}
