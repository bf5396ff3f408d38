#include "database/lock_watch.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/json.hpp"

namespace gauger::database {
namespace {

using base::Result;
using effect::Lock;

constexpr std::array<std::pair<std::string_view, Lock>, 8> modes{
    {{"AccessShareLock", Lock::access_share},
     {"RowShareLock", Lock::row_share},
     {"RowExclusiveLock", Lock::row_exclusive},
     {"ShareUpdateExclusiveLock", Lock::share_update_exclusive},
     {"ShareLock", Lock::share},
     {"ShareRowExclusiveLock", Lock::share_row_exclusive},
     {"ExclusiveLock", Lock::exclusive},
     {"AccessExclusiveLock", Lock::access_exclusive}}};

std::optional<Lock> lock_of(std::string_view mode) {
  const auto* found = std::find_if(modes.begin(), modes.end(),
                                   [&](const auto& each) { return each.first == mode; });
  return found == modes.end() ? std::nullopt : std::optional(found->second);
}

RelationId relation_id(std::string_view text) {
  RelationId id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

std::string_view next_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

// On relations, granted or waited for.
std::optional<HeldLock> held_lock(const Row& row) {
  const auto lock = lock_of(row[1].value_or(""));
  if (!row[0] || !lock) {
    return std::nullopt;
  }
  return HeldLock{
      .relation = relation_id(*row[0]), .lock = *lock, .transaction = row[2].value_or("")};
}

// 16384 is FirstNormalObjectId: what is below is the system's.
std::string locks_sql(int process, std::string_view more) {
  return fmt::format(
      "SELECT relation, mode, virtualtransaction, granted FROM pg_catalog.pg_locks"
      " WHERE pid = {} AND (locktype = 'relation' AND relation >= 16384{})",
      process, more);
}

// One value. The function, for the view joins what is not wanted.
std::string began_sql(int process) {
  return fmt::format(
      "(SELECT xact_start::pg_catalog.text FROM pg_catalog.pg_stat_get_activity({}))", process);
}

}  // namespace

std::string_view relations_sql() {
  return "WITH found AS MATERIALIZED (SELECT c.oid::pg_catalog.int8 AS id, n.nspname, c.relname,"
         " c.relkind IN ('m', 'v') AS is_view,"
         " c.relkind = 'r' AND NOT c.relhassubclass AS is_alone FROM pg_catalog.pg_class c"
         " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
         " WHERE c.relkind IN ('r', 'p', 'm', 'v') AND c.oid >= 16384 AND c.relpersistence <> 't'"
         " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')),"
         " marked AS MATERIALIZED (SELECT coalesce(pg_catalog.sum(pg_catalog.hashtextextended("
         "nspname || '.' || relname || is_alone, id)), 0)::pg_catalog.text AS mark FROM found)"
         " SELECT mark, CASE WHEN mark <> '@mark@' THEN (SELECT pg_catalog.json_agg("
         "pg_catalog.json_build_array(id, nspname, relname, is_view, is_alone))::pg_catalog.text "
         "FROM found)"
         " END FROM marked";
}

Relations read_relations(std::string_view value) {
  Relations relations;
  const auto list = base::parse_json(value);
  if (!list || !list->is_array()) {
    return relations;
  }
  for (const base::Json& each : *list) {
    relations.emplace(
        each.at(0).get<RelationId>(),
        Relation{.name = {each.at(1).get<std::string>(), each.at(2).get<std::string>()},
                 .view = each.at(3).get<bool>(),
                 .alone = each.at(4).get<bool>()});
  }
  return relations;
}

Result<RelationsReading> read_relations(Connection& connection, std::string_view mark) {
  constexpr std::string_view place = "@mark@";
  std::string sql(relations_sql());
  sql.replace(sql.find(place), place.size(), mark);
  const auto rows = connection.query(sql);
  if (!rows) {
    return base::failure(rows.error());
  }
  const Row& row = rows->at(0);
  RelationsReading reading{.mark = row[0].value_or("")};
  if (reading.mark != mark) {
    reading.relations = read_relations(row[1].value_or("[]"));
  }
  return reading;
}

Result<std::string> transaction_began(Connection& connection, int process) {
  const auto rows = connection.query("SELECT " + began_sql(process));
  if (!rows) {
    return base::failure(rows.error());
  }
  return rows->at(0).at(0).value_or("");
}

Result<HeldLocks> held_locks(Connection& connection, int process) {
  // In one value: a long transaction holds thousands.
  const auto rows = connection.query(fmt::format(
      "SELECT pg_catalog.string_agg(relation::text || ' ' || mode, ' '), min(virtualtransaction),"
      " {} FROM ({}) AS locks",
      began_sql(process), locks_sql(process, " AND granted")));
  if (!rows) {
    return base::failure(rows.error());
  }
  const Row& row = rows->at(0);
  HeldLocks held{.began = row[2].value_or("")};
  std::string_view rest = row[0] ? std::string_view(*row[0]) : std::string_view();
  while (!rest.empty()) {
    const RelationId relation = relation_id(next_word(rest));
    if (const auto lock = lock_of(next_word(rest))) {
      held.locks.push_back(
          {.relation = relation, .lock = *lock, .transaction = row[1].value_or("")});
    }
  }
  return held;
}

void LockWatch::begin(const Relations& relations) {
  seen_.clear();
  stopped_ = {};
  pause_ = std::chrono::milliseconds(1);
  std::string tables;
  for (const auto& [id, relation] : relations) {
    if (!relation.view) {  // which cannot be locked, or not by itself
      tables +=
          fmt::format("{}{}.{}", tables.empty() ? "" : ", ", quote_identifier(relation.name.schema),
                      quote_identifier(relation.name.name));
    }
  }
  catches_all_ = true;
  if (tables.empty()) {
    return;
  }
  // Another session of the project's may hold one of them, and wait for us.
  catches_all_ = holds_ = connection_
                              .query("BEGIN; SET LOCAL lock_timeout = '20ms'; LOCK TABLE " +
                                     tables + " IN SHARE ROW EXCLUSIVE MODE")
                              .has_value();
  if (!holds_) {
    (void)connection_.query("ROLLBACK");
  }
  began_ = std::chrono::steady_clock::now();
}

std::chrono::milliseconds LockWatch::look(int process) {
  const auto rows = connection_.query(locks_sql(process, " OR NOT granted"));
  bool waits = false;
  for (const Row& row : rows ? *rows : Rows()) {
    waits = waits || row[3] == "f";
    if (auto lock = held_lock(row)) {
      const bool known = std::any_of(seen_.begin(), seen_.end(), [&](const HeldLock& each) {
        return each.relation == lock->relation && each.lock == lock->lock;
      });
      if (!known) {
        seen_.push_back(std::move(*lock));
      }
    }
  }
  if (waits && holds_) {
    let_go();
    stopped_ = std::chrono::steady_clock::now() - began_;
  }
  constexpr std::chrono::microseconds longest = std::chrono::milliseconds(50);
  pause_ = std::min(pause_ + pause_ / 16, longest);
  return std::chrono::duration_cast<std::chrono::milliseconds>(pause_);
}

std::vector<HeldLock> LockWatch::end() {
  let_go();
  return std::exchange(seen_, {});
}

void LockWatch::let_go() {
  if (std::exchange(holds_, false)) {
    (void)connection_.query("COMMIT");
  }
}

}  // namespace gauger::database
