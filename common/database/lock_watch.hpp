// The locks of another session, seen from outside.
//
// Source: the manual's "pg_locks" (any role sees all rows) and "Explicit Locking".
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "database/connection.hpp"
#include "effect/effect.hpp"

namespace gauger::database {

using RelationId = std::uint32_t;  // pg_class.oid

// A table or view, or a materialized one.
struct Relation {
  catalog::QualifiedName name{};
  bool view = false;
  bool alone = false;  // a table that has neither partitions nor children
};
using Relations = std::map<RelationId, Relation>;

// Two values, for a session that sees what others do not: a mark of the relations that there are,
// and the relations, as read_relations() takes them. They are NULL where the mark is still the one
// that stands in the text in place of "@mark@".
[[nodiscard]] std::string_view relations_sql();
[[nodiscard]] Relations read_relations(std::string_view value);

struct RelationsReading {
  std::string mark{};
  std::optional<Relations> relations{};  // nothing: those of the mark that was given
};
[[nodiscard]] base::Result<RelationsReading> read_relations(Connection& connection,
                                                            std::string_view mark);

struct HeldLock {
  RelationId relation = 0;
  effect::Lock lock = effect::Lock::access_share;
  std::string transaction{};  // pg_locks.virtualtransaction: another one for each transaction
};

struct HeldLocks {
  std::vector<HeldLock> locks{};
  std::string began{};  // see transaction_began()
};
// On relations that are not the system's. Locks last as long as their transaction. It takes the
// longer the more locks there are on the server.
[[nodiscard]] base::Result<HeldLocks> held_locks(Connection& connection, int process);

// When the transaction began that a process is in, to the microsecond: another value is another
// transaction. Empty: it is in none, or is another role's. Takes no longer for its locks.
[[nodiscard]] base::Result<std::string> transaction_began(Connection& connection, int process);

// The locks of a statement outside a transaction, which are gone with it: looked at while it runs.
// So that even a quick one is caught, all tables are locked before, in a mode that only readers do
// not conflict with: the statement stops at the first of them, is seen, and is let go. What it
// locks after that is seen as far as it takes a millisecond.
class LockWatch {
 public:
  // Nobody else uses the connection meanwhile; it must outlive this.
  explicit LockWatch(Connection& connection) : connection_(connection) {}

  void begin(const Relations& relations);
  // Gives how long to wait for the next look: longer and longer.
  std::chrono::milliseconds look(int process);
  // What was seen; a lock that was waited for counts, since it was got in the end.
  [[nodiscard]] std::vector<HeldLock> end();

  // For how long the statement was stopped.
  [[nodiscard]] double stopped_seconds() const { return stopped_.count(); }
  // Of the last begin(): the tables were locked.
  [[nodiscard]] bool catches_all() const { return catches_all_; }

 private:
  void let_go();

  Connection& connection_;
  std::vector<HeldLock> seen_{};
  std::chrono::microseconds pause_{};
  std::chrono::steady_clock::time_point began_{};
  std::chrono::duration<double> stopped_{};
  bool holds_ = false;
  bool catches_all_ = false;
};

}  // namespace gauger::database
