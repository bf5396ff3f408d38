#include "tools/seed-data-check/rows.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/seed-data-check/findings.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using database::quote_identifier;
using database::quote_literal;
using project::Cell;
using project::SeedDataSettings;

// By name: whether its values are compared as numbers.
using Columns = std::map<std::string, bool>;

std::string display_name(const SeedDataSettings& seed) {
  return seed.schema ? fmt::format("{}.{}", *seed.schema, seed.table) : seed.table;
}

std::string sql_name(const SeedDataSettings& seed) {
  return seed.schema
             ? fmt::format("{}.{}", quote_identifier(*seed.schema), quote_identifier(seed.table))
             : quote_identifier(seed.table);
}

// A number, or a text that is one: people quote a decimal to keep its digits.
bool is_number(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    double value = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    return read.ec == std::errc() && read.ptr == end && std::isfinite(value);
  }
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

// As PostgreSQL prints it.
std::string text_of(const Cell& cell) {
  struct Printer {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
  };
  return std::visit(Printer{}, cell);
}

std::string display(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text != nullptr ? fmt::format("'{}'", *text) : text_of(cell);
}

using Row = std::map<std::string, Cell>;

std::string display_key(const SeedDataSettings& seed, const Row& row) {
  std::vector<std::string> parts;
  for (const std::string& column : seed.key) {
    parts.push_back(fmt::format("{} = {}", column, display(row.at(column))));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

class TableCheck {
 public:
  TableCheck(const SeedDataSettings& seed, const Columns& columns, const std::string& source)
      : seed_(seed), columns_(columns), source_(source) {}

  Result<std::vector<finding::Finding>> run(database::Connection& connection) {
    collect_values();
    if (add_missing_columns() || seed_.required.empty()) {
      return std::move(findings_);
    }
    const auto rows = connection.query(query());
    if (!rows) {
      return base::failure({.kind = base::ErrorKind::database,
                            .message = fmt::format("cannot look for the rows of {}: {}",
                                                   display_name(seed_), rows.error().message)});
    }
    for (const database::Row& row : *rows) {
      judge(row);
    }
    return std::move(findings_);
  }

 private:
  // What is compared beside the key: the columns that are named, else all that a row gives.
  void collect_values() {
    std::set<std::string> given;
    for (const Row& row : seed_.required) {
      for (const auto& [column, cell] : row) {
        given.insert(column);
      }
    }
    for (const std::string& column : seed_.columns.empty()
                                         ? std::vector<std::string>(given.begin(), given.end())
                                         : seed_.columns) {
      if (std::find(seed_.key.begin(), seed_.key.end(), column) == seed_.key.end()) {
        values_.push_back(column);
      }
    }
  }

  void add(RowFault fault, std::string message, std::string help) {
    findings_.push_back(judge_row(fault, std::move(message), std::move(help), source_));
  }

  bool add_missing_columns() {
    for (const std::vector<std::string>* list : {&seed_.key, &std::as_const(values_)}) {
      for (const std::string& column : *list) {
        if (!columns_.contains(column)) {
          add(RowFault::no_table, fmt::format("{} has no column {}", display_name(seed_), column),
              "correct the entry of [[seed-data]], or migrate the database");
        }
      }
    }
    return !findings_.empty();
  }

  [[nodiscard]] bool as_number(const std::string& column) const {
    return columns_.at(column) &&
           std::all_of(seed_.required.begin(), seed_.required.end(), [&](const Row& row) {
             const auto cell = row.find(column);
             return cell == row.end() || is_number(cell->second);
           });
  }

  // "t.name::text = r.k0"
  [[nodiscard]] std::string comparison(const std::string& column, std::string_view value,
                                       std::string_view operator_) const {
    const std::string name = "t." + quote_identifier(column);
    return as_number(column) ? fmt::format("{}::numeric {} r.{}::numeric", name, operator_, value)
                             : fmt::format("{}::text {} r.{}", name, operator_, value);
  }

  // A row for each required one: its number, how many rows have its key, and for each value of one
  // of them whether it is another one, and which.
  [[nodiscard]] std::string query() const {
    // Not NULL where a row was found, since it is equal to something.
    const std::string matched = "t." + quote_identifier(seed_.key.front());
    std::vector<std::string> names{"n"};
    std::vector<std::string> join;
    std::vector<std::string> results;
    for (std::size_t i = 0; i < seed_.key.size(); ++i) {
      names.push_back(fmt::format("k{}", i));
      join.push_back(comparison(seed_.key[i], names.back(), "="));
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      names.push_back(fmt::format("v{}", i));
      // A row need not give each value.
      results.push_back(fmt::format(
          "bool_or({} IS NOT NULL AND r.{} IS NOT NULL AND {}), min(t.{}::text)", matched,
          names.back(), comparison(values_[i], names.back(), "IS DISTINCT FROM"),
          quote_identifier(values_[i])));
    }
    std::vector<std::string> lines;
    for (const Row& row : seed_.required) {
      std::vector<std::string> cells{std::to_string(lines.size())};
      for (const std::vector<std::string>* list : {&seed_.key, &std::as_const(values_)}) {
        for (const std::string& column : *list) {
          const auto cell = row.find(column);
          cells.push_back(cell == row.end() ? "NULL::text"
                                            : quote_literal(text_of(cell->second)) + "::text");
        }
      }
      lines.push_back(fmt::format("({})", fmt::join(cells, ", ")));
    }
    return fmt::format(
        "SELECT r.n, count({}){}{} FROM (VALUES {}) r({}) LEFT JOIN {} t ON {} GROUP BY r.n "
        "ORDER BY r.n",
        matched, results.empty() ? "" : ", ", fmt::join(results, ", "), fmt::join(lines, ", "),
        fmt::join(names, ", "), sql_name(seed_), fmt::join(join, " AND "));
  }

  void judge(const database::Row& found) {
    const Row& row = seed_.required.at(std::stoul(found[0].value_or("0")));
    const std::string table = display_name(seed_);
    const std::string key = display_key(seed_, row);
    if (found[1] == "0") {
      add(RowFault::missing, fmt::format("{} has no row with {}", table, key),
          "insert it in a seed script");
      return;
    }
    if (found[1] != "1") {
      add(RowFault::not_unique,
          fmt::format("{} has {} rows with {}", table, found[1].value_or(""), key),
          fmt::format("op.create_unique_constraint(\"…\", \"{}\", [\"{}\"]) keeps it unique",
                      seed_.table, fmt::join(seed_.key, "\", \"")));
      return;
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (found[2 + 2 * i] == "t") {
        const auto& value = found[3 + 2 * i];
        add(RowFault::differs,
            fmt::format("{} with {}: {} is {}, expected {}", table, key, values_[i],
                        value ? fmt::format("'{}'", *value) : "NULL", display(row.at(values_[i]))),
            "a seed script with ON CONFLICT … DO UPDATE sets it");
      }
    }
  }

  const SeedDataSettings& seed_;
  const Columns& columns_;
  const std::string& source_;
  std::vector<std::string> values_;
  std::vector<finding::Finding> findings_;
};

// The columns of each table; nothing where there is no such table.
Result<std::vector<std::optional<Columns>>> read_columns(
    database::Connection& connection, const std::vector<SeedDataSettings>& tables) {
  std::vector<std::string> names;
  names.reserve(tables.size());
  for (const SeedDataSettings& seed : tables) {
    names.push_back(
        fmt::format("({}, to_regclass({}))", names.size(), quote_literal(sql_name(seed))));
  }
  const auto rows = connection.query(fmt::format(
      "SELECT w.n, a.attname, (CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END) IN "
      "('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'float4'::regtype, "
      "'float8'::regtype) FROM (VALUES {}) w(n, relation) JOIN "
      "pg_catalog.pg_attribute a ON a.attrelid = w.relation AND NOT a.attisdropped JOIN "
      "pg_catalog.pg_type t ON t.oid = a.atttypid",
      fmt::join(names, ", ")));
  if (!rows) {
    return base::failure(rows.error());
  }
  std::vector<std::optional<Columns>> result(tables.size());
  for (const database::Row& row : *rows) {
    std::optional<Columns>& columns = result.at(std::stoul(row[0].value_or("0")));
    if (!columns) {
      columns.emplace();
    }
    columns->emplace(row[1].value_or(""), row[2] == "t");
  }
  return result;
}

}  // namespace

Result<RowCheck> check_rows(database::Connection& connection, const project::Settings& settings) {
  RowCheck check;
  const std::vector<SeedDataSettings>& tables = settings.seed_data;
  if (tables.empty()) {
    return check;
  }
  const auto columns = read_columns(connection, tables);
  if (!columns) {
    return base::failure(columns.error());
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    check.rows += tables[i].required.size();
    if (!columns->at(i)) {
      check.findings.push_back(judge_row(
          RowFault::no_table, fmt::format("there is no table {}", display_name(tables[i])),
          "correct the entry of [[seed-data]], or migrate the database", settings.source));
      continue;
    }
    auto found = TableCheck(tables[i], *columns->at(i), settings.source).run(connection);
    if (!found) {
      return base::failure(std::move(found.error()));
    }
    std::move(found->begin(), found->end(), std::back_inserter(check.findings));
  }
  return check;
}

}  // namespace gauger::tools
