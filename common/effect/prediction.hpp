// What is known so far of the effect of one statement, while its operations are gone through.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "effect/effect.hpp"
#include "effect/lookup.hpp"

namespace gauger::effect {

// What the file of each family adds to. The catalog, the session and the statement outlive it.
class Prediction {
 public:
  Prediction(std::span<const migration::Operation> statement, const catalog::Catalog& before,
             const Session& session)
      : statement_(statement), before_(before), session_(session) {}

  [[nodiscard]] std::span<const migration::Operation> statement() const { return statement_; }
  [[nodiscard]] const catalog::Catalog& before() const { return before_; }
  [[nodiscard]] const Session& session() const { return session_; }

  // A hole, and a name that is not there in a catalog that is complete, lock nothing.
  void lock(const migration::TableName& table, Lock lock);
  void lock(const catalog::QualifiedName& relation, Lock lock);
  void lock(const std::vector<const catalog::Table*>& tables, Lock lock);

  // Of the members that have rows of their own.
  void work(WorkKind kind, const std::vector<const catalog::Table*>& tables,
            std::string_view object = {});
  void work(WorkKind kind, const catalog::QualifiedName& relation, std::string_view object = {});

  // The first one stays, unless a later one is more certain.
  void fail(FailureKind kind, std::string message);
  // Syntax or a function that came with `major`.
  bool needs_version(int major, std::string_view what);
  void unknown() { effect_.known = false; }

  // The table that an operation is on. Null, and unknown(), where the catalog does not have it:
  // the lock on a name is taken all the same.
  [[nodiscard]] const catalog::Table* table(const migration::TableName& name, Lock lock);
  // The same, with the tables that the operation goes on to.
  [[nodiscard]] std::vector<const catalog::Table*> tables(const migration::TableName& name,
                                                          Lock lock, Scope scope);

  // The operation of the same statement that adds this column to this table.
  [[nodiscard]] const migration::AddColumn* added_column(const migration::TableName& table,
                                                         std::string_view column) const;
  // Whether the statement drops the table, or the column of it.
  [[nodiscard]] bool drops(const catalog::Table& table) const;
  [[nodiscard]] bool drops(const catalog::Table& table, const catalog::Column& column) const;

  // A rewrite makes all indexes again and checks the rows as it goes.
  [[nodiscard]] Effect finish() &&;

 private:
  // The catalog's own name of a table or view; null where it has none.
  [[nodiscard]] const catalog::QualifiedName* find(const catalog::QualifiedName& relation) const;

  std::span<const migration::Operation> statement_;
  const catalog::Catalog& before_;
  const Session& session_;
  Effect effect_{};
};

// One for each family. False if the operation is of another.
bool predict_column(const migration::Operation& operation, Prediction& prediction);
bool predict_type(const migration::Operation& operation, Prediction& prediction);
bool predict_constraint(const migration::Operation& operation, Prediction& prediction);
bool predict_index(const migration::Operation& operation, Prediction& prediction);
bool predict_table(const migration::Operation& operation, Prediction& prediction);
bool predict_partition(const migration::Operation& operation, Prediction& prediction);
bool predict_domain(const migration::Operation& operation, Prediction& prediction);
bool predict_object(const migration::Operation& operation, Prediction& prediction);
bool predict_data(const migration::Operation& operation, Prediction& prediction);

// Shared by the families.

// The operation's ONLY, as a scope.
[[nodiscard]] Scope scope_of(const migration::Operation& operation);

// prediction.cpp
void lock_referenced(const catalog::Constraint& foreign_key, Lock lock, Prediction& prediction);
// Without CASCADE the statement fails if there are any. `what` is dropped: "table t".
void drop_views(const std::vector<const catalog::View*>& views, bool cascade, std::string_view what,
                Prediction& prediction);

// labels.cpp: an enum's label that was added in the transaction cannot be used in it. `text` is a
// string constant that becomes a value of the type.
void use_label(const catalog::Enum& type, std::string_view text, Prediction& prediction);
// In a query, a CHECK, an index or a new table's defaults.
void use_labels(const migration::Operation& operation, Prediction& prediction);

// columns.cpp: no row may be null from now on, which takes a scan unless that is proven.
void require_not_null(const catalog::Table& table, std::string_view column, Scope scope,
                      Prediction& prediction);

// types.cpp: of one table; the locks on it and its descendants are the caller's.
void change_type(const catalog::Table& table, const catalog::Column& column,
                 const migration::ChangeType& change, Prediction& prediction);

// tables.cpp: with its partitions and foreign keys.
void drop_table(const catalog::Table& table, bool cascade, Prediction& prediction);

}  // namespace gauger::effect
