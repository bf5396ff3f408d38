#include "migration/reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace gauger::migration {

using eval::Interpreter;
using eval::Place;
using eval::Value;
using eval::ValueKind;

namespace {

const Value* argument(const Value& call, std::size_t index, std::string_view keyword) {
  if (const Value* named = call.keyword(keyword)) {
    return named;
  }
  return index < call.items.size() ? call.items[index] : nullptr;
}

bool flag(const Value& call, std::string_view keyword) {
  const Value* value = call.keyword(keyword);
  return value != nullptr && eval::truth(*value).value_or(false);
}

template <std::size_t size>
bool one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Roots whose calls change no database.
constexpr std::array<std::string_view, 22> harmless_roots = {
    "logging", "time",     "os",     "sys",    "warnings", "json",       "re",      "datetime",
    "uuid",    "builtins", "math",   "random", "hashlib",  "string",     "pathlib", "itertools",
    "typing",  "click",    "pprint", "tqdm",   "decimal",  "collections"};

bool is_harmless(std::string_view dotted) {
  return one_of(dotted.substr(0, dotted.find('.')), harmless_roots) && dotted != "builtins.exec" &&
         dotted != "builtins.eval";
}

// Methods of connections, sessions and results that change nothing, or nothing that lasts.
constexpr std::array<std::string_view, 40> reading_methods = {"fetchall",
                                                              "fetchone",
                                                              "fetchmany",
                                                              "first",
                                                              "all",
                                                              "one",
                                                              "scalars",
                                                              "one_or_none",
                                                              "scalar_one",
                                                              "scalar_one_or_none",
                                                              "mappings",
                                                              "close",
                                                              "begin",
                                                              "begin_nested",
                                                              "flush",
                                                              "expunge_all",
                                                              "reflect",
                                                              "refresh",
                                                              "get_columns",
                                                              "get_table_names",
                                                              "get_indexes",
                                                              "get_foreign_keys",
                                                              "get_unique_constraints",
                                                              "get_pk_constraint",
                                                              "has_table",
                                                              "get_check_constraints",
                                                              "get_enums",
                                                              "keys",
                                                              "rowcount",
                                                              "query",
                                                              "filter",
                                                              "filter_by",
                                                              "execution_options",
                                                              "append_column",
                                                              "append_constraint",
                                                              "clear",
                                                              "invalidate",
                                                              "dispose",
                                                              "order_by",
                                                              "count"};

constexpr std::array<std::string_view, 4> executing_methods = {"execute", "scalar", "scalars",
                                                               "exec_driver_sql"};

bool is_batch(const Value& value) {
  return value.is(ValueKind::call) &&
         eval::dotted_name(*value.object) == "alembic.op.batch_alter_table";
}

// Whether the chain is session.query(…)…, whose update() and delete() run at once.
bool is_query(const Value& value) {
  const Value* at = &value;
  while (at->is(ValueKind::call) && at->object->is(ValueKind::attribute)) {
    if (at->object->text == "query") {
      return true;
    }
    at = at->object->object;
  }
  return false;
}

bool is_autocommit(const Value& value) {
  return value.is(ValueKind::call) && value.object->is(ValueKind::attribute) &&
         value.object->text == "autocommit_block";
}

// Whether a connection, or alembic.op itself, is given to a call.
bool hands_over_database(const Value& call) {
  const auto leads_to_database = [](const Value* value) {
    const std::string_view root = root_symbol(*value);
    return root == "alembic.op" || root.starts_with("alembic.op.get_bind") ||
           root.starts_with("alembic.op.get_context");
  };
  return std::any_of(call.items.begin(), call.items.end(), leads_to_database) ||
         std::any_of(call.entries.begin(), call.entries.end(),
                     [&](const auto& entry) { return leads_to_database(entry.second); });
}

}  // namespace

Operation& Reader::add(Interpreter& reader, OperationKind kind, std::string directive,
                       Place place) {
  Operation operation;
  operation.kind = kind;
  operation.directive = std::move(directive);
  operation.may_run = reader.condition() != nullptr;
  operation.autocommit = autocommit_ > 0;
  const auto& frames = reader.frames();
  for (std::size_t i = 1; i < frames.size(); ++i) {
    operation.sites.push_back(frames[i].call);
  }
  operation.sites.push_back(place);
  if (reader.importing()) {
    return discarded_ = std::move(operation);
  }
  return operations_.emplace_back(std::move(operation));
}

void Reader::opaque(Interpreter& reader, Place place, std::string reason) {
  if (recording_) {
    add(reader, OperationKind::opaque, "", place).reason = std::move(reason);
  }
}

void Reader::gave_up(Interpreter& reader, Place place, std::string_view why) {
  opaque(reader, place, std::string(why));
}

void Reader::entered(Interpreter& /*reader*/, Value* context) {
  autocommit_ += is_autocommit(*context) ? 1 : 0;
}

void Reader::left(Interpreter& /*reader*/, Value* context) {
  autocommit_ -= is_autocommit(*context) ? 1 : 0;
}

Value* Reader::followed(Interpreter& reader, Value* function, Value* call) {
  const auto wrapper = settings_.wrappers.find(std::string(function->text));
  if (wrapper == settings_.wrappers.end()) {
    return nullptr;
  }
  return directive(reader, wrapper->second, call, nullptr);
}

// PostgreSQL is assumed, and a run that is connected.
Value* Reader::attribute(Interpreter& reader, Value* object, std::string_view name) {
  const bool of_dialect = (object->is(ValueKind::attribute) && object->text == "dialect") ||
                          (object->is(ValueKind::symbol) && object->text.ends_with(".dialect")) ||
                          (object->is(ValueKind::attribute) && object->text == "engine");
  if (name == "name" && of_dialect) {
    return reader.text("postgresql", object->place);
  }
  return nullptr;
}

Value* Reader::called(Interpreter& reader, Value* call, bool statement) {
  const Value& callee = *call->object;
  const std::string dotted = eval::dotted_name(callee);
  constexpr std::string_view op = "alembic.op.";
  if (dotted.starts_with(op)) {
    return directive(reader, std::string_view(dotted).substr(op.size()), call, nullptr);
  }
  if (callee.is(ValueKind::attribute) && is_batch(*callee.object)) {
    return directive(reader, callee.text, call, callee.object);
  }
  if (dotted.ends_with(".quoted_name") && !call->items.empty()) {
    return call->items[0];
  }
  if (dotted.ends_with("context.is_offline_mode")) {
    Value* no = reader.memory().make(ValueKind::boolean, call->place);
    return no;
  }
  if (callee.is(ValueKind::symbol)) {
    const std::string_view last = std::string_view(dotted).substr(dotted.rfind('.') + 1);
    const auto wrapper = settings_.wrappers.find(std::string(last));
    if (wrapper != settings_.wrappers.end()) {
      return directive(reader, wrapper->second, call, nullptr);
    }
    const bool outside =
        !dotted.starts_with("sqlalchemy") && !dotted.starts_with("alembic") && !is_harmless(dotted);
    if (recording_ && ((statement && outside) || (outside && hands_over_database(*call)))) {
      opaque(reader, call->place,
             fmt::format("{} is not in the project, so what it does is not "
                         "known",
                         dotted));
    }
    return call;
  }
  if (callee.is(ValueKind::attribute)) {
    return object_method(reader, call, statement);
  }
  if (recording_ && statement && !callee.is(ValueKind::class_)) {
    opaque(reader, call->place, fmt::format("this calls {}", eval::describe(callee)));
  }
  return call;
}

Value* Reader::object_method(Interpreter& reader, Value* call, bool statement) {
  if (!recording_) {
    return call;
  }
  const Value& callee = *call->object;
  const Value& object = *callee.object;
  const std::string_view method = callee.text;
  const std::string_view root = root_symbol(object);
  if (const auto enumeration = enum_of(object)) {
    if (method == "create" || method == "drop") {
      Operation& made =
          add(reader, method == "create" ? OperationKind::create_type : OperationKind::drop_type,
              fmt::format("Enum.{}()", method), call->place);
      made.enumeration = enumeration;
      made.object = enumeration->name;
      // postgresql.ENUM looks first unless told not to, sa.Enum only when told to.
      const Value* told = argument(*call, 1, "checkfirst");
      const bool checks =
          told != nullptr ? eval::truth(*told).value_or(true) : sqlalchemy_name(object) == "ENUM";
      made.if_not_exists = method == "create" && checks;
      made.if_exists = method == "drop" && checks;
    }
    return call;
  }
  if (method == "create" || method == "drop") {
    if (const auto table = table_of(object, reader)) {
      Operation& made =
          add(reader, method == "create" ? OperationKind::create_table : OperationKind::drop_table,
              fmt::format("Table.{}()", method), call->place);
      made.table = *table;
      made.if_not_exists = made.if_exists = true;  // checkfirst is the default
      for (const Value* item : object.is(ValueKind::call) ? object.items : std::vector<Value*>()) {
        if (auto column = column_of(*item)) {
          made.columns.push_back(*std::move(column));
        }
      }
      return call;
    }
  }
  if (one_of(method, executing_methods) && !call->items.empty()) {
    execute(reader, *call, *call->items[0]);
    return call;
  }
  if (method == "commit" || method == "rollback") {
    add(reader, OperationKind::other, fmt::format("{}()", method), call->place);
    return call;
  }
  if (method == "add" || method == "add_all" || method == "merge" || method.starts_with("bulk_")) {
    add(reader, OperationKind::insert, fmt::format("{}()", method), call->place).table.name =
        Name::hole();
    return call;
  }
  if ((method == "update" || method == "delete") && (statement || is_query(object))) {
    if (!is_query(object) && data_change_of(*call, reader)) {
      return call;  // an expression; executing it is what counts
    }
    Operation& made =
        add(reader, method == "update" ? OperationKind::update : OperationKind::delete_,
            fmt::format("{}()", method), call->place);
    made.table.name = Name::hole();
    for (const Value* at = &object; at->is(ValueKind::call); at = at->object->object) {
      if (!at->object->is(ValueKind::attribute)) {
        break;
      }
      if (at->object->text == "query" && !at->items.empty()) {
        made.table = table_of(*at->items[0], reader).value_or(made.table);
      }
    }
    return call;
  }
  if (method == "create_all" || method == "drop_all") {
    opaque(reader, call->place, fmt::format("{}() acts on all tables of its metadata", method));
    return call;
  }
  const bool known = is_harmless(root) || one_of(method, reading_methods) ||
                     root.starts_with("sqlalchemy") || root.starts_with("alembic");
  if (!known && (statement || hands_over_database(*call))) {
    opaque(reader, call->place, fmt::format("what {}() does here is not known", method));
  }
  return call;
}

void Reader::execute(Interpreter& reader, const Value& call, const Value& what) {
  if (!recording_) {
    return;
  }
  if (const auto text = sql_text_of(what)) {
    execute_text(reader, call, *text);
    return;
  }
  if (const auto change = data_change_of(what, reader)) {
    Operation& made = add(reader, change->kind, "execute", call.place);
    made.table = change->table;
    return;
  }
  const std::string_view root = root_symbol(what);
  if (root.starts_with("sqlalchemy.") && root.ends_with(".select")) {
    return;
  }
  if (what.is(ValueKind::choice)) {
    for (const Value* item : what.items) {
      execute(reader, call, *item);
    }
    return;
  }
  opaque(reader, call.place, "the statement that is executed is not known");
}

void Reader::execute_text(Interpreter& reader, const Value& call, const std::string& text) {
  if (reader.importing()) {
    return;
  }
  Operation base = add(reader, OperationKind::other, "execute", call.place);
  operations_.pop_back();
  base.from_sql = true;
  append_sql(text, base, operations_);
}

void Reader::describe_alter(Operation& operation, const Value& call, std::size_t first) {
  ColumnChange change;
  change.name = name_of(argument(call, first, "column_name"));
  if (const Value* type = call.keyword("type_"); type != nullptr && !type->is(ValueKind::none)) {
    change.type = type_of(type);
  }
  if (const Value* type = call.keyword("existing_type");
      type != nullptr && !type->is(ValueKind::none)) {
    change.existing_type = type_of(type);
  }
  if (const Value* nullable = call.keyword("nullable");
      nullable != nullptr && !nullable->is(ValueKind::none)) {
    change.nullable = eval::truth(*nullable);
  }
  if (const Value* nullable = call.keyword("existing_nullable")) {
    change.existing_nullable = eval::truth(*nullable);
  }
  if (const Value* given = call.keyword("server_default");
      given != nullptr && !(given->is(ValueKind::boolean) && given->integer == 0)) {
    change.sets_default = true;
    change.server_default = default_of(given);
  }
  change.new_name = name_of(call.keyword("new_column_name"));
  operation.change = std::move(change);
}

Value* Reader::directive(Interpreter& reader, std::string_view name, Value* call,
                         const Value* batch) {
  if (name == "f" && !call->items.empty()) {
    return call->items[0];
  }
  if (name == "inline_literal" || name == "get_bind" || name == "get_context" ||
      name == "batch_alter_table" || name.starts_with("get_context.") ||
      name.starts_with("get_bind.")) {
    return call;
  }
  if (!recording_) {
    return call;
  }
  if (name == "execute") {
    if (const Value* what = argument(*call, 0, "sqltext")) {
      execute(reader, *call, *what);
    }
    return call;
  }
  // Where the table stands among the arguments; in a batch it is the batch's.
  const auto place_table = [&](Operation& operation, std::size_t index, std::string_view keyword) {
    if (batch != nullptr) {
      operation.table.name = name_of(argument(*batch, 0, "table_name"));
      operation.table.schema = name_of(argument(*batch, 1, "schema"));
    } else {
      operation.table.name = name_of(argument(*call, index, keyword));
      operation.table.schema = name_of(call->keyword("schema"));
    }
    if (operation.table.name.absent()) {
      operation.table.name = Name::hole();
    }
  };
  const std::size_t first = batch != nullptr ? 0 : 1;
  std::string shown(name);
  const auto make = [&](OperationKind kind) -> Operation& {
    Operation& made = add(reader, kind, shown, call->place);
    made.if_exists = flag(*call, "if_exists");
    made.if_not_exists = flag(*call, "if_not_exists");
    return made;
  };
  if (name == "create_table") {
    Operation& made = make(OperationKind::create_table);
    place_table(made, 0, "table_name");
    for (std::size_t i = 1; i < call->items.size(); ++i) {
      if (auto column = column_of(*call->items[i])) {
        made.columns.push_back(*std::move(column));
      }
    }
  } else if (name == "drop_table") {
    place_table(make(OperationKind::drop_table), 0, "table_name");
  } else if (name == "rename_table") {
    Operation& made = make(OperationKind::rename_table);
    made.table.name = name_of(argument(*call, 0, "old_table_name"));
    made.table.schema = name_of(call->keyword("schema"));
    made.new_table.name = name_of(argument(*call, 1, "new_table_name"));
    made.new_table.schema = made.table.schema;
  } else if (name == "add_column") {
    Operation& made = make(OperationKind::add_column);
    place_table(made, 0, "table_name");
    const Value* given = argument(*call, first, "column");
    Column column;
    column.name = Name::hole();
    if (given != nullptr) {
      column = column_of(*given).value_or(column);
    }
    made.columns.push_back(std::move(column));
  } else if (name == "drop_column") {
    Operation& made = make(OperationKind::drop_column);
    place_table(made, 0, "table_name");
    made.columns.emplace_back().name = name_of(argument(*call, first, "column_name"));
  } else if (name == "alter_column") {
    Operation& made = make(OperationKind::alter_column);
    place_table(made, 0, "table_name");
    describe_alter(made, *call, first);
  } else if (name == "create_index") {
    Operation& made = make(OperationKind::create_index);
    made.object = name_of(argument(*call, 0, "index_name"));
    place_table(made, 1, "table_name");
  } else if (name == "drop_index") {
    Operation& made = make(OperationKind::drop_index);
    made.object = name_of(argument(*call, 0, "index_name"));
    place_table(made, 1, "table_name");
  } else if (name.starts_with("create_") &&
             (name.ends_with("_constraint") || name == "create_primary_key" ||
              name == "create_foreign_key")) {
    Operation& made = make(OperationKind::create_constraint);
    made.object = name_of(argument(*call, 0, "constraint_name"));
    place_table(made, 1, name == "create_foreign_key" ? "source_table" : "table_name");
    if (batch == nullptr && name == "create_foreign_key") {
      made.table.schema = name_of(call->keyword("source_schema"));
    }
  } else if (name == "drop_constraint") {
    Operation& made = make(OperationKind::drop_constraint);
    made.object = name_of(argument(*call, 0, "constraint_name"));
    place_table(made, 1, "table_name");
  } else if (name == "bulk_insert") {
    Operation& made = make(OperationKind::insert);
    const Value* table = argument(*call, 0, "table");
    made.table = table != nullptr ? table_of(*table, reader).value_or(TableName{{}, Name::hole()})
                                  : TableName{{}, Name::hole()};
  } else {
    make(OperationKind::other);
  }
  return call;
}

}  // namespace gauger::migration
