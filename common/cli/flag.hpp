// The flags of an executable, as data: what is parsed and what --help says come from one list.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace gauger::cli {

// `target` is written while the command line is read, and must outlive that. A flag that is not
// given leaves its target as it was.
struct Flag {
  // "--since", "-n,--name", or "files" for positional arguments.
  std::string name;
  std::string value_name{};  // "REV"; empty for a switch
  std::string help;
  std::variant<bool*, int*, std::string*, std::optional<std::string>*, std::vector<std::string>*>
      target;
  // What `--flag` alone means. Such a flag takes a value only as `--flag=value`, so that the word
  // after it is never swallowed. Empty: a value must be given.
  std::string implicit{};
  std::vector<std::string> choices{};  // empty: any value
};

// Whether it is given by its place, without a name.
[[nodiscard]] bool is_positional(const Flag& flag);

// What an executable is called and what it answers, for --help and usage errors.
struct Usage {
  std::string_view name;           // "check-heads"
  std::string_view summary;        // "Does the history have one head?"
  std::vector<Flag> flags;         // its own
  std::vector<Flag> common_flags;  // listed below its own
};

// Writes the targets of all flags. A later value replaces an earlier one, but for a vector, which
// takes each. Error (usage) with the nearest known flag or value in `help`; the targets that were
// reached before it are written.
[[nodiscard]] base::Result<void> parse(int argc, const char* const* argv, const Usage& usage);

[[nodiscard]] std::string help_text(const Usage& usage);

}  // namespace gauger::cli
