// sa.Table and op.create_table: columns, constraints and indexes put together as SQLAlchemy does.
#include <algorithm>
#include <utility>

#include "migration/arguments.hpp"
#include "migration/columns.hpp"
#include "migration/sql_parts.hpp"
#include "migration/terms.hpp"
#include "migration/types.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

bool same_name(const Name& left, const Name& right) {
  return left.known && right.known && left.text == right.text;
}

// The primary key is the explicit constraint's columns, or those that say primary_key=True; its
// columns are not null unless told otherwise.
void settle_primary_key(std::vector<ColumnParts>& columns, std::vector<Constraint>& constraints) {
  auto key = std::find_if(constraints.begin(), constraints.end(), [](const Constraint& constraint) {
    return constraint.kind == ConstraintKind::primary_key;
  });
  std::vector<Name> names;
  for (const ColumnParts& parts : columns) {
    if (parts.column.primary_key) {
      names.insert(parts.autoincrement ? names.begin() : names.end(), parts.column.name);
    }
  }
  if (key == constraints.end()) {
    if (names.empty()) {
      return;
    }
    Constraint made;
    made.kind = ConstraintKind::primary_key;
    made.columns = names;
    constraints.insert(constraints.begin(), std::move(made));
    key = constraints.begin();
  } else if (key->columns.empty() && key->columns_known) {
    key->columns = names;
  }
  for (ColumnParts& parts : columns) {
    const bool inside =
        std::any_of(key->columns.begin(), key->columns.end(),
                    [&](const Name& name) { return same_name(name, parts.column.name); });
    parts.column.primary_key = inside;
    if (inside) {
      parts.column.nullable = false;
    }
  }
}

// The column that SQLAlchemy makes SERIAL: the only one of the key, or the one that is told to be.
void settle_serial(std::vector<ColumnParts>& columns) {
  const auto in_key = [](const ColumnParts& parts) { return parts.column.primary_key; };
  const auto count = std::count_if(columns.begin(), columns.end(), in_key);
  for (ColumnParts& parts : columns) {
    parts.column.serial =
        parts.column.primary_key && parts.may_autoincrement && (count == 1 || parts.autoincrement);
    if (parts.column.serial && !is_integer(parts.column.type)) {
      parts.column.type.text = "integer";
    }
  }
}

void add_enum(TableParts& out, const TableName& table, const Column& column) {
  const auto& type = column.type.enumeration;
  if (!type || !type->native || !type->create_type) {
    return;
  }
  EnumType made = *type;
  if (made.inherit_schema && made.schema.absent()) {
    made.schema = table.schema;
  }
  const bool again = std::any_of(out.enums.begin(), out.enums.end(), [&](const EnumType& other) {
    return same_name(other.name, made.name) && same_name(other.schema, made.schema);
  });
  if (!again) {
    out.enums.push_back(std::move(made));
  }
}

void add_domain(TableParts& out, const Value* type, Interpreter& interpreter) {
  auto domain = type != nullptr ? domain_of(*type, interpreter) : std::nullopt;
  if (!domain || !domain->create_type) {
    return;
  }
  const bool again =
      std::any_of(out.domains.begin(), out.domains.end(), [&](const Operation& other) {
        return same_name(other.object, domain->name) &&
               same_name(other.table.schema, domain->schema);
      });
  if (!again) {
    Operation& made = out.domains.emplace_back();
    made.action = std::move(domain->definition);
    made.object = domain->name;
    made.table.schema = domain->schema;
  }
}

// "RANGE (created_at, lower(name))": the strategy in lower case and the parts of the key.
void read_partitioning(CreateTable& table, std::string_view text) {
  const std::size_t open = std::min(text.find('('), text.size());
  table.partition_strategy = lower(std::string(text.substr(0, open)));
  std::erase(table.partition_strategy, ' ');
  int depth = 0;
  std::string part;
  for (const char letter : text.substr(open)) {
    depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
    const bool outermost = (letter == '(' && depth == 1) || (letter == ')' && depth == 0);
    if ((letter == ',' && depth == 1) || (letter == ')' && depth == 0)) {
      const std::size_t begin = std::min(part.find_first_not_of(" \""), part.size());
      const std::size_t end = part.find_last_not_of(" \"");
      if (end != std::string::npos) {
        table.partition_key.push_back(part.substr(begin, end + 1 - begin));
      }
      part.clear();
    } else if (!outermost) {
      part += letter;
    }
  }
}

void read_table_options(CreateTable& table, const Value& options) {
  for (const Value* prefix : items_of(argument(options, "prefixes")).values) {
    const std::string word = lower(std::string(text_of(prefix)));
    table.temporary = table.temporary || word.ends_with("temporary") || word.ends_with("temp");
    table.unlogged = table.unlogged || word == "unlogged";
  }
  if (const Value* by = unless_none(argument(options, "postgresql_partition_by"))) {
    read_partitioning(table, sql_text_of(*by).value_or(std::string(hole_name)));
  }
  if (const Value* inherits = unless_none(argument(options, "postgresql_inherits"))) {
    if (inherits->is(ValueKind::text)) {
      table.inherits.push_back({{}, name_of(inherits)});
    } else {
      for (const Name& name : names_of(inherits).names) {
        table.inherits.push_back({{}, name});
      }
    }
  }
  if (const Value* comment = unless_none(argument(options, "comment"))) {
    table.comment = sql_text_of(*comment).value_or("");
  }
}

}  // namespace

TableParts table_from(const TableName& table, const std::vector<Value*>& items, bool items_known,
                      const Value& options, Interpreter& interpreter) {
  TableParts out;
  out.table.columns_known = items_known;
  std::vector<ColumnParts> columns;
  std::vector<Constraint> constraints;
  std::vector<Index> indexes;
  for (const Value* item : items) {
    if (auto column = column_of(*item, interpreter)) {
      columns.push_back(*std::move(column));
    } else if (auto constraint = constraint_of(*item, interpreter)) {
      if (!flag(*item, "use_alter")) {  // which op.create_table never emits
        constraints.push_back(*std::move(constraint));
      }
    } else if (auto index = index_of(*item, interpreter)) {
      indexes.push_back(std::move(index->index));
    } else if (!item->is(ValueKind::none)) {
      out.table.columns_known = false;
    }
  }
  settle_primary_key(columns, constraints);
  settle_serial(columns);
  for (ColumnParts& parts : columns) {
    add_enum(out, table, parts.column);
    add_domain(out, parts.type, interpreter);
    if (parts.column.type.enumeration && parts.column.type.enumeration->inherit_schema &&
        !table.schema.absent() && parts.column.type.known()) {
      parts.column.type.text =
          table.schema.known ? table.schema.text + "." + parts.column.type.text : std::string();
    }
    for (Constraint& check : parts.checks) {
      constraints.push_back(std::move(check));
    }
    for (Constraint& key : parts.foreign_keys) {
      constraints.push_back(std::move(key));
    }
    if (parts.unique) {
      constraints.push_back(*std::move(parts.unique));
    }
    if (parts.type_check) {
      constraints.push_back(*std::move(parts.type_check));
    }
    if (parts.index) {
      Index& made = indexes.emplace_back();
      made.keys.emplace_back().column = parts.column.name;
      made.unique = parts.unique_index;
    }
    out.table.columns.push_back(std::move(parts.column));
  }
  for (Index& index : indexes) {
    if (index.name.absent()) {
      index.name = default_index_name(table, index);
    }
    out.indexes.push_back(std::move(index));
  }
  out.table.constraints = std::move(constraints);
  read_table_options(out.table, options);
  return out;
}

}  // namespace gauger::migration
