// Modules of the project: what an import brings, as far as it is used.
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;

const Module* Interpreter::find_module(std::string_view importer, std::string_view name) {
  return library_ != nullptr ? library_->find(importer, name, probed_) : nullptr;
}

Scope* Interpreter::run_module(const Module& module) {
  Scope*& known = modules_[&module];
  if (known != nullptr) {
    return known;
  }
  const bool is_first = modules_.size() == 1;
  known = memory_.make_scope(nullptr, &module);
  Scope* made = known;
  const Restore scope(scope_, made);
  const Restore current(module_, &module);
  const Restore condition(condition_);
  const Restore importing(importing_);
  const Restore unwinding(unwinding_);
  const Restore activation(activation_, static_cast<Activation*>(nullptr));
  const Restore loop(loop_, static_cast<Loop*>(nullptr));
  const Restore handler(handler_, static_cast<Handler*>(nullptr));
  const Restore exits(exits_);
  const Memory::Mark mark = memory_.mark();
  if (is_first) {
    (void)run_block(module.syntax.root());
  } else {
    ++importing_;
    run_imported(module.syntax.root());
  }
  memory_.settle(mark);  // a module is imported once, whichever way came to it first
  return made;
}

// A module of an application may build all of it when imported; only what the migration uses of it
// is looked into.
void Interpreter::run_imported(const Node& root) {
  const auto defer = [this](const Node& target, const Node& expression) {
    Value* value = memory_.make(ValueKind::deferred, place_of(expression));
    value->node = &expression;
    value->scope = scope_;
    bind(target.text, value);
  };
  for (const Node* statement : root.children) {
    const Node& node = *statement;
    switch (node.kind) {
      case NodeKind::assign:
        for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
          if (node.child(i).kind == NodeKind::name) {
            defer(node.child(i), *node.children.back());
          } else {
            (void)run_statement(node);
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
          (void)run_statement(node);
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
  const Memory::Mark mark = memory_.mark();
  value->open = true;
  Value* settled = nullptr;
  if (value->is(ValueKind::imported)) {
    settled = resolve_import(value);
  } else {
    const Restore keep_scope(scope_, value->scope);
    const Restore keep_module(module_, value->scope->module);
    const Restore keep_condition(condition_);
    const Restore importing(importing_, importing_ + 1);
    settled = evaluate(*value->node);
  }
  value->open = false;
  memory_.bind(scope, name, settled);
  memory_.settle(mark);
  return settled;
}

Value* Interpreter::name_in(const Module& module, std::string_view name) {
  Scope* scope = run_module(module);
  Value* value = scope->find(name);
  return value != nullptr ? settle(*scope, name, value) : nullptr;
}

Value* Interpreter::module_value(const Module& module, std::string name, Place place) {
  Value* value = memory_.make(ValueKind::module, place);
  value->text = memory_.keep(std::move(name));
  value->module = &module;
  return value;
}

Value* Interpreter::resolve_import(Value* imported) {
  const std::string_view module_name = imported->object->text;
  const std::string_view name = imported->text;
  const Place place = imported->place;
  const std::string_view importer =
      place.module != nullptr ? std::string_view(place.module->path) : std::string_view();
  if (library_ != nullptr) {
    const Module* module = find_module(importer, module_name);
    if (module != nullptr && name.empty()) {
      return module_value(*module, std::string(module_name), place);
    }
    if (module != nullptr) {
      if (Value* value = name_in(*module, name)) {
        return value;
      }
    }
    if (!name.empty()) {  // `from package import module`
      std::string inner(module_name);
      if (!inner.ends_with('.')) {
        inner += '.';
      }
      inner += name;
      if (const Module* submodule = find_module(importer, inner)) {
        return module_value(*submodule, inner, place);
      }
    }
  }
  std::string dotted(module_name);
  if (!name.empty()) {
    dotted += dotted.ends_with('.') ? "" : ".";
    dotted += name;
  }
  return symbol(std::move(dotted), place);
}

Value* Interpreter::module_attribute(Value* module, std::string_view name, Place place) {
  if (Value* value = name_in(*module->module, name)) {
    return value;
  }
  std::string inner = std::string(module->text) + "." + std::string(name);
  const std::string_view importer = module->place.module != nullptr
                                        ? std::string_view(module->place.module->path)
                                        : std::string_view();
  if (const Module* submodule = find_module(importer, inner)) {
    return module_value(*submodule, std::move(inner), place);
  }
  return symbol(std::move(inner), place);
}

Value* Interpreter::namespace_item(Value* globals, Value* key, Place place) {
  Scope* scope = globals->scope;
  if (key->is(ValueKind::text)) {
    Value* value = scope->find(key->text);
    value = value != nullptr ? settle(*scope, key->text, value) : nullptr;
    return value != nullptr ? value : unknown("a name that nothing binds", place);
  }
  if (!key->is(ValueKind::partial_text)) {
    return unknown("a name that is not known", place);
  }
  // "upgrade_%s" % engine: every function whose name begins and ends so.
  const Value* first = key->items.front();
  const Value* last = key->items.back();
  const std::string_view prefix = first->is(ValueKind::text) ? first->text : std::string_view();
  const std::string_view suffix = last->is(ValueKind::text) ? last->text : std::string_view();
  Value* any = memory_.make(ValueKind::choice, place);
  for (const auto& [name, value] : scope->names) {
    if (value != nullptr && value->is(ValueKind::function) &&
        name.size() > prefix.size() + suffix.size() && name.starts_with(prefix) &&
        name.ends_with(suffix)) {
      any->items.push_back(value);
    }
  }
  return any->items.empty() ? unknown("a name that nothing binds", place) : any;
}

}  // namespace gauger::eval
