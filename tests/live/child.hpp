// A live_program that a test ends as it likes.
#pragma once

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <sys/types.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

namespace live {

class Child {
 public:
  // Its signals are as they are by default, whatever this process was started with.
  explicit Child(std::vector<std::string> arguments) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    REQUIRE(::pipe(input.data()) == 0);
    REQUIRE(::pipe(output.data()) == 0);
    // Until the child has left doctest's handlers, none may come.
    constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
    sigset_t held;
    sigset_t usual;
    ::sigemptyset(&held);
    for (const int signal : signals) {
      ::sigaddset(&held, signal);
    }
    ::sigprocmask(SIG_BLOCK, &held, &usual);
    process_ = ::fork();
    if (process_ == 0) {
      for (const int signal : signals) {
        std::signal(signal, SIG_DFL);
      }
      ::sigprocmask(SIG_UNBLOCK, &held, nullptr);
      ::dup2(input[0], STDIN_FILENO);
      ::dup2(output[1], STDOUT_FILENO);
      ::close_range(3, ~0U, 0);
      arguments.insert(arguments.begin(), LIVE_PROGRAM);
      std::vector<char*> argv;
      argv.reserve(arguments.size() + 1);
      for (std::string& each : arguments) {
        argv.push_back(each.data());
      }
      argv.push_back(nullptr);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    ::sigprocmask(SIG_SETMASK, &usual, nullptr);
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    output_ = output[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    end(SIGKILL);
    ::close(output_);
  }

  // What it made; empty when it ended before.
  [[nodiscard]] std::string line() const {
    std::string text;
    char byte = 0;
    while (::read(output_, &byte, 1) == 1 && byte != '\n') {
      text += byte;
    }
    return text;
  }

  // 0: it is told to go by itself. Gives the status as waitpid() has it.
  int end(int signal) {
    if (process_ <= 0) {
      return status_;
    }
    if (signal == 0) {
      ::close(input_);
      input_ = -1;
    } else {
      ::kill(process_, signal);
    }
    while (::waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    if (input_ >= 0) {
      ::close(input_);
    }
    return status_;
  }

  [[nodiscard]] pid_t process() const { return process_; }

 private:
  pid_t process_ = 0;
  int input_ = -1;
  int output_ = -1;
  int status_ = 0;
};

// Whether it becomes true within ten seconds.
template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace live
