#include "rules/enum_type_missing/enum_type_missing.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/render.hpp"

namespace gauger::rules {

using migration::EnumType;
using migration::Operation;

namespace {

// The native enum that the operation needs and does not make; null: none.
const EnumType* needed(const Operation& operation) {
  const migration::Type* type = nullptr;
  if (const auto* add = operation.as<migration::AddColumn>()) {
    type = &add->column.type;
  } else if (const auto* change = operation.as<migration::ChangeType>()) {
    type = &change->type;
  }
  if (type == nullptr || !type->enumeration || !type->enumeration->native ||
      !type->enumeration->name.known || type->enumeration->name.absent()) {
    return nullptr;
  }
  return &*type->enumeration;
}

const migration::Name& schema_of(const EnumType& type, const Operation& operation) {
  return type.schema.absent() && type.inherit_schema ? operation.table.schema : type.schema;
}

// Where no schema is said, it may be in any: the search path is not known.
template <class Object>
bool has(const std::map<catalog::QualifiedName, Object>& objects, const EnumType& type,
         const migration::Name& schema) {
  return std::any_of(objects.begin(), objects.end(), [&](const auto& each) {
    return each.first.name == type.name.text &&
           (schema.absent() || !schema.known || each.first.schema == schema.text);
  });
}

std::string help(const EnumType& type, const migration::Name& schema) {
  std::vector<std::string> arguments;
  std::transform(type.labels.begin(), type.labels.end(), std::back_inserter(arguments),
                 catalog::python_string);
  if (!type.labels_known) {
    arguments.emplace_back("…");
  }
  arguments.push_back("name=" + catalog::python_string(type.name.text));
  if (!schema.absent()) {
    arguments.push_back("schema=" + catalog::python_string(migration::display(schema)));
  }
  return fmt::format("create it before:\nsa.Enum({}).create(op.get_bind())",
                     fmt::join(arguments, ", "));
}

std::vector<engine::Report> check_enum_type_missing(const engine::StatementContext& context) {
  std::vector<engine::Report> reports;
  if (!context.before.complete) {
    return reports;
  }
  for (const Operation& operation : context.operations) {
    const EnumType* type = needed(operation);
    if (type == nullptr) {
      continue;
    }
    const migration::Name& schema = schema_of(*type, operation);
    if (has(context.before.enums, *type, schema) || has(context.before.domains, *type, schema)) {
      continue;
    }
    reports.push_back(
        {.operation = &operation,
         .message = fmt::format("{} does not create the enum {}, and nothing before does: "
                                "PostgreSQL answers \"type does not exist\"",
                                operation.directive, migration::display(type->name)),
         .help = help(*type, schema)});
  }
  return reports;
}

}  // namespace

const engine::Rule enum_type_missing{
    .info = {.id = "enum-type-missing",
             .severity = finding::Severity::error,
             .summary = "A column is added or changed to an enum whose type no revision has "
                        "created.",
             .explanation =
                 "`op.create_table` creates the enums of its columns; `op.add_column` and "
                 "`op.alter_column` do not. The revision fails with \"type does not exist\".\n\n"
                 "Create the type first: `sa.Enum(…, name=\"…\").create(op.get_bind())`."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_enum_type_missing};

}  // namespace gauger::rules
