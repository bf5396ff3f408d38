#include "rules/enum_created_twice/enum_created_twice.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace gauger::rules {

using migration::EnumType;
using migration::Operation;
using migration::OperationKind;

namespace {

enum class Maker : std::uint8_t { hand, table };

// A type that exists by now, and the operation that made it.
struct Made {
  migration::Name name;
  std::string schema;  // empty: the first of the search path
  Maker maker;
  const Operation* operation;
};

// Nothing where it cannot be told.
std::optional<std::string> schema_of(const EnumType& type, const migration::TableName& table) {
  const migration::Name& schema =
      type.schema.absent() && type.inherit_schema ? table.schema : type.schema;
  if (!schema.known) {
    return std::nullopt;
  }
  return schema.text == "public" ? std::string() : schema.text;
}

class Walk {
 public:
  std::vector<engine::Report> run(const std::vector<Operation>& operations) {
    for (const Operation& operation : operations) {
      switch (operation.kind) {
        case OperationKind::create_type:
          made_by_hand(operation);
          break;
        case OperationKind::create_table:
          made_by_table(operation);
          break;
        case OperationKind::rename_type:
          renamed(operation);
          break;
        case OperationKind::drop_type:
          dropped(operation);
          break;
        default:
          break;
      }
    }
    return std::move(reports_);
  }

 private:
  [[nodiscard]] Made* find(const migration::Name& name, const std::string& schema) {
    const auto it = std::find_if(made_.begin(), made_.end(), [&](const Made& made) {
      return made.name.text == name.text && made.schema == schema;
    });
    return it == made_.end() ? nullptr : &*it;
  }

  void made_by_hand(const Operation& operation) {
    if (!operation.enumeration || !operation.enumeration->name.known) {
      return;
    }
    const EnumType& type = *operation.enumeration;
    const auto schema = schema_of(type, operation.table);
    if (!schema) {
      return;
    }
    const Made* before = find(type.name, *schema);
    if (before == nullptr) {
      made_.push_back({type.name, *schema, Maker::hand, &operation});
      return;
    }
    // A guard, a handler and checkfirst=True all look before they create.
    if (!operation.may_run && !operation.if_not_exists) {
      report(operation, type, *before->operation,
             "create it once; with enum.create(bind, checkfirst=True) an existing type is left "
             "alone");
    }
  }

  void made_by_table(const Operation& operation) {
    // SQLAlchemy 2.1 looks first in Table.create(), and older ones do not.
    const bool looks_first = operation.directive == "Table.create()";
    for (const migration::Column& column : operation.columns) {
      const auto& type = column.type.enumeration;
      if (!type || !type->native || !type->create_type || !type->name.known ||
          type->name.text.empty()) {
        continue;
      }
      const auto schema = schema_of(*type, operation.table);
      if (!schema) {
        continue;
      }
      const Made* before = find(type->name, *schema);
      if (before == nullptr) {
        made_.push_back({type->name, *schema, Maker::table, &operation});
      } else if (before->maker == Maker::hand && !looks_first) {
        report(operation, *type, *before->operation,
               fmt::format("in the column {}, write postgresql.ENUM(…, name=\"{}\", "
                           "create_type=False)",
                           migration::display(column.name), migration::display(type->name)));
      }
    }
  }

  void renamed(const Operation& operation) {
    const auto schema = schema_of(*operation.enumeration, operation.table);
    if (!schema) {
      return;
    }
    const migration::Name& name = operation.new_table.name;
    if (Made* made = find(operation.object, *schema)) {
      made->name = name;
    } else if (name.known) {
      made_.push_back({name, *schema, Maker::hand, &operation});
    }
  }

  void dropped(const Operation& operation) {
    std::erase_if(made_, [&](const Made& made) { return made.name.text == operation.object.text; });
  }

  void report(const Operation& operation, const EnumType& type, const Operation& first,
              std::string help) {
    const eval::Place& site = first.sites.front();
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format("{} creates the enum {} again: {} in line {} has made it, and "
                                "PostgreSQL answers \"type already exists\"",
                                operation.directive, migration::display(type.name), first.directive,
                                base::position_of(site.module->text, site.span.begin).line),
         .help = std::move(help)});
  }

  std::vector<Made> made_;
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
