// Calls, and what functions and classes of the files at hand are.
#include <algorithm>
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;

namespace {

constexpr int deepest_inheritance = 32;
constexpr std::size_t most_recursion = 3;

bool is_decorated(const Node& definition, std::string_view decorator) {
  for (std::size_t i = 2; i < definition.children.size(); ++i) {
    const Node* node = &definition.child(i);
    if (node->kind == NodeKind::call && !node->children.empty()) {
      node = &node->child(0);
    }
    if (node->text == decorator) {
      return true;
    }
  }
  return false;
}

// Whether a yield of the function's own, not of one inside it, is in the tree.
bool yields(const Node& node) {
  if (node.kind == NodeKind::yield) {
    return true;
  }
  return std::any_of(node.children.begin(), node.children.end(), [](const Node* child) {
    return child != nullptr && child->kind != NodeKind::function &&
           child->kind != NodeKind::lambda && child->kind != NodeKind::class_ && yields(*child);
  });
}

}  // namespace

const Condition* Interpreter::add_condition(Place place) {
  return &conditions_.emplace_back(Condition{condition_, place});
}

Value* Interpreter::call(const Node& node, bool statement) {
  Value* callee = evaluate(node.child(0));
  Value* call = memory_.make(ValueKind::call, place_of(node));
  call->object = callee;
  call->node = &node;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& argument = node.child(i);
    if (argument.kind == NodeKind::starred) {
      Value* spread = evaluate(argument.child(0));
      const std::vector<Value*>* items = elements(spread);
      if (items != nullptr) {
        // What stands behind one that may be absent is in a place that is not known.
        const auto end = std::find_if(items->begin(), items->end(),
                                      [](const Value* item) { return item->is(ValueKind::maybe); });
        call->items.insert(call->items.end(), items->begin(), end);
      }
      call->open = call->open || items == nullptr || !is_exact(*spread);
    } else if (argument.kind == NodeKind::double_starred) {
      Value* spread = evaluate(argument.child(0));
      if (spread->is(ValueKind::dict)) {
        call->entries.insert(call->entries.end(), spread->entries.begin(), spread->entries.end());
      }
      call->open = call->open || !spread->is(ValueKind::dict) || spread->open;
    } else if (argument.kind == NodeKind::keyword) {
      Value* key = memory_.make(ValueKind::text, place_of(argument));
      key->text = argument.text;
      call->entries.emplace_back(key, evaluate(argument.child(0)));
    } else {
      call->items.push_back(evaluate(argument));
    }
  }
  if (unwinding_) {
    return unknown("it is not reached", call->place);
  }
  return apply(callee, call, statement);
}

Value* Interpreter::apply(Value* callee, Value* call, bool statement) {
  const Restore depth(depth_, depth_ + 1);
  if (depth_ > limits_.expression_depth) {
    give_up(call->place, "calls are nested too deeply");
    return unknown("calls are nested too deeply", call->place);
  }
  switch (callee->kind) {
    case ValueKind::function:
      if (Value* known = host_.followed(*this, callee, call)) {
        return known;
      }
      if (callee->open) {  // a context manager runs in `with`
        return call;
      }
      if (is_generator(*callee->node)) {
        return generate(callee, call);
      }
      return enter(
          callee, call,
          call->node == returned_ && !frames_.empty() ? frames_.back().for_value : !statement);
    case ValueKind::class_:
      return instantiate(callee, call, statement);
    case ValueKind::partial: {
      Value* whole = memory_.make(ValueKind::call, call->place);
      whole->object = callee->object;
      whole->node = call->node;
      whole->open = call->open;
      whole->items = callee->items;
      whole->items.insert(whole->items.end(), call->items.begin(), call->items.end());
      whole->entries = callee->entries;
      whole->entries.insert(whole->entries.end(), call->entries.begin(), call->entries.end());
      return apply(callee->object, whole, statement);
    }
    case ValueKind::instance: {
      Value* method = instance_attribute(callee, "__call__", call->place);
      if (!method->is(ValueKind::attribute)) {
        return apply(method, call, statement);
      }
      break;
    }
    case ValueKind::method:
      if (Value* known = method(callee->object, callee->text, call)) {
        return known;
      }
      return unknown("a method that is not folded", call->place);
    case ValueKind::choice:
      return apply_one_of(callee, call, statement);
    case ValueKind::symbol:
      if (Value* known = builtin(callee->text, call)) {
        return known;
      }
      break;
    default:
      break;
  }
  return host_.called(*this, call, statement);
}

Value* Interpreter::apply_one_of(Value* callees, Value* call, bool statement) {
  std::vector<Value*> results;
  std::vector<Way> ways;
  for (Value* item : callees->items) {
    ways.emplace_back([this, item, call, statement, &results] {
      Value* one = memory_.make(ValueKind::call, call->place);
      *one = *call;
      one->object = item;
      results.push_back(apply(item, one, statement));
      return std::exchange(unwinding_, false) ? Flow::ends : Flow::on;
    });
  }
  unwinding_ = run_ways(call->place, ways) == Flow::ends;
  Value* any = memory_.one_of(results, call->place);
  return any != nullptr ? any : unknown("nothing is called", call->place);
}

Value* Interpreter::call_function(Value* function, std::vector<Value*> arguments, Place place) {
  Value* call = memory_.make(ValueKind::call, place);
  call->object = function;
  call->items = std::move(arguments);
  Value* result = enter(function, call);
  unwinding_ = false;
  return result;
}

Value* Interpreter::enter(Value* function, Value* call, bool for_value) {
  const auto same = static_cast<std::size_t>(
      std::count_if(frames_.begin(), frames_.end(),
                    [&](const Frame& frame) { return frame.function->node == function->node; }));
  if (frames_.size() >= limits_.calls || same >= most_recursion) {
    host_.gave_up(*this, call->place, "functions call each other too deeply");
    return unknown("the calls are nested too deeply", call->place);
  }
  Scope* scope = memory_.make_scope(function->scope, function->module);
  bind_parameters(*function, *scope, call);

  const Restore keep_scope(scope_, scope);
  const Restore keep_module(module_, function->module);
  const Restore keep_loop(loop_, static_cast<Loop*>(nullptr));
  const Condition* outside = condition_;
  const Exits before = exits_;
  frames_.push_back({function, call->place, call, for_value});
  const bool bounds = for_value && value_steps_ == 0;
  const Restore value_steps(value_steps_, bounds ? steps_ + limits_.value_steps : value_steps_);
  Value* result = nullptr;
  const Node& body = function->node->child(1);
  if (function->node->kind == NodeKind::lambda) {
    const Restore keep_returned(returned_, &body);
    result = evaluate(body);
  } else {
    Activation activation{memory_.mark()};
    const Restore keep_activation(activation_, &activation);
    const Flow flow = run_block(body);
    Value* none = memory_.make(ValueKind::none, call->place);
    std::vector<Value*> values;
    if (flow == Flow::on) {
      exit_to(activation.returns, activation.mark, none);
    }
    for (const Exit& exit : activation.returns) {
      values.push_back(exit.value);
    }
    unwinding_ = meet(activation.mark, std::move(activation.returns), call->place) == Flow::ends;
    result = memory_.one_of(values, call->place);
    if (result == nullptr) {
      result = unknown("it does not return", call->place);
    }
  }
  if (bounds && steps_ >= value_steps_ && !gave_up_) {
    unwinding_ = false;
    result = unknown("it takes too many steps to read", call->place);
  }
  frames_.pop_back();
  exits_.returns = before.returns;
  condition_ = outside;
  if (exits_ != before) {  // it may have raised into a handler of the caller's
    condition_ = add_condition(call->place);
  }
  return result;
}

// A generator as the list of what it yields: it is run at once, to its end.
Value* Interpreter::generate(Value* function, Value* call) {
  Value* list = memory_.make(ValueKind::list, call->place);
  const Condition* outside = condition_;
  yields_.emplace_back([this, list, outside](Value* value) {
    memory_.changing(*list).items.push_back(condition_ == outside ? value : memory_.maybe(value));
  });
  enter(function, call);
  yields_.pop_back();
  return list;
}

bool Interpreter::is_generator(const Node& function) {
  const auto [known, is_new] = generators_.try_emplace(&function, false);
  if (is_new && function.kind == NodeKind::function) {
    known->second = yields(function.child(1));
  }
  return known->second;
}

void Interpreter::bind_parameters(const Value& function, Scope& scope, Value* call) {
  const Node& parameters = function.node->child(0);
  std::size_t next = 0;
  bool only_keywords = false;
  for (std::size_t i = 0; i < parameters.children.size(); ++i) {
    const Node& parameter = parameters.child(i);
    if (parameter.op == python::Operator::star) {
      Value* rest = memory_.make(ValueKind::tuple, call->place);
      for (; next < call->items.size(); ++next) {
        rest->items.push_back(call->items[next]);
      }
      rest->open = call->open;
      memory_.bind(scope, parameter.text, rest);
      only_keywords = true;
      continue;
    }
    if (parameter.op == python::Operator::double_star) {
      Value* rest = memory_.make(ValueKind::dict, call->place);
      for (const auto& [key, value] : call->entries) {
        if (!key->is(ValueKind::text) || scope.find(key->text) == nullptr) {
          merge_entries(*rest, {{key, value}});
        }
      }
      rest->open = call->open;
      memory_.bind(scope, parameter.text, rest);
      continue;
    }
    Value* given = i < function.items.size() ? function.items[i] : nullptr;
    Value* value = nullptr;
    if (!only_keywords && next < call->items.size()) {
      value = call->items[next++];
    } else if (Value* named = call->keyword(parameter.text)) {
      value = named;
      if (named->is(ValueKind::maybe)) {
        value = memory_.one_of(std::vector<Value*>{named->object, given}, call->place);
      }
    } else if (given != nullptr && !call->open) {
      value = given;
    } else {
      value = unknown("a parameter that nothing is given for", call->place);
    }
    memory_.bind(scope, parameter.text, value);
  }
}

std::vector<Value*> Interpreter::bases(const Value* type) {
  const Restore keep_scope(scope_, type->scope);
  const Restore keep_module(module_, type->module);
  const Restore depth(depth_, depth_ + 1);
  std::vector<Value*> out;
  if (depth_ > limits_.expression_depth) {
    return out;
  }
  for (const Node* base : type->node->child(0).children) {
    if (base->kind == NodeKind::keyword) {
      continue;
    }
    Value* value = evaluate(*base);
    if (!value->is(ValueKind::class_) || value->node != type->node) {
      out.push_back(value);
    }
  }
  return out;
}

const std::vector<std::pair<std::string_view, Value*>>& Interpreter::members(const Value* type) {
  const auto known = members_.find(type);
  if (known != members_.end()) {
    return known->second;
  }
  members_[type];  // a class that names itself sees no members
  Scope* scope = memory_.make_scope(type->scope, type->module);
  scope->of_class = true;
  const Restore keep_scope(scope_, scope);
  const Restore keep_module(module_, type->module);
  const Restore keep_condition(condition_);
  const Restore importing(importing_, importing_ + 1);  // the body's calls only build the class
  const Memory::Mark mark = memory_.mark();
  run_block(type->node->child(1));
  memory_.settle(mark);
  std::vector<std::pair<std::string_view, Value*>>& names = members_[type];
  std::copy_if(scope->names.begin(), scope->names.end(), std::back_inserter(names),
               [](const auto& entry) { return entry.second != nullptr; });
  return names;
}

bool Interpreter::is_enum(const Value* type) {
  const std::vector<Value*> all = bases(type);
  return std::any_of(all.begin(), all.end(), [this](const Value* base) {
    return dotted_name(*base).ends_with("Enum") || (base->is(ValueKind::class_) && is_enum(base));
  });
}

bool Interpreter::is_plain_class(const Value* type) {
  const std::vector<Value*> all = bases(type);
  return std::all_of(all.begin(), all.end(), [this](const Value* base) {
    const std::string name = dotted_name(*base);
    return name == "builtins.object" || name.ends_with("NamedTuple") || name == "abc.ABC" ||
           (base->is(ValueKind::class_) && is_plain_class(base));
  });
}

Value* Interpreter::find_member(const Value* type, std::string_view name, int depth) {
  for (const auto& [member, value] : members(type)) {
    if (member == name) {
      return value;
    }
  }
  if (depth >= deepest_inheritance) {
    return nullptr;
  }
  for (const Value* base : bases(type)) {
    if (base->is(ValueKind::class_)) {
      if (Value* value = find_member(base, name, depth + 1)) {
        return value;
      }
    }
  }
  return nullptr;
}

Value* Interpreter::class_attribute(Value* type, std::string_view name, Place place) {
  Value* value = find_member(type, name);
  if (value != nullptr) {
    if (value->is(ValueKind::function)) {
      return is_decorated(*value->node, "classmethod") ? bound(value, type, place) : value;
    }
    if (!is_enum(type)) {
      return value;
    }
    Value* enumerated = memory_.make(ValueKind::enum_member, place);
    enumerated->text = name;
    enumerated->object = value;
    enumerated->items = {type};
    return enumerated;
  }
  if (name == "__members__" && is_enum(type)) {
    Value* all = memory_.make(ValueKind::dict, place);
    for (Value* member : *elements(type)) {
      all->entries.emplace_back(text(std::string(member->text), place), member);
    }
    return all;
  }
  Value* term = memory_.make(ValueKind::attribute, place);
  term->object = type;
  term->text = name;
  return term;
}

Value* Interpreter::bound(Value* function, Value* self, Place place) {
  Value* value = memory_.make(ValueKind::partial, place);
  value->object = function;
  value->items = {self};
  return value;
}

Value* Interpreter::instance_attribute(Value* instance, std::string_view name, Place place) {
  if (Value* own = instance->scope->find(name)) {
    return own;
  }
  Value* value = find_member(instance->object, name);
  if (value == nullptr) {
    Value* term = memory_.make(ValueKind::attribute, place);
    term->object = instance;
    term->text = name;
    return term;
  }
  if (!value->is(ValueKind::function) || is_decorated(*value->node, "staticmethod")) {
    return value;
  }
  if (is_decorated(*value->node, "classmethod")) {
    return bound(value, instance->object, place);
  }
  Value* method = bound(value, instance, place);
  if (!is_decorated(*value->node, "property")) {
    return method;
  }
  Value* read = memory_.make(ValueKind::call, place);
  read->object = method;
  return apply(method, read, false);
}

Value* Interpreter::instantiate(Value* type, Value* call, bool statement) {
  if (is_enum(type)) {
    if (!call->items.empty()) {  // Status("active")
      for (Value* member : *elements(type)) {
        if (equal(*member->object, *call->items.front()) == std::optional(true)) {
          return member;
        }
      }
    }
    return unknown("a member of an enum that cannot be told", call->place);
  }
  if (!is_plain_class(type)) {
    return host_.called(*this, call, statement);
  }
  Value* made = memory_.make(ValueKind::instance, call->place);
  made->object = type;
  made->scope = memory_.make_scope(nullptr, type->module);
  if (Value* initialize = find_member(type, "__init__");
      initialize != nullptr && initialize->is(ValueKind::function)) {
    Value* inner = memory_.make(ValueKind::call, call->place);
    inner->object = bound(initialize, made, call->place);
    inner->items = call->items;
    inner->entries = call->entries;
    inner->open = call->open;
    apply(inner->object, inner, false);
    return made;
  }
  // A dataclass or named tuple: what is annotated in the class, in order.
  std::size_t next = 0;
  for (const Node* statement_in : type->node->child(1).children) {
    if (statement_in->kind != NodeKind::annotated ||
        statement_in->child(0).kind != NodeKind::name) {
      continue;
    }
    const std::string_view field = statement_in->child(0).text;
    if (next < call->items.size()) {
      memory_.bind(*made->scope, field, call->items[next]);
    } else if (Value* named = call->keyword(field)) {
      memory_.bind(*made->scope, field, named);
    }
    ++next;
  }
  return made;
}

}  // namespace gauger::eval
