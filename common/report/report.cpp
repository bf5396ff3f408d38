#include "report/report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/file_tree.hpp"
#include "report/formats.hpp"

namespace gauger::report {
namespace {

// In the order of Format.
const std::array<std::string, 6> names{"text", "concise", "json", "sarif", "github", "markdown"};

// "2 errors, 1 warning"; empty when there is neither.
std::string finding_counts(const ToolResult& result) {
  std::string counts;
  if (result.errors > 0) {
    counts = base::counted(result.errors, "error");
  }
  if (result.warnings > 0) {
    counts += counts.empty() ? "" : ", ";
    counts += base::counted(result.warnings, "warning");
  }
  return counts;
}

}  // namespace

std::span<const std::string> format_names() { return names; }

std::optional<Format> format_of(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return std::nullopt;
  }
  return static_cast<Format>(found - names.begin());
}

std::string render(const Report& report, Format format, Color color) {
  switch (format) {
    case Format::text:
      return text(report, color);
    case Format::concise:
      return concise(report);
    case Format::json:
      return json(report);
    case Format::sarif:
      return sarif(report);
    case Format::github:
      return github(report);
    case Format::markdown:
      return markdown(report, step_summary_limit);
  }
  return {};
}

std::string result_line(const ToolResult& result) {
  if (result.stopped_by) {
    return fmt::format("{}: could not check: {}", result.tool, base::escape(*result.stopped_by));
  }
  if (!result.configured) {
    return fmt::format("{}: not configured: {}", result.tool, base::escape(result.looked_at));
  }
  std::string verdict = finding_counts(result);
  if (result.failures > 0) {
    verdict =
        fmt::format("could not check everything: {}{}{}", base::counted(result.failures, "failure"),
                    verdict.empty() ? "" : "; ", verdict);
  } else if (verdict.empty()) {
    verdict = "clean";
  }
  if (result.looked_at.empty()) {
    return fmt::format("{}: {}", result.tool, verdict);
  }
  return fmt::format("{}: {} ({})", result.tool, verdict, base::escape(result.looked_at));
}

std::string result_lines(const Report& report) {
  std::string lines;
  for (const ToolResult& result : report.results) {
    lines += result_line(result);
    lines += '\n';
  }
  return lines;
}

std::string render_error(const base::Error& error, std::string_view project_folder) {
  const std::string at = error.path.empty() || error.path == "."
                             ? std::string()
                             : place(relative_path(project_folder, error.path), error.position);
  std::string result =
      fmt::format("error: {}{}{}\n", at, at.empty() ? "" : ": ", base::escape(error.message));
  std::string_view prefix = "  help: ";
  std::string_view help = error.help;
  while (!help.empty()) {
    const std::size_t end = std::min(help.find('\n'), help.size());
    result += fmt::format("{}{}\n", prefix, base::escape(help.substr(0, end)));
    help.remove_prefix(std::min(end + 1, help.size()));
    prefix = "        ";
  }
  return result;
}

std::string relative_path(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) {
    return std::string(path);
  }
  std::string up;
  while (!folder.empty()) {
    if (path == folder) {
      return up.empty() ? "." : up.substr(0, up.size() - 1);
    }
    if (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/') {
      return up + std::string(path.substr(folder.size() + 1));
    }
    up += "../";
    folder = base::parent_path(folder);
  }
  return up + std::string(path);
}

std::string_view attachable_path(const base::Error& error) {
  const std::string_view path = error.path;
  return path == "." || path.starts_with('/') || path.starts_with("../") ? "" : path;
}

std::string place(std::string_view path, base::Position position) {
  std::string result = base::escape(path);
  if (!path.empty() && position.line > 0) {
    result += fmt::format(":{}:{}", position.line, std::max(position.column, 1U));
  }
  return result;
}

std::string_view name(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::usage:
      return "usage";
    case base::ErrorKind::configuration:
      return "configuration";
    case base::ErrorKind::unreadable:
      return "unreadable";
    case base::ErrorKind::unparsable:
      return "unparsable";
    case base::ErrorKind::identifier:
      return "identifier";
    case base::ErrorKind::git:
      return "git";
    case base::ErrorKind::database:
      return "database";
    case base::ErrorKind::environment:
      return "environment";
  }
  return "internal";
}

}  // namespace gauger::report
