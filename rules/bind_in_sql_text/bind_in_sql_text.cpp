#include "rules/bind_in_sql_text/bind_in_sql_text.hpp"

#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace gauger::rules {

using migration::Operation;

namespace {

bool is_name_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The body of the string that `op.execute(` begins with; empty: it begins with something else.
std::string_view literal_of(std::string_view call) {
  constexpr std::string_view begin = "op.execute(";
  if (!call.starts_with(begin)) {
    return {};
  }
  call.remove_prefix(begin.size());
  while (!call.empty() && std::isspace(static_cast<unsigned char>(call.front())) != 0) {
    call.remove_prefix(1);
  }
  if (call.empty() || (call.front() != '"' && call.front() != '\'')) {
    return {};
  }
  const std::string quote(call.substr(0, 3) == std::string(3, call.front()) ? 3 : 1, call.front());
  call.remove_prefix(quote.size());
  return call.substr(0, call.find(quote));
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
  const std::string_view sql = literal_of(
      std::string_view(site.module->text).substr(site.span.begin, site.span.end - site.span.begin));
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
