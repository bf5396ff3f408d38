#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

using migration::Operation;

Remedy one(Operation operation) { return {.operations = {std::move(operation)}}; }
Remedy sql(std::string statement) { return {.statements = {std::move(statement)}}; }

std::string alter(std::string_view what, const QualifiedName& name, std::string_view change) {
  return fmt::format("ALTER {} {} {}", what, sql_name(name), change);
}

constexpr std::string_view option_names[] = {"INCREMENT BY", "MINVALUE", "MAXVALUE",
                                             "START WITH",   "CACHE",    "CYCLE"};

// "CACHE 5", and where a list lacks it the default: "CACHE 1", "NO CYCLE".
std::string option_of(const std::string& options, std::string_view name) {
  for (const SequenceOption& option : sequence_options(options)) {
    if (option.name == name) {
      return fmt::format("{}{}{}", name, option.value.empty() ? "" : " ", option.value);
    }
  }
  if (name == "INCREMENT BY" || name == "CACHE") {
    return fmt::format("{} 1", name);
  }
  if (name != "START WITH") {
    return fmt::format("NO {}", name);
  }
  const bool descends = option_of(options, "INCREMENT BY").find('-') != std::string::npos;
  const std::string limit = option_of(options, descends ? "MAXVALUE" : "MINVALUE");
  return fmt::format("START WITH {}", !limit.starts_with("NO ") ? limit.substr(limit.rfind(' ') + 1)
                                      : descends                ? "-1"
                                                                : "1");
}

std::vector<std::string> changed_options(const std::string& from, const std::string& to) {
  std::vector<std::string> changed;
  for (const std::string_view name : option_names) {
    if (std::string option = option_of(to, name); option != option_of(from, name)) {
      changed.push_back(std::move(option));
    }
  }
  return changed;
}

Remedy change_identity(const QualifiedName& table, const Column& from, const Column& to) {
  migration::ChangeIdentity change{
      .column = known_name(from.name), .identity = to.identity, .options = to.identity_options};
  change.change = from.identity == Identity::none ? migration::IdentityChange::add
                  : to.identity == Identity::none ? migration::IdentityChange::drop
                                                  : migration::IdentityChange::set;
  Remedy remedy = one(on_table(table, std::move(change)));
  if (from.identity == Identity::none) {
    remedy.statements.push_back(catch_up(table, from.name, to.identity_options));
  }
  return remedy;
}

Remedy change_identity_options(const QualifiedName& table, const Column& from, const Column& to) {
  std::string change = fmt::format("ALTER COLUMN {}", quote_identifier(from.name));
  for (const std::string& option : changed_options(from.identity_options, to.identity_options)) {
    change += " SET " + option;
  }
  return sql(alter("TABLE", table, change));
}

// Where the labels that both have are in one order, and the left side has no other: the new ones,
// each with its neighbour.
bool only_grows(const Enum& from, const Enum& to) {
  auto at = to.labels.begin();
  for (const std::string& label : from.labels) {
    at = std::find(at, to.labels.end(), label);
    if (at == to.labels.end()) {
      return false;
    }
    ++at;
  }
  return true;
}

void swap_type(const Enum& from, const Enum& to, const Catalog& catalog, Remedy& remedy) {
  const QualifiedName old{from.name.schema, clipped(from.name.name, max_name_size - 4) + "_old"};
  remedy.operations.push_back(
      on_object(from.name, migration::RenameType{known_name(old.name), {}}));
  remedy.operations.push_back(on_object(to.name, migration::CreateEnum{enum_type(to)}));
  const std::string type = type_text(to.name);
  for (const auto& [name, table] : catalog.tables) {
    for (const Column& column : table.columns) {
      const bool array = column.type == type + "[]";
      if (column.type != type && !array) {
        continue;
      }
      if (column.default_) {
        remedy.operations.push_back(
            on_table(name, migration::SetDefault{.column = known_name(column.name)}));
      }
      remedy.operations.push_back(
          on_table(name, migration::ChangeType{
                             .column = known_name(column.name),
                             .type = {.text = column.type, .written = column.type},
                             .using_ = fmt::format("{}::text{}::{}", quote_identifier(column.name),
                                                   array ? "[]" : "", column.type)}));
      if (column.default_) {
        remedy.operations.push_back(on_table(
            name,
            migration::SetDefault{.column = known_name(column.name),
                                  .value = migration::Default{migration::DefaultKind::expression,
                                                              *column.default_}}));
      }
    }
  }
  remedy.operations.push_back(on_object(old, migration::DropObject{migration::ObjectKind::type}));
}

}  // namespace

Remedy change_column(const QualifiedName& table, const Column& from, const Column& to,
                     std::string_view property, std::string cast) {
  const migration::Name name = known_name(from.name);
  if (property == "type") {
    return one(on_table(table, migration::ChangeType{.column = name,
                                                     .type = {.text = to.type, .written = to.type},
                                                     .using_ = std::move(cast)}));
  }
  if (property == "nullability") {
    return to.nullable.value_or(true) ? one(on_table(table, migration::DropNotNull{name}))
                                      : one(on_table(table, migration::SetNotNull{.column = name}));
  }
  if (property == "default") {
    migration::SetDefault set{.column = name};
    if (to.default_) {
      set.value = migration::Default{migration::DefaultKind::expression, *to.default_};
    }
    return one(on_table(table, std::move(set)));
  }
  if (property == "identity") {
    return change_identity(table, from, to);
  }
  if (property == "identity options") {
    // With a change of the kind, it is that one's.
    return from.identity == Identity::none || to.identity == Identity::none
               ? Remedy{}
               : change_identity_options(table, from, to);
  }
  if (property == "generation") {
    return {.operations = {on_table(table, migration::DropColumn{name}),
                           on_table(table, migration::AddColumn{to_column(to)})}};
  }
  if (property == "collation") {
    return sql(alter(
        "TABLE", table,
        fmt::format("ALTER COLUMN {} TYPE {} COLLATE {}", quote_identifier(from.name), to.type,
                    to.collation.empty() ? "\"default\"" : quote_identifier(to.collation))));
  }
  migration::SetComment comment{.column = name};
  if (!to.comment.empty()) {
    comment.comment = to.comment;
  }
  return one(on_table(table, std::move(comment)));
}

Remedy change_constraint(const QualifiedName& table, const Constraint& from, const Constraint& to,
                         std::string_view property) {
  if (property == "inheritance") {
    return {};
  }
  if (property == "validity" && to.valid) {
    return one(on_table(table, migration::ValidateConstraint{}, from.name));
  }
  return {.operations = {on_table(table, migration::DropConstraint{from.kind}, from.name),
                         creation(table, to)}};
}

Remedy change_index(const QualifiedName& relation, const Index& from, const Index& to,
                    std::string_view property) {
  if (property == "inheritance" || property == "owner" || !from.constraint.empty()) {
    return {};
  }
  if (property == "validity") {
    return to.valid ? one(on_object({relation.schema, from.name},
                                    migration::Reindex{migration::ReindexKind::index}))
                    : Remedy{};
  }
  return {.operations = {on_table(relation, migration::DropIndex{}, from.name),
                         creation(relation, to)}};
}

Remedy change_table(const Table& from, const Table& to, std::string_view property) {
  using migration::AlterTable;
  using migration::TableSetting;
  if (property == "persistence") {
    return one(on_table(to.name, AlterTable{.setting = to.unlogged ? TableSetting::unlogged
                                                                   : TableSetting::logged}));
  }
  if (property == "row security") {
    return one(on_table(to.name, AlterTable{.setting = TableSetting::row_security,
                                            .value = to.row_security ? "ENABLE" : "DISABLE"}));
  }
  if (property == "forced row security") {
    return one(
        on_table(to.name, AlterTable{.setting = TableSetting::row_security,
                                     .value = to.row_security_forced ? "FORCE" : "NO FORCE"}));
  }
  if (property == "comment") {
    migration::SetComment comment;
    if (!to.comment.empty()) {
      comment.comment = to.comment;
    }
    return one(on_table(to.name, std::move(comment)));
  }
  if (property == "parents") {
    Remedy remedy;
    for (const auto& [parents, others, setting] :
         {std::tuple(&from.inherits, &to.inherits, TableSetting::no_inherit),
          std::tuple(&to.inherits, &from.inherits, TableSetting::inherit)}) {
      for (const QualifiedName& parent : *parents) {
        if (std::find(others->begin(), others->end(), parent) == others->end()) {
          remedy.operations.push_back(
              on_table(to.name, AlterTable{.setting = setting, .other = table_name(parent)}));
        }
      }
    }
    return remedy;
  }
  if (property == "partition of" || property == "bounds") {
    // One of the two properties says it for both.
    if (property == "bounds" && from.partition_of != to.partition_of) {
      return {};
    }
    Remedy remedy;
    if (!from.partition_of.name.empty()) {
      remedy.statements.push_back(
          alter("TABLE", from.partition_of, "DETACH PARTITION " + sql_name(to.name)));
    }
    if (!to.partition_of.name.empty()) {
      remedy.statements.push_back(
          alter("TABLE", to.partition_of,
                fmt::format("ATTACH PARTITION {} {}", sql_name(to.name), to.partition_bounds)));
    }
    return remedy;
  }
  return {};
}

Remedy change_domain(const Domain& from, const Domain& to, std::string_view property) {
  if (property == "nullability") {
    return sql(alter("DOMAIN", to.name, to.not_null ? "SET NOT NULL" : "DROP NOT NULL"));
  }
  if (property == "default") {
    return sql(
        alter("DOMAIN", to.name, to.default_ ? "SET DEFAULT " + *to.default_ : "DROP DEFAULT"));
  }
  Remedy remedy;
  if (property == "checks") {
    const auto has = [](const Domain& domain, const Constraint& check) {
      return std::any_of(domain.checks.begin(), domain.checks.end(), [&](const Constraint& other) {
        return other.name == check.name && other.valid == check.valid &&
               comparable_definition(other, Compare::everything) ==
                   comparable_definition(check, Compare::everything);
      });
    };
    for (const Constraint& check : from.checks) {
      if (!has(to, check)) {
        remedy.statements.push_back(
            alter("DOMAIN", to.name, "DROP CONSTRAINT " + quote_identifier(check.name)));
      }
    }
    for (const Constraint& check : to.checks) {
      if (!has(from, check)) {
        remedy.statements.push_back(
            alter("DOMAIN", to.name,
                  fmt::format("ADD CONSTRAINT {} {}{}", quote_identifier(check.name),
                              definition(check), check.valid ? "" : " NOT VALID")));
      }
    }
  }
  return remedy;
}

std::string catch_up(const QualifiedName& table, const std::string& column,
                     const std::string& options) {
  const bool descends = option_of(options, "INCREMENT BY").find('-') != std::string::npos;
  const std::string last =
      fmt::format("{}({})", descends ? "min" : "max", quote_identifier(column));
  const std::string start = option_of(options, "START WITH");
  return fmt::format("SELECT setval(pg_get_serial_sequence({}, {}), {}) FROM {} HAVING {} {} {}",
                     sql_literal(sql_name(table)), sql_literal(column), last, sql_name(table), last,
                     descends ? "<=" : ">=", start.substr(start.rfind(' ') + 1));
}

Remedy change_sequence(const Sequence& from, const Sequence& to, std::string_view property) {
  if (property == "owner") {
    return sql(alter(
        "SEQUENCE", to.name,
        fmt::format("OWNED BY {}", to.owner.name.empty() ? "NONE"
                                                         : sql_name(to.owner) + "." +
                                                               quote_identifier(to.owner_column))));
  }
  if (property == "type") {
    return sql(alter("SEQUENCE", to.name, "AS " + to.type));
  }
  return sql(
      alter("SEQUENCE", to.name,
            fmt::format("{}", fmt::join(changed_options(from.options, to.options), " "))));
}

Remedy change_view(const View& from, const View& to, std::string_view property) {
  if (property == "contents") {
    return one(on_object(to.name, migration::RefreshView{.with_data = to.populated}));
  }
  if (property == "reads" || (property == "definition" && from.materialized != to.materialized)) {
    return {};
  }
  return {.operations = {drop_of(from)}, .statements = creation_of(to)};
}

Remedy relabel(const Enum& from, const Enum& to, const Catalog& catalog) {
  Remedy remedy;
  if (!only_grows(from, to)) {
    swap_type(from, to, catalog, remedy);
    return remedy;
  }
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    const std::string& label = to.labels[i];
    if (std::find(from.labels.begin(), from.labels.end(), label) != from.labels.end()) {
      continue;
    }
    migration::AddEnumValue add{.label = label};
    if (i > 0) {
      add.neighbour = to.labels[i - 1];
    } else if (!from.labels.empty()) {
      add.neighbour = from.labels.front();
      add.before = true;
    }
    remedy.operations.push_back(on_object(from.name, std::move(add)));
  }
  return remedy;
}

migration::EnumType enum_type(const Enum& type) {
  return {.name = known_name(type.name.name),
          .schema = table_name(type.name).schema,
          .labels = type.labels,
          .labels_known = type.labels_known};
}

Remedy creation_of(const Domain& domain) {
  std::string text = fmt::format("CREATE DOMAIN {} AS {}", sql_name(domain.name), domain.type);
  if (!domain.collation.empty()) {
    text += fmt::format(" COLLATE {}", quote_identifier(domain.collation));
  }
  if (domain.default_) {
    text += fmt::format(" DEFAULT {}", *domain.default_);
  }
  text += domain.not_null ? " NOT NULL" : "";
  Remedy remedy = sql(std::move(text));
  for (const Constraint& check : domain.checks) {
    remedy.statements.push_back(
        alter("DOMAIN", domain.name,
              fmt::format("ADD CONSTRAINT {} {}{}", quote_identifier(check.name), definition(check),
                          check.valid ? "" : " NOT VALID")));
  }
  return remedy;
}

std::string creation_of(const Sequence& sequence) {
  return fmt::format("CREATE SEQUENCE {} AS {}{}{}", sql_name(sequence.name), sequence.type,
                     sequence.options.empty() ? "" : " ", sequence.options);
}

std::vector<std::string> creation_of(const View& view) {
  std::string definition = view.definition;
  while (definition.ends_with(';') || definition.ends_with('\n')) {
    definition.pop_back();
  }
  std::vector<std::string> result{
      fmt::format("CREATE {} {} AS{}{}{}", view.materialized ? "MATERIALIZED VIEW" : "VIEW",
                  sql_name(view.name), definition.starts_with(' ') ? "" : " ", definition,
                  view.materialized && !view.populated ? " WITH NO DATA" : "")};
  for (const Index& index : view.indexes) {
    result.push_back(create_index_sql(view.name, index));
  }
  return result;
}

Operation drop_of(const View& view) {
  return on_object(
      view.name, migration::DropObject{view.materialized ? migration::ObjectKind::materialized_view
                                                         : migration::ObjectKind::view});
}

std::vector<std::string> attached_creation(ObjectKind object, const QualifiedName& table,
                                           const std::string& name, const std::string& definition) {
  if (object == ObjectKind::policy) {
    return {fmt::format("CREATE POLICY {} ON {} {}", quote_identifier(name), sql_name(table),
                        definition)};
  }
  // "CREATE TRIGGER … (disabled)": see the reader.
  constexpr std::pair<std::string_view, std::string_view> states[] = {
      {" (disabled)", "DISABLE TRIGGER"},
      {" (replica)", "ENABLE REPLICA TRIGGER"},
      {" (always)", "ENABLE ALWAYS TRIGGER"},
  };
  for (const auto& [suffix, change] : states) {
    if (definition.ends_with(suffix)) {
      return {definition.substr(0, definition.size() - suffix.size()),
              alter("TABLE", table, fmt::format("{} {}", change, quote_identifier(name)))};
    }
  }
  return {definition};
}

std::vector<std::string> more_of(const Table& table) {
  std::vector<std::string> result;
  if (table.row_security) {
    result.push_back(alter("TABLE", table.name, "ENABLE ROW LEVEL SECURITY"));
  }
  if (table.row_security_forced) {
    result.push_back(alter("TABLE", table.name, "FORCE ROW LEVEL SECURITY"));
  }
  for (const auto& [object, names, definitions] :
       {std::tuple(ObjectKind::trigger, &table.triggers, &table.trigger_definitions),
        std::tuple(ObjectKind::policy, &table.policies, &table.policy_definitions)}) {
    for (std::size_t i = 0; i < std::min(names->size(), definitions->size()); ++i) {
      std::vector<std::string> made =
          attached_creation(object, table.name, (*names)[i], (*definitions)[i]);
      std::move(made.begin(), made.end(), std::back_inserter(result));
    }
  }
  return result;
}

}  // namespace gauger::catalog
