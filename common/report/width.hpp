// How many columns of a terminal a character takes.
#pragma once

namespace gauger::report {

// 0 for combining marks, 2 for East Asian wide and fullwidth characters and emoji (Unicode Standard
// Annex 11), else 1.
[[nodiscard]] int column_width(char32_t value);

}  // namespace gauger::report
