#include "rules/mixed_transaction/mixed_transaction.hpp"

#include <algorithm>

namespace gauger::rules {

using migration::Operation;

namespace {

// Whether it leaves something behind that would be in the way of a second try.
bool leaves_something(const Operation& operation) {
  return !operation.is<migration::SetParameter>() && !operation.is<migration::Other>() &&
         !operation.is<migration::TransactionControl>() && !operation.is<migration::LockTable>() &&
         !operation.is<migration::Analyze>() && !operation.is<migration::Opaque>() &&
         !operation.if_exists && !operation.if_not_exists;
}

std::vector<engine::Report> check_mixed_transaction(const engine::RuleContext& context) {
  const std::vector<Operation>& upgrade = context.migration.upgrade;
  const auto block = std::find_if(upgrade.begin(), upgrade.end(),
                                  [](const Operation& each) { return each.autocommit; });
  const auto other = std::find_if(upgrade.begin(), upgrade.end(), [](const Operation& each) {
    return !each.autocommit && leaves_something(each);
  });
  if (block == upgrade.end() || other == upgrade.end()) {
    return {};
  }
  const bool before = other < block;
  return {{.operation = &*block,
           .message = before ? "this commits what ran before it: if it fails, the revision is half "
                               "done, and a second try fails on that"
                             : "this is committed at once: if what comes after it fails, the "
                               "revision is half done, and a second try fails on that",
           .help = "put what runs in the autocommit_block() into a revision of its own, and let "
                   "env.py say transaction_per_migration=True"}};
}

}  // namespace

const engine::Rule mixed_transaction{
    .info = {.id = "mixed-transaction",
             .severity = finding::Severity::warning,
             .summary = "A revision changes things both in its transaction and in an "
                        "autocommit_block().",
             .explanation =
                 "`autocommit_block()` commits what ran before it, and each statement in it. When "
                 "a later one fails, Alembic has not recorded the revision, and the next `alembic "
                 "upgrade` begins with what is there already.\n\n"
                 "Off by default: the short way to a NOT VALID constraint that is validated, or to "
                 "a constraint with a concurrent index, is one such revision.",
             .enabled_by_default = false},
    .claim = {engine::ClaimKind::nothing},
    .check = check_mixed_transaction};

}  // namespace gauger::rules
