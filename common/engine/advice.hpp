// What the help of several rules says, in Python that can be copied.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
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

// For what is before such help: nothing, or that the column comes without the constraint.
[[nodiscard]] std::string_view column_first(const migration::Operation& add);

// The constraint, with the kind before its name if it has one: "the foreign
// key fk_orders", "a foreign key".
[[nodiscard]] std::string named(std::string_view kind, const migration::Constraint& constraint);

// How to add a UNIQUE or PRIMARY KEY constraint to a table that has rows: its index first,
// concurrently, and then the constraint with it. A partitioned table has no USING INDEX: there it
// is the index alone.
[[nodiscard]] std::string add_with_index(const migration::Operation& add,
                                         const catalog::Table& table,
                                         const catalog::Catalog& before);

// How to index a partitioned table without blocking writes. No index is built on the table itself:
// it is made there without those of the partitions, and valid once each of them is attached.
[[nodiscard]] std::string index_by_partition(const migration::Operation& create,
                                             const catalog::Table& table,
                                             const catalog::Catalog& before);

}  // namespace gauger::engine
