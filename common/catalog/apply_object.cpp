// Views, sequences, functions, schemas, and what else is made, renamed and dropped by its kind.
#include <algorithm>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

using migration::ObjectKind;

QualifiedName object_name(const Editor& editor) {
  const Operation& operation = editor.operation();
  return in_schema(operation.object, operation.table.schema);
}

template <class Map>
std::vector<QualifiedName> names_in(const Map& map, const std::string& schema) {
  std::vector<QualifiedName> result;
  for (const auto& [name, thing] : map) {
    if (name.schema == schema) {
      result.push_back(name);
    }
  }
  return result;
}

void drop_view(Editor& editor, const QualifiedName& name) {
  if (editor.catalog().views.erase(name) > 0) {
    drop_views_of(editor, name);
  }
}

void drop_sequence(Editor& editor, const QualifiedName& name) {
  if (editor.catalog().sequences.erase(name) == 0) {
    return;
  }
  const std::string text = nextval(name);
  const auto draws = [&](const Column& column) { return column.default_ == text; };
  for (const QualifiedName& table : editor.where([&](const Table& each) {
         return std::any_of(each.columns.begin(), each.columns.end(), draws);
       })) {
    for (Column& column : editor.edit(table)->columns) {
      if (draws(column)) {
        column.default_.reset();
      }
    }
  }
}

// With CASCADE, the columns that have it go too.
void drop_type(Editor& editor, const QualifiedName& name) {
  Catalog& catalog = editor.catalog();
  catalog.enums.erase(name);
  catalog.domains.erase(name);
  if (!editor.operation().cascade) {
    return;
  }
  const std::string text = type_text(name);
  const auto uses = [&](const Column& column) {
    return column.type == text || column.type == text + "[]";
  };
  for (const QualifiedName& table : editor.where([&](const Table& each) {
         return std::any_of(each.columns.begin(), each.columns.end(), uses);
       })) {
    const std::vector<Column> columns = editor.find(table)->columns;
    for (const Column& column : columns) {
      if (uses(column)) {
        drop_column(editor, table, column.name);
      }
    }
  }
}

void drop_schema(Editor& editor, const std::string& schema) {
  Catalog& catalog = editor.catalog();
  for (const QualifiedName& name :
       editor.where([&](const Table& table) { return table.name.schema == schema; })) {
    drop_table(editor, name);
  }
  for (const QualifiedName& name : names_in(catalog.views, schema)) {
    drop_view(editor, name);
  }
  for (const QualifiedName& name : names_in(catalog.enums, schema)) {
    drop_type(editor, name);
  }
  for (const QualifiedName& name : names_in(catalog.domains, schema)) {
    drop_type(editor, name);
  }
  for (const QualifiedName& name : names_in(catalog.sequences, schema)) {
    drop_sequence(editor, name);
  }
  std::erase_if(catalog.functions,
                [&](const Function& function) { return function.name.schema == schema; });
  std::erase(catalog.schemas, schema);
}

using ColumnsByName = std::map<std::string, std::vector<std::string>>;

void drop_of_table(Editor& editor, std::vector<std::string> Table::*things,
                   ColumnsByName Table::*columns) {
  if (Table* table = editor.target()) {
    const std::string name = text_of(editor.operation().object);
    std::erase(table->*things, name);
    (table->*columns).erase(name);
  }
}

// Which of them call a function, is not known of policies.
void forget_columns(Editor& editor) {
  for (const QualifiedName& name : editor.where([](const Table& table) {
         return !table.trigger_columns.empty() || !table.policy_columns.empty();
       })) {
    Table& table = *editor.edit(name);
    table.trigger_columns.clear();
    table.policy_columns.clear();
  }
}

void rename_of_table(Editor& editor, std::vector<std::string> Table::*things,
                     const migration::Name& to) {
  if (Table* table = editor.target()) {
    rename_in(table->*things, text_of(editor.operation().object), text_of(to));
  }
}

void rename_schema(Editor& editor, const std::string& schema, const std::string& to) {
  Catalog& catalog = editor.catalog();
  rename_in(catalog.schemas, schema, to);
  for (const QualifiedName& name :
       editor.where([&](const Table& table) { return table.name.schema == schema; })) {
    move_table(editor, name, {to, name.name});
  }
  for (const QualifiedName& name : names_in(catalog.views, schema)) {
    rename_view(editor, name, {to, name.name});
  }
  for (const QualifiedName& name : names_in(catalog.sequences, schema)) {
    rename_sequence(editor, name, {to, name.name});
  }
  for (const QualifiedName& name : names_in(catalog.enums, schema)) {
    move_type(editor, name, {to, name.name});
  }
  for (const QualifiedName& name : names_in(catalog.domains, schema)) {
    move_type(editor, name, {to, name.name});
  }
  for (Function& function : catalog.functions) {
    if (function.name.schema == schema) {
      function.name.schema = to;
    }
  }
}

}  // namespace

void rename_view(Editor& editor, const QualifiedName& name, const QualifiedName& to) {
  auto& views = editor.catalog().views;
  rename_entry(views, name, to);
  for (auto& [view_name, view] : views) {
    std::replace(view.reads.begin(), view.reads.end(), name, to);
  }
}

std::string nextval(const QualifiedName& sequence) {
  return "nextval('" + type_text(sequence) + "'::regclass)";
}

void rename_sequence(Editor& editor, const QualifiedName& name, const QualifiedName& to) {
  auto& sequences = editor.catalog().sequences;
  if (!sequences.contains(name)) {
    return;
  }
  rename_entry(sequences, name, to);
  const std::string old_text = nextval(name);
  const std::string new_text = nextval(to);
  const auto draws = [&](const Column& column) { return column.default_ == old_text; };
  for (const QualifiedName& table : editor.where([&](const Table& each) {
         return std::any_of(each.columns.begin(), each.columns.end(), draws);
       })) {
    for (Column& column : editor.edit(table)->columns) {
      if (draws(column)) {
        column.default_ = new_text;
      }
    }
  }
}

void drop_views_of(Editor& editor, const QualifiedName& relation) {
  std::vector<QualifiedName> readers;
  for (const auto& [name, view] : editor.catalog().views) {
    if (std::find(view.reads.begin(), view.reads.end(), relation) != view.reads.end()) {
      readers.push_back(name);
    }
  }
  for (const QualifiedName& name : readers) {
    drop_view(editor, name);
  }
}

void create_view(Editor& editor, const migration::CreateView& action) {
  const QualifiedName name = object_name(editor);
  if (name.name.empty()) {
    return;
  }
  auto& views = editor.catalog().views;
  if (views.contains(name) && editor.passes_existing()) {
    views.at(name).certainty = Certainty::certain;
    return;
  }
  View made{.name = name,
            .materialized = action.materialized,
            .populated = !action.materialized || action.with_data,
            .definition = action.definition};
  for (const migration::TableName& table : action.reads) {
    if (const auto read = qualified(table)) {
      made.reads.push_back(*read);
    }
  }
  views.insert_or_assign(name, std::move(made));
}

void refresh_view(Editor& editor, const migration::RefreshView& action) {
  auto& views = editor.catalog().views;
  if (const auto found = views.find(object_name(editor)); found != views.end()) {
    found->second.populated = action.with_data;
  }
}

// One for all of a name: what its arguments are is not known.
void create_function(Editor& editor, const migration::CreateFunction& action) {
  const QualifiedName name = object_name(editor);
  if (name.name.empty()) {
    return;
  }
  for (Function& there : editor.catalog().functions) {
    if (there.name == name) {
      there.volatility = action.volatility;
      return;
    }
  }
  editor.catalog().functions.push_back({.name = name, .volatility = action.volatility});
}

void create_object(Editor& editor, const migration::CreateObject& action) {
  Catalog& catalog = editor.catalog();
  const std::string name = text_of(editor.operation().object);
  switch (action.kind) {
    case ObjectKind::schema:
      add_once(catalog.schemas, name);
      return;
    case ObjectKind::extension:
      add_once(catalog.extensions, name);
      return;
    case ObjectKind::sequence: {
      const QualifiedName sequence = object_name(editor);
      if (!sequence.name.empty()) {
        catalog.sequences.try_emplace(sequence, Sequence{.name = sequence});
      }
      return;
    }
    default:
      return;
  }
}

void drop_object(Editor& editor, const migration::DropObject& action) {
  Catalog& catalog = editor.catalog();
  const QualifiedName name = object_name(editor);
  switch (action.kind) {
    case ObjectKind::type:
      drop_type(editor, name);
      return;
    case ObjectKind::view:
    case ObjectKind::materialized_view:
      drop_view(editor, name);
      return;
    case ObjectKind::function:
      std::erase_if(catalog.functions,
                    [&](const Function& function) { return function.name == name; });
      if (editor.operation().cascade) {
        forget_columns(editor);
      }
      return;
    case ObjectKind::trigger:
      drop_of_table(editor, &Table::triggers, &Table::trigger_columns);
      return;
    case ObjectKind::policy:
      drop_of_table(editor, &Table::policies, &Table::policy_columns);
      return;
    case ObjectKind::sequence:
      drop_sequence(editor, name);
      return;
    case ObjectKind::schema:
      drop_schema(editor, text_of(editor.operation().object));
      return;
    case ObjectKind::extension:
      std::erase(catalog.extensions, text_of(editor.operation().object));
      if (editor.operation().cascade) {
        forget_columns(editor);
      }
      return;
    case ObjectKind::owned:
      // What belongs to the role is not known.
      catalog.complete = false;
      for (const QualifiedName& table : editor.where([](const Table&) { return true; })) {
        editor.edit(table)->certainty = Certainty::possible;
      }
      return;
    default:
      return;
  }
}

void rename_object(Editor& editor, const migration::RenameObject& action) {
  const Operation& operation = editor.operation();
  const QualifiedName name = object_name(editor);
  const QualifiedName to =
      in_schema(action.to, action.schema.absent() ? operation.table.schema : action.schema);
  switch (action.kind) {
    case ObjectKind::trigger:
      rename_of_table(editor, &Table::triggers, action.to);
      return;
    case ObjectKind::policy:
      rename_of_table(editor, &Table::policies, action.to);
      return;
    case ObjectKind::schema:
      rename_schema(editor, text_of(operation.object), text_of(action.to));
      return;
    default:
      break;
  }
  if (name.name.empty() || to.name.empty()) {
    return;
  }
  switch (action.kind) {
    case ObjectKind::view:
    case ObjectKind::materialized_view:
      rename_view(editor, name, to);
      return;
    case ObjectKind::sequence:
      rename_sequence(editor, name, to);
      return;
    case ObjectKind::function:
      for (Function& function : editor.catalog().functions) {
        if (function.name == name) {
          function.name = to;
        }
      }
      return;
    default:
      return;
  }
}

}  // namespace gauger::catalog
