#include "base/file_tree.hpp"

#include <fstream>
#include <map>
#include <string>
#include <sys/stat.h>

#include <doctest/doctest.h>

#include "unit/project/temporary_folder.hpp"

namespace {

using gauger::base::Entry;
using gauger::base::EntryKind;
using gauger::base::is_below;
using gauger::base::WorkingTree;
using gauger::tests::TemporaryFolder;

}  // namespace

TEST_CASE("base::WorkingTree::list tells what a link leads to, and that it is one") {
  const TemporaryFolder folder({{"a/f.py", "x"}, {"a/sub/", ""}});
  folder.link("a/to_file", "f.py");
  folder.link("a/to_folder", "sub");
  folder.link("a/dangling", "nowhere");
  folder.link("a/loop", "loop");
  REQUIRE(::mkfifo(folder.at("a/pipe").c_str(), 0600) == 0);
  const auto entries = WorkingTree(folder.path()).list("a");
  REQUIRE(entries.has_value());
  std::map<std::string, Entry> by_name;
  for (const Entry& entry : *entries) {
    by_name[entry.name] = entry;
  }
  const auto is = [&](const char* name, EntryKind kind, bool is_link) {
    return by_name.at(name).kind == kind && by_name.at(name).is_link == is_link;
  };
  CHECK(entries->size() == 7);
  CHECK(is("f.py", EntryKind::file, false));
  CHECK(is("sub", EntryKind::folder, false));
  CHECK(is("to_file", EntryKind::file, true));
  CHECK(is("to_folder", EntryKind::folder, true));
  CHECK(is("dangling", EntryKind::other, true));
  CHECK(is("loop", EntryKind::other, true));
  CHECK(is("pipe", EntryKind::other, false));
}

TEST_CASE("base::WorkingTree::real_path follows every link") {
  const TemporaryFolder outside({{"theirs.py", ""}});
  const TemporaryFolder folder({{"real/deep/a.py", ""}});
  folder.link("linked", "real");
  folder.link("linked2", "linked/deep");
  folder.link("real/b.py", "../linked2/a.py");
  folder.link("gone.py", "linked/missing.py");
  folder.link("top.py", "/gauger-has-no-such-file.py");
  folder.link("loop", "loop");
  folder.link("out.py", outside.at("theirs.py"));
  folder.link("root", ".");
  const WorkingTree tree(folder.path());
  CHECK(tree.real_path("real/deep/a.py").path == "real/deep/a.py");
  CHECK(tree.real_path("linked2/a.py").path == "real/deep/a.py");
  CHECK(tree.real_path("real/b.py").path == "real/deep/a.py");
  CHECK(tree.real_path("linked").path == "real");
  CHECK(tree.real_path("root").path.empty());
  CHECK(tree.real_path("").path.empty());
  CHECK(tree.real_path("gone.py").path == "real/missing.py");
  CHECK(tree.real_path("gone.py").in_tree);
  CHECK(tree.real_path("top.py").path == "/gauger-has-no-such-file.py");
  CHECK_FALSE(tree.real_path("top.py").in_tree);
  CHECK(tree.real_path("out.py").path == outside.at("theirs.py"));
  CHECK_FALSE(tree.real_path("out.py").in_tree);
  CHECK(tree.real_path("loop").loops);
  CHECK_FALSE(tree.real_path("linked").loops);
}

TEST_CASE("base::is_below") {
  CHECK(is_below("a/b/c.py", "a"));
  CHECK(is_below("a/b/c.py", "a/b"));
  CHECK(is_below("c.py", ""));
  CHECK_FALSE(is_below("a", "a"));
  CHECK_FALSE(is_below("ab/c.py", "a"));
}

TEST_CASE("base::WorkingTree::read gives a file whole, whatever size it says it has") {
  const std::string text(100'000, 'x');
  const TemporaryFolder folder({{"a", text}, {"empty", ""}, {"one", "1"}});
  const WorkingTree tree(folder.path());
  CHECK(tree.read("a") == text);
  CHECK(tree.read("empty") == "");
  CHECK(tree.read("one") == "1");
  CHECK(tree.read("none").error().message == "cannot read the file: No such file or directory");
  CHECK(tree.read("").error().message == "this is not a regular file");
  // It says that it has 0 bytes.
  const auto status = WorkingTree("/proc/self").read("status");
  REQUIRE(status.has_value());
  CHECK(status->starts_with("Name:"));
}
