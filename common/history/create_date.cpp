#include "history/create_date.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace gauger::history {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

// Abbreviations that mean one offset: those of RFC 5322, section 4.3, and others that are not
// shared by two parts of the world.
struct Zone {
  std::string_view name;
  std::int16_t offset_minutes;
};
constexpr std::array zones = {
    Zone{"Z", 0},      Zone{"UTC", 0},    Zone{"UT", 0},     Zone{"GMT", 0},    Zone{"EST", -300},
    Zone{"EDT", -240}, Zone{"CST", -360}, Zone{"CDT", -300}, Zone{"MST", -420}, Zone{"MDT", -360},
    Zone{"PST", -480}, Zone{"PDT", -420}, Zone{"WET", 0},    Zone{"WEST", 60},  Zone{"CET", 60},
    Zone{"CEST", 120}, Zone{"EET", 120},  Zone{"EEST", 180}, Zone{"MSK", 180},  Zone{"JST", 540},
    Zone{"KST", 540},
};

// Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level
// Date Algorithms").
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

Civil civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool is_capital(char byte) { return byte >= 'A' && byte <= 'Z'; }

// Walks over the value; `ok` turns false at the first thing that does not fit.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest), size_(rest.size()) {}

  [[nodiscard]] std::size_t at() const { return size_ - rest_.size(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return ahead < rest_.size() ? rest_[ahead] : '\0';
  }
  void skip(std::size_t count) { rest_.remove_prefix(count); }
  [[nodiscard]] std::size_t blanks_ahead() const {
    std::size_t count = 0;
    while (is_blank(peek(count))) {
      ++count;
    }
    return count;
  }
  bool take(char expected) {
    if (peek() != expected || rest_.empty()) {
      return false;
    }
    skip(1);
    return true;
  }
  // Exactly `digits` digits.
  bool number(std::size_t digits, unsigned& value) {
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!is_digit(peek(i))) {
        return false;
      }
      value = value * 10 + static_cast<unsigned>(peek(i) - '0');
    }
    if (is_digit(peek(digits))) {
      return false;
    }
    skip(digits);
    return true;
  }

 private:
  std::string_view rest_;
  std::size_t size_;
};

tl::unexpected<base::Error> wrong(std::string message) {
  return base::failure({.kind = base::ErrorKind::unparsable, .message = std::move(message)});
}

struct ClockTime {
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  unsigned microsecond = 0;
};

// At the first digit of the hour. Returns what is wrong, or nothing.
std::optional<std::string> read_time(Reader& reader, CreateDate& date, ClockTime& time) {
  if (!reader.number(2, time.hour) || !reader.take(':') || !reader.number(2, time.minute)) {
    return "the time is not HH:MM or HH:MM:SS";
  }
  date.precision = DatePrecision::minute;
  if (reader.take(':')) {
    if (!reader.number(2, time.second)) {
      return "the seconds are not two digits";
    }
    date.precision = DatePrecision::second;
    const std::size_t blanks = is_blank(reader.peek()) && reader.peek(1) == '.' ? 1 : 0;
    if (reader.peek(blanks) == '.' && is_digit(reader.peek(blanks + 1))) {
      reader.skip(blanks + 1);
      unsigned scale = 100'000;
      while (is_digit(reader.peek())) {
        time.microsecond += static_cast<unsigned>(reader.peek() - '0') * scale;
        scale /= 10;
        if (date.fraction_digits < 9) {
          ++date.fraction_digits;
        }
        reader.skip(1);
      }
    }
  }
  if (time.hour > 23 || time.minute > 59 || time.second > 59) {
    return "there is no such time of day";
  }
  return std::nullopt;
}

std::optional<std::string> read_numeric_offset(Reader& reader, CreateDate& date) {
  const int sign = reader.peek() == '-' ? -1 : 1;
  reader.skip(1);
  unsigned hours = 0;
  unsigned minutes = 0;
  if (reader.number(4, hours)) {  // +0200
    minutes = hours % 100;
    hours /= 100;
  } else if (!reader.number(2, hours) || (reader.take(':') && !reader.number(2, minutes))) {
    return "the offset is not +HH:MM";
  }
  if (hours > 23 || minutes > 59) {
    return "there is no such offset from UTC";
  }
  date.offset_minutes = static_cast<std::int16_t>(sign * static_cast<int>(hours * 60 + minutes));
  date.has_offset = true;
  return std::nullopt;
}

// Behind the time: an offset, the abbreviation of a zone, or neither.
std::optional<std::string> read_offset(Reader& reader, CreateDate& date) {
  const std::size_t blanks = reader.blanks_ahead();
  if (reader.peek(blanks) == '+' || reader.peek(blanks) == '-') {
    reader.skip(blanks);
    return read_numeric_offset(reader, date);
  }
  std::size_t length = 0;
  while (is_capital(reader.peek(blanks + length))) {
    ++length;
  }
  if (length == 0 || is_letter(reader.peek(blanks + length))) {
    return std::nullopt;
  }
  const std::string_view name = reader.rest().substr(blanks, length);
  const auto* const zone =
      std::find_if(zones.begin(), zones.end(), [&](const Zone& z) { return z.name == name; });
  if (zone != zones.end()) {
    date.offset_minutes = zone->offset_minutes;
    date.has_offset = true;
    reader.skip(blanks + length);
  } else if (length > 1 && length <= 5) {
    return fmt::format("the zone '{}' is not known; an offset such as +02:00 is", name);
  }
  return std::nullopt;
}

// Only words behind a blank may follow, of which the first does not look like a time.
std::optional<std::string> read_end(const Reader& reader) {
  const std::size_t blanks = reader.blanks_ahead();
  const std::string_view rest = reader.rest().substr(blanks);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  const bool is_word = blanks > 0 && word.find(':') == std::string_view::npos &&
                       (is_letter(reader.peek(blanks)) || reader.peek(blanks) == '(');
  if (rest.empty() || is_word) {
    return std::nullopt;
  }
  return fmt::format("'{}' is not part of a date", rest);
}

// Rounds towards the past, also before 1970.
std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

std::string format_clock(Instant local, char separator, std::size_t fraction_digits) {
  const std::int64_t seconds = floor_divide(local, one_second);
  const std::int64_t days = floor_divide(seconds, seconds_per_day);
  const std::int64_t of_day = seconds - days * seconds_per_day;
  const Civil civil = civil_from_days(days);
  std::string clock =
      fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", civil.year, civil.month, civil.day,
                  separator, of_day / 3600, of_day / 60 % 60, of_day % 60);
  if (fraction_digits > 0) {
    std::string fraction = fmt::format(".{:06}", local - seconds * one_second);
    fraction.resize(fraction_digits + 1, '0');
    clock += fraction;
  }
  return clock;
}

}  // namespace

base::Result<CreateDate> parse_create_date(std::string_view text, base::Span value) {
  Reader reader(base::slice(text, value));
  if (reader.rest().empty()) {
    return wrong("it is empty");
  }
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!reader.number(4, year) || !reader.take('-') || !reader.number(2, month) ||
      !reader.take('-') || !reader.number(2, day)) {
    return wrong("the date is not YYYY-MM-DD");
  }
  if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return wrong("there is no such day");
  }

  CreateDate date;
  date.precision = DatePrecision::day;
  ClockTime time;
  auto clock_size = reader.at();
  const std::size_t blanks = reader.blanks_ahead();
  const bool has_t = reader.peek() == 'T' && is_digit(reader.peek(1));
  if (has_t || (blanks > 0 && is_digit(reader.peek(blanks)))) {
    date.separator = has_t ? 'T' : ' ';
    reader.skip(has_t ? 1 : blanks);
    if (auto problem = read_time(reader, date, time)) {
      return wrong(std::move(*problem));
    }
    clock_size = reader.at();
    if (auto problem = read_offset(reader, date)) {
      return wrong(std::move(*problem));
    }
  }
  if (auto problem = read_end(reader)) {
    return wrong(std::move(*problem));
  }

  const std::int64_t seconds = days_from_civil(year, month, day) * seconds_per_day +
                               time.hour * 3600 + time.minute * 60 + time.second -
                               std::int64_t{date.offset_minutes} * 60;
  date.utc = seconds * one_second + time.microsecond;
  date.clock = {value.begin, value.begin + static_cast<std::uint32_t>(clock_size)};
  return date;
}

std::optional<RaisedDate> one_second_after(const CreateDate& date, Instant instant) {
  Instant granule = one_second;
  for (std::size_t i = 0; i < date.fraction_digits && granule > 1; ++i) {
    granule /= 10;
  }
  // Rounding down takes less than the second that was added.
  const Instant utc = floor_divide(instant + one_second, granule) * granule;
  const Instant local = utc + Instant{date.offset_minutes} * 60 * one_second;
  const Instant end_of_years = days_from_civil(10'000, 1, 1) * seconds_per_day * one_second;
  if (local >= end_of_years) {
    return std::nullopt;
  }
  return RaisedDate{utc, format_clock(local, date.separator, date.fraction_digits)};
}

std::string format_utc(Instant instant) {
  return format_clock(instant, ' ', instant % one_second == 0 ? 0 : 6) + " UTC";
}

}  // namespace gauger::history
