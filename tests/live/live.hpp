// What the live tests share.
#pragma once

#include <cstdlib>
#include <sys/statvfs.h>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

#include "base/result.hpp"
#include "database/server.hpp"

namespace live {

// Servers are made and removed all the time here: in memory, where there is enough of it.
inline void prefer_memory() {
  constexpr unsigned long enough = 512UL << 20U;
  struct statvfs facts {};
  if (std::getenv("TMPDIR") == nullptr && ::statvfs("/dev/shm", &facts) == 0 &&
      facts.f_bavail * facts.f_frsize > enough) {
    ::setenv("TMPDIR", "/dev/shm", 1);
  }
}

// The server that GAUGER_POSTGRES_BIN names, else the machine's.
inline gauger::database::ServerOptions options() {
  prefer_memory();
  const char* binaries = std::getenv("GAUGER_POSTGRES_BIN");
  return {.binaries = binaries == nullptr ? "" : binaries};
}

template <class T>
T must(gauger::base::Result<T> result) {
  if (!result) {
    FAIL(result.error().message << '\n' << result.error().help);
  }
  if constexpr (!std::is_void_v<T>) {
    return std::move(*result);
  }
}

// One for all tests of an executable.
inline const gauger::database::Server& server() {
  static const gauger::database::Server shared = must(gauger::database::Server::start(options()));
  return shared;
}

}  // namespace live
