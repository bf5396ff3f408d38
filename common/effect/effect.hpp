// What a statement does to a PostgreSQL server: the locks it takes on tables, what it reads and
// writes of them, whether it fails. Predicted from the operation, the catalog before it, the
// server's version and the transaction; smoke measures the same.
//
// Source: tests/data/postgres_truth.tsv, statements run on PostgreSQL 12 to 18, and effects_15.tsv;
// tests/unit/effect compares all of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "migration/operation.hpp"

namespace gauger::effect {

// In order of strength (PostgreSQL manual, "Explicit Locking").
enum class Lock : std::uint8_t {
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive,
};
[[nodiscard]] const char* name(Lock lock);  // "ACCESS EXCLUSIVE"
[[nodiscard]] constexpr bool blocks_writes(Lock lock) { return lock >= Lock::share; }
[[nodiscard]] constexpr bool blocks_reads(Lock lock) { return lock == Lock::access_exclusive; }

struct TableLock {
  catalog::QualifiedName table{};
  Lock lock = Lock::access_exclusive;
  friend bool operator==(const TableLock&, const TableLock&) = default;
};

// Work that takes time in proportion to the rows of a table, while its locks are held.
enum class WorkKind : std::uint8_t {
  rewrite,           // a new copy of the table and all its indexes
  scan,              // every row is read and checked
  foreign_key_scan,  // every row is looked up in the referenced table
  index_build,
  row_change,  // INSERT … SELECT, UPDATE, DELETE
};
[[nodiscard]] const char* name(WorkKind kind);  // "foreign_key_scan"
struct Work {
  WorkKind kind = WorkKind::scan;
  catalog::QualifiedName table{};
  std::string object{};  // the index or constraint; empty: none, or unnamed
  friend bool operator==(const Work&, const Work&) = default;
};

enum class FailureKind : std::uint8_t {
  always,           // whatever the rows are
  on_older_server,  // likewise, unless the server is newer than is said
  on_rows,          // if the table has a row
  on_some_rows,     // if rows are such that it does (duplicates, nulls, values that do not fit)
};
struct Failure {
  FailureKind kind = FailureKind::always;
  std::string message{};  // as the server says it, without the names where they are not known
};

struct Effect {
  std::vector<TableLock> locks{};  // on tables that existed before; the strongest for each
  std::vector<Work> work{};
  std::optional<Failure> failure{};
  bool known = true;  // false: something that it depends on is not known; what is here is certain
};

// A label that ALTER TYPE … ADD VALUE gave an enum in the transaction that is still open.
struct NewLabel {
  catalog::QualifiedName type{};
  std::string label{};
  bool of_new_type = false;  // the type was created in that transaction, too
};

// Whether a timeout limits what comes: a SET or SET LOCAL to more than 0.
struct Timeout {
  bool set = false;
  bool after_transaction = false;  // once the transaction has ended
  bool lost = false;               // a SET LOCAL has ended, and none has come since
};

// What the session has done so far that matters to later statements.
struct Session {
  int postgres_version = 14;
  bool in_transaction = true;
  std::optional<bool> timezone_utc{};  // whether TimeZone is UTC; nothing: it has not been set
  std::optional<bool> timezone_before_transaction{};
  Timeout lock_timeout{};
  Timeout statement_timeout{};
  std::vector<NewLabel> new_labels{};
  std::vector<catalog::QualifiedName> new_enums{};  // created in the transaction
  std::uint32_t transaction = 0;                    // Operation::transaction of the last one
};

// Notes what an operation, which has run, means for those that follow.
void observe(const migration::Operation& operation, Session& session);
// A transaction ended: SET LOCAL is undone, new labels can be used.
void end_transaction(Session& session);

// The effect of one statement: all operations with the same `Operation::statement`, in order.
// `before` is the catalog that the statement finds.
[[nodiscard]] Effect predict(std::span<const migration::Operation> statement,
                             const catalog::Catalog& before, const Session& session);

}  // namespace gauger::effect
