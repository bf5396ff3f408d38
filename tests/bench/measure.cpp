// Runs a command, its output thrown away, and prints its wall time and its processor time in
// nanoseconds, its peak resident memory in KiB and its exit status. Python cannot do this for a
// small program: the memory of the process that starts another counts as that one's own until it
// has become the new program, and Python's own is larger than what is measured here.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

std::chrono::nanoseconds duration(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: bench_measure COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (const int error = ::posix_spawnp(&child, argv[1], &actions, nullptr, argv + 1, environ);
      error != 0) {
    std::fprintf(stderr, "%s: %s\n", argv[1], std::strerror(error));
    return 2;
  }
  int status = 0;
  rusage usage{};
  if (::wait4(child, &status, 0, &usage) < 0) {
    std::perror("bench_measure");
    return 2;
  }
  const std::chrono::nanoseconds wall = std::chrono::steady_clock::now() - start;
  const std::chrono::nanoseconds processor = duration(usage.ru_utime) + duration(usage.ru_stime);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::printf("%lld %lld %ld %d\n", static_cast<long long>(wall.count()),
              static_cast<long long>(processor.count()), usage.ru_maxrss, code);
}
