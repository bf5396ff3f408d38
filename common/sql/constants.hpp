// The string constants of a query that become values of columns and types, found while its tree is
// walked.
#pragma once

#include <string>
#include <vector>

#include "sql/nodes.hpp"
#include "sql/statement.hpp"

namespace gauger::sql {

// Is shown every node of a statement, and every relation that it names.
class ConstantReader {
 public:
  void visit(const ::Node* node);
  // `in_with`: no table, but what a WITH gives.
  void add_source(const ::RangeVar& relation, bool in_with);

  // Hands over what was found, and begins anew. A column whose table cannot be told is left out.
  void take(std::vector<Constant>& out);

 private:
  struct Source {
    std::string alias;
    QualifiedName table;  // without a name: no table
  };
  struct Comparison {
    std::string qualifier;
    std::string column;
    std::string text;
  };

  void read_insert(const ::InsertStmt& insert);
  void read_merge(const ::MergeStmt& merge);
  void read_expression(const ::A_Expr& expression);
  void assign(const QualifiedName& table, const ::List* targets);
  // `columns` are ResTargets; without any, the values stand in the order of the table's columns.
  void insert_row(const QualifiedName& table, const ::List* columns, const ::List* values);
  void compare(const ::Node* left, const ::Node* right);
  // Null: none, or more than one.
  [[nodiscard]] const QualifiedName* table_of(const std::string& qualifier) const;

  std::vector<Constant> found_;
  std::vector<Comparison> compared_;
  std::vector<Source> sources_;
};

}  // namespace gauger::sql
