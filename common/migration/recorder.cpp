#include "migration/recorder.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "migration/attempts.hpp"
#include "migration/from_sql.hpp"
#include "migration/transactions.hpp"

namespace gauger::migration {
namespace {

// Numbers that rise in the order in which they first occur.
class Renumbering {
 public:
  std::uint32_t operator()(std::uint32_t number) {
    return numbers_.emplace(number, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

 private:
  std::map<std::uint32_t, std::uint32_t> numbers_;
};

}  // namespace

void Recorder::leave_batch(const eval::Value* batch) {
  const auto found = std::find_if(batches_.rbegin(), batches_.rend(),
                                  [batch](const Batch& open) { return open.value == batch; });
  if (found == batches_.rend()) {
    return;
  }
  std::vector<Operation> waiting = std::move(found->operations);
  batches_.erase(std::next(found).base());
  std::move(waiting.begin(), waiting.end(), std::back_inserter(operations_));
}

bool Recorder::makes_type_first(const TableName& type) {
  return !type.name.known || !type.schema.known || types_.insert(display(type)).second;
}

void Recorder::enter_autocommit() {
  if (depth_++ == 0) {
    ++block_;
  }
}

void Recorder::leave_autocommit() {
  if (depth_ > 0) {
    --depth_;
  }
}

Recorder::Reading::Reading(Recorder& recorder, const eval::Interpreter& interpreter)
    : recorder_(recorder), outer_(recorder.reading_) {
  if (!outer_) {
    recorder.reading_ = interpreter.frames().size();
  }
}

Recorder::Reading::~Reading() { recorder_.reading_ = outer_; }

std::vector<Operation>& Recorder::list(const eval::Interpreter& interpreter,
                                       const eval::Value* batch) {
  const bool for_its_value = reading_ && interpreter.frames().size() > *reading_;
  if (!recording_ || interpreter.importing() || for_its_value || is_full()) {
    discarded_.clear();
    return discarded_;
  }
  const auto found = std::find_if(batches_.rbegin(), batches_.rend(), [batch](const Batch& open) {
    return batch != nullptr && open.value == batch;
  });
  return found == batches_.rend() ? operations_ : found->operations;
}

std::vector<Operation> Recorder::take() {
  for (Batch& batch : batches_) {  // a block that was given up
    std::move(batch.operations.begin(), batch.operations.end(), std::back_inserter(operations_));
  }
  batches_.clear();
  if (is_full()) {
    operations_.resize(max_operations);
    Operation rest{.directive = operations_.back().directive,
                   .statement = next_statement(),
                   .call = next_call(),
                   .sites = operations_.back().sites};
    rest.action = Opaque{"this does more than can be looked at: the rest is not read"};
    operations_.back() = std::move(rest);
  }
  Renumbering statements;
  Renumbering calls;
  for (Operation& operation : operations_) {
    operation.statement = statements(operation.statement);
    operation.call = calls(operation.call);
  }
  number_transactions(operations_);
  return std::move(operations_);
}

Call::Call(Recorder& recorder, eval::Interpreter& interpreter, std::string directive,
           eval::Place place, const eval::Value* batch)
    : recorder_(recorder), list_(recorder.list(interpreter, batch)) {
  base_.directive = std::move(directive);
  base_.may_run = interpreter.condition() != nullptr;
  base_.autocommit = recorder.autocommit() > 0;
  base_.transaction = recorder.autocommit();  // until number_transactions() gives it its number
  base_.call = recorder.next_call();
  const auto& frames = interpreter.frames();
  for (std::size_t i = 1; i < frames.size(); ++i) {
    base_.sites.push_back(frames[i].call);
  }
  base_.sites.push_back(place);
}

void Call::look_around() {
  if (!looked_around_) {
    looked_around_ = true;
    base_.attempted = std::any_of(base_.sites.begin(), base_.sites.end(), is_attempted);
  }
}

Operation& Call::statement(Action action, Name object) {
  base_.statement = recorder_.next_statement();
  return same_statement(std::move(action), std::move(object));
}

Operation& Call::same_statement(Action action, Name object) {
  look_around();
  Operation& made = list_.emplace_back(base_);
  made.action = std::move(action);
  made.object = std::move(object);
  return made;
}

void Call::sql(std::string_view text, eval::Place written) {
  if (recorder_.is_full()) {
    return;
  }
  look_around();
  Operation base = base_;
  base.from_sql = true;
  base.statement = recorder_.next_statement();
  const std::size_t before = list_.size();
  append_sql(text, base, list_, recorder_.routines(), written);
  for (std::size_t i = before; i < list_.size(); ++i) {
    list_[i].transaction = base.transaction;
  }
  while (list_.size() > before && list_.back().statement > base.statement) {
    base.statement = recorder_.next_statement();
  }
}

}  // namespace gauger::migration
