// Enums and domains.
#include <algorithm>
#include <array>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

// The enum that the operation is about. One that is not known to be there is, where the catalog is
// not complete.
Enum* target_enum(Editor& editor) {
  const Operation& operation = editor.operation();
  const QualifiedName name = in_schema(operation.object, operation.table.schema);
  auto& enums = editor.catalog().enums;
  const auto found = enums.find(name);
  if (found != enums.end()) {
    return &found->second;
  }
  if (name.name.empty() || editor.catalog().complete || editor.passes_missing()) {
    return nullptr;
  }
  return &enums.emplace(name, Enum{.name = name, .labels_known = false}).first->second;
}

// The type's name without the brackets of an array.
std::string_view element_type(std::string_view type) {
  while (type.ends_with("[]")) {
    type.remove_suffix(2);
  }
  return type;
}

void replace_type(Editor& editor, const QualifiedName& from, const QualifiedName& to) {
  const std::string old_text = type_text(from);
  const std::string new_text = type_text(to);
  const auto uses = [&](const Column& column) { return element_type(column.type) == old_text; };
  for (const QualifiedName& name : editor.where([&](const Table& table) {
         return std::any_of(table.columns.begin(), table.columns.end(), uses);
       })) {
    for (Column& column : editor.edit(name)->columns) {
      if (uses(column)) {
        column.type.replace(0, old_text.size(), new_text);
      }
    }
  }
  for (auto& [name, domain] : editor.catalog().domains) {
    if (element_type(domain.type) == old_text) {
      domain.type.replace(0, old_text.size(), new_text);
    }
  }
}

std::string check_name(const Editor& editor, const QualifiedName& domain) {
  return free_name(domain.name, "", "check", [&](const std::string& name) {
    return editor.constraint_exists({domain.schema, name});
  });
}

void add_check(Editor& editor, Domain& domain, const migration::Constraint& check) {
  Constraint made{
      .name = text_of(check.name), .expression = check.expression, .valid = !check.not_valid};
  if (check.name.absent()) {
    made.name = check_name(editor, domain.name);
  }
  domain.checks.push_back(std::move(made));
}

}  // namespace

std::string column_type(const Catalog& catalog, const migration::Type& type,
                        const std::string& schema) {
  if (type.enumeration && type.enumeration->native && !type.enumeration->name.absent() &&
      type.enumeration->name.known) {
    const migration::EnumType& enumeration = *type.enumeration;
    QualifiedName name = in_schema(enumeration.name, enumeration.schema);
    if (enumeration.inherit_schema) {
      name.schema = schema;
    }
    const std::string_view written = type.text;
    return type_text(name) + std::string(written.substr(element_type(written).size()));
  }
  // As it is spelled if it is one that the catalog has, since the migration may not quote it.
  const std::string_view element = element_type(type.text);
  const std::string brackets = type.text.substr(element.size());
  const std::size_t dot = element.find('.');
  QualifiedName name{"public", std::string(element)};
  if (dot != std::string_view::npos) {
    name = {std::string(element.substr(0, dot)), std::string(element.substr(dot + 1))};
  }
  const bool qualified_public = dot != std::string_view::npos && name.schema == "public";
  if (catalog.enums.contains(name) || catalog.domains.contains(name)) {
    return type_text(name) + brackets;
  }
  return qualified_public ? name.name + brackets : type.text;
}

void create_enum(Editor& editor, const migration::EnumType& type, const QualifiedName& name) {
  if (name.name.empty()) {
    editor.catalog().complete = false;
    return;
  }
  auto& enums = editor.catalog().enums;
  const auto there = enums.find(name);
  if (there != enums.end() && editor.passes_existing()) {
    there->second.labels_known =
        there->second.labels_known &&
        (there->second.certainty == Certainty::certain || there->second.labels == type.labels);
    there->second.certainty = Certainty::certain;
    return;
  }
  enums.insert_or_assign(name, Enum{.name = name,
                                    .labels = type.labels,
                                    .labels_known = type.labels_known,
                                    .created_in = editor.revision()});
}

void add_enum_value(Editor& editor, const migration::AddEnumValue& action) {
  Enum* type = target_enum(editor);
  if (type == nullptr) {
    return;
  }
  if (!action.label_known) {
    type->labels_known = false;
    return;
  }
  std::vector<std::string>& labels = type->labels;
  if (std::find(labels.begin(), labels.end(), action.label) != labels.end()) {
    return;
  }
  auto at = action.neighbour.empty() ? labels.end()
                                     : std::find(labels.begin(), labels.end(), action.neighbour);
  if (at != labels.end() && !action.before) {
    ++at;
  }
  labels.insert(at, action.label);
}

void rename_enum_value(Editor& editor, const migration::RenameEnumValue& action) {
  if (Enum* type = target_enum(editor)) {
    rename_in(type->labels, action.from, action.to);
  }
}

void sync_enum(Editor& editor, const migration::SyncEnum& action) {
  if (Enum* type = target_enum(editor)) {
    type->labels_known = action.known;
    if (action.known) {
      type->labels = action.labels;
    }
  }
}

void rename_type(Editor& editor, const migration::RenameType& action) {
  const Operation& operation = editor.operation();
  const QualifiedName name = in_schema(operation.object, operation.table.schema);
  const QualifiedName to =
      in_schema(action.to, action.schema.absent() ? operation.table.schema : action.schema);
  if (name.name.empty()) {
    return;
  }
  Catalog& catalog = editor.catalog();
  if (to.name.empty()) {
    catalog.enums.erase(name);
    catalog.domains.erase(name);
    catalog.complete = false;
    return;
  }
  move_type(editor, name, to);
}

void move_type(Editor& editor, const QualifiedName& name, const QualifiedName& to) {
  rename_entry(editor.catalog().enums, name, to);
  rename_entry(editor.catalog().domains, name, to);
  replace_type(editor, name, to);
}

void create_domain(Editor& editor, const migration::CreateDomain& action) {
  const Operation& operation = editor.operation();
  const QualifiedName name = in_schema(operation.object, operation.table.schema);
  auto& domains = editor.catalog().domains;
  if (name.name.empty()) {
    editor.catalog().complete = false;
    return;
  }
  if (domains.contains(name) && editor.passes_existing()) {
    return;
  }
  Domain& made =
      domains
          .insert_or_assign(name,
                            Domain{.name = name,
                                   .type = column_type(editor.catalog(), action.type, name.schema),
                                   .not_null = action.not_null,
                                   .default_ = default_text(action.default_)})
          .first->second;
  for (const migration::Constraint& check : action.checks) {
    add_check(editor, made, check);
  }
}

void alter_domain(Editor& editor, const migration::AlterDomain& action) {
  const Operation& operation = editor.operation();
  auto& domains = editor.catalog().domains;
  const auto found = domains.find(in_schema(operation.object, operation.table.schema));
  if (found == domains.end()) {
    return;
  }
  Domain& domain = found->second;
  const std::string check = text_of(action.constraint.name);
  switch (action.change) {
    case migration::DomainChange::add_check:
      add_check(editor, domain, action.constraint);
      return;
    case migration::DomainChange::validate:
      if (Constraint* validated = find_named(domain.checks, check)) {
        validated->valid = true;
      }
      return;
    case migration::DomainChange::set_not_null:
      domain.not_null = true;
      return;
    case migration::DomainChange::drop_not_null:
      domain.not_null = false;
      return;
    case migration::DomainChange::set_default:
      domain.default_ = default_text(action.default_);
      return;
    case migration::DomainChange::drop_constraint:
      std::erase_if(domain.checks, [&](const Constraint& each) { return each.name == check; });
      return;
    case migration::DomainChange::other:
      return;
  }
}

}  // namespace gauger::catalog
