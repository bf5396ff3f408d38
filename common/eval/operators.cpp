#include <algorithm>
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::Operator;

namespace {

bool is_text(const Value& value) {
  return value.is(ValueKind::text) || value.is(ValueKind::partial_text);
}

// As Python rounds: towards negative infinity. The divisor is neither 0 nor -1.
std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::optional<std::int64_t> integers(Operator op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case Operator::add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::subtract:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::multiply:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::floor_divide:
      return b == 0 || b == -1 ? std::nullopt : std::optional(floor_divide(a, b));
    case Operator::modulo:
      return b == 0 || b == -1 ? std::nullopt : std::optional(a - floor_divide(a, b) * b);
    default:
      return std::nullopt;
  }
}

std::optional<bool> ordered(Operator op, int order) {
  switch (op) {
    case Operator::less:
      return order < 0;
    case Operator::less_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    case Operator::greater_equal:
      return order >= 0;
    default:
      return std::nullopt;
  }
}

std::optional<bool> negated(std::optional<bool> known) {
  return known ? std::optional(!*known) : std::nullopt;
}

// `needle in haystack`, for a sequence whose elements are known.
std::optional<bool> contains(const std::vector<Value*>& items, const Value& needle, bool open) {
  std::optional<bool> result = open ? std::nullopt : std::optional(false);
  for (const Value* item : items) {
    const bool may_be_absent = item->is(ValueKind::maybe);
    const std::optional<bool> same = equal(needle, may_be_absent ? *item->object : *item);
    if (same == std::optional(true) && !may_be_absent) {
      return true;
    }
    if (same != std::optional(false)) {
      result = std::nullopt;
    }
  }
  return result;
}

}  // namespace

Value* Interpreter::boolean_value(std::optional<bool> known, Place place) {
  if (!known) {
    return unknown("it cannot be told", place);
  }
  Value* value = memory_.make(ValueKind::boolean, place);
  value->integer = *known ? 1 : 0;
  return value;
}

Value* Interpreter::unary(const Node& node) {
  Value* operand = evaluate(node.child(0));
  const Place place = place_of(node);
  if (node.op == Operator::not_) {
    return boolean_value(negated(truth(*operand)), place);
  }
  if (node.op == Operator::subtract || node.op == Operator::add) {
    const std::int64_t sign = node.op == Operator::subtract ? -1 : 1;
    if (operand->is(ValueKind::integer) && operand->integer != INT64_MIN) {
      return integer(sign * operand->integer, place);
    }
    if (operand->is(ValueKind::real)) {
      Value* value = memory_.make(ValueKind::real, place);
      value->real = static_cast<double>(sign) * operand->real;
      return value;
    }
  }
  return unknown("an expression that is not folded", place);
}

Value* Interpreter::binary(Operator op, Value* left, Value* right, Place place) {
  if (op == Operator::add && (is_text(*left) || is_text(*right))) {
    return join_parts({left, right}, place);
  }
  if (op == Operator::divide && (left->is(ValueKind::path) || right->is(ValueKind::path))) {
    return path_below(*left, *right, place);
  }
  if (op == Operator::modulo && is_text(*left)) {
    return percent(left, right, place);
  }
  if (op == Operator::add && left->kind == right->kind &&
      (left->is(ValueKind::list) || left->is(ValueKind::tuple))) {
    Value* value = memory_.make(left->kind, place);
    memory_.changing(*value).items = left->items;
    value->items.insert(value->items.end(), right->items.begin(), right->items.end());
    value->open = left->open || right->open;
    steps_ += value->items.size();
    return value;
  }
  if (op == Operator::bit_or && left->is(ValueKind::dict) && right->is(ValueKind::dict)) {
    Value* value = memory_.make(ValueKind::dict, place);
    merge_entries(*value, left->entries);
    merge_entries(*value, right->entries);
    value->open = left->open || right->open;
    return value;
  }
  if (left->is(ValueKind::integer) && right->is(ValueKind::integer)) {
    if (const auto result = integers(op, left->integer, right->integer)) {
      return integer(*result, place);
    }
  }
  if (op == Operator::multiply && (left->is(ValueKind::text) || left->is(ValueKind::list)) &&
      right->is(ValueKind::integer) && right->integer >= 0 && right->integer <= 1000) {
    if (left->is(ValueKind::text)) {
      return join_parts(std::vector<Value*>(static_cast<std::size_t>(right->integer), left), place);
    }
    Value* value = memory_.make(ValueKind::list, place);
    value->open = left->open;
    for (std::int64_t i = 0; i < right->integer; ++i) {
      value->items.insert(value->items.end(), left->items.begin(), left->items.end());
      steps_ += left->items.size();
      if (!step(place)) {
        break;
      }
    }
    return value;
  }
  return unknown("an expression that is not folded", place);
}

Value* Interpreter::boolean(const Node& node) {
  Value* left = evaluate(node.child(0));
  const std::optional<bool> known = truth(*left);
  const bool stops_on = node.op == Operator::or_;
  if (known) {
    return *known == stops_on ? left : evaluate(node.child(1));
  }
  Value* right = nullptr;
  const Way ways[] = {[] { return Flow::on; },
                      [&] {
                        right = evaluate(node.child(1));
                        return std::exchange(unwinding_, false) ? Flow::ends : Flow::on;
                      }};
  (void)run_ways(place_of(node.child(0)), ways);
  if (truth(*right) == std::optional(stops_on)) {
    return boolean_value(stops_on, place_of(node));
  }
  // `name or "default"` is one of the two.
  if (!left->is(ValueKind::unknown) && !right->is(ValueKind::unknown)) {
    return memory_.one_of(std::vector<Value*>{left, right}, place_of(node));
  }
  return unknown("it cannot be told", place_of(node));
}

Value* Interpreter::compare(const Node& node) {
  const Place place = place_of(node);
  std::optional<bool> total = true;
  Value* left = evaluate(node.child(0));
  for (std::size_t i = 1; i + 1 < node.children.size(); i += 2) {
    const Operator op = node.child(i).op;
    Value* right = evaluate(node.child(i + 1));
    std::optional<bool> result;
    if (op == Operator::equal || op == Operator::is) {
      result = equal(*left, *right);
    } else if (op == Operator::not_equal || op == Operator::is_not) {
      result = negated(equal(*left, *right));
    } else if (op == Operator::in || op == Operator::not_in) {
      if (left->is(ValueKind::text) && right->is(ValueKind::text)) {
        result = right->text.find(left->text) != std::string_view::npos;
      } else if (const std::vector<Value*>* items = elements(right)) {
        result = contains(*items, *left, right->open);
      }
      result = op == Operator::not_in ? negated(result) : result;
    } else if (left->is(ValueKind::integer) && right->is(ValueKind::integer)) {
      result = ordered(op, left->integer < right->integer   ? -1
                           : left->integer > right->integer ? 1
                                                            : 0);
    } else if (left->is(ValueKind::text) && right->is(ValueKind::text)) {
      result = ordered(op, left->text.compare(right->text));
    }
    if (result == std::optional(false)) {
      return boolean_value(false, place);
    }
    if (!result) {
      total = std::nullopt;
    }
    left = right;
  }
  return boolean_value(total, place);
}

}  // namespace gauger::eval
