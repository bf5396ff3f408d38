#include "rules/duplicate_index/duplicate_index.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace gauger::rules {

using catalog::Index;
using migration::Operation;

namespace {

catalog::IndexKey key_of(const migration::IndexKey& key) {
  return {.column = key.column.text,
          .expression = key.expression,
          .operator_class = key.operator_class,
          .collation = key.collation,
          .descending = key.descending,
          .nulls_first = key.nulls_first,
          .nulls_last = key.nulls_last};
}

// As it will be in the catalog; nothing where a part of it is not known.
std::optional<Index> made(const migration::Index& index) {
  Index result{.method = index.method,
               .predicate = index.predicate,
               .unique = index.unique,
               .nulls_not_distinct = index.nulls_not_distinct};
  for (const migration::IndexKey& key : index.keys) {
    if (!key.column.known || key.expression.find(migration::hole_name) != std::string::npos) {
      return std::nullopt;
    }
    result.keys.push_back(key_of(key));
  }
  for (const migration::Name& name : index.included) {
    if (!name.known) {
      return std::nullopt;
    }
    result.included.push_back(name.text);
  }
  const bool known =
      index.keys_known && index.predicate.find(migration::hole_name) == std::string::npos;
  return known ? std::optional(result) : std::nullopt;
}

// Whether `there` does all that `index` does: the same, or a longer one that begins with it.
bool serves(const Index& there, const Index& index) {
  if (!there.keys_known || !there.valid || there.certainty != catalog::Certainty::certain ||
      there.keys.size() < index.keys.size() || there.method != index.method ||
      there.predicate != index.predicate ||
      !std::equal(index.keys.begin(), index.keys.end(), there.keys.begin())) {
    return false;
  }
  const bool same_keys = there.keys.size() == index.keys.size();
  if (index.unique &&
      (!there.unique || !same_keys || there.nulls_not_distinct != index.nulls_not_distinct)) {
    return false;
  }
  const bool same_rows = same_keys || (index.method == "btree" && index.predicate.empty());
  const bool same_included = index.included.empty() || there.included == index.included;
  return same_rows && same_included;
}

// Whether the revision drops the index, or the constraint that owns it.
bool is_dropped(const Index& index, const migration::Migration& migration) {
  return std::any_of(
      migration.upgrade.begin(), migration.upgrade.end(), [&](const Operation& operation) {
        const bool drops =
            operation.is<migration::DropIndex>() || operation.is<migration::DropConstraint>();
        return drops && (!operation.object.known || operation.object.text == index.name);
      });
}

std::vector<engine::Report> check_duplicate_index(const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    const auto* create = operation.as<migration::CreateIndex>();
    const catalog::Table* table = statement.before.find_table(operation.table);
    const auto index = create == nullptr ? std::nullopt : made(create->index);
    if (table == nullptr || !index || index->keys.empty() ||
        (operation.if_not_exists && table->find_index(operation.object.text) != nullptr)) {
      continue;
    }
    const auto there =
        std::find_if(table->indexes.begin(), table->indexes.end(), [&](const Index& each) {
          return each.name != operation.object.text && serves(each, *index) &&
                 !is_dropped(each, statement.revision.migration);
        });
    if (there == table->indexes.end()) {
      continue;
    }
    const bool same = there->keys.size() == index->keys.size();
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format(
             "{} {} {}, which serves the same queries",
             operation.object.absent() ? "an index"
                                       : "the index " + migration::display(operation.object),
             same ? "has the same columns as" : "has the first columns of", there->name),
         .help = fmt::format("leave it out; or, where it is to take the place of {}, drop that in "
                             "the same revision",
                             there->name)});
  }
  return reports;
}

}  // namespace

const engine::Rule duplicate_index{
    .info = {.id = "duplicate-index",
             .severity = finding::Severity::warning,
             .summary = "An index is created that another index of the table makes useless.",
             .explanation =
                 "Each index is written to with every row and takes memory and disk. One with the "
                 "same columns as another, or with the first columns of a longer one, serves no "
                 "query that the other does not.\n\n"
                 "A unique index, one with a predicate and one with another operator class or "
                 "order are not the same and are not reported."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_duplicate_index};

}  // namespace gauger::rules
