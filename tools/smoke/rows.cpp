#include "tools/smoke/rows.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"

namespace gauger::tools {

using base::Result;
using database::FillReport;
using history::Index;

Result<std::vector<std::string>> filling_point(const history::History& history,
                                               const std::optional<std::string>& before) {
  std::vector<Index> tops = history.heads();
  if (before) {
    const auto top = history.resolve(*before);
    if (!top) {
      base::Error error = top.error();
      error.message = "--rows-before: " + error.message;
      return base::failure(std::move(error));
    }
    tops = {*top};
  }
  std::set<std::string> ids;
  for (const Index top : tops) {
    for (const Index parent : history.parents(top)) {
      ids.insert(history[parent].id);
    }
  }
  return std::vector<std::string>(ids.begin(), ids.end());
}

Result<FillReport> fill(live::Workshop& workshop, std::size_t rows) {
  const auto settings = workshop.session().settings();
  if (!settings) {
    return base::failure(settings.error());
  }
  const auto catalog = workshop.read();
  if (!catalog) {
    return base::failure(catalog.error());
  }
  return database::fill_tables(
      workshop.connection(), *catalog,
      {.rows = rows,
       .leave_out = {live::qualified(settings->version_table), {"public", "seed_versions"}}});
}

std::string shown_rows(const FillReport& report) {
  std::size_t rows = 0;
  for (const database::Filled& each : report.filled) {
    rows += each.rows;
  }
  std::vector<std::string> reasons;
  for (const database::Unfilled& each : report.unfilled) {
    reasons.push_back(fmt::format("{}: {}", display(each.table), each.reason));
  }
  return fmt::format("{} in {}{}{}", base::counted(rows, "row"),
                     base::counted(report.filled.size(), "table"),
                     reasons.empty() ? "" : "; not filled: ", fmt::join(reasons, "; "));
}

base::Json describe(const FillReport& report) {
  base::Json filled = base::Json::array();
  for (const database::Filled& each : report.filled) {
    filled.push_back({{"table", display(each.table)}, {"rows", each.rows}});
  }
  base::Json unfilled = base::Json::array();
  for (const database::Unfilled& each : report.unfilled) {
    unfilled.push_back({{"table", display(each.table)}, {"reason", each.reason}});
  }
  return {{"filled", std::move(filled)}, {"not_filled", std::move(unfilled)}};
}

}  // namespace gauger::tools
