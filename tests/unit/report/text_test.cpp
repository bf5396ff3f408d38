#include <doctest/doctest.h>

#include "report/excerpt.hpp"
#include "report/width.hpp"
#include "unit/report/samples.hpp"

namespace tests = gauger::tests;
namespace finding = gauger::finding;
namespace report = gauger::report;
using report::Color;
using report::Format;

namespace {

std::string text_of(const report::Report& report) {
  return report::render(report, Format::text, Color::never);
}

// The rows of an excerpt, one a line, without the gutter.
std::string rows_of(const finding::Finding& finding) {
  std::string result;
  for (const report::Row& row : report::excerpt(finding)) {
    result += row.kind == report::RowKind::ellipsis ? "..." : row.text;
    result += '\n';
  }
  return result;
}

finding::Finding on(std::string line, std::uint32_t begin, std::uint32_t end) {
  return {.rule = "r", .path = "x.py", .begin = {1, begin}, .end = {1, end}, .source = {line}};
}

}  // namespace

TEST_CASE("report text: a finding with its source, a related place and help") {
  CHECK(text_of(tests::report_of({tests::sample_finding()})) ==
        "error[several-heads]: the history has 2 heads\n"
        "  --> versions/a1_users.py:12:17\n"
        "   |\n"
        "12 | down_revision = \"a0\"\n"
        "   |                 ^^^^\n"
        "   |\n"
        "note: ../../lib/versions/b2.py:3:1: the other head\n"
        "help: write `down_revision = \"b2\"`\n"
        "\n"
        "check-heads: 1 error (214 revisions, 1 head)\n");
}

TEST_CASE("report text: findings of a whole file and of the whole project") {
  finding::Finding file = tests::sample_finding();
  file.begin = {};
  file.end = {};
  file.source.clear();
  file.related.clear();
  file.help.clear();
  finding::Finding project = file;
  project.path.clear();
  project.severity = finding::Severity::warning;
  CHECK(text_of(tests::report_of({project, file})) ==
        "warning[several-heads]: the history has 2 heads\n"
        "\n"
        "error[several-heads]: the history has 2 heads\n"
        " --> versions/a1_users.py\n"
        "\n"
        "check-heads: 1 error, 1 warning (214 revisions, 1 head)\n");
}

TEST_CASE("report text: a clean run is one line, and errors are counted in it") {
  CHECK(text_of(tests::clean_report()) == "check-heads: clean (214 revisions, 1 head)\n");
  CHECK(text_of(tests::failed_report()) ==
        "check-heads: could not check everything: 1 failure (214 revisions, 1 head)\n");
}

TEST_CASE("report text: colours only when asked for, and none of the message's own") {
  const report::Report report = tests::report_of({tests::sample_finding()});
  CHECK(text_of(report).find('\x1b') == std::string::npos);
  const std::string colored = report::render(report, Format::text, Color::always);
  CHECK(colored.find("\x1b[1;31merror[several-heads]\x1b[0m: ") == 0);
  report::Report hostile = tests::hostile_report();
  hostile.findings[0].message = "\x1b[2J";
  CHECK(report::render(hostile, Format::text, Color::always).find("\x1b[2J") == std::string::npos);
}

TEST_CASE("report excerpt: tabs, wide characters and escapes keep the underline in place") {
  CHECK(rows_of(on("\tx = 1", 2, 3)) == "    x = 1\n    ^\n");
  CHECK(rows_of(on("漢字 = x", 6, 7)) == "漢字 = x\n       ^\n");
  CHECK(rows_of(on("漢字 = x", 1, 3)) == "漢字 = x\n^^^^\n");
  CHECK(rows_of(on("e\u0301 = x", 6, 7)) == "e\u0301 = x\n    ^\n");
  CHECK(rows_of(on("\x1b[0m = x", 8, 9)) == "\\x1b[0m = x\n          ^\n");
  CHECK(rows_of(on("\xff = x", 5, 6)) == "\\xff = x\n       ^\n");
}

TEST_CASE("report excerpt: places without extent, at the end and beyond it") {
  CHECK(rows_of(on("abc", 2, 2)) == "abc\n ^\n");
  CHECK(rows_of(on("abc", 4, 4)) == "abc\n   ^\n");
  CHECK(rows_of(on("abc", 99, 120)) == "abc\n   ^\n");
  CHECK(rows_of(on("", 1, 1)) == "\n^\n");
  CHECK(rows_of(on("abc", 2, 0)) == "abc\n ^^\n");
}

TEST_CASE("report excerpt: a long line is cut around what is underlined") {
  const std::string line = std::string(5000, 'a') + "BAD" + std::string(1000000, 'b');
  const auto rows = report::excerpt(on(line, 5001, 5004));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].text.starts_with("…aaaa"));
  CHECK(rows[0].text.ends_with("b…"));
  CHECK(rows[0].text.size() < 130);
  // The ellipsis is one column and three bytes.
  CHECK(rows[0].text.find("BAD") - 2 == rows[1].text.find("^^^"));
  CHECK(rows[1].text.ends_with(" ^^^"));
}

TEST_CASE("report excerpt: several lines, the first few of many") {
  finding::Finding finding = on("op.execute(", 1, 0);
  finding.source = {"    op.drop_column(", "        \"users\",", "", "    )"};
  finding.begin = {1, 5};
  finding.end = {4, 6};
  CHECK(rows_of(finding) ==
        "    op.drop_column(\n    ^^^^^^^^^^^^^^^\n        \"users\",\n        ^^^^^^^^\n\n    )\n "
        "   "
        "^\n");
  finding.source = std::vector<std::string>(20, "x");
  finding.end = {20, 2};
  const auto rows = report::excerpt(finding);
  CHECK(rows.size() == 13);
  CHECK(rows.back().kind == report::RowKind::ellipsis);
}

TEST_CASE("report::column_width knows combining and wide characters") {
  CHECK(report::column_width(U'a') == 1);
  CHECK(report::column_width(U'é') == 1);
  CHECK(report::column_width(U'\u0301') == 0);
  CHECK(report::column_width(U'漢') == 2);
  CHECK(report::column_width(U'한') == 2);
  CHECK(report::column_width(U'🦀') == 2);
}
