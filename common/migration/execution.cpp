#include "migration/execution.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/columns.hpp"
#include "migration/data_change.hpp"
#include "migration/expressions.hpp"
#include "migration/schema_object.hpp"
#include "migration/sql_text.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

template <std::size_t size>
bool one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Roots whose calls change no database of the project's.
constexpr std::array<std::string_view, 69> harmless_roots = {
    "logging",      "time",      "os",         "sys",         "warnings", "json",      "re",
    "datetime",     "uuid",      "builtins",   "math",        "random",   "hashlib",   "string",
    "pathlib",      "itertools", "typing",     "click",       "pprint",   "tqdm",      "decimal",
    "collections",  "functools", "textwrap",   "enum",        "copy",     "base64",    "secrets",
    "traceback",    "inspect",   "contextlib", "dataclasses", "loguru",   "structlog", "zoneinfo",
    "csv",          "yaml",      "babel",      "dateutil",    "slugify",  "requests",  "httpx",
    "urllib3",      "boto3",     "stripe",     "urllib",      "shutil",   "tempfile",  "io",
    "glob",         "operator",  "statistics", "platform",    "pickle",   "gzip",      "zipfile",
    "unicodedata",  "html",      "struct",     "bisect",      "heapq",    "networkx",  "numpy",
    "cryptography", "bcrypt",    "orjson",     "simplejson",  "dotenv",   "rich"};

// A logger's, whoever has made it: flask.current_app.logger.info.
bool logs(std::string_view dotted) {
  static constexpr std::array<std::string_view, 8> levels = {
      "debug", "info", "warning", "warn", "error", "exception", "critical", "log"};
  const std::size_t last = dotted.rfind('.');
  if (last == std::string_view::npos || !one_of(dotted.substr(last + 1), levels)) {
    return false;
  }
  const std::string_view owner = dotted.substr(0, last);
  const std::string_view name = owner.substr(owner.rfind('.') + 1);
  return name == "logger" || name == "log" || name == "LOG" || name == "LOGGER";
}

bool is_harmless(std::string_view dotted) {
  return logs(dotted) ||
         (one_of(dotted.substr(0, dotted.find('.')), harmless_roots) && dotted != "builtins.exec" &&
          dotted != "builtins.eval" && dotted != "os.system" && dotted != "os.popen");
}

// Methods of connections, sessions, results, metadata and inspectors that change nothing, or
// nothing by themselves.
constexpr std::array<std::string_view, 76> reading_methods = {"fetchall",
                                                              "fetchone",
                                                              "fetchmany",
                                                              "first",
                                                              "all",
                                                              "one",
                                                              "one_or_none",
                                                              "scalar_one",
                                                              "scalar_one_or_none",
                                                              "mappings",
                                                              "partitions",
                                                              "close",
                                                              "begin",
                                                              "begin_nested",
                                                              "flush",
                                                              "expunge_all",
                                                              "expire_all",
                                                              "reflect",
                                                              "refresh",
                                                              "get",
                                                              "get_columns",
                                                              "get_table_names",
                                                              "get_view_names",
                                                              "get_schema_names",
                                                              "get_indexes",
                                                              "get_foreign_keys",
                                                              "get_unique_constraints",
                                                              "get_check_constraints",
                                                              "get_pk_constraint",
                                                              "get_enums",
                                                              "has_table",
                                                              "has_schema",
                                                              "has_sequence",
                                                              "has_index",
                                                              "reflect_table",
                                                              "clear_cache",
                                                              "keys",
                                                              "rowcount",
                                                              "query",
                                                              "filter",
                                                              "filter_by",
                                                              "options",
                                                              "yield_per",
                                                              "select",
                                                              "where",
                                                              "__init__",
                                                              "_copy",
                                                              "order_by",
                                                              "limit",
                                                              "count",
                                                              "execution_options",
                                                              "connect",
                                                              "append_column",
                                                              "append_constraint",
                                                              "append",
                                                              "extend",
                                                              "update_forward_refs",
                                                              "clear",
                                                              "invalidate",
                                                              "dispose",
                                                              "detach",
                                                              "info",
                                                              "debug",
                                                              "warning",
                                                              "warn",
                                                              "error",
                                                              "exception",
                                                              "critical",
                                                              "Session",
                                                              "session",
                                                              "get_bind",
                                                              "compile",
                                                              "dialect_impl",
                                                              "load_dialect_impl",
                                                              "difference_update",
                                                              "is_modified"};

// Methods of strings, dicts, lists, dates and files: what an object that is not known most likely
// is.
constexpr std::array<std::string_view, 60> python_methods = {
    "lower",        "upper",      "title",        "capitalize",
    "strip",        "lstrip",     "rstrip",       "split",
    "rsplit",       "splitlines", "join",         "replace",
    "format",       "startswith", "endswith",     "encode",
    "decode",       "find",       "index",        "isdigit",
    "zfill",        "items",      "values",       "copy",
    "pop",          "setdefault", "sort",         "insert",
    "remove",       "union",      "isoformat",    "strftime",
    "timestamp",    "date",       "astimezone",   "total_seconds",
    "hexdigest",    "_asdict",    "read",         "readlines",
    "read_text",    "exists",     "group",        "groups",
    "match",        "search",     "discard",      "isspace",
    "isalpha",      "isalnum",    "removeprefix", "removesuffix",
    "write",        "writelines", "seek",         "symmetric_difference",
    "intersection", "difference", "popitem",      "reverse"};

// Functions of SQLAlchemy and Alembic that only make or look at something.
bool only_describes(std::string_view dotted) {
  static constexpr std::array<std::string_view, 12> acting = {
      "run_migrations", "execute",   "upgrade",       "downgrade", "stamp", "create_all",
      "drop_all",       "run_async", "static_output", "revision",  "merge", "drop_database"};
  const bool library = dotted.starts_with("sqlalchemy.") || dotted.starts_with("alembic.") ||
                       dotted.starts_with("sqlmodel.") || dotted.starts_with("geoalchemy2.") ||
                       dotted.starts_with("pgvector.") || dotted.starts_with("sqlalchemy_utils.");
  return library && !one_of(dotted.substr(dotted.rfind('.') + 1), acting);
}

constexpr std::array<std::string_view, 5> executing_methods = {"execute", "scalar", "scalars",
                                                               "exec_driver_sql", "exec"};

// Whether the value leads to a connection or to alembic.op itself.
bool leads_to_database(const Value& value) {
  const std::string_view root = root_symbol(value);
  return root == "alembic.op" || root.starts_with("alembic.op.get_bind") ||
         root.starts_with("alembic.op.get_context") || root == "alembic.context";
}

bool hands_over_database(const Value& call) {
  return std::any_of(call.items.begin(), call.items.end(),
                     [](const Value* value) { return leads_to_database(*value); }) ||
         std::any_of(call.entries.begin(), call.entries.end(),
                     [](const auto& entry) { return leads_to_database(*entry.second); });
}

// Whether it is the connection that Alembic runs the migration on, not an engine's or another one.
bool is_bind(const Value& value) {
  if (value.is(ValueKind::attribute)) {
    return (value.text == "bind" || value.text == "connection") &&
           value.object->is(ValueKind::call) &&
           eval::dotted_name(*value.object->object) == "alembic.op.get_context";
  }
  if (!value.is(ValueKind::call)) {
    return false;
  }
  const Value& callee = *value.object;
  return eval::dotted_name(callee) == "alembic.op.get_bind" ||
         (callee.is(ValueKind::attribute) && callee.text == "execution_options" &&
          is_bind(*callee.object));
}

// Whether the chain goes through a call of that method or function.
bool goes_through(const Value& value, std::string_view name) {
  for (const Value* at = &value; at->is(ValueKind::call) || at->is(ValueKind::attribute);
       at = at->object) {
    const std::string dotted = eval::dotted_name(*at);
    if (at->is(ValueKind::attribute) && at->text == name) {
      return true;
    }
    if (!at->is(ValueKind::attribute) && at->object->is(ValueKind::symbol) &&
        at->object->text.substr(at->object->text.rfind('.') + 1) == name) {
      return true;
    }
  }
  return false;
}

bool is_session(const Value& value) {
  return goes_through(value, "Session") || goes_through(value, "sessionmaker") ||
         goes_through(value, "scoped_session") || goes_through(value, "session");
}

// connection.execution_options(isolation_level="AUTOCOMMIT") somewhere in the chain.
bool is_autocommitting(const Value& value) {
  for (const Value* at = &value; at->is(ValueKind::call) || at->is(ValueKind::attribute);
       at = at->object) {
    if (at->is(ValueKind::call) && text_of(argument(*at, "isolation_level")) == "AUTOCOMMIT") {
      return true;
    }
  }
  return false;
}

void insert_object(Call& call, const Value& object, Interpreter& interpreter) {
  Insert insert;
  std::optional<TableName> table;
  if (object.is(ValueKind::call)) {
    table = table_of(*object.object, interpreter);
    for (const auto& [key, value] : object.entries) {
      insert.columns.emplace_back(text_of(key));
    }
  }
  call.on(table.value_or(TableName{{}, Name::hole()}));
  call.statement(std::move(insert));
}

// add, add_all, merge, bulk_insert_mappings, bulk_save_objects, bulk_update_mappings, delete.
bool read_session_method(Call& call, std::string_view method, const Value& given,
                         Interpreter& interpreter) {
  const Value* first = given.items.empty() ? nullptr : given.items[0];
  if (method == "add" || method == "merge") {
    if (first != nullptr) {
      insert_object(call, *first, interpreter);
    }
    return true;
  }
  if (method == "add_all" || method == "bulk_save_objects") {
    const Items items = items_of(first);
    for (const Value* item : items.values) {
      insert_object(call, *item, interpreter);
    }
    if (!items.known) {
      call.on({{}, Name::hole()});
      call.statement(Insert{});
    }
    return true;
  }
  if (method == "bulk_insert_mappings" || method == "bulk_update_mappings") {
    const auto table = first != nullptr ? table_of(*first, interpreter) : std::nullopt;
    call.on(table.value_or(TableName{{}, Name::hole()}));
    auto columns = columns_of_rows(argument(given, 1, "mappings"));
    if (method == "bulk_insert_mappings") {
      call.statement(Insert{std::move(columns)});
    } else {
      call.statement(Update{std::move(columns), {}, false});
    }
    return true;
  }
  return false;
}

void write(Call& call, DataChange change) {
  call.on(std::move(change.table));
  call.statement(std::move(change.action)).constants = std::move(change.constants);
}

// Those of the parameters of an SQL text that are strings: in the call that executes it, and in
// text(…).bindparams(a="b") and text(…).bindparams(bindparam("a", "b")).
Parameters given_strings(const Value& what, const Value* parameters) {
  Parameters given;
  const auto add = [&](const Value* key, const Value* value) {
    if (key != nullptr && value != nullptr && key->is(ValueKind::text) &&
        value->is(ValueKind::text)) {
      given.emplace(key->text, value->text);
    }
  };
  const auto add_all = [&](const Value& dict) {
    for (const auto& [key, value] : dict.entries) {
      add(key, value);
    }
  };
  // Of several rows each has its own.
  const bool one_row = parameters != nullptr && parameters->is(ValueKind::list) &&
                       parameters->items.size() == 1 && !parameters->open;
  const Value* row = one_row ? parameters->items[0] : parameters;
  if (row != nullptr && row->is(ValueKind::dict)) {
    add_all(*row);
  }
  for (const Value* at = &what; at->is(ValueKind::call) && at->object->is(ValueKind::attribute);
       at = at->object->object) {
    if (at->object->text != "bindparams" && at->object->text != "params") {
      continue;
    }
    add_all(*at);
    for (const Value* item : at->items) {
      if (sqlalchemy_name(*item) == "bindparam") {
        add(argument(*item, 0, "key"), argument(*item, 1, "value"));
      }
    }
  }
  return given;
}

// Why the object is not known whose method makes the value; empty for others.
std::string_view why_unknown(const Value& value) {
  const Value* at = &value;
  while (at->is(ValueKind::call) || at->is(ValueKind::attribute)) {
    at = at->object;
  }
  return at != &value && at->is(ValueKind::unknown) ? at->text : std::string_view();
}

// Where the SQL is written, if that is a file which the migration reads.
eval::Place file_of(const Value& what) {
  if (what.is(ValueKind::call) && sqlalchemy_name(what) == "text" && !what.items.empty()) {
    return file_of(*what.items[0]);
  }
  const bool of_file =
      what.is(ValueKind::text) && what.place.module != nullptr && !what.place.module->is_python;
  return of_file ? what.place : eval::Place{};
}

// Lists in lists, which may hold themselves, are followed this far.
constexpr int deepest_list = 4;

void execute(Call& call, const Value& what, const Value* parameters, Interpreter& interpreter,
             int depth) {
  if (const auto text = sql_text_of(what)) {
    call.sql(with_parameters(*text, given_strings(what, parameters)),
             parameters == nullptr ? file_of(what) : eval::Place{});
    return;
  }
  if (auto change = data_change_of(what, interpreter)) {
    if (auto* insert = std::get_if<Insert>(&change->action);
        insert != nullptr && insert->columns.empty() && parameters != nullptr) {
      insert->columns = columns_of_rows(parameters);
      change->constants = constants_of_rows(parameters, change->table);
    }
    write(call, std::move(*change));
    return;
  }
  if (what.is(ValueKind::choice) || what.is(ValueKind::list) || what.is(ValueKind::tuple)) {
    if (what.is(ValueKind::choice)) {
      call.may_run();
    }
    for (const Value* item : what.items) {
      if (depth < deepest_list) {
        execute(call, *item, parameters, interpreter, depth + 1);
      }
    }
    if (what.open || depth == deepest_list) {
      call.opaque("further statements that are executed are not known");
    }
    return;
  }
  if (read_ddl(call, what, interpreter)) {
    return;
  }
  const std::string_view root = root_symbol(what);
  if (root.starts_with("sqlalchemy.") && (root.ends_with(".select") || root.ends_with(".exists") ||
                                          root.find(".func.") != std::string_view::npos)) {
    return;
  }
  if (goes_through(what, "select")) {
    return;
  }
  const std::string_view why = why_unknown(what);
  call.opaque(fmt::format("the statement that is executed is not known: {}",
                          why.empty() ? eval::describe(what) : why));
}

// Whether the database can be reached through what the call is given.
bool may_reach_database(const Value& call) {
  const auto reaches = [](const Value* value) {
    return leads_to_database(*value) || is_session(*value) || value->is(ValueKind::instance) ||
           value->is(ValueKind::function) || value->is(ValueKind::partial);
  };
  return std::any_of(call.items.begin(), call.items.end(), reaches) ||
         std::any_of(call.entries.begin(), call.entries.end(),
                     [&](const auto& entry) { return reaches(entry.second); });
}

bool is_for_value(const Interpreter& interpreter) {
  const auto& frames = interpreter.frames();
  return std::any_of(frames.begin(), frames.end(), [](const eval::Frame& frame) {
    return frame.for_value && frame.arguments != nullptr && !may_reach_database(*frame.arguments);
  });
}

}  // namespace

bool may_be_row(const Value& object) {
  static constexpr std::array<std::string_view, 6> loading = {"query",  "get",     "scalars",
                                                              "scalar", "execute", "first"};
  return object.is(ValueKind::unknown) ||
         std::any_of(loading.begin(), loading.end(),
                     [&](std::string_view name) { return goes_through(object, name); });
}

void not_understood(Call& call, std::string reason, const Interpreter& interpreter,
                    Recorder& recorder) {
  if (is_for_value(interpreter)) {
    recorder.may_act(interpreter);
  } else {
    call.opaque(std::move(reason));
  }
}

void execute(Call& call, const Value& what, const Value* parameters, Interpreter& interpreter) {
  execute(call, what, parameters, interpreter, 0);
}

void read_method(const Value& given, bool statement, Interpreter& interpreter, Recorder& recorder) {
  if (!recorder.recording()) {
    return;
  }
  const Value& object = *given.object->object;
  const std::string_view method = given.object->text;
  const std::string_view root = root_symbol(object);
  Call call(recorder, interpreter, std::string(method), given.place);
  call.autocommit(is_autocommitting(object));
  if (read_schema_object(call, object, method, given, interpreter)) {
    return;
  }
  if (one_of(method, executing_methods) && (!given.items.empty() || !given.entries.empty())) {
    const Value* what = given.items.empty() ? given.entries[0].second : given.items[0];
    execute(call, *what, argument(given, 1, "parameters"), interpreter);
    return;
  }
  if (auto change = query_change_of(given, interpreter)) {
    write(call, std::move(*change));
    return;
  }
  if ((method == "commit" || method == "flush") && is_session(object) &&
      recorder.take_changed_rows()) {
    call.directive(fmt::format("session.{}", method));
    call.on({{}, Name::hole()});
    call.statement(Update{.where_known = false});
    return;
  }
  if (method == "commit" || method == "rollback") {
    if (is_session(object)) {
      recorder.may_act(interpreter);
    }
    // A session on Alembic's connection, or a transaction inside it, ends nothing.
    if (!is_session(object) && !goes_through(object, "begin") &&
        !goes_through(object, "begin_nested") && !goes_through(object, "begin_transaction")) {
      call.statement(TransactionControl{
          method == "commit" ? TransactionStep::commit : TransactionStep::rollback,
          is_bind(object)});
    }
    return;
  }
  const bool maybe_session = is_session(object) || method.starts_with("bulk_") ||
                             method == "add_all" || (method == "add" && statement);
  if (maybe_session && read_session_method(call, method, given, interpreter)) {
    return;
  }
  if (method == "delete" && is_session(object)) {
    call.on({{}, Name::hole()});
    call.statement(Delete{{}, false});
    return;
  }
  if (data_change_of(given, interpreter)) {
    return;  // an expression; executing it is what counts
  }
  if (method == "create_all" || method == "drop_all") {
    call.opaque(fmt::format("{}() acts on all tables of its metadata", method));
    return;
  }
  const bool outside_database =
      !root.starts_with("sqlalchemy.") && !leads_to_database(object) && !is_session(object);
  const bool plain_object =
      (outside_database && one_of(method, python_methods)) || (root.empty() && method == "update");
  const bool known = is_harmless(root) || one_of(method, reading_methods) || plain_object ||
                     one_of(method, executing_methods) ||
                     (only_describes(root) && !leads_to_database(object) && !is_session(object));
  if (known) {
    return;
  }
  if (!statement && !hands_over_database(given)) {
    recorder.may_act(interpreter);
    return;
  }
  not_understood(call, fmt::format("what {}() does here is not known", method), interpreter,
                 recorder);
}

void read_function(std::string_view dotted, const Value& given, bool statement,
                   Interpreter& interpreter, Recorder& recorder) {
  if (!recorder.recording()) {
    return;
  }
  if (dotted == "alembic.context.execute" || dotted == "alembic.context.static_output") {
    if (const Value* what = argument(given, 0, "sql")) {
      Call call(recorder, interpreter, "execute", given.place);
      execute(call, *what, nullptr, interpreter);
    }
    return;
  }
  // A session that is only made does nothing yet.
  const bool outside =
      !is_harmless(dotted) && !only_describes(dotted) && !dotted.ends_with(".Session");
  if (!outside) {
    return;
  }
  if (!statement && !hands_over_database(given)) {
    recorder.may_act(interpreter);
    return;
  }
  Call call(recorder, interpreter, std::string(dotted.substr(dotted.rfind('.') + 1)), given.place);
  not_understood(call,
                 fmt::format("{} is not in the project, so what it does is not known", dotted),
                 interpreter, recorder);
}

}  // namespace gauger::migration
