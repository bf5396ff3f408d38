#include "effect/type_cast.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "effect/lookup.hpp"
#include "effect/type_name.hpp"

namespace gauger::effect {
namespace {

struct Cast {
  std::string_view from;
  std::string_view to;
};

constexpr std::array<std::string_view, 5> string_types = {"text", "character varying", "character",
                                                          "bpchar", "name"};
constexpr std::array<std::string_view, 6> number_types = {
    "smallint", "integer", "bigint", "numeric", "real", "double precision"};
// Cast to themselves and to strings, and to what `others` says.
constexpr std::array<std::string_view, 18> alone = {
    "boolean",   "uuid",      "bytea",     "macaddr",   "xml",      "tsvector",
    "tsquery",   "point",     "int4range", "int8range", "numrange", "tsrange",
    "tstzrange", "daterange", "json",      "bit",       "inet",     "interval"};

constexpr std::array others = {
    Cast{"smallint", "oid"},
    Cast{"integer", "oid"},
    Cast{"bigint", "oid"},
    Cast{"oid", "integer"},
    Cast{"oid", "bigint"},
    Cast{"integer", "money"},
    Cast{"bigint", "money"},
    Cast{"numeric", "money"},
    Cast{"money", "numeric"},
    Cast{"date", "timestamp without time zone"},
    Cast{"date", "timestamp with time zone"},
    Cast{"timestamp without time zone", "date"},
    Cast{"timestamp without time zone", "timestamp with time zone"},
    Cast{"timestamp without time zone", "time without time zone"},
    Cast{"timestamp with time zone", "date"},
    Cast{"timestamp with time zone", "timestamp without time zone"},
    Cast{"timestamp with time zone", "time without time zone"},
    Cast{"timestamp with time zone", "time with time zone"},
    Cast{"time without time zone", "time with time zone"},
    Cast{"time without time zone", "interval"},
    Cast{"time with time zone", "time without time zone"},
    Cast{"interval", "time without time zone"},
    Cast{"json", "jsonb"},
    Cast{"jsonb", "json"},
    Cast{"bit", "bit varying"},
    Cast{"bit varying", "bit"},
    Cast{"inet", "cidr"},
    Cast{"cidr", "inet"},
};

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view type) {
  return std::find(list.begin(), list.end(), type) != list.end();
}

bool was_tried(std::string_view type) {
  return is_in(string_types, type) || is_in(number_types, type) || is_in(alone, type) ||
         std::any_of(others.begin(), others.end(),
                     [&](const Cast& cast) { return cast.from == type || cast.to == type; });
}

bool casts(std::string_view from, std::string_view to) {
  return from == to || is_in(string_types, to) ||
         (is_in(number_types, from) && is_in(number_types, to)) ||
         std::any_of(others.begin(), others.end(),
                     [&](const Cast& cast) { return cast.from == from && cast.to == to; });
}

}  // namespace

std::optional<bool> casts_by_itself(std::string_view from, std::string_view to,
                                    const catalog::Catalog& catalog) {
  const TypeParts source = parse_type(from);
  const TypeParts target = parse_type(to);
  // An enum is cast as the types that are alone in their family.
  const auto name_of = [&](const TypeParts& type) {
    const catalog::Enum* found = type.builtin ? nullptr : find_enum(catalog, type.base);
    return found == nullptr ? type.base : catalog::display(found->name) + " (enum)";
  };
  const std::string source_name = name_of(source);
  const std::string target_name = name_of(target);
  const auto is_known = [](const TypeParts& type, std::string_view name) {
    return type.builtin ? was_tried(name) : name.ends_with(" (enum)");
  };
  if (!is_known(source, source_name) || !is_known(target, target_name)) {
    return std::nullopt;
  }
  if (source.array != target.array) {
    return !target.array && is_in(string_types, target_name);
  }
  return casts(source_name, target_name);
}

}  // namespace gauger::effect
