#include "eval/interpreter.hpp"

#include <algorithm>
#include <utility>

namespace gauger::eval {

using python::Node;
using python::NodeKind;

namespace {

// Sets a variable for as long as it lives.
template <class T>
class Restore {
 public:
  explicit Restore(T& variable) : variable_(variable), before_(variable) {}
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;
  ~Restore() { variable_ = before_; }

 private:
  T& variable_;
  T before_;
};

bool is_context_manager(const Value& function) {
  const Node& node = *function.node;
  for (std::size_t i = 2; i < node.children.size(); ++i) {
    const std::string_view name = node.child(i).text;
    if (name == "contextmanager" || name == "asynccontextmanager") {
      return true;
    }
  }
  return false;
}

}  // namespace

Interpreter::Interpreter(Memory& memory, Library* library, Host& host, Limits limits)
    : memory_(memory), library_(library), host_(host), limits_(limits) {}

Value* Interpreter::text(std::string value, Place place) {
  Value* made = memory_.make(ValueKind::text, place);
  made->text = memory_.keep(std::move(value));
  return made;
}

Value* Interpreter::unknown(std::string_view why, Place place) {
  Value* made = memory_.make(ValueKind::unknown, place);
  made->text = why;
  return made;
}

Value* Interpreter::symbol(std::string name, Place place) {
  Value* made = memory_.make(ValueKind::symbol, place);
  made->text = memory_.keep(std::move(name));
  return made;
}

const Condition* Interpreter::add_condition(Place place) {
  return &conditions_.emplace_back(Condition{condition_, place});
}

const Module* Interpreter::find_module(std::string_view importer, std::string_view name) {
  return library_ != nullptr ? library_->find(importer, name, probed_) : nullptr;
}

bool Interpreter::step(Place place) {
  if (++steps_ <= limits_.steps) {
    return true;
  }
  if (!gave_up_) {
    gave_up_ = true;
    host_.gave_up(*this, place, "it takes too many steps to read");
  }
  return false;
}

Scope* Interpreter::run_module(const Module& module) {
  Scope*& known = modules_[&module];
  if (known != nullptr) {
    return known;
  }
  const bool is_first = modules_.size() == 1;
  known = memory_.make_scope(nullptr, &module);
  Scope* made = known;
  const Restore scope(scope_);
  const Restore current(module_);
  const Restore condition(condition_);
  const Restore importing(importing_);
  scope_ = made;
  module_ = &module;
  if (is_first) {
    run_block(module.syntax.root());
  } else {
    ++importing_;
    run_imported(module.syntax.root());
  }
  return made;
}

// A module of an application may build all of it when imported; only what the migration uses of it
// is looked into.
void Interpreter::run_imported(const Node& root) {
  const auto defer = [this](const Node& target, const Node& expression) {
    Value* value = memory_.make(ValueKind::deferred, place_of(expression));
    value->node = &expression;
    value->scope = scope_;
    scope_->bind(target.text, value);
  };
  for (const Node* statement : root.children) {
    const Node& node = *statement;
    switch (node.kind) {
      case NodeKind::assign:
        for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
          if (node.child(i).kind == NodeKind::name) {
            defer(node.child(i), *node.children.back());
          } else {
            run_statement(node);
            break;
          }
        }
        break;
      case NodeKind::annotated:
        if (node.optional_child(2) != nullptr && node.child(0).kind == NodeKind::name) {
          defer(node.child(0), node.child(2));
        }
        break;
      case NodeKind::expression_statement:
      case NodeKind::with:
      case NodeKind::while_:
      case NodeKind::assert_:
        break;
      default:
        if (step(place_of(node))) {
          run_statement(node);
        }
        break;
    }
  }
}

Value* Interpreter::settle(Scope& scope, std::string_view name, Value* value) {
  if (!value->is(ValueKind::imported) && !value->is(ValueKind::deferred)) {
    return value;
  }
  if (value->open) {
    return nullptr;
  }
  value->open = true;
  Value* settled = nullptr;
  if (value->is(ValueKind::imported)) {
    settled = resolve_import(value);
  } else {
    const Restore keep_scope(scope_);
    const Restore keep_module(module_);
    const Restore keep_condition(condition_);
    const Restore importing(importing_);
    scope_ = value->scope;
    module_ = value->scope->module;
    ++importing_;
    settled = evaluate(*value->node);
  }
  value->open = false;
  scope.bind(name, settled);
  return settled;
}

Value* Interpreter::name_in(const Module& module, std::string_view name) {
  Scope* scope = run_module(module);
  Value* value = scope->find(name);
  return value != nullptr ? settle(*scope, name, value) : nullptr;
}

Value* Interpreter::call_function(Value* function, std::vector<Value*> arguments, Place place) {
  Value* call = memory_.make(ValueKind::call, place);
  call->object = function;
  call->items = std::move(arguments);
  return enter(function, call);
}

Value* Interpreter::enter(Value* function, Value* call) {
  const auto same = std::count_if(frames_.begin(), frames_.end(), [&](const Frame& frame) {
    return frame.function->node == function->node;
  });
  if (frames_.size() >= limits_.calls || same >= 3) {
    host_.gave_up(*this, call->place, "functions call each other too deeply");
    return unknown("the calls are nested too deeply", call->place);
  }
  Scope* scope = memory_.make_scope(function->scope, function->module);
  bind_parameters(function->node->child(0), *scope, call);

  const Restore keep_scope(scope_);
  const Restore keep_module(module_);
  const Restore keep_condition(condition_);
  const Restore keep_returned(returned_);
  scope_ = scope;
  module_ = function->module;
  returned_ = nullptr;
  frames_.push_back({function, call->place});
  const Node& body = function->node->child(1);
  if (function->node->kind == NodeKind::lambda) {
    returned_ = evaluate(body);
  } else {
    run_block(body);
  }
  frames_.pop_back();
  return returned_ != nullptr ? returned_ : memory_.make(ValueKind::none, call->place);
}

void Interpreter::bind_parameters(const Node& parameters, Scope& scope, Value* call) {
  const Restore keep_scope(scope_);
  const Restore keep_module(module_);
  Scope* defined_in = scope.parent;
  std::size_t next = 0;
  bool only_keywords = false;
  for (const Node* parameter : parameters.children) {
    if (parameter->op == python::Operator::star) {
      Value* rest = memory_.make(ValueKind::tuple, call->place);
      for (; next < call->items.size(); ++next) {
        rest->items.push_back(call->items[next]);
      }
      rest->open = call->open;
      scope.bind(parameter->text, rest);
      only_keywords = true;
      continue;
    }
    if (parameter->op == python::Operator::double_star) {
      Value* rest = memory_.make(ValueKind::dict, call->place);
      for (const auto& [key, value] : call->entries) {
        if (scope.find(key->text) == nullptr) {
          rest->entries.emplace_back(key, value);
        }
      }
      rest->open = call->open;
      scope.bind(parameter->text, rest);
      continue;
    }
    if (!only_keywords && next < call->items.size()) {
      scope.bind(parameter->text, call->items[next++]);
    } else if (Value* named = call->keyword(parameter->text)) {
      scope.bind(parameter->text, named);
    } else if (parameter->optional_child(0) != nullptr && !call->open) {
      scope_ = defined_in;
      module_ = scope.module;
      scope.bind(parameter->text, evaluate(parameter->child(0)));
    } else {
      scope.bind(parameter->text, unknown("a parameter that nothing is given for", call->place));
    }
  }
}

Interpreter::Flow Interpreter::either(const Flow& left, const Flow& right) {
  if (left.raises || right.raises) {
    return left.raises ? right : left;
  }
  const auto combine = [](Certainty a, Certainty b) { return a == b ? a : Certainty::some; };
  return {combine(left.returns, right.returns), combine(left.breaks, right.breaks),
          combine(left.continues, right.continues), false};
}

Interpreter::Flow Interpreter::run_block(const Node& block) {
  Flow total;
  for (const Node* statement : block.children) {
    if (!step(place_of(*statement))) {
      total.raises = true;
      return total;
    }
    const Flow flow = run_statement(*statement);
    total.returns = std::max(total.returns, flow.returns);
    total.breaks = std::max(total.breaks, flow.breaks);
    total.continues = std::max(total.continues, flow.continues);
    if (flow.leaves()) {
      total.raises = flow.raises;
      return total;
    }
    if (flow.returns == Certainty::some || flow.breaks == Certainty::some ||
        flow.continues == Certainty::some) {
      condition_ = add_condition(place_of(*statement));  // until the function or the loop ends
    }
  }
  return total;
}

Interpreter::Flow Interpreter::run_statement(const Node& node) {
  Flow flow;
  switch (node.kind) {
    case NodeKind::expression_statement:
      evaluate(node.child(0), true);
      break;
    case NodeKind::assign: {
      Value* value = evaluate(*node.children.back(), true);
      for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        assign(node.child(i), value);
      }
      break;
    }
    case NodeKind::annotated:
      if (node.optional_child(2) != nullptr) {
        assign(node.child(0), evaluate(node.child(2), true));
      }
      break;
    case NodeKind::augmented:
      augment(node);
      break;
    case NodeKind::return_: {
      Value* value = node.children.empty() ? memory_.make(ValueKind::none, place_of(node))
                                           : evaluate(node.child(0), true);
      if (returned_ != nullptr && returned_ != value) {
        Value* both = memory_.make(ValueKind::choice, place_of(node));
        both->items = {returned_, value};
        value = both;
      }
      returned_ = value;
      flow.returns = Certainty::all;
      break;
    }
    case NodeKind::raise:
      for (const Node* part : node.children) {
        evaluate(*part);
      }
      flow.raises = true;
      break;
    case NodeKind::assert_:
      evaluate(node.child(0));
      break;
    case NodeKind::break_:
      flow.breaks = Certainty::all;
      break;
    case NodeKind::continue_:
      flow.continues = Certainty::all;
      break;
    case NodeKind::import:
      import(node);
      break;
    case NodeKind::import_from:
      import_from(node);
      break;
    case NodeKind::function:
    case NodeKind::class_:
      define(node);
      break;
    case NodeKind::if_:
      return run_if(node);
    case NodeKind::for_:
      return run_for(node);
    case NodeKind::while_:
      return run_while(node);
    case NodeKind::try_:
      return run_try(node);
    case NodeKind::with:
      return run_with(node);
    case NodeKind::match:
      return run_match(node);
    default:
      break;
  }
  return flow;
}

Interpreter::Flow Interpreter::run_if(const Node& node) {
  const std::optional<bool> known = truth(*evaluate(node.child(0)));
  if (!known) {
    return run_branches(place_of(node.child(0)), &node.child(1), node.optional_child(2));
  }
  const Node* taken = *known ? node.optional_child(1) : node.optional_child(2);
  if (taken == nullptr) {
    return {};
  }
  return taken->kind == NodeKind::if_ ? run_if(*taken) : run_block(*taken);
}

// Reads both ways from the same names, and joins what they made of them.
Interpreter::Flow Interpreter::run_branches(Place test, const Node* then, const Node* otherwise) {
  const Restore condition(condition_);
  const auto before = scope_->names;
  const auto run = [&](const Node* branch) {
    if (branch == nullptr) {
      return Flow{};
    }
    condition_ = add_condition(test);
    return branch->kind == NodeKind::if_ ? run_statement(*branch) : run_block(*branch);
  };
  const Condition* outside = condition_;
  const Flow first = run(then);
  auto after_first = scope_->names;
  condition_ = outside;
  scope_->names = before;
  const Flow second = run(otherwise);
  if (second.leaves() && !first.leaves()) {
    scope_->names = std::move(after_first);
  } else if (!first.leaves() || second.leaves()) {
    for (const auto& [name, value] : after_first) {
      Value* other = scope_->find(name);
      if (other == value) {
        continue;
      }
      if (other != nullptr) {
        Value* both = memory_.make(ValueKind::choice, test);
        both->items = {value, other};
        scope_->bind(name, both);
      } else {
        scope_->bind(name, value);
      }
    }
  }
  return either(first, second);
}

// One round of a loop: `continue` ends here, and so does what a `continue` on some way put in
// doubt.
Interpreter::Flow Interpreter::run_iteration(const Node& body) {
  const Condition* before = condition_;
  Flow flow = run_block(body);
  if (flow.breaks != Certainty::some && flow.returns != Certainty::some) {
    condition_ = before;
  }
  flow.continues = Certainty::no;
  return flow;
}

Interpreter::Flow Interpreter::run_for(const Node& node) {
  Value* iterable = evaluate(node.child(1));
  const Restore condition(condition_);
  Flow total;
  const std::vector<Value*>* known = elements(iterable);
  if (known != nullptr) {
    const std::vector<Value*> items = *known;  // the body may change the list
    for (Value* item : items) {
      if (!step(place_of(node))) {
        total.raises = true;
        return total;
      }
      assign(node.child(0), item);
      const Flow flow = run_iteration(node.child(2));
      total.returns = std::max(total.returns, flow.returns);
      total.raises = flow.raises;
      if (flow.leaves()) {
        return total;
      }
    }
  }
  if (known == nullptr || iterable->open) {
    condition_ = add_condition(place_of(node.child(1)));
    assign(node.child(0), unknown("an element of what is not known", place_of(node.child(1))));
    const Flow flow = run_iteration(node.child(2));
    if (flow.returns != Certainty::no) {
      total.returns = Certainty::some;
    }
  }
  if (const Node* otherwise = node.optional_child(3)) {
    run_block(*otherwise);
  }
  return total;
}

Interpreter::Flow Interpreter::run_while(const Node& node) {
  const std::optional<bool> known = truth(*evaluate(node.child(0)));
  if (known && !*known) {
    return {};
  }
  const Restore condition(condition_);
  if (!known) {
    condition_ = add_condition(place_of(node.child(0)));
  }
  Flow flow = run_iteration(node.child(1));
  if (!known && flow.returns == Certainty::all) {
    flow.returns = Certainty::some;
  }
  flow.breaks = Certainty::no;
  flow.raises = false;
  return flow;
}

Interpreter::Flow Interpreter::run_try(const Node& node) {
  Flow flow = run_block(node.child(0));
  flow.raises = false;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& part = node.child(i);
    if (part.kind == NodeKind::handler && part.optional_child(1) != nullptr) {
      const Restore condition(condition_);
      condition_ = add_condition(place_of(part));
      const auto before = scope_->names;
      if (!part.text.empty()) {
        scope_->bind(part.text, unknown("an exception", place_of(part)));
      }
      const Flow handled = run_block(part.child(1));
      auto after = std::exchange(scope_->names, before);
      for (const auto& [name, value] : after) {
        if (scope_->find(name) == nullptr && !handled.leaves()) {
          scope_->bind(name, value);
        }
      }
    } else if (part.kind == NodeKind::else_ || part.kind == NodeKind::finally_) {
      const Flow rest = run_block(part.child(0));
      flow.returns = std::max(flow.returns, rest.returns);
    }
  }
  return flow;
}

Interpreter::Flow Interpreter::run_with(const Node& node) {
  std::vector<Value*> contexts;
  const Node& body = *node.children.back();
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    const Node& item = node.child(i);
    Value* context = evaluate(item.child(0));
    const Node* target = item.optional_child(1);
    if (context->is(ValueKind::call) && context->object->is(ValueKind::function)) {
      // A context manager of the project's own: the block runs where it yields.
      Flow flow;
      Scope* scope = scope_;
      const Module* module = module_;
      const std::vector<Frame> frames = frames_;
      yields_.emplace_back([&, scope, module](Value* value) {
        const Restore keep_frames(frames_);
        const Restore keep_scope(scope_);
        const Restore keep_module(module_);
        const Restore keep_returned(returned_);
        frames_ = frames;
        scope_ = scope;
        module_ = module;
        if (target != nullptr) {
          assign(*target, value);
        }
        flow = run_block(body);
      });
      enter(context->object, context);
      yields_.pop_back();
      flow.raises = false;
      return flow;
    }
    if (target != nullptr) {
      assign(*target, context);
    }
    host_.entered(*this, context);
    contexts.push_back(context);
  }
  const Flow flow = run_block(body);
  for (auto it = contexts.rbegin(); it != contexts.rend(); ++it) {
    host_.left(*this, *it);
  }
  return flow;
}

Interpreter::Flow Interpreter::run_match(const Node& node) {
  evaluate(node.child(0));
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& part = node.child(i);
    if (part.kind == NodeKind::case_block && part.optional_child(0) != nullptr) {
      run_branches(place_of(node.child(0)), part.children[0], nullptr);
    }
  }
  return {};
}

void Interpreter::import(const Node& node) {
  for (const Node* alias : node.children) {
    const std::string_view dotted = alias->text;
    if (alias->optional_child(0) != nullptr) {
      Value* value = memory_.make(ValueKind::imported, place_of(*alias));
      value->object = symbol(std::string(dotted), place_of(*alias));
      scope_->bind(alias->child(0).text, value);
    } else {
      const std::string_view top = dotted.substr(0, dotted.find('.'));
      Value* value = memory_.make(ValueKind::imported, place_of(*alias));
      value->object = symbol(std::string(top), place_of(*alias));
      scope_->bind(top, value);
    }
  }
}

void Interpreter::import_from(const Node& node) {
  if (node.children.empty()) {
    const Module* module = find_module(module_->path, node.text);
    if (module == nullptr) {
      scope_->wildcards.push_back(node.text);
      return;
    }
    for (const auto& [name, value] : run_module(*module)->names) {
      if (!name.starts_with('_')) {
        scope_->bind(name, value);
      }
    }
    return;
  }
  for (const Node* alias : node.children) {
    Value* value = memory_.make(ValueKind::imported, place_of(*alias));
    value->object = symbol(std::string(node.text), place_of(*alias));
    value->text = alias->text;
    scope_->bind(alias->optional_child(0) != nullptr ? alias->child(0).text : alias->text, value);
  }
}

void Interpreter::define(const Node& node) {
  Value* value = memory_.make(
      node.kind == NodeKind::function ? ValueKind::function : ValueKind::class_, place_of(node));
  value->text = node.text;
  value->node = &node;
  value->scope = scope_;
  value->module = module_;
  value->open = value->is(ValueKind::function) && is_context_manager(*value);
  scope_->bind(node.text, value);
}

void Interpreter::assign(const Node& target, Value* value) {
  switch (target.kind) {
    case NodeKind::name:
      scope_->bind(target.text, value);
      return;
    case NodeKind::starred:
      assign(target.child(0), value);
      return;
    case NodeKind::subscript:
    case NodeKind::attribute:
      assign_item(target, value);
      return;
    case NodeKind::tuple:
    case NodeKind::list:
      break;
    default:
      return;
  }
  const std::vector<Value*>* items = elements(value);
  const std::size_t count = target.children.size();
  const auto star = static_cast<std::size_t>(
      std::find_if(target.children.begin(), target.children.end(),
                   [](const Node* part) { return part->kind == NodeKind::starred; }) -
      target.children.begin());
  if (items == nullptr || value->open ||
      (star == count ? items->size() != count : items->size() + 1 < count)) {
    for (const Node* part : target.children) {
      assign(*part, unknown("a part of what is not known", value->place));
    }
    return;
  }
  const std::vector<Value*> parts = *items;
  for (std::size_t i = 0; i < count; ++i) {
    if (i < star) {
      assign(target.child(i), parts[i]);
    } else if (i > star) {
      assign(target.child(i), parts[parts.size() - (count - i)]);
    } else {
      Value* rest = memory_.make(ValueKind::list, value->place);
      rest->items.assign(parts.begin() + static_cast<std::ptrdiff_t>(i),
                         parts.end() - static_cast<std::ptrdiff_t>(count - i - 1));
      assign(target.child(i), rest);
    }
  }
}

void Interpreter::assign_item(const Node& target, Value* value) {
  Value* object = evaluate(target.child(0));
  if (target.kind != NodeKind::subscript || target.children.size() != 2) {
    return;
  }
  Value* key = evaluate(target.child(1));
  if (object->is(ValueKind::dict)) {
    for (auto& [known, current] : object->entries) {
      if (equal(*known, *key).value_or(false)) {
        current = value;
        return;
      }
    }
    object->entries.emplace_back(key, value);
  } else if (object->is(ValueKind::list) && key->is(ValueKind::integer) && key->integer >= 0 &&
             static_cast<std::size_t>(key->integer) < object->items.size()) {
    object->items[static_cast<std::size_t>(key->integer)] = value;
  } else if (object->is(ValueKind::list)) {
    object->open = true;
  }
}

void Interpreter::augment(const Node& node) {
  Value* right = evaluate(node.child(1));
  Value* left = evaluate(node.child(0));
  if (left->is(ValueKind::list) && node.op == python::Operator::add) {
    if (const std::vector<Value*>* items = elements(right)) {
      const std::vector<Value*> added = *items;
      left->items.insert(left->items.end(), added.begin(), added.end());
      left->open = left->open || right->open;
    } else {
      left->open = true;
    }
    return;
  }
  assign(node.child(0), binary(node.op, left, right, place_of(node)));
}

}  // namespace gauger::eval
