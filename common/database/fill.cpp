#include "database/fill.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "database/fill_plan.hpp"

namespace gauger::database {
namespace {

using base::Result;
using catalog::Catalog;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::QualifiedName;

// Of a message of several lines.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

bool is_foreign_key(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::foreign_key && constraint.enforced;
}

// Groups of tables that refer to each other in a circle, or just one table; what a group refers to
// comes before it. Tarjan's algorithm.
class Groups {
 public:
  explicit Groups(const std::map<QualifiedName, TablePlan>& plans) : plans_(plans) {
    for (const auto& [name, plan] : plans) {
      if (!marks_.contains(name)) {
        visit(name);
      }
    }
  }

  std::vector<std::vector<QualifiedName>> take() { return std::move(groups_); }

 private:
  struct Mark {
    std::size_t index = 0;
    std::size_t low = 0;
    bool waiting = true;
  };

  // As deep as foreign keys follow each other.
  Mark& visit(const QualifiedName& name) {  // NOLINT(misc-no-recursion)
    Mark& mark = marks_[name];
    mark.index = mark.low = marks_.size();
    stack_.push_back(name);
    for (const Constraint& constraint : plans_.at(name).table->constraints) {
      if (!is_foreign_key(constraint) || !plans_.contains(constraint.referenced)) {
        continue;
      }
      const auto known = marks_.find(constraint.referenced);
      if (known == marks_.end()) {
        mark.low = std::min(mark.low, visit(constraint.referenced).low);
      } else if (known->second.waiting) {
        mark.low = std::min(mark.low, known->second.index);
      }
    }
    if (mark.low == mark.index) {
      std::vector<QualifiedName>& group = groups_.emplace_back();
      while (group.empty() || group.back() != name) {
        group.push_back(stack_.back());
        marks_.at(stack_.back()).waiting = false;
        stack_.pop_back();
      }
    }
    return mark;
  }

  const std::map<QualifiedName, TablePlan>& plans_;
  std::map<QualifiedName, Mark> marks_;
  std::vector<QualifiedName> stack_;
  std::vector<std::vector<QualifiedName>> groups_;
};

class Filler {
 public:
  Filler(Connection& connection, const Catalog& catalog, const FillOptions& options)
      : connection_(connection), catalog_(catalog), options_(options) {}

  Result<FillReport> run() {
    // The catalog's texts do not name "public".
    if (auto set =
            connection_.query("SELECT set_config('search_path', concat_ws(', ', "
                              "nullif(current_setting('search_path'), ''), 'public'), false)");
        !set) {
      return base::failure(std::move(set.error()));
    }
    if (auto planned = plan(); !planned) {
      return base::failure(std::move(planned.error()));
    }
    for (const std::vector<QualifiedName>& group : Groups(plans_).take()) {
      fill(group);
    }
    if (auto reset = connection_.query("RESET search_path"); !reset) {
      return base::failure(std::move(reset.error()));
    }
    FillReport report;
    for (const auto& [name, plan] : plans_) {
      if (plan.reason.empty()) {
        report.filled.push_back({name, plan.rows});
      } else {
        report.unfilled.push_back({name, plan.reason});
      }
    }
    return report;
  }

 private:
  Result<void> plan() {
    std::map<QualifiedName, std::set<std::string>> referenced;
    for (const auto& [name, table] : catalog_.tables) {
      for (const Constraint& constraint : table.constraints) {
        if (is_foreign_key(constraint)) {
          referenced[constraint.referenced].insert(constraint.referenced_columns.begin(),
                                                   constraint.referenced_columns.end());
        }
      }
    }
    for (const auto& [name, table] : catalog_.tables) {
      // Rows go into partitions through their table.
      if (!table.partition_of.name.empty() || options_.leave_out.contains(name)) {
        continue;
      }
      TablePlan& plan = plans_[name] = plan_table(table, catalog_, referenced[name]);
      if (!table.partition_strategy.empty()) {
        if (auto bounded = read_bounds(plan); !bounded) {
          return bounded;
        }
      }
    }
    return {};
  }

  Result<void> read_bounds(TablePlan& plan) {
    const auto rows = connection_.query(fmt::format(
        "SELECT string_agg('(' || coalesce(pg_get_partition_constraintdef(relid), 'true') || ')', "
        "' OR ' ORDER BY relid) FROM pg_partition_tree({}) WHERE isleaf",
        quote_literal(quote_name(plan.table->name))));
    if (!rows) {
      return base::failure(rows.error());
    }
    if (const auto& bounds = rows->at(0).at(0)) {
      add_bounds(plan, *bounds);
    } else {
      plan.reason = "it has no partitions";
    }
    return {};
  }

  void fill(const std::vector<QualifiedName>& group) {
    group_ = {group.begin(), group.end()};
    std::uint64_t rows = options_.rows;
    // First what the foreign keys of the group may take over.
    for (const bool linked : {false, true}) {
      for (const QualifiedName& name : group) {
        TablePlan& plan = plans_.at(name);
        if (plan.reason.empty() && !linked) {
          link(plan);
        }
        if (plan.reason.empty()) {
          choose_columns(plan, linked);
        }
      }
    }
    std::string failed;
    for (const QualifiedName& name : group) {
      TablePlan& plan = plans_.at(name);
      if (!plan.reason.empty()) {
        failed = display(name);
        continue;
      }
      spread_keys(plan, options_.rows);
      rows = plan.most == 0 ? rows : std::min(rows, plan.most);
    }
    if (!failed.empty()) {
      give_up(group, fmt::format("it needs rows of {}, which cannot be filled", failed));
      return;
    }
    insert(group, rows);
  }

  // A plan that has a reason of its own keeps it.
  void give_up(const std::vector<QualifiedName>& group, const std::string& reason) {
    for (const QualifiedName& name : group) {
      if (TablePlan& plan = plans_.at(name); plan.reason.empty()) {
        plan.reason = reason;
      }
    }
  }

  void insert(const std::vector<QualifiedName>& group, std::uint64_t rows) {
    auto done = connection_.query(insert_text(group, rows));
    if (!done) {
      // NULLs may be what a trigger or an exclusion minds.
      for (const QualifiedName& name : group) {
        for (auto& [column, plan] : plans_.at(name).columns) {
          plan.nulls = false;
        }
      }
      done = connection_.query(insert_text(group, rows));
    }
    if (!done) {
      give_up(group, first_line(done.error().message));
      return;
    }
    for (const QualifiedName& name : group) {
      plans_.at(name).rows = rows;
    }
  }

  // Foreign keys are looked at when a statement ends: one for the whole circle.
  [[nodiscard]] std::string insert_text(const std::vector<QualifiedName>& group,
                                        std::uint64_t rows) const {
    if (group.size() == 1) {
      return insert_sql(plans_.at(group.front()), rows);
    }
    std::vector<std::string> parts;
    parts.reserve(group.size());
    for (const QualifiedName& name : group) {
      parts.push_back(
          fmt::format("gauger_{} AS ({})", parts.size(), insert_sql(plans_.at(name), rows)));
    }
    return fmt::format("WITH {} SELECT 1", fmt::join(parts, ", "));
  }

  // Which columns get their values from a foreign key.
  void link(TablePlan& plan) {
    for (const Constraint& constraint : plan.table->constraints) {
      if (!is_foreign_key(constraint)) {
        continue;
      }
      const bool has_rows = group_.contains(constraint.referenced) || rows_of(constraint) > 0;
      bool can_be_null = false;
      for (std::size_t i = 0; i < constraint.columns.size(); ++i) {
        ColumnPlan& column = plan.columns.at(constraint.columns[i]);
        if (has_rows) {
          if (column.foreign_key == nullptr) {
            column.foreign_key = &constraint;
            column.position = i;
          }
          // Of a key that must be whole or absent.
          column.may_be_null = column.may_be_null && !constraint.match_full;
        } else if (const catalog::Column* known = plan.table->find_column(constraint.columns[i]);
                   known->nullable.value_or(false)) {
          column.always_null = column.chosen = can_be_null = true;
        }
      }
      if (!has_rows && !can_be_null) {
        plan.reason =
            fmt::format("it needs rows of {}, which has none", display(constraint.referenced));
        return;
      }
    }
  }

  // Rows that a foreign key can refer to: those that were made, else those that are there.
  std::uint64_t rows_of(const Constraint& constraint) {
    const auto plan = plans_.find(constraint.referenced);
    if (plan != plans_.end() && plan->second.rows > 0) {
      return plan->second.rows;
    }
    const auto rows = connection_.query(fmt::format(
        "SELECT count(*) FROM (SELECT {} LIMIT 1000) gauger_found", existing_rows(constraint)));
    return rows ? std::stoull(rows->at(0).at(0).value_or("0")) : 0;
  }

  static std::string existing_rows(const Constraint& constraint) {
    std::vector<std::string> columns;
    columns.reserve(constraint.referenced_columns.size());
    for (const std::string& column : constraint.referenced_columns) {
      columns.push_back(quote_identifier(column));
    }
    return fmt::format("FROM {} WHERE ({}) IS NOT NULL ORDER BY {}",
                       quote_name(constraint.referenced), fmt::join(columns, ") IS NOT NULL AND ("),
                       fmt::join(columns, ", "));
  }

  // Columns that conditions tie together are chosen together. `linked`: those that have to do with
  // a foreign key, or the others.
  void choose_columns(TablePlan& plan, bool linked) {
    std::set<std::string> seen;
    for (const auto& [name, column] : plan.columns) {
      if (column.chosen || seen.contains(name)) {
        continue;
      }
      const std::vector<std::string> columns = tied_to(plan, name);
      seen.insert(columns.begin(), columns.end());
      const bool has_link = std::any_of(
          columns.begin(), columns.end(),
          [&](const std::string& each) { return plan.columns.at(each).foreign_key != nullptr; });
      if (has_link == linked && !choose_group(plan, columns)) {
        return;
      }
    }
  }

  static std::vector<std::string> tied_to(const TablePlan& plan, const std::string& name) {
    std::vector<std::string> columns{name};
    for (std::size_t next = 0; next < columns.size(); ++next) {
      for (const Condition& condition : plan.conditions) {
        if (!condition.columns.contains(columns[next])) {
          continue;
        }
        for (const std::string& other : condition.columns) {
          if (std::find(columns.begin(), columns.end(), other) == columns.end()) {
            columns.push_back(other);
          }
        }
      }
    }
    return columns;
  }

  bool choose_group(TablePlan& plan, const std::vector<std::string>& columns) {
    std::map<std::string, std::vector<Series>> series;
    for (const std::string& name : columns) {
      const ColumnPlan& column = plan.columns.at(name);
      if (column.foreign_key != nullptr) {
        series[name] = {referred(column, {})};
      } else {
        series[name] = own_series(plan, name);
      }
    }
    return choose(connection_, plan, columns, series, options_.rows);
  }

  [[nodiscard]] std::vector<Series> own_series(const TablePlan& plan,
                                               const std::string& name) const {
    std::vector<std::string> hints;
    for (const Condition& condition : plan.conditions) {
      if (condition.columns.contains(name)) {
        hints.push_back(condition.sql);
      }
    }
    return series_for(plan.table->find_column(name)->type, catalog_, hints);
  }

  // What the column refers to, in terms of the row's own number. `path`: columns that led here.
  Series referred(const ColumnPlan& column,  // NOLINT(misc-no-recursion)
                  std::set<const ColumnPlan*> path) {
    const Constraint& key = *column.foreign_key;
    const std::string& name = key.referenced_columns.at(column.position);
    const auto parent = plans_.find(key.referenced);
    if (parent == plans_.end() || (parent->second.rows == 0 && !group_.contains(key.referenced))) {
      const std::uint64_t count = rows_of(key);
      return {fmt::format("((ARRAY(SELECT {} {} LIMIT 1000))[1 + {} % {}])", quote_identifier(name),
                          existing_rows(key), row_number, count),
              count};
    }
    const ColumnPlan& target = parent->second.columns.at(name);
    path.insert(&column);
    Series series = target.series;
    if (!target.chosen && target.foreign_key != nullptr && !path.contains(&target)) {
      series = referred(target, path);
    } else if (!target.chosen) {
      // A circle of keys that are each other's, or one that is chosen later.
      const std::vector<Series> own = own_series(parent->second, name);
      series = own.empty() ? Series{"NULL", 1} : own.front();
    }
    const std::uint64_t rows = parent->second.rows;
    if (rows > 0 && rows < options_.rows) {
      series.sql = with_number(series.sql, fmt::format("(({} - 1) % {} + 1)", row_number, rows));
      series.distinct = rows;
    }
    return series;
  }

  Connection& connection_;
  const Catalog& catalog_;
  const FillOptions& options_;
  std::map<QualifiedName, TablePlan> plans_;
  std::set<QualifiedName> group_;  // the one that is being filled
};

}  // namespace

Result<FillReport> fill_tables(Connection& connection, const Catalog& catalog,
                               const FillOptions& options) {
  return Filler(connection, catalog, options).run();
}

}  // namespace gauger::database
