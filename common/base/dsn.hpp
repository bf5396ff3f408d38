// Connection strings, as far as they are shown.
#pragma once

#include <string>
#include <string_view>

namespace gauger::base {

// A DSN that may be shown: `***` stands for the password, in the URL form (with its query) as in
// libpq's `keyword=value` form; for all of it where neither form is recognized. It rather hides too
// much: of a password with "@" or "/" in it nothing is left to see. Not escaped.
[[nodiscard]] std::string mask_dsn(std::string_view dsn);

}  // namespace gauger::base
