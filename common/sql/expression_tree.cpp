#include "sql/expression_tree.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sql/context.hpp"
#include "sql/nodes.hpp"

extern "C" {
#include <pg_query_summary.h>
}

namespace gauger::sql {
namespace {

constexpr int max_nesting = 200;

class Reader {
 public:
  [[nodiscard]] ExpressionTree read(const ::Node* node);
  [[nodiscard]] bool too_deep() const { return too_deep_; }

 private:
  [[nodiscard]] ExpressionTree convert(const ::Node* node);
  [[nodiscard]] ExpressionTree operation(const ::A_Expr& node);
  [[nodiscard]] ExpressionTree in_list(const ::A_Expr& node);
  [[nodiscard]] ExpressionTree between(const ::A_Expr& node);
  [[nodiscard]] ExpressionTree any(const ::Node* node);
  [[nodiscard]] std::vector<ExpressionTree> read_all(const ::List* list);

  int depth_ = 0;
  bool too_deep_ = false;
};

ExpressionTree tree(ExpressionKind kind, std::string text = {},
                    std::vector<ExpressionTree> parts = {}) {
  return {.kind = kind, .text = std::move(text), .parts = std::move(parts)};
}

ExpressionTree comparison(std::string operator_, ExpressionTree left, ExpressionTree right) {
  std::vector<ExpressionTree> parts;
  parts.push_back(std::move(left));
  parts.push_back(std::move(right));
  return tree(ExpressionKind::comparison, std::move(operator_), std::move(parts));
}

ExpressionTree constant(const ::A_Const& node) {
  if (node.isnull) {
    return tree(ExpressionKind::null);
  }
  const ::Node* value = &node.val.node;
  switch (value->type) {
    case T_Integer:
    case T_Float:
      return tree(ExpressionKind::number, value_text(value));
    case T_Boolean:
      return tree(ExpressionKind::truth, as<::Boolean>(value).boolval ? "t" : "f");
    case T_String:
      return tree(ExpressionKind::string, value_text(value));
    default:
      return tree(ExpressionKind::other, value_text(value));
  }
}

std::string type_text(const ::TypeName& type) {
  const QualifiedName name = qualified_name(type.names);
  std::string text = name.schema.empty() || name.schema == "pg_catalog"
                         ? name.name
                         : name.schema + "." + name.name;
  std::string modifiers;
  for (const ::Node* modifier : nodes(type.typmods)) {
    modifiers += (modifiers.empty() ? "" : ",") + value_text(modifier);
  }
  if (!modifiers.empty()) {
    text += "(" + modifiers + ")";
  }
  return items<::Node>(type.arrayBounds).size() == 0 ? text : text + "[]";
}

std::string column_name(const ::ColumnRef& node) {
  const auto fields = nodes(node.fields);
  const ::Node* last = fields.size() == 0 ? nullptr : fields[fields.size() - 1];
  return is(last, T_A_Star) ? "*" : value_text(last);
}

ExpressionTree Reader::read(const ::Node* node) {
  if (node == nullptr) {
    return {};
  }
  if (depth_ == max_nesting) {
    too_deep_ = true;
    return {};
  }
  ++depth_;
  ExpressionTree result = convert(node);
  --depth_;
  return result;
}

std::vector<ExpressionTree> Reader::read_all(const ::List* list) {
  std::vector<ExpressionTree> parts;
  for (const ::Node* node : nodes(list)) {
    parts.push_back(read(node));
  }
  return parts;
}

ExpressionTree Reader::in_list(const ::A_Expr& node) {
  const bool negated = value_text(nodes(node.name)[0]) == "<>";
  std::vector<ExpressionTree> parts;
  for (const ::Node* value : nodes(reinterpret_cast<const ::List*>(node.rexpr))) {
    parts.push_back(comparison(negated ? "<>" : "=", read(node.lexpr), read(value)));
  }
  return tree(negated ? ExpressionKind::and_ : ExpressionKind::or_, {}, std::move(parts));
}

ExpressionTree Reader::between(const ::A_Expr& node) {
  const auto limits = nodes(reinterpret_cast<const ::List*>(node.rexpr));
  const bool negated = node.kind == AEXPR_NOT_BETWEEN;
  std::vector<ExpressionTree> parts;
  parts.push_back(comparison(negated ? "<" : ">=", read(node.lexpr), read(limits[0])));
  parts.push_back(comparison(negated ? ">" : "<=", read(node.lexpr), read(limits[1])));
  return tree(negated ? ExpressionKind::or_ : ExpressionKind::and_, {}, std::move(parts));
}

ExpressionTree Reader::operation(const ::A_Expr& node) {
  switch (node.kind) {
    case AEXPR_OP: {
      if (node.lexpr == nullptr) {
        ExpressionTree operand = read(node.rexpr);
        if (operand.kind == ExpressionKind::number && value_text(nodes(node.name)[0]) == "-" &&
            !operand.text.starts_with('-')) {
          return tree(ExpressionKind::number, "-" + operand.text);
        }
      } else if (auto operator_ = comparison_operator(node.name)) {
        return comparison(std::move(*operator_), read(node.lexpr), read(node.rexpr));
      }
      return any(as_node(&node));
    }
    case AEXPR_IN:
      return in_list(node);
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
      return between(node);
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT: {
      ExpressionTree left = read(node.lexpr);
      ExpressionTree right = read(node.rexpr);
      if (right.kind != ExpressionKind::null) {
        std::swap(left, right);
      }
      if (right.kind != ExpressionKind::null) {
        return any(as_node(&node));
      }
      return tree(
          node.kind == AEXPR_DISTINCT ? ExpressionKind::is_not_null : ExpressionKind::is_null, {},
          {std::move(left)});
    }
    default:
      return any(as_node(&node));
  }
}

ExpressionTree Reader::any(const ::Node* node) {
  ExpressionTree result;
  // The walker takes its node without const, and does not write to it.
  auto* walked = const_cast<::Node*>(node);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  if (!pg_query_raw_tree_walker_supports(walked)) {
    return result;
  }
  std::vector<const ::Node*> children;
  const auto collect = [](::Node* child, void* into) {
    if (child != nullptr) {
      static_cast<std::vector<const ::Node*>*>(into)->push_back(child);
    }
    return false;
  };
  raw_expression_tree_walker_impl(walked, collect, &children);
  for (const ::Node* child : children) {
    result.parts.push_back(read(child));
  }
  return result;
}

ExpressionTree Reader::convert(const ::Node* node) {
  switch (node->type) {
    case T_ColumnRef:
      return tree(ExpressionKind::column, column_name(as<::ColumnRef>(node)));
    case T_A_Const:
      return constant(as<::A_Const>(node));
    case T_CollateClause:
      return read(as<::CollateClause>(node).arg);
    case T_TypeCast: {
      const auto& cast = as<::TypeCast>(node);
      ExpressionTree operand = read(cast.arg);
      if (operand.kind == ExpressionKind::string) {
        return operand;
      }
      return tree(ExpressionKind::cast, type_text(*cast.typeName), {std::move(operand)});
    }
    case T_NullTest: {
      const auto& test = as<::NullTest>(node);
      return tree(
          test.nulltesttype == IS_NULL ? ExpressionKind::is_null : ExpressionKind::is_not_null, {},
          {read(as_node(test.arg))});
    }
    case T_BoolExpr: {
      const auto& junction = as<::BoolExpr>(node);
      const ExpressionKind kind = junction.boolop == AND_EXPR  ? ExpressionKind::and_
                                  : junction.boolop == OR_EXPR ? ExpressionKind::or_
                                                               : ExpressionKind::not_;
      return tree(kind, {}, read_all(junction.args));
    }
    case T_A_Expr:
      return operation(as<::A_Expr>(node));
    default:
      return any(node);
  }
}

base::Result<ExpressionTree> error(std::string message) {
  return base::failure({.kind = base::ErrorKind::unparsable, .message = std::move(message)});
}

// What a query of one expression selects; null for any other.
const ::Node* selected(const ::SelectStmt& select) {
  const auto targets = items<::ResTarget>(select.targetList);
  return targets.size() == 1 && targets[0]->name == nullptr && select.fromClause == nullptr &&
                 select.whereClause == nullptr
             ? targets[0]->val
             : nullptr;
}

enum class Root : std::uint8_t { expression, query };

base::Result<ExpressionTree> parse_tree(std::string_view text, Root root) {
  base::Result<ExpressionTree> result = error("not one expression");
  const auto read = [&](Items<::RawStmt> statements) {
    if (statements.size() != 1 || !is(statements[0]->stmt, T_SelectStmt)) {
      return;
    }
    const ::Node* node = statements[0]->stmt;
    if (root == Root::expression) {
      node = selected(as<::SelectStmt>(node));
    }
    if (node != nullptr) {
      Reader reader;
      result = reader.read(node);
      if (reader.too_deep()) {
        result = error("nested too deeply");
      }
    }
  };
  if (auto parsed = read_raw(text, read); !parsed) {
    return error(std::move(parsed.error().message));
  }
  return result;
}

}  // namespace

base::Result<ExpressionTree> parse_expression_tree(std::string_view expression) {
  return parse_tree(fmt::format("SELECT {}", expression), Root::expression);
}

base::Result<ExpressionTree> parse_query_tree(std::string_view query) {
  return parse_tree(query, Root::query);
}

std::vector<ComparedString> compared_strings(const ExpressionTree& tree) {
  std::vector<ComparedString> result;
  if (tree.kind == ExpressionKind::comparison) {
    const ExpressionTree& left = tree.parts[0];
    const ExpressionTree& right = tree.parts[1];
    if (left.kind == ExpressionKind::column && right.kind == ExpressionKind::string) {
      result.push_back({left.text, right.text});
    } else if (left.kind == ExpressionKind::string && right.kind == ExpressionKind::column) {
      result.push_back({right.text, left.text});
    }
  }
  for (const ExpressionTree& part : tree.parts) {
    std::vector<ComparedString> inside = compared_strings(part);
    std::move(inside.begin(), inside.end(), std::back_inserter(result));
  }
  return result;
}

bool reads_column(const ExpressionTree& tree, std::string_view column) {
  if (tree.kind == ExpressionKind::column) {
    return tree.text == column || tree.text == "*";
  }
  return std::any_of(tree.parts.begin(), tree.parts.end(),
                     [&](const ExpressionTree& part) { return reads_column(part, column); });
}

}  // namespace gauger::sql
