#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/names.hpp"
#include "catalog/render.hpp"

namespace gauger::catalog {
namespace {

using namespace migration;  // NOLINT(google-build-using-namespace)

std::string text_of(const Name& name) {
  return name.known ? quote_identifier(name.text) : std::string(hole_name);
}

std::string text_of(const TableName& name) {
  return name.schema.absent() ? text_of(name.name)
                              : text_of(name.schema) + "." + text_of(name.name);
}

std::string list_of(const std::vector<Name>& names) {
  std::vector<std::string> texts;
  std::transform(names.begin(), names.end(), std::back_inserter(texts),
                 [](const Name& name) { return text_of(name); });
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string default_of(const Default& value) {
  return value.kind == DefaultKind::literal ? sql_literal(value.text) : value.text;
}

std::string type_of(const Type& type) { return type.known() ? type.text : type.written; }

std::string identity_of(Identity identity, const std::string& options) {
  return fmt::format("GENERATED {} AS IDENTITY{}",
                     identity == Identity::always ? "ALWAYS" : "BY DEFAULT",
                     options.empty() ? "" : fmt::format(" ({})", options));
}

std::string_view serial_of(const migration::Type& type) {
  return type.text == "bigint" ? "bigserial" : type.text == "smallint" ? "smallserial" : "serial";
}

std::string column_text(const migration::Column& column) {
  std::string text = fmt::format("{} {}", text_of(column.name),
                                 column.serial ? serial_of(column.type) : type_of(column.type));
  if (!column.collation.empty()) {
    text += " COLLATE " + quote_identifier(column.collation);
  }
  if (column.server_default) {
    text += " DEFAULT " + default_of(*column.server_default);
  }
  if (column.identity != Identity::none) {
    text += ' ' + identity_of(column.identity, column.identity_options);
  }
  if (column.generated) {
    text += fmt::format(" GENERATED ALWAYS AS ({}){}", column.generated->expression,
                        column.generated->kind == GeneratedKind::virtual_ ? " VIRTUAL"
                        : column.generated->kind != GeneratedKind::unsaid ? " STORED"
                                                                          : "");
  }
  text += column.nullable == false ? " NOT NULL" : "";
  return text;
}

std::string constraint_text(const migration::Constraint& constraint) {
  std::string text;
  if (!constraint.name.absent()) {
    text = fmt::format("CONSTRAINT {} ", text_of(constraint.name));
  }
  const std::string columns = list_of(constraint.columns);
  const std::string using_index =
      constraint.using_index.absent() ? "" : "USING INDEX " + text_of(constraint.using_index);
  switch (constraint.kind) {
    case ConstraintKind::primary_key:
      text += "PRIMARY KEY " + (using_index.empty() ? "(" + columns + ")" : using_index);
      break;
    case ConstraintKind::unique:
      text += fmt::format("UNIQUE {}{}", constraint.nulls_not_distinct ? "NULLS NOT DISTINCT " : "",
                          using_index.empty() ? "(" + columns + ")" : using_index);
      break;
    case ConstraintKind::check:
      text += fmt::format("CHECK ({})", constraint.expression);
      break;
    case ConstraintKind::exclude:
      text += "EXCLUDE " + constraint.expression;
      break;
    case ConstraintKind::not_null:
      text += "NOT NULL " + columns;
      break;
    case ConstraintKind::foreign_key:
      text +=
          fmt::format("FOREIGN KEY ({}) REFERENCES {}", columns, text_of(constraint.referenced));
      if (!constraint.referenced_columns.empty()) {
        text += fmt::format(" ({})", list_of(constraint.referenced_columns));
      }
      text += constraint.match_full ? " MATCH FULL" : "";
      text += constraint.on_update.empty() ? "" : " ON UPDATE " + constraint.on_update;
      text += constraint.on_delete.empty() ? "" : " ON DELETE " + constraint.on_delete;
      break;
  }
  text += constraint.no_inherit ? " NO INHERIT" : "";
  text += constraint.deferrable ? " DEFERRABLE" : "";
  text += constraint.initially_deferred ? " INITIALLY DEFERRED" : "";
  text += constraint.not_enforced ? " NOT ENFORCED" : "";
  text += constraint.not_valid ? " NOT VALID" : "";
  return text;
}

std::string index_text(const Operation& operation, const migration::Index& index) {
  catalog::Index made{.method = index.method,
                      .predicate = index.predicate,
                      .nulls_not_distinct = index.nulls_not_distinct,
                      .options = index.options};
  for (const migration::IndexKey& key : index.keys) {
    made.keys.push_back({.column = key.column.text,
                         .expression = key.expression,
                         .operator_class = key.operator_class,
                         .collation = key.collation,
                         .descending = key.descending,
                         .nulls_first = key.nulls_first,
                         .nulls_last = key.nulls_last});
  }
  std::transform(index.included.begin(), index.included.end(), std::back_inserter(made.included),
                 [](const Name& name) { return name.text; });
  const Name& name = index.name.absent() ? operation.object : index.name;
  return fmt::format("CREATE {}INDEX {}{}{}ON {}{} USING {}", index.unique ? "UNIQUE " : "",
                     operation.concurrently ? "CONCURRENTLY " : "",
                     operation.if_not_exists ? "IF NOT EXISTS " : "",
                     name.absent() ? "" : text_of(name) + " ", index.only ? "ONLY " : "",
                     text_of(operation.table), definition(made));
}

std::string kind_text(migration::ObjectKind kind) {
  switch (kind) {
    case migration::ObjectKind::type:
      return "TYPE";
    case migration::ObjectKind::view:
      return "VIEW";
    case migration::ObjectKind::materialized_view:
      return "MATERIALIZED VIEW";
    case migration::ObjectKind::function:
      return "FUNCTION";
    case migration::ObjectKind::trigger:
      return "TRIGGER";
    case migration::ObjectKind::policy:
      return "POLICY";
    case migration::ObjectKind::rule:
      return "RULE";
    case migration::ObjectKind::sequence:
      return "SEQUENCE";
    case migration::ObjectKind::schema:
      return "SCHEMA";
    case migration::ObjectKind::database:
      return "DATABASE";
    case migration::ObjectKind::extension:
      return "EXTENSION";
    case migration::ObjectKind::statistics:
      return "STATISTICS";
    case migration::ObjectKind::owned:
      return "OWNED BY";
    case migration::ObjectKind::other:
      break;
  }
  return {};
}

// One for each action that makes, changes or drops something.
class Writer {
 public:
  explicit Writer(const Operation& operation) : operation_(operation) {}

  template <class Unwritten>
  std::string operator()(const Unwritten& /*action*/) const {
    return {};
  }

  std::string operator()(const CreateTable& create) const {
    std::vector<std::string> parts;
    std::transform(create.columns.begin(), create.columns.end(), std::back_inserter(parts),
                   column_text);
    std::transform(create.constraints.begin(), create.constraints.end(), std::back_inserter(parts),
                   constraint_text);
    std::string text =
        fmt::format("CREATE {}TABLE {}{} ({})", create.unlogged ? "UNLOGGED " : "", if_not_exists(),
                    text_of(operation_.table), fmt::join(parts, ", "));
    std::vector<std::string> parents;
    for (const TableName& parent : create.inherits) {
      parents.push_back(text_of(parent));
    }
    if (!parents.empty()) {
      text += fmt::format(" INHERITS ({})", fmt::join(parents, ", "));
    }
    if (!create.partition_strategy.empty()) {
      text += fmt::format(" PARTITION BY {} ({})", create.partition_strategy,
                          fmt::join(create.partition_key, ", "));
    }
    return text;
  }
  std::string operator()(const DropTable& /*action*/) const {
    return fmt::format("DROP TABLE {}{}{}", if_exists(), text_of(operation_.table), cascade());
  }
  std::string operator()(const RenameTable& action) const {
    const bool moves = action.to.schema.text != operation_.table.schema.text;
    return alter_table(moves
                           ? "SET SCHEMA " + (action.to.schema.absent() ? std::string("public")
                                                                        : text_of(action.to.schema))
                           : "RENAME TO " + text_of(action.to.name));
  }
  std::string operator()(const AddColumn& action) const {
    return alter_table(fmt::format("ADD COLUMN {}{}", if_not_exists(), column_text(action.column)));
  }
  std::string operator()(const DropColumn& action) const {
    return alter_table(
        fmt::format("DROP COLUMN {}{}{}", if_exists(), text_of(action.column), cascade()));
  }
  std::string operator()(const RenameColumn& action) const {
    return alter_table(
        fmt::format("RENAME COLUMN {} TO {}", text_of(action.column), text_of(action.to)));
  }
  std::string operator()(const ChangeType& action) const {
    std::string text = "TYPE " + type_of(action.type);
    if (!action.collation.empty()) {
      text += " COLLATE " + quote_identifier(action.collation);
    }
    if (!action.using_.empty()) {
      text += " USING " + action.using_;
    }
    return alter_column(action.column, text);
  }
  std::string operator()(const SetNotNull& action) const {
    return alter_column(action.column, "SET NOT NULL");
  }
  std::string operator()(const DropNotNull& action) const {
    return alter_column(action.column, "DROP NOT NULL");
  }
  std::string operator()(const SetDefault& action) const {
    return alter_column(action.column, action.value ? "SET DEFAULT " + default_of(*action.value)
                                                    : std::string("DROP DEFAULT"));
  }
  std::string operator()(const ChangeIdentity& action) const {
    switch (action.change) {
      case IdentityChange::add:
        return alter_column(action.column, "ADD " + identity_of(action.identity, action.options));
      case IdentityChange::set:
        return alter_column(
            action.column,
            fmt::format("SET GENERATED {}",
                        action.identity == Identity::always ? "ALWAYS" : "BY DEFAULT"));
      case IdentityChange::drop:
        break;
    }
    return alter_column(action.column, "DROP IDENTITY");
  }
  std::string operator()(const SetExpression& action) const {
    return alter_column(
        action.column, action.expression ? fmt::format("SET EXPRESSION AS ({})", *action.expression)
                                         : std::string("DROP EXPRESSION"));
  }
  std::string operator()(const SetComment& action) const {
    const std::string comment = action.comment ? sql_literal(*action.comment) : "NULL";
    return action.column.absent()
               ? fmt::format("COMMENT ON TABLE {} IS {}", text_of(operation_.table), comment)
               : fmt::format("COMMENT ON COLUMN {}.{} IS {}", text_of(operation_.table),
                             text_of(action.column), comment);
  }
  std::string operator()(const AddConstraint& action) const {
    return alter_table("ADD " + constraint_text(action.constraint));
  }
  std::string operator()(const DropConstraint& /*action*/) const {
    return alter_table(
        fmt::format("DROP CONSTRAINT {}{}{}", if_exists(), text_of(operation_.object), cascade()));
  }
  std::string operator()(const ValidateConstraint& /*action*/) const {
    return alter_table("VALIDATE CONSTRAINT " + text_of(operation_.object));
  }
  std::string operator()(const RenameConstraint& action) const {
    return alter_table(
        fmt::format("RENAME CONSTRAINT {} TO {}", text_of(operation_.object), text_of(action.to)));
  }
  std::string operator()(const CreateIndex& action) const {
    return index_text(operation_, action.index);
  }
  std::string operator()(const DropIndex& /*action*/) const {
    return fmt::format("DROP INDEX {}{}{}{}", operation_.concurrently ? "CONCURRENTLY " : "",
                       if_exists(), object(), cascade());
  }
  std::string operator()(const RenameIndex& action) const {
    return fmt::format("ALTER INDEX {}{} RENAME TO {}", if_exists(), object(), text_of(action.to));
  }
  std::string operator()(const Reindex& action) const {
    constexpr std::array<std::string_view, 5> kinds{"INDEX", "TABLE", "SCHEMA", "DATABASE",
                                                    "SYSTEM"};
    const bool table = action.kind == ReindexKind::table;
    return fmt::format("REINDEX {} {}{}", kinds[static_cast<std::size_t>(action.kind)],
                       operation_.concurrently ? "CONCURRENTLY " : "",
                       table ? text_of(operation_.table) : object());
  }
  std::string operator()(const AttachPartition& action) const {
    return alter_table(
        fmt::format("ATTACH PARTITION {} {}", text_of(action.partition),
                    action.default_partition ? std::string("DEFAULT") : action.bounds));
  }
  std::string operator()(const DetachPartition& action) const {
    return alter_table(fmt::format("DETACH PARTITION {}{}", text_of(action.partition),
                                   action.finalize           ? " FINALIZE"
                                   : operation_.concurrently ? " CONCURRENTLY"
                                                             : ""));
  }
  std::string operator()(const AttachIndex& action) const {
    return fmt::format("ALTER INDEX {} ATTACH PARTITION {}", object(),
                       text_of(TableName{operation_.table.schema, action.index}));
  }
  std::string operator()(const AlterTable& action) const {
    switch (action.setting) {
      case TableSetting::logged:
        return alter_table("SET LOGGED");
      case TableSetting::unlogged:
        return alter_table("SET UNLOGGED");
      case TableSetting::row_security:
        return alter_table(action.value + " ROW LEVEL SECURITY");
      case TableSetting::inherit:
        return alter_table("INHERIT " + text_of(action.other));
      case TableSetting::no_inherit:
        return alter_table("NO INHERIT " + text_of(action.other));
      default:
        return {};
    }
  }
  std::string operator()(const CreateEnum& action) const {
    std::vector<std::string> labels;
    std::transform(action.type.labels.begin(), action.type.labels.end(), std::back_inserter(labels),
                   sql_literal);
    return fmt::format("CREATE TYPE {} AS ENUM ({})",
                       text_of(TableName{action.type.schema, action.type.name}),
                       fmt::join(labels, ", "));
  }
  std::string operator()(const AddEnumValue& action) const {
    std::string text = fmt::format("ALTER TYPE {} ADD VALUE {}{}", object(), if_not_exists(),
                                   sql_literal(action.label));
    if (!action.neighbour.empty()) {
      text +=
          fmt::format(" {} {}", action.before ? "BEFORE" : "AFTER", sql_literal(action.neighbour));
    }
    return text;
  }
  std::string operator()(const RenameEnumValue& action) const {
    return fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", object(), sql_literal(action.from),
                       sql_literal(action.to));
  }
  std::string operator()(const RenameType& action) const {
    return action.schema.absent()
               ? fmt::format("ALTER TYPE {} RENAME TO {}", object(), text_of(action.to))
               : fmt::format("ALTER TYPE {} SET SCHEMA {}", object(), text_of(action.schema));
  }
  std::string operator()(const RefreshView& action) const {
    return fmt::format("REFRESH MATERIALIZED VIEW {}{}{}",
                       operation_.concurrently ? "CONCURRENTLY " : "", object(),
                       action.with_data ? "" : " WITH NO DATA");
  }
  std::string operator()(const CreateObject& action) const {
    const bool alone = action.kind == migration::ObjectKind::schema ||
                       action.kind == migration::ObjectKind::extension ||
                       action.kind == migration::ObjectKind::sequence;
    return alone ? fmt::format("CREATE {} {}{}", kind_text(action.kind), if_not_exists(), object())
                 : std::string();
  }
  std::string operator()(const DropObject& action) const {
    const std::string kind = kind_text(action.kind);
    if (kind.empty()) {
      return {};
    }
    const bool on_table = action.kind == migration::ObjectKind::trigger ||
                          action.kind == migration::ObjectKind::policy ||
                          action.kind == migration::ObjectKind::rule;
    return on_table ? fmt::format("DROP {} {}{} ON {}{}", kind, if_exists(),
                                  text_of(operation_.object), text_of(operation_.table), cascade())
                    : fmt::format("DROP {} {}{}{}", kind, if_exists(), object(), cascade());
  }

 private:
  [[nodiscard]] std::string object() const {
    return text_of(TableName{operation_.table.schema, operation_.object});
  }
  [[nodiscard]] std::string alter_table(const std::string& change) const {
    return fmt::format("ALTER TABLE {}{} {}", operation_.only ? "ONLY " : "",
                       text_of(operation_.table), change);
  }
  [[nodiscard]] std::string alter_column(const Name& column, const std::string& change) const {
    return alter_table(fmt::format("ALTER COLUMN {} {}", text_of(column), change));
  }
  [[nodiscard]] const char* if_exists() const { return operation_.if_exists ? "IF EXISTS " : ""; }
  [[nodiscard]] const char* if_not_exists() const {
    return operation_.if_not_exists ? "IF NOT EXISTS " : "";
  }
  [[nodiscard]] const char* cascade() const { return operation_.cascade ? " CASCADE" : ""; }

  const Operation& operation_;
};

}  // namespace

std::string sql(const Operation& operation) {
  return std::visit(Writer(operation), operation.action);
}

std::vector<std::string> sql(const Difference& difference) {
  std::vector<std::string> result;
  for (const Operation& operation : difference.operations) {
    if (std::string text = sql(operation); !text.empty()) {
      result.push_back(std::move(text));
    }
  }
  result.insert(result.end(), difference.statements.begin(), difference.statements.end());
  return result;
}

}  // namespace gauger::catalog
