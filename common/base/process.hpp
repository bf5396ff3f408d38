// Child processes: started without a shell, and never left behind.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "base/result.hpp"

namespace gauger::base {

enum class ProcessGroup : std::uint8_t {
  shared,  // the child gets the terminal's signals
  own      // it does not, and what it has started ends with it
};

struct Command {
  // The program, looked up on this process's PATH where it has no "/", and its arguments.
  std::vector<std::string> arguments;
  // All of the child's environment; nothing: this process's own.
  std::optional<std::map<std::string, std::string>> environment{};
  std::string folder{};  // where it runs; empty: the current folder
  std::string input{};   // all of its stdin
  std::chrono::milliseconds deadline = std::chrono::minutes(5);
  ProcessGroup group = ProcessGroup::shared;  // of a Conversation
  // Of a Conversation: asked about once a second while an answer is awaited. Its error is the
  // answer's, and ends the program.
  std::function<Result<void>()> meanwhile{};
};

struct Finished {
  int status = 0;  // its exit status; 128 + the signal that ended it, as shells have it
  std::string output;
  std::string errors;  // what it wrote to stderr
};

// Runs a program to its end. SIGPIPE is as it is by default in the child.
//
// Error (environment): it cannot be started (`program_not_found` tells whether it is there at all),
// or it took longer than its deadline and was killed.
[[nodiscard]] Result<Finished> run(const Command& command);

// Whether `arguments[0]` of a command that could not be started is nowhere to be found.
[[nodiscard]] bool program_not_found(const Command& command);

// A running program that is asked and answers: `command.input` is not used, and the deadline holds
// for each answer. Ended with its owner. Not safe to use from two threads at once.
class Conversation {
 public:
  [[nodiscard]] static Result<Conversation> start(const Command& command);
  Conversation(Conversation&& other) noexcept;
  Conversation& operator=(Conversation&& other) noexcept;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation();

  // Errors (environment): the program has ended, or says nothing until the deadline.
  [[nodiscard]] Result<void> write(std::string_view text);
  // Whether there is something to read, or the program has ended, before that time has passed.
  [[nodiscard]] bool wait_a_while(std::chrono::milliseconds time) const;
  // Without the "\n".
  [[nodiscard]] Result<std::string> read_line();
  [[nodiscard]] Result<std::string> read_bytes(std::size_t count);
  // What it has written to stderr so far.
  [[nodiscard]] std::string errors() const;
  // Kills it, and waits for its end; of ProcessGroup::own all that it has started. Nothing more can
  // be read then.
  void end();

 private:
  Conversation() = default;
  [[nodiscard]] Result<void> wait();
  [[nodiscard]] Result<void> fill();

  std::string program_;
  pid_t child_ = -1;
  ProcessGroup group_ = ProcessGroup::shared;
  int to_child_ = -1;
  int from_child_ = -1;
  int errors_ = -1;  // a file in memory
  std::chrono::milliseconds deadline_{};
  std::function<Result<void>()> meanwhile_;
  std::string buffer_;
  std::size_t used_ = 0;  // of the buffer
};

}  // namespace gauger::base
