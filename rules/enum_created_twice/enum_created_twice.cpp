#include "rules/enum_created_twice/enum_created_twice.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace gauger::rules {

using migration::EnumType;
using migration::Operation;
using migration::OperationKind;

namespace {

// A type that exists by now, and the operation that made it.
struct Made {
  const EnumType* type;
  const Operation* operation;
};

bool same(const EnumType& left, const EnumType& right) {
  return left.name.known && right.name.known && !left.name.text.empty() &&
         left.name.text == right.name.text &&
         (left.schema.absent() || right.schema.absent() ||
          (left.schema.known && right.schema.known && left.schema.text == right.schema.text));
}

class Walk {
 public:
  std::vector<engine::Report> run(const std::vector<Operation>& operations) {
    for (const Operation& operation : operations) {
      if (operation.kind == OperationKind::create_type && operation.enumeration) {
        made_by_hand(operation);
      } else if (operation.kind == OperationKind::drop_type) {
        dropped(operation);
      } else if (operation.kind == OperationKind::create_table && !operation.from_sql) {
        made_by_table(operation);
      }
    }
    return std::move(reports_);
  }

 private:
  [[nodiscard]] const Made* find(const EnumType& type) const {
    const auto it = std::find_if(made_.begin(), made_.end(),
                                 [&](const Made& made) { return same(*made.type, type); });
    return it == made_.end() ? nullptr : &*it;
  }

  void made_by_hand(const Operation& operation) {
    const EnumType& type = *operation.enumeration;
    const Made* before = find(type);
    // A guard, a handler and checkfirst=True all look before they create.
    if (before != nullptr && !operation.may_run && !operation.if_not_exists) {
      report(operation, type, *before->operation,
             "create it once; with enum.create(bind, checkfirst=True) an existing type is left "
             "alone");
    }
    if (before == nullptr) {
      made_.push_back({&type, &operation});
      by_hand_.push_back(&type);
    }
  }

  void made_by_table(const Operation& operation) {
    for (const migration::Column& column : operation.columns) {
      const auto& type = column.type.enumeration;
      if (!type || !type->native || !type->create_type) {
        continue;
      }
      const Made* before = find(*type);
      const bool by_hand = before != nullptr && std::find(by_hand_.begin(), by_hand_.end(),
                                                          before->type) != by_hand_.end();
      if (by_hand) {
        report(operation, *type, *before->operation,
               fmt::format("in the column {}, write postgresql.ENUM(…, name=\"{}\", "
                           "create_type=False)",
                           migration::display(column.name), migration::display(type->name)));
      } else if (before == nullptr) {
        made_.push_back({&*type, &operation});
      }
    }
  }

  void dropped(const Operation& operation) {
    std::erase_if(made_, [&](const Made& made) {
      return operation.enumeration ? same(*made.type, *operation.enumeration)
                                   : made.type->name.text == operation.object.text;
    });
  }

  void report(const Operation& operation, const EnumType& type, const Operation& first,
              std::string help) {
    const eval::Place& site = first.sites.front();
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format("{} creates the enum {} again: {} in line {} has made it, and "
                                "PostgreSQL answers \"type already exists\"",
                                operation.directive, migration::display(type.name),
                                first.directive,
                                base::position_of(site.module->text, site.span.begin).line),
         .help = std::move(help)});
  }

  std::vector<Made> made_;
  std::vector<const EnumType*> by_hand_;
  std::vector<engine::Report> reports_;
};

std::vector<engine::Report> check(const engine::RuleContext& context) {
  return Walk().run(context.migration.upgrade);
}

}  // namespace

const engine::Rule enum_created_twice{
    .info = {.id = "enum-created-twice",
             .severity = finding::Severity::error,
             .summary = "An enum that was made by hand is made again by a table's column, or the "
                        "other way round.",
             .explanation =
                 "`op.create_table` creates the enums of its columns without looking whether they "
                 "exist, so a type that `enum.create(…)`, `CREATE TYPE` or a `DO` block made "
                 "before makes the revision fail with \"type already exists\". `op.add_column` "
                 "never creates a type.\n\n"
                 "Give the column `postgresql.ENUM(…, create_type=False)`. (`sa.Enum` ignores "
                 "`create_type` before SQLAlchemy 2.1.)"},
    .check = check};

}  // namespace gauger::rules
