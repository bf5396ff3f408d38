#include "unit/eval/trace.hpp"

#include <fmt/format.h>

namespace gauger::eval::test {
namespace {

constexpr int deepest = 20;

class Recorder final : public Host {
 public:
  Value* called(Interpreter& reader, Value* call, bool /*statement*/) override {
    if (dotted_name(*call->object) != "world.act" || reader.importing()) {
      return call;
    }
    trace.acts.push_back({base::position_of(call->place.module->text, call->place.span.begin).line,
                          reader.condition() != nullptr,
                          call->items.empty() ? "" : repr(*call->items[0])});
    return reader.memory().make(ValueKind::none, call->place);
  }
  Value* followed(Interpreter& /*reader*/, Value* /*function*/, Value* /*call*/) override {
    return nullptr;
  }
  Value* attribute(Interpreter& /*reader*/, Value* /*object*/, std::string_view /*name*/) override {
    return nullptr;
  }
  void entered(Interpreter& /*reader*/, Value* /*context*/) override {}
  void left(Interpreter& /*reader*/, Value* /*context*/) override {}
  void gave_up(Interpreter& /*reader*/, Place /*place*/, std::string_view why) override {
    trace.gave_up = why;
  }

  Trace trace;
};

std::string repr_at(const Value& value, int depth);

std::string joined(const Value& value, std::string_view open, std::string_view close, int depth) {
  std::string out(open);
  std::string_view separator;
  for (const Value* item : value.items) {
    out += separator;
    out += repr_at(*item, depth + 1);
    separator = ", ";
  }
  for (const auto& [key, item] : value.entries) {
    out += fmt::format("{}{}: {}", separator, repr_at(*key, depth + 1), repr_at(*item, depth + 1));
    separator = ", ";
  }
  if (value.open) {
    out += fmt::format("{}...", separator);
  } else if (value.is(ValueKind::tuple) && value.items.size() == 1) {
    out += ',';
  }
  return out.append(close);
}

std::string repr_at(const Value& value, int depth) {
  if (depth > deepest) {
    return "?";
  }
  switch (value.kind) {
    case ValueKind::none:
      return "None";
    case ValueKind::boolean:
      return value.integer != 0 ? "True" : "False";
    case ValueKind::integer:
      return fmt::format("{}", value.integer);
    case ValueKind::text:
      return fmt::format("'{}'", value.text);
    case ValueKind::list:
      return joined(value, "[", "]", depth);
    case ValueKind::tuple:
      return joined(value, "(", ")", depth);
    case ValueKind::dict:
      return joined(value, "{", "}", depth);
    case ValueKind::maybe:
      return repr_at(*value.object, depth + 1) + "?";
    case ValueKind::choice: {
      std::string out;
      for (const Value* item : value.items) {
        out += (out.empty() ? "" : "|") + repr_at(*item, depth + 1);
      }
      return out;
    }
    default:
      return "?";
  }
}

}  // namespace

std::string repr(const Value& value) { return repr_at(value, 0); }

std::vector<std::string> Trace::arguments() const {
  std::vector<std::string> out;
  for (const Act& act : acts) {
    out.push_back(act.argument + (act.may_run ? "?" : ""));
  }
  return out;
}

base::Result<Trace> trace(std::string_view text, Limits limits, const Setting& setting) {
  Module module;
  module.path = setting.path;
  module.text = text;
  auto syntax = python::parse(module.text, {0, static_cast<std::uint32_t>(module.text.size())});
  if (!syntax) {
    return base::failure(std::move(syntax.error()));
  }
  module.syntax = std::move(*syntax);
  Memory memory;
  Recorder host;
  Interpreter interpreter(memory, setting.library, host, limits);
  Value* upgrade = interpreter.name_in(module, "upgrade");
  if (upgrade != nullptr && upgrade->is(ValueKind::function)) {
    interpreter.call_function(upgrade, {}, upgrade->place);
  }
  return std::move(host.trace);
}

}  // namespace gauger::eval::test
