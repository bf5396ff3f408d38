#include <sys/stat.h>

#include <doctest/doctest.h>

#include "project/project.hpp"
#include "unit/project/temporary_folder.hpp"

using gauger::base::Entry;
using gauger::base::EntryKind;
using gauger::base::Error;
using gauger::base::WorkingTree;
using gauger::project::AlembicSettings;
using gauger::project::not_entered_note;
using gauger::project::Project;
using gauger::project::revision_files;
using gauger::project::RevisionFile;
using gauger::project::RevisionFiles;
using gauger::tests::TemporaryFolder;

namespace {

using Names = std::vector<std::string>;

Names paths(const RevisionFiles& found) {
  Names result;
  for (const RevisionFile& file : found.files) {
    result.push_back(file.path);
  }
  return result;
}

// A tree without a disk, one folder of which cannot be listed.
class UnreadableTree final : public gauger::base::FileTree {
 public:
  [[nodiscard]] gauger::base::Result<std::vector<Entry>> list(
      const std::string& folder) const override {
    if (folder == "v/secret") {
      return gauger::base::failure(Error{.message = "cannot list the folder", .path = folder});
    }
    return std::vector<Entry>{{"a.py", EntryKind::file}, {"secret", EntryKind::folder}};
  }
  [[nodiscard]] gauger::base::Result<std::string> read(const std::string& path) const override {
    return path;
  }
  [[nodiscard]] std::optional<EntryKind> kind(const std::string& path) const override {
    return path == "v" ? std::optional(EntryKind::folder) : std::nullopt;
  }
};

}  // namespace

// What Alembic loads is compared with Alembic itself in tests/alembic/layouts_test.py.

TEST_CASE("project::revision_files names what Alembic loads") {
  const TemporaryFolder folder({{"v/b.py", ""},
                                {"v/a.py", ""},
                                {"v/.x.py", ""},
                                {"v/__init__.py", ""},
                                {"v/.#lock.py", ""},
                                {"v/README", ""},
                                {"v/sub/c.py", ""}});
  AlembicSettings alembic{.version_locations = {"v", "gone"}};
  const RevisionFiles found = revision_files(WorkingTree(folder.path()), alembic);
  CHECK(paths(found) == Names{"v/.x.py", "v/a.py", "v/b.py"});
  CHECK(found.files.front().location == 0);
  CHECK(found.missing == Names{"gone"});
  CHECK(found.errors.empty());
  alembic.recursive_version_locations = true;
  CHECK(paths(revision_files(WorkingTree(folder.path()), alembic)) ==
        Names{"v/.x.py", "v/a.py", "v/b.py", "v/sub/c.py"});
}

TEST_CASE("project::revision_files names folders with revisions that it does not enter") {
  const std::string revision = "revision = 'r'\ndown_revision = None\n";
  const TemporaryFolder folder({{"v/a.py", revision},
                                {"v/zed/expand/b.py", revision},
                                {"v/data/rows.csv", "down_revision"},
                                {"v/helpers/tools.py", "def f(): pass\n"},
                                {"v/own/c.py", revision},
                                {"v/deep/own/c.py", revision},
                                {"v/.hidden/d.py", revision},
                                {"v/__pycache__/e.py", revision}});
  AlembicSettings alembic{.version_locations = {"v", "v/own", "v/deep/own"}};
  CHECK(revision_files(WorkingTree(folder.path()), alembic).not_entered == Names{"v/zed"});
  alembic.recursive_version_locations = true;
  CHECK(revision_files(WorkingTree(folder.path()), alembic).not_entered.empty());
}

TEST_CASE("project::not_entered_note names one or two folders and counts more") {
  const Project project{.folder = "app"};
  CHECK(not_entered_note(project, {}).empty());
  const auto begins = [&](const Names& folders, std::string_view text) {
    return not_entered_note(project, folders).starts_with(text);
  };
  CHECK(begins({"app/v/a"}, "Alembic does not load the revisions in v/a: set "));
  CHECK(begins({"app/v/a", "lib/b"}, "Alembic does not load the revisions in v/a and ../lib/b: "));
  CHECK(begins({"app/v/a", "app/v/b", "app/v/c"},
               "Alembic does not load the revisions in v/a and 2 more folders: "));
}

TEST_CASE("project::revision_files says which are compiled") {
  const TemporaryFolder folder(
      {{"v/a.py", ""}, {"v/a.pyc", ""}, {"v/__pycache__/b.cpython-311.pyc", ""}});
  const AlembicSettings alembic{.version_locations = {"v"}, .sourceless = true};
  const RevisionFiles found = revision_files(WorkingTree(folder.path()), alembic);
  REQUIRE(paths(found) == Names{"v/a.py", "v/__pycache__/b.cpython-311.pyc"});
  CHECK_FALSE(found.files[0].compiled);
  CHECK(found.files[1].compiled);
}

TEST_CASE("project::revision_files lists a file once, by where it really is") {
  const TemporaryFolder folder({{"shared/r.py", ""}, {"v/a.py", ""}});
  folder.link("v/z.py", "../shared/r.py");
  folder.link("w", "v");
  const AlembicSettings alembic{.version_locations = {"v", "w", "v"}};
  const RevisionFiles found = revision_files(WorkingTree(folder.path()), alembic);
  CHECK(paths(found) == Names{"v/a.py", "shared/r.py"});
}

TEST_CASE("project::revision_files ends in a folder that is linked to itself") {
  const TemporaryFolder folder({{"v/a.py", ""}});
  folder.link("v/self", ".");
  folder.link("v/up", "..");
  const AlembicSettings alembic{.version_locations = {"v"}, .recursive_version_locations = true};
  CHECK(paths(revision_files(WorkingTree(folder.path()), alembic)) == Names{"v/a.py"});
}

TEST_CASE("project::revision_files reports what Alembic would stop at, and goes on") {
  const TemporaryFolder folder({{"v/z.py", ""}, {"v/.py", ""}});
  folder.link("v/gone.py", "nowhere.py");
  folder.link("v/loop.py", "loop.py");
  folder.link("v/.#z.py", "me@host.4711");
  REQUIRE(::mkfifo(folder.at("v/pipe.py").c_str(), 0600) == 0);
  const RevisionFiles found =
      revision_files(WorkingTree(folder.path()), {.version_locations = {"v"}});
  CHECK(paths(found) == Names{"v/z.py"});
  Names errors;
  for (const Error& error : found.errors) {
    errors.push_back(error.path);
  }
  CHECK(errors == Names{"v/.py", "v/gone.py", "v/loop.py", "v/pipe.py"});
}

TEST_CASE("project::revision_files names a folder that cannot be listed") {
  const AlembicSettings alembic{.version_locations = {"v"}, .recursive_version_locations = true};
  const RevisionFiles found = revision_files(UnreadableTree(), alembic);
  CHECK(paths(found) == Names{"v/a.py"});
  REQUIRE(found.errors.size() == 1);
  CHECK(found.errors[0].path == "v/secret");
}

TEST_CASE("project::revision_files takes the root of the tree as a location") {
  const TemporaryFolder folder({{"a.py", ""}, {"s/b.py", ""}});
  const AlembicSettings alembic{.version_locations = {""}, .recursive_version_locations = true};
  CHECK(paths(revision_files(WorkingTree(folder.path()), alembic)) == Names{"a.py", "s/b.py"});
}
