#include "history/identifiers.hpp"

#include <optional>

namespace gauger::history {
namespace {

using python::Statement;
using python::StatementKind;

constexpr std::array<std::string_view, 4> spellings = {"revision", "down_revision", "depends_on",
                                                       "branch_labels"};

// What stands between the quotes of a lone string literal without prefix or backslash.
std::optional<std::string_view> plain_string(std::string_view value) {
  if (value.size() < 2 || (value.front() != '"' && value.front() != '\'')) {
    return std::nullopt;
  }
  const char quote = value.front();
  const bool triple = value.size() >= 6 && value[1] == quote && value[2] == quote;
  const std::size_t quotes = triple ? 3 : 1;
  if (value.substr(value.size() - quotes) != value.substr(0, quotes)) {
    return std::nullopt;
  }
  const std::string_view body = value.substr(quotes, value.size() - 2 * quotes);
  for (const char byte : body) {
    if (byte == '\\' || byte == quote || byte == '\r') {
      return std::nullopt;
    }
  }
  return body;
}

// The value of an assignment that needs no evaluation.
std::optional<eval::Constant> plain_value(std::string_view text, const Statement& statement) {
  const std::string_view value = base::slice(text, statement.value);
  eval::Constant constant{.span = statement.span, .value_span = statement.value};
  if (value == "None") {
    constant.kind = eval::ConstantKind::none;
    return constant;
  }
  if (const auto body = plain_string(value)) {
    constant.kind = eval::ConstantKind::text;
    constant.text = *body;
    return constant;
  }
  return std::nullopt;
}

// How a file binds one of the names, as far as its outline shows it.
struct Sighting {
  const Statement* assignment = nullptr;
  bool elsewhere = false;  // also, or only, bound in a way that must be evaluated
};

void see(Sighting& sighting, const Statement& statement) {
  if (statement.kind != StatementKind::assignment || sighting.assignment != nullptr) {
    sighting.elsewhere = true;
  }
  sighting.assignment = &statement;
}

// A statement that may bind names of which the outline does not tell: "if", "try", several
// assignments on a line, "from x import revision", "from x import *".
bool may_bind(std::string_view statement, std::string_view name, StatementKind kind) {
  if (statement.find(name) != std::string_view::npos) {
    return true;
  }
  return kind == StatementKind::import && statement.find('*') != std::string_view::npos;
}

}  // namespace

std::string_view spelling(IdentifierName name) { return spellings[static_cast<std::size_t>(name)]; }

Identifiers read_identifiers(std::string_view path, std::string_view text,
                             const python::Outline& outline, eval::Library* modules) {
  std::array<Sighting, 4> sightings;
  for (const Statement& statement : outline.statements) {
    if (statement.kind == StatementKind::other || statement.kind == StatementKind::import) {
      const std::string_view source = base::slice(text, statement.span);
      for (std::size_t i = 0; i < spellings.size(); ++i) {
        sightings[i].elsewhere =
            sightings[i].elsewhere || may_bind(source, spellings[i], statement.kind);
      }
      continue;
    }
    const std::string_view name = base::slice(text, statement.name);
    for (std::size_t i = 0; i < spellings.size(); ++i) {
      if (name == spellings[i]) {
        see(sightings[i], statement);
      }
    }
  }

  Identifiers identifiers;
  for (std::size_t i = 0; i < spellings.size(); ++i) {
    const Sighting& sighting = sightings[i];
    std::optional<eval::Constant> value;
    if (!sighting.elsewhere && sighting.assignment == nullptr) {
      continue;  // absent
    }
    if (!sighting.elsewhere) {
      value = plain_value(text, *sighting.assignment);
    }
    if (!value) {
      value = eval::module_constant(text, outline, spellings[i], modules, path);
      if (value->span.empty() && sighting.assignment != nullptr) {
        value->span = sighting.assignment->span;
        value->value_span = sighting.assignment->value;
      }
    }
    identifiers.values[i] = std::move(*value);
  }
  return identifiers;
}

}  // namespace gauger::history
