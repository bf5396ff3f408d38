#include "effect/proof.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migration/operation.hpp"
#include "sql/expression_tree.hpp"

namespace gauger::effect {
namespace {

using sql::ExpressionKind;
using sql::ExpressionTree;

ExpressionTree tree(ExpressionKind kind, std::vector<ExpressionTree> parts = {},
                    std::string text = {}) {
  return {.kind = kind, .text = std::move(text), .parts = std::move(parts)};
}

std::string opposite(std::string_view comparison) {
  constexpr std::pair<std::string_view, std::string_view> pairs[] = {
      {"=", "<>"}, {"<>", "="}, {"<", ">="}, {">=", "<"}, {">", "<="}, {"<=", ">"}};
  for (const auto& [operator_, other] : pairs) {
    if (operator_ == comparison) {
      return std::string(other);
    }
  }
  return {};
}

std::string mirrored(std::string_view comparison) {
  std::string result(comparison);
  if (result != "<>") {
    std::replace(result.begin(), result.end(), '<', '\1');
    std::replace(result.begin(), result.end(), '>', '<');
    std::replace(result.begin(), result.end(), '\1', '>');
  }
  return result;
}

bool is_constant(const ExpressionTree& each) {
  return each.kind == ExpressionKind::number || each.kind == ExpressionKind::string;
}

ExpressionTree negated(ExpressionTree condition);

// As PostgreSQL simplifies a condition: NOT moved inwards, the column left of a comparison.
ExpressionTree simplified(ExpressionTree condition) {
  switch (condition.kind) {
    case ExpressionKind::not_:
      return negated(std::move(condition.parts.at(0)));
    case ExpressionKind::and_:
    case ExpressionKind::or_:
      for (ExpressionTree& part : condition.parts) {
        part = simplified(std::move(part));
      }
      return condition;
    case ExpressionKind::comparison:
      if (condition.text == "=" && condition.parts.at(1).kind == ExpressionKind::truth) {
        return condition.parts[1].text == "t" ? simplified(std::move(condition.parts[0]))
                                              : negated(std::move(condition.parts[0]));
      }
      if (is_constant(condition.parts.at(0))) {
        std::swap(condition.parts[0], condition.parts[1]);
        condition.text = mirrored(condition.text);
      }
      return condition;
    default:
      return condition;
  }
}

ExpressionTree negated(ExpressionTree condition) {
  switch (condition.kind) {
    case ExpressionKind::not_:
      return simplified(std::move(condition.parts.at(0)));
    case ExpressionKind::and_:
    case ExpressionKind::or_:
      condition.kind =
          condition.kind == ExpressionKind::and_ ? ExpressionKind::or_ : ExpressionKind::and_;
      for (ExpressionTree& part : condition.parts) {
        part = negated(std::move(part));
      }
      return condition;
    case ExpressionKind::comparison:
      condition.text = opposite(condition.text);
      return simplified(std::move(condition));
    case ExpressionKind::is_null:
      condition.kind = ExpressionKind::is_not_null;
      return condition;
    case ExpressionKind::is_not_null:
      condition.kind = ExpressionKind::is_null;
      return condition;
    default: {
      std::vector<ExpressionTree> parts;
      parts.push_back(std::move(condition));
      return tree(ExpressionKind::not_, std::move(parts));
    }
  }
}

std::optional<double> number(const ExpressionTree& constant) {
  double value = 0;
  const char* end = constant.text.data() + constant.text.size();
  const auto [last, error] = std::from_chars(constant.text.data(), end, value);
  return error == std::errc() && last == end ? std::optional<double>(value) : std::nullopt;
}

// Nothing where the order of the two is a matter of their type.
std::optional<std::partial_ordering> order(const ExpressionTree& left,
                                           const ExpressionTree& right) {
  if (left == right) {
    return std::partial_ordering::equivalent;
  }
  const auto first = number(left);
  const auto second = number(right);
  if (left.kind != ExpressionKind::number || right.kind != ExpressionKind::number || !first ||
      !second) {
    return std::nullopt;
  }
  return *first <=> *second;
}

Proof as_proof(bool proven) { return proven ? Proof::yes : Proof::no; }

// Whether `x <clause> a` gives `x <goal> b`.
Proof comparison_implies(const ExpressionTree& clause, const ExpressionTree& goal) {
  if (clause.parts.at(0) != goal.parts.at(0)) {
    return Proof::no;
  }
  const ExpressionTree& a = clause.parts.at(1);
  const ExpressionTree& b = goal.parts.at(1);
  if (!is_constant(a) || !is_constant(b)) {
    return Proof::no;
  }
  const auto ordering = order(a, b);
  if (!ordering) {
    return Proof::unknown;
  }
  const std::string_view by = clause.text;
  const std::string_view to = goal.text;
  const bool strict = by == "<" || by == ">";
  if (to == "=") {
    return as_proof(by == "=" && *ordering == 0);
  }
  if (to == "<" || to == "<=") {
    const bool downward = by == "<" || by == "<=" || by == "=";
    return as_proof(downward && (*ordering < 0 || (*ordering == 0 && (to == "<=" || strict))));
  }
  if (to == ">" || to == ">=") {
    const bool upward = by == ">" || by == ">=" || by == "=";
    return as_proof(upward && (*ordering > 0 || (*ordering == 0 && (to == ">=" || strict))));
  }
  const bool apart = (by == "=" && *ordering != 0) ||
                     ((by == "<" || by == "<=") && (*ordering < 0 || (*ordering == 0 && strict))) ||
                     ((by == ">" || by == ">=") && (*ordering > 0 || (*ordering == 0 && strict)));
  return as_proof(apart);
}

Proof atom_implies(const ExpressionTree& clause, const ExpressionTree& goal) {
  if (clause == goal) {
    return Proof::yes;
  }
  if (sql::reads_column(clause, migration::hole_name)) {
    return Proof::unknown;
  }
  if (clause.kind == ExpressionKind::comparison && goal.kind == ExpressionKind::comparison) {
    return comparison_implies(clause, goal);
  }
  return Proof::no;
}

template <class Test>
Proof all(const std::vector<ExpressionTree>& parts, Test test) {
  Proof result = Proof::yes;
  for (const ExpressionTree& part : parts) {
    result = std::min(result, test(part));
  }
  return result;
}

template <class Test>
Proof any(const std::vector<ExpressionTree>& parts, Test test) {
  Proof result = Proof::no;
  for (const ExpressionTree& part : parts) {
    result = std::max(result, test(part));
  }
  return result;
}

// Both simplified. The order of the cases is that of predicate_implied_by_recurse().
Proof implies(const ExpressionTree& clause, const ExpressionTree& goal) {
  const auto reaches = [&](const ExpressionTree& part) { return implies(clause, part); };
  const auto gives = [&](const ExpressionTree& part) { return implies(part, goal); };
  if (goal.kind == ExpressionKind::and_) {
    return all(goal.parts, reaches);
  }
  if (clause.kind == ExpressionKind::or_) {
    return all(clause.parts, gives);
  }
  const Proof by_clause =
      clause.kind == ExpressionKind::and_ ? any(clause.parts, gives) : Proof::no;
  if (goal.kind == ExpressionKind::or_) {
    return std::max(by_clause, any(goal.parts, reaches));
  }
  return clause.kind == ExpressionKind::and_ ? by_clause : atom_implies(clause, goal);
}

ExpressionTree column(std::string_view name) {
  return tree(ExpressionKind::column, {}, std::string(name));
}

ExpressionTree comparison(std::string_view name, std::string_view operator_,
                          ExpressionTree constant) {
  return tree(ExpressionKind::comparison, {column(name), std::move(constant)},
              std::string(operator_));
}

// The text between a word of the bounds and the parenthesis that closes its group.
std::optional<std::string> group_after(std::string_view bounds, std::string_view word) {
  std::string lower(bounds);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t found = lower.find(word);
  const std::size_t open = found == std::string::npos ? found : lower.find('(', found);
  if (open == std::string::npos) {
    return std::nullopt;
  }
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = open; i < lower.size(); ++i) {
    quoted = quoted != (lower[i] == '\'');
    depth += quoted ? 0 : lower[i] == '(' ? 1 : lower[i] == ')' ? -1 : 0;
    if (!quoted && depth == 0) {
      return std::string(bounds.substr(open + 1, i - open - 1));
    }
  }
  return std::nullopt;
}

// The condition that the bounds put on the key; nothing where it is not one of constants.
std::optional<ExpressionTree> bounds_condition(const PartitionKey& key, std::string_view bounds) {
  std::vector<ExpressionTree> parts;
  if (key.column.empty()) {
    return std::nullopt;
  }
  if (!key.not_null) {
    parts.push_back(tree(ExpressionKind::is_not_null, {column(key.column)}));
  }
  if (key.strategy == "list") {
    const auto list = group_after(bounds, " in");
    auto values = sql::parse_expression_tree(key.column + " in (" + list.value_or("") + ")");
    if (!list || !values) {
      return std::nullopt;
    }
    // A null in the list lets null pass, which is not looked into here.
    const bool has_null =
        std::any_of(values->parts.begin(), values->parts.end(), [](const ExpressionTree& each) {
          return each.parts.size() != 2 || !is_constant(each.parts[1]);
        });
    if (has_null) {
      return std::nullopt;
    }
    parts.push_back(values->parts.size() == 1 ? values->parts[0] : std::move(*values));
    return tree(ExpressionKind::and_, std::move(parts));
  }
  if (key.strategy != "range") {
    return std::nullopt;
  }
  for (const auto& [word, operator_] :
       {std::pair<std::string_view, std::string_view>{"from", ">="}, {" to", "<"}}) {
    const auto limit = group_after(bounds, word);
    auto constant = sql::parse_expression_tree(limit.value_or(""));
    if (!limit || !constant) {
      return std::nullopt;
    }
    if (is_constant(*constant)) {
      parts.push_back(comparison(key.column, operator_, std::move(*constant)));
    } else if (constant->kind != ExpressionKind::column ||
               (constant->text != "minvalue" && constant->text != "maxvalue")) {
      return std::nullopt;
    }
  }
  return tree(ExpressionKind::and_, std::move(parts));
}

Proof prove(std::span<const std::string> checks, const ExpressionTree& goal) {
  ExpressionTree conjunction = tree(ExpressionKind::and_);
  Proof unread = Proof::no;
  for (const std::string& check : checks) {
    if (auto condition = sql::parse_expression_tree(check)) {
      conjunction.parts.push_back(simplified(std::move(*condition)));
    } else {
      unread = Proof::unknown;
    }
  }
  return std::max(unread, implies(conjunction, goal));
}

// Only one column is looked at, and only constants: else a check may prove more than is seen here.
Proof without_condition(std::span<const std::string> checks, const PartitionKey& key) {
  return checks.empty() || key.strategy == "hash" ? Proof::no : Proof::unknown;
}

}  // namespace

Proof proves_not_null(std::string_view check, std::string_view column_name) {
  const std::string text(check);
  return prove({&text, 1}, tree(ExpressionKind::is_not_null, {column(column_name)}));
}

Proof proves_within(std::span<const std::string> checks, const PartitionKey& key,
                    std::string_view bounds) {
  const auto condition = bounds_condition(key, bounds);
  return condition ? prove(checks, *condition) : without_condition(checks, key);
}

Proof proves_outside(std::span<const std::string> checks, const PartitionKey& key,
                     std::string_view bounds) {
  auto condition = bounds_condition(key, bounds);
  return condition ? prove(checks, negated(std::move(*condition))) : without_condition(checks, key);
}

}  // namespace gauger::effect
