// Maintenance, locks, settings, transactions, comments.
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"

namespace gauger::migration {
namespace {

// For each table that is named; once without a table where none is.
void write_each(SqlSink& sink, const sql::Statement& statement, const Action& action) {
  if (statement.names.empty()) {
    sink.add(statement, action);
  }
  for (const sql::QualifiedName& name : statement.names) {
    sink.add(statement, action).table = table_from(name);
  }
}

void write_reindex(SqlSink& sink, const sql::Statement& statement) {
  const sql::QualifiedName name =
      statement.names.empty() ? sql::QualifiedName{} : statement.names.front();
  switch (statement.object) {
    case sql::ObjectKind::index:
      sink.add_object(statement, name, Reindex{ReindexKind::index});
      return;
    case sql::ObjectKind::table:
      sink.add(statement, Reindex{ReindexKind::table}).table = table_from(name);
      return;
    case sql::ObjectKind::schema:
      sink.add_object(statement, name, Reindex{ReindexKind::schema});
      return;
    case sql::ObjectKind::system:
      sink.add_object(statement, name, Reindex{ReindexKind::system});
      return;
    default:
      sink.add_object(statement, name, Reindex{ReindexKind::database});
      return;
  }
}

bool write_set(SqlSink& sink, const sql::Statement& statement) {
  SetParameter set;
  set.name = statement.assigned.empty() ? "all" : lower(statement.assigned.front());
  set.value = fmt::format("{}", fmt::join(statement.values, ", "));
  set.local = statement.local;
  set.reset = statement.kind == sql::StatementKind::reset;
  if (set.name == "transaction" || set.name == "session characteristics") {
    return false;
  }
  sink.add(statement, std::move(set));
  return true;
}

std::optional<TransactionStep> step_of(const sql::Statement& statement) {
  if (statement.tag == "BEGIN" || statement.tag == "START TRANSACTION") {
    return TransactionStep::begin;
  }
  if (statement.tag == "COMMIT" || statement.tag == "PREPARE TRANSACTION") {
    return TransactionStep::commit;
  }
  if (statement.tag == "ROLLBACK" && statement.names.empty()) {
    return TransactionStep::rollback;
  }
  if (statement.tag == "ROLLBACK" || statement.tag == "SAVEPOINT" || statement.tag == "RELEASE") {
    return TransactionStep::savepoint;
  }
  return std::nullopt;
}

bool write_transaction(SqlSink& sink, const sql::Statement& statement) {
  const auto step = step_of(statement);
  if (!step) {
    return false;
  }
  Operation& made = sink.add(statement, TransactionControl{*step});
  if (!statement.names.empty()) {
    made.object = name_from(statement.names.front().name);
  }
  if (*step == TransactionStep::commit || *step == TransactionStep::rollback) {
    sink.next_transaction();
  }
  return true;
}

bool write_comment(SqlSink& sink, const sql::Statement& statement) {
  const bool table = statement.object == sql::ObjectKind::table;
  if ((!table && statement.object != sql::ObjectKind::column) || statement.names.empty()) {
    return false;
  }
  SetComment set;
  if (!table) {
    set.column = name_from(statement.names.front().name);
  }
  if (!statement.values.empty()) {
    set.comment = statement.values.front();
  }
  sink.add(statement, std::move(set)).table =
      table_from(table ? statement.names.front() : statement.table);
  return true;
}

}  // namespace

bool write_utility(SqlSink& sink, const sql::Statement& statement) {
  switch (statement.kind) {
    case sql::StatementKind::reindex:
      write_reindex(sink, statement);
      return true;
    case sql::StatementKind::cluster: {
      Operation& made = sink.add(statement, Cluster{});
      made.table = table_from(statement.table);
      made.object = name_from(statement.using_index);
      return true;
    }
    case sql::StatementKind::vacuum:
      write_each(sink, statement, Vacuum{statement.full});
      return true;
    case sql::StatementKind::analyze:
      write_each(sink, statement, Analyze{});
      return true;
    case sql::StatementKind::lock:
      write_each(sink, statement,
                 LockTable{statement.values.empty() ? std::string() : statement.values.front()});
      return true;
    case sql::StatementKind::refresh_view:
      sink.add_object(statement,
                      statement.names.empty() ? sql::QualifiedName{} : statement.names.front(),
                      RefreshView{statement.with_data});
      return true;
    case sql::StatementKind::set:
    case sql::StatementKind::reset:
      return write_set(sink, statement);
    case sql::StatementKind::select:
      return !statement.assigned.empty() && write_set(sink, statement);
    case sql::StatementKind::transaction:
      return write_transaction(sink, statement);
    case sql::StatementKind::move_all:
      sink.add(statement, Opaque{"it moves all that a tablespace holds, each under its lock"});
      return true;
    case sql::StatementKind::comment:
      return write_comment(sink, statement);
    default:
      return false;
  }
}

}  // namespace gauger::migration
