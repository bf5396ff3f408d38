#include "tools/smoke/heaviest.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace gauger::tools {
namespace {

struct Entry {
  const Run* run = nullptr;
  const Step* step = nullptr;
  const MeasuredStatement* statement = nullptr;
};

// In one line, as much as there is room for.
std::string one_line(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string line;
  for (const char byte : text) {
    const bool blank = byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
    if (!blank) {
      line += byte;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    if (line.size() >= longest) {
      return line + "…";
    }
  }
  return line;
}

std::vector<Entry> upgrades(const std::vector<Run>& runs) {
  std::vector<Entry> entries;
  for (const Run& run : runs) {
    for (const Step& step : run.steps) {
      if (step.direction != alembic::Direction::up) {
        continue;
      }
      for (const MeasuredStatement& statement : step.statements) {
        entries.push_back({&run, &step, &statement});
      }
    }
  }
  return entries;
}

}  // namespace

std::string heaviest(const std::vector<Run>& runs, std::size_t count) {
  std::vector<Entry> entries = upgrades(runs);
  if (entries.empty()) {
    return {};
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
    return left.statement->seconds > right.statement->seconds;
  });
  entries.resize(std::min(entries.size(), count));
  std::size_t width = 0;
  for (const Entry& entry : entries) {
    width = std::max(width, entry.step->revision.size());
  }
  std::string table = "the heaviest statements:";
  for (const Entry& entry : entries) {
    constexpr double milliseconds = 1000;
    const std::string effect = display(entry.statement->effect);
    table += fmt::format("\n{:>9.1f} ms  {:{}}  {}{}{}", entry.statement->seconds * milliseconds,
                         entry.step->revision, width, one_line(entry.statement->text),
                         effect.empty() ? "" : "  -- ", effect);
  }
  return table;
}

}  // namespace gauger::tools
