#include <algorithm>
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;

bool Interpreter::step(Place place) {
  if (++steps_ <= limits_.steps && memory_.kept() <= limits_.memory) {
    return value_steps_ == 0 || steps_ < value_steps_;
  }
  give_up(place, steps_ > limits_.steps ? "it takes too many steps to read"
                                        : "it takes too much memory to read");
  return false;
}

void Interpreter::give_up(Place place, std::string_view why) {
  if (!gave_up_) {
    gave_up_ = true;
    // What is given up is a part of the migration even where it was only being rehearsed.
    const Restore importing(importing_, rehearsing_ > 0 ? std::size_t{0} : importing_);
    host_.gave_up(*this, place, why);
  }
}

Interpreter::Flow Interpreter::run_block(const Node& block) {
  const Restore depth(depth_, depth_ + 1);
  if (depth_ > limits_.expression_depth) {
    give_up(place_of(block), "blocks are nested too deeply");
    return Flow::on;
  }
  for (const Node* statement : block.children) {
    if (!step(place_of(*statement)) || run_statement(*statement) == Flow::ends) {
      return Flow::ends;
    }
    if (unwinding_) {
      return Flow::ends;
    }
  }
  return Flow::on;
}

Interpreter::Flow Interpreter::run_statement(const Node& node) {
  switch (node.kind) {
    case NodeKind::expression_statement:
      evaluate(node.child(0), true);
      break;
    case NodeKind::assign: {
      Value* value = evaluate(*node.children.back());
      for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        assign(node.child(i), value);
      }
      break;
    }
    case NodeKind::annotated:
      if (node.optional_child(2) != nullptr) {
        assign(node.child(0), evaluate(node.child(2)));
      }
      break;
    case NodeKind::augmented:
      augment(node);
      break;
    case NodeKind::return_:
      return run_return(node);
    case NodeKind::raise:
      return run_raise(node);
    case NodeKind::assert_:
      return run_assert(node);
    case NodeKind::break_:
      if (loop_ != nullptr) {
        exit_to(loop_->breaks, loop_->mark);
        ++exits_.breaks;
      }
      return Flow::ends;
    case NodeKind::continue_:
      if (loop_ != nullptr) {
        exit_to(loop_->continues, loop_->round);
        ++exits_.continues;
      }
      return Flow::ends;
    case NodeKind::delete_:
      for (const Node* target : node.children) {
        remove(*target);
      }
      break;
    case NodeKind::scope:
      declare(node);
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
  return Flow::on;
}

Interpreter::Flow Interpreter::run_return(const Node& node) {
  Value* value = nullptr;
  if (node.children.empty()) {
    value = memory_.make(ValueKind::none, place_of(node));
  } else {
    const Node* returned = &node.child(0);
    while (returned->kind == NodeKind::await) {
      returned = &returned->child(0);
    }
    const Restore keep_returned(returned_, returned);
    value = evaluate(node.child(0));
  }
  if (activation_ != nullptr && !unwinding_) {
    exit_to(activation_->returns, activation_->mark, value);
    ++exits_.returns;
  }
  return Flow::ends;
}

Interpreter::Flow Interpreter::run_raise(const Node& node) {
  for (const Node* part : node.children) {
    evaluate(*part);
  }
  if (handler_ != nullptr) {
    exit_to(handler_->raises, handler_->mark);
    ++exits_.raises;
  }
  return Flow::ends;
}

Interpreter::Flow Interpreter::run_assert(const Node& node) {
  return truth(*evaluate(node.child(0))) == std::optional(false) ? run_raise(node) : Flow::on;
}

Interpreter::Flow Interpreter::run_with(const Node& node) {
  std::vector<Value*> contexts;
  const Node& body = *node.children.back();
  // The items from the one at `i` on, and then the body.
  const std::function<Flow(std::size_t)> run = [&](std::size_t i) -> Flow {
    if (i + 1 >= node.children.size()) {
      return run_block(body);
    }
    const Node& item = node.child(i);
    Value* context = evaluate(item.child(0));
    if (unwinding_) {
      return Flow::ends;
    }
    const Node* target = item.optional_child(1);
    if (!context->is(ValueKind::call) || !context->object->is(ValueKind::function)) {
      if (context->is(ValueKind::instance)) {
        Value* made = memory_.make(ValueKind::call, context->place);
        made->object = instance_attribute(context, "__enter__", context->place);
        context = apply(made->object, made, false);
      }
      if (target != nullptr) {
        assign(*target, context);
      }
      host_.entered(*this, context);
      const Flow flow = run(i + 1);
      host_.left(*this, context);
      return flow;
    }
    // A context manager of the project's own: the rest runs where it yields, and may leave for
    // places outside of it.
    Flow flow = Flow::ends;
    const Exits before = exits_;
    Exits left;
    Scope* scope = scope_;
    const Module* module = module_;
    const std::vector<Frame> frames = frames_;
    Activation* activation = activation_;
    Loop* loop = loop_;
    yields_.emplace_back([&, scope, module, activation, loop](Value* value) {
      const Restore keep_frames(frames_, frames);
      const Restore keep_scope(scope_, scope);
      const Restore keep_module(module_, module);
      const Restore keep_activation(activation_, activation);
      const Restore keep_loop(loop_, loop);
      const std::function<void(Value*)> inner = std::exchange(yields_.back(), [](Value*) {});
      if (target != nullptr) {
        assign(*target, value);
      }
      const Exits at_start = exits_;
      flow = run(i + 1);
      left.returns += exits_.returns - at_start.returns;
      left.breaks += exits_.breaks - at_start.breaks;
      left.continues += exits_.continues - at_start.continues;
      left.raises += exits_.raises - at_start.raises;
      yields_.back() = inner;
      if (flow == Flow::ends && exits_.returns == at_start.returns &&
          exits_.breaks == at_start.breaks && exits_.continues == at_start.continues) {
        unwinding_ = true;  // the block raises on every way, so the manager does not go on
      } else if (exits_.raises != at_start.raises) {
        condition_ = add_condition(context->place);
      }
    });
    enter(context->object, context);
    yields_.pop_back();
    exits_ = {before.returns + left.returns, before.breaks + left.breaks,
              before.continues + left.continues, before.raises + left.raises};
    if (exits_ != before) {
      condition_ = add_condition(context->place);
    }
    return flow;
  };
  return run(0);
}

void Interpreter::import(const Node& node) {
  for (const Node* alias : node.children) {
    const std::string_view dotted = alias->text;
    Value* value = memory_.make(ValueKind::imported, place_of(*alias));
    const bool renamed = alias->optional_child(0) != nullptr;
    const std::string_view module = renamed ? dotted : dotted.substr(0, dotted.find('.'));
    value->object = symbol(std::string(module), place_of(*alias));
    bind(renamed ? alias->child(0).text : module, value);
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
      if (!name.starts_with('_') && value != nullptr) {
        bind(name, value);
      }
    }
    return;
  }
  for (const Node* alias : node.children) {
    Value* value = memory_.make(ValueKind::imported, place_of(*alias));
    value->object = symbol(std::string(node.text), place_of(*alias));
    value->text = alias->text;
    bind(alias->optional_child(0) != nullptr ? alias->child(0).text : alias->text, value);
  }
}

void Interpreter::bind(std::string_view name, Value* value) {
  for (const auto& [known, scope] : scope_->elsewhere) {
    if (known == name) {
      memory_.bind(*scope, name, value);
      return;
    }
  }
  memory_.bind(*scope_, name, value);
}

// global and nonlocal.
void Interpreter::declare(const Node& node) {
  const bool global =
      module_ == nullptr || base::slice(module_->text, node.span).starts_with("global");
  for (const Node* name : node.children) {
    Scope* owner = scope_->parent;
    while (owner != nullptr && owner->parent != nullptr &&
           (global || owner->of_class || owner->find(name->text) == nullptr)) {
      owner = owner->parent;
    }
    if (owner != nullptr) {
      scope_->elsewhere.emplace_back(name->text, owner);
    }
  }
}

void Interpreter::define(const Node& node) {
  const bool is_function = node.kind == NodeKind::function;
  Value* value =
      memory_.make(is_function ? ValueKind::function : ValueKind::class_, place_of(node));
  value->text = node.text;
  value->node = &node;
  value->scope = scope_;
  value->module = module_;
  if (is_function) {
    for (const Node* parameter : node.child(0).children) {
      const Node* given = parameter->optional_child(0);
      value->items.push_back(given != nullptr ? evaluate(*given) : nullptr);
    }
    for (std::size_t i = 2; i < node.children.size(); ++i) {
      const std::string_view decorator = node.child(i).text;
      value->open =
          value->open || decorator == "contextmanager" || decorator == "asynccontextmanager";
    }
  }
  bind(node.text, value);
}

void Interpreter::remove(const Node& target) {
  if (target.kind == NodeKind::name) {
    bind(target.text, nullptr);
  } else if (target.kind == NodeKind::subscript) {
    Value* object = evaluate(target.child(0));
    Value* key = evaluate(target.child(1));
    if (object->is(ValueKind::dict)) {
      memory_.changing(*object);
      std::erase_if(object->entries, [&](const auto& entry) {
        return equal(*entry.first, *key) == std::optional(true);
      });
      for (auto& [known, value] : object->entries) {
        if (!equal(*known, *key)) {
          value = memory_.maybe(value);
        }
      }
    } else if (object->is(ValueKind::list)) {
      memory_.changing(*object);
      for (Value*& item : object->items) {
        item = memory_.maybe(item);
      }
    }
  } else if (target.kind == NodeKind::tuple) {
    for (const Node* part : target.children) {
      remove(*part);
    }
  }
}

void Interpreter::assign(const Node& target, Value* value) {
  switch (target.kind) {
    case NodeKind::name:
      bind(target.text, value);
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
      assign_parts(target, value);
      return;
    default:
      return;
  }
}

void Interpreter::assign_parts(const Node& target, Value* value) {
  const std::vector<Value*>* items = elements(value);
  const std::size_t count = target.children.size();
  const auto star = static_cast<std::size_t>(
      std::find_if(target.children.begin(), target.children.end(),
                   [](const Node* part) { return part->kind == NodeKind::starred; }) -
      target.children.begin());
  if (items == nullptr || !is_exact(*value) ||
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
  if (target.kind == NodeKind::attribute) {
    if (object->is(ValueKind::instance)) {
      memory_.bind(*object->scope, target.text, value);
    } else {
      host_.changed(*this, *object);
    }
    return;
  }
  if (target.children.size() != 2) {
    return;
  }
  Value* key = evaluate(target.child(1));
  if (object->is(ValueKind::dict)) {
    memory_.changing(*object);
    merge_entries(*object, {{key, value}});
  } else if (object->is(ValueKind::list)) {
    memory_.changing(*object);
    const auto size = static_cast<std::int64_t>(object->items.size());
    const std::int64_t at =
        key->is(ValueKind::integer) && key->integer < 0 ? key->integer + size : key->integer;
    if (key->is(ValueKind::integer) && at >= 0 && at < size && is_exact(*object)) {
      object->items[static_cast<std::size_t>(at)] = value;
    } else {
      object->items.clear();
      object->open = true;
    }
  }
}

void Interpreter::augment(const Node& node) {
  Value* right = evaluate(node.child(1));
  Value* left = evaluate(node.child(0));
  if (left->is(ValueKind::list) && node.op == python::Operator::add) {
    memory_.changing(*left);
    if (const std::vector<Value*>* items = elements(right)) {
      const std::vector<Value*> added = *items;
      left->items.insert(left->items.end(), added.begin(), added.end());
      left->open = left->open || right->open;
    } else {
      left->open = true;
    }
    return;
  }
  if (left->is(ValueKind::dict) && right->is(ValueKind::dict) &&
      node.op == python::Operator::bit_or) {
    memory_.changing(*left);
    merge_entries(*left, right->entries);
    left->open = left->open || right->open;
    return;
  }
  assign(node.child(0), binary(node.op, left, right, place_of(node)));
}

}  // namespace gauger::eval
