#include "effect/lookup.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/whereabouts.hpp"
#include "effect/type_name.hpp"
#include "sql/expression_tree.hpp"

namespace gauger::effect {
namespace {

std::string_view schema_of(const catalog::QualifiedName& name) {
  return name.schema == "public" ? std::string_view() : std::string_view(name.schema);
}

// A map is looked up by the name, then by the same name with the other spelling of "public".
template <class Map>
const typename Map::mapped_type* find_in(const Map& map, const catalog::QualifiedName& name) {
  auto found = map.find(name);
  if (found == map.end() && schema_of(name).empty()) {
    found = map.find({.schema = name.schema.empty() ? "public" : "", .name = name.name});
  }
  return found == map.end() ? nullptr : &found->second;
}

std::string unquoted(std::string_view name) {
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  return std::string(name);
}

catalog::QualifiedName split(std::string_view type) {
  const std::string base = parse_type(type).base;
  bool quoted = false;
  for (std::size_t i = 0; i < base.size(); ++i) {
    quoted = quoted != (base[i] == '"');
    if (base[i] == '.' && !quoted) {
      return {.schema = unquoted(std::string_view(base).substr(0, i)),
              .name = unquoted(std::string_view(base).substr(i + 1))};
    }
  }
  return {.schema = {}, .name = unquoted(base)};
}

Use read(const base::Result<sql::ExpressionTree>& tree, std::string_view column) {
  if (!tree || sql::reads_column(*tree, migration::hole_name)) {
    return Use::unknown;
  }
  return sql::reads_column(*tree, column) ? Use::yes : Use::no;
}

}  // namespace

bool contains(const std::vector<std::string>& columns, std::string_view column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

catalog::QualifiedName type_name(const migration::Operation& operation) {
  return {.schema = operation.table.schema.text, .name = operation.object.text};
}

bool same_object(const catalog::QualifiedName& left, const catalog::QualifiedName& right) {
  return left.name == right.name && schema_of(left) == schema_of(right);
}

const catalog::Table* find_table(const catalog::Catalog& catalog,
                                 const catalog::QualifiedName& name) {
  return find_in(catalog.tables, name);
}

const catalog::View* find_view(const catalog::Catalog& catalog,
                               const catalog::QualifiedName& name) {
  return find_in(catalog.views, name);
}

catalog::QualifiedName resolve(const catalog::Catalog& catalog, const migration::TableName& name) {
  catalog::QualifiedName written{.schema = name.schema.text, .name = name.name.text};
  if (const auto* table = find_table(catalog, written)) {
    return table->name;
  }
  if (const auto* view = find_view(catalog, written)) {
    return view->name;
  }
  return written;
}

const catalog::Domain* find_domain(const catalog::Catalog& catalog, std::string_view type) {
  return find_in(catalog.domains, split(type));
}

const catalog::Enum* find_enum(const catalog::Catalog& catalog, std::string_view type) {
  return find_in(catalog.enums, split(type));
}

IndexPlace find_index(const catalog::Catalog& catalog, const catalog::QualifiedName& name,
                      const migration::TableName& likely) {
  const auto matches = [&](const catalog::QualifiedName& owner) {
    return name.schema.empty() || schema_of(owner) == schema_of(name);
  };
  if (name.name.empty()) {
    return {};
  }
  if (const catalog::Table* table = likely.name.absent() ? nullptr : catalog.find_table(likely)) {
    const auto* index = table->find_index(name.name);
    if (index != nullptr && matches(table->name)) {
      return {.index = index, .table = table};
    }
  }
  for (const catalog::Table* table : catalog::tables_with_index(catalog, name.name)) {
    const auto* index = table->find_index(name.name);
    if (index != nullptr && matches(table->name)) {
      return {.index = index, .table = table};
    }
  }
  for (const auto& [key, view] : catalog.views) {
    for (const auto& index : view.indexes) {
      if (index.name == name.name && matches(view.name)) {
        return {.index = &index, .view = &view};
      }
    }
  }
  return {};
}

std::vector<const catalog::Table*> family(const catalog::Catalog& catalog,
                                          const catalog::Table& table, Scope scope) {
  std::vector<const catalog::Table*> members = {&table};
  if (scope == Scope::only) {
    return members;
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    const catalog::QualifiedName parent = members[i]->name;
    const auto descends = [&](const catalog::Table& each) {
      return same_object(each.partition_of, parent) ||
             std::any_of(each.inherits.begin(), each.inherits.end(),
                         [&](const auto& name) { return same_object(name, parent); });
    };
    for (const catalog::Table* each : catalog::children(catalog, parent.name)) {
      if (descends(*each) && std::find(members.begin(), members.end(), each) == members.end()) {
        members.push_back(each);
      }
    }
  }
  return members;
}

bool is_partitioned(const catalog::Table& table) { return !table.partition_strategy.empty(); }

const catalog::Table* default_partition(const catalog::Catalog& catalog,
                                        const catalog::Table& parent) {
  for (const catalog::Table* table : catalog::children(catalog, parent.name.name)) {
    if (table->default_partition && same_object(table->partition_of, parent.name)) {
      return table;
    }
  }
  return nullptr;
}

bool needs_key(const catalog::Constraint& foreign_key, const catalog::Constraint& key) {
  const auto& columns = foreign_key.referenced_columns;
  return columns.empty() ? key.kind == catalog::ConstraintKind::primary_key
                         : std::is_permutation(columns.begin(), columns.end(), key.columns.begin(),
                                               key.columns.end());
}

std::vector<ForeignKey> references_to(const catalog::Catalog& catalog,
                                      const catalog::Table& table) {
  std::vector<ForeignKey> result;
  for (const catalog::Table* each : catalog::referencing(catalog, table.name.name)) {
    for (const auto& constraint : each->constraints) {
      if (constraint.kind == catalog::ConstraintKind::foreign_key &&
          same_object(constraint.referenced, table.name)) {
        result.push_back({.table = each, .constraint = &constraint});
      }
    }
  }
  return result;
}

std::vector<TableColumn> columns_of_type(const catalog::Catalog& catalog,
                                         const catalog::QualifiedName& type) {
  std::vector<catalog::QualifiedName> types = {type};
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (const auto& [key, domain] : catalog.domains) {
      if (same_object(split(domain.type), types[i]) &&
          std::find(types.begin(), types.end(), domain.name) == types.end()) {
        types.push_back(domain.name);
      }
    }
  }
  std::vector<TableColumn> result;
  for (const auto& [key, table] : catalog.tables) {
    for (const auto& column : table.columns) {
      const catalog::QualifiedName name = split(column.type);
      if (std::any_of(types.begin(), types.end(),
                      [&](const auto& each) { return same_object(each, name); })) {
        result.push_back({.table = &table, .column = &column});
      }
    }
  }
  return result;
}

std::vector<const catalog::View*> views_on(const catalog::Catalog& catalog,
                                           const catalog::QualifiedName& relation) {
  std::vector<const catalog::View*> result;
  std::vector<catalog::QualifiedName> pending = {relation};
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const catalog::QualifiedName name = pending[i];
    for (const auto& [key, view] : catalog.views) {
      const bool reads = std::any_of(view.reads.begin(), view.reads.end(),
                                     [&](const auto& each) { return same_object(each, name); });
      if (reads && std::find(result.begin(), result.end(), &view) == result.end()) {
        result.push_back(&view);
        pending.push_back(view.name);
      }
    }
  }
  return result;
}

Use uses_column(std::string_view expression, std::string_view column) {
  return expression.empty() ? Use::unknown : read(sql::parse_expression_tree(expression), column);
}

std::vector<std::string> guards_of(const catalog::Table& table, std::string_view column) {
  std::vector<std::string> result;
  for (const auto& [name, columns] : table.trigger_columns) {
    if (contains(table.triggers, name) && contains(columns, column)) {
      result.push_back("trigger " + name);
    }
  }
  for (const auto& [name, columns] : table.policy_columns) {
    if (contains(table.policies, name) && contains(columns, column)) {
      result.push_back("policy " + name);
    }
  }
  return result;
}

bool is_computed_from(const catalog::Column& generated, std::string_view column) {
  return !generated.generated.empty() && generated.certainty == catalog::Certainty::certain &&
         generated.name != column && uses_column(generated.generated, column) == Use::yes;
}

Use uses_column(const catalog::Catalog& catalog, const catalog::View& view,
                const catalog::QualifiedName& table, std::string_view column) {
  const bool direct = std::any_of(view.reads.begin(), view.reads.end(),
                                  [&](const auto& each) { return same_object(each, table); });
  if (!direct) {
    return Use::no;
  }
  if (view.definition.empty()) {
    return Use::unknown;
  }
  const Use use = read(sql::parse_query_tree(view.definition), column);
  // A column of that name may be another's.
  const bool alone = std::all_of(view.reads.begin(), view.reads.end(), [&](const auto& each) {
    const auto* other = find_table(catalog, each);
    return same_object(each, table) ||
           (other != nullptr && other->columns_known && other->find_column(column) == nullptr);
  });
  return use == Use::yes && !alone ? Use::unknown : use;
}

IndexUse uses_column(const catalog::Index& index, std::string_view column) {
  IndexUse use;
  const auto join = [&](Use other) { use.expression = std::max(use.expression, other); };
  for (const auto& key : index.keys) {
    if (key.column.empty()) {
      join(uses_column(key.expression, column));
    } else if (key.column == column) {
      use.plain = true;
    }
  }
  use.plain = use.plain || std::find(index.included.begin(), index.included.end(), column) !=
                               index.included.end();
  if (!index.predicate.empty()) {
    join(uses_column(index.predicate, column));
  }
  if (!index.keys_known && use.expression == Use::no) {
    use.expression = Use::unknown;
  }
  return use;
}

}  // namespace gauger::effect
