// A revision file read as a list of operations.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "eval/interpreter.hpp"
#include "migration/operation.hpp"
#include "migration/swallowed.hpp"
#include "python/outline.hpp"

namespace gauger::migration {

// When downgrade() is read as well, which costs as much again.
enum class ReadDowngrade : std::uint8_t { never, where_enums_are_made, always };

struct Settings {
  // Names of helpers, without or with their module, and the Alembic operation that each stands for
  // ([lint] wrappers): one of operation_names().
  std::map<std::string, std::string> wrappers;
  std::string function = "upgrade";  // what is read; seed scripts have "seed"
  ReadDowngrade downgrade = ReadDowngrade::never;
};

// What a wrapper can stand for: Alembic's directives, and those of the extensions that are known.
[[nodiscard]] std::vector<std::string_view> operation_names();

struct Migration {
  // The file; the operations' places point into it and into the library's modules.
  std::unique_ptr<eval::Module> module;
  python::Outline outline;
  std::vector<Operation> upgrade;
  bool has_upgrade = false;
  const python::Node* upgrade_function = nullptr;  // null: it stands in no file that is at hand
  bool upgrade_acts = false;                       // it does something, understood or not
  bool upgrade_is_async = false;                   // and so is never run: Alembic awaits nothing
  // Only where Settings::downgrade asks for it.
  std::vector<Operation> downgrade;
  bool has_downgrade = false;
  const python::Node* downgrade_function = nullptr;  // as upgrade_function
  bool downgrade_raises = false;                     // its last statement is a `raise`
  std::vector<Swallowed> swallowed;                  // in what was read
  // Tree paths beside the file itself that decided how it was read: modules of the project, and
  // places where one was looked for in vain.
  std::set<std::string> depends_on;
};

// Reads `upgrade()` (or the settings' `function`, as Migration's `upgrade`), and `downgrade()`
// where asked for, of the revision file `path` with the decoded `text`. `library` must outlive the
// result.
//
// Error: the file is not valid Python (unparsable, with path and position).
[[nodiscard]] base::Result<Migration> read(std::string path, std::string text,
                                           eval::Library& library, const Settings& settings);

}  // namespace gauger::migration
