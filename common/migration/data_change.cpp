#include "migration/data_change.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "migration/arguments.hpp"
#include "migration/expressions.hpp"
#include "migration/terms.hpp"
#include "sql/expression_tree.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

// The calls of a chain a(…).b(…).c(…), outermost first.
std::vector<const Value*> chain_of(const Value& value) {
  std::vector<const Value*> calls;
  const Value* at = &value;
  while (at->is(ValueKind::call)) {
    calls.push_back(at);
    if (!at->object->is(ValueKind::attribute)) {
      break;
    }
    at = at->object->object;
  }
  return calls;
}

std::string_view method_of(const Value& call) {
  return call.object->is(ValueKind::attribute) ? call.object->text : sqlalchemy_name(call);
}

struct Where {
  std::optional<std::string> text{};
  bool known = true;
};

void add_condition(Where& where, const std::string& text) {
  where.text = where.text ? *where.text + " AND " + text : text;
}

// The conditions of where(…), filter(…) and filter_by(…) as SQL, or as the Python that makes it.
Where where_of(const std::vector<const Value*>& chain, Interpreter& interpreter) {
  Where where;
  for (auto call = chain.rbegin(); call != chain.rend(); ++call) {
    const std::string_view method = method_of(**call);
    if (method == "where" || method == "filter") {
      for (const Value* item : (*call)->items) {
        const auto sql = sql_of(*item, interpreter);
        const bool whole = sql && sql->find(hole_name) == std::string::npos;
        where.known = where.known && whole;
        add_condition(where, whole ? *sql : source_text(*item));
      }
      where.known = where.known && !(*call)->open;
    } else if (method == "filter_by") {
      for (const auto& [key, value] : (*call)->entries) {
        const auto sql = sql_of(*value, interpreter);
        where.known = where.known && sql;
        add_condition(where, std::string(text_of(key)) + " = " + sql.value_or(source_text(*value)));
      }
    } else if (method == "join" || method == "limit" || method == "from_statement") {
      where.known = false;
    }
  }
  return where;
}

// The column that a key of values({…}) means; empty: not known.
std::string column_of(const Value& key) {
  if (const auto reference = column_reference(key)) {
    return display(reference->column);
  }
  return key.is(ValueKind::text) || key.is(ValueKind::attribute) ? std::string(key.text)
                                                                 : std::string();
}

void add_keys(std::vector<std::string>& out, const Value& dict) {
  for (const auto& [key, value] : dict.entries) {
    if (std::string column = column_of(*key); !column.empty()) {
      out.push_back(std::move(column));
    }
  }
}

void add_constants(std::vector<Constant>& out, const Value& dict, const TableName& table) {
  for (const auto& [key, value] : dict.entries) {
    std::string column = column_of(*key);
    if (value->is(ValueKind::text) && value->text.size() <= sql::longest_label && !column.empty()) {
      out.push_back(
          {.text = std::string(value->text), .table = table, .column = std::move(column)});
    }
  }
}

void add_rows(std::vector<Constant>& out, const Value* rows, const TableName& table) {
  if (rows->is(ValueKind::dict)) {
    add_constants(out, *rows, table);
    return;
  }
  for (const Value* row : items_of(rows).values) {
    if (row->is(ValueKind::dict)) {
      add_constants(out, *row, table);
    }
  }
}

void add_compared(std::vector<Constant>& out, const Where& where, const TableName& table) {
  if (!where.text || !where.known) {
    return;
  }
  const auto tree = sql::parse_expression_tree(*where.text);
  if (!tree) {
    return;
  }
  for (sql::ComparedString& each : sql::compared_strings(*tree)) {
    if (each.text.size() <= sql::longest_label) {
      out.push_back(
          {.text = std::move(each.text), .table = table, .column = std::move(each.column)});
    }
  }
}

// The columns that values(a=1), values({"a": 1}) and values([{…}, …]) name.
std::vector<std::string> assigned_in(const Value& call) {
  std::vector<std::string> out;
  add_keys(out, call);
  for (const Value* item : call.items) {
    if (item->is(ValueKind::dict)) {
      add_keys(out, *item);
    } else if (out.empty()) {
      out = columns_of_rows(item);
    }
  }
  return out;
}

DataChange change_of(std::string_view verb, const TableName& table,
                     const std::vector<const Value*>& chain, const Value& starting,
                     Interpreter& interpreter) {
  DataChange change{.table = table};
  std::vector<std::string> columns;
  bool from_query = false;
  bool skips_existing = false;
  for (const Value* call : chain) {
    const std::string_view method = method_of(*call);
    if (method == "values" || method == "ordered_values") {
      columns = assigned_in(*call);
      add_constants(change.constants, *call, table);
      for (const Value* item : call->items) {
        add_rows(change.constants, item, table);
      }
    }
    from_query = from_query || method == "from_select";
    skips_existing = skips_existing || method.starts_with("on_conflict_do_");
  }
  if (columns.empty()) {
    if (const Value* values = argument(starting, "values")) {
      columns = values->is(ValueKind::dict) ? assigned_in(*values) : columns_of_rows(values);
      add_rows(change.constants, values, table);
    }
  }
  if (verb == "insert") {
    change.action = Insert{
        .columns = std::move(columns), .from_query = from_query, .skips_existing = skips_existing};
    return change;
  }
  Where where = where_of(chain, interpreter);
  add_compared(change.constants, where, table);
  if (verb == "update") {
    change.action = Update{std::move(columns), std::move(where.text), where.known};
  } else {
    change.action = Delete{std::move(where.text), where.known};
  }
  return change;
}

bool is_verb(std::string_view name) {
  return name == "update" || name == "insert" || name == "delete";
}

}  // namespace

std::vector<Constant> constants_of_rows(const Value* rows, const TableName& table) {
  std::vector<Constant> out;
  if (rows != nullptr) {
    add_rows(out, rows, table);
  }
  return out;
}

std::vector<std::string> columns_of_rows(const Value* rows) {
  std::vector<std::string> out;
  if (rows != nullptr && rows->is(ValueKind::dict)) {
    add_keys(out, *rows);
    return out;
  }
  for (const Value* row : items_of(rows).values) {
    std::vector<std::string> keys;
    if (row->is(ValueKind::dict)) {
      add_keys(keys, *row);
    }
    for (std::string& key : keys) {
      if (std::find(out.begin(), out.end(), key) == out.end()) {
        out.push_back(std::move(key));
      }
    }
  }
  return out;
}

std::optional<DataChange> data_change_of(const Value& value, Interpreter& interpreter) {
  const std::vector<const Value*> chain = chain_of(value);
  for (const Value* call : chain) {
    const std::string_view verb = method_of(*call);
    const bool function = !call->object->is(ValueKind::attribute);
    if (!is_verb(verb)) {
      continue;
    }
    const Value* target = function ? argument(*call, 0, "table") : call->object->object;
    if (target == nullptr) {
      continue;
    }
    const auto table = table_of(*target, interpreter);
    if (table || function || root_symbol(*target).starts_with("sqlalchemy")) {
      return change_of(verb, table.value_or(TableName{{}, Name::hole()}), chain, *call,
                       interpreter);
    }
  }
  return std::nullopt;
}

std::optional<DataChange> query_change_of(const Value& call, Interpreter& interpreter) {
  const std::vector<const Value*> chain = chain_of(call);
  const std::string_view verb = chain.empty() ? std::string_view() : method_of(*chain.front());
  if (verb != "update" && verb != "delete") {
    return std::nullopt;
  }
  const auto query = std::find_if(chain.begin(), chain.end(), [](const Value* part) {
    return part->object->is(ValueKind::attribute) && part->object->text == "query";
  });
  if (query == chain.end()) {
    return std::nullopt;
  }
  DataChange out;
  if (!(*query)->items.empty()) {
    const Value& entity = *(*query)->items[0];
    const Value& owner = entity.is(ValueKind::attribute) ? *entity.object : entity;
    out.table = table_of(owner, interpreter).value_or(out.table);
  }
  Where where = where_of(chain, interpreter);
  add_compared(out.constants, where, out.table);
  if (verb == "update") {
    const Value* values = argument(*chain.front(), 0, "values");
    std::vector<std::string> assigned;
    if (values != nullptr && values->is(ValueKind::dict)) {
      add_keys(assigned, *values);
      add_constants(out.constants, *values, out.table);
    }
    out.action = Update{std::move(assigned), std::move(where.text), where.known};
  } else {
    out.action = Delete{std::move(where.text), where.known};
  }
  return out;
}

}  // namespace gauger::migration
