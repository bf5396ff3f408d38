// The meaning of Alembic's and SQLAlchemy's names to the interpreter: what a call does becomes
// operations.
#pragma once

#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/migration.hpp"
#include "migration/recorder.hpp"
#include "migration/swallowed.hpp"

namespace gauger::migration {

class Reader final : public eval::Host {
 public:
  explicit Reader(const Settings& settings) : settings_(settings) {}

  eval::Value* called(eval::Interpreter& interpreter, eval::Value* call, bool statement) override;
  eval::Value* followed(eval::Interpreter& interpreter, eval::Value* function,
                        eval::Value* call) override;
  eval::Value* attribute(eval::Interpreter& interpreter, eval::Value* object,
                         std::string_view name) override;
  void changed(eval::Interpreter& interpreter, const eval::Value& object) override;
  void entered(eval::Interpreter& interpreter, eval::Value* context) override;
  void left(eval::Interpreter& interpreter, eval::Value* context) override;
  void gave_up(eval::Interpreter& interpreter, eval::Place place, std::string_view why) override;

  Recorder& recorder() { return recorder_; }
  [[nodiscard]] std::vector<Swallowed> take_swallowed() { return std::move(swallowed_); }

 private:
  // A directive of alembic.op, or of a batch on `batch` (then the table is not an argument).
  eval::Value* directive(eval::Interpreter& interpreter, std::string_view name, eval::Value* call,
                         const eval::Value* batch);

  const Settings& settings_;
  Recorder recorder_;
  std::vector<Swallowed> swallowed_;
};

}  // namespace gauger::migration
