// Runs a piece of Python through the interpreter and writes down the calls of `act`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/interpreter.hpp"

namespace gauger::eval::test {

struct Act {
  std::size_t line = 0;  // counted from 1
  bool may_run = false;
  std::string argument{};  // as Python's repr() has it; "?" for what is not known
};

struct Trace {
  std::vector<Act> acts{};
  std::string gave_up{};  // why; empty: it did not

  // "1", "2?": an argument, with "?" behind it where the call may not run.
  [[nodiscard]] std::vector<std::string> arguments() const;
};

// As repr() has it, as far as it is known; a choice is "1|2", an open list "[1, ...]", an element
// that may be absent "1?".
[[nodiscard]] std::string repr(const Value& value);

// Where the text stands: its path in the library's tree. Without a library it imports nothing.
struct Setting {
  Library* library = nullptr;
  std::string path = "snippet.py";
};

// The trace of `upgrade()` in the text. `act(x)` is written down, `ask()` gives what is not known.
// Error: a text that is not Python.
[[nodiscard]] base::Result<Trace> trace(std::string_view text, Limits limits = {},
                                        const Setting& setting = {});

}  // namespace gauger::eval::test
