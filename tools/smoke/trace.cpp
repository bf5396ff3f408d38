#include "tools/smoke/trace.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migration/from_sql.hpp"
#include "tools/smoke/reach.hpp"

namespace gauger::tools {
namespace {

using catalog::QualifiedName;
using database::HeldLock;
using database::RelationId;
using database::Relations;
using effect::TableLock;
using effect::Work;
using effect::WorkKind;

// The text between two others; empty: they are not there.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::size_t begin = at + before.size();
  const std::size_t end = text.find(after, begin);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin);
}

// What the server says in English of its work. Source: tablecmds.c (ATRewriteTable,
// validateForeignKeyConstraint), index.c (index_build), cluster.c (copy_table_data).
struct Heard {
  WorkKind kind = WorkKind::scan;
  std::string_view table{};  // without its schema; empty: it is not said
  std::string_view object{};
};

std::optional<Heard> read(std::string_view message, bool full) {
  if (const auto table = between(message, "rewriting table \"", "\""); !table.empty()) {
    return Heard{.kind = WorkKind::rewrite, .table = table};
  }
  if (const auto table = between(message, "verifying table \"", "\""); !table.empty()) {
    return Heard{.kind = WorkKind::scan, .table = table};
  }
  if (const auto index = between(message, "building index \"", "\""); !index.empty()) {
    return Heard{.kind = WorkKind::index_build,
                 .table = between(message, "on table \"", "\""),
                 .object = index};
  }
  if (const auto key = between(message, "validating foreign key constraint \"", "\"");
      !key.empty()) {
    return Heard{.kind = WorkKind::foreign_key_scan, .object = key};
  }
  auto copied = between(message, "clustering \"", "\"");
  if (copied.empty() && full) {
    copied = between(message, "vacuuming \"", "\"");
  }
  if (!copied.empty()) {
    return Heard{.kind = WorkKind::rewrite, .table = copied.substr(copied.rfind('.') + 1)};
  }
  return std::nullopt;
}

void keep_strongest(std::vector<TableLock>& locks, const QualifiedName& table, effect::Lock lock) {
  for (TableLock& each : locks) {
    if (each.table == table) {
      each.lock = std::max(each.lock, lock);
      return;
    }
  }
  locks.push_back({.table = table, .lock = lock});
}

void sort_by_table(std::vector<TableLock>& locks) {
  std::sort(locks.begin(), locks.end(),
            [](const TableLock& left, const TableLock& right) { return left.table < right.table; });
}

void add_once(std::vector<Work>& list, Work work) {
  if (std::find(list.begin(), list.end(), work) == list.end()) {
    list.push_back(std::move(work));
  }
}

std::vector<migration::Operation> operations_of(const std::string& sql) {
  // A whole dump is not worth it.
  constexpr std::size_t longest = 100'000;
  std::vector<migration::Operation> operations;
  if (sql.size() <= longest) {
    migration::append_sql(sql, {}, operations);
  }
  return operations;
}

bool changes_rows(const migration::Operation& operation) {
  return operation.is<migration::Insert>() || operation.is<migration::Update>() ||
         operation.is<migration::Delete>();
}

bool mentions_rollback(std::string_view sql) {
  constexpr std::string_view word = "rollback";
  return std::search(sql.begin(), sql.end(), word.begin(), word.end(),
                     [](char left, char right) { return (left | ' ') == right; }) != sql.end();
}

std::string_view verb(WorkKind kind) {
  switch (kind) {
    case WorkKind::rewrite:
      return "rewrites";
    case WorkKind::scan:
      return "scans";
    case WorkKind::foreign_key_scan:
      return "looks up the foreign keys of";
    case WorkKind::index_build:
      return "builds an index of";
    case WorkKind::row_change:
      return "changes rows of";
  }
  return {};
}

base::Json describe(const std::vector<TableLock>& locks) {
  base::Json list = base::Json::array();
  for (const TableLock& each : locks) {
    list.push_back({{"table", catalog::display(each.table)}, {"lock", effect::name(each.lock)}});
  }
  return list;
}

}  // namespace

void Trace::attach(alembic::Observer& observer) {
  observer.begins = [this](const alembic::Beginning& beginning) { begin(beginning); };
  observer.statement = [this](const alembic::Statement& statement,
                              const std::function<void()>& go_on) { add(statement, go_on); };
  observer.watch = [this](int) { watch_.begin(relations_); };
  observer.look = [this](int process) { return watch_.look(process); };
}

std::vector<MeasuredStatement> Trace::take() { return std::exchange(statements_, {}); }

void Trace::begin(const alembic::Beginning& beginning) {
  statements_.clear();
  if (!beginning.hears) {
    losses_.insert(
        "rewrites, scans and index builds: the driver does not give the server's messages");
  }
  const Relations before = relations_;
  if (beginning.process != 0) {
    mark_.clear();
    if (beginning.tables) {
      relations_ = database::read_relations(*beginning.tables);
    }
  } else if (beginning.kept && !mark_.empty()) {
    // As they were.
  } else if (auto read = database::read_relations(connection_, mark_)) {
    mark_ = std::move(read->mark);
    if (read->relations) {
      relations_ = *std::move(read->relations);
    }
  } else {
    relations_.clear();
    mark_.clear();
    losses_.insert("locks: " + read.error().message);
  }
  for (auto& [process, known] : known_) {
    known.holds_all = false;
  }
  by_name_.clear();
  for (const auto& [id, relation] : relations_) {
    by_name_.emplace(relation.name.name, id);
  }
  if (beginning.process != 0) {
    go_on(beginning.process, before);
  }
}

// In a transaction that is open already: what it holds is not taken anew.
void Trace::go_on(int process, const Relations& before) {
  Known& known = known_[process];
  if (known.transaction.empty()) {
    // Alembic's own statements, and env.py's.
    if (const auto locks = database::held_locks(connection_, process)) {
      MeasuredStatement nobody;
      (void)add_locks(*locks, known, nobody);
    }
    known.holds_all = holds_all(known.locks);
    return;
  }
  // Made by the migrations before: whoever makes a table locks it. If they were in a transaction
  // that has ended, all of this is forgotten with it.
  for (const auto& [id, relation] : relations_) {
    if (!before.contains(id)) {
      known.locks[id] = effect::Lock::access_exclusive;
    }
  }
  known.holds_all = holds_all(known.locks);
  if (!known.locks.empty()) {
    losses_.insert(
        "what a migration locks once more, after an earlier one of the same transaction: only "
        "`held` tells (--mode upgrade-from-previous, or transaction_per_migration, shows it)");
  }
}

void Trace::add(const alembic::Statement& statement, const std::function<void()>& let_go_on) {
  MeasuredStatement measured{.text = statement.text,
                             .seconds = statement.seconds,
                             .path = statement.path,
                             .line = statement.line,
                             .rows = statement.rows,
                             .in_transaction = !statement.watched};
  // Until it is let go on the project's code stands still.
  const std::set<RelationId> named = named_relations(statement.text);
  const std::vector<migration::Operation> operations = operations_of(statement.text);
  Held held;
  if (statement.watched) {
    Known nothing;
    held = add_locks({.locks = watch_.end()}, nothing, measured);
    known_[statement.process] = {};  // its transaction has ended
    measured.seconds = std::max(0.0, measured.seconds - watch_.stopped_seconds());
    if (!watch_.catches_all()) {
      losses_.insert(
          "some locks of statements outside a transaction: the tables could not be locked");
    }
  } else if (statement.process == 0) {
    losses_.insert("locks: this driver does not tell the server's process");
  } else if (named.empty() && makes_new_things(operations)) {
    // pg_locks has all that the transaction has ever locked, and need not be read for this.
  } else {
    const bool reaches_no_more = stays_in_its_table(operations) && holds_all_of(named, statement);
    held = look_at_locks(statement, reaches_no_more, measured);
  }
  let_go_on();
  add_work(statement, operations, held, measured);
  for (const auto& [id, lock] : held) {
    const QualifiedName& table = relations_.at(id).name;
    const bool worked_on = std::any_of(measured.effect.work.begin(), measured.effect.work.end(),
                                       [&](const Work& work) { return work.table == table; });
    if (named.contains(id) || worked_on) {
      keep_strongest(measured.held, table, lock);
    }
    measured.strongest_held = std::max(measured.strongest_held.value_or(lock), lock);
  }
  sort_by_table(measured.held);
  note_renames(operations);
  if (statement.text.find("client_min_messages") != std::string::npos) {
    losses_.insert("rewrites, scans and index builds after a migration sets client_min_messages");
  }
  statements_.push_back(std::move(measured));
}

// What its transaction holds after the statement.
Trace::Held Trace::look_at_locks(const alembic::Statement& statement, bool nothing_new,
                                 MeasuredStatement& measured) {
  Known& known = known_[statement.process];
  const bool gives_back = mentions_rollback(statement.text);
  if ((nothing_new || known.holds_all) && !gives_back && !known.began.empty()) {
    const auto began = database::transaction_began(connection_, statement.process);
    if (began && *began == known.began) {
      return held_of(known);
    }
  }
  const auto locks = database::held_locks(connection_, statement.process);
  if (!locks) {
    losses_.insert("locks: " + locks.error().message);
    return {};
  }
  Held held = add_locks(*locks, known, measured);
  if (gives_back) {
    // To a savepoint: what was taken since is free again.
    known.locks = held;
  }
  known.holds_all = known.holds_all && holds_all(known.locks);
  return held;
}

// Of the tables that there were, what is known.
Trace::Held Trace::held_of(const Known& known) const {
  Held held;
  for (const auto& [id, lock] : known.locks) {
    if (relations_.contains(id)) {
      held.emplace(id, lock);
    }
  }
  return held;
}

// Tables without children, as strongly as can be, before the statement.
bool Trace::holds_all_of(const std::set<RelationId>& relations,
                         const alembic::Statement& statement) const {
  const auto known = known_.find(statement.process);
  return known != known_.end() &&
         std::all_of(relations.begin(), relations.end(), [&](RelationId id) {
           const auto held = known->second.locks.find(id);
           return held != known->second.locks.end() &&
                  held->second == effect::Lock::access_exclusive && relations_.at(id).alone;
         });
}

bool Trace::holds_all(const Held& locks) const {
  return std::all_of(relations_.begin(), relations_.end(), [&](const auto& each) {
    const auto held = locks.find(each.first);
    return held != locks.end() && held->second == effect::Lock::access_exclusive;
  });
}

Trace::Held Trace::add_locks(const database::HeldLocks& locks, Known& known,
                             MeasuredStatement& measured) const {
  const std::string transaction = locks.locks.empty() ? "" : locks.locks.front().transaction;
  if (transaction != known.transaction && (!transaction.empty() || locks.began != known.began)) {
    known = {.transaction = transaction};
  }
  known.began = locks.began;
  Held held;
  for (const HeldLock& each : locks.locks) {
    const auto relation = relations_.find(each.relation);
    if (relation == relations_.end()) {
      continue;
    }
    const auto at = held.emplace(each.relation, each.lock).first;
    at->second = std::max(at->second, each.lock);
  }
  for (const auto& [id, lock] : held) {
    const auto [at, is_new] = known.locks.emplace(id, lock);
    if (is_new || at->second < lock) {
      at->second = lock;
      measured.effect.locks.push_back({.table = relations_.at(id).name, .lock = lock});
    }
  }
  sort_by_table(measured.effect.locks);
  return held;
}

// What later statements of the migration call a table.
void Trace::note_renames(const std::vector<migration::Operation>& operations) {
  for (const migration::Operation& operation : operations) {
    const auto* rename = operation.as<migration::RenameTable>();
    const auto [begin, end] = by_name_.equal_range(operation.table.name.text);
    if (rename != nullptr && std::distance(begin, end) == 1) {
      by_name_.emplace(rename->to.name.text, begin->second);
    }
  }
}

std::set<RelationId> Trace::named_relations(std::string_view sql) const {
  const auto in_word = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '$' || (byte & '\x80') != 0;
  };
  std::set<RelationId> found;
  const auto add = [&](const std::string& name) {
    const auto [begin, end] = by_name_.equal_range(name);
    for (auto at = begin; at != end; ++at) {
      found.insert(at->second);
    }
  };
  for (std::size_t i = 0; i < sql.size();) {
    std::size_t end = i + 1;
    if (sql[i] == '"') {
      end = std::min(sql.find('"', i + 1), sql.size());
      add(std::string(sql.substr(i + 1, end - i - 1)));
      ++end;
    } else if (in_word(sql[i])) {
      while (end < sql.size() && in_word(sql[end])) {
        ++end;
      }
      std::string word(sql.substr(i, end - i));
      add(word);
      std::transform(word.begin(), word.end(), word.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
      });
      add(word);
    }
    i = end;
  }
  return found;
}

// The server names a table without its schema; of several, the one that is locked.
const QualifiedName* Trace::find(std::string_view name, const Held& held) const {
  const QualifiedName* found = nullptr;
  const auto [begin, end] = by_name_.equal_range(name);
  for (auto at = begin; at != end; ++at) {
    if (found == nullptr || held.contains(at->second)) {
      found = &relations_.at(at->second).name;
    }
  }
  return found;
}

void Trace::add_work(const alembic::Statement& statement,
                     const std::vector<migration::Operation>& operations, const Held& held,
                     MeasuredStatement& measured) const {
  std::string_view altered;  // the table that a foreign key is of, which the server does not say
  bool full = false;
  for (const migration::Operation& operation : operations) {
    altered = operation.table.name.text;
    const auto* vacuum = operation.as<migration::Vacuum>();
    full = full || (vacuum != nullptr && vacuum->full);
    if (changes_rows(operation)) {
      if (const QualifiedName* table = find(altered, held)) {
        add_once(measured.effect.work, {.kind = WorkKind::row_change, .table = *table});
      }
    }
  }
  for (const std::string& message : statement.heard) {
    const auto heard = read(message, full);
    if (!heard) {
      continue;
    }
    if (const QualifiedName* table = find(heard->table.empty() ? altered : heard->table, held)) {
      add_once(measured.effect.work,
               {.kind = heard->kind, .table = *table, .object = std::string(heard->object)});
    }
  }
}

std::string display(const effect::Effect& effect) {
  std::vector<std::string> parts;
  for (const TableLock& lock : effect.locks) {
    if (lock.lock >= effect::Lock::row_exclusive) {
      parts.push_back(
          fmt::format("{} on {}", effect::name(lock.lock), catalog::display(lock.table)));
    }
  }
  for (const Work& work : effect.work) {
    std::string part = fmt::format("{} {}", verb(work.kind), catalog::display(work.table));
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

base::Json describe(const MeasuredStatement& statement) {
  base::Json work = base::Json::array();
  for (const Work& each : statement.effect.work) {
    work.push_back({{"kind", effect::name(each.kind)},
                    {"table", catalog::display(each.table)},
                    {"object", each.object.empty() ? base::Json() : base::Json(each.object)}});
  }
  return {{"statement", statement.text},
          {"seconds", statement.seconds},
          {"path", statement.path},
          {"line", statement.line == 0 ? base::Json() : base::Json(statement.line)},
          {"rows", statement.rows < 0 ? base::Json() : base::Json(statement.rows)},
          {"in_transaction", statement.in_transaction},
          {"locks", describe(statement.effect.locks)},
          {"held", describe(statement.held)},
          {"work", std::move(work)}};
}

}  // namespace gauger::tools
