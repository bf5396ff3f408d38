// Undoing things on every way out: a child process that makes something, and undoes it as soon as
// the process that wanted it is gone, however it went.
#pragma once

#include <functional>
#include <string>
#include <sys/types.h>

#include "base/result.hpp"

namespace gauger::database {

// The child lives in a session of its own and waits on a pipe, whose end tells it that the owner
// is gone: by the destructor, by SIGINT, SIGTERM or SIGHUP, by SIGKILL alike. The destructor and,
// if nobody else handles them, the three signals wait until all is undone; then the signal takes
// its course. A second signal does not wait.
//
// start() forks: no other thread should be running then.
class Keeper {
 public:
  // Both run in the child. What `make` returns comes back as made(). `undo` runs also when `make`
  // failed half-way.
  using Make = std::function<base::Result<std::string>()>;
  using Undo = std::function<void()>;
  [[nodiscard]] static base::Result<Keeper> start(const Make& make, const Undo& undo);

  Keeper(Keeper&& other) noexcept;
  Keeper& operator=(Keeper&& other) noexcept;
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper();

  [[nodiscard]] const std::string& made() const { return made_; }

 private:
  Keeper() = default;

  std::string made_;
  std::size_t slot_ = 0;  // in the registry of what the signals' handler ends, counted from 1
};

}  // namespace gauger::database
