#include "migration/operator_sql.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/module.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {

using eval::Value;
using python::Node;
using python::NodeKind;
using python::Operator;

namespace {

// What SQL writes without parentheses.
constexpr std::array<std::string_view, 8> bare_functions = {
    "current_date", "current_time",   "current_timestamp", "current_user",
    "localtime",    "localtimestamp", "session_user",      "user"};

std::string upper_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter & ~0x20) : letter;
  });
  return out;
}

class OperatorSyntax {
 public:
  [[nodiscard]] std::optional<std::string> sql(const Node& node) const {
    switch (node.kind) {
      case NodeKind::compare:
        return node.children.size() == 3 ? comparison(node) : std::nullopt;
      case NodeKind::binary:
        return operation(node);
      case NodeKind::unary: {
        const auto operand = sql(node.child(0));
        if (!operand || (node.op != Operator::invert && node.op != Operator::subtract)) {
          return std::nullopt;
        }
        return node.op == Operator::invert ? "NOT (" + *operand + ")" : "-" + *operand;
      }
      case NodeKind::call:
        return call(node);
      case NodeKind::attribute:
        return is_column(node) ? quoted(Name{std::string(node.text), true})
                               : std::string(hole_name);
      case NodeKind::name:
        return std::string(hole_name);
      case NodeKind::number:
        return std::string(node.text);
      case NodeKind::string:
        return quoted_literal(node.text);
      case NodeKind::true_:
        return "true";
      case NodeKind::false_:
        return "false";
      case NodeKind::none:
        return "NULL";
      default:
        return std::nullopt;
    }
  }

 private:
  // table.c.age, User.age: other attributes are values that are not known.
  static bool is_column(const Node& node) {
    const Node& object = node.child(0);
    const bool of_table =
        object.kind == NodeKind::attribute && (object.text == "c" || object.text == "columns");
    const bool of_class = object.kind == NodeKind::name && !object.text.empty() &&
                          object.text[0] >= 'A' && object.text[0] <= 'Z';
    return of_table || of_class;
  }

  static std::string_view symbol(Operator op) {
    switch (op) {
      case Operator::add:
        return "+";
      case Operator::subtract:
        return "-";
      case Operator::multiply:
        return "*";
      case Operator::divide:
        return "/";
      case Operator::modulo:
        return "%";
      case Operator::bit_and:
        return "AND";
      case Operator::bit_or:
        return "OR";
      case Operator::equal:
        return "=";
      case Operator::not_equal:
        return "!=";
      case Operator::less:
        return "<";
      case Operator::less_equal:
        return "<=";
      case Operator::greater:
        return ">";
      case Operator::greater_equal:
        return ">=";
      default:
        return {};
    }
  }

  [[nodiscard]] std::optional<std::string> comparison(const Node& node) const {
    const auto left = sql(node.child(0));
    const auto right = sql(node.child(2));
    const Operator op = node.child(1).op;
    const std::string_view sign = symbol(op);
    if (!left || !right || sign.empty()) {
      return std::nullopt;
    }
    if (*right == "NULL" || *right == "true" || *right == "false") {
      return fmt::format("{} {} {}", *left, op == Operator::equal ? "IS" : "IS NOT", *right);
    }
    return fmt::format("{} {} {}", *left, sign, *right);
  }

  [[nodiscard]] std::optional<std::string> operation(const Node& node) const {
    const auto left = sql(node.child(0));
    const auto right = sql(node.child(1));
    const std::string_view sign = symbol(node.op);
    if (!left || !right || sign.empty()) {
      return std::nullopt;
    }
    return fmt::format("{} {} {}", *left, sign, *right);
  }

  [[nodiscard]] std::optional<std::vector<std::string>> arguments(const Node& node) const {
    std::vector<std::string> out;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const auto argument = sql(node.child(i));
      if (!argument) {
        return std::nullopt;
      }
      out.push_back(*argument);
    }
    return out;
  }

  [[nodiscard]] std::optional<std::string> call(const Node& node) const {
    const Node& callee = node.child(0);
    const std::string_view name = callee.text;
    const Node* first = node.optional_child(1);
    if (callee.kind != NodeKind::attribute && callee.kind != NodeKind::name) {
      return std::nullopt;
    }
    const bool names = name == "column" || name == "Column";
    if ((names || name == "literal_column" || name == "text") && first != nullptr &&
        first->kind == NodeKind::string) {
      return names ? quoted(Name{std::string(first->text), true}) : std::string(first->text);
    }
    if ((name == "true" || name == "false" || name == "null") && first == nullptr) {
      return name == "null" ? "NULL" : std::string(name);
    }
    if (name == "literal" && first != nullptr) {
      return sql(*first);
    }
    if (callee.kind != NodeKind::attribute) {
      return std::nullopt;
    }
    const Node& object = callee.child(0);
    const auto given = arguments(node);
    if (!given) {
      return std::nullopt;
    }
    if (object.text == "func") {
      return function_call(name, *given);
    }
    if ((name == "is_" || name == "isnot" || name == "is_not") && given->size() == 1) {
      const auto subject = sql(object);
      return subject ? std::optional(*subject + (name == "is_" ? " IS " : " IS NOT ") + (*given)[0])
                     : std::nullopt;
    }
    return std::nullopt;
  }
};

const Node* node_at(const Node& node, base::Span span) {
  if (node.span.begin == span.begin && node.span.end == span.end) {
    // The innermost of several nodes with one span is the expression itself.
    for (const Node* child : node.children) {
      if (child != nullptr && child->span.begin == span.begin && child->span.end == span.end) {
        return node_at(*child, span);
      }
    }
    return &node;
  }
  for (const Node* child : node.children) {
    if (child != nullptr && child->span.begin <= span.begin && span.end <= child->span.end) {
      if (const Node* found = node_at(*child, span)) {
        return found;
      }
    }
  }
  return nullptr;
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string function_call(std::string_view function, const std::vector<std::string>& arguments) {
  if (arguments.empty() &&
      std::find(bare_functions.begin(), bare_functions.end(), function) != bare_functions.end()) {
    return upper_case(function);
  }
  return fmt::format("{}({})", function, joined(arguments));
}

std::optional<std::string> operator_sql(const Value& value) {
  if (value.place.module == nullptr) {
    return std::nullopt;
  }
  const Node* node = node_at(value.place.module->syntax.root(), value.place.span);
  const bool made_by_operator =
      node != nullptr && (node->kind == NodeKind::compare || node->kind == NodeKind::binary ||
                          node->kind == NodeKind::unary);
  return made_by_operator ? OperatorSyntax().sql(*node) : std::nullopt;
}

}  // namespace gauger::migration
