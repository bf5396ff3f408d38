// Result<T>: how every function of Gauger reports an expected failure.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

#include "base/text.hpp"

namespace gauger::base {

// What a failure was about. The exit status does not depend on it (every Error is exit 2);
// tools and tests use it to tell failures apart.
enum class ErrorKind : std::uint8_t {
  usage,          // a flag or argument
  configuration,  // gauger.toml, pyproject.toml, alembic.ini
  unreadable,     // a file or folder could not be read or written
  unparsable,     // the text is not valid in its language
  identifier,     // a revision identifier that cannot be read without running the file
  git,
  database,
  environment,  // the project's own Python or Alembic
};

// Facts of a failure, formatted only at the edge (cli and report escape them for their medium).
struct Error {
  ErrorKind kind = ErrorKind::unreadable;
  std::string message;  // what is wrong, one sentence without final full stop, no place in it
  std::string path{};   // the file it is about, as in its FileTree; empty: none
  Position position{};  // line 0: the whole file
  std::string help{};   // what to do about it; empty: nothing more to say
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace gauger::base
