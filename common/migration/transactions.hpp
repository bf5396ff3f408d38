// The transactions that a migration's operations run in.
#pragma once

#include <vector>

#include "migration/operation.hpp"

namespace gauger::migration {

// Gives each operation its `transaction`. On entry it is the number of the autocommit_block() that
// the operation stands in, counted from 1, and 0 outside.
//
// Alembic's autocommit_block() commits what came before and begins a transaction after it; inside,
// each statement is one of its own, but for those that are joined (Operation::joined). So is each
// after a COMMIT or ROLLBACK in SQL text: neither psycopg2 nor asyncpg's adapter notices it, so
// that none begins another before a BEGIN in SQL text. connection.commit() does begin another. An
// operation that commits belongs to what it ends.
void number_transactions(std::vector<Operation>& operations);

}  // namespace gauger::migration
