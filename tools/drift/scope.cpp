#include "tools/drift/scope.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/glob.hpp"
#include "live/workshop.hpp"

namespace gauger::tools {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Index;
using catalog::QualifiedName;
using catalog::Table;

constexpr std::string_view seed_table = "seed_versions";

// The project's: the default schema, those of its models, and between databases those of the right
// side, which its migrations have made.
std::set<std::string> own_schemas(const Scope& scope, const Catalog& right) {
  std::set<std::string> schemas{"public"};
  for (const alembic::SchemaName& table : scope.settings.tables) {
    schemas.insert(live::qualified(table).schema);
  }
  if (scope.comparison == Comparison::between_databases) {
    schemas.insert(right.schemas.begin(), right.schemas.end());
  }
  return schemas;
}

bool is_bookkeeping(const QualifiedName& name, const Scope& scope) {
  return name.name == seed_table || name == live::qualified(scope.settings.version_table);
}

bool is_ignored(const QualifiedName& name, const Scope& scope) {
  return std::any_of(scope.ignored_tables.begin(), scope.ignored_tables.end(),
                     [&](const std::string& glob) {
                       return base::glob_match(glob, display(name)) ||
                              base::glob_match(glob, name.schema + "." + name.name);
                     });
}

// Partitions are made by migrations and by jobs; models have the partitioned table.
bool is_unmodelled_partition(const Table& table, const Scope& scope) {
  return scope.comparison == Comparison::with_models && !table.partition_of.name.empty() &&
         !contains(scope.settings.tables, table.name);
}

std::string_view filter_kind(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::unique:
      return "unique_constraint";
    case ConstraintKind::foreign_key:
      return "foreign_key_constraint";
    default:
      return {};  // autogenerate does not ask for these
  }
}

// By type names as columns have them, without "[]".
std::set<std::string> types_of(const std::map<QualifiedName, Table>& tables) {
  std::set<std::string> types;
  for (const auto& [name, table] : tables) {
    for (const Column& column : table.columns) {
      types.insert(column.type.substr(0, column.type.find('[')));
    }
  }
  return types;
}

std::string type_text(const QualifiedName& name) { return display(name); }

class Restriction {
 public:
  Restriction(const Scope& scope, const std::vector<alembic::Excluded>& excluded,
              std::set<std::string> schemas)
      : scope_(scope), excluded_(excluded), schemas_(std::move(schemas)) {}

  void apply(Catalog& catalog) const {
    remove_tables(catalog);
    if (!scope_.settings.include_schemas) {
      const auto foreign = [&](const auto& entry) {
        return !schemas_.contains(entry.first.schema);
      };
      std::erase_if(catalog.enums, foreign);
      std::erase_if(catalog.domains, foreign);
      std::erase_if(catalog.sequences, foreign);
      std::erase_if(catalog.views, foreign);
      std::erase_if(catalog.functions, [&](const catalog::Function& function) {
        return !schemas_.contains(function.name.schema);
      });
      std::erase_if(catalog.schemas,
                    [&](const std::string& schema) { return !schemas_.contains(schema); });
    }
    if (scope_.comparison == Comparison::with_models) {
      keep_what_models_express(catalog);
    }
  }

 private:
  [[nodiscard]] bool leaves_out(const Table& table) const {
    return is_bookkeeping(table.name, scope_) || is_ignored(table.name, scope_) ||
           is_unmodelled_partition(table, scope_) || is_excluded(table.name, {}, {}) ||
           (!scope_.settings.include_schemas && !schemas_.contains(table.name.schema));
  }

  // An empty kind: the table as a whole.
  [[nodiscard]] bool is_excluded(const QualifiedName& table, std::string_view kind,
                                 const std::string& name) const {
    return std::any_of(excluded_.begin(), excluded_.end(), [&](const alembic::Excluded& each) {
      return each.schema == table.schema && each.table == table.name &&
             (kind.empty() ? !each.part
                           : each.part && each.part->kind == kind && each.part->name == name);
    });
  }

  void remove_tables(Catalog& catalog) const {
    const std::set<std::string> before = types_of(catalog.tables);
    std::set<QualifiedName> removed;
    for (const auto& [name, table] : catalog.tables) {
      if (leaves_out(table)) {
        removed.insert(name);
      }
    }
    for (const QualifiedName& name : removed) {
      catalog.tables.erase(name);
    }
    std::erase_if(catalog.sequences,
                  [&](const auto& entry) { return removed.contains(entry.second.owner); });
    const std::set<std::string> after = types_of(catalog.tables);
    const auto is_orphan = [&](const auto& entry) {
      const std::string text = type_text(entry.first);
      return before.contains(text) && !after.contains(text);
    };
    std::erase_if(catalog.enums, is_orphan);
    std::erase_if(catalog.domains, is_orphan);
    for (auto& [name, table] : catalog.tables) {
      remove_parts(table);
    }
  }

  void remove_parts(Table& table) const {
    std::erase_if(table.columns, [&](const Column& column) {
      return is_excluded(table.name, "column", column.name);
    });
    std::erase_if(table.indexes, [&](const Index& index) {
      return is_excluded(table.name, "index", index.name) ||
             is_excluded(table.name, "unique_constraint", index.constraint);
    });
    std::erase_if(table.constraints, [&](const Constraint& constraint) {
      const std::string_view kind = filter_kind(constraint.kind);
      return !kind.empty() && is_excluded(table.name, kind, constraint.name);
    });
  }

  void keep_what_models_express(Catalog& catalog) const {
    catalog.functions.clear();
    catalog.schemas.clear();
    catalog.extensions.clear();
    std::erase_if(catalog.domains,
                  [&](const auto& entry) { return !contains(scope_.settings.types, entry.first); });
    for (auto& [name, table] : catalog.tables) {
      table.row_security = table.row_security_forced = false;
    }
  }

  const Scope& scope_;
  const std::vector<alembic::Excluded>& excluded_;
  std::set<std::string> schemas_;
};

// What models do not have is as it is, and known to what changes a column that it reads.
void keep_as_it_is(Catalog& left, Catalog& right) {
  right.views = left.views;
  for (auto& [name, table] : left.tables) {
    const auto other = right.tables.find(name);
    if (other == right.tables.end()) {
      table.triggers.clear();
      table.policies.clear();
    } else {
      other->second.triggers = table.triggers;
      other->second.trigger_definitions = table.trigger_definitions;
      other->second.policies = table.policies;
      other->second.policy_definitions = table.policy_definitions;
    }
  }
}

// The sequence that a column owns, if its default takes the next value from it.
const catalog::Sequence* serial_sequence(const Catalog& catalog, const Table& table,
                                         const Column& column) {
  if (!column.default_ || !column.default_->starts_with("nextval('")) {
    return nullptr;
  }
  for (const auto& [name, sequence] : catalog.sequences) {
    if (sequence.owner == table.name && sequence.owner_column == column.name) {
      return &sequence;
    }
  }
  return nullptr;
}

void align_serial_sequences(Catalog& left, const Catalog& right) {
  for (auto& [name, table] : left.tables) {
    const auto other = right.tables.find(name);
    if (other == right.tables.end()) {
      continue;
    }
    for (Column& column : table.columns) {
      const Column* same = other->second.find_column(column.name);
      const catalog::Sequence* from = serial_sequence(left, table, column);
      const catalog::Sequence* to =
          same == nullptr ? nullptr : serial_sequence(right, other->second, *same);
      if (from == nullptr || to == nullptr || from->name == to->name ||
          left.sequences.contains(to->name)) {
        continue;
      }
      auto node = left.sequences.extract(from->name);
      node.key() = node.mapped().name = to->name;
      left.sequences.insert(std::move(node));
      column.default_ = same->default_;
    }
  }
}

}  // namespace

bool contains(const std::vector<alembic::SchemaName>& names, const QualifiedName& name) {
  return std::any_of(names.begin(), names.end(), [&](const alembic::SchemaName& each) {
    return live::qualified(each) == name;
  });
}

std::vector<alembic::Candidate> candidates(const Catalog& left, const Catalog& right,
                                           const Scope& scope) {
  std::map<QualifiedName, alembic::Candidate> tables;
  for (const Catalog* side : {&left, &right}) {
    for (const auto& [name, table] : side->tables) {
      if (is_bookkeeping(name, scope)) {
        continue;
      }
      auto& candidate = tables[name];
      candidate.schema = name.schema;
      candidate.table = name.name;
      candidate.exists = left.tables.contains(name);
      std::set<alembic::Part> parts(candidate.parts.begin(), candidate.parts.end());
      for (const Column& column : table.columns) {
        parts.insert({"column", column.name});
      }
      for (const Index& index : table.indexes) {
        if (index.constraint.empty()) {
          parts.insert({"index", index.name});
        }
      }
      for (const Constraint& constraint : table.constraints) {
        if (const auto kind = filter_kind(constraint.kind); !kind.empty()) {
          parts.insert({std::string(kind), constraint.name, constraint.columns});
        }
      }
      candidate.parts.assign(parts.begin(), parts.end());
    }
  }
  std::vector<alembic::Candidate> result;
  result.reserve(tables.size());
  for (auto& [name, candidate] : tables) {
    result.push_back(std::move(candidate));
  }
  return result;
}

std::set<std::string> restrict(Catalog& left, Catalog& right, const Scope& scope,
                               const std::vector<alembic::Excluded>& excluded) {
  const std::set<std::string> own = own_schemas(scope, right);
  std::set<std::string> foreign;
  if (!scope.settings.include_schemas) {
    for (const Catalog* side : {&left, &right}) {
      std::copy_if(side->schemas.begin(), side->schemas.end(),
                   std::inserter(foreign, foreign.end()),
                   [&](const std::string& schema) { return !own.contains(schema); });
    }
  }
  const Restriction restriction(scope, excluded, own);
  restriction.apply(left);
  restriction.apply(right);
  if (scope.comparison == Comparison::with_models) {
    keep_as_it_is(left, right);
  }
  align_serial_sequences(left, right);
  return foreign;
}

std::string_view not_compared(Comparison comparison) {
  switch (comparison) {
    case Comparison::with_models:
      return "views, functions, triggers, policies, row security, extensions, schemas and "
             "partitions, which models do not have";
    case Comparison::between_databases:
      return "owners, privileges, storage parameters and replica identities of tables, "
             "tablespaces, rules, statistics, aggregates, foreign tables, composite and range "
             "types, collations, text search configurations and rows";
  }
  return {};
}

}  // namespace gauger::tools
