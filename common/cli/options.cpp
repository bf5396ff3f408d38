#include "cli/options.hpp"

#include "report/report.hpp"

namespace gauger::cli {
namespace {

std::vector<Flag> report_flags(Options& options) {
  const auto formats = report::format_names();
  return {
      {.name = "--format",
       .value_name = "FORMAT",
       .help = "Format of the report (default: text; under GitHub Actions with annotations)",
       .target = &options.format,
       .choices = {formats.begin(), formats.end()}},
      {.name = "--output",
       .value_name = "FILE",
       .help = "Write the report to a file, whole or not at all",
       .target = &options.output},
      {.name = "--color",
       .help = "Colours in the text format (default: auto; NO_COLOR is honoured)",
       .target = &options.color,
       .choices = {"auto", "always", "never"}},
      {.name = "--strict", .help = "Exit with 1 for warnings too", .target = &options.strict},
      {.name = "--list-rules", .help = "List the rules", .target = &options.list_rules},
      {.name = "--explain",
       .value_name = "RULE",
       .help = "Explain a rule",
       .target = &options.explain},
  };
}

}  // namespace

std::vector<Flag> common_flags(Options& options, CommonFlags which) {
  std::vector<Flag> flags{
      {.name = "--project",
       .value_name = "DIR",
       .help = "The project's folder (default: the current one, then its parents)",
       .target = &options.project_folder},
      {.name = "--config",
       .value_name = "FILE",
       .help = "The configuration (default: gauger.toml, or [tool.gauger] in pyproject.toml)",
       .target = &options.config_file},
      {.name = "-n,--name",
       .value_name = "SECTION",
       .help = "The section of alembic.ini, as Alembic's own -n",
       .target = &options.section},
  };
  if (which == CommonFlags::check) {
    for (Flag& flag : report_flags(options)) {
      flags.push_back(std::move(flag));
    }
  }
  flags.push_back({.name = "-q,--quiet",
                   .help = "No progress and no notes on stderr",
                   .target = &options.quiet});
  flags.push_back({.name = "-v,--verbose", .help = "More notes", .target = &options.verbose});
  flags.push_back({.name = "--version", .help = "The version", .target = &options.version});
  flags.push_back({.name = "-h,--help", .help = "This text", .target = &options.help});
  return flags;
}

}  // namespace gauger::cli
