#include "tools/smoke/heaviest.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

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

// Each once, in their order.
std::vector<std::string> effects_of(const Step& step) {
  std::vector<std::string> effects;
  for (const MeasuredStatement& statement : step.statements) {
    std::string effect = display(statement.effect);
    if (!effect.empty() && std::find(effects.begin(), effects.end(), effect) == effects.end()) {
      effects.push_back(std::move(effect));
    }
  }
  return effects;
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

report::Table step_table(const std::vector<const Run*>& runs) {
  report::Table table{.header = {"Run", "Revision", "ms", "Statements", "Locks and work"}};
  for (const Run* run : runs) {
    for (const Step& step : run->steps) {
      constexpr double milliseconds = 1000;
      std::string effects;
      for (const std::string& each : effects_of(step)) {
        effects += (effects.empty() ? "" : "; ") + each;
      }
      table.rows.push_back(
          {run->name,
           (step.direction == alembic::Direction::up ? "" : "downgrade of ") + step.revision,
           fmt::format("{:.1f}", step.seconds * milliseconds),
           run->traced ? std::to_string(step.statements.size()) : std::string(),
           std::move(effects)});
    }
  }
  return table;
}

}  // namespace gauger::tools
