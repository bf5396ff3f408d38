// The meaning of Alembic's and SQLAlchemy's names to the interpreter: what a call does becomes an
// Operation.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/migration.hpp"
#include "migration/operation.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {

class Reader final : public eval::Host {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  eval::Value* called(eval::Interpreter& reader, eval::Value* call, bool statement) override;
  eval::Value* followed(eval::Interpreter& reader, eval::Value* function,
                        eval::Value* call) override;
  eval::Value* attribute(eval::Interpreter& reader, eval::Value* object,
                         std::string_view name) override;
  void entered(eval::Interpreter& reader, eval::Value* context) override;
  void left(eval::Interpreter& reader, eval::Value* context) override;
  void gave_up(eval::Interpreter& reader, eval::Place place, std::string_view why) override;

  // Nothing is recorded until this is called: a module's top level is not part of upgrade().
  void begin() { recording_ = true; }
  [[nodiscard]] std::vector<Operation> take() { return std::move(operations_); }

 private:
  // A directive of alembic.op, or of a batch on `batch` (then the table is not an argument).
  eval::Value* directive(eval::Interpreter& reader, std::string_view name, eval::Value* call,
                         const eval::Value* batch);
  // A method of a connection, session, type or table.
  eval::Value* object_method(eval::Interpreter& reader, eval::Value* call, bool statement);
  void execute(eval::Interpreter& reader, const eval::Value& call, const eval::Value& what);
  void execute_text(eval::Interpreter& reader, const eval::Value& call, const std::string& text);

  Operation& add(eval::Interpreter& reader, OperationKind kind, std::string directive,
                 eval::Place place);
  void opaque(eval::Interpreter& reader, eval::Place place, std::string reason);
  void describe_alter(Operation& operation, const eval::Value& call, std::size_t first);

  const Settings& settings_;
  std::vector<Operation> operations_;
  Operation discarded_;  // what the import of a module would do
  bool recording_ = false;
  int autocommit_ = 0;
};

// SQL text as operations, appended to `out`. Each is a copy of `base` with its kind, directive and
// names filled in.
void append_sql(const std::string& text, const Operation& base, std::vector<Operation>& out);

}  // namespace gauger::migration
