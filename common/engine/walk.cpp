#include "engine/walk.hpp"

#include <algorithm>

#include "catalog/apply.hpp"

namespace gauger::engine {
namespace {

void hold(Transaction& transaction, const StatementContext& statement) {
  if (statement.newly_blocked() != nullptr) {
    ++transaction.blocking_statements;
  }
  for (const effect::TableLock& taken : statement.effect.locks) {
    if (statement.is_new(taken.table)) {
      continue;
    }
    const auto held =
        std::find_if(transaction.locks.begin(), transaction.locks.end(),
                     [&](const effect::TableLock& each) { return each.table == taken.table; });
    if (held == transaction.locks.end()) {
      transaction.locks.push_back(taken);
    } else {
      held->lock = std::max(held->lock, taken.lock);
    }
  }
  for (const effect::Work& work : statement.effect.work) {
    const bool passes =
        work.kind == effect::WorkKind::scan || work.kind == effect::WorkKind::rewrite;
    if (passes && !statement.is_new(work.table)) {
      transaction.passes.push_back(work.table);
    }
  }
}

bool ends_transaction(const migration::Operation& operation) {
  const auto* control = operation.as<migration::TransactionControl>();
  return operation.autocommit ||
         (control != nullptr && (control->step == migration::TransactionStep::commit ||
                                 control->step == migration::TransactionStep::rollback));
}

}  // namespace

void walk_statements(const RuleContext& context, const catalog::Changing& changing,
                     OpenTransaction& open,
                     const std::function<void(const StatementContext&)>& visit) {
  const std::vector<migration::Operation>& upgrade = context.migration.upgrade;
  catalog::Catalog& before = changing.catalog;
  auto& [transaction, session] = open;
  session.postgres_version = context.settings.postgres_version;
  // Those of an earlier revision are not there when this one runs alone.
  session.lock_timeout = {};
  session.statement_timeout = {};
  std::uint32_t number = 0;
  for (std::size_t first = 0; first < upgrade.size();) {
    const migration::Operation& head = upgrade[first];
    std::size_t end = first + 1;
    while (end < upgrade.size() && upgrade[end].statement == head.statement) {
      ++end;
    }
    if (head.transaction != number || head.commits_by_itself()) {
      number = head.transaction;
      transaction = {};
      effect::end_transaction(session);
    }
    session.in_transaction = !head.commits_by_itself();
    session.transaction = head.transaction;
    const auto operations = std::span(upgrade).subspan(first, end - first);
    const effect::Effect effect = effect::predict(operations, before, session);
    const StatementContext statement{context, operations, first,      before,
                                     effect,  session,    transaction};
    visit(statement);
    hold(transaction, statement);
    for (const migration::Operation& operation : operations) {
      effect::observe(operation, session);
      catalog::apply(operation, before, context.revision_index, changing.past);
    }
    first = end;
  }
  if (!upgrade.empty() && ends_transaction(upgrade.back())) {
    transaction = {};
    effect::end_transaction(session);
  }
}

}  // namespace gauger::engine
