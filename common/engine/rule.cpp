#include "engine/rule.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace gauger::engine {

using migration::ObjectKind;
using migration::Operation;

std::string display(const Claim& claim) {
  switch (claim.kind) {
    case ClaimKind::unstated:
      return {};
    case ClaimKind::nothing:
      return "nothing";
    case ClaimKind::failure:
      return "failure";
    case ClaimKind::effect:
      break;
  }
  std::string text;
  for (const effect::WorkKind kind : claim.work) {
    text += fmt::format("{}{}", text.empty() ? "" : " or ", effect::name(kind));
  }
  return fmt::format("{}{}{}", text, text.empty() ? "" : " under ", effect::name(claim.lock));
}

bool may_be_same(const migration::TableName& left, const migration::TableName& right) {
  const auto clash = [](const migration::Name& a, const migration::Name& b) {
    return a.known && b.known && a.text != b.text;
  };
  if (clash(left.name, right.name)) {
    return false;
  }
  return left.schema.absent() || right.schema.absent() || !clash(left.schema, right.schema);
}

std::vector<bool> on_new_tables(const std::vector<Operation>& operations) {
  std::unordered_map<std::string_view, std::vector<const migration::TableName*>> created;
  std::vector<bool> result;
  result.reserve(operations.size());
  for (const Operation& operation : operations) {
    const migration::TableName& table = operation.table;
    const auto known = table.name.known ? created.find(table.name.text) : created.end();
    result.push_back(known != created.end() &&
                     std::any_of(known->second.begin(), known->second.end(),
                                 [&](const auto* each) { return may_be_same(*each, table); }));
    if (operation.is<migration::CreateTable>() && !operation.if_not_exists && table.name.known &&
        !result.back()) {
      created[table.name.text].push_back(&table);
    }
  }
  return result;
}

bool destroys(const Operation& operation) {
  if (operation.is<migration::DropTable>() || operation.is<migration::DropColumn>() ||
      operation.is<migration::Truncate>()) {
    return true;
  }
  const auto* drop = operation.as<migration::DropObject>();
  return drop != nullptr && (operation.cascade || drop->kind == ObjectKind::schema ||
                             drop->kind == ObjectKind::database || drop->kind == ObjectKind::owned);
}

bool demands_values(const Operation& operation) {
  if (const auto* set = operation.as<migration::SetNotNull>()) {
    return set->existing_nullable != std::optional(false);
  }
  if (const auto* add = operation.as<migration::AddConstraint>()) {
    return add->constraint.kind == migration::ConstraintKind::not_null &&
           !add->constraint.not_valid;
  }
  const auto* add = operation.as<migration::AddColumn>();
  if (add == nullptr) {
    return false;
  }
  const migration::Column& column = add->column;
  return column.nullable == std::optional(false) && !migration::fills_itself(column);
}

bool changes_type(const Operation& operation) {
  const auto* change = operation.as<migration::ChangeType>();
  if (change == nullptr) {
    return false;
  }
  const auto& before = change->existing_type;
  return !before || !before->known() || before->text != change->type.text ||
         change->existing_collation != change->collation;
}

bool RuleContext::is_unreleased(std::optional<std::uint32_t> index) const {
  return index == revision_index ||
         (index && *index < run.unreleased.size() && run.unreleased[*index]);
}

const ReplacedIndex* RuleContext::replaced_index(const Operation& operation) const {
  const auto found = std::find_if(replaced_indexes.begin(), replaced_indexes.end(),
                                  [&](const ReplacedIndex& each) {
                                    return each.drop == &operation || each.create == &operation;
                                  });
  return found == replaced_indexes.end() ? nullptr : &*found;
}

bool StatementContext::is_new(const catalog::QualifiedName& table) const {
  const auto known = before.tables.find(table);
  return known != before.tables.end() && revision.is_unreleased(known->second.created_in);
}

bool StatementContext::is_new(const migration::TableName& table) const {
  const catalog::Table* known = before.find_table(table);
  return known != nullptr && is_new(known->name);
}

const catalog::Table* StatementContext::old_table(const migration::TableName& name) const {
  const catalog::Table* known = before.find_table(name);
  return known == nullptr || is_new(known->name) ? nullptr : known;
}

bool StatementContext::drops_table(const catalog::QualifiedName& table) const {
  const std::vector<Operation>& upgrade = revision.migration.upgrade;
  return std::any_of(upgrade.begin(), upgrade.end(), [&](const Operation& operation) {
    return operation.is<migration::DropTable>() && catalog::qualified(operation.table) == table;
  });
}

bool StatementContext::is_old(std::size_t index) const {
  const Operation& operation = operations[index];
  if (const catalog::Table* known = before.find_table(operation.table)) {
    return !revision.is_unreleased(known->created_in);
  }
  const std::vector<Operation>& upgrade = revision.migration.upgrade;
  const auto here = upgrade.begin() + static_cast<std::ptrdiff_t>(first);
  return !before.complete && operation.table.name.known && !revision.created_here(first + index) &&
         std::all_of(upgrade.begin(), here,
                     [](const Operation& each) { return each.understood(); });
}

std::vector<const effect::Work*> StatementContext::work(effect::WorkKind kind) const {
  std::vector<const effect::Work*> found;
  for (const effect::Work& each : effect.work) {
    if (each.kind == kind && !is_new(each.table)) {
      found.push_back(&each);
    }
  }
  return found;
}

const effect::TableLock* StatementContext::newly_blocked() const {
  const auto taken =
      std::find_if(effect.locks.begin(), effect.locks.end(), [&](const effect::TableLock& each) {
        const auto held_before = [&](const effect::TableLock& held) {
          return held.table == each.table && effect::blocks_writes(held.lock);
        };
        return effect::blocks_writes(each.lock) && !is_new(each.table) &&
               std::none_of(transaction.locks.begin(), transaction.locks.end(), held_before);
      });
  return taken == effect.locks.end() ? nullptr : &*taken;
}

const effect::TableLock* StatementContext::lock(const catalog::QualifiedName& table) const {
  const auto known =
      std::find_if(effect.locks.begin(), effect.locks.end(),
                   [&](const effect::TableLock& each) { return each.table == table; });
  return known == effect.locks.end() || is_new(table) ? nullptr : &*known;
}

}  // namespace gauger::engine
