#include "migration/migration.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "migration/reader.hpp"

namespace gauger::migration {
namespace {

// `upgrade` takes no arguments from Alembic, but env.py may hand some over: `op` is one of them.
std::vector<eval::Value*> arguments_for(eval::Interpreter& interpreter,
                                        const eval::Value& function) {
  std::vector<eval::Value*> arguments;
  for (const python::Node* parameter : function.node->child(0).children) {
    if (parameter->op != python::Operator::none) {
      break;
    }
    if (parameter->text == "op" || parameter->text == "operations") {
      arguments.push_back(interpreter.symbol("alembic.op", function.place));
    } else if (parameter->optional_child(0) != nullptr) {
      break;
    } else {
      arguments.push_back(interpreter.unknown("an argument that env.py gives", function.place));
    }
  }
  return arguments;
}

struct Reading {
  std::vector<Operation> operations;
  bool acts = false;  // as Recorder::acts()
  std::vector<Swallowed> swallowed;
  std::set<std::string> probed;
  const python::Node* function = nullptr;
  bool found = false;
};

// Each function is read by an interpreter of its own: they run in different processes, and what one
// does to the module's names is not seen by the other.
Reading read_function(const eval::Module& module, std::string_view name, eval::Memory& memory,
                      eval::Library& library, const Settings& settings) {
  Reading out;
  Reader reader(settings);
  eval::Interpreter interpreter(memory, &library, reader);
  eval::Value* function = interpreter.name_in(module, name);
  out.found = function != nullptr;
  if (function != nullptr && function->is(eval::ValueKind::function)) {
    reader.recorder().begin();
    if (function->module == &module) {
      out.function = function->node;
    }
    interpreter.call_function(function, arguments_for(interpreter, *function), function->place);
    out.operations = reader.recorder().take();
    out.acts = reader.recorder().acts();
    out.swallowed = reader.take_swallowed();
  }
  out.probed = interpreter.probed();
  return out;
}

bool raises(const python::Node& function) {
  const auto& statements = function.child(1).children;
  return !statements.empty() && statements.back()->kind == python::NodeKind::raise;
}

}  // namespace

base::Result<Migration> read(std::string path, std::string text, eval::Library& library,
                             const Settings& settings) {
  Migration migration;
  migration.module = std::make_unique<eval::Module>();
  eval::Module& module = *migration.module;
  module.path = std::move(path);
  module.text = std::move(text);
  const auto failure = [&](base::Error error) {
    error.path = module.path;
    return base::failure(std::move(error));
  };
  auto outline = python::outline(module.text);
  if (!outline) {
    return failure(std::move(outline.error()));
  }
  migration.outline = std::move(*outline);
  auto syntax = python::parse(module.text, {0, static_cast<std::uint32_t>(module.text.size())});
  if (!syntax) {
    return failure(std::move(syntax.error()));
  }
  module.syntax = std::move(*syntax);

  eval::Memory memory;
  Reading upgrade = read_function(module, settings.function, memory, library, settings);
  migration.has_upgrade = upgrade.found;
  migration.upgrade_function = upgrade.function;
  migration.upgrade = std::move(upgrade.operations);
  migration.swallowed = std::move(upgrade.swallowed);
  migration.depends_on = std::move(upgrade.probed);
  const bool elsewhere = migration.has_upgrade && migration.upgrade_function == nullptr;
  migration.upgrade_acts = elsewhere || upgrade.acts || !migration.upgrade.empty();
  if (settings.function == "upgrade" && upgrade.function != nullptr &&
      base::slice(module.text, upgrade.function->span).starts_with("async")) {
    migration.upgrade.clear();
    migration.upgrade_acts = false;
    migration.upgrade_is_async = true;
  }
  const bool makes_enum =
      std::any_of(migration.upgrade.begin(), migration.upgrade.end(),
                  [](const Operation& operation) { return operation.is<CreateEnum>(); });
  if (settings.downgrade == ReadDowngrade::always ||
      (settings.downgrade == ReadDowngrade::where_enums_are_made && makes_enum)) {
    Reading downgrade = read_function(module, "downgrade", memory, library, settings);
    migration.has_downgrade = downgrade.found;
    migration.downgrade_function = downgrade.function;
    migration.downgrade = std::move(downgrade.operations);
    migration.downgrade_raises = downgrade.function != nullptr && raises(*downgrade.function);
    if (settings.downgrade == ReadDowngrade::always) {
      std::move(downgrade.swallowed.begin(), downgrade.swallowed.end(),
                std::back_inserter(migration.swallowed));
    }
    migration.depends_on.merge(downgrade.probed);
  }
  return migration;
}

}  // namespace gauger::migration
