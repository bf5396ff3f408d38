#include <algorithm>

#include <doctest/doctest.h>

#include "project/project.hpp"
#include "unit/project/temporary_folder.hpp"

using gauger::base::Error;
using gauger::base::ErrorKind;
using gauger::project::load;
using gauger::project::Project;
using gauger::project::relative_to_project;
using gauger::project::Request;
using gauger::tests::TemporaryFolder;

namespace {

const std::string ini = "[alembic]\nscript_location = alembic\n";

bool mentions(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Request in(const TemporaryFolder& folder, const std::string& current = ".") {
  return {.current_folder = std::filesystem::path(folder.at(current)).lexically_normal().string()};
}

Project loaded(const Request& request) {
  auto project = load(request);
  if (!project) {
    FAIL(project.error().path, ": ", project.error().message, "; ", project.error().help);
  }
  return *std::move(project);
}

Error refused(const Request& request) {
  const auto project = load(request);
  REQUIRE_FALSE(project.has_value());
  return project.error();
}

}  // namespace

TEST_CASE("project::load finds a plain project without any settings") {
  const TemporaryFolder folder(
      {{".git/", ""}, {"alembic.ini", ini}, {"alembic/versions/", ""}, {"src/app/", ""}});
  const Project project = loaded(in(folder));
  CHECK(project.repository_root == folder.path());
  CHECK(project.folder.empty());
  CHECK(project.settings.source.empty());
  CHECK(project.settings.seeds == "scripts/seeds");
  CHECK(project.settings.database.env_file == folder.at(".env"));
  CHECK_FALSE(project.settings.database.env_file_required);
  CHECK(project.alembic.ini == "alembic.ini");
  CHECK(project.alembic.section == "alembic");
  CHECK(project.alembic.script_location == "alembic");
  CHECK(project.alembic.version_locations == std::vector<std::string>{"alembic/versions"});
  CHECK(project.alembic.import_folders == std::vector<std::string>{"", "src"});
}

TEST_CASE("project::load looks in the parents up to the repository's root") {
  const TemporaryFolder folder({{"alembic.ini", "[alembic]\nscript_location = wrong\n"},
                                {"repo/.git", "gitdir: elsewhere\n"},
                                {"repo/backend/alembic.ini", ini},
                                {"repo/backend/alembic/env.py", ""},
                                {"repo/backend/src/app/", ""},
                                {"repo/other/", ""}});
  const Project project = loaded(in(folder, "repo/backend/src/app"));
  CHECK(project.repository_root == folder.at("repo"));
  CHECK(project.folder == "backend");
  CHECK(project.alembic.script_location == "backend/alembic");
  // Not found there, and not beyond the root.
  const Error error = refused(in(folder, "repo/other"));
  CHECK(mentions(error.message, "no alembic.ini"));
  CHECK(mentions(error.message, folder.at("repo")));
}

TEST_CASE("project::load looks below, and wants one hit") {
  TemporaryFolder folder({{".git/", ""},
                          {"services/a/alembic.ini", ini},
                          {"services/a/alembic/env.py", ""},
                          {"node_modules/x/alembic.ini", ini},
                          {".venv/lib/site-packages/x/alembic.ini", ini},
                          {"env/pyvenv.cfg", ""},
                          {"env/alembic.ini", ini},
                          {"build/alembic.ini", ini}});
  folder.link("loop", ".");
  const Project project = loaded(in(folder));
  CHECK(project.folder.empty());
  CHECK(project.alembic.ini == "services/a/alembic.ini");
  folder.write("services/b/alembic.ini", ini);
  const Error error = refused(in(folder));
  CHECK(mentions(error.message, "services/a/alembic.ini, services/b/alembic.ini"));
  CHECK(mentions(error.help, "--project"));
  Request request = in(folder);
  request.project_folder = "services/a";
  CHECK(loaded(request).folder == "services/a");
}

TEST_CASE("project::load with --project looks below before it looks above") {
  const TemporaryFolder folder({{".git/", ""},
                                {"alembic.ini", ini},
                                {"alembic/env.py", ""},
                                {"x/db/alembic.ini", ini},
                                {"x/db/alembic/env.py", ""},
                                {"y/", ""}});
  Request request = in(folder);
  CHECK(loaded(request).alembic.ini == "alembic.ini");
  CHECK(loaded(in(folder, "x")).alembic.ini == "alembic.ini");
  request.project_folder = "x";
  CHECK(loaded(request).alembic.ini == "x/db/alembic.ini");
  request.project_folder = "y";
  CHECK(loaded(request).alembic.ini == "alembic.ini");
  CHECK(loaded(request).folder == "y");
  request.project_folder = "nowhere";
  CHECK(refused(request).kind == ErrorKind::usage);
  request.project_folder = "alembic.ini";
  CHECK(mentions(refused(request).message, "not a folder"));
}

TEST_CASE("project::load reads settings where they are, relative to where they are") {
  const TemporaryFolder folder(
      {{".git/", ""},
       {"a[b]/gauger.toml",
        "alembic = 'db/main.ini'\nschema-paths = ['app/**/*.py', '../lib/models/', '.']\n"
        "startup-paths = ['app']\nseeds = 'seeds'\n[database]\nenv-file = '../ci.env'\n"},
       {"a[b]/db/main.ini", "[alembic]\nscript_location = %(here)s/mig\n"},
       {"a[b]/db/mig/env.py", ""},
       {"a[b]/app/deep/", ""}});
  const Project project = loaded(in(folder, "a[b]/app/deep"));
  CHECK(project.folder == "a[b]");
  CHECK(project.settings.source == "a[b]/gauger.toml");
  CHECK(project.settings.alembic == "a[b]/db/main.ini");
  CHECK(project.settings.schema_paths ==
        std::vector<std::string>{"a[[]b]/app/**/*.py", "lib/models/", "a[[]b]"});
  CHECK(project.settings.startup_paths == std::vector<std::string>{"a[[]b]/app"});
  CHECK(project.settings.seeds == "a[b]/seeds");
  CHECK(project.settings.database.env_file == folder.at("ci.env"));
  CHECK(project.settings.database.env_file_required);
  CHECK(project.alembic.script_location == "a[b]/db/mig");
}

TEST_CASE("project::load finds settings beside an ini that it found below") {
  const TemporaryFolder folder({{".git/", ""},
                                {"backend/pyproject.toml", "[tool.gauger]\nseeds = 'seeds'\n"},
                                {"backend/db/alembic.ini", ini},
                                {"backend/db/alembic/env.py", ""}});
  const Project project = loaded(in(folder));
  CHECK(project.folder == "backend");
  CHECK(project.settings.source == "backend/pyproject.toml");
  CHECK(project.settings.seeds == "backend/seeds");
}

TEST_CASE("project::load refuses settings in two files of one folder") {
  const TemporaryFolder folder({{".git/", ""},
                                {"alembic.ini", ini},
                                {"alembic/env.py", ""},
                                {"gauger.toml", ""},
                                {"pyproject.toml", "\n[tool.gauger]\n"}});
  const Error error = refused(in(folder));
  CHECK(mentions(error.message, "both"));
  CHECK(error.path == "pyproject.toml");
  CHECK(error.position.line == 2);
}

TEST_CASE("project::load passes over a pyproject.toml that is not about it, however broken") {
  const TemporaryFolder folder({{".git/", ""},
                                {"alembic.ini", ini},
                                {"alembic/env.py", ""},
                                {"pyproject.toml", "[project\n"}});
  CHECK(loaded(in(folder)).settings.source.empty());
  folder.write("pyproject.toml", "[tool.gauger\n");
  CHECK(refused(in(folder)).position.line == 1);
}

TEST_CASE("project::load takes --config from anywhere") {
  const TemporaryFolder folder({{"repo/.git/", ""},
                                {"repo/alembic.ini", ini},
                                {"repo/alembic/env.py", ""},
                                {"repo/gauger.toml", "unknown = 1\n"},
                                {"repo/ci/pyproject.toml", "[tool.other]\n"},
                                {"shared/strict.toml", "seeds = 'a'\n"}});
  Request request = in(folder, "repo");
  request.config_file = "../shared/strict.toml";
  const Project project = loaded(request);
  CHECK(project.folder.empty());
  CHECK(project.settings.source == folder.at("shared/strict.toml"));
  CHECK(project.settings.seeds == "a");
  request.config_file = "nowhere.toml";
  CHECK(refused(request).path == "nowhere.toml");
  request.config_file = "ci/pyproject.toml";
  CHECK(mentions(refused(request).message, "[tool.gauger]"));
  request.config_file = "alembic.ini";
  CHECK(refused(request).kind == ErrorKind::usage);
}

TEST_CASE("project::load does not let settings above lead away from a nearer ini") {
  const TemporaryFolder folder({{".git/", ""},
                                {"gauger.toml", "alembic = 'a/alembic.ini'\n"},
                                {"a/alembic.ini", ini},
                                {"a/alembic/env.py", ""},
                                {"a/src/", ""},
                                {"b/alembic.ini", ini}});
  CHECK(loaded(in(folder)).alembic.ini == "a/alembic.ini");
  CHECK(loaded(in(folder, "a/src")).alembic.ini == "a/alembic.ini");
  CHECK(mentions(refused(in(folder, "b")).message, "b/alembic.ini is nearer"));
}

TEST_CASE("project::load tells about an ini of another name, or one that is missing") {
  const TemporaryFolder folder({{".git/", ""}, {"alembic.ini.in", ini}, {"alembic_core.ini", ini}});
  CHECK(mentions(refused(in(folder)).help, "alembic.ini.in, alembic_core.ini"));
  folder.write("gauger.toml", "alembic = 'nope.ini'\n");
  const Error error = refused(in(folder));
  CHECK(error.path == "nope.ini");
  CHECK(mentions(error.message, "does not exist"));
}

TEST_CASE("project::load follows ALEMBIC_CONFIG where the settings say nothing") {
  const TemporaryFolder folder({{".git/", ""},
                                {"alembic.ini", ini},
                                {"alembic/env.py", ""},
                                {"other.ini", "[alembic]\nscript_location = other\n"},
                                {"other/env.py", ""}});
  Request request = in(folder);
  request.environment = {{"ALEMBIC_CONFIG", "other.ini"}};
  CHECK(loaded(request).alembic.script_location == "other");
  request.environment = {{"ALEMBIC_CONFIG", "nope.ini"}};
  CHECK(mentions(refused(request).message, "ALEMBIC_CONFIG"));
  folder.write("gauger.toml", "alembic = 'alembic.ini'\n");
  CHECK(loaded(request).alembic.script_location == "alembic");
}

TEST_CASE("project::load without git stays in the folder, but for what the ini names") {
  const TemporaryFolder folder({{"alembic.ini", ini},
                                {"app/", ""},
                                {"app/db/alembic.ini", "[alembic]\nscript_location=../../mig\n"},
                                {"mig/env.py", ""}});
  CHECK(mentions(refused(in(folder, "mig")).message, "in this folder or below it"));
  const Project project = loaded(in(folder, "app"));
  CHECK(project.repository_root == folder.path());
  CHECK(project.folder == "app");
  CHECK(project.alembic.script_location == "mig");
  CHECK(relative_to_project(project, "mig/env.py") == "../mig/env.py");
  CHECK(relative_to_project(project, "app/x.py") == "x.py");
  CHECK(relative_to_project(project, "app") == ".");
}

TEST_CASE("project::load takes the folder around Flask-Migrate's ini for the project") {
  const TemporaryFolder folder({{".git/", ""},
                                {"app/migrations/alembic.ini", "[alembic]\n"},
                                {"app/migrations/env.py", ""},
                                {"app/migrations/versions/", ""}});
  CHECK(loaded(in(folder, "app/migrations/versions")).folder == "app");
  CHECK(loaded(in(folder)).alembic.script_location == "app/migrations");
}

TEST_CASE("project::load counts a pyproject.toml with a script_location as a hit") {
  const TemporaryFolder folder({{".git/", ""},
                                {"svc/pyproject.toml", "[tool.alembic]\nscript_location = 'db'\n"},
                                {"svc/db/env.py", ""},
                                {"lib/pyproject.toml", "[tool.alembic]\ntimezone = 'UTC'\n"}});
  const Project project = loaded(in(folder));
  CHECK(project.alembic.ini == "svc/pyproject.toml");
  CHECK(project.alembic.toml == "svc/pyproject.toml");
  CHECK(project.alembic.section == "tool.alembic");
}

TEST_CASE("project::load lists the sections where [alembic] is missing") {
  const TemporaryFolder folder(
      {{".git/", ""},
       {"alembic.ini",
        "[core]\nscript_location = core\n[tenant]\nscript_location = tenant\n[loggers]\nkeys=x\n"},
       {"tenant/env.py", ""}});
  Request request = in(folder);
  const Error error = refused(request);
  CHECK(error.message == "the file has no section [alembic]; [core], [tenant] have one");
  CHECK(mentions(error.help, "-n core"));
  request.section = "tenant";
  CHECK(loaded(request).alembic.section == "tenant");
  request.section = "loggers";
  CHECK(refused(request).message == "[loggers] has no script_location; [core], [tenant] have one");
  request.section = "nope";
  CHECK(mentions(refused(request).message, "no section [nope]"));
}

TEST_CASE("project::load explains a script location that is not here") {
  const auto explained = [](const std::string& location) {
    const TemporaryFolder folder(
        {{".git/", ""}, {"alembic.ini", "[alembic]\n\nscript_location = " + location + "\n"}});
    const Error error = refused(in(folder));
    CHECK(error.kind == ErrorKind::configuration);
    CHECK(error.path == "alembic.ini");
    CHECK(error.position == gauger::base::Position{3, 19});
    return error.message + "; " + error.help;
  };
  CHECK(mentions(explained("{alembic_dir}"), "placeholder"));
  CHECK(mentions(explained("/app/gauger-nowhere"), "another machine"));
  CHECK(mentions(explained("pkg.sub:mig"), "pkg/sub/mig"));
  CHECK(mentions(explained("nowhere"), "looked in"));
  CHECK(mentions(explained("../gauger-nowhere"), "not found"));
}

TEST_CASE("project::load keeps to the repository") {
  const TemporaryFolder folder({{"repo/.git/", ""},
                                {"repo/alembic.ini", "[alembic]\nscript_location = ../mig\n"},
                                {"mig/env.py", ""}});
  CHECK(mentions(refused(in(folder, "repo")).message, "outside the repository"));
  folder.write("repo/alembic.ini", ini + "version_locations = ../mig\n");
  folder.write("repo/alembic/env.py", "");
  CHECK(mentions(refused(in(folder, "repo")).message, "outside the repository"));
  folder.write("repo/alembic.ini", ini);
  folder.write("repo/gauger.toml", "seeds = '../seeds'\n");
  CHECK(mentions(refused(in(folder, "repo")).message, "'seeds'"));
  folder.write("repo/gauger.toml", "schema-paths = ['../../x/*.py']\n");
  CHECK(mentions(refused(in(folder, "repo")).message, "'schema-paths'"));
}

TEST_CASE("project::load wants to be told of locations in other packages") {
  const TemporaryFolder folder(
      {{".git/", ""},
       {"alembic.ini", ini + "version_locations = alembic/versions vendor_pkg:versions\n"},
       {"alembic/env.py", ""}});
  CHECK(mentions(refused(in(folder)).message, "vendor_pkg:versions"));
  folder.write("gauger.toml", "[history]\nexternal = ['abc']\n");
  const Project project = loaded(in(folder));
  CHECK(project.alembic.external_locations == std::vector<std::string>{"vendor_pkg:versions"});
  CHECK(project.alembic.version_locations == std::vector<std::string>{"alembic/versions"});
}

TEST_CASE("project::load is at home behind a linked folder") {
  const TemporaryFolder folder(
      {{"real/.git/", ""},
       {"real/alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\n"},
       {"real/alembic/env.py", ""}});
  folder.link("link", "real");
  CHECK(loaded(in(folder, "link")).repository_root == folder.at("real"));
  folder.write("real/alembic.ini",
               "[alembic]\nscript_location = " + folder.at("link/alembic") + "\n");
  CHECK(loaded(in(folder, "link")).alembic.script_location == "alembic");
}

TEST_CASE("project::load refuses what no configuration is, quickly") {
  const TemporaryFolder folder({{".git/", ""}, {"alembic/env.py", ""}});
  folder.write("alembic.ini", ini + std::string(std::size_t{50} << 20U, '#'));
  CHECK(refused(in(folder)).path == "alembic.ini");
  folder.write("alembic.ini", ini + std::string(std::size_t{2} << 20U, '#'));
  CHECK(mentions(refused(in(folder)).message, "1 MiB"));
  folder.write("alembic.ini", std::string_view("\x7f"
                                               "ELF\x02\x01\0\0",
                                               8));
  CHECK(mentions(refused(in(folder)).message, "NUL"));
  folder.write("alembic.ini", ini);
  folder.write("gauger.toml", std::string(std::size_t{2} << 20U, ' '));
  CHECK(mentions(refused(in(folder)).message, "1 MiB"));
  folder.write("gauger.toml", "a = " + std::string(100'000, '['));
  CHECK(refused(in(folder)).path == "gauger.toml");
}
