#include <algorithm>

#include <doctest/doctest.h>

#include "unit/report/samples.hpp"

namespace tests = gauger::tests;
namespace base = gauger::base;
namespace finding = gauger::finding;
namespace report = gauger::report;
using base::Json;
using report::Color;
using report::Format;

namespace {

std::string render(const report::Report& report, Format format) {
  return report::render(report, format, Color::never);
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t result = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++result;
  }
  return result;
}

report::Report many(std::size_t errors, std::size_t warnings) {
  std::vector<finding::Finding> findings(errors + warnings, tests::sample_finding());
  for (std::size_t i = errors; i < findings.size(); ++i) {
    findings[i].severity = finding::Severity::warning;
  }
  return tests::report_of(std::move(findings));
}

}  // namespace

TEST_CASE("report concise: one finding a line, then the result") {
  finding::Finding file = tests::sample_finding();
  file.begin = {};
  finding::Finding project = file;
  project.path.clear();
  CHECK(render(tests::report_of({project, file, tests::sample_finding()}), Format::concise) ==
        "error[several-heads] the history has 2 heads\n"
        "versions/a1_users.py: error[several-heads] the history has 2 heads\n"
        "versions/a1_users.py:12:17: error[several-heads] the history has 2 heads\n"
        "check-heads: 3 errors (214 revisions, 1 head)\n");
}

TEST_CASE("report json: every field of a finding") {
  const Json document =
      Json::parse(render(tests::report_of({tests::sample_finding()}), Format::json));
  CHECK(document["tool"] == "check-heads");
  CHECK(document["version"] == "1.2.3");
  CHECK(document["project"] == "services/api");
  CHECK(document["errors"] == Json::array());
  REQUIRE(document["findings"].size() == 1);
  CHECK(document["findings"][0] == Json::parse(R"({
    "rule": "several-heads", "severity": "error", "message": "the history has 2 heads",
    "help": "write `down_revision = \"b2\"`", "path": "versions/a1_users.py",
    "repository_path": "services/api/versions/a1_users.py",
    "line": 12, "column": 17, "end_line": 12, "end_column": 21, "revision": "a1", "fixable": true,
    "related": [{"message": "the other head", "path": "../../lib/versions/b2.py",
                 "repository_path": "lib/versions/b2.py", "line": 3, "column": 1}]})"));
  CHECK(document["summary"] == Json::parse(R"({"errors": 1, "warnings": 0, "configured": true,
    "looked_at": "214 revisions, 1 head", "revisions": 214})"));
}

TEST_CASE("report json: errors, and no project") {
  report::Report report = tests::failed_report();
  CHECK(Json::parse(render(report, Format::json))["errors"] == Json::parse(R"([{
    "kind": "unparsable", "message": "'(' was never closed", "path": "versions/c3.py",
    "repository_path": "services/api/versions/c3.py", "line": 7, "column": 9, "help": "close it"}])"));
  report.folder.reset();
  report.errors = {{.kind = base::ErrorKind::configuration, .message = "no ini"}};
  const Json document = Json::parse(render(report, Format::json));
  CHECK(document["project"].is_null());
  CHECK(document["errors"][0]["path"].is_null());
  CHECK(document["errors"][0]["line"].is_null());
}

TEST_CASE("report json: several tools have an object each in the summary") {
  report::Report report = many(1, 2);
  report.tool = "gauger check";
  report.results.push_back({.tool = "migration-lint", .warnings = 4});
  const Json summary = Json::parse(render(report, Format::json))["summary"];
  CHECK(summary["errors"] == 1);
  CHECK(summary["warnings"] == 6);
  CHECK(summary["check-heads"]["revisions"] == 214);
  CHECK(summary["migration-lint"]["warnings"] == 4);
}

TEST_CASE("report sarif: a result with rule, place, fingerprint") {
  const Json document =
      Json::parse(render(tests::report_of({tests::sample_finding()}), Format::sarif));
  CHECK(document["version"] == "2.1.0");
  const Json& run = document["runs"][0];
  CHECK(run["columnKind"] == "unicodeCodePoints");
  CHECK(run["automationDetails"]["id"] == "check-heads/services/api/");
  CHECK(run["originalUriBaseIds"].contains("%SRCROOT%"));
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
  const Json& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["id"] == "several-heads");
  CHECK(rule["name"] == "SeveralHeads");
  CHECK(rule["help"]["markdown"] == "Alembic stops with `Multiple head revisions`.");
  const Json& result = run["results"][0];
  CHECK(result["ruleId"] == "several-heads");
  CHECK(result["ruleIndex"] == 0);
  CHECK(result["level"] == "error");
  const Json& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"] ==
        Json({{"uri", "services/api/versions/a1_users.py"}, {"uriBaseId", "%SRCROOT%"}}));
  CHECK(place["region"] == Json::parse(R"({"startLine": 12, "startColumn": 17, "endLine": 12,
                                           "endColumn": 21})"));
  CHECK(result["relatedLocations"][0]["id"] == 1);
  CHECK(result["partialFingerprints"]["gaugerFinding/v1"].get<std::string>().ends_with(":1"));
}

TEST_CASE("report sarif: a fingerprint survives moved lines and tells twins apart") {
  const auto fingerprint = [](const report::Report& report, std::size_t i) {
    const Json document = Json::parse(render(report, Format::sarif));
    return document["runs"][0]["results"][i]["partialFingerprints"]["gaugerFinding/v1"];
  };
  finding::Finding moved = tests::sample_finding();
  moved.begin.line += 40;
  moved.end.line += 40;
  moved.message = "the history has 3 heads";
  moved.source = {"down_revision   =  \"a0\""};
  const report::Report original = tests::report_of({tests::sample_finding()});
  CHECK(fingerprint(original, 0) == fingerprint(tests::report_of({moved}), 0));
  moved.source = {"down_revision = \"zz\""};
  CHECK(fingerprint(original, 0) != fingerprint(tests::report_of({moved}), 0));
  const report::Report twins = tests::report_of({tests::sample_finding(), tests::sample_finding()});
  CHECK(fingerprint(twins, 0) != fingerprint(twins, 1));
}

TEST_CASE("report sarif: paths are relative references, and messages have no links") {
  finding::Finding finding = tests::sample_finding();
  finding.path = "a b/ä:%[1].py";
  finding.message = "see [this](https://example.com)";
  const Json document = Json::parse(render(tests::report_of({finding}), Format::sarif));
  const Json& result = document["runs"][0]["results"][0];
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "a%20b/%C3%A4%3A%25%5B1%5D.py");
  CHECK(
      result["message"]["text"].get<std::string>().starts_with("see [this] (https://example.com)"));
}

TEST_CASE("report sarif: what could not be checked is a notification of a failed execution") {
  const Json document = Json::parse(render(tests::failed_report(), Format::sarif));
  const Json& invocation = document["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  const Json& notification = invocation["toolExecutionNotifications"][0];
  CHECK(notification["level"] == "error");
  CHECK(notification["message"]["text"] == "'(' was never closed\nclose it");
  CHECK(notification["locations"][0]["physicalLocation"]["region"]["startLine"] == 7);
  CHECK(notification["descriptor"]["id"] == "unparsable");
}

TEST_CASE("report github: properties and message are escaped") {
  finding::Finding finding = tests::sample_finding();
  finding.path = "a,b:c%.py";
  finding.message = "50% of: it, x::y";
  finding.help = "one\ntwo";
  CHECK(report::github_annotations(tests::report_of({finding})) ==
        "::error file=a%2Cb%3Ac%25.py,line=12,endLine=12,col=17,endColumn=21,title=several-heads::"
        "50%25 of: it, x::y%0Ahelp: one%0Atwo\n");
}

TEST_CASE("report github: no columns where lines differ, no line where there is none") {
  finding::Finding finding = tests::sample_finding();
  finding.end = {14, 2};
  finding.help.clear();
  CHECK(report::github_annotations(tests::report_of({finding})) ==
        "::error file=services/api/versions/a1_users.py,line=12,endLine=14,title=several-heads::"
        "the history has 2 heads\n");
  finding.begin = {};
  finding.end = {};
  finding.severity = finding::Severity::warning;
  finding.path.clear();
  CHECK(report::github_annotations(tests::report_of({finding})) ==
        "::warning title=several-heads::the history has 2 heads\n");
}

TEST_CASE("report github: ten of each, and a notice about the rest") {
  const std::string full = report::github_annotations(many(10, 10));
  CHECK(count(full, "::error ") == 10);
  CHECK(count(full, "::warning ") == 10);
  CHECK(count(full, "::notice") == 0);
  const std::string capped = report::github_annotations(many(11, 13));
  CHECK(count(capped, "::error ") == 10);
  CHECK(count(capped, "::warning ") == 10);
  CHECK(count(capped, "::notice::1 error and 3 warnings more are not annotated") == 1);
}

TEST_CASE("report github: a failure is an annotation too, and the result line ends it") {
  CHECK(render(tests::failed_report(), Format::github) ==
        "::error file=services/api/versions/c3.py,line=7,col=9,title=check-heads%3A could not check"
        "::'(' was never closed%0Ahelp: close it\n"
        "check-heads: could not check everything: 1 failure (214 revisions, 1 head)\n");
}

TEST_CASE("report markdown: a table that says where") {
  CHECK(render(tests::report_of({tests::sample_finding()}), Format::markdown) ==
        "### check-heads\n"
        "\n"
        "- check-heads: 1 error (214 revisions, 1 head)\n"
        "\n"
        "| | Where | Rule | What |\n"
        "|---|---|---|---|\n"
        "| error | services/api/versions/a1\\_users.py:12:17 | several-heads | the "
        "history has 2 heads<br>write \\`down\\_revision = \"b2\"\\` |\n"
        "\n");
}

TEST_CASE("report markdown: nothing of a finding becomes markup, a mention or a link") {
  finding::Finding finding = tests::sample_finding();
  finding.message =
      "a|b `c` <script> @team #12 [x](y) www.example.com https://e.com :tada: $x$ &lt;";
  finding.help.clear();
  const std::string text = render(tests::report_of({finding}), Format::markdown);
  CHECK(text.find("a\\|b \\`c\\` &lt;script&gt; @&#8203;team #&#8203;12 \\[x\\](y) "
                  "www.&#8203;example.com https:&#8203;//e.com :&#8203;tada: "
                  "<span>$</span>x<span>$</span> &amp;lt;") != std::string::npos);
}

TEST_CASE("report markdown: what was measured, below the findings") {
  report::Report report = tests::report_of({});
  report.results[0].table = report::Table{{"Revision", "Locks"}, {{"a1", "x|y"}, {"b2", ""}}};
  CHECK(render(report, Format::markdown) ==
        "### check-heads\n"
        "\n"
        "- check-heads: clean (214 revisions, 1 head)\n"
        "\n"
        "| Revision | Locks |\n"
        "|---|---|\n"
        "| a1 | x\\|y |\n"
        "| b2 |  |\n"
        "\n");
  report.results[0].table->rows.assign(1000, {std::string(90, 'a'), "b"});
  const std::string text = report::markdown(report, 20000);
  CHECK(text.size() <= 20000);
  CHECK(text.size() > 18000);
  CHECK(text.find(std::to_string(1000 - count(text, "\n| aaa")) + " of 1000 were left out") !=
        std::string::npos);
}

TEST_CASE("report markdown: stays below the limit and says what it left out") {
  const std::string text = report::markdown(many(500, 0), 20000);
  CHECK(text.size() <= 20000);
  CHECK(text.size() > 18000);
  const std::size_t shown = count(text, "\n| error |");
  CHECK(text.find(std::to_string(500 - shown) + " of 500 were left out") != std::string::npos);
  CHECK(report::markdown(many(500, 0), 0).find("500 of 500 were left out") != std::string::npos);
  finding::Finding huge = tests::sample_finding();
  huge.message = std::string(3U << 20U, '*');
  CHECK(render(tests::report_of({huge}), Format::markdown).size() < 10000);
}
