// How a table is filled: an expression for each column, chosen so that the table's constraints
// hold.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "database/connection.hpp"
#include "database/fill_values.hpp"

namespace gauger::database {

// A constraint on the values of one row: a check, a domain's check, the bounds of partitions.
struct Condition {
  std::string sql{};                // over the table's columns
  std::set<std::string> columns{};  // that it looks at, those of generated columns included
};

struct ColumnPlan {
  Series series{};  // of the number of the table's own row
  bool chosen = false;
  bool nulls = false;  // NULL in every fifth row
  bool always_null = false;
  bool left_out = false;  // the default fills it
  bool may_be_null = false;
  bool needs_distinct = false;  // it is a part of a unique key
  // The foreign key that gives its values, and its place in that; null: none.
  const catalog::Constraint* foreign_key = nullptr;
  std::size_t position = 0;
};

struct TablePlan {
  const catalog::Table* table = nullptr;
  std::map<std::string, ColumnPlan> columns{};   // without generated ones
  std::vector<std::vector<std::string>> keys{};  // unique ones
  std::vector<Condition> conditions{};
  std::map<std::string, std::string> domains{};  // and the types that they are of
  std::uint64_t most = 0;                        // rows that its keys allow; 0: any number
  std::uint64_t rows = 0;                        // that were made
  std::string reason{};                          // why it cannot be filled; empty: it can
};

// `referenced`: the columns that foreign keys of other tables refer to, which are never NULL.
[[nodiscard]] TablePlan plan_table(const catalog::Table& table, const catalog::Catalog& catalog,
                                   const std::set<std::string>& referenced);

// Rows have to satisfy this too: the bounds of the table's partitions.
void add_bounds(TablePlan& plan, std::string sql);

// Chooses the series of these columns, which the conditions tie together: the first that the server
// accepts for some numbers of rows up to `rows`. False, with the plan's reason: none are.
[[nodiscard]] bool choose(Connection& connection, TablePlan& plan,
                          const std::vector<std::string>& columns,
                          const std::map<std::string, std::vector<Series>>& series,
                          std::uint64_t rows);

// Columns of keys whose series have too few values count through their combinations; says in
// `most` how many there are.
void spread_keys(TablePlan& plan, std::uint64_t rows);

// "INSERT INTO t (…) SELECT … FROM generate_series(1, rows)".
[[nodiscard]] std::string insert_sql(const TablePlan& plan, std::uint64_t rows);

[[nodiscard]] std::string quote_name(const catalog::QualifiedName& name);

}  // namespace gauger::database
