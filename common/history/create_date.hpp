// `Create Date:` of a revision's header, as Alembic's templates and people write it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::history {

// Microseconds since 1970-01-01 00:00 UTC.
using Instant = std::int64_t;

constexpr Instant one_second = 1'000'000;

enum class DatePrecision : std::uint8_t { day, minute, second };

struct CreateDate {
  Instant utc = 0;                  // a date without offset counts as UTC
  std::int16_t offset_minutes = 0;  // east of Greenwich
  bool has_offset = false;          // "+02:00", "+02", "+0200", "Z", or a zone's abbreviation
  DatePrecision precision = DatePrecision::second;
  std::uint8_t fraction_digits = 0;
  char separator = ' ';  // between date and time: ' ' or 'T'
  base::Span clock{};    // date and time without the offset
};

// Reads the header's value at `value` of `text`: a date; optionally "T" or blanks and HH:MM, with
// seconds and a fraction; optionally an offset or zone; optionally words behind a blank.
//
// Error (unparsable): what is wrong with it, such as a month that does not exist, or a zone whose
// abbreviation is not known.
[[nodiscard]] base::Result<CreateDate> parse_create_date(std::string_view text, base::Span value);

// A date one second after `instant`, in the style of `date`: same offset, same separator, as many
// digits of a fraction; a date without seconds gets them. What to write in place of `date.clock`.
// Nothing where the year would have five digits.
struct RaisedDate {
  Instant utc = 0;
  std::string clock;
};
[[nodiscard]] std::optional<RaisedDate> one_second_after(const CreateDate& date, Instant instant);

// "2024-05-01 10:00:00 UTC", for messages; with a fraction where there is one.
[[nodiscard]] std::string format_utc(Instant instant);

}  // namespace gauger::history
