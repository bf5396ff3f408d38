// What the readers of this folder hand to one another while the parse tree of a text lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "sql/nodes.hpp"
#include "sql/parser.hpp"
#include "sql/statement.hpp"
#include "sql/tokens.hpp"

namespace gauger::sql {

class Context {
 public:
  // `text` must outlive the context.
  explicit Context(const std::string& text) : text_(text) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  // Made when first asked for: most statements need none.
  [[nodiscard]] const Tokens& tokens() {
    if (!tokens_) {
      tokens_.emplace(text_);
    }
    return *tokens_;
  }

  // The statement that is being read, without blanks and comments around it.
  base::Span statement{};
  // Set by the reader of a statement that has one.
  std::optional<RoutineSource> routine;

  // The token at a place of the tree, and the one after the statement's last.
  [[nodiscard]] std::size_t token_at(int location) {
    return location < 0 ? end_token() : tokens().at(static_cast<std::uint32_t>(location));
  }
  [[nodiscard]] std::size_t first_token() { return tokens().at(statement.begin); }
  [[nodiscard]] std::size_t end_token() { return tokens().at(statement.end); }

 private:
  const std::string& text_;
  std::optional<Tokens> tokens_;
};

// parse.cpp: hands over the statements of a text, which live for that call.
[[nodiscard]] Parsed<void> read_raw(std::string_view text,
                                    const std::function<void(Items<::RawStmt>)>& read);

// definition.cpp
// `end` is the token that the definition around the type ends before.
[[nodiscard]] TypeName read_type(Context& context, const ::TypeName* type, std::size_t end);
[[nodiscard]] Constraint read_constraint(Context& context, const ::Constraint& node,
                                         std::size_t end);
// The constraints of a column or domain, the attributes that follow each put into it.
[[nodiscard]] std::vector<Constraint> read_column_constraints(Context& context,
                                                              const ::List* constraints,
                                                              const ::CollateClause* collation,
                                                              std::size_t end);
[[nodiscard]] ColumnDefinition read_column(Context& context, const ::ColumnDef& node,
                                           std::size_t end);
[[nodiscard]] std::string dotted_name(const ::List* names);

// relation.cpp
void read_create_table(Context& context, const ::CreateStmt& node, Statement& statement);
void read_create_index(Context& context, const ::IndexStmt& node, Statement& statement);
// "FOR VALUES IN (1)" or "DEFAULT", as the source has it.
[[nodiscard]] std::string partition_bounds(Context& context, const ::PartitionBoundSpec& bounds);
// The token after a relation's name, its ONLY and "*" included.
[[nodiscard]] std::size_t after_relation(Context& context, const ::RangeVar* relation);

// alter.cpp
void read_alter_table(Context& context, const ::AlterTableStmt& node, Statement& statement);
void read_alter_domain(Context& context, const ::AlterDomainStmt& node, Statement& statement);

// query.cpp: INSERT, UPDATE, DELETE, MERGE, SELECT. True if the node was one of them.
bool read_query(Context& context, const ::Node* node, Statement& statement);

// create.cpp, object.cpp, utility.cpp: false if the node is none of theirs.
bool read_create(Context& context, const ::Node* node, Statement& statement);
bool read_of_object(const ::Node* node, Statement& statement);
bool read_utility(Context& context, const ::Node* node, Statement& statement);

// function.cpp
void read_do(Context& context, const ::DoStmt& node, Statement& statement);
void read_create_function(Context& context, const ::CreateFunctionStmt& node, Statement& statement);

// object.cpp
[[nodiscard]] ObjectKind object_kind(::ObjectType type);
void read_drop(const ::DropStmt& node, Statement& statement);
void read_rename(const ::RenameStmt& node, Statement& statement);
// COMMENT, OWNER, SET SCHEMA… of any kind of object: names and table of the statement.
void read_object(::ObjectType type, const ::RangeVar* relation, const ::Node* object,
                 Statement& statement);

// references.cpp: adds to the reads, functions and constants of the statement; what writes inside
// WITH becomes part of its body.
void read_references(Context& context, const ::Node* root, Statement& statement);

// tag.cpp
[[nodiscard]] std::string command_tag(const ::Node* node);

// dispatch.cpp
void read_statement(Context& context, const ::Node* node, Statement& statement);

}  // namespace gauger::sql
