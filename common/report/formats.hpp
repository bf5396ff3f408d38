// The formats' own functions, and what several of them share. For this folder only.
#pragma once

#include <string>
#include <string_view>

#include "report/report.hpp"

namespace gauger::report {

[[nodiscard]] std::string text(const Report& report, Color color);
[[nodiscard]] std::string concise(const Report& report);
[[nodiscard]] std::string json(const Report& report);
[[nodiscard]] std::string sarif(const Report& report);
[[nodiscard]] std::string github(const Report& report);

// A path in the repository as it reads from `folder`: "versions/x.py", "../lib/x.py".
[[nodiscard]] std::string relative_path(std::string_view folder, std::string_view path);

// The path of an error as GitHub and SARIF can attach it to a file of the repository; "" for a
// folder and for what lies outside. Before a project was found paths are seen from the current
// folder, which in CI is the repository's root more often than not.
[[nodiscard]] std::string_view attachable_path(const base::Error& error);

// "path:line:column", as much of it as there is: "path" without a line, "" without a path. Escaped.
[[nodiscard]] std::string place(std::string_view path, base::Position position);

// All result lines, each with its "\n".
[[nodiscard]] std::string result_lines(const Report& report);

// "unparsable" and so on, as the formats for machines name it.
[[nodiscard]] std::string_view name(base::ErrorKind kind);

}  // namespace gauger::report
