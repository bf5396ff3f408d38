#include "rules/bind_in_sql_text/bind_in_sql_text.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

bool is_name_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void skip_blanks(std::string_view& text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
}

bool take(std::string_view& text, std::string_view word) {
  skip_blanks(text);
  const bool there = text.starts_with(word);
  text.remove_prefix(there ? word.size() : 0);
  return there;
}

// The body of the string that the text begins with, which is taken; empty: it begins with something
// else.
std::string_view take_string(std::string_view& text) {
  skip_blanks(text);
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) {
    return {};
  }
  const std::string quote(text.substr(0, 3) == std::string(3, text.front()) ? 3 : 1, text.front());
  text.remove_prefix(quote.size());
  const std::string_view body = text.substr(0, text.find(quote));
  text.remove_prefix(std::min(text.size(), body.size() + quote.size()));
  return body;
}

// The end of a call's arguments.
bool take_end(std::string_view& call) {
  take(call, ",");
  return take(call, ")");
}

// The SQL that a call is given without values for its parameters: `op.execute("…")`, and
// `….execute(sa.text("…"))` with nothing behind. Empty: it is another call.
std::string_view literal_of(std::string_view call) {
  if (take(call, "op.execute(")) {
    std::string_view rest = call;
    if (const std::string_view body = take_string(rest); !body.empty()) {
      return body;
    }
  } else {
    constexpr std::string_view execute = ".execute(";
    const std::size_t at = call.find(execute);
    if (at == std::string_view::npos || call.find('"') < at || call.find('\'') < at) {
      return {};
    }
    call.remove_prefix(at + execute.size());
  }
  if (!take(call, "sa.text(") && !take(call, "sqlalchemy.text(") && !take(call, "text(")) {
    return {};
  }
  const std::string_view body = take_string(call);
  const bool text_ends = take_end(call);
  const bool call_ends = take_end(call);
  return text_ends && call_ends ? body : std::string_view();
}

std::string_view source_of(const eval::Place& site) {
  return base::slice(site.module->text, site.span);
}

// The SQL that a file holds, where the call makes text() of it. Empty: it is another call.
std::string_view text_of_file(const std::vector<eval::Place>& sites) {
  std::string_view call = source_of(sites[sites.size() - 2]);
  return take(call, "op.execute(") || call.find(".execute(") != std::string_view::npos
             ? source_of(sites.back())
             : std::string_view();
}

// As SQLAlchemy's text() finds them: (?<![:\w\\]):(\w+)(?!:)
std::string_view parameter_in(std::string_view sql) {
  for (std::size_t at = sql.find(':'); at != std::string_view::npos; at = sql.find(':', at + 1)) {
    const char before = at == 0 ? ' ' : sql[at - 1];
    std::size_t end = at + 1;
    while (end < sql.size() && is_name_byte(sql[end])) {
      ++end;
    }
    const bool ends_well = end >= sql.size() || sql[end] != ':';
    if (before != ':' && before != '\\' && !is_name_byte(before) && end > at + 1 && ends_well) {
      return sql.substr(at, end - at);
    }
  }
  return {};
}

std::vector<engine::Report> check_bind_in_sql_text(const engine::StatementContext& context) {
  const Operation& operation = context.operations.front();
  const auto& upgrade = context.revision.migration.upgrade;
  const eval::Place& site = operation.sites.back();
  if (context.first > 0 && upgrade[context.first - 1].call == operation.call) {
    return {};  // another statement of the same text
  }
  const std::string_view sql =
      site.module->is_python ? literal_of(source_of(site)) : text_of_file(operation.sites);
  const std::string_view parameter = parameter_in(sql);
  if (parameter.empty()) {
    return {};
  }
  return {
      {.operation = &operation,
       .message = fmt::format("SQLAlchemy takes \"{}\" for a bind parameter without a value, and "
                              "the revision fails",
                              parameter),
       .help = fmt::format("write \\\\{} for the text; or sa.text(…).bindparams({}=…)", parameter,
                           parameter.substr(1))}};
}

}  // namespace

const engine::Rule bind_in_sql_text{
    .info = {.id = "bind-in-sql-text",
             .severity = finding::Severity::error,
             .summary = "SQL text has a colon before a word, which SQLAlchemy takes for a "
                        "parameter that nobody gives.",
             .explanation = "`op.execute(\"…\")` makes `sa.text()` of the string, where `:name` "
                            "is a bind parameter, even between SQL's quotes. The revision fails "
                            "with \"A value is required for bind parameter 'name'\".\n\n"
                            "Write `\\\\:name` for a colon, or give the value: "
                            "`op.execute(sa.text(\"… :name\").bindparams(name=…))`."},
    .claim = {engine::ClaimKind::failure},
    .check_statement = check_bind_in_sql_text};

}  // namespace gauger::rules
