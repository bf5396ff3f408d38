// Where the readers of this folder put the operations of a text, statement by statement.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "migration/operation.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {

class SqlSink {
 public:
  // Both must outlive the sink.
  SqlSink(const Operation& base, std::vector<Operation>& out)
      : base_(base), out_(out), statement_(base.statement), transaction_(base.transaction) {}

  // An operation of the statement; its tag, and whether it may run, are set.
  Operation& add(const sql::Statement& statement, Action action);
  // One about an object that is no table: its name, and its schema, are set.
  Operation& add_object(const sql::Statement& statement, const sql::QualifiedName& name,
                        Action action);

  // Further operations are of the next statement, or in the next transaction.
  void next_statement() { ++statement_; }
  void next_transaction() { ++transaction_; }

  // What is added is under a condition.
  bool may_run = false;

  // The statement that runs the one at hand, if that is a part of another (in WITH, in a schema):
  // what holds of it holds of its parts.
  const sql::Statement* whole = nullptr;

 private:
  const Operation& base_;
  std::vector<Operation>& out_;
  std::uint32_t statement_;
  std::uint32_t transaction_;
};

// False if the statement is none of theirs.
bool write_create(SqlSink& sink, const sql::Statement& statement);   // sql_create.cpp
bool write_alter(SqlSink& sink, const sql::Statement& statement);    // sql_alter.cpp
bool write_rename(SqlSink& sink, const sql::Statement& statement);   // sql_rename.cpp
bool write_drop(SqlSink& sink, const sql::Statement& statement);     // sql_rename.cpp
bool write_rows(SqlSink& sink, const sql::Statement& statement);     // sql_rows.cpp
bool write_utility(SqlSink& sink, const sql::Statement& statement);  // sql_utility.cpp

[[nodiscard]] ObjectKind object_kind(sql::ObjectKind kind);  // sql_rename.cpp

}  // namespace gauger::migration
