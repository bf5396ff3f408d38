// What run_tool, run_command and the gauger front have in common.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "project/project.hpp"

namespace gauger::cli {

inline constexpr int exit_clean = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_not_checked = 2;

// The last line of defence: turns what `body` throws into a message and exit status 2. A library's
// exception should have been caught in its one folder.
[[nodiscard]] int guarded(std::string_view name, const std::function<int()>& body);

// Prints text that was asked for in place of the work.
[[nodiscard]] int print(std::string_view text);

// Prints an error of the command line or of the process, with the name of what was called.
[[nodiscard]] int refuse(std::string_view name, const base::Error& error);

// --help and --version, where they were asked for: the exit status.
[[nodiscard]] std::optional<int> answer(const Options& options, const Usage& usage);

[[nodiscard]] base::Result<project::Request> request_of(const Options& options,
                                                        Environment environment);

// Lines of progress on stderr, escaped.
[[nodiscard]] std::function<void(std::string_view)> notes(std::string_view name,
                                                          const Options& options);
[[nodiscard]] std::function<void(std::string_view)> details(std::string_view name,
                                                            const Options& options);

}  // namespace gauger::cli
