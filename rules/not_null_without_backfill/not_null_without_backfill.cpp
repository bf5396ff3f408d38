#include "rules/not_null_without_backfill/not_null_without_backfill.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "effect/proof.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

bool fills(const Operation& operation) {
  return operation.is<migration::Update>() || operation.is<migration::Insert>();
}

// After this no row without a value need be left.
bool makes_room(const Operation& operation) {
  return fills(operation) || operation.is<migration::Delete>() ||
         operation.is<migration::Truncate>();
}

// Of an operation that makes an existing column NOT NULL.
migration::Name column_of(const Operation& operation) {
  if (const auto* set = operation.as<migration::SetNotNull>()) {
    return set->column;
  }
  const auto& columns = operation.as<migration::AddConstraint>()->constraint.columns;
  return columns.empty() ? migration::Name::hole() : columns.front();
}

// Whether the revision finds the column without a null: it may not have any, or a valid CHECK says
// that it has none.
bool has_no_nulls(const catalog::Table& table, std::string_view name) {
  const catalog::Column* column = table.find_column(name);
  if (column == nullptr || column->certainty != catalog::Certainty::certain) {
    return false;
  }
  return column->nullable == std::optional(false) ||
         std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const catalog::Constraint& each) {
                       return each.kind == catalog::ConstraintKind::check && each.valid &&
                              each.enforced && each.certainty == catalog::Certainty::certain &&
                              effect::proves_not_null(each.expression, name) == effect::Proof::yes;
                     });
}

std::uint32_t line_of(const Operation& operation) {
  const eval::Place& site = operation.sites.front();
  return base::position_of(site.module->text, site.span.begin).line;
}

std::string verb(const Operation& operation) {
  return operation.directive != "execute"    ? operation.directive
         : operation.is<migration::Update>() ? "update"
                                             : "insert";
}

// What a migration does to the rows of its tables, found by table.
class RowChanges {
 public:
  // The operations must outlive this.
  explicit RowChanges(const std::vector<Operation>& operations) : operations_(operations) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!makes_room(operations[i])) {
        continue;
      }
      const migration::Name& name = operations[i].table.name;
      (name.known ? by_name_[name.text] : nameless_).push_back(i);
      if (fills(operations[i]) && !first_fill_) {
        first_fill_ = i;
      }
    }
  }

  // The first operation between the two indexes that may be of the table and satisfies the
  // predicate; null where there is none.
  template <class Predicate>
  [[nodiscard]] const Operation* find(std::size_t begin, std::size_t end,
                                      const migration::TableName& table,
                                      Predicate predicate) const {
    const Operation* found = nullptr;
    const auto look = [&](const std::vector<std::size_t>& indexes) {
      for (auto at = std::lower_bound(indexes.begin(), indexes.end(), begin);
           at != indexes.end() && *at < end; ++at) {
        const Operation& operation = operations_[*at];
        if (predicate(operation) && engine::may_be_same(operation.table, table)) {
          found = found == nullptr ? &operation : std::min(found, &operation);
          return;
        }
      }
    };
    look(nameless_);
    if (table.name.known) {
      const auto named = by_name_.find(table.name.text);
      if (named != by_name_.end()) {
        look(named->second);
      }
    } else {
      for (const auto& [name, indexes] : by_name_) {
        look(indexes);
      }
    }
    return found;
  }

  // The first backfill before the operation, of whatever table.
  [[nodiscard]] const Operation* fill_before(std::size_t index) const {
    return first_fill_ && *first_fill_ < index ? &operations_[*first_fill_] : nullptr;
  }

 private:
  const std::vector<Operation>& operations_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_name_;
  std::vector<std::size_t> nameless_;
  std::optional<std::size_t> first_fill_;
};

class BackfillCheck {
 public:
  explicit BackfillCheck(const engine::RuleContext& context)
      : context_(context),
        operations_(context.migration.upgrade),
        changes_(context.migration.upgrade) {}

  std::vector<engine::Report> run() {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if (!engine::demands_values(operations_[i]) || context_.created_here(i)) {
        continue;
      }
      if (const auto* add = operations_[i].as<migration::AddColumn>()) {
        added(i, add->column);
      } else {
        altered(i);
      }
    }
    return std::move(reports_);
  }

 private:
  // The backfill that comes too late, for the message.
  [[nodiscard]] std::string late_backfill(std::size_t index) const {
    const migration::TableName& table = operations_[index].table;
    const Operation* late = changes_.find(index + 1, operations_.size(), table, fills);
    return late == nullptr ? std::string()
                           : fmt::format("; the {} of {} in line {} comes after it", verb(*late),
                                         migration::display(late->table), line_of(*late));
  }

  // What the migration has in the way of a backfill that is none, for the message.
  [[nodiscard]] std::string near_miss(std::size_t index) const {
    std::string late = late_backfill(index);
    const Operation* other = changes_.fill_before(index);
    return !late.empty() || other == nullptr
               ? late
               : fmt::format("; the {} in line {} is of {}", verb(*other), line_of(*other),
                             migration::display(other->table));
  }

  // Whether the column has no null when the operation runs: by what the revision finds, or by what
  // it has made of it so far.
  [[nodiscard]] bool is_filled(std::size_t index) const {
    const Operation& operation = operations_[index];
    const migration::Name column = column_of(operation);
    if (!column.known) {
      return false;
    }
    const catalog::Table* table = context_.before.find_table(operation.table);
    bool filled = table != nullptr && has_no_nulls(*table, column.text);
    for (std::size_t i = 0; i < index; ++i) {
      const Operation& earlier = operations_[i];
      if (!engine::may_be_same(earlier.table, operation.table)) {
        continue;
      }
      if (const auto* add = earlier.as<migration::AddColumn>();
          add != nullptr && add->column.name.text == column.text) {
        filled = migration::fills_itself(add->column);
      } else if (const auto* drop = earlier.as<migration::DropNotNull>();
                 drop != nullptr && (!drop->column.known || drop->column.text == column.text)) {
        filled = false;
      }
    }
    return filled;
  }

  void added(std::size_t index, const migration::Column& column) {
    const Operation& operation = operations_[index];
    const auto empties = [](const Operation& earlier) {
      return earlier.is<migration::Truncate>() && !earlier.may_run;
    };
    if (changes_.find(0, index, operation.table, empties) != nullptr) {
      return;
    }
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format(
             "{}.{} is added NOT NULL {}: it fails on a "
             "table that has rows{}{}",
             migration::display(operation.table), migration::display(column.name),
             column.server_default ? "with the default NULL" : "without a server_default",
             column.client_default ? " (default= works in Python only; no migration emits it)" : "",
             late_backfill(index)),
         .help = "give the column a server_default, or add it nullable, fill it with an UPDATE, "
                 "and then op.alter_column(…, nullable=False)"});
  }

  void altered(std::size_t index) {
    const Operation& operation = operations_[index];
    if (changes_.find(0, index, operation.table, makes_room) != nullptr || is_filled(index)) {
      return;
    }
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format("{}.{} becomes NOT NULL without a backfill{}",
                                migration::display(operation.table),
                                migration::display(column_of(operation)), near_miss(index)),
         .help = "fill the rows that have no value first, with an UPDATE of the same table in this "
                 "revision; where that was done before, say so: # backfill: ok <reason>"});
  }

  const engine::RuleContext& context_;
  const std::vector<Operation>& operations_;
  RowChanges changes_;
  std::vector<engine::Report> reports_;
};

std::vector<engine::Report> check_not_null_without_backfill(const engine::RuleContext& context) {
  return BackfillCheck(context).run();
}

}  // namespace

const engine::Rule not_null_without_backfill{
    .info = {.id = "not-null-without-backfill",
             .severity = finding::Severity::error,
             .summary = "A column becomes NOT NULL, and nothing in the revision fills the rows "
                        "that have no value.",
             .explanation =
                 "PostgreSQL checks every row and fails at the first that has no value, so the "
                 "deploy fails on the database that has rows, not on the empty one of a "
                 "developer.\n\n"
                 "A column that was NOT NULL before, comes with a `server_default` in the same "
                 "revision, or has a valid CHECK that there are no nulls, needs none. "
                 "A backfill counts when it comes before the NOT NULL and touches the same table: "
                 "`UPDATE`, `op.bulk_insert`, or an executed SQLAlchemy update. Grant it with "
                 "`# backfill: ok` and a reason."},
    .tag = engine::TagKind::backfill,
    .claim = {engine::ClaimKind::failure},
    .check = check_not_null_without_backfill};

}  // namespace gauger::rules
