// Ways that part where a test cannot be told, and meet again.
#include <algorithm>
#include <utility>

#include "eval/interpreter.hpp"
#include "eval/restore.hpp"

namespace gauger::eval {

using python::Node;
using python::NodeKind;

namespace {

constexpr int most_rounds = 100;
constexpr int most_rehearsals = 4;
constexpr std::size_t deepest_rehearsal = 2;

// Whether what is caught is raised again, as far as the handler's last statement shows.
bool raises_again(const Node& handler) {
  const Node* body = handler.optional_child(1);
  return body != nullptr && !body->children.empty() &&
         body->children.back()->kind == NodeKind::raise;
}

}  // namespace

void Interpreter::exit_to(std::vector<Exit>& exits, Memory::Mark mark, Value* value) {
  exits.push_back({memory_.since(mark), value});
}

// Goes back to the mark and on with what the exits came to.
Interpreter::Flow Interpreter::meet(Memory::Mark mark, std::vector<Exit> exits, Place place) {
  memory_.undo(mark);
  if (exits.empty()) {
    return Flow::ends;
  }
  std::vector<Memory::Delta> deltas;
  deltas.reserve(exits.size());
  for (Exit& exit : exits) {
    deltas.push_back(std::move(exit.delta));
  }
  memory_.join(deltas, place);
  return Flow::on;
}

Interpreter::Flow Interpreter::run_ways(Place test, std::span<const Way> ways) {
  const Condition* outside = condition_;
  const Exits before = exits_;
  const Memory::Mark mark = memory_.mark();
  const Condition* survivor = outside;
  std::vector<Exit> met;
  for (const Way& way : ways) {
    condition_ = outside;
    condition_ = add_condition(test);
    const Flow flow = way();
    unwinding_ = false;
    if (flow == Flow::on) {
      exit_to(met, mark);
      survivor = condition_;
    }
    memory_.undo(mark);
  }
  // Where every other way ends in an exception, what follows is as certain as the test.
  condition_ = exits_ == before ? outside : survivor;
  return meet(mark, std::move(met), test);
}

Interpreter::Flow Interpreter::run_if(const Node& statement) {
  const Node* node = &statement;
  while (node != nullptr && node->kind == NodeKind::if_) {
    Value* test = evaluate(node->child(0));
    if (unwinding_ || !step(place_of(*node))) {
      return Flow::ends;
    }
    const std::optional<bool> known = truth(*test);
    if (!known) {
      const Node* then = &node->child(1);
      const Node* otherwise = node->optional_child(2);
      // A long chain of elif is a deep tree.
      const Restore depth(depth_, depth_ + 1);
      if (depth_ > limits_.expression_depth) {
        give_up(place_of(*node), "tests are nested too deeply");
        return Flow::on;
      }
      const Way ways[] = {[&] { return run_block(*then); },
                          [&] {
                            if (otherwise == nullptr) {
                              return Flow::on;
                            }
                            return otherwise->kind == NodeKind::if_ ? run_if(*otherwise)
                                                                    : run_block(*otherwise);
                          }};
      return run_ways(place_of(node->child(0)), ways);
    }
    node = *known ? node->optional_child(1) : node->optional_child(2);
  }
  return node != nullptr ? run_block(*node) : Flow::on;
}

Interpreter::Flow Interpreter::run_match(const Node& node) {
  evaluate(node.child(0));
  std::vector<Way> ways{[] { return Flow::on; }};
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& part = node.child(i);
    if (part.kind == NodeKind::case_block && part.optional_child(0) != nullptr) {
      ways.emplace_back([this, &part] { return run_block(part.child(0)); });
    }
  }
  return run_ways(place_of(node.child(0)), ways);
}

// One round of a loop: `continue` ends here.
Interpreter::Flow Interpreter::run_round(const Node& body) {
  const Condition* outside = condition_;
  const Exits before = exits_;
  loop_->round = memory_.mark();
  loop_->continues.clear();
  Flow flow = run_block(body);
  if (!loop_->continues.empty()) {
    if (flow == Flow::on) {
      exit_to(loop_->continues, loop_->round);
    }
    flow = meet(loop_->round, std::exchange(loop_->continues, {}), place_of(body));
  }
  exits_.continues = before.continues;
  if (exits_ == before) {
    condition_ = outside;
  }
  return flow;
}

Memory::Delta Interpreter::rehearse(const std::function<void()>& run) {
  const Restore importing(importing_, importing_ + 1);
  const Restore rehearsing(rehearsing_, rehearsing_ + 1);
  const Restore condition(condition_);
  const Restore exits(exits_);
  const Restore unwinding(unwinding_);
  const Memory::Mark mark = memory_.mark();
  Activation activation{mark};
  Loop loop{.mark = mark, .round = mark};
  Handler handler{mark};
  const Restore keep_activation(activation_, &activation);
  const Restore keep_loop(loop_, &loop);
  const Restore keep_handler(handler_, handler_ != nullptr ? &handler : nullptr);
  run();
  // A way that leaves the loop does not come round again, but its changes show what may change.
  Memory::Delta delta = memory_.since(mark);
  for (std::vector<Exit>* exits_of :
       {&activation.returns, &loop.breaks, &loop.continues, &handler.raises}) {
    for (Exit& exit : *exits_of) {
      std::move(exit.delta.bindings.begin(), exit.delta.bindings.end(),
                std::back_inserter(delta.bindings));
      std::move(exit.delta.contents.begin(), exit.delta.contents.end(),
                std::back_inserter(delta.contents));
    }
  }
  memory_.undo(mark);
  return delta;
}

Interpreter::Flow Interpreter::run_repeated(Place place, const Node& body,
                                            const std::function<void()>& prepare) {
  // What one round changes may make the next one change more.
  for (int i = 0; i < most_rehearsals && rehearsing_ < deepest_rehearsal; ++i) {
    const Memory::Delta delta = rehearse([&] {
      prepare();
      (void)run_block(body);
    });
    if (!memory_.widen(delta, place)) {
      break;
    }
  }
  const Way ways[] = {[] { return Flow::on; },
                      [&] {
                        prepare();
                        return run_round(body);
                      }};
  return run_ways(place, ways);
}

// Behind the loop its breaks are met again; what left it for further out leaves the rest in doubt.
Interpreter::Flow Interpreter::leave_loop(Loop& loop, Flow flow, const Node* otherwise, Place place,
                                          const Exits& before, const Condition* outside) {
  exits_.breaks = before.breaks;
  exits_.continues = before.continues;
  condition_ = outside;
  if (flow == Flow::on && otherwise != nullptr) {
    if (!loop.breaks.empty() || exits_ != before) {
      condition_ = add_condition(place);
    }
    flow = run_block(*otherwise);
  }
  condition_ = outside;
  if (exits_ != before) {
    condition_ = add_condition(place);
  }
  if (loop.breaks.empty()) {
    return flow;
  }
  if (flow == Flow::on) {
    exit_to(loop.breaks, loop.mark);
  }
  return meet(loop.mark, std::move(loop.breaks), place);
}

Interpreter::Flow Interpreter::run_for(const Node& node) {
  Value* iterable = evaluate(node.child(1));
  if (unwinding_) {
    return Flow::ends;
  }
  const Place place = place_of(node.child(1));
  const Condition* outside = condition_;
  const Exits before = exits_;
  Loop loop{.mark = memory_.mark()};
  Flow flow = Flow::on;
  {
    const Restore keep_loop(loop_, &loop);
    const std::vector<Value*>* known = elements(iterable);
    const std::vector<Value*> items =
        known != nullptr ? *known : std::vector<Value*>();  // the body may change the list
    for (Value* item : items) {
      if (!step(place) || flow == Flow::ends) {
        flow = Flow::ends;
        break;
      }
      if (!item->is(ValueKind::maybe)) {
        assign(node.child(0), item);
        flow = run_round(node.child(2));
        continue;
      }
      const Way ways[] = {[] { return Flow::on; },
                          [&] {
                            assign(node.child(0), item->object);
                            return run_round(node.child(2));
                          }};
      flow = run_ways(place, ways);
    }
    if (flow == Flow::on && (known == nullptr || iterable->open)) {
      flow = run_repeated(place, node.child(2), [&] {
        assign(node.child(0), unknown("an element of what is not known", place));
      });
    }
  }
  return leave_loop(loop, flow, node.optional_child(3), place, before, outside);
}

Interpreter::Flow Interpreter::run_while(const Node& node) {
  const Place place = place_of(node.child(0));
  const Condition* outside = condition_;
  const Exits before = exits_;
  Loop loop{.mark = memory_.mark()};
  Flow flow = Flow::on;
  {
    const Restore keep_loop(loop_, &loop);
    int rounds = 0;
    for (bool again = true; again && flow == Flow::on && step(place);) {
      const std::optional<bool> known = truth(*evaluate(node.child(0)));
      again = known.value_or(false);
      if (unwinding_) {
        flow = Flow::ends;
      } else if (!known) {
        flow = run_repeated(place, node.child(1), [&] { (void)evaluate(node.child(0)); });
      } else if (again) {
        flow = run_round(node.child(1));
        if (flow == Flow::on && exits_ != before) {
          // Whether it comes round again cannot be told; when it does, it does the same, unless
          // the names that it uses have other values by then.
          again = false;
          if (memory_.replaced_since(loop.mark)) {
            flow = run_repeated(place, node.child(1), [&] { (void)evaluate(node.child(0)); });
          }
          if (node.child(0).kind == NodeKind::true_ || node.child(0).kind == NodeKind::number) {
            flow = Flow::ends;  // but for its breaks
          }
        } else if (++rounds == most_rounds) {
          give_up(place, "a loop runs too often to follow");
          again = false;
        }
      }
    }
  }
  return leave_loop(loop, flow, node.optional_child(2), place, before, outside);
}

Interpreter::Flow Interpreter::run_try(const Node& node) {
  std::vector<const Node*> handlers;
  const Node* otherwise = nullptr;
  const Node* finally = nullptr;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& part = node.child(i);
    if (part.kind == NodeKind::handler && part.optional_child(1) != nullptr) {
      handlers.push_back(&part);
    } else if (part.kind == NodeKind::else_) {
      otherwise = part.optional_child(0);
    } else if (part.kind == NodeKind::finally_) {
      finally = part.optional_child(0);
    }
  }
  const Place place = place_of(node);
  const Condition* outside = condition_;
  const Exits before = exits_;
  const Memory::Mark mark = memory_.mark();
  const auto known_exits = exit_counts();
  Handler handler{mark};
  Flow flow = Flow::on;
  {
    const Restore keep_handler(handler_, handlers.empty() ? handler_ : &handler);
    const bool swallows = std::any_of(handlers.begin(), handlers.end(),
                                      [](const Node* each) { return !raises_again(*each); });
    const Restore attempting(attempting_, attempting_ + (swallows ? 1 : 0));
    flow = run_block(node.child(0));
  }
  unwinding_ = false;
  std::vector<Exit> met;
  // An exception may come from anywhere in the body.
  const Memory::Delta anywhere = memory_.any_since(mark, place);
  if (!handlers.empty()) {
    exits_.raises = before.raises;
    if (flow == Flow::on && otherwise != nullptr) {
      flow = run_block(*otherwise);
    }
    if (flow == Flow::on) {
      exit_to(met, mark);
    }
    handler.raises.push_back({anywhere});
    for (const Node* each : handlers) {
      (void)meet(mark, handler.raises, place);
      condition_ = outside;
      condition_ = add_condition(place_of(*each));
      if (!each->text.empty()) {
        bind(each->text, unknown("an exception", place_of(*each)));
      }
      if (run_block(each->child(1)) == Flow::on) {
        exit_to(met, mark);
      }
      unwinding_ = false;
    }
    condition_ = outside;
    if (exits_ != before) {
      condition_ = add_condition(place);
    }
    flow = meet(mark, std::move(met), place);
  } else if (flow == Flow::on && otherwise != nullptr) {
    flow = run_block(*otherwise);
  }
  if (finally != nullptr && (flow == Flow::ends || exit_counts() != known_exits)) {
    // Those that leave early come by here, too.
    const Restore condition(condition_, outside);
    if (flow == Flow::on) {
      condition_ = add_condition(place);
    }
    const Memory::Delta now = memory_.since(mark);
    memory_.undo(mark);
    memory_.apply(anywhere);
    const Memory::Mark entered = memory_.mark();
    (void)run_block(*finally);
    blur_exits(known_exits, memory_.since(entered), place_of(*finally));
    memory_.undo(mark);
    memory_.apply(now);
  }
  return flow == Flow::on && finally != nullptr ? run_block(*finally) : flow;
}

std::array<std::vector<Interpreter::Exit>*, 4> Interpreter::exit_lists() {
  return {activation_ != nullptr ? &activation_->returns : nullptr,
          loop_ != nullptr ? &loop_->breaks : nullptr,
          loop_ != nullptr ? &loop_->continues : nullptr,
          handler_ != nullptr ? &handler_->raises : nullptr};
}

std::array<std::size_t, 4> Interpreter::exit_counts() {
  std::array<std::size_t, 4> counts{};
  const auto lists = exit_lists();
  for (std::size_t i = 0; i < lists.size(); ++i) {
    counts[i] = lists[i] != nullptr ? lists[i]->size() : 0;
  }
  return counts;
}

void Interpreter::blur_exits(const std::array<std::size_t, 4>& since, const Memory::Delta& delta,
                             Place place) {
  const auto lists = exit_lists();
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (std::size_t at = since[i]; lists[i] != nullptr && at < lists[i]->size(); ++at) {
      Memory::Delta& left = (*lists[i])[at].delta;
      for (Memory::Delta::Binding binding : delta.bindings) {
        binding.value = unknown("`finally` changes it", place);
        std::erase_if(left.bindings, [&](const Memory::Delta::Binding& other) {
          return other.scope == binding.scope && other.slot == binding.slot;
        });
        left.bindings.push_back(binding);
      }
      for (const auto& change : delta.contents) {
        std::erase_if(left.contents,
                      [&](const auto& other) { return other.first == change.first; });
        left.contents.emplace_back(change.first, Memory::Contents{.open = true});
      }
    }
  }
}

}  // namespace gauger::eval
