#include "unit/effect/measured.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/apply.hpp"
#include "effect/lookup.hpp"
#include "unit/effect/replay.hpp"
#include "unit/repository.hpp"

namespace gauger::tests {
namespace {

using effect::FailureKind;
using effect::WorkKind;

// Of a line of tab-separated values; a value in quotes has its own quotes doubled.
std::vector<std::string> split_line(std::string_view line) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      values.back() += '"';
      ++i;
    } else if (line[i] == '"' && (quoted || values.back().empty())) {
      quoted = !quoted;
    } else if (line[i] == '\t' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += line[i];
    }
  }
  return values;
}

std::string short_name(effect::Lock lock) {
  constexpr std::array<const char*, 8> names{"AS", "RS", "RX", "SUX", "S", "SRX", "X", "AX"};
  return names.at(static_cast<std::size_t>(lock));
}

std::set<std::string> words(std::string_view text, char separator) {
  std::set<std::string> result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) {
      result.emplace(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

struct Cell {
  std::set<std::string> locks{};
  std::set<std::string> work{};
  std::set<std::string> rewritten{};
  std::size_t index_files = 0;
  std::string error{};
};

Cell read_cell(std::string_view text) {
  Cell cell;
  if (!text.starts_with("[")) {
    cell.error = text;
    return cell;
  }
  const std::size_t close = text.find(']');
  cell.locks = words(text.substr(1, close - 1), ',');
  for (const std::string& word : words(text.substr(close + 1), ' ')) {
    if (word.starts_with("relfile:")) {
      cell.rewritten = words(std::string_view(word).substr(8), ',');
    } else if (word.starts_with("idxfile:")) {
      cell.index_files = static_cast<std::size_t>(std::stoi(word.substr(8)));
    } else {
      for (const std::string& fact : words(word, '+')) {
        // Among what else the server says ("NOTICE: identifier … will be truncated").
        if (fact == "SCAN" || fact == "FKSCAN" || fact == "IDX") {
          cell.work.insert(fact);
        }
      }
    }
  }
  return cell;
}

// What a measurement says that is no effect, and an effect that it cannot say.
void leave_out(std::string_view statement, Cell& cell, Outcome& predicted) {
  // Sequences are no tables: there are no locks on them in an Effect.
  std::erase_if(cell.locks, [](const std::string& lock) {
    return lock.starts_with("s1:") || lock.find("_seq:") != std::string::npos;
  });
  cell.rewritten.erase("s1");
  if (statement.starts_with("create table")) {
    // The indexes of the new table, its TOAST table's included. That a default partition is read
    // is not said at debug1; its lock is measured.
    cell.work.erase("IDX");
    predicted.work.erase("IDX");
    predicted.work.erase("SCAN");
  }
  if (statement.starts_with("alter domain")) {
    predicted.work.erase("SCAN");  // not said at debug1 either
  }
  if (statement.starts_with("truncate")) {
    cell.work.erase("IDX");  // the files are new and empty
    cell.rewritten.clear();
    cell.index_files = 0;
  }
  if (statement.starts_with("refresh materialized view")) {
    if (statement.find(" concurrently ") != std::string_view::npos) {
      cell.work.erase("IDX");  // of a temporary table
    }
    if (statement.ends_with("with no data")) {
      cell.work.erase("IDX");
      cell.rewritten.clear();
      cell.index_files = 0;
    }
  }
}

// Whether the rows that the measured table happened to have made it fail.
bool is_of_rows(std::string_view error) {
  constexpr std::array<std::string_view, 7> messages{
      "duplicate key value",       "could not create unique index", "invalid input syntax",
      "is violated by some row",   "contains null values",          "violates foreign key",
      "does not allow null values"};
  return std::any_of(messages.begin(), messages.end(), [&](std::string_view message) {
    return error.find(message) != std::string_view::npos;
  });
}

std::string text_of(const std::set<std::string>& set) {
  return fmt::format("{}", fmt::join(set, " "));
}

}  // namespace

std::string read_data(const char* file) {
  std::ifstream stream(repository() / "tests" / "data" / file);
  REQUIRE(stream.good());
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::vector<std::string>> read_rows(const char* file) {
  std::vector<std::vector<std::string>> result;
  std::istringstream lines(read_data(file));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    result.push_back(split_line(line));
  }
  return result;
}

const catalog::Catalog& base_catalog() {
  static const catalog::Catalog made = [] {
    catalog::Catalog catalog;
    replay(read_data("postgres_truth_base.sql"), catalog);
    return catalog;
  }();
  return made;
}

Outcome predict(const std::string& sql, catalog::Catalog& catalog, effect::Session& session) {
  const catalog::Catalog before = catalog;
  const auto operations = tests::operations(sql);
  Outcome outcome;
  for (auto first = operations.begin(); first != operations.end();) {
    const auto last = std::find_if(first, operations.end(), [&](const migration::Operation& each) {
      return each.statement != first->statement;
    });
    const effect::Effect made =
        effect::predict({&*first, static_cast<std::size_t>(last - first)}, catalog, session);
    for (const auto& lock : made.locks) {
      const bool existed = effect::find_table(before, lock.table) != nullptr ||
                           effect::find_view(before, lock.table) != nullptr;
      // The measurement looked at the relations of one schema.
      if (existed && lock.table.schema == "public") {
        outcome.locks.insert(lock.table.name + ":" + short_name(lock.lock));
      }
    }
    for (const auto& work : made.work) {
      switch (work.kind) {
        case WorkKind::rewrite:
          outcome.rewritten.insert(work.table.name);
          break;
        case WorkKind::scan:
          outcome.work.insert("SCAN");
          break;
        case WorkKind::foreign_key_scan:
          outcome.work.insert("FKSCAN");
          break;
        case WorkKind::index_build:
          outcome.work.insert("IDX");
          ++outcome.indexes;
          break;
        case WorkKind::row_change:
          break;
      }
    }
    const bool on_some = made.failure && made.failure->kind == FailureKind::on_some_rows;
    outcome.may_fail = outcome.may_fail || on_some;
    outcome.fails = outcome.fails || (made.failure && !on_some);
    outcome.known = outcome.known && made.known;
    for (; first != last; ++first) {
      effect::observe(*first, session);
      catalog::apply(*first, catalog);
    }
  }
  return outcome;
}

std::string compare(std::string_view text, std::string_view statement, const Outcome& outcome) {
  Cell cell = read_cell(text);
  Outcome predicted = outcome;
  if (!cell.error.empty()) {
    const bool told = predicted.fails || (predicted.may_fail && is_of_rows(cell.error));
    return told ? std::string() : "measured: " + cell.error;
  }
  if (predicted.fails) {
    return "it does not fail";
  }
  leave_out(statement, cell, predicted);
  std::string difference;
  const auto check = [&](const char* what, const std::string& measured, const std::string& ours) {
    if (measured != ours) {
      difference += fmt::format("{}: measured {{{}}}, predicted {{{}}}; ", what, measured, ours);
    }
  };
  check("locks", text_of(cell.locks), text_of(predicted.locks));
  check("rewritten", text_of(cell.rewritten), text_of(predicted.rewritten));
  check("work", text_of(cell.work), text_of(predicted.work));
  // The index on a column that changes its type is another one, and so is not among the files.
  constexpr std::size_t made_again = 2;
  if (cell.index_files > predicted.indexes ||
      (cell.index_files > 0 && predicted.indexes > cell.index_files + made_again)) {
    difference +=
        fmt::format("indexes: measured {}, predicted {}; ", cell.index_files, predicted.indexes);
  }
  if (difference.empty() && !predicted.known) {
    difference = "not known";
  }
  return difference;
}

}  // namespace gauger::tests
