#include "rules/enum_value_used_in_same_transaction/enum_value_used_in_same_transaction.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "catalog/render.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// The label that the operation uses too early; null: none.
const effect::NewLabel* used(const Operation& operation, const engine::StatementContext& context) {
  const auto& labels = context.session.new_labels;
  if (labels.empty() || !context.session.in_transaction) {
    return nullptr;
  }
  const effect::Effect effect =
      effect::predict(std::span(&operation, 1), context.before, context.session);
  if (!effect.failure) {
    return nullptr;
  }
  const std::string_view message = effect.failure->message;
  const auto found = std::find_if(labels.begin(), labels.end(), [&](const auto& each) {
    return message.starts_with(fmt::format("unsafe use of new value \"{}\"", each.label));
  });
  return found == labels.end() ? nullptr : &*found;
}

std::string help(const effect::NewLabel& label) {
  const Operation add{.action = migration::AddEnumValue{.label = label.label},
                      .table = {.schema = {label.type.schema}},
                      .object = {label.type.name}};
  return fmt::format(
      "add the value in a revision of its own before this one, and commit it there:\n"
      "with op.get_context().autocommit_block():\n"
      "    {}",
      catalog::alembic(add));
}

std::vector<engine::Report> check_enum_value_used_in_same_transaction(
    const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    if (const effect::NewLabel* label = used(operation, context)) {
      reports.push_back(
          {.operation = &operation,
           .message = fmt::format(
               "{} uses the value '{}' of the enum {}, which was added in the same transaction: "
               "PostgreSQL answers \"unsafe use of new value\"",
               operation.directive, label->label, label->type.name),
           .help = help(*label)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule enum_value_used_in_same_transaction{
    .info = {.id = "enum-value-used-in-same-transaction",
             .severity = finding::Severity::error,
             .summary = "A value that was added to an enum is used before the transaction that "
                        "added it has ended.",
             .explanation =
                 "`ALTER TYPE … ADD VALUE` may run in a transaction since PostgreSQL 12, but the "
                 "new value can be used only after that is committed. Till then a default, an "
                 "UPDATE or an INSERT with it fails with \"unsafe use of new value\".\n\n"
                 "Add the value in an `op.get_context().autocommit_block()`, in a revision of its "
                 "own."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_enum_value_used_in_same_transaction};

}  // namespace gauger::rules
