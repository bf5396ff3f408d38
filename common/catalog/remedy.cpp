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

// "timestamp(3) without time zone" -> "timestamp without time zone"
std::string without_modifiers(std::string type) {
  const std::size_t begin = type.find('(');
  const std::size_t end = type.find(')');
  return end == std::string::npos || begin > end ? type : type.erase(begin, end - begin + 1);
}

}  // namespace

std::string alter(std::string_view what, const QualifiedName& name, std::string_view change) {
  return fmt::format("ALTER {} {} {}", what, sql_name(name), change);
}

bool converts_by_itself(const std::string& from, const std::string& to) {
  constexpr std::string_view families[] = {
      "|text|character varying|character|",
      "|smallint|integer|bigint|numeric|real|double precision|",
      "|date|timestamp without time zone|timestamp with time zone|",
      "|time without time zone|time with time zone|",
      "|json|jsonb|",
      "|bit|bit varying|",
      "|inet|cidr|",
  };
  if (from.ends_with("[]") || to.ends_with("[]")) {
    return from.ends_with("[]") && to.ends_with("[]") &&
           converts_by_itself(from.substr(0, from.size() - 2), to.substr(0, to.size() - 2));
  }
  const std::string before = without_modifiers(from);
  const std::string after = without_modifiers(to);
  return before == after ||
         std::any_of(std::begin(families), std::end(families), [&](std::string_view family) {
           return family.find('|' + before + '|') != std::string_view::npos &&
                  family.find('|' + after + '|') != std::string_view::npos;
         });
}

Operation set_default(const QualifiedName& table, const Column& column) {
  migration::SetDefault set{.column = known_name(column.name)};
  if (column.default_) {
    set.value = migration::Default{migration::DefaultKind::expression, *column.default_};
  }
  return on_table(table, std::move(set));
}

Remedy remake(const QualifiedName& table, const Column& column) {
  Remedy remedy = one(on_table(table, migration::DropColumn{known_name(column.name)}));
  std::vector<Operation> made = creation(table, column);
  std::move(made.begin(), made.end(), std::back_inserter(remedy.operations));
  return remedy;
}

Remedy change_column(const QualifiedName& table, const Column& from, const Column& to,
                     std::string_view property, std::string cast) {
  const migration::Name name = known_name(from.name);
  if (property == "type") {
    if (!to.generated.empty()) {
      return from.generated.empty() ? Remedy{} : remake(table, to);
    }
    Remedy remedy =
        one(on_table(table, migration::ChangeType{.column = name,
                                                  .type = {.text = to.type, .written = to.type},
                                                  .using_ = std::move(cast)}));
    if (from.default_ && !converts_by_itself(from.type, to.type)) {
      remedy.operations.insert(remedy.operations.begin(),
                               on_table(table, migration::SetDefault{.column = name}));
      if (from.default_ == to.default_) {
        remedy.operations.push_back(set_default(table, to));
      }
    }
    return remedy;
  }
  if (property == "nullability") {
    return to.nullable.value_or(true) ? one(on_table(table, migration::DropNotNull{name}))
                                      : one(on_table(table, migration::SetNotNull{.column = name}));
  }
  if (property == "default") {
    return one(set_default(table, to));
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
    if (to.generated.empty() && !from.generated_virtual) {
      return one(on_table(table, migration::SetExpression{.column = name}));
    }
    // With a change of the type, it is that one's.
    return !from.generated.empty() && from.type != to.type ? Remedy{} : remake(table, to);
  }
  if (property == "collation") {
    return one(on_table(
        table, migration::ChangeType{.column = name,
                                     .type = {.text = to.type, .written = to.type},
                                     .collation = to.collation.empty() ? std::string("default")
                                                                       : to.collation.text()}));
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

Remedy change_view(const View& from, const View& to, std::string_view property) {
  if (property == "contents") {
    return one(on_object(to.name, migration::RefreshView{.with_data = to.populated}));
  }
  if (property == "reads" || (property == "definition" && from.materialized != to.materialized)) {
    return {};
  }
  return {.operations = {drop_of(from)}, .statements = creation_of(to)};
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
