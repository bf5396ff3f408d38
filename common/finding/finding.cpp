#include "finding/finding.hpp"

#include <tuple>

namespace gauger::finding {

std::string_view name(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

bool report_order(const Finding& left, const Finding& right) {
  return std::tie(left.path, left.begin, left.rule, left.message) <
         std::tie(right.path, right.begin, right.rule, right.message);
}

}  // namespace gauger::finding
