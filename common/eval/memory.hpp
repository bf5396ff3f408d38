// The values and names of one evaluation, and how they change.
//
// Where a test cannot be told, both ways are read from the same state: every change goes through
// here, so that it can be undone, kept aside and joined with what the other way did.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eval/value.hpp"

namespace gauger::eval {

class Memory {
 public:
  // A point in the series of changes. It is good until changes before it are undone.
  using Mark = std::size_t;

  // What a list, set or dict holds.
  struct Contents {
    std::vector<Value*> items{};
    std::vector<std::pair<Value*, Value*>> entries{};
    bool open = false;
  };

  // How the names and containers that were changed since a mark stand now.
  struct Delta {
    struct Binding {
      Scope* scope = nullptr;
      std::size_t slot = 0;
      Value* value = nullptr;
    };
    std::vector<Binding> bindings{};
    std::vector<std::pair<Value*, Contents>> contents{};
  };

  [[nodiscard]] Value* make(ValueKind kind, Place place);
  [[nodiscard]] Scope* make_scope(Scope* parent, const Module* module);
  [[nodiscard]] std::string_view keep(std::string text);

  // Binds a name in just this scope; null unbinds it.
  void bind(Scope& scope, std::string_view name, Value* value);
  // To be called before the items, entries or openness of a value that others may hold are changed.
  Value& changing(Value& value);

  [[nodiscard]] Mark mark();
  [[nodiscard]] Delta since(Mark mark) const;
  // As `since`, but a name that had several values has a choice of them: what holds at some
  // unknown point between the mark and now. The state at the mark counts as one.
  [[nodiscard]] Delta any_since(Mark mark, Place place);
  // Whether a name that had a value has another one now, or a container holds something else.
  [[nodiscard]] bool replaced_since(Mark mark) const;
  void undo(Mark mark);
  // The changes since the mark stay, whatever is undone later.
  void settle(Mark mark);

  void apply(const Delta& delta);
  // What is known when one of the deltas holds, each on top of the present state.
  void join(std::span<const Delta> deltas, Place place);
  // What is known when changes like this delta's were made any number of times. False: nothing that
  // was not so before.
  bool widen(const Delta& delta, Place place);

  // One value that stands for any of them. Nulls are left out; of none it is null.
  [[nodiscard]] Value* one_of(std::span<Value* const> values, Place place);
  // An element that may be absent.
  [[nodiscard]] Value* maybe(Value* value);

  // Bytes kept as text, and elements kept by containers when they were copied.
  [[nodiscard]] std::size_t kept() const { return kept_; }

 private:
  struct Change {
    Scope* scope = nullptr;  // a binding: `slot` of it had `value`
    std::size_t slot = 0;
    Value* value = nullptr;  // without a scope: the container, which had `contents`
    std::size_t contents = 0;
  };

  [[nodiscard]] std::size_t slot_of(Scope& scope, std::string_view name);
  void set(Scope& scope, std::size_t slot, Value* value);
  void set(Value& container, Contents contents);
  [[nodiscard]] static Contents contents_of(const Value& container);
  [[nodiscard]] Contents joined(std::span<const Contents> variants, Place place);
  [[nodiscard]] std::vector<Value*> joined_items(const std::vector<Value*>& left,
                                                 const std::vector<Value*>& right, Place place);

  std::deque<Value> values_;
  std::deque<Scope> scopes_;
  std::deque<std::string> texts_;
  std::vector<Change> trail_;
  std::vector<Contents> saved_;  // of the trail's containers, in its order
  std::uint32_t epoch_ = 0;      // counts marks and undoings
  std::size_t kept_ = 0;
};

}  // namespace gauger::eval
