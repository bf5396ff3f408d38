#include "database/fill_plan.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gauger::database {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Domain;
using catalog::Table;

// Combinations of candidates that one probe may look at.
constexpr std::size_t most_combinations = 4000;

// Where the word stands in the expression, outside of strings, not as a part of a longer one.
std::vector<std::size_t> find_words(std::string_view text, std::string_view word) {
  std::vector<std::size_t> found;
  bool in_string = false;
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (text[at] == '\'') {
      in_string = !in_string;
    }
    if (!in_string && text.substr(at, word.size()) == word &&
        (at == 0 || !is_word(text[at - 1]) || !is_word(word.front())) &&
        (at + word.size() == text.size() || !is_word(text[at + word.size()]) ||
         !is_word(word.back()))) {
      found.push_back(at);
    }
  }
  return found;
}

bool names_column(std::string_view text, const std::string& column) {
  return !find_words(text, column).empty() ||
         text.find(quote_identifier(column)) != std::string_view::npos;
}

// The columns that an expression looks at; for generated ones those that they are made of, too.
std::set<std::string> columns_in(std::string_view text, const Table& table) {
  std::set<std::string> result;
  for (const Column& column : table.columns) {
    if (names_column(text, column.name) && result.insert(column.name).second &&
        !column.generated.empty()) {
      result.merge(columns_in(column.generated, table));
    }
  }
  return result;
}

void add_condition(TablePlan& plan, std::string sql) {
  Condition condition{.sql = std::move(sql)};
  for (const std::string& column : columns_in(condition.sql, *plan.table)) {
    if (plan.columns.contains(column)) {
      condition.columns.insert(column);
    }
  }
  if (!condition.columns.empty()) {
    plan.conditions.push_back(std::move(condition));
  }
}

// The checks of the domain that a column, or an array of it, is of.
void add_domain(TablePlan& plan, const Column& column, const Catalog& catalog) {
  const bool is_array = column.type.ends_with("[]");
  const std::string brackets = is_array ? "[]" : "";
  std::string type = column.type.substr(0, column.type.size() - brackets.size());
  const std::string value = quote_identifier(column.name) + (is_array ? "[1]" : "");
  while (const Domain* domain = find_domain(type, catalog)) {
    if (domain->not_null && !is_array) {
      plan.columns[column.name].may_be_null = false;
    }
    for (const Constraint& check : domain->checks) {
      std::string sql = check.expression;
      const std::vector<std::size_t> places = find_words(sql, "VALUE");
      for (auto at = places.rbegin(); at != places.rend(); ++at) {
        sql.replace(*at, std::string_view("VALUE").size(), value);
      }
      plan.conditions.push_back({.sql = std::move(sql), .columns = {column.name}});
    }
    type = domain->type;
    plan.domains[column.type] = type + brackets;
  }
}

void add_key(TablePlan& plan, const std::set<std::string>& columns) {
  std::vector<std::string> key;
  for (const std::string& column : columns) {
    if (const auto found = plan.columns.find(column); found != plan.columns.end()) {
      found->second.needs_distinct = true;
      key.push_back(column);
    }
  }
  if (!key.empty()) {
    plan.keys.push_back(std::move(key));
  }
}

void add_constraint(TablePlan& plan, const Constraint& constraint) {
  const std::set<std::string> columns(constraint.columns.begin(), constraint.columns.end());
  switch (constraint.kind) {
    case ConstraintKind::primary_key:
    case ConstraintKind::unique:
      add_key(plan, columns);
      break;
    case ConstraintKind::exclude:
      add_key(plan, columns_in(constraint.expression, *plan.table));
      break;
    case ConstraintKind::check:
      if (constraint.enforced) {
        add_condition(plan, constraint.expression);
      }
      break;
    default:
      break;
  }
  const bool stays = constraint.kind == ConstraintKind::primary_key ||
                     constraint.nulls_not_distinct || constraint.match_full;
  for (const std::string& column : columns) {
    if (const auto found = plan.columns.find(column); stays && found != plan.columns.end()) {
      found->second.may_be_null = false;
    }
  }
}

struct Candidate {
  Series series{};
  bool nulls = false;
  bool always_null = false;
  std::size_t penalty = 0;
};

std::string with_nulls(const std::string& sql) {
  return fmt::format("CASE WHEN {} % 5 = 4 THEN NULL ELSE {} END", row_number, sql);
}

std::vector<Candidate> candidates_of(const ColumnPlan& column, const std::vector<Series>& series,
                                     std::uint64_t rows) {
  std::vector<Candidate> result;
  std::size_t rank = 0;
  for (Series each : series) {
    // Values that need not be distinct come twice.
    if (!column.needs_distinct && column.foreign_key == nullptr) {
      each.sql = with_number(each.sql, fmt::format("(({} + 1) / 2)", row_number));
    }
    const bool scarce = column.needs_distinct && each.distinct != 0 && each.distinct < rows;
    const std::size_t penalty = 2 * rank++ + (scarce ? 500 : 0);
    if (column.may_be_null) {
      result.push_back({.series = each, .nulls = true, .penalty = penalty});
    }
    result.push_back({.series = std::move(each), .penalty = penalty + 1});
  }
  if (column.may_be_null) {
    result.push_back({.always_null = true, .penalty = 1000});
  }
  return result;
}

void take(ColumnPlan& column, const Candidate& candidate) {
  column.series = candidate.series;
  column.nulls = candidate.nulls;
  column.always_null = candidate.always_null;
  column.chosen = true;
}

// Finds the first combination for which the conditions hold.
class Probe {
 public:
  Probe(TablePlan& plan, const std::vector<std::string>& columns,
        std::vector<std::vector<Candidate>> candidates, std::uint64_t rows)
      : plan_(plan), columns_(columns), candidates_(std::move(candidates)), rows_(rows) {
    for (const Condition& condition : plan.conditions) {
      if (std::any_of(condition.columns.begin(), condition.columns.end(),
                      [&](const std::string& column) {
                        return std::find(columns.begin(), columns.end(), column) != columns.end();
                      })) {
        conditions_.push_back(condition.sql);
      }
    }
    limit();
  }

  bool run(Connection& connection) {
    const auto rows = connection.query(query());
    if (!rows) {
      plan_.reason = "its conditions cannot be tried: " + rows.error().message;
      return false;
    }
    if (rows->empty()) {
      plan_.reason = fmt::format("no values were found for {} that satisfy {}",
                                 fmt::join(columns_, ", "), fmt::join(conditions_, " and "));
      return false;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::size_t index = std::stoul(rows->at(0).at(i).value_or("0"));
      take(plan_.columns.at(columns_[i]), candidates_[i].at(index));
    }
    return true;
  }

 private:
  // The longest lists lose their ends.
  void limit() {
    while (true) {
      std::size_t product = 1;
      for (const auto& list : candidates_) {
        product = std::min<std::size_t>(product * list.size(), 1'000'000'000);
      }
      auto longest = std::max_element(
          candidates_.begin(), candidates_.end(),
          [](const auto& left, const auto& right) { return left.size() < right.size(); });
      if (product <= most_combinations || longest->size() < 2) {
        return;
      }
      // NULL, the last, is worth keeping.
      longest->erase(longest->end() - 2);
    }
  }

  [[nodiscard]] std::string query() const {
    // Enough to meet each value of those that come round, and the NULLs.
    std::string from = fmt::format(
        "FROM (SELECT generate_series(1, least({0}, 60)) UNION VALUES ({0} / 2 + 1), ({0})) "
        "gauger_rows(gauger_i)",
        rows_);
    std::vector<std::string> indexes;
    std::vector<std::string> penalties;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column* column = plan_.table->find_column(columns_[i]);
      std::vector<std::string> values;
      for (const Candidate& each : candidates_[i]) {
        std::string sql = each.always_null ? "NULL" : each.series.sql;
        if (each.nulls) {
          sql = with_nulls(sql);
        }
        values.push_back(fmt::format("({}, {}, ({})::{})", values.size(), each.penalty,
                                     with_number(sql, "gauger_i"), probe_type(column->type)));
      }
      from += fmt::format(" CROSS JOIN LATERAL (VALUES {}) gauger_{}(gauger_k{}, gauger_p{}, {})",
                          fmt::join(values, ", "), i, i, i, quote_identifier(columns_[i]));
      indexes.push_back(fmt::format("gauger_k{}", i));
      penalties.push_back(fmt::format("min(gauger_p{})", i));
    }
    for (const Column& column : plan_.table->columns) {
      if (!column.generated.empty() && is_asked_for(column)) {
        from +=
            fmt::format(" CROSS JOIN LATERAL (SELECT ({})::{} AS {}) gauger_of_{}",
                        column.generated, column.type, quote_identifier(column.name), from.size());
      }
    }
    return fmt::format(
        "SELECT {0} {1} GROUP BY {0} HAVING bool_and(({2}) IS NOT FALSE) ORDER BY {3}, {0} LIMIT 1",
        fmt::join(indexes, ", "), from, fmt::join(conditions_, ") IS NOT FALSE AND ("),
        fmt::join(penalties, " + "));
  }

  [[nodiscard]] bool is_asked_for(const Column& column) const {
    return std::any_of(conditions_.begin(), conditions_.end(),
                       [&](const std::string& sql) { return names_column(sql, column.name); });
  }

  // A domain's checks are conditions: a cast to it would end the probe.
  [[nodiscard]] std::string probe_type(const std::string& type) const {
    const auto known = plan_.domains.find(type);
    return known == plan_.domains.end() ? type : known->second;
  }

  TablePlan& plan_;
  const std::vector<std::string>& columns_;
  std::vector<std::vector<Candidate>> candidates_;
  std::uint64_t rows_;
  std::vector<std::string> conditions_;
};

}  // namespace

std::string quote_name(const catalog::QualifiedName& name) {
  return fmt::format("{}.{}", quote_identifier(name.schema), quote_identifier(name.name));
}

TablePlan plan_table(const Table& table, const Catalog& catalog,
                     const std::set<std::string>& referenced) {
  TablePlan plan{.table = &table};
  for (const Column& column : table.columns) {
    if (column.generated.empty()) {
      plan.columns[column.name].may_be_null =
          column.nullable.value_or(false) && !referenced.contains(column.name);
    }
  }
  for (const Column& column : table.columns) {
    if (column.generated.empty()) {
      add_domain(plan, column, catalog);
    }
  }
  for (const Constraint& constraint : table.constraints) {
    add_constraint(plan, constraint);
  }
  for (const catalog::Index& index : table.indexes) {
    if (!index.unique || !index.constraint.empty()) {
      continue;
    }
    std::set<std::string> columns;
    for (const catalog::IndexKey& key : index.keys) {
      if (!key.column.empty()) {
        columns.insert(key.column);
      } else {
        columns.merge(columns_in(key.expression, table));
      }
    }
    add_key(plan, columns);
  }
  for (const std::string& key : table.partition_key) {
    for (const std::string& column : columns_in(key, table)) {
      if (const auto found = plan.columns.find(column); found != plan.columns.end()) {
        found->second.may_be_null = false;
      }
    }
  }
  return plan;
}

void add_bounds(TablePlan& plan, std::string sql) { add_condition(plan, std::move(sql)); }

bool choose(Connection& connection, TablePlan& plan, const std::vector<std::string>& columns,
            const std::map<std::string, std::vector<Series>>& series, std::uint64_t rows) {
  std::vector<std::vector<Candidate>> candidates;
  for (const std::string& name : columns) {
    ColumnPlan& column = plan.columns.at(name);
    candidates.push_back(candidates_of(column, series.at(name), rows));
    if (candidates.back().empty()) {
      const Column* known = plan.table->find_column(name);
      if (columns.size() == 1 && known->default_) {
        column.left_out = column.chosen = true;
        return true;
      }
      plan.reason = fmt::format("no values are known for the type {} of {}", known->type, name);
      return false;
    }
  }
  const bool free = std::none_of(
      plan.conditions.begin(), plan.conditions.end(),
      [&](const Condition& condition) { return condition.columns.contains(columns.front()); });
  if (free) {
    const auto best = std::min_element(
        candidates.front().begin(), candidates.front().end(),
        [](const Candidate& left, const Candidate& right) { return left.penalty < right.penalty; });
    take(plan.columns.at(columns.front()), *best);
    return true;
  }
  return Probe(plan, columns, std::move(candidates), rows).run(connection);
}

void spread_keys(TablePlan& plan, std::uint64_t rows) {
  for (const std::vector<std::string>& key : plan.keys) {
    const bool apart = std::any_of(key.begin(), key.end(), [&](const std::string& name) {
      const ColumnPlan& column = plan.columns.at(name);
      return column.left_out || column.always_null || column.series.distinct == 0 ||
             column.series.distinct >= rows;
    });
    if (apart) {
      continue;
    }
    std::uint64_t stride = 1;
    for (const std::string& name : key) {
      ColumnPlan& column = plan.columns.at(name);
      if (stride > 1) {
        column.series.sql =
            with_number(column.series.sql, fmt::format("(({} - 1) / {} + 1)", row_number, stride));
      }
      stride = std::min<std::uint64_t>(stride * column.series.distinct, rows);
    }
    plan.most = plan.most == 0 ? stride : std::min(plan.most, stride);
  }
}

std::string insert_sql(const TablePlan& plan, std::uint64_t rows) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const auto& [name, column] : plan.columns) {
    if (column.left_out) {
      continue;
    }
    std::string sql = column.always_null ? "NULL" : column.series.sql;
    if (column.nulls) {
      sql = with_nulls(sql);
    }
    names.push_back(quote_identifier(name));
    values.push_back(
        fmt::format("({})::{}", with_number(sql, "gauger_i"), plan.table->find_column(name)->type));
  }
  if (names.empty()) {
    return fmt::format("INSERT INTO {} SELECT FROM generate_series(1, {})",
                       quote_name(plan.table->name), rows);
  }
  return fmt::format(
      "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM generate_series(1, {}) "
      "gauger_rows(gauger_i)",
      quote_name(plan.table->name), fmt::join(names, ", "), fmt::join(values, ", "), rows);
}

}  // namespace gauger::database
