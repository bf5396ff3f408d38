#include "cli/output.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace base = gauger::base;
namespace cli = gauger::cli;
namespace report = gauger::report;
namespace fs = std::filesystem;

namespace {

// A folder that is gone with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "gauger-output-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void fill(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

report::Report report_with(std::size_t findings) {
  report::Report report{.tool = "check-heads", .version = "1", .folder = ""};
  report.findings.assign(findings, {.rule = "r", .message = std::string(500, 'm'), .path = "x.py"});
  report.results = {{.tool = "check-heads", .looked_at = "1 revision", .errors = findings}};
  return report;
}

}  // namespace

TEST_CASE("cli::plan_output: colours on a terminal that wants them") {
  const auto color = [](const cli::Options& options, const cli::Environment& environment,
                        cli::Terminal terminal) {
    return cli::plan_output(options, environment, terminal).color;
  };
  const auto always = report::Color::always;
  const auto never = report::Color::never;
  CHECK(color({}, {}, cli::Terminal::yes) == always);
  CHECK(color({}, {}, cli::Terminal::no) == never);
  CHECK(color({}, {{"NO_COLOR", "1"}}, cli::Terminal::yes) == never);
  CHECK(color({}, {{"NO_COLOR", ""}}, cli::Terminal::yes) == always);
  CHECK(color({}, {{"TERM", "dumb"}}, cli::Terminal::yes) == never);
  CHECK(color({.output = "x.txt"}, {}, cli::Terminal::yes) == never);
  CHECK(color({.color = "never"}, {}, cli::Terminal::yes) == never);
  CHECK(color({.color = "always"}, {{"NO_COLOR", "1"}}, cli::Terminal::no) == always);
}

TEST_CASE("cli::plan_output: GitHub Actions adds annotations and a summary") {
  const cli::Environment github{{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", "/tmp/s.md"}};
  const cli::Plan plain = cli::plan_output({}, {}, cli::Terminal::no);
  CHECK_FALSE(plain.annotations);
  CHECK_FALSE(plain.step_summary.has_value());
  const cli::Plan ci = cli::plan_output({}, github, cli::Terminal::no);
  CHECK(ci.format == report::Format::text);
  CHECK(ci.annotations);
  CHECK(ci.step_summary == "/tmp/s.md");
  const cli::Plan chosen = cli::plan_output({.format = "sarif"}, github, cli::Terminal::no);
  CHECK(chosen.format == report::Format::sarif);
  CHECK_FALSE(chosen.annotations);
  CHECK(chosen.step_summary == "/tmp/s.md");
  CHECK_FALSE(cli::plan_output({}, {{"GITHUB_STEP_SUMMARY", "/tmp/s.md"}}, cli::Terminal::no)
                  .step_summary.has_value());
}

TEST_CASE("cli::write_output replaces a file and leaves nothing beside it") {
  const Folder folder;
  fill(folder.file("report.json"), "old");
  REQUIRE(cli::write_output("report.json", folder.path(), "new\n").has_value());
  CHECK(content(folder.file("report.json")) == "new\n");
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
  REQUIRE(cli::write_output(folder.file("absolute"), "/", "x").has_value());
  CHECK(content(folder.file("absolute")) == "x");
}

TEST_CASE("cli::write_output says what it cannot write") {
  const Folder folder;
  const auto missing = cli::write_output("no/such/folder.txt", folder.path(), "x");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().kind == base::ErrorKind::unreadable);
  CHECK_FALSE(cli::write_output(folder.path(), "/", "x").has_value());
}

TEST_CASE("cli::write_output writes to devices as they are") {
  CHECK(cli::write_output("/dev/null", "/", "x").has_value());
  const auto full = cli::write_output("/dev/full", "/", "x");
  REQUIRE_FALSE(full.has_value());
  CHECK(full.error().message.find("/dev/full") != std::string::npos);
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("cli::append_step_summary adds to what other tools wrote, within GitHub's limit") {
  const Folder folder;
  const std::string file = folder.file("summary.md");
  REQUIRE(cli::append_step_summary(file, report_with(0)).has_value());
  REQUIRE(cli::append_step_summary(file, report_with(1)).has_value());
  const std::string both = content(file);
  CHECK(both.find("check-heads: clean (1 revision)") < both.find("check-heads: 1 error"));
  for (int i = 0; i < 3; ++i) {
    (void)cli::append_step_summary(file, report_with(1000));
  }
  CHECK(content(file).size() <= report::step_summary_limit);
  CHECK(content(file).find("were left out") != std::string::npos);
  fill(file, std::string(report::step_summary_limit, 'x'));
  CHECK_FALSE(cli::append_step_summary(file, report_with(1)).has_value());
  CHECK(content(file).size() == report::step_summary_limit);
}
