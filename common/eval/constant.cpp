#include "eval/constant.hpp"

#include <algorithm>

#include "eval/interpreter.hpp"

namespace gauger::eval {
namespace {

// Identifiers depend on nothing outside: every term stays as it is.
class Silent final : public Host {
 public:
  Value* called(Interpreter& /*reader*/, Value* call, bool /*statement*/) override { return call; }
  Value* followed(Interpreter& /*reader*/, Value* /*function*/, Value* /*call*/) override {
    return nullptr;
  }
  Value* attribute(Interpreter& /*reader*/, Value* /*object*/, std::string_view /*name*/) override {
    return nullptr;
  }
  void entered(Interpreter& /*reader*/, Value* /*context*/) override {}
  void left(Interpreter& /*reader*/, Value* /*context*/) override {}
  void gave_up(Interpreter& /*reader*/, Place /*place*/, std::string_view /*why*/) override {}
};

Constant from_value(const Value& value) {
  Constant constant;
  switch (value.kind) {
    case ValueKind::none:
      constant.kind = ConstantKind::none;
      return constant;
    case ValueKind::text:
      constant.kind = ConstantKind::text;
      constant.text = value.text;
      return constant;
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
      constant.kind = value.open ? ConstantKind::unknown : ConstantKind::sequence;
      for (const Value* item : value.items) {
        if (!item->is(ValueKind::text)) {
          constant.kind = ConstantKind::unknown;
          constant.description = "a sequence with " + describe(*item) + " in it";
          return constant;
        }
        constant.items.emplace_back(item->text);
      }
      return constant;
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::real:
    case ValueKind::bytes:
    case ValueKind::dict:
    case ValueKind::ellipsis:
    case ValueKind::function:
    case ValueKind::class_:
      constant.kind = ConstantKind::other;
      break;
    default:
      constant.kind = ConstantKind::unknown;
      break;
  }
  constant.description = describe(value);
  return constant;
}

}  // namespace

Constant module_constant(std::string_view text, const python::Outline& outline,
                         std::string_view name, Library* library, std::string_view path) {
  Module module;
  module.path = path;
  // Functions and classes are not needed, and may be most of the file: only what comes before the
  // first one that matters is parsed with its body.
  std::string reduced(text);
  for (const python::Statement& statement : outline.statements) {
    if (statement.kind == python::StatementKind::definition ||
        statement.kind == python::StatementKind::type) {
      std::replace_if(
          reduced.begin() + statement.span.begin, reduced.begin() + statement.span.end,
          [](char byte) { return byte != '\n'; }, ' ');
    }
  }
  module.text = std::move(reduced);
  auto syntax = python::parse(module.text, {0, static_cast<std::uint32_t>(module.text.size())});
  if (!syntax) {
    return {.kind = ConstantKind::unknown, .description = syntax.error().message};
  }
  module.syntax = std::move(*syntax);
  Memory memory;
  Silent host;
  Interpreter interpreter(memory, library, host);
  const Value* value = interpreter.name_in(module, name);
  Constant constant;
  if (value != nullptr) {
    constant = from_value(*value);
  }
  if (const python::Statement* statement = outline.find(text, name)) {
    constant.span = statement->span;
    constant.value_span = statement->value;
  }
  return constant;
}

}  // namespace gauger::eval
