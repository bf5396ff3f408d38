#include "rules/index_dropped_before_replacement/index_dropped_before_replacement.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "engine/advice.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

// Else the lock of the drop is held till the new one is there, and no query comes between.
bool is_committed_between(const engine::ReplacedIndex& replaced) {
  return replaced.drop->autocommit || replaced.create->autocommit ||
         replaced.drop->transaction != replaced.create->transaction;
}

std::string help(const engine::ReplacedIndex& replaced) {
  Operation create = *replaced.create;
  Operation drop = *replaced.drop;
  create.concurrently = drop.concurrently = true;
  drop.if_exists = create.if_not_exists = false;
  if (create.object.text != drop.object.text) {
    const std::array lines = {engine::directive(create), engine::directive(drop)};
    return engine::autocommit_block(lines);
  }
  const std::string name = drop.object.text;
  create.object.text = catalog::object_name(name, "", "new");
  std::get<migration::CreateIndex>(create.action).index.name = create.object;
  const std::array lines = {
      engine::directive(create), engine::directive(drop),
      engine::execute(
          fmt::format("ALTER INDEX {} RENAME TO {}",
                      engine::sql_name({.schema = create.table.schema, .name = create.object}),
                      catalog::quote_identifier(name)))};
  return engine::autocommit_block(lines);
}

std::vector<engine::Report> check_index_dropped_before_replacement(
    const engine::RuleContext& context) {
  std::vector<engine::Report> reports;
  for (const engine::ReplacedIndex& each : context.replaced_indexes) {
    if (is_committed_between(each)) {
      reports.push_back(
          {.operation = each.drop,
           .message = fmt::format("the index {} is gone while {} is being built, and queries of {} "
                                  "have neither",
                                  migration::display(each.drop->object),
                                  each.create->object.text == each.drop->object.text
                                      ? "the new one"
                                      : migration::display(each.create->object),
                                  migration::display(each.create->table)),
           .help = help(each)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule index_dropped_before_replacement{
    .info = {.id = "index-dropped-before-replacement",
             .severity = finding::Severity::warning,
             .summary = "An index is dropped, and that is committed, before the one that takes "
                        "its place is built.",
             .explanation =
                 "A build takes as long as the table is large, and a concurrent one waits for all "
                 "older transactions besides. Queries that used the old index read the whole table "
                 "meanwhile; if the build fails, they do so till somebody notices.\n\n"
                 "Build the new one first, under another name where it is to have the old one's, "
                 "then drop the old one, and rename."},
    .claim = {engine::ClaimKind::nothing},
    .check = check_index_dropped_before_replacement};

}  // namespace gauger::rules
