// What the help of several rules says, in Python that can be copied.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "migration/operation.hpp"

namespace gauger::engine {

// The operation as Alembic writes it; "?" stands for what is not known.
[[nodiscard]] std::string directive(const migration::Operation& operation);

// `op.execute("…")`
[[nodiscard]] std::string execute(std::string_view sql);

// The lines in an autocommit_block(), which commits what ran before it.
[[nodiscard]] std::string autocommit_block(std::span<const std::string> lines);

// As SQL needs it: app.orders, "Orders".
[[nodiscard]] std::string sql_name(const migration::TableName& table);

// How to add a constraint to a table that has rows: NOT VALID, which is brief, and then VALIDATE,
// which blocks nothing, once that is committed. Only foreign keys and checks can be so.
[[nodiscard]] std::string add_then_validate(const migration::Operation& add);

}  // namespace gauger::engine
