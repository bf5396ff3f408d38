#include "unit/sql/make.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/text.hpp"

namespace gauger::tests {

std::vector<sql::Statement> parse_all(std::string_view text) {
  auto parsed = sql::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), std::string(text), ": ", parsed.error().message);
  return std::move(*parsed);
}

sql::Statement parse_one(std::string_view text) {
  auto statements = parse_all(text);
  REQUIRE(statements.size() == 1);
  return std::move(statements.front());
}

std::string parse_error(std::string_view text) {
  const auto parsed = sql::parse(text);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().kind == base::ErrorKind::unparsable);
  const base::Position position = parsed.error().position;
  return fmt::format("{}:{}: {}", position.line, position.column, parsed.error().message);
}

std::string join(const sql::QualifiedName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

std::string join(const std::vector<sql::QualifiedName>& names) {
  std::string result;
  for (const auto& name : names) {
    result += (result.empty() ? "" : " ") + join(name);
  }
  return result;
}

std::string join(const std::vector<std::string>& words) {
  std::string result;
  for (const auto& word : words) {
    result += (result.empty() ? "" : ", ") + word;
  }
  return result;
}

std::string body(std::string_view text, const sql::Statement& statement) {
  std::string result;
  for (const auto& inner : statement.body) {
    result += result.empty() ? "" : "; ";
    result += inner.conditional ? "?" : "";
    result += base::slice(text, inner.span);
  }
  return result;
}

}  // namespace gauger::tests
