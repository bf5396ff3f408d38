#include "base/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/descriptor.hpp"

namespace gauger::base {
namespace {

using Clock = std::chrono::steady_clock;

tl::unexpected<Error> failed(std::string message) {
  return failure({.kind = ErrorKind::environment, .message = std::move(message)});
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return failed(fmt::format("cannot make a pipe: {}", system_message(errno)));
  }
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// A file without a name: a child writes as much as it likes, and nobody has to listen meanwhile.
Result<Descriptor> make_memory_file(std::string_view content) {
  Descriptor file(::memfd_create("gauger", MFD_CLOEXEC));
  if (file.number() < 0) {
    return failed(fmt::format("cannot make a file in memory: {}", system_message(errno)));
  }
  while (!content.empty()) {
    const ssize_t count = ::write(file.number(), content.data(), content.size());
    if (count < 0) {
      return failed(fmt::format("cannot write to memory: {}", system_message(errno)));
    }
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  ::lseek(file.number(), 0, SEEK_SET);
  return file;
}

std::string content_of(int file) {
  std::string text;
  std::array<char, 16384> chunk{};
  ssize_t count = 0;
  while ((count = ::pread(file, chunk.data(), chunk.size(), static_cast<off_t>(text.size()))) > 0) {
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return text;
}

// The strings as execve takes them; they must outlive the pointers.
std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (std::string& each : strings) {
    result.push_back(each.data());
  }
  result.push_back(nullptr);
  return result;
}

// What posix_spawn is told, released at its end.
struct SpawnPlan {
  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

Result<pid_t> spawn(const Command& command, int input, int output, int errors) {
  SpawnPlan plan;
  ::posix_spawn_file_actions_adddup2(&plan.actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&plan.actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&plan.actions, errors, STDERR_FILENO);
  if (!command.folder.empty()) {
    ::posix_spawn_file_actions_addchdir_np(&plan.actions, command.folder.c_str());
  }
  sigset_t none;
  sigset_t pipe_only;
  ::sigemptyset(&none);
  ::sigemptyset(&pipe_only);
  ::sigaddset(&pipe_only, SIGPIPE);
  ::posix_spawnattr_setsigmask(&plan.attributes, &none);
  ::posix_spawnattr_setsigdefault(&plan.attributes, &pipe_only);
  int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  flags |= command.group == ProcessGroup::own ? POSIX_SPAWN_SETPGROUP : 0;
  ::posix_spawnattr_setflags(&plan.attributes, static_cast<short>(flags));

  std::vector<std::string> words = command.arguments;
  std::vector<std::string> variables;
  if (command.environment) {
    for (const auto& [name, value] : *command.environment) {
      variables.push_back(fmt::format("{}={}", name, value));
    }
  }
  std::vector<char*> argv = pointers(words);
  std::vector<char*> envp = pointers(variables);
  pid_t child = -1;
  const int code = ::posix_spawnp(&child, argv[0], &plan.actions, &plan.attributes, argv.data(),
                                  command.environment ? envp.data() : environ);
  if (code != 0) {
    return failed(fmt::format("cannot run {}: {}", command.arguments[0], system_message(code)));
  }
  return child;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

enum class Wait : std::uint8_t { readable, late };

Wait wait_readable(int descriptor, Clock::time_point until) {
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd wanted{.fd = descriptor, .events = POLLIN, .revents = 0};
    const int count = ::poll(&wanted, 1, static_cast<int>(std::clamp<long>(left, 0, 3'600'000)));
    if (count > 0) {
      return Wait::readable;
    }
    if (count == 0 && Clock::now() >= until) {
      return Wait::late;
    }
  }
}

// Appends what there is; 0 at the end.
ssize_t read_some(int descriptor, std::string& text) {
  constexpr std::size_t chunk = 65536;
  const std::size_t size = text.size();
  text.resize(size + chunk);
  ssize_t count = 0;
  do {
    count = ::read(descriptor, text.data() + size, chunk);
  } while (count < 0 && errno == EINTR);
  text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return count;
}

}  // namespace

Result<Finished> run(const Command& command) {
  auto input = make_memory_file(command.input);
  auto errors = make_memory_file({});
  auto output = make_pipe();
  if (!input || !errors || !output) {
    return failure(!input ? input.error() : !errors ? errors.error() : output.error());
  }
  const auto until = Clock::now() + command.deadline;
  const auto child = spawn(command, input->number(), output->write.number(), errors->number());
  if (!child) {
    return failure(child.error());
  }
  output->write = Descriptor();
  Finished finished;
  while (true) {
    if (wait_readable(output->read.number(), until) == Wait::late) {
      ::kill(*child, SIGKILL);
      (void)wait_for(*child);
      return failed(fmt::format("{} did not end within {} seconds", command.arguments[0],
                                std::chrono::duration<double>(command.deadline).count()));
    }
    if (read_some(output->read.number(), finished.output) <= 0) {
      break;
    }
  }
  finished.status = wait_for(*child);
  finished.errors = content_of(errors->number());
  return finished;
}

bool program_not_found(const Command& command) {
  const std::string& program = command.arguments.front();
  if (program.find('/') != std::string::npos) {
    return ::access(program.c_str(), X_OK) != 0;
  }
  const char* path = ::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  std::string_view rest = path == nullptr ? "/bin:/usr/bin" : path;
  while (true) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate =
        fmt::format("{}/{}", end == 0 ? "." : rest.substr(0, end), program);
    if (::access(candidate.c_str(), X_OK) == 0) {
      return false;
    }
    if (end == rest.size()) {
      return true;
    }
    rest.remove_prefix(end + 1);
  }
}

Result<Conversation> Conversation::start(const Command& command) {
  auto errors = make_memory_file({});
  auto question = make_pipe();
  auto answer = make_pipe();
  if (!errors || !question || !answer) {
    return failure(!errors ? errors.error() : !question ? question.error() : answer.error());
  }
  const auto child =
      spawn(command, question->read.number(), answer->write.number(), errors->number());
  if (!child) {
    return failure(child.error());
  }
  Conversation conversation;
  conversation.program_ = command.arguments.front();
  conversation.child_ = *child;
  conversation.group_ = command.group;
  conversation.to_child_ = question->write.release();
  conversation.from_child_ = answer->read.release();
  conversation.errors_ = errors->release();
  conversation.deadline_ = command.deadline;
  conversation.meanwhile_ = command.meanwhile;
  return conversation;
}

Conversation::Conversation(Conversation&& other) noexcept { *this = std::move(other); }

Conversation& Conversation::operator=(Conversation&& other) noexcept {
  std::swap(program_, other.program_);
  std::swap(child_, other.child_);
  std::swap(group_, other.group_);
  std::swap(to_child_, other.to_child_);
  std::swap(from_child_, other.from_child_);
  std::swap(errors_, other.errors_);
  std::swap(deadline_, other.deadline_);
  std::swap(meanwhile_, other.meanwhile_);
  std::swap(buffer_, other.buffer_);
  std::swap(used_, other.used_);
  return *this;
}

Conversation::~Conversation() {
  end();
  for (const int descriptor : {to_child_, from_child_, errors_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

void Conversation::end() {
  if (child_ > 0) {
    ::kill(group_ == ProcessGroup::own ? -child_ : child_, SIGKILL);
    (void)wait_for(child_);
    child_ = -1;
  }
}

Result<void> Conversation::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(to_child_, text.data(), text.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return failed(fmt::format("{} has ended: {}", program_, system_message(errno)));
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> Conversation::wait() {
  const auto until = Clock::now() + deadline_;
  constexpr auto interval = std::chrono::seconds(1);
  while (meanwhile_ && Clock::now() + interval < until) {
    if (wait_readable(from_child_, Clock::now() + interval) == Wait::readable) {
      return {};
    }
    if (auto fine = meanwhile_(); !fine) {
      end();
      return fine;
    }
  }
  if (wait_readable(from_child_, until) == Wait::late) {
    return failed(fmt::format("{} has not answered for {} s", program_,
                              std::chrono::duration_cast<std::chrono::seconds>(deadline_).count()));
  }
  return {};
}

bool Conversation::wait_a_while(std::chrono::milliseconds time) const {
  return used_ < buffer_.size() || wait_readable(from_child_, Clock::now() + time) != Wait::late;
}

Result<void> Conversation::fill() {
  buffer_.erase(0, used_);
  used_ = 0;
  if (auto waited = wait(); !waited) {
    return waited;
  }
  if (read_some(from_child_, buffer_) <= 0) {
    return failed(fmt::format("{} has ended", program_));
  }
  return {};
}

Result<std::string> Conversation::read_line() {
  while (true) {
    const std::size_t end = buffer_.find('\n', used_);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(used_, end - used_);
      used_ = end + 1;
      return line;
    }
    if (auto filled = fill(); !filled) {
      return failure(std::move(filled.error()));
    }
  }
}

Result<std::string> Conversation::read_bytes(std::size_t count) {
  while (buffer_.size() - used_ < count) {
    if (auto filled = fill(); !filled) {
      return failure(std::move(filled.error()));
    }
  }
  std::string bytes = buffer_.substr(used_, count);
  used_ += count;
  return bytes;
}

std::string Conversation::errors() const { return content_of(errors_); }

}  // namespace gauger::base
