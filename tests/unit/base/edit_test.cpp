#include "base/edit.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/project/temporary_folder.hpp"

using gauger::base::apply;
using gauger::base::unified_diff;
using gauger::base::write_file;
using gauger::tests::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

std::string read(const TemporaryFolder& folder, const std::string& file) {
  std::ostringstream content;
  content << std::ifstream(folder.at(file)).rdbuf();
  return content.str();
}

std::ptrdiff_t count_files(const TemporaryFolder& folder) {
  const fs::directory_iterator entries(folder.path());
  return std::distance(begin(entries), end(entries));
}

}  // namespace

TEST_CASE("base::apply makes edits in any order") {
  CHECK(apply("abcdef", {}) == "abcdef");
  CHECK(apply("abcdef", {{{4, 5}, "E"}, {{0, 2}, ""}, {{2, 2}, "<>"}}) == "<>cdEf");
  CHECK(apply("", {{{0, 0}, "new"}}) == "new");
}

TEST_CASE("base::unified_diff shows whole lines with one line of context") {
  const std::string text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
  CHECK(unified_diff("a.py", text, {}).empty());
  CHECK(unified_diff("a.py", text, {{{4, 7}, "two"}}).empty());
  CHECK(unified_diff("a.py", text, {{{4, 7}, "2"}}) ==
        "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n");
  SUBCASE("edits that are near share a hunk") {
    CHECK(unified_diff("a.py", text, {{{4, 7}, "2"}, {{14, 18}, "4"}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -1,5 +1,5 @@\n one\n-two\n+2\n three\n-four\n+4\n five\n");
  }
  SUBCASE("edits that are far apart have a hunk each, with the new text's lines counted") {
    CHECK(unified_diff("a.py", text, {{{0, 3}, "1\n1b"}, {{28, 33}, "7"}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n-one\n+1\n+1b\n two\n"
          "@@ -6,2 +7,2 @@\n six\n-seven\n+7\n");
  }
  SUBCASE("whole lines come and go") {
    CHECK(unified_diff("a.py", text, {{{4, 8}, ""}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,2 @@\n one\n-two\n three\n");
    CHECK(unified_diff("a.py", text, {{{4, 4}, "new\n"}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n one\n+new\n two\n");
  }
  SUBCASE("a last line without an end says so") {
    CHECK(unified_diff("a.py", "x", {{{0, 1}, "y"}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+y\n"
          "\\ No newline at end of file\n");
    CHECK(unified_diff("a.py", "", {{{0, 0}, "y\n"}}) ==
          "--- a/a.py\n+++ b/a.py\n@@ -0,0 +1,1 @@\n+y\n");
  }
}

TEST_CASE("base::write_file replaces the content and keeps the mode") {
  const TemporaryFolder folder({{"a.py", "old"}});
  REQUIRE(::chmod(folder.at("a.py").c_str(), 0640) == 0);
  REQUIRE(write_file(folder.path(), "a.py", "new").has_value());
  CHECK(read(folder, "a.py") == "new");
  struct stat status {};
  REQUIRE(::stat(folder.at("a.py").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777U) == 0640U);
  CHECK(count_files(folder) == 1);

  REQUIRE(write_file(folder.path(), "b.py", "made").has_value());
  CHECK(read(folder, "b.py") == "made");
}

TEST_CASE("base::write_file follows a link and leaves it a link") {
  const TemporaryFolder folder({{"real/a.py", "old"}});
  folder.link("a.py", "real/a.py");
  REQUIRE(write_file(folder.path(), "a.py", "new").has_value());
  CHECK(fs::is_symlink(folder.at("a.py")));
  CHECK(read(folder, "real/a.py") == "new");
}

TEST_CASE("base::write_file leaves alone what it must not write") {
  const TemporaryFolder outside({{"a.py", "theirs"}});
  const TemporaryFolder folder({{"folder/", ""}});
  folder.link("a.py", outside.at("a.py"));
  folder.link("linked", outside.path());
  folder.link("loop", "loop");
  folder.link("dangling", "nowhere");
  for (const char* path : {"a.py", "linked/a.py", "linked/new.py", "loop", "dangling", "folder", "",
                           "../x.py", "/etc/gauger", "missing/a.py"}) {
    CAPTURE(path);
    const auto written = write_file(folder.path(), path, "ours");
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().path == path);
    CHECK(written.error().message.starts_with("cannot write the file: "));
  }
  CHECK(read(outside, "a.py") == "theirs");
  CHECK(count_files(outside) == 1);
  CHECK(count_files(folder) == 5);
}

TEST_CASE("base::write_file steps around what a killed run left behind") {
  const TemporaryFolder folder({{"a.py", "old"}});
  const std::string left = fmt::format(".gauger-{}-0.tmp", ::getpid());
  folder.write(left, "half");
  REQUIRE(write_file(folder.path(), "a.py", "new").has_value());
  CHECK(read(folder, "a.py") == "new");
  CHECK(read(folder, left) == "half");
}
