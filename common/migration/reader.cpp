#include "migration/reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/directive.hpp"
#include "migration/execution.hpp"
#include "migration/terms.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Place;
using eval::Value;
using eval::ValueKind;

namespace {

// Operations(context), or what `with Operations.context(context) as op` binds.
bool is_operations(const Value& value) {
  if (!value.is(ValueKind::call)) {
    return false;
  }
  const std::string dotted = eval::dotted_name(*value.object);
  return dotted.starts_with("alembic.") &&
         (dotted.ends_with(".Operations") || dotted.ends_with(".Operations.context"));
}

// The directive that the call is of: "add_column" for op.add_column(…) and
// Operations(context).add_column(…); empty for all else.
std::string directive_name(const Value& call) {
  constexpr std::string_view op = "alembic.op.";
  std::string dotted = eval::dotted_name(*call.object);
  if (dotted.starts_with(op)) {
    return dotted.substr(op.size());
  }
  if (call.object->is(ValueKind::attribute) && is_operations(*call.object->object)) {
    return std::string(call.object->text);
  }
  return {};
}

bool is_batch(const Value& value) {
  return value.is(ValueKind::call) && directive_name(value) == "batch_alter_table";
}

bool is_autocommit(const Value& value) {
  return value.is(ValueKind::call) && value.object->is(ValueKind::attribute) &&
         value.object->text == "autocommit_block";
}

// Of an engine.
bool is_url(const Value& value) { return value.is(ValueKind::attribute) && value.text == "url"; }

// The method of an instance of the project's own class, as `Helper().run` names it; null for
// others.
Value* own_method(Interpreter& interpreter, const Value& callee) {
  const Value& instance = *callee.object;
  if (!instance.is(ValueKind::call) || !instance.object->is(ValueKind::class_)) {
    return nullptr;
  }
  for (const auto& [name, member] : interpreter.members(instance.object)) {
    if (name == callee.text && member->is(ValueKind::function)) {
      return member;
    }
  }
  return nullptr;
}

// What sqlparse.split() makes of a text: its statements, one by one. Null where it is not known.
Value* split_sql(Interpreter& interpreter, const Value& call) {
  const Value* whole = argument(call, 0, "sql");
  if (whole == nullptr || !whole->is(ValueKind::text)) {
    return nullptr;
  }
  const auto statements = sql::parse(whole->text);
  if (!statements) {
    return nullptr;
  }
  Value* list = interpreter.memory().make(ValueKind::list, call.place);
  for (const sql::Statement& statement : *statements) {
    const base::Span& span = statement.span;
    list->items.push_back(
        interpreter.piece_of(*whole, span.begin, span.end - span.begin, call.place));
  }
  return list;
}

// What only looks something up, or registers something.
bool only_looks_up(std::string_view name) {
  static constexpr std::array<std::string_view, 9> names = {
      "inline_literal",     "get_bind",  "get_context",
      "batch_alter_table",  "context",   "implementation_for",
      "register_operation", "configure", "create_module_class_proxy"};
  const std::string_view first = name.substr(0, name.find('.'));
  return std::find(names.begin(), names.end(), first) != names.end();
}

}  // namespace

void Reader::gave_up(Interpreter& interpreter, Place place, std::string_view why) {
  // Where only one call is given up, what it was for decides.
  if (!recorder_.recording()) {
    return;
  }
  Call call(recorder_, interpreter, "", place);
  if (interpreter.stopped()) {
    call.opaque(std::string(why));
  } else {
    not_understood(call, std::string(why), interpreter, recorder_);
  }
}

void Reader::entered(Interpreter& interpreter, Value* context) {
  if (is_autocommit(*context)) {
    recorder_.enter_autocommit();
  } else if (is_batch(*context)) {
    recorder_.enter_batch(context);
    if (text_of(argument(*context, 2, "recreate")) == "always" && recorder_.recording()) {
      Call(recorder_, interpreter, "batch_alter_table", context->place, context)
          .opaque("batch_alter_table(recreate='always') copies the table into a new one");
    }
  }
}

void Reader::changed(Interpreter& interpreter, const Value& object) {
  if (may_be_row(object)) {
    recorder_.change_row(interpreter);
  }
}

void Reader::left(Interpreter& /*interpreter*/, Value* context) {
  if (is_autocommit(*context)) {
    recorder_.leave_autocommit();
  } else if (is_batch(*context)) {
    recorder_.leave_batch(context);
  }
}

Value* Reader::followed(Interpreter& interpreter, Value* function, Value* call) {
  const auto wrapper = settings_.wrappers.find(std::string(function->text));
  if (wrapper == settings_.wrappers.end()) {
    return nullptr;
  }
  return directive(interpreter, wrapper->second, call, nullptr);
}

// PostgreSQL is assumed, and a run that is connected.
Value* Reader::attribute(Interpreter& interpreter, Value* object, std::string_view name) {
  const bool of_dialect = (object->is(ValueKind::attribute) && object->text == "dialect") ||
                          (object->is(ValueKind::symbol) && object->text.ends_with(".dialect")) ||
                          (object->is(ValueKind::attribute) && object->text == "engine");
  if ((name == "name" && of_dialect) || (name == "drivername" && is_url(*object))) {
    return interpreter.text("postgresql", object->place);
  }
  if (name == "as_sql" && root_symbol(*object).starts_with("alembic.")) {
    return interpreter.memory().make(ValueKind::boolean, object->place);
  }
  return nullptr;
}

Value* Reader::called(Interpreter& interpreter, Value* call, bool statement) {
  const Value& callee = *call->object;
  const std::string name = directive_name(*call);
  if (!name.empty()) {
    return directive(interpreter, name, call, nullptr);
  }
  if (callee.is(ValueKind::attribute) && is_batch(*callee.object)) {
    return directive(interpreter, callee.text, call, callee.object);
  }
  const std::string dotted = eval::dotted_name(callee);
  if (dotted.ends_with(".quoted_name") && !call->items.empty()) {
    return call->items[0];
  }
  if (dotted == "sqlparse.split") {
    if (Value* statements = split_sql(interpreter, *call)) {
      return statements;
    }
  }
  if (dotted.ends_with("context.is_offline_mode")) {
    return interpreter.memory().make(ValueKind::boolean, call->place);  // false
  }
  if (callee.is(ValueKind::attribute) && callee.text == "get_backend_name") {
    return interpreter.text("postgresql", call->place);
  }
  if (callee.is(ValueKind::attribute) && callee.text == "startswith" && is_url(*callee.object) &&
      call->items.size() == 1 && call->items[0]->is(ValueKind::text)) {
    constexpr std::string_view scheme = "postgresql";
    const std::string_view start = call->items[0]->text;
    if (!start.starts_with(scheme) || start.size() == scheme.size()) {  // else it is the driver's
      Value* value = interpreter.memory().make(ValueKind::boolean, call->place);
      value->integer = scheme.starts_with(start) ? 1 : 0;
      return value;
    }
  }
  if (callee.is(ValueKind::symbol)) {
    const std::string last = dotted.substr(dotted.rfind('.') + 1);
    const auto whole = settings_.wrappers.find(dotted);
    const auto wrapper = whole != settings_.wrappers.end() ? whole : settings_.wrappers.find(last);
    if (wrapper != settings_.wrappers.end()) {
      return directive(interpreter, wrapper->second, call, nullptr);
    }
    const Recorder::Reading reading(recorder_, interpreter);
    read_function(dotted, *call, statement, interpreter, recorder_);
    return call;
  }
  if (callee.is(ValueKind::attribute)) {
    Value* method =
        call->entries.empty() && !call->open ? own_method(interpreter, callee) : nullptr;
    if (method != nullptr) {
      std::vector<Value*> arguments = call->items;
      arguments.insert(arguments.begin(), callee.object);
      return interpreter.call_function(method, std::move(arguments), call->place);
    }
    const Recorder::Reading reading(recorder_, interpreter);
    read_method(*call, statement, interpreter, recorder_);
    return call;
  }
  // sessionmaker(bind=bind)() makes an object.
  const bool makes_object = callee.is(ValueKind::class_) ||
                            root_symbol(callee).starts_with("sqlalchemy.") ||
                            root_symbol(callee).starts_with("collections.");
  if (recorder_.recording() && !makes_object && !statement) {
    recorder_.may_act(interpreter);
  } else if (recorder_.recording() && !makes_object) {
    Call unknown(recorder_, interpreter, "", call->place);
    not_understood(unknown, fmt::format("this calls {}", eval::describe(callee)), interpreter,
                   recorder_);
  }
  return call;
}

Value* Reader::directive(Interpreter& interpreter, std::string_view name, Value* call,
                         const Value* batch) {
  if (name == "f") {
    Value* given = argument(*call, 0, "name");
    return given != nullptr ? given : call;
  }
  if (only_looks_up(name) || !recorder_.recording()) {
    return call;
  }
  const Recorder::Reading reading(recorder_, interpreter);
  if (name == "execute") {
    Call written(recorder_, interpreter, "execute", call->place);
    const Value* options = argument(*call, "execution_options");
    written.autocommit(options != nullptr &&
                       text_of(argument(*options, "isolation_level")) == "AUTOCOMMIT");
    if (const Value* what = argument(*call, 0, "sqltext")) {
      execute(written, *what, nullptr, interpreter);
    } else {
      written.opaque("what is executed is not known");
    }
    return call;
  }
  find_swallowed(name, *call, batch != nullptr, swallowed_);
  if (!read_directive(name, *call, batch, interpreter, recorder_) &&
      !read_extension(name, *call, batch, interpreter, recorder_)) {
    const bool runs = name == "run_async" || name == "invoke";
    Call(recorder_, interpreter, std::string(name), call->place, batch)
        .opaque(runs ? fmt::format("what {} runs is not known", name)
                     : fmt::format("alembic.op has no {}: it comes from an extension or from the "
                                   "project, and what it does is not known",
                                   name));
  }
  return call;
}

}  // namespace gauger::migration
