#include "rules/default_text_is_literal/default_text_is_literal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "effect/lookup.hpp"
#include "effect/type_name.hpp"
#include "effect/volatility.hpp"

namespace gauger::rules {

using migration::Default;
using migration::Operation;

namespace {

// How a type takes a string constant.
enum class Family : std::uint8_t {
  unknown,
  any_text,  // whatever the string is
  time,      // and some words that mean now
  strict,    // only what is of its own form, in which no function is called
};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

Family family_of(std::string_view type) {
  static constexpr std::array<std::string_view, 4> texts = {"text", "character varying",
                                                            "character", "name"};
  static constexpr std::array<std::string_view, 5> times = {
      "date", "timestamp without time zone", "timestamp with time zone", "time without time zone",
      "time with time zone"};
  static constexpr std::array<std::string_view, 9> stricts = {
      "uuid", "integer",          "bigint",  "smallint", "numeric",
      "real", "double precision", "boolean", "inet"};
  const effect::TypeParts parts = effect::parse_type(type);
  if (parts.array) {
    return Family::unknown;
  }
  return is_among(texts, parts.base)     ? Family::any_text
         : is_among(times, parts.base)   ? Family::time
         : is_among(stricts, parts.base) ? Family::strict
                                         : Family::unknown;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

// The function that the text begins with a call of; empty: none.
std::string_view called(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_name);
  const auto size = static_cast<std::size_t>(end - text.begin());
  const bool call = size > 0 && size < text.size() && text[size] == '(' &&
                    text.find(')', size) != std::string_view::npos;
  return call ? text.substr(0, size) : std::string_view();
}

bool is_constant_function(std::string_view text) {
  static constexpr std::array<std::string_view, 8> names = {
      "current_timestamp", "current_date", "current_time", "localtimestamp",
      "localtime",         "current_user", "session_user", "current_role"};
  return is_among(names, text);
}

// Whether an expression must be meant: nobody wants this as a text.
bool is_expression(std::string_view text, Family family) {
  const std::string small = lower(text);
  if (is_constant_function(small)) {
    return true;
  }
  const std::string_view function = called(small);
  switch (family) {
    case Family::time:
      return !function.empty() || small == "now";
    case Family::strict:
      return !function.empty();
    default:
      break;
  }
  const bool whole = small.ends_with(')') && (family == Family::any_text || small.ends_with("()"));
  return whole && !function.empty() &&
         effect::is_volatile_function({.schema = {}, .name = std::string(function)}, {})
             .has_value();
}

std::string outcome(std::string_view text, Family family) {
  switch (family) {
    case Family::any_text:
      return "each row gets these very characters";
    case Family::time:
      if (lower(text).starts_with("now")) {
        return "the time at which the revision runs is what each row gets";
      }
      [[fallthrough]];
    case Family::strict:
      return "PostgreSQL refuses it";
    case Family::unknown:
      break;
  }
  return "it is never called";
}

// sa.text() takes ":name" for a parameter.
bool has_parameter(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (text.substr(at).starts_with("::")) {
      ++at;
    } else {
      return true;
    }
  }
  return false;
}

// Where in the call the column's `server_default="text"` has its string, quotes included.
std::optional<base::Span> string_of(const eval::Place& call, std::string_view column,
                                    std::string_view text) {
  const std::string_view source = std::string_view(call.module->text).substr(0, call.span.end);
  constexpr std::string_view keyword = "server_default=";
  for (const char quote : {'"', '\''}) {
    const std::size_t name = source.find(fmt::format("{0}{1}{0}", quote, column), call.span.begin);
    const std::size_t at = source.find(keyword, name);
    if (name == std::string_view::npos || at == std::string_view::npos ||
        source.substr(name, at - name).find("Column(") != std::string_view::npos) {
      continue;
    }
    const std::size_t begin = at + keyword.size();
    for (const char inner : {'"', '\''}) {
      const std::string literal = fmt::format("{0}{1}{0}", inner, text);
      if (source.substr(begin).starts_with(literal) &&
          text.find_first_of("\\\"\n") == std::string_view::npos) {
        return base::Span{static_cast<std::uint32_t>(begin),
                          static_cast<std::uint32_t>(begin + literal.size())};
      }
    }
  }
  return std::nullopt;
}

std::string expression_of(std::string_view text) {
  return lower(text) == "now" ? "now()" : std::string(text);
}

std::vector<base::Edit> fix_of(const Operation& operation, std::string_view column,
                               std::string_view text) {
  const eval::Place& call = operation.sites.front();
  const bool imported = call.module->text.find("import sqlalchemy as sa\n") != std::string::npos;
  if (operation.sites.size() != 1 || !imported || has_parameter(text)) {
    return {};
  }
  const auto span = string_of(call, column, text);
  if (!span) {
    return {};
  }
  return {{*span, fmt::format("sa.text(\"{}\")", expression_of(text))}};
}

class Check {
 public:
  explicit Check(const engine::StatementContext& context) : context_(context) {}

  std::vector<engine::Report> run() {
    for (const Operation& operation : context_.operations) {
      if (const auto* create = operation.as<migration::CreateTable>()) {
        for (const migration::Column& column : create->columns) {
          look_at(operation, column);
        }
      } else if (const auto* add = operation.as<migration::AddColumn>()) {
        look_at(operation, add->column);
      } else if (const auto* set = operation.as<migration::SetDefault>()) {
        look_at(operation, set->column, set->value, type_of(operation, set->column));
      }
    }
    return std::move(reports_);
  }

 private:
  [[nodiscard]] std::string type_of(const Operation& operation, const migration::Name& name) const {
    const catalog::Table* table = context_.before.find_table(operation.table);
    const auto* column = table == nullptr ? nullptr : table->find_column(name.text);
    return column == nullptr ? std::string() : column->type;
  }

  void look_at(const Operation& operation, const migration::Column& column) {
    if (!column.type.enumeration) {
      look_at(operation, column.name, column.server_default, column.type.text);
    }
  }

  void look_at(const Operation& operation, const migration::Name& column,
               const std::optional<Default>& value, const std::string& type) {
    if (!value || value->kind != migration::DefaultKind::literal || !value->from_string) {
      return;
    }
    const Family family = family_of(type);
    if (effect::find_enum(context_.before, type) != nullptr ||
        !is_expression(value->text, family)) {
      return;
    }
    reports_.push_back(
        {.operation = &operation,
         .message = fmt::format("the default of {}.{} is the string '{}', not the expression: {}",
                                migration::display(operation.table), migration::display(column),
                                value->text, outcome(value->text, family)),
         .help =
             has_parameter(value->text)
                 ? "write the expression in sa.text(…), with \\: for a colon"
                 : fmt::format("write server_default=sa.text(\"{}\")", expression_of(value->text)),
         .fix = fix_of(operation, column.text, value->text)});
  }

  const engine::StatementContext& context_;
  std::vector<engine::Report> reports_;
};

std::vector<engine::Report> check_default_text_is_literal(const engine::StatementContext& context) {
  return Check(context).run();
}

}  // namespace

const engine::Rule default_text_is_literal{
    .info = {.id = "default-text-is-literal",
             .severity = finding::Severity::error,
             .summary = "A `server_default` that is meant as an expression is written as a "
                        "string, which becomes a constant.",
             .explanation =
                 "SQLAlchemy quotes a string: `server_default=\"now()\"` becomes `DEFAULT "
                 "'now()'`. For a timestamp PostgreSQL reads that once, when the revision runs, "
                 "and gives each row that time; a text column gets the characters; a uuid makes "
                 "the revision fail.\n\n"
                 "Write `sa.text(\"now()\")` or `sa.func.now()`.",
             .fixable = true},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_default_text_is_literal};

}  // namespace gauger::rules
