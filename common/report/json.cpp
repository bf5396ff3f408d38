// One JSON object, for programs: the fields of product.md.
#include "base/json.hpp"

#include "report/formats.hpp"

namespace gauger::report {
namespace {

using base::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json number_or_null(std::uint32_t number) { return number == 0 ? Json() : Json(number); }

Json path_or_null(std::string_view folder, const std::string& path) {
  return path.empty() ? Json() : Json(relative_path(folder, path));
}

Json related_json(const finding::Finding::Related& related, std::string_view folder) {
  return {{"message", related.message},
          {"path", path_or_null(folder, related.path)},
          {"repository_path", text_or_null(related.path)},
          {"line", number_or_null(related.begin.line)},
          {"column", number_or_null(related.begin.column)}};
}

Json finding_json(const finding::Finding& finding, std::string_view folder) {
  Json related = Json::array();
  for (const finding::Finding::Related& place : finding.related) {
    related.push_back(related_json(place, folder));
  }
  return {{"rule", finding.rule},
          {"severity", finding::name(finding.severity)},
          {"message", finding.message},
          {"help", text_or_null(finding.help)},
          {"path", path_or_null(folder, finding.path)},
          {"repository_path", text_or_null(finding.path)},
          {"line", number_or_null(finding.begin.line)},
          {"column", number_or_null(finding.begin.column)},
          {"end_line", number_or_null(finding.end.line)},
          {"end_column", number_or_null(finding.end.column)},
          {"revision", finding.revision ? Json(*finding.revision) : Json()},
          {"fixable", finding.fixable},
          {"related", std::move(related)}};
}

// Before a project was found paths are seen from the current folder.
Json error_json(const base::Error& error, const std::optional<std::string>& folder) {
  return {{"kind", name(error.kind)},
          {"message", error.message},
          {"path", path_or_null(folder.value_or(""), error.path)},
          {"repository_path", folder ? text_or_null(error.path) : Json()},
          {"line", number_or_null(error.position.line)},
          {"column", number_or_null(error.position.column)},
          {"help", text_or_null(error.help)}};
}

Json summary_json(const ToolResult& result) {
  Json summary = {{"errors", result.errors},
                  {"warnings", result.warnings},
                  {"configured", result.configured},
                  {"looked_at", text_or_null(result.looked_at)}};
  summary.update(result.summary);
  return summary;
}

Json summary_json(const Report& report) {
  if (report.results.size() == 1) {
    return summary_json(report.results.front());
  }
  std::size_t errors = 0;
  std::size_t warnings = 0;
  Json tools = Json::object();
  for (const ToolResult& result : report.results) {
    errors += result.errors;
    warnings += result.warnings;
    tools[result.tool] = summary_json(result);
  }
  Json summary = {{"errors", errors}, {"warnings", warnings}};
  summary.update(tools);
  return summary;
}

Json project_json(const Report& report) {
  if (!report.folder) {
    return {};
  }
  return report.folder->empty() ? "." : *report.folder;
}

}  // namespace

std::string json(const Report& report) {
  const std::string folder = report.folder.value_or("");
  Json findings = Json::array();
  for (const finding::Finding& finding : report.findings) {
    findings.push_back(finding_json(finding, folder));
  }
  Json errors = Json::array();
  for (const base::Error& error : report.errors) {
    errors.push_back(error_json(error, report.folder));
  }
  const Json document = {{"tool", report.tool},
                         {"version", report.version},
                         {"project", project_json(report)},
                         {"findings", std::move(findings)},
                         {"errors", std::move(errors)},
                         {"summary", summary_json(report)}};
  return base::dump(document, base::JsonLayout::indented) + "\n";
}

}  // namespace gauger::report
