// `gauger makefile`: where the fragment of make targets is, for the one line that includes it.
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "cli/run_command.hpp"
#include "tools/gauger/executables.hpp"
#include "tools/gauger/gauger.hpp"

namespace gauger::tools {
namespace {

base::Result<cli::CommandOutcome> find(const cli::CommandContext& /*context*/) {
  const auto folder = own_folder();
  const std::filesystem::path path =
      (std::filesystem::path(folder.value_or("")) / ".." / "share" / "gauger" / "gauger.mk")
          .lexically_normal();
  if (!folder || !std::filesystem::exists(path)) {
    return base::failure({.kind = base::ErrorKind::environment,
                          .message = "the fragment is not installed",
                          .help = fmt::format("looked for {}", path.string())});
  }
  return cli::CommandOutcome{.text = path.string() + "\n"};
}

}  // namespace

int run_makefile(int argc, const char* const* argv) {
  return cli::run_command(argc, argv,
                          {.name = "gauger makefile",
                           .summary = "Where is the fragment with the make targets?",
                           .run = find});
}

}  // namespace gauger::tools
