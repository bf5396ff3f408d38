#include "rules/partition_attach_scans/partition_attach_scans.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/names.hpp"
#include "catalog/render.hpp"
#include "effect/lookup.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

struct Attached {
  const migration::TableName* parent = nullptr;
  const migration::TableName* partition = nullptr;
  std::string_view bounds{};  // empty: not known
  bool exists = false;        // the partition is a table by itself before
};

std::optional<Attached> attached_by(const Operation& operation) {
  if (const auto* attach = operation.as<migration::AttachPartition>()) {
    return Attached{&operation.table, &attach->partition, attach->bounds, true};
  }
  const auto* create = operation.as<migration::CreateTable>();
  if (create != nullptr && !create->partition_of.name.absent()) {
    return Attached{&create->partition_of, &operation.table, create->partition_bounds};
  }
  return std::nullopt;
}

// "(2024) TO (2025)" from "(" on -> "2024", and what follows the ")"; of one constant only.
std::optional<std::string_view> take_constant(std::string_view& text) {
  const std::size_t begin = text.find('(');
  const std::size_t end = text.find(')', begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view constant = text.substr(begin + 1, end - begin - 1);
  text.remove_prefix(end + 1);
  return constant.find_first_of(",(") == std::string_view::npos ? std::optional(constant)
                                                                : std::nullopt;
}

// The bounds as a condition on the one column that the parent is partitioned by.
std::optional<std::string> condition_of(const catalog::Table& parent, std::string_view bounds) {
  if (parent.partition_key.size() != 1 || parent.partition_strategy != "range" ||
      bounds.find("MINVALUE") != std::string_view::npos ||
      bounds.find("MAXVALUE") != std::string_view::npos ||
      parent.find_column(parent.partition_key.front()) == nullptr) {
    return std::nullopt;
  }
  const auto low = take_constant(bounds);
  const auto high = low ? take_constant(bounds) : std::nullopt;
  if (!high) {
    return std::nullopt;
  }
  const std::string key = catalog::quote_identifier(parent.partition_key.front());
  return fmt::format("{0} IS NOT NULL AND {0} >= {1} AND {0} < {2}", key, *low, *high);
}

// `what` tells the CHECKs of one table apart.
std::string prove(const catalog::QualifiedName& table, std::string_view what,
                  const std::optional<std::string>& condition) {
  const std::string name = catalog::object_name(table.name, what, "check");
  const bool is_public = table.schema == "public";
  return fmt::format(
      "op.create_check_constraint(op.f({0}), {1}, {2}, {3}postgresql_not_valid=True)\n"
      "op.execute({4})",
      catalog::python_string(name), catalog::python_string(table.name),
      condition ? catalog::python_string(*condition) : std::string("…"),
      is_public ? "" : fmt::format("schema={}, ", catalog::python_string(table.schema)),
      catalog::python_string(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}",
                                         catalog::display(table),
                                         catalog::quote_identifier(name))));
}

// What has been scanned, with the CHECK that would have spared it.
std::string help(const Attached& attached, const std::vector<catalog::QualifiedName>& scanned,
                 const engine::StatementContext& context) {
  const catalog::Table* parent = context.before.find_table(*attached.parent);
  const auto* other = effect::default_partition(context.before, *parent);
  const auto within = condition_of(*parent, attached.bounds);
  std::vector<std::string> steps;
  for (const catalog::QualifiedName& table : scanned) {
    const bool is_default = other != nullptr && other->name == table;
    const std::string_view what =
        is_default ? std::string_view(attached.partition->name.text) : "bounds";
    steps.push_back(
        prove(table, what, is_default && within ? fmt::format("NOT ({})", *within) : within));
  }
  return fmt::format(
      "{}let a CHECK prove it before, each step in a transaction of its own, and drop the CHECK "
      "after:\n{}",
      attached.exists ? ""
                      : "create the table by itself and attach it with ALTER TABLE … ATTACH "
                        "PARTITION;\n",
      fmt::join(steps, "\n"));
}

std::vector<engine::Report> check_partition_attach_scans(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : context.operations) {
    const auto attached = attached_by(operation);
    if (!attached || context.before.find_table(*attached->parent) == nullptr) {
      continue;
    }
    const effect::Effect effect =
        effect::predict(std::span(&operation, 1), context.before, context.session);
    std::vector<catalog::QualifiedName> scanned;
    std::vector<std::string> names;
    for (const effect::Work& work : effect.work) {
      if (work.kind == effect::WorkKind::scan && !context.is_new(work.table)) {
        scanned.push_back(work.table);
        names.push_back(catalog::display(work.table));
      }
    }
    if (!scanned.empty()) {
      reports.push_back(
          {.operation = &operation,
           .message = fmt::format("{} reads all rows of {} under ACCESS EXCLUSIVE, to see whether "
                                  "they are within the bounds of {}",
                                  operation.directive, fmt::join(names, ", "),
                                  migration::display(*attached->partition)),
           .help = help(*attached, scanned, context)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule partition_attach_scans{
    .info = {.id = "partition-attach-scans",
             .severity = finding::Severity::error,
             .summary = "A partition is attached or created, and a table that has rows is read to "
                        "see whether they are on the right side of its bounds.",
             .explanation =
                 "`ATTACH PARTITION` reads the table that becomes a partition, and both it and "
                 "`CREATE TABLE … PARTITION OF` read the default partition, under ACCESS "
                 "EXCLUSIVE. A valid CHECK that says the same as the bounds spares it.\n\n"
                 "Add the CHECK as NOT VALID, validate it in a transaction of its own, attach, and "
                 "drop it."},
    .claim = {engine::ClaimKind::effect, effect::Lock::access_exclusive, {effect::WorkKind::scan}},
    .check_statement = check_partition_attach_scans};

}  // namespace gauger::rules
