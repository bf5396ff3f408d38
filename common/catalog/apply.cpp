#include "catalog/apply.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "catalog/editor.hpp"

namespace gauger::catalog {
namespace {

using namespace migration;  // NOLINT(google-build-using-namespace)

// What changes no catalog: rows, locks, settings, and what no Catalog has a place for.
template <class Unseen>
void run(Editor& /*editor*/, const Unseen& /*action*/) {}

// What may not have happened is not known.
void note_columns(const Editor& editor, std::map<std::string, std::vector<std::string>>& columns,
                  const std::optional<std::vector<std::string>>& given) {
  const std::string name = text_of(editor.operation().object);
  columns.erase(name);
  if (given && !editor.operation().may_run && !editor.operation().attempted) {
    columns.emplace(name, *given);
  }
}

void run(Editor& editor, const Opaque& /*action*/) { editor.catalog().complete = false; }

void run(Editor& editor, const CreateTable& action) { create_table(editor, action); }
void run(Editor& editor, const DropTable& /*action*/) {
  if (const auto name = qualified(editor.operation().table)) {
    drop_table(editor, *name);
  }
}
void run(Editor& editor, const RenameTable& action) { rename_table(editor, action); }
void run(Editor& editor, const AttachPartition& action) { attach_partition(editor, action); }
void run(Editor& editor, const DetachPartition& action) { detach_partition(editor, action); }
void run(Editor& editor, const AlterTable& action) { alter_table(editor, action); }

void run(Editor& editor, const AddColumn& action) { add_column(editor, action); }
void run(Editor& editor, const DropColumn& action) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  if (!action.column.known) {
    for (Column& column : table->columns) {
      column.certainty = Certainty::possible;
    }
    return;
  }
  const QualifiedName name = table->name;
  drop_column(editor, name, text_of(action.column));
}
void run(Editor& editor, const RenameColumn& action) { rename_column(editor, action); }
void run(Editor& editor, const ChangeType& action) { change_type(editor, action); }
void run(Editor& editor, const SetNotNull& action) { set_nullable(editor, action.column, false); }
void run(Editor& editor, const DropNotNull& action) { set_nullable(editor, action.column, true); }
void run(Editor& editor, const SetDefault& action) { set_default(editor, action); }
void run(Editor& editor, const ChangeIdentity& action) { change_identity(editor, action); }
void run(Editor& editor, const SetExpression& action) { set_expression(editor, action); }
void run(Editor& editor, const SetComment& action) { set_comment(editor, action); }

void run(Editor& editor, const AddConstraint& action) { add_constraint(editor, action.constraint); }
void run(Editor& editor, const DropConstraint& action) { drop_constraint(editor, action); }
void run(Editor& editor, const ValidateConstraint& /*action*/) { validate_constraint(editor); }
void run(Editor& editor, const RenameConstraint& action) { rename_constraint(editor, action); }

void run(Editor& editor, const CreateIndex& action) { create_index(editor, action); }
void run(Editor& editor, const DropIndex& /*action*/) { drop_index(editor); }
void run(Editor& editor, const RenameIndex& action) { rename_index(editor, action); }
void run(Editor& editor, const Reindex& action) { reindex(editor, action); }
void run(Editor& editor, const AttachIndex& action) { attach_index(editor, action); }

void run(Editor& editor, const CreateEnum& action) {
  const Operation& operation = editor.operation();
  const Name& name = action.type.name.absent() ? operation.object : action.type.name;
  const Name& schema = action.type.schema.absent() ? operation.table.schema : action.type.schema;
  create_enum(editor, action.type, in_schema(name, schema));
}
void run(Editor& editor, const AddEnumValue& action) { add_enum_value(editor, action); }
void run(Editor& editor, const RenameEnumValue& action) { rename_enum_value(editor, action); }
void run(Editor& editor, const SyncEnum& action) { sync_enum(editor, action); }
void run(Editor& editor, const RenameType& action) { rename_type(editor, action); }
void run(Editor& editor, const CreateDomain& action) { create_domain(editor, action); }
void run(Editor& editor, const AlterDomain& action) { alter_domain(editor, action); }

void run(Editor& editor, const CreateView& action) { create_view(editor, action); }
void run(Editor& editor, const RefreshView& action) { refresh_view(editor, action); }
void run(Editor& editor, const CreateFunction& action) { create_function(editor, action); }
void run(Editor& editor, const CreateTrigger& action) {
  if (Table* table = editor.target()) {
    const std::string name = text_of(editor.operation().object);
    add_once(table->triggers, name);
    table->trigger_functions.insert_or_assign(name, text_of(action.function));
    note_columns(editor, table->trigger_columns, action.columns);
  }
}
void run(Editor& editor, const CreatePolicy& action) {
  if (Table* table = editor.target()) {
    add_once(table->policies, text_of(editor.operation().object));
    note_columns(editor, table->policy_columns, action.columns);
  }
}
void run(Editor& editor, const CreateObject& action) { create_object(editor, action); }
void run(Editor& editor, const DropObject& action) { drop_object(editor, action); }
void run(Editor& editor, const RenameObject& action) { rename_object(editor, action); }

// Whether it can fail on account of the rows that are there.
bool depends_on_rows(const Operation& operation) {
  const auto* index = operation.as<CreateIndex>();
  return operation.is<SetNotNull>() || operation.is<AddConstraint>() ||
         operation.is<ValidateConstraint>() || operation.is<ChangeType>() ||
         (index != nullptr && index->index.unique);
}

}  // namespace

void apply(const Operation& operation, Catalog& catalog, std::optional<std::uint32_t> revision,
           Past* past) {
  std::optional<Past> uncertain;
  if (operation.may_run || (operation.attempted && depends_on_rows(operation))) {
    uncertain.emplace(catalog);
  }
  std::vector<Past*> pasts;
  for (Past* each : {past, uncertain ? &*uncertain : nullptr}) {
    if (each != nullptr) {
      pasts.push_back(each);
    }
  }
  Editor editor(catalog, operation, revision, std::move(pasts));
  std::visit([&](const auto& action) { run(editor, action); }, operation.action);
  editor.note_whereabouts();
  if (uncertain) {
    std::move(*uncertain).join(catalog);
  }
}

}  // namespace gauger::catalog
