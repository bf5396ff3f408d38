#include "history/create_date.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using gauger::history::CreateDate;
using gauger::history::format_utc;
using gauger::history::one_second;
using gauger::history::one_second_after;
using gauger::history::parse_create_date;

namespace {

gauger::base::Result<CreateDate> parse(std::string_view text) {
  return parse_create_date(text, {0, static_cast<std::uint32_t>(text.size())});
}

std::string utc(std::string_view text) {
  const auto date = parse(text);
  return date ? format_utc(date->utc) : "not a date: " + date.error().message;
}

// What --fix would write for `text` behind a parent of `parent`.
std::string raised(std::string_view text, std::string_view parent) {
  const auto date = parse(text);
  const auto floor = parse(parent);
  REQUIRE(date.has_value());
  REQUIRE(floor.has_value());
  const auto result = one_second_after(*date, floor->utc);
  REQUIRE(result.has_value());
  CHECK(result->utc > floor->utc);
  std::string written = result->clock + std::string(text.substr(date->clock.end));
  CHECK(parse(written)->utc == result->utc);
  return written;
}

}  // namespace

TEST_CASE("history::parse_create_date reads the forms that real headers have") {
  CHECK(utc("2021-03-04 05:06:07.123456") == "2021-03-04 05:06:07.123456 UTC");
  CHECK(utc("2021-03-04 05:06:07") == "2021-03-04 05:06:07 UTC");
  CHECK(utc("2021-03-04 05:06:07.5") == "2021-03-04 05:06:07.500000 UTC");
  CHECK(utc("2021-03-04 05:06:07.123") == "2021-03-04 05:06:07.123000 UTC");
  CHECK(utc("2021-03-04 05:06:07.123456789") == "2021-03-04 05:06:07.123456 UTC");
  CHECK(utc("2021-03-04 05:06:07 .25") == "2021-03-04 05:06:07.250000 UTC");
  CHECK(utc("2021-03-04 05:06") == "2021-03-04 05:06:00 UTC");
  CHECK(utc("2021-03-04") == "2021-03-04 00:00:00 UTC");
  CHECK(utc("2021-03-04T05:06:07") == "2021-03-04 05:06:07 UTC");
  CHECK(utc("2021-03-04  05:06:07") == "2021-03-04 05:06:07 UTC");
}

TEST_CASE("history::parse_create_date subtracts the offset") {
  CHECK(utc("2021-03-04 05:06:07.5+02:00") == "2021-03-04 03:06:07.500000 UTC");
  CHECK(utc("2021-03-04T05:06:07-0530") == "2021-03-04 10:36:07 UTC");
  CHECK(utc("2021-03-04 05:06:07+02") == "2021-03-04 03:06:07 UTC");
  CHECK(utc("2021-03-04 05:06:07 +02:00") == "2021-03-04 03:06:07 UTC");
  CHECK(utc("2021-01-01T00:30:00+01:00") == "2020-12-31 23:30:00 UTC");
  CHECK(utc("2021-03-04T05:06:07Z") == "2021-03-04 05:06:07 UTC");
  CHECK(utc("2021-03-04 05:06:07 EST") == "2021-03-04 10:06:07 UTC");
  CHECK(utc("2021-03-04 05:06:07.1 CEST") == "2021-03-04 03:06:07.100000 UTC");
  CHECK(parse("2021-03-04 05:06:07 EST")->has_offset);
  CHECK_FALSE(parse("2021-03-04 05:06:07")->has_offset);
}

TEST_CASE("history::parse_create_date passes over words behind the date") {
  CHECK(utc("2021-03-04 05:06:07 by hand") == "2021-03-04 05:06:07 UTC");
  CHECK(utc("2021-03-04 (about)") == "2021-03-04 00:00:00 UTC");
  CHECK(utc("2021-03-04 05:06:07+01:00 (Berlin)") == "2021-03-04 04:06:07 UTC");
  CHECK(utc("2021-03-04 05:06:07 UTC, rebased") == "not a date: ', rebased' is not part of a date");
}

TEST_CASE("history::parse_create_date says what is wrong") {
  CHECK(utc("") == "not a date: it is empty");
  CHECK(utc("yesterday") == "not a date: the date is not YYYY-MM-DD");
  CHECK(utc("2021-3-4") == "not a date: the date is not YYYY-MM-DD");
  CHECK(utc("20210-03-04") == "not a date: the date is not YYYY-MM-DD");
  CHECK(utc("2021-13-01") == "not a date: there is no such day");
  CHECK(utc("2021-02-29") == "not a date: there is no such day");
  CHECK(utc("2020-02-29") == "2020-02-29 00:00:00 UTC");
  CHECK(utc("1900-02-29") == "not a date: there is no such day");
  CHECK(utc("0000-01-01") == "not a date: there is no such day");
  CHECK(utc("2021-03-04 24:00:00") == "not a date: there is no such time of day");
  CHECK(utc("2021-03-04 5:06") == "not a date: the time is not HH:MM or HH:MM:SS");
  CHECK(utc("2021-03-04 05:06:7") == "not a date: the seconds are not two digits");
  CHECK(utc("2021-03-04 XX:XX") == "not a date: 'XX:XX' is not part of a date");
  CHECK(utc("2021-03-04 05:06:07+2:00") == "not a date: the offset is not +HH:MM");
  CHECK(utc("2021-03-04 05:06:07+25:00") == "not a date: there is no such offset from UTC");
  CHECK(utc("2021-03-04 05:06:07 XYZ") ==
        "not a date: the zone 'XYZ' is not known; an offset such as +02:00 is");
  CHECK(utc("2021-03-04 05:06:07 12") == "not a date: '12' is not part of a date");
}

TEST_CASE("history::parse_create_date gives the place of date and time") {
  const std::string_view text = "Create Date: 2021-03-04T05:06:07.5+02:00 x";
  const auto date = parse_create_date(text, {13, static_cast<std::uint32_t>(text.size())});
  REQUIRE(date.has_value());
  CHECK(gauger::base::slice(text, date->clock) == "2021-03-04T05:06:07.5");
}

TEST_CASE("history::one_second_after keeps the style") {
  CHECK(raised("2021-01-01 00:00:00.000000", "2021-03-04 05:06:07.654321") ==
        "2021-03-04 05:06:08.654321");
  CHECK(raised("2021-01-01 00:00:00", "2021-03-04 05:06:07.654321") == "2021-03-04 05:06:08");
  CHECK(raised("2021-01-01T00:00:00.1", "2021-03-04 05:06:07.654321") == "2021-03-04T05:06:08.6");
  CHECK(raised("2021-01-01 00:00:00+02:00", "2021-12-31 22:30:00Z") == "2022-01-01 00:30:01+02:00");
  CHECK(raised("2021-01-01 00:00:00 EST", "2021-03-04 00:00:00") == "2021-03-03 19:00:01 EST");
  CHECK(raised("2021-01-01", "2021-03-04") == "2021-03-04 00:00:01");
  CHECK(raised("2021-01-01 10:00", "2021-03-04 05:06") == "2021-03-04 05:06:01");
  CHECK(raised("2021-01-01 10:00:00 .5", "2021-03-04 05:06:07") == "2021-03-04 05:06:08.0");
  CHECK(raised("1950-01-01 00:00:00", "1960-02-28 23:59:59") == "1960-02-29 00:00:00");
}

TEST_CASE("history::one_second_after knows where the years end") {
  const auto last = parse("9999-12-31 23:59:59");
  REQUIRE(last.has_value());
  CHECK_FALSE(one_second_after(*last, last->utc).has_value());
  CHECK(one_second_after(*last, last->utc - one_second).has_value());
}
