#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "catalog/diff.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

// A difference's value in a line: long texts are cut.
std::string shown(std::string text) {
  constexpr std::size_t longest = 200;
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() > longest) {
    text = clipped(text, longest) + "…";
  }
  return text;
}

}  // namespace

std::string_view name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::schema:
      return "schema";
    case ObjectKind::extension:
      return "extension";
    case ObjectKind::enumeration:
      return "enum";
    case ObjectKind::domain:
      return "domain";
    case ObjectKind::sequence:
      return "sequence";
    case ObjectKind::function:
      return "function";
    case ObjectKind::table:
      return "table";
    case ObjectKind::column:
      return "column";
    case ObjectKind::constraint:
      return "constraint";
    case ObjectKind::index:
      return "index";
    case ObjectKind::trigger:
      return "trigger";
    case ObjectKind::policy:
      return "policy";
    case ObjectKind::view:
      return "view";
    case ObjectKind::materialized_view:
      return "materialized view";
  }
  return {};
}

std::string display(const Difference& difference) {
  const bool part = !difference.name.empty() && !difference.relation.name.empty();
  const bool call = difference.object == ObjectKind::function;
  std::string what = fmt::format("{} {}{}{}", name(difference.object), display(difference.relation),
                                 part && !call ? "." : "", difference.name);
  switch (difference.kind) {
    case DifferenceKind::missing:
      return what + ": missing";
    case DifferenceKind::unexpected:
      return what + ": not expected";
    case DifferenceKind::renamed:
      return fmt::format("{}: expected as {}", what, difference.right);
    case DifferenceKind::changed:
      break;
  }
  return fmt::format("{}: {} {}, expected {}", what, difference.property, shown(difference.left),
                     shown(difference.right));
}

}  // namespace gauger::catalog
