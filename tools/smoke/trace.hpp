// What the server did, statement by statement: the effects that migration-lint predicts, measured.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alembic/session.hpp"
#include "base/json.hpp"
#include "database/connection.hpp"
#include "database/lock_watch.hpp"
#include "effect/effect.hpp"
#include "migration/operation.hpp"

namespace gauger::tools {

struct MeasuredStatement {
  std::string text{};
  double seconds = 0;
  std::string path{};
  std::uint32_t line = 0;
  std::int64_t rows = -1;  // as the driver counts them; -1: it does not
  bool in_transaction = true;
  // On tables that existed when the migration began. Of locks those that it is the first in its
  // transaction to take.
  effect::Effect effect{};
  // What its transaction holds after it, the strongest for each: on tables that the statement
  // names or works on, and the strongest on any.
  std::vector<effect::TableLock> held{};
  std::optional<effect::Lock> strongest_held{};
};

// What a trace does not show, and why; empty: all is seen.
using Losses = std::set<std::string>;

// Follows one session. Locks are read from the outside, by the server's process; rewrites, scans
// and index builds are what the server says by itself at client_min_messages = debug2, as
// "rewriting table".
class Trace {
 public:
  // Nobody else uses the connection while migrations run; it must outlive this.
  explicit Trace(database::Connection& connection) : connection_(connection), watch_(connection) {}

  // Adds what it has to see to an observer. Must outlive it.
  void attach(alembic::Observer& observer);

  // Of the migration that has ended.
  [[nodiscard]] std::vector<MeasuredStatement> take();
  [[nodiscard]] const Losses& losses() const { return losses_; }

 private:
  using Held = std::map<database::RelationId, effect::Lock>;  // the strongest
  // What a transaction is known to hold.
  struct Known {
    std::string transaction{};  // empty: nothing has been seen yet
    std::string began{};        // see database::transaction_began(); empty: not known
    Held locks{};
    // Each table and view, as strongly as can be: there is nothing left to take.
    bool holds_all = false;
  };

  void begin(const alembic::Beginning& beginning);
  void go_on(int process, const database::Relations& before);
  void add(const alembic::Statement& statement, const std::function<void()>& let_go_on);
  // `nothing_new`: it can have locked only what its transaction holds already.
  Held look_at_locks(const alembic::Statement& statement, bool nothing_new,
                     MeasuredStatement& measured);
  Held add_locks(const database::HeldLocks& locks, Known& known, MeasuredStatement& measured) const;
  [[nodiscard]] Held held_of(const Known& known) const;
  [[nodiscard]] bool holds_all(const Held& locks) const;
  [[nodiscard]] bool holds_all_of(const std::set<database::RelationId>& relations,
                                  const alembic::Statement& statement) const;
  void add_work(const alembic::Statement& statement,
                const std::vector<migration::Operation>& operations, const Held& held,
                MeasuredStatement& measured) const;
  void note_renames(const std::vector<migration::Operation>& operations);
  // Those whose names are words of the text.
  [[nodiscard]] std::set<database::RelationId> named_relations(std::string_view sql) const;
  [[nodiscard]] const catalog::QualifiedName* find(std::string_view name, const Held& held) const;

  database::Connection& connection_;
  database::LockWatch watch_;
  database::Relations relations_{};  // that existed when the migration began
  std::string mark_{};               // of relations_, where they were read from outside
  std::multimap<std::string, database::RelationId, std::less<>> by_name_{};  // without the schema
  std::map<int, Known> known_{};  // by the server's process
  std::vector<MeasuredStatement> statements_{};
  Losses losses_{};
};

// "ACCESS EXCLUSIVE on users; rewrites users"; empty: nothing of note.
[[nodiscard]] std::string display(const effect::Effect& effect);

[[nodiscard]] base::Json describe(const MeasuredStatement& statement);

}  // namespace gauger::tools
