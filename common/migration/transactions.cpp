#include "migration/transactions.hpp"

namespace gauger::migration {

void number_transactions(std::vector<Operation>& operations) {
  std::uint32_t transaction = 0;
  std::uint32_t block = 0;      // the autocommit_block() that the last operation was in
  std::uint32_t statement = 0;  // its statement
  bool alone = false;           // whether that was a transaction of its own
  bool bare = false;            // after a COMMIT that the driver has not noticed
  bool used = false;            // whether anything ran
  bool ended = false;
  for (Operation& operation : operations) {
    const std::uint32_t in = operation.transaction;
    const auto* control = operation.as<TransactionControl>();
    const bool begins = control != nullptr && control->step == TransactionStep::begin;
    const bool by_itself = in != 0 || bare || operation.autocommit;
    const bool next = !used || operation.statement != statement;
    if (in != block || ended || (next && (by_itself || alone))) {
      ++transaction;
    }
    operation.transaction = transaction;
    operation.autocommit = operation.autocommit || (bare && control == nullptr);
    block = in;
    statement = operation.statement;
    alone = by_itself && !begins;
    used = true;
    ended = false;
    if (begins) {
      bare = false;
    } else if (control != nullptr && control->step != TransactionStep::savepoint && in == 0) {
      bare = operation.from_sql;
      ended = true;
    }
  }
}

}  // namespace gauger::migration
