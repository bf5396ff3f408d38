#include "database/catalog_text.hpp"

#include <algorithm>
#include <cstddef>

namespace gauger::database {
namespace {

// "RANGE (a, lower(b))" -> "range" and its elements. The server quotes as it must.
std::vector<std::string> split_elements(std::string_view text) {
  std::vector<std::string> result;
  int depth = 0;
  char quote = '\0';
  std::size_t begin = 0;
  const auto finish = [&](std::size_t end) {
    std::string_view element = text.substr(begin, end - begin);
    element.remove_prefix(std::min(element.find_first_not_of(' '), element.size()));
    const bool is_name =
        element.size() > 2 && element.front() == '"' && element.find('"', 1) == element.size() - 1;
    result.emplace_back(is_name ? element.substr(1, element.size() - 2) : element);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (quote != '\0') {
      quote = byte == quote ? '\0' : quote;
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
    } else if (byte == '(') {
      ++depth;
    } else if (byte == ')') {
      --depth;
    } else if (byte == ',' && depth == 0) {
      finish(i);
    }
  }
  finish(text.size());
  return result;
}

}  // namespace

std::vector<std::string> partition_key(std::string_view definition) {
  const std::size_t open = definition.find('(');
  const std::size_t close = definition.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return {};
  }
  return split_elements(definition.substr(open + 1, close - open - 1));
}

std::string partition_strategy(char letter) {
  switch (letter) {
    case 'r':
      return "range";
    case 'l':
      return "list";
    case 'h':
      return "hash";
    default:
      return {};
  }
}

std::string referential_action(char letter) {
  switch (letter) {
    case 'r':
      return "RESTRICT";
    case 'c':
      return "CASCADE";
    case 'n':
      return "SET NULL";
    case 'd':
      return "SET DEFAULT";
    default:
      return {};  // NO ACTION
  }
}

catalog::ConstraintKind constraint_kind(char letter) {
  switch (letter) {
    case 'p':
      return catalog::ConstraintKind::primary_key;
    case 'u':
      return catalog::ConstraintKind::unique;
    case 'f':
      return catalog::ConstraintKind::foreign_key;
    case 'x':
      return catalog::ConstraintKind::exclude;
    default:
      return catalog::ConstraintKind::check;
  }
}

std::string exclusion(std::string_view definition) {
  definition.remove_prefix(std::min(definition.size(), std::string_view("EXCLUDE ").size()));
  for (const std::string_view suffix : {" INITIALLY DEFERRED", " DEFERRABLE"}) {
    if (definition.size() >= suffix.size() &&
        definition.substr(definition.size() - suffix.size()) == suffix) {
      definition.remove_suffix(suffix.size());
    }
  }
  return std::string(definition);
}

std::string key_expression(std::string text) {
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

migration::Volatility volatility(char letter) {
  switch (letter) {
    case 'i':
      return migration::Volatility::immutable;
    case 's':
      return migration::Volatility::stable;
    default:
      return migration::Volatility::volatile_;
  }
}

}  // namespace gauger::database
