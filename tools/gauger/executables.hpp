// Where this installation has the other executables of the suite.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gauger::tools {

// The folder of this executable, links followed; nothing where the system does not tell.
[[nodiscard]] std::optional<std::string> own_folder();

// Where a tool may be: in libexec/gauger where it was installed, beside this executable in a build.
[[nodiscard]] std::vector<std::string> tool_candidates(std::string_view tool);

// The first of them that can be run.
[[nodiscard]] std::optional<std::string> find_tool(std::string_view tool);

}  // namespace gauger::tools
