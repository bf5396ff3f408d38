// Connection strings, as far as they are shown.
#pragma once

#include <string>
#include <string_view>

namespace gauger::base {

// A DSN that may be shown: `***` stands for the password, in the URL form (with its query) as in
// libpq's `keyword=value` form; for all of it where neither form is recognized. It rather hides too
// much: of a password with "@" or "/" in it nothing is left to see. Not escaped.
[[nodiscard]] std::string mask_dsn(std::string_view dsn);

// "a%40b" -> "a@b".
[[nodiscard]] std::string decode_percent(std::string_view text);

// A text of somebody else's, such as an exception's message, in which the password of this URL may
// stand, without it. One that is the user's name, too, or shorter than four bytes is no secret but
// where it stands in a URL.
[[nodiscard]] std::string hide_password(std::string text, std::string_view url);

}  // namespace gauger::base
