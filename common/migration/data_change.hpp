// Inserts, updates and deletes written with SQLAlchemy's expressions or its ORM.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"

namespace gauger::migration {

struct DataChange {
  Action action{};  // Insert, Update or Delete
  TableName table{{}, Name::hole()};
  std::vector<Constant> constants{};
};

// sa.update(table).where(…).values(…), table.insert() and the like; nothing for other values.
[[nodiscard]] std::optional<DataChange> data_change_of(const eval::Value& value,
                                                       eval::Interpreter& interpreter);

// session.query(…).filter(…).update({…}) and .delete(), which run at once; nothing for other calls.
[[nodiscard]] std::optional<DataChange> query_change_of(const eval::Value& call,
                                                        eval::Interpreter& interpreter);

// The strings in rows that are given as dicts, or in one.
[[nodiscard]] std::vector<Constant> constants_of_rows(const eval::Value* rows,
                                                      const TableName& table);

// The columns of rows given as dicts, or of one; empty where they are not known.
[[nodiscard]] std::vector<std::string> columns_of_rows(const eval::Value* rows);

}  // namespace gauger::migration
