// What changes rows: INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "migration/sql_parts.hpp"
#include "migration/sql_sink.hpp"

namespace gauger::migration {
namespace {

std::optional<std::string> where_of(const sql::Statement& statement) {
  return statement.predicate.empty() ? std::nullopt : std::optional(statement.predicate);
}

// "DELETE FROM t {rest}" reads as if the rest were an alias.
bool is_where_known(const sql::Statement& statement) {
  return statement.predicate != hole_name && !has_hole(statement.alias);
}

// Nothing where a hole may be any number of them.
std::vector<std::string> assigned_by(const sql::Statement& statement) {
  const auto& assigned = statement.assigned;
  return std::any_of(assigned.begin(), assigned.end(), has_hole) ? std::vector<std::string>{}
                                                                 : assigned;
}

}  // namespace

bool write_rows(SqlSink& sink, const sql::Statement& statement) {
  const TableName table = table_from(statement.table);
  switch (statement.kind) {
    case sql::StatementKind::insert:
      sink.add(statement, Insert{statement.assigned, statement.from_query, statement.updated,
                                 statement.on_conflict || statement.skips_rows})
          .table = table;
      return true;
    case sql::StatementKind::update:
      sink.add(statement,
               Update{assigned_by(statement), where_of(statement), is_where_known(statement)})
          .table = table;
      return true;
    case sql::StatementKind::merge:
      // It writes the rows that its ON finds.
      sink.add(statement, Update{.assigned = assigned_by(statement), .where_known = false}).table =
          table;
      return true;
    case sql::StatementKind::delete_:
      sink.add(statement, Delete{where_of(statement), is_where_known(statement)}).table = table;
      return true;
    case sql::StatementKind::copy:
      if (statement.table.name.empty()) {
        return false;
      }
      sink.add(statement, Insert{statement.assigned, statement.from_query}).table = table;
      return true;
    case sql::StatementKind::truncate:
      for (const sql::QualifiedName& name : statement.names) {
        sink.add(statement, Truncate{}).table = table_from(name);
      }
      return true;
    default:
      return false;
  }
}

}  // namespace gauger::migration
