#include "cli/run_command.hpp"

#include "cli/session.hpp"

namespace gauger::cli {
namespace {

int run(int argc, const char* const* argv, const Command& command) {
  Options options;
  const Usage usage{command.name, command.summary, command.flags,
                    common_flags(options, CommonFlags::command)};
  if (const auto parsed = parse(argc, argv, usage); !parsed) {
    return refuse(command.name, parsed.error());
  }
  if (const auto answered = answer(options, usage)) {
    return *answered;
  }
  const auto request = request_of(options, process_environment());
  if (!request) {
    return refuse(command.name, request.error());
  }
  const auto outcome = command.run({*request, notes(command.name, options)});
  if (!outcome) {
    return refuse(command.name, outcome.error());
  }
  int status = outcome->status;
  for (const base::Error& error : outcome->errors) {
    status = refuse(command.name, error);
  }
  const int printed = print(outcome->text);
  return printed == exit_clean ? status : printed;
}

}  // namespace

int run_command(int argc, const char* const* argv, const Command& command) {
  return guarded(command.name, [&] { return run(argc, argv, command); });
}

}  // namespace gauger::cli
