#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migration/sql_parts.hpp"
#include "migration/sql_text.hpp"

namespace gauger::migration {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

// The grammar's names of types, and what format_type() makes of them.
constexpr std::array<Spelling, 24> spellings{{
    {"int4", "integer"},
    {"int", "integer"},
    {"int8", "bigint"},
    {"int2", "smallint"},
    {"serial", "integer"},
    {"serial4", "integer"},
    {"bigserial", "bigint"},
    {"serial8", "bigint"},
    {"smallserial", "smallint"},
    {"serial2", "smallint"},
    {"varchar", "character varying"},
    {"bpchar", "character"},
    {"bool", "boolean"},
    {"float8", "double precision"},
    {"float4", "real"},
    {"decimal", "numeric"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"time", "time without time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"char", "\"char\""},
    {"interval", "interval"},
    {"numeric", "numeric"},
}};

// The fields of an interval's first modifier: INTERVAL_MASK() of utils/timestamp.h, and how
// intervaltypmodout() writes them.
std::string_view interval_fields(std::int32_t mask) {
  constexpr std::int32_t month = 1 << 1;
  constexpr std::int32_t year = 1 << 2;
  constexpr std::int32_t day = 1 << 3;
  constexpr std::int32_t hour = 1 << 10;
  constexpr std::int32_t minute = 1 << 11;
  constexpr std::int32_t second = 1 << 12;
  switch (mask) {
    case year:
      return " year";
    case month:
      return " month";
    case day:
      return " day";
    case hour:
      return " hour";
    case minute:
      return " minute";
    case second:
      return " second";
    case year | month:
      return " year to month";
    case day | hour:
      return " day to hour";
    case day | hour | minute:
      return " day to minute";
    case day | hour | minute | second:
      return " day to second";
    case hour | minute:
      return " hour to minute";
    case hour | minute | second:
      return " hour to second";
    case minute | second:
      return " minute to second";
    default:
      return {};
  }
}

std::string spelled_interval(const sql::TypeName& type) {
  if (type.modifiers.empty()) {
    return "interval";
  }
  std::string result = fmt::format("interval{}", interval_fields(type.modifiers[0]));
  if (type.modifiers.size() > 1) {
    result += fmt::format("({})", type.modifiers[1]);
  }
  return result;
}

std::string spelled(const sql::TypeName& type) {
  if (!type.name.schema.empty()) {
    return fmt::format("{}.{}", type.name.schema, type.name.name);
  }
  const auto* known =
      std::find_if(spellings.begin(), spellings.end(),
                   [&](const Spelling& spelling) { return spelling.first == type.name.name; });
  if (known == spellings.end()) {
    return type.name.name;
  }
  // A bpchar without a length is no character(n), and format_type() says so.
  return type.name.name == "bpchar" && type.modifiers.empty() ? "bpchar"
                                                              : std::string(known->second);
}

std::string with_modifiers(std::string name, const sql::TypeName& type) {
  if (type.written_modifiers.empty()) {
    return name;
  }
  std::string modifiers = fmt::format("({}", fmt::join(type.written_modifiers, ","));
  modifiers += name == "numeric" && type.written_modifiers.size() == 1 ? ",0)" : ")";
  // timestamp(3) with time zone
  const std::size_t zone = name.find(" with");
  name.insert(name.starts_with("time") ? std::min(zone, name.size()) : name.size(), modifiers);
  return name;
}

// Where a number was put in the place of a hole.
std::string with_holes(std::string text) {
  const std::string number = std::to_string(hole_number);
  for (std::size_t at = text.find(number); at != std::string::npos; at = text.find(number)) {
    text.replace(at, number.size(), hole_name);
  }
  return text;
}

bool is_known(const sql::TypeName& type) {
  return !has_hole(type.name.name) && !has_hole(type.name.schema) &&
         std::none_of(type.written_modifiers.begin(), type.written_modifiers.end(),
                      [](const std::string& modifier) {
                        return modifier == "?" || has_hole(modifier) ||
                               modifier == std::to_string(hole_number);
                      });
}

}  // namespace

bool is_serial(const sql::TypeName& type) {
  constexpr std::array<std::string_view, 6> names{"serial",  "bigserial", "smallserial",
                                                  "serial4", "serial8",   "serial2"};
  return type.name.schema.empty() &&
         std::find(names.begin(), names.end(), type.name.name) != names.end();
}

Type type_from(const sql::TypeName& type) {
  Type result;
  result.written = with_holes(type.text);
  if (type.name.name.empty() || !is_known(type)) {
    return result;
  }
  const bool interval = type.name.schema.empty() && type.name.name == "interval";
  result.text = interval ? spelled_interval(type) : with_modifiers(spelled(type), type);
  if (type.array) {
    result.text += "[]";
  }
  return result;
}

}  // namespace gauger::migration
