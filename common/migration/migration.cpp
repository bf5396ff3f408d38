#include "migration/migration.hpp"

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
  Reader reader(settings);
  eval::Interpreter interpreter(memory, &library, reader);
  eval::Value* upgrade = interpreter.name_in(module, "upgrade");
  migration.has_upgrade = upgrade != nullptr;
  if (upgrade != nullptr && upgrade->is(eval::ValueKind::function)) {
    reader.begin();
    if (upgrade->module == &module) {
      migration.upgrade_function = upgrade->node;
    }
    interpreter.call_function(upgrade, arguments_for(interpreter, *upgrade), upgrade->place);
    migration.upgrade = reader.take();
  }
  migration.depends_on = interpreter.probed();
  const bool elsewhere = migration.has_upgrade && migration.upgrade_function == nullptr;
  migration.upgrade_acts = elsewhere || !migration.upgrade.empty();
  return migration;
}

}  // namespace gauger::migration
