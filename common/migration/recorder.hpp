// Where operations are written down as the interpreter comes to them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/interpreter.hpp"
#include "migration/operation.hpp"
#include "migration/routines.hpp"

namespace gauger::migration {

class Recorder {
 public:
  // Nothing is recorded until this is called: a module's top level is not part of upgrade().
  void begin() { recording_ = true; }
  [[nodiscard]] bool recording() const { return recording_; }

  // The blocks of `with op.batch_alter_table(…)`: what is written to a batch runs when its block
  // is left, after what the block does by itself.
  void enter_batch(const eval::Value* batch) { batches_.emplace_back(batch); }
  void leave_batch(const eval::Value* batch);
  // The blocks of `with context.autocommit_block()`.
  void enter_autocommit();
  void leave_autocommit();
  // Whether op.create_table makes the type for the first time in this run: Alembic remembers.
  bool makes_type_first(const TableName& type);
  // What autocommit_block an operation is in, counted from 1; 0: none.
  [[nodiscard]] std::uint32_t autocommit() const { return depth_ > 0 ? block_ : 0; }

  // Something may act on the database that is no operation: what a session has changed is written,
  // or what was not understood is taken to be of no matter.
  void may_act(const eval::Interpreter& interpreter) {
    acts_ = acts_ || (recording_ && !interpreter.importing());
  }
  [[nodiscard]] bool acts() const { return acts_; }

  // A row that a session has loaded is changed, which it writes when it commits.
  void change_row(const eval::Interpreter& interpreter) {
    rows_changed_ = rows_changed_ || (recording_ && !interpreter.importing());
  }
  [[nodiscard]] bool take_changed_rows() { return std::exchange(rows_changed_, false); }

  [[nodiscard]] Routines& routines() { return routines_; }

  // Nothing more is recorded: there is too much already.
  [[nodiscard]] bool is_full() const { return operations_.size() >= max_operations; }

  // Numbers for Operation::call and Operation::statement, which take_all() makes consecutive.
  std::uint32_t next_call() { return calls_++; }
  std::uint32_t next_statement() { return statements_++; }

  // While a call of the migration is read, functions that SQLAlchemy would call, such as a type's
  // load_dialect_impl(), may be entered for their value; what they do is no part of upgrade().
  class Reading {
   public:
    Reading(Recorder& recorder, const eval::Interpreter& interpreter);
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading();

   private:
    Recorder& recorder_;
    std::optional<std::size_t> outer_;
  };

  // The list that an operation belongs to: `batch` is the batch that it is a directive of, or null.
  std::vector<Operation>& list(const eval::Interpreter& interpreter, const eval::Value* batch);

  // Takes what was recorded, statements and calls counted from 0 in the order in which they run,
  // with the transactions that they run in.
  [[nodiscard]] std::vector<Operation> take();

 private:
  struct Batch {
    explicit Batch(const eval::Value* opened) : value(opened) {}
    const eval::Value* value;
    std::vector<Operation> operations{};
  };

  // Of one function: more than any migration that was written by hand or generated has.
  static constexpr std::size_t max_operations = 10'000;

  std::vector<Operation> operations_;
  std::vector<Operation> discarded_;  // what the import of a module would do
  std::vector<Batch> batches_;
  std::set<std::string> types_;
  Routines routines_;
  std::optional<std::size_t> reading_;  // how many functions deep the call is that is read
  bool recording_ = false;
  bool acts_ = false;
  bool rows_changed_ = false;
  std::uint32_t calls_ = 0;
  std::uint32_t statements_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t block_ = 0;
};

// One call that acts on the database: the operations that it makes share their place and `call`.
class Call {
 public:
  // The recorder and the interpreter must outlive it. `batch` may be null.
  Call(Recorder& recorder, eval::Interpreter& interpreter, std::string directive, eval::Place place,
       const eval::Value* batch = nullptr);

  void directive(std::string name) { base_.directive = std::move(name); }
  [[nodiscard]] bool makes_type_first(const TableName& type) {
    return recorder_.makes_type_first(type);
  }
  // What the following operations act on.
  void on(TableName table) { base_.table = std::move(table); }
  void if_exists(bool value) { base_.if_exists = value; }
  void if_not_exists(bool value) { base_.if_not_exists = value; }
  void autocommit(bool value) { base_.autocommit = base_.autocommit || value; }
  void may_run() { base_.may_run = true; }

  // An operation in a statement of its own; the reference is good until the next one is made.
  Operation& statement(Action action, Name object = {});
  // One more in the statement of the last.
  Operation& same_statement(Action action, Name object = {});
  // `written`: where the text stands, if that is a file of its own, beside the Python.
  void sql(std::string_view text, eval::Place written = {});
  void opaque(std::string reason) { statement(Opaque{std::move(reason)}); }

 private:
  // Whether the call is in a `try`: not asked for calls that turn out to do nothing.
  void look_around();

  Recorder& recorder_;
  std::vector<Operation>& list_;
  Operation base_;
  bool looked_around_ = false;
};

}  // namespace gauger::migration
