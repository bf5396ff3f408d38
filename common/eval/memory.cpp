#include "eval/memory.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace gauger::eval {
namespace {

constexpr std::size_t many_names = 16;
constexpr std::size_t most_choices = 8;

// Whether two of the kind are one value if they are equal.
bool is_scalar(const Value& value) {
  switch (value.kind) {
    case ValueKind::none:
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::real:
    case ValueKind::text:
      return true;
    default:
      return false;
  }
}

bool is_same(const Value& left, const Value& right) {
  if (&left == &right) {
    return true;
  }
  return left.kind == right.kind &&
         (left.is(ValueKind::unknown) ||
          (is_scalar(left) && equal(left, right) == std::optional(true)));
}

bool is_same_element(const Value& left, const Value& right) {
  return is_same(left, right) || (left.is(ValueKind::maybe) && right.is(ValueKind::maybe) &&
                                  is_same(*left.object, *right.object));
}

bool is_same_contents(const Memory::Contents& left, const Memory::Contents& right) {
  return left.open == right.open &&
         std::equal(left.items.begin(), left.items.end(), right.items.begin(), right.items.end(),
                    [](const Value* a, const Value* b) { return is_same_element(*a, *b); }) &&
         std::equal(left.entries.begin(), left.entries.end(), right.entries.begin(),
                    right.entries.end(), [](const auto& a, const auto& b) {
                      return is_same(*a.first, *b.first) && is_same_element(*a.second, *b.second);
                    });
}

// Elements in doubt beyond this many are as good as not known.
constexpr std::size_t most_doubtful = 64;

bool is_too_doubtful(const std::vector<Value*>& items) {
  return items.size() > most_doubtful &&
         static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const Value* item) {
           return item->is(ValueKind::maybe);
         })) > most_doubtful;
}

// In a container that may hold more than it shows, one element that may be there says as much as
// two.
void drop_repeated(std::vector<Value*>& items) {
  std::vector<Value*> kept;
  for (Value* item : items) {
    const bool repeated =
        item->is(ValueKind::maybe) && std::any_of(kept.begin(), kept.end(), [&](const Value* each) {
          return each->is(ValueKind::maybe) && is_same(*each->object, *item->object);
        });
    if (!repeated) {
      kept.push_back(item);
    }
  }
  items = std::move(kept);
}

}  // namespace

Value* Memory::make(ValueKind kind, Place place) {
  Value& value = values_.emplace_back();
  value.kind = kind;
  value.place = place;
  value.epoch = epoch_;
  return &value;
}

Scope* Memory::make_scope(Scope* parent, const Module* module) {
  Scope& scope = scopes_.emplace_back();
  scope.parent = parent;
  scope.module = module;
  return &scope;
}

std::string_view Memory::keep(std::string text) {
  kept_ += text.size();
  return texts_.emplace_back(std::move(text));
}

std::size_t Memory::slot_of(Scope& scope, std::string_view name) {
  const std::size_t known = scope.slot(name);
  if (known != Scope::npos) {
    return known;
  }
  const std::size_t slot = scope.names.size();
  scope.names.emplace_back(name, nullptr);
  if (scope.names.size() > many_names) {
    if (scope.index_.empty()) {
      for (std::size_t i = 0; i < scope.names.size(); ++i) {
        scope.index_.emplace(scope.names[i].first, i);
      }
    } else {
      scope.index_.emplace(name, slot);
    }
  }
  return slot;
}

void Memory::set(Scope& scope, std::size_t slot, Value* value) {
  trail_.push_back({.scope = &scope, .slot = slot, .value = scope.names[slot].second});
  scope.names[slot].second = value;
}

void Memory::bind(Scope& scope, std::string_view name, Value* value) {
  set(scope, slot_of(scope, name), value);
}

Memory::Contents Memory::contents_of(const Value& container) {
  return {container.items, container.entries, container.open};
}

Value& Memory::changing(Value& value) {
  if (value.epoch != epoch_) {
    kept_ += (value.items.size() + value.entries.size()) * sizeof(Value*);
    trail_.push_back({.value = &value, .contents = saved_.size()});
    saved_.push_back(contents_of(value));
    value.epoch = epoch_;
  }
  return value;
}

void Memory::set(Value& container, Contents contents) {
  changing(container);
  container.items = std::move(contents.items);
  container.entries = std::move(contents.entries);
  container.open = contents.open;
}

Memory::Mark Memory::mark() {
  ++epoch_;
  return trail_.size();
}

Memory::Delta Memory::since(Mark mark) const {
  Delta delta;
  for (std::size_t i = mark; i < trail_.size(); ++i) {
    const Change& change = trail_[i];
    if (change.scope != nullptr) {
      delta.bindings.push_back(
          {change.scope, change.slot, change.scope->names[change.slot].second});
    } else {
      delta.contents.emplace_back(change.value, Contents{});
    }
  }
  const auto by_place = [](const Delta::Binding& left, const Delta::Binding& right) {
    return std::pair(left.scope, left.slot) < std::pair(right.scope, right.slot);
  };
  std::sort(delta.bindings.begin(), delta.bindings.end(), by_place);
  delta.bindings.erase(std::unique(delta.bindings.begin(), delta.bindings.end(),
                                   [](const auto& left, const auto& right) {
                                     return left.scope == right.scope && left.slot == right.slot;
                                   }),
                       delta.bindings.end());
  std::sort(delta.contents.begin(), delta.contents.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  delta.contents.erase(
      std::unique(delta.contents.begin(), delta.contents.end(),
                  [](const auto& left, const auto& right) { return left.first == right.first; }),
      delta.contents.end());
  for (auto& [container, contents] : delta.contents) {
    contents = contents_of(*container);
  }
  return delta;
}

Memory::Delta Memory::any_since(Mark mark, Place place) {
  Delta delta = since(mark);
  std::map<std::pair<Scope*, std::size_t>, std::vector<Value*>> seen;
  std::map<Value*, std::vector<Contents>> held;
  for (std::size_t i = mark; i < trail_.size(); ++i) {
    const Change& change = trail_[i];
    if (change.scope != nullptr) {
      seen[{change.scope, change.slot}].push_back(change.value);
    } else {
      held[change.value].push_back(saved_[change.contents]);
    }
  }
  for (Delta::Binding& binding : delta.bindings) {
    std::vector<Value*>& values = seen[{binding.scope, binding.slot}];
    values.push_back(binding.value);
    binding.value = one_of(values, place);
  }
  for (auto& [container, contents] : delta.contents) {
    std::vector<Contents>& variants = held[container];
    variants.push_back(std::move(contents));
    contents = joined(variants, place);
  }
  return delta;
}

bool Memory::replaced_since(Mark mark) const {
  return std::any_of(
      trail_.begin() + static_cast<std::ptrdiff_t>(mark), trail_.end(), [](const Change& change) {
        return change.scope == nullptr ||
               (change.value != nullptr && change.scope->names[change.slot].second != nullptr &&
                !is_same(*change.value, *change.scope->names[change.slot].second));
      });
}

void Memory::undo(Mark mark) {
  while (trail_.size() > mark) {
    const Change change = trail_.back();
    trail_.pop_back();
    if (change.scope != nullptr) {
      change.scope->names[change.slot].second = change.value;
    } else {
      Contents& contents = saved_.back();
      change.value->items = std::move(contents.items);
      change.value->entries = std::move(contents.entries);
      change.value->open = contents.open;
      saved_.pop_back();
    }
  }
  ++epoch_;
}

void Memory::settle(Mark mark) {
  for (std::size_t i = mark; i < trail_.size(); ++i) {
    if (trail_[i].scope == nullptr) {
      saved_.resize(std::min(saved_.size(), trail_[i].contents));
      break;
    }
  }
  trail_.resize(std::min(trail_.size(), mark));
  ++epoch_;
}

void Memory::apply(const Delta& delta) {
  for (const Delta::Binding& binding : delta.bindings) {
    set(*binding.scope, binding.slot, binding.value);
  }
  for (const auto& [container, contents] : delta.contents) {
    set(*container, contents);
  }
}

void Memory::join(std::span<const Delta> deltas, Place place) {
  if (deltas.size() == 1) {
    apply(deltas.front());
    return;
  }
  std::map<std::pair<Scope*, std::size_t>, std::vector<Value*>> bindings;
  std::map<Value*, std::vector<Contents>> containers;
  for (const Delta& delta : deltas) {
    for (const Delta::Binding& binding : delta.bindings) {
      bindings[{binding.scope, binding.slot}].push_back(binding.value);
    }
    for (const auto& [container, contents] : delta.contents) {
      containers[container].push_back(contents);
    }
  }
  for (auto& [where, values] : bindings) {
    Value* present = where.first->names[where.second].second;
    if (values.size() < deltas.size()) {
      values.insert(values.begin(), present);
    }
    set(*where.first, where.second, one_of(values, place));
  }
  for (auto& [container, variants] : containers) {
    if (variants.size() < deltas.size()) {
      variants.insert(variants.begin(), contents_of(*container));
    }
    set(*container, joined(variants, place));
  }
}

bool Memory::widen(const Delta& delta, Place place) {
  bool changed = false;
  for (const Delta::Binding& binding : delta.bindings) {
    Value* present = binding.scope->names[binding.slot].second;
    if (present == nullptr || binding.value == nullptr || is_same(*present, *binding.value) ||
        present->is(ValueKind::unknown)) {
      continue;
    }
    Value* either = make(ValueKind::unknown, place);
    either->text = "it changes in a loop";
    set(*binding.scope, binding.slot, either);
    changed = true;
  }
  for (const auto& [container, contents] : delta.contents) {
    const Contents present = contents_of(*container);
    Contents wide = joined(std::vector<Contents>{present, contents}, place);
    wide.open = true;
    drop_repeated(wide.items);
    for (auto& [key, value] : wide.entries) {
      const bool kept =
          std::any_of(present.entries.begin(), present.entries.end(),
                      [value = value](const auto& entry) { return entry.second == value; });
      if (!kept) {
        value = maybe(make(ValueKind::unknown, place));
      }
    }
    if (!is_same_contents(present, wide)) {
      set(*container, std::move(wide));
      changed = true;
    }
  }
  return changed;
}

Value* Memory::one_of(std::span<Value* const> values, Place place) {
  std::vector<Value*> different;
  const auto add = [&](Value* value) {
    const bool known = std::any_of(different.begin(), different.end(),
                                   [&](const Value* other) { return is_same(*other, *value); });
    if (!known) {
      different.push_back(value);
    }
  };
  for (Value* value : values) {
    if (value == nullptr) {
      continue;
    }
    if (value->is(ValueKind::choice)) {
      std::for_each(value->items.begin(), value->items.end(), add);
    } else {
      add(value);
    }
  }
  if (different.empty()) {
    return nullptr;
  }
  if (different.size() == 1) {
    return different.front();
  }
  Value* made = make(ValueKind::choice, place);
  if (different.size() > most_choices) {
    made->kind = ValueKind::unknown;
    made->text = "one of many values";
    return made;
  }
  made->items = std::move(different);
  return made;
}

Value* Memory::maybe(Value* value) {
  if (value->is(ValueKind::maybe)) {
    return value;
  }
  Value* made = make(ValueKind::maybe, value->place);
  made->object = value;
  return made;
}

std::vector<Value*> Memory::joined_items(const std::vector<Value*>& left,
                                         const std::vector<Value*>& right, Place place) {
  std::vector<Value*> out;
  if (left.size() == right.size()) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      const bool doubtful =
          left[i] != right[i] && (left[i]->is(ValueKind::maybe) || right[i]->is(ValueKind::maybe));
      const auto bare = [](Value* item) {
        return item->is(ValueKind::maybe) ? item->object : item;
      };
      Value* both = left[i] == right[i]
                        ? left[i]
                        : one_of(std::vector<Value*>{bare(left[i]), bare(right[i])}, place);
      out.push_back(doubtful ? maybe(both) : both);
    }
    return out;
  }
  const auto differ = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  out.assign(left.begin(), differ.first);
  std::transform(differ.first, left.end(), std::back_inserter(out),
                 [&](Value* item) { return maybe(item); });
  std::transform(differ.second, right.end(), std::back_inserter(out),
                 [&](Value* item) { return maybe(item); });
  return out;
}

Memory::Contents Memory::joined(std::span<const Contents> variants, Place place) {
  Contents out = variants.front();
  for (const Contents& variant : variants.subspan(1)) {
    out.open = out.open || variant.open;
    out.items = joined_items(out.items, variant.items, place);
    if (is_too_doubtful(out.items)) {
      out.items.clear();
      out.open = true;
    }
    std::vector<std::pair<Value*, Value*>> entries;
    std::vector<bool> met(variant.entries.size(), false);
    for (const auto& [key, value] : out.entries) {
      Value* other = nullptr;
      for (std::size_t i = 0; i < variant.entries.size() && other == nullptr; ++i) {
        if (!met[i] && (variant.entries[i].first == key ||
                        equal(*variant.entries[i].first, *key) == std::optional(true))) {
          met[i] = true;
          other = variant.entries[i].second;
        }
      }
      Value* both = other == nullptr ? maybe(value) : joined_items({value}, {other}, place).front();
      entries.emplace_back(key, both);
    }
    for (std::size_t i = 0; i < variant.entries.size(); ++i) {
      if (!met[i]) {
        entries.emplace_back(variant.entries[i].first, maybe(variant.entries[i].second));
      }
    }
    out.entries = std::move(entries);
  }
  if (out.open) {
    drop_repeated(out.items);
  }
  kept_ += (out.items.size() + out.entries.size()) * sizeof(Value*);
  return out;
}

}  // namespace gauger::eval
