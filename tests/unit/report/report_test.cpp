#include "report/report.hpp"

#include <doctest/doctest.h>

#include "base/utf8.hpp"
#include "report/formats.hpp"
#include "unit/report/samples.hpp"

namespace tests = gauger::tests;
namespace base = gauger::base;
namespace report = gauger::report;
using report::Color;

namespace {

// What no format may let through, whatever it escapes beside.
void check_harmless(std::string_view text) {
  bool line_begins = true;
  for (std::size_t i = 0; i < text.size();) {
    const base::CodePoint point = base::decode_utf8(text, i);
    REQUIRE(point.valid);
    const bool control = point.value != U'\n' && (point.value < 0x20 || point.value == 0x7F);
    REQUIRE_FALSE(control);
    REQUIRE_FALSE((point.value >= 0x80 && point.value < 0xA0));
    REQUIRE(point.value != U'\u202e');
    REQUIRE_FALSE(text.substr(i).starts_with("##["));
    if (line_begins && text.substr(i).starts_with("::")) {
      const std::string_view line = text.substr(i, text.find('\n', i) - i);
      const bool ours = line.starts_with("::error ") || line.starts_with("::warning ") ||
                        line.starts_with("::notice::");
      CAPTURE(line);
      REQUIRE(ours);
    }
    line_begins = point.value == U'\n' || (line_begins && point.value == U' ');
    i += point.size;
  }
}

}  // namespace

TEST_CASE("report::render lets nothing hostile through in any format") {
  const report::Report hostile = tests::hostile_report();
  for (const std::string& name : report::format_names()) {
    CAPTURE(name);
    const auto format = report::format_of(name);
    REQUIRE(format);
    const std::string text = report::render(hostile, *format, Color::never);
    CHECK(text.size() > 100);
    CHECK(text.back() == '\n');
    check_harmless(text);
  }
  check_harmless(report::render_error(hostile.errors[0], "services/api"));
  check_harmless(report::github_annotations(hostile));
}

TEST_CASE("report::result_line always says what was looked at") {
  report::ToolResult result{.tool = "check-heads", .looked_at = "3 revisions, 2 heads"};
  CHECK(report::result_line(result) == "check-heads: clean (3 revisions, 2 heads)");
  result.errors = 2;
  result.warnings = 1;
  CHECK(report::result_line(result) == "check-heads: 2 errors, 1 warning (3 revisions, 2 heads)");
  result.errors = 0;
  result.failures = 1;
  CHECK(report::result_line(result) ==
        "check-heads: could not check everything: 1 failure; 1 warning (3 revisions, 2 heads)");
  result.stopped_by = "no alembic.ini found";
  CHECK(report::result_line(result) == "check-heads: could not check: no alembic.ini found");
  CHECK(report::result_line(
            {.tool = "seeds", .looked_at = "add [[seed-data]]", .configured = false}) ==
        "seeds: not configured: add [[seed-data]]");
}

TEST_CASE("report::relative_path reads from the project's folder") {
  CHECK(report::relative_path("", "a/b.py") == "a/b.py");
  CHECK(report::relative_path("a", "a/b.py") == "b.py");
  CHECK(report::relative_path("a/b", "a/c.py") == "../c.py");
  CHECK(report::relative_path("a/b", "c.py") == "../../c.py");
  CHECK(report::relative_path("a", "ab/c.py") == "../ab/c.py");
  CHECK(report::relative_path("a/b", "a") == "..");
  CHECK(report::relative_path("a", "a") == ".");
}

TEST_CASE("report::render_error has place, message and help") {
  CHECK(report::render_error(tests::failed_report().errors[0], "services/api") ==
        "error: versions/c3.py:7:9: '(' was never closed\n  help: close it\n");
  CHECK(report::render_error({.message = "no ini", .help = "one\ntwo"}, "") ==
        "error: no ini\n  help: one\n        two\n");
}
