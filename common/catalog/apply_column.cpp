// Columns.
#include <algorithm>
#include <cctype>
#include <utility>

#include "catalog/editor.hpp"
#include "catalog/expression.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool uses(const Index& index, const std::string& column) {
  return contains(index.included, column) || mentions(index.predicate, column) ||
         std::any_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) {
           return key.column == column || mentions(key.expression, column);
         });
}

bool uses(const Constraint& constraint, const std::string& column) {
  return contains(constraint.columns, column) || mentions(constraint.expression, column);
}

void rename(Index& index, const std::string& column, const std::string& to) {
  if (uses(index, column)) {
    index.own_names = index_columns(index);
  }
  rename_in(index.included, column, to);
  index.predicate = with_renamed(index.predicate, column, to);
  for (IndexKey& key : index.keys) {
    if (key.column == column) {
      key.column = to;
    }
    key.expression = with_renamed(key.expression, column, to);
  }
}

void rename_in_table(Table& table, const std::string& column, const std::string& to) {
  if (Column* renamed = find_named(table.columns, column)) {
    renamed->name = to;
  }
  for (Column& other : table.columns) {
    other.generated = with_renamed(other.generated, column, to);
  }
  for (Constraint& constraint : table.constraints) {
    rename_in(constraint.columns, column, to);
    constraint.expression = with_renamed(constraint.expression, column, to);
  }
  for (Index& index : table.indexes) {
    rename(index, column, to);
  }
  for (std::string& key : table.partition_key) {
    key = with_renamed(key, column, to);
  }
  for (auto* columns : {&table.trigger_columns, &table.policy_columns}) {
    for (auto& [name, each] : *columns) {
      rename_in(each, column, to);
    }
  }
}

// The column's own copies in partitions and inheriting tables are the same.
template <class Change>
void change_column(Editor& editor, const migration::Name& name, const Change& change) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  const std::string column = text_of(name);
  if (!name.known || column.empty()) {
    return;
  }
  if (table->find_column(column) == nullptr && !table->columns_known && !editor.passes_missing()) {
    table->columns.push_back(Column{.name = column});
  }
  const QualifiedName own = table->name;
  std::vector<QualifiedName> tables = editor.descendants(own);
  tables.insert(tables.begin(), own);
  for (const QualifiedName& each : tables) {
    Table& changed = *editor.edit(each);
    if (Column* found = find_named(changed.columns, column)) {
      change(*found);
    }
  }
}

// nextval('s') as the server says it: nextval('s'::regclass). The name is in a string as SQL has
// it.
std::optional<std::string> drawn_from(const std::string& expression) {
  constexpr std::string_view call = "nextval('";
  constexpr std::string_view in_public = "public.";
  if (!expression.starts_with(call)) {
    return std::nullopt;
  }
  const std::size_t end = expression.find('\'', call.size());
  const std::string rest = end == std::string::npos ? "" : expression.substr(end + 1);
  if (rest != ")" && rest != "::regclass)" && rest != "::text)" && rest != "::text::regclass)") {
    return std::nullopt;
  }
  std::string name = expression.substr(call.size(), end - call.size());
  if (name.starts_with(in_public)) {
    name.erase(0, in_public.size());
  }
  return std::string(call) + name + "'::regclass)";
}

bool is_null(std::string_view text) {
  constexpr std::string_view null = "null";
  return std::equal(text.begin(), text.end(), null.begin(), null.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

}  // namespace

std::optional<std::string> column_default(const Catalog& catalog, const std::string& type,
                                          const std::optional<migration::Default>& value) {
  const auto is_type = [&](const auto& entry) { return type_text(entry.first) == type; };
  const bool null = value && value->kind == migration::DefaultKind::expression &&
                    is_null(value->text) && type.find('(') == std::string::npos &&
                    std::none_of(catalog.domains.begin(), catalog.domains.end(), is_type);
  return null ? std::nullopt : default_text(value);
}

std::optional<std::string> default_text(const std::optional<migration::Default>& value) {
  if (!value) {
    return std::nullopt;
  }
  switch (value->kind) {
    case migration::DefaultKind::literal: {
      std::string text = "'";
      for (const char c : value->text) {
        text += c;
        if (c == '\'') {
          text += c;
        }
      }
      return text + '\'';
    }
    case migration::DefaultKind::expression:
      return drawn_from(value->text).value_or(value->text);
    case migration::DefaultKind::unknown:
      break;
  }
  return std::string();
}

Column make_column(Editor& editor, const QualifiedName& table, const migration::Column& column) {
  Column made{.name = text_of(column.name),
              .type = column_type(editor.catalog(), column.type, table.schema),
              .nullable = column.nullable,
              .identity = column.identity,
              .collation = column.collation,
              .comment = column.comment.value_or("")};
  made.default_ = column_default(editor.catalog(), made.type, column.server_default);
  if (column.generated) {
    made.generated = column.generated->expression;
    made.generated_virtual = column.generated->kind == migration::GeneratedKind::virtual_ ||
                             column.generated->kind == migration::GeneratedKind::unsaid;
  }
  if (column.serial || column.identity != Identity::none) {
    made.nullable = false;
  }
  if (column.serial) {
    const auto taken = [&](const std::string& name) {
      return editor.relation_exists({table.schema, name});
    };
    const QualifiedName sequence{table.schema, free_name(table.name, made.name, "seq", taken)};
    made.default_ = nextval(sequence);
    editor.catalog().sequences.insert_or_assign(
        sequence,
        Sequence{.name = sequence, .owner = table, .owner_column = made.name, .type = made.type});
  }
  made.may_own_sequence = column.serial;
  return made;
}

// Over a long history most tables get columns one by one: room for twice as many would stay unused.
static void append(std::vector<Column>& columns, const Column& column) {
  if (columns.size() == columns.capacity()) {
    columns.reserve(columns.size() + columns.size() / 8 + 1);
  }
  columns.push_back(column);
}

void add_column(Editor& editor, const migration::AddColumn& action) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  const std::string name = text_of(action.column.name);
  if (name.empty()) {
    table->columns_known = false;
    return;
  }
  if (Column* there = find_named(table->columns, name)) {
    if (editor.passes_existing()) {
      there->certainty = Certainty::certain;
      return;
    }
    std::erase_if(table->columns, [&](const Column& column) { return column.name == name; });
  }
  const QualifiedName own = table->name;
  const Column made = make_column(editor, own, action.column);
  append(table->columns, made);
  for (const QualifiedName& child : editor.descendants(own)) {
    Table& other = *editor.edit(child);
    if (other.find_column(name) == nullptr) {
      append(other.columns, made);
      other.columns.back().comment.clear();
    }
  }
}

namespace {

void drop_column_here(Editor& editor, const QualifiedName& name, const std::string& column) {
  Table* table = editor.edit(name);
  if (table == nullptr || (table->columns_known && table->find_column(column) == nullptr)) {
    return;
  }
  const Column* dropped = table->find_column(column);
  const bool may_own_sequence = dropped == nullptr || dropped->may_own_sequence;
  std::erase_if(table->columns, [&](const Column& each) { return each.name == column; });
  std::vector<std::string> computed;
  for (const Column& each : table->columns) {
    if (!each.generated.empty() && mentions(each.generated, column)) {
      computed.push_back(each.name);
    }
  }
  for (auto* columns : {&table->trigger_columns, &table->policy_columns}) {
    std::erase_if(*columns, [&](const auto& entry) { return contains(entry.second, column); });
  }
  std::erase_if(table->indexes, [&](const Index& index) { return uses(index, column); });
  std::erase_if(table->constraints,
                [&](const Constraint& constraint) { return uses(constraint, column); });
  const auto refers = [&](const Constraint& constraint) {
    return constraint.referenced == name && contains(constraint.referenced_columns, column);
  };
  for (const QualifiedName& other : editor.where_refers(name, refers)) {
    std::erase_if(editor.edit(other)->constraints, refers);
  }
  if (may_own_sequence) {  // there are as many sequences as tables
    std::erase_if(editor.catalog().sequences, [&](const auto& entry) {
      return entry.second.owner == name && entry.second.owner_column == column;
    });
  }
  // Which columns a view reads is not known: it may have gone with this one.
  if (editor.operation().cascade) {
    for (auto& [view_name, view] : editor.catalog().views) {
      if (std::find(view.reads.begin(), view.reads.end(), name) != view.reads.end()) {
        view.certainty = Certainty::possible;
      }
    }
  }
  // No generated column is made from another.
  for (const std::string& each : computed) {
    drop_column_here(editor, name, each);
  }
}

}  // namespace

void drop_column(Editor& editor, const QualifiedName& table, const std::string& column) {
  drop_column_here(editor, table, column);
  for (const QualifiedName& child : editor.descendants(table)) {
    drop_column_here(editor, child, column);
  }
}

void rename_column(Editor& editor, const migration::RenameColumn& action) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  const std::string from = text_of(action.column);
  const std::string to = text_of(action.to);
  if (from.empty() || to.empty()) {
    table->columns_known = false;
    std::erase_if(table->columns, [&](const Column& column) { return column.name == from; });
    return;
  }
  if (table->find_column(from) == nullptr) {
    if (!table->columns_known) {
      table->columns.push_back(Column{.name = to});
    }
    return;
  }
  const QualifiedName own = table->name;
  std::vector<QualifiedName> renamed = editor.descendants(own);
  renamed.insert(renamed.begin(), own);
  for (const QualifiedName& each : renamed) {
    rename_in_table(*editor.edit(each), from, to);
    const auto refers = [&](const Constraint& constraint) { return constraint.referenced == each; };
    for (const QualifiedName& other : editor.where_refers(each, refers)) {
      for (Constraint& constraint : editor.edit(other)->constraints) {
        if (refers(constraint)) {
          rename_in(constraint.referenced_columns, from, to);
        }
      }
    }
    for (auto& [sequence_name, sequence] : editor.catalog().sequences) {
      if (sequence.owner == each && sequence.owner_column == from) {
        sequence.owner_column = to;
      }
    }
  }
  if (auto view = editor.catalog().views.find(own); view != editor.catalog().views.end()) {
    for (Index& index : view->second.indexes) {
      rename(index, from, to);
    }
  }
}

void change_type(Editor& editor, const migration::ChangeType& action) {
  const std::string type = column_type(
      editor.catalog(), action.type,
      qualified(editor.operation().table).value_or(QualifiedName{.schema = "public"}).schema);
  change_column(editor, action.column, [&](Column& column) {
    column.type = type;
    column.collation = action.collation;
  });
}

void set_nullable(Editor& editor, const migration::Name& column, bool nullable) {
  change_column(editor, column, [&](Column& each) { each.nullable = nullable; });
}

void set_default(Editor& editor, const migration::SetDefault& action) {
  change_column(editor, action.column, [&](Column& column) {
    column.default_ = column_default(editor.catalog(), column.type, action.value);
  });
}

// That of a partition is its own up to PostgreSQL 16, which is read as if it were so later, too.
void change_identity(Editor& editor, const migration::ChangeIdentity& action) {
  Table* table = editor.target();
  Column* column = table == nullptr ? nullptr : find_named(table->columns, text_of(action.column));
  if (column == nullptr) {
    return;
  }
  switch (action.change) {
    case migration::IdentityChange::add:
      column->identity = action.identity;
      column->nullable = false;
      break;
    case migration::IdentityChange::set:
      column->identity = action.identity == Identity::none ? column->identity : action.identity;
      break;
    case migration::IdentityChange::drop:
      column->identity = Identity::none;
      column->identity_options.clear();
      break;
  }
}

void set_expression(Editor& editor, const migration::SetExpression& action) {
  change_column(editor, action.column,
                [&](Column& column) { column.generated = action.expression.value_or(""); });
}

void set_comment(Editor& editor, const migration::SetComment& action) {
  Table* table = editor.target();
  if (table == nullptr) {
    return;
  }
  if (action.column.absent()) {
    table->comment = action.comment.value_or("");
  } else if (Column* column = find_named(table->columns, text_of(action.column))) {
    column->comment = action.comment.value_or("");
  }
}

}  // namespace gauger::catalog
