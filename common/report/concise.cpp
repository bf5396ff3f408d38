// One finding a line, for editors, grep and golden files.
#include <fmt/format.h>

#include "base/escape.hpp"
#include "report/formats.hpp"

namespace gauger::report {

std::string concise(const Report& report) {
  const std::string folder = report.folder.value_or("");
  std::string result;
  for (const finding::Finding& finding : report.findings) {
    if (!finding.path.empty()) {
      result += place(relative_path(folder, finding.path), finding.begin) + ": ";
    }
    result += fmt::format("{}[{}] {}\n", finding::name(finding.severity), finding.rule,
                          base::escape(finding.message));
  }
  return result + result_lines(report);
}

}  // namespace gauger::report
