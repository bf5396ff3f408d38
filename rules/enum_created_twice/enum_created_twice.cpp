#include "rules/enum_created_twice/enum_created_twice.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace gauger::rules {

using migration::EnumType;
using migration::Operation;

namespace {

// A type that exists by now, and the operation that made it.
struct Made {
  migration::Name name;
  std::string schema;          // empty: the first of the search path
  const Operation* operation;  // null: an earlier revision's
};

// Nothing where it cannot be told.
std::optional<std::string> schema_of(const migration::Name& schema) {
  if (!schema.known) {
    return std::nullopt;
  }
  return schema.text == "public" ? std::string() : schema.text;
}

std::optional<std::string> schema_of(const EnumType& type, const migration::TableName& table) {
  return schema_of(type.schema.absent() && type.inherit_schema ? table.schema : type.schema);
}

class Walk {
 public:
  explicit Walk(const engine::RuleContext& context) : context_(context) {}

  std::vector<engine::Report> run(const std::vector<Operation>& operations) {
    for (const Operation& operation : operations) {
      if (const auto* create = operation.as<migration::CreateEnum>()) {
        made(operation, create->type, operations);
      } else if (const auto* rename = operation.as<migration::RenameType>()) {
        renamed(operation, *rename);
      } else if (const auto* drop = operation.as<migration::DropObject>();
                 drop != nullptr && drop->kind == migration::ObjectKind::type) {
        dropped(operation);
      }
    }
    return std::move(reports_);
  }

 private:
  [[nodiscard]] Made* find(const migration::Name& name, const std::string& schema) {
    if (looked_up_.emplace(schema, name.text).second && !dropped_.contains(name.text)) {
      add_earlier(name, schema);
    }
    const auto it = std::find_if(made_.begin(), made_.end(), [&](const Made& made) {
      return made.name.text == name.text && made.schema == schema;
    });
    return it == made_.end() ? nullptr : &*it;
  }

  // The type of that name that an earlier revision made. Where these are not all known, none is
  // taken from them.
  void add_earlier(const migration::Name& name, const std::string& schema) {
    const auto& enums = context_.before.enums;
    auto found = enums.find({schema, name.text});
    if (found == enums.end() && schema.empty()) {
      found = enums.find({"public", name.text});
    }
    // In one run SQLAlchemy remembers what it has created.
    if (context_.before.complete && found != enums.end() &&
        found->second.certainty == catalog::Certainty::certain &&
        !context_.is_unreleased(found->second.created_in)) {
      made_.push_back({name, schema, nullptr});
    }
  }

  void made(const Operation& operation, const EnumType& type,
            const std::vector<Operation>& operations) {
    if (!type.name.known || type.name.text.empty()) {
      return;
    }
    const auto schema = schema_of(type, operation.table);
    if (!schema) {
      return;
    }
    const Made* before = find(type.name, *schema);
    if (before == nullptr) {
      made_.push_back({type.name, *schema, &operation});
      return;
    }
    // checkfirst=True looks before it creates.
    if (operation.if_not_exists) {
      return;
    }
    if (const auto column = column_of(operation, type, operations)) {
      report(operation, type, before->operation,
             fmt::format("in the column {}, write postgresql.ENUM(…, name=\"{}\", "
                         "create_type=False)",
                         *column, migration::display(type.name)));
    } else if (!operation.may_run) {  // a guard and a handler look first, too
      report(operation, type, before->operation,
             "create it once; with enum.create(bind, checkfirst=True) an existing type is left "
             "alone");
    }
  }

  // The column that makes the type with its table; nothing where it is made by itself.
  static std::optional<std::string> column_of(const Operation& operation, const EnumType& type,
                                              const std::vector<Operation>& operations) {
    for (const Operation& other : operations) {
      const auto* table = other.as<migration::CreateTable>();
      if (table == nullptr || other.call != operation.call) {
        continue;
      }
      for (const migration::Column& column : table->columns) {
        if (column.type.enumeration && column.type.enumeration->name.text == type.name.text) {
          return migration::display(column.name);
        }
      }
    }
    return std::nullopt;
  }

  void renamed(const Operation& operation, const migration::RenameType& rename) {
    const auto before = schema_of(operation.table.schema);
    const auto after = rename.schema.absent() ? before : schema_of(rename.schema);
    if (!before || !after) {
      return;
    }
    if (Made* made = find(operation.object, *before)) {
      made->name = rename.to;
      made->schema = *after;
    } else if (rename.to.known) {
      made_.push_back({rename.to, *after, &operation});
    }
  }

  void dropped(const Operation& operation) {
    dropped_.insert(operation.object.text);
    std::erase_if(made_, [&](const Made& made) { return made.name.text == operation.object.text; });
  }

  static std::string maker(const Operation* first) {
    if (first == nullptr) {
      return "an earlier revision";
    }
    const eval::Place& site = first->sites.front();
    return fmt::format("{} in line {}", first->directive,
                       base::position_of(site.module->text, site.span.begin).line);
  }

  void report(const Operation& operation, const EnumType& type, const Operation* first,
              std::string help) {
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format("{} creates the enum {} again: {} has made it, and PostgreSQL "
                                "answers \"type already exists\"",
                                operation.directive, migration::display(type.name), maker(first)),
         .help = std::move(help)});
  }

  const engine::RuleContext& context_;
  std::vector<Made> made_;
  std::set<std::pair<std::string, std::string>> looked_up_;  // schemas and names
  std::set<std::string> dropped_;
  std::vector<engine::Report> reports_;
};

std::vector<engine::Report> check_enum_created_twice(const engine::RuleContext& context) {
  return Walk(context).run(context.migration.upgrade);
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
    .claim = {engine::ClaimKind::failure},
    .check = check_enum_created_twice};

}  // namespace gauger::rules
