#include "migration/transactions.hpp"

namespace gauger::migration {

void number_transactions(std::vector<Operation>& operations) {
  std::uint32_t transaction = 0;
  std::uint32_t block = 0;      // the autocommit_block() that the last operation was in
  std::uint32_t statement = 0;  // its statement
  bool alone = false;           // whether that was a transaction of its own
  std::uint32_t call = 0;
  bool bare = false;   // after a COMMIT that the driver has not noticed
  bool begun = false;  // a BEGIN in the block
  bool used = false;   // whether anything ran
  bool ended = false;
  for (Operation& operation : operations) {
    const std::uint32_t in = operation.transaction;
    const auto* control = operation.as<TransactionControl>();
    const bool begins = control != nullptr && control->step == TransactionStep::begin;
    begun = begun && in == block;
    const bool by_itself = (in != 0 || bare || operation.autocommit) && !begun;
    const bool next = !used || (operation.statement != statement &&
                                !(operation.joined && operation.call == call));
    if (in != block || ended || (next && (by_itself || alone))) {
      ++transaction;
    }
    operation.transaction = transaction;
    operation.autocommit = operation.autocommit || (bare && control == nullptr);
    operation.joined = operation.joined || begun;
    block = in;
    statement = operation.statement;
    call = operation.call;
    alone = by_itself && !begins;
    used = true;
    ended = false;
    if (begins) {
      bare = false;
      begun = in != 0;
    } else if (control != nullptr && control->step != TransactionStep::savepoint) {
      bare = operation.from_sql && in == 0;
      ended = in == 0 || begun;
      begun = false;
    }
  }
}

}  // namespace gauger::migration
