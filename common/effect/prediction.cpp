#include "effect/prediction.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gauger::effect {
namespace {

// Whether the statement takes the index away before it rewrites the table.
bool drops_index(std::span<const migration::Operation> statement, const catalog::Index& index) {
  return std::any_of(statement.begin(), statement.end(), [&](const auto& operation) {
    if (const auto* drop = operation.template as<migration::DropColumn>()) {
      return uses_column(index, drop->column.text).plain;
    }
    return operation.template is<migration::DropConstraint>() && !index.constraint.empty() &&
           operation.object.text == index.constraint;
  });
}

}  // namespace

const catalog::QualifiedName* Prediction::find(const catalog::QualifiedName& relation) const {
  if (const auto* table = find_table(before_, relation)) {
    return &table->name;
  }
  const auto* view = find_view(before_, relation);
  return view == nullptr ? nullptr : &view->name;
}

void Prediction::lock(const migration::TableName& table, Lock lock) {
  if (!table.name.known || !table.schema.known) {
    unknown();
  } else if (!table.name.absent()) {
    this->lock(resolve(before_, table), lock);
  }
}

void Prediction::lock(const catalog::QualifiedName& relation, Lock lock) {
  const auto* existing = find(relation);
  if (existing == nullptr) {
    unknown();
    if (before_.complete) {
      return;
    }
  }
  auto& locks = effect_.locks;
  const auto found = std::find_if(locks.begin(), locks.end(), [&](const TableLock& each) {
    return same_object(each.table, relation);
  });
  if (found == locks.end()) {
    locks.push_back({.table = existing == nullptr ? relation : *existing, .lock = lock});
  } else {
    found->lock = std::max(found->lock, lock);
  }
}

void Prediction::lock(const std::vector<const catalog::Table*>& tables, Lock lock) {
  for (const auto* table : tables) {
    this->lock(table->name, lock);
  }
}

void Prediction::work(WorkKind kind, const std::vector<const catalog::Table*>& tables,
                      std::string_view object) {
  for (const auto* table : tables) {
    if (!is_partitioned(*table)) {
      work(kind, table->name, table == tables.front() ? object : std::string_view());
    }
  }
}

void Prediction::work(WorkKind kind, const catalog::QualifiedName& relation,
                      std::string_view object) {
  Work work{.kind = kind, .table = relation, .object = std::string(object)};
  if (std::find(effect_.work.begin(), effect_.work.end(), work) == effect_.work.end()) {
    effect_.work.push_back(std::move(work));
  }
}

void Prediction::fail(FailureKind kind, std::string message) {
  if (!effect_.failure || kind < effect_.failure->kind) {
    effect_.failure = {.kind = kind, .message = std::move(message)};
  }
}

bool Prediction::needs_version(int major, std::string_view what) {
  if (session_.postgres_version >= major) {
    return true;
  }
  fail(FailureKind::on_older_server, fmt::format("{} needs PostgreSQL {}", what, major));
  return false;
}

const catalog::Table* Prediction::table(const migration::TableName& name, Lock lock) {
  this->lock(name, lock);
  const auto* found = name.name.known ? find_table(before_, resolve(before_, name)) : nullptr;
  if (found == nullptr && !name.name.absent()) {
    unknown();
  }
  return found;
}

std::vector<const catalog::Table*> Prediction::tables(const migration::TableName& name, Lock lock,
                                                      Scope scope) {
  const auto* found = table(name, lock);
  if (found == nullptr) {
    return {};
  }
  auto members = family(before_, *found, scope);
  this->lock(members, lock);
  return members;
}

const migration::AddColumn* Prediction::added_column(const migration::TableName& table,
                                                     std::string_view column) const {
  for (const auto& operation : statement_) {
    const auto* add = operation.as<migration::AddColumn>();
    if (add != nullptr && migration::same_table(operation.table, table) &&
        add->column.name.text == column) {
      return add;
    }
  }
  return nullptr;
}

bool Prediction::drops(const catalog::Table& table) const {
  return std::any_of(statement_.begin(), statement_.end(), [&](const auto& operation) {
    return operation.template is<migration::DropTable>() &&
           same_object(resolve(before_, operation.table), table.name);
  });
}

bool Prediction::drops(const catalog::Table& table, const catalog::Column& column) const {
  return std::any_of(statement_.begin(), statement_.end(), [&](const auto& operation) {
    const auto* drop = operation.template as<migration::DropColumn>();
    return drop != nullptr && drop->column.text == column.name &&
           same_object(resolve(before_, operation.table), table.name);
  });
}

Effect Prediction::finish() && {
  std::vector<catalog::QualifiedName> rewritten;
  for (const Work& each : effect_.work) {
    if (each.kind == WorkKind::rewrite) {
      rewritten.push_back(each.table);
    }
  }
  for (const auto& name : rewritten) {
    std::erase_if(effect_.work, [&](const Work& each) {
      return each.kind == WorkKind::scan && each.table == name;
    });
    const auto* table = find_table(before_, name);
    const auto* view = find_view(before_, name);
    const auto build = [&](const std::vector<catalog::Index>& indexes) {
      for (const auto& index : indexes) {
        if (!drops_index(statement_, index)) {
          work(WorkKind::index_build, name, index.name);
        }
      }
    };
    if (table != nullptr) {
      build(table->indexes);
    } else if (view != nullptr) {
      build(view->indexes);
    }
  }
  std::sort(effect_.locks.begin(), effect_.locks.end(),
            [](const TableLock& left, const TableLock& right) { return left.table < right.table; });
  return std::move(effect_);
}

Scope scope_of(const migration::Operation& operation) {
  return operation.only ? Scope::only : Scope::descendants;
}

void lock_referenced(const catalog::Constraint& foreign_key, Lock lock, Prediction& prediction) {
  const auto* target = find_table(prediction.before(), foreign_key.referenced);
  if (target == nullptr) {
    prediction.lock(foreign_key.referenced, lock);
  } else if (is_partitioned(*target)) {
    prediction.lock(family(prediction.before(), *target, Scope::descendants), lock);
  } else {
    prediction.lock(target->name, lock);
  }
}

void drop_views(const std::vector<const catalog::View*>& views, bool cascade, std::string_view what,
                Prediction& prediction) {
  if (views.empty()) {
    return;
  }
  if (!cascade) {
    prediction.fail(FailureKind::always,
                    fmt::format("cannot drop {} because other objects depend on it", what));
    return;
  }
  for (const auto* view : views) {
    prediction.lock(view->name, Lock::access_exclusive);
    drop_views(views_on(prediction.before(), view->name), cascade, what, prediction);
  }
}

}  // namespace gauger::effect
