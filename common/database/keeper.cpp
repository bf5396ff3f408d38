#include "database/keeper.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <exception>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "database/launch.hpp"

namespace gauger::database {
namespace {

using base::ErrorKind;
using base::Result;

// A signal's handler can look nowhere else than in static memory, and the same holds for what it
// may call: close, waitpid, sigaction and raise are on POSIX's list.
struct Slot {
  std::atomic<pid_t> child{0};  // 0: free
  std::atomic<int> life{-1};    // the pipe's end; the child goes when it is closed
};
std::array<Slot, 64> slots;

constexpr std::array ending_signals = {SIGINT, SIGTERM, SIGHUP};

// In the child these are the ends of its two pipes.
constexpr int life_in_child = 3;
constexpr int answer_in_child = 4;

void wait_for(pid_t child) {
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void end(Slot& slot) {
  const pid_t child = slot.child.exchange(0);
  if (child > 0) {
    ::close(slot.life.exchange(-1));
    wait_for(child);
  }
}

void end_all_and_raise(int signal) {
  // The last made goes first: databases before their server.
  for (std::size_t i = slots.size(); i > 0; --i) {
    end(slots[i - 1]);
  }
  // SA_RESETHAND has put the default back.
  ::raise(signal);
}

void handle_ending_signals() {
  for (const int signal : ending_signals) {
    struct sigaction now {};
    ::sigaction(signal, nullptr, &now);
    // A program's own handler, or SIG_IGN under nohup, stays: the pipe's end is enough.
    if ((now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL) {
      struct sigaction wanted {};
      wanted.sa_handler = end_all_and_raise;
      wanted.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
      ::sigemptyset(&wanted.sa_mask);
      ::sigaction(signal, &wanted, nullptr);
    }
  }
}

// Holds the ending signals back from this thread, until its end or release(): a child that the
// handler does not know yet would go on for a while after its owner.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    ::sigemptyset(&held);
    for (const int signal : ending_signals) {
      ::sigaddset(&held, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &held, &usual_);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  ~HeldSignals() { release(); }
  void release() { ::pthread_sigmask(SIG_SETMASK, &usual_, nullptr); }

 private:
  sigset_t usual_{};
};

std::optional<std::size_t> take_slot(pid_t child, int life) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    pid_t free = 0;
    // A child that cannot be waited for marks the slot until its pipe is there, too.
    if (slots[i].child.compare_exchange_strong(free, -1)) {
      slots[i].life = life;
      slots[i].child = child;
      return i + 1;
    }
  }
  return std::nullopt;
}

// The child's answer: 'k' and what was made, or 'e', the kind, the message, a zero byte, the help.
std::string to_answer(const Result<std::string>& result) {
  if (result) {
    return "k" + *result;
  }
  std::string answer = "e";
  answer += static_cast<char>(result.error().kind);
  return answer + result.error().message + '\0' + result.error().help;
}

Result<std::string> from_answer(std::string_view answer) {
  if (answer.substr(0, 1) == "k") {
    return std::string(answer.substr(1));
  }
  const std::size_t end = answer.find('\0', 2);
  if (answer.substr(0, 1) != "e" || end == std::string_view::npos) {
    return base::failure({.kind = ErrorKind::database,
                          .message = "the process that watches over the database has died"});
  }
  return base::failure({.kind = static_cast<ErrorKind>(answer[1]),
                        .message = std::string(answer.substr(2, end - 2)),
                        .help = std::string(answer.substr(end + 1))});
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return;
    }
    text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> chunk{};
  while (true) {
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count > 0) {
      text.append(chunk.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno != EINTR) {
      return text;
    }
  }
}

// Leaves the child nothing of the owner's but its memory: no signals from the terminal, and no
// open file, whose other end would wait for the child instead of the owner.
void settle(int life, int answer) {
  ::setsid();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTOU}) {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(signal, &ignore, nullptr);
  }
  ::prctl(PR_SET_NAME, "gauger-keeper");
  // First out of the way of each other.
  const int high_life = ::fcntl(life, F_DUPFD, 10);
  const int high_answer = ::fcntl(answer, F_DUPFD, 10);
  ::dup3(high_life, life_in_child, O_CLOEXEC);
  ::dup3(high_answer, answer_in_child, O_CLOEXEC);
  ::close_range(5, ~0U, 0);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::dup2(nothing, standard);
  }
}

[[noreturn]] void keep(const Keeper::Make& make, const Keeper::Undo& undo) {
  try {
    const Result<std::string> made = make();
    write_all(answer_in_child, to_answer(made));
    ::close(answer_in_child);
    if (made) {
      (void)read_all(life_in_child);
    }
    undo();
  } catch (const std::exception& error) {
    write_all(answer_in_child,
              to_answer(base::failure({.kind = ErrorKind::database, .message = error.what()})));
  }
  ::_exit(0);
}

}  // namespace

Result<Keeper> Keeper::start(const Make& make, const Undo& undo) {
  std::array<int, 2> life{};
  std::array<int, 2> answer{};
  if (::pipe2(life.data(), O_CLOEXEC) != 0) {
    return system_failure("make a pipe");
  }
  if (::pipe2(answer.data(), O_CLOEXEC) != 0) {
    ::close(life[0]);
    ::close(life[1]);
    return system_failure("make a pipe");
  }
  handle_ending_signals();
  std::optional<HeldSignals> held(std::in_place);
  const pid_t child = ::fork();
  if (child == 0) {
    settle(life[0], answer[1]);
    held->release();
    keep(make, undo);
  }
  ::close(life[0]);
  ::close(answer[1]);
  if (child < 0) {
    ::close(life[1]);
    ::close(answer[0]);
    return system_failure("start a process");
  }
  const std::optional<std::size_t> slot = take_slot(child, life[1]);
  held.reset();
  if (!slot) {
    ::close(life[1]);
    ::close(answer[0]);
    wait_for(child);
    return base::failure({.kind = ErrorKind::database, .message = "too many scratch databases"});
  }
  Keeper keeper;
  keeper.slot_ = *slot;
  Result<std::string> made = from_answer(read_all(answer[0]));
  ::close(answer[0]);
  if (!made) {
    return base::failure(std::move(made.error()));
  }
  keeper.made_ = std::move(*made);
  return keeper;
}

Keeper::Keeper(Keeper&& other) noexcept
    : made_(std::move(other.made_)), slot_(std::exchange(other.slot_, 0)) {}

Keeper& Keeper::operator=(Keeper&& other) noexcept {
  std::swap(made_, other.made_);
  std::swap(slot_, other.slot_);
  return *this;
}

Keeper::~Keeper() {
  if (slot_ != 0) {
    end(slots[slot_ - 1]);
  }
}

}  // namespace gauger::database
