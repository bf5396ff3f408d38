#include "sql/constants.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace gauger::sql {
namespace {

std::optional<std::string> short_string(const ::Node* node) {
  if (!is(node, T_A_Const) || as<::A_Const>(node).isnull ||
      !is(&as<::A_Const>(node).val.node, T_String)) {
    return std::nullopt;
  }
  std::string text = value_text(node);
  return text.size() <= longest_label ? std::optional(std::move(text)) : std::nullopt;
}

// What SET (a, b) = (x, y) gives one of its columns.
const ::Node* assigned_value(const ::Node* value) {
  if (!is(value, T_MultiAssignRef)) {
    return value;
  }
  const auto& reference = as<::MultiAssignRef>(value);
  if (!is(reference.source, T_RowExpr)) {
    return nullptr;
  }
  const auto values = nodes(as<::RowExpr>(reference.source).args);
  const auto index = static_cast<std::size_t>(reference.colno) - 1;
  return index < values.size() ? values[index] : nullptr;
}

}  // namespace

void ConstantReader::visit(const ::Node* node) {
  switch (node->type) {
    case T_InsertStmt:
      return read_insert(as<::InsertStmt>(node));
    case T_UpdateStmt:
      return assign(qualified_name(as<::UpdateStmt>(node).relation),
                    as<::UpdateStmt>(node).targetList);
    case T_MergeStmt:
      return read_merge(as<::MergeStmt>(node));
    case T_A_Expr:
      return read_expression(as<::A_Expr>(node));
    case T_TypeCast: {
      const auto& cast = as<::TypeCast>(node);
      const auto text = short_string(cast.arg);
      if (text && items<::Node>(cast.typeName->arrayBounds).size() == 0) {
        const QualifiedName type = qualified_name(cast.typeName->names);
        found_.push_back({.text = *text,
                          .type = type.schema.empty() ? type.name : type.schema + "." + type.name});
      }
      return;
    }
    case T_RangeSubselect:
    case T_RangeFunction:
    case T_RangeTableFunc:
    case T_JsonTable:
      sources_.emplace_back();
      return;
    default:
      return;
  }
}

void ConstantReader::add_source(const ::RangeVar& relation, bool in_with) {
  Source& source = sources_.emplace_back();
  if (relation.alias != nullptr) {
    source.alias = text_or_empty(relation.alias->aliasname);
  }
  if (!in_with) {
    source.table = qualified_name(&relation);
  }
}

void ConstantReader::read_insert(const ::InsertStmt& insert) {
  const QualifiedName table = qualified_name(insert.relation);
  if (is(insert.selectStmt, T_SelectStmt)) {
    const auto& select = as<::SelectStmt>(insert.selectStmt);
    for (const auto* row : items<::List>(select.valuesLists)) {
      insert_row(table, insert.cols, row);
    }
    // The branches of a UNION agree on types of their own.
    if (select.op == SETOP_NONE) {
      insert_row(table, insert.cols, select.targetList);
    }
  }
  if (insert.onConflictClause != nullptr) {
    assign(table, insert.onConflictClause->targetList);
  }
}

void ConstantReader::read_merge(const ::MergeStmt& merge) {
  const QualifiedName table = qualified_name(merge.relation);
  for (const auto* when : items<::MergeWhenClause>(merge.mergeWhenClauses)) {
    if (when->commandType == CMD_INSERT) {
      insert_row(table, when->targetList, when->values);
    } else {
      assign(table, when->targetList);
    }
  }
}

void ConstantReader::read_expression(const ::A_Expr& expression) {
  switch (expression.kind) {
    case AEXPR_OP:
      if (!comparison_operator(expression.name)) {
        return;
      }
      [[fallthrough]];
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
      compare(expression.lexpr, expression.rexpr);
      compare(expression.rexpr, expression.lexpr);
      return;
    case AEXPR_IN:
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
      if (is(expression.rexpr, T_List)) {
        for (const ::Node* each : nodes(&as<::List>(expression.rexpr))) {
          compare(expression.lexpr, each);
        }
      }
      return;
    default:
      return;
  }
}

void ConstantReader::assign(const QualifiedName& table, const ::List* targets) {
  for (const auto* target : items<::ResTarget>(targets)) {
    const auto text = short_string(assigned_value(target->val));
    if (text && target->indirection == nullptr) {
      found_.push_back({.text = *text, .table = table, .column = text_or_empty(target->name)});
    }
  }
}

void ConstantReader::insert_row(const QualifiedName& table, const ::List* columns,
                                const ::List* values) {
  const auto targets = items<::ResTarget>(columns);
  const auto row = nodes(values);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const ::Node* value = is(row[i], T_ResTarget) ? as<::ResTarget>(row[i]).val : row[i];
    const auto text = short_string(value);
    if (!text) {
      continue;
    }
    if (targets.size() == 0) {
      found_.push_back({.text = *text, .table = table, .position = i});
    } else if (i < targets.size() && targets[i]->indirection == nullptr) {
      found_.push_back({.text = *text, .table = table, .column = text_or_empty(targets[i]->name)});
    }
  }
}

void ConstantReader::compare(const ::Node* left, const ::Node* right) {
  const auto text = short_string(right);
  if (!text || !is(left, T_ColumnRef)) {
    return;
  }
  const auto fields = nodes(as<::ColumnRef>(left).fields);
  const std::size_t size = fields.size();
  compared_.push_back({.qualifier = size > 1 ? value_text(fields[size - 2]) : std::string(),
                       .column = value_text(fields[size - 1]),
                       .text = *text});
}

const QualifiedName* ConstantReader::table_of(const std::string& qualifier) const {
  const QualifiedName* result = nullptr;
  for (const Source& source : sources_) {
    const bool meant =
        qualifier.empty() || qualifier == (source.alias.empty() ? source.table.name : source.alias);
    if (!meant) {
      continue;
    }
    if (source.table.name.empty() || (result != nullptr && *result != source.table)) {
      return nullptr;
    }
    result = &source.table;
  }
  return result;
}

void ConstantReader::take(std::vector<Constant>& out) {
  for (Comparison& each : compared_) {
    if (const QualifiedName* table = table_of(each.qualifier)) {
      found_.push_back(
          {.text = std::move(each.text), .table = *table, .column = std::move(each.column)});
    }
  }
  std::move(found_.begin(), found_.end(), std::back_inserter(out));
  found_.clear();
  compared_.clear();
  sources_.clear();
}

}  // namespace gauger::sql
