// gauger: the front of the suite. `gauger <tool> …` runs an executable of it; `check`, `init`,
// `doctor`, `projects`, `hook`, `hooks-install` and `makefile` are its own.
#pragma once

namespace gauger::tools {

// Exit status: that of what was run; 2 where nothing could be.
[[nodiscard]] int run_gauger(int argc, const char* const* argv);

// `argv[0]` is the word after "gauger".
[[nodiscard]] int run_check(int argc, const char* const* argv);
[[nodiscard]] int run_init(int argc, const char* const* argv);
[[nodiscard]] int run_doctor(int argc, const char* const* argv);
[[nodiscard]] int run_projects(int argc, const char* const* argv);
[[nodiscard]] int run_hook(int argc, const char* const* argv);
[[nodiscard]] int run_hooks_install(int argc, const char* const* argv);
[[nodiscard]] int run_makefile(int argc, const char* const* argv);

}  // namespace gauger::tools
