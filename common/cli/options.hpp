// The options that every executable has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/flag.hpp"

namespace gauger::cli {

// As they were given; `format` and `color` are one of their choices.
struct Options {
  std::optional<std::string> project_folder{};
  std::optional<std::string> config_file{};
  std::optional<std::string> section{};
  std::optional<std::string> format{};
  std::optional<std::string> output{};
  std::string color = "auto";
  bool quiet = false;
  bool verbose = false;
  bool strict = false;
  // Asked for in place of the work; these need no project.
  bool help = false;
  bool version = false;
  bool list_rules = false;
  std::optional<std::string> explain{};
};

// Which of them an executable has: a command, unlike a check, has no findings to report.
enum class CommonFlags : std::uint8_t { check, command };

// The flags that write `options`, which must outlive them.
[[nodiscard]] std::vector<Flag> common_flags(Options& options, CommonFlags which);

}  // namespace gauger::cli
