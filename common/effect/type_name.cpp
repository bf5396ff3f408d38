#include "effect/type_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gauger::effect {
namespace {

// What SQL and pg_catalog call the types that format_type() spells otherwise.
constexpr std::pair<std::string_view, std::string_view> aliases[] = {
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int", "integer"},
    {"int8", "bigint"},
    {"smallserial", "smallint"},
    {"serial", "integer"},
    {"bigserial", "bigint"},
    {"serial2", "smallint"},
    {"serial4", "integer"},
    {"serial8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"float", "double precision"},
    {"decimal", "numeric"},
    {"bool", "boolean"},
    {"varchar", "character varying"},
    {"char", "character"},
    {"varbit", "bit varying"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"time", "time without time zone"},
    {"timetz", "time with time zone"},
};

// format_type() of PostgreSQL 15's base, range and multirange types.
constexpr std::string_view builtins[] = {
    "\"char\"",
    "aclitem",
    "bigint",
    "bit",
    "bit varying",
    "boolean",
    "box",
    "bpchar",
    "bytea",
    "character",
    "character varying",
    "cid",
    "cidr",
    "circle",
    "date",
    "datemultirange",
    "daterange",
    "double precision",
    "inet",
    "int4multirange",
    "int4range",
    "int8multirange",
    "int8range",
    "integer",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "path",
    "pg_lsn",
    "pg_snapshot",
    "point",
    "polygon",
    "real",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "smallint",
    "text",
    "tid",
    "time with time zone",
    "time without time zone",
    "timestamp with time zone",
    "timestamp without time zone",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "uuid",
    "xid",
    "xid8",
    "xml",
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

std::string lower_unquoted(std::string_view text) {
  std::string result(text);
  bool quoted = false;
  for (char& c : result) {
    quoted = quoted != (c == '"');
    if (!quoted) {
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return result;
}

std::vector<int> numbers(std::string_view list) {
  std::vector<int> result;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view item = trimmed(list.substr(0, comma));
    int value = 0;
    std::from_chars(item.data(), item.data() + item.size(), value);
    result.push_back(value);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return result;
}

void complete(TypeParts& parts) {
  if (parts.modifiers.empty() && (parts.base == "character" || parts.base == "bit")) {
    parts.modifiers = {1};
  }
  if (parts.base == "bpchar") {
    parts.base = "character";
  }
  if (parts.base == "numeric" && parts.modifiers.size() == 1) {
    parts.modifiers.push_back(0);
  }
}

}  // namespace

TypeParts parse_type(std::string_view text) {
  TypeParts parts;
  std::string rest = lower_unquoted(trimmed(text));
  while (rest.ends_with("]")) {
    parts.array = true;
    rest = std::string(trimmed(std::string_view(rest).substr(0, rest.rfind('['))));
  }
  if (const std::size_t open = rest.find('('); open != std::string::npos) {
    const std::size_t close = std::min(rest.find(')', open), rest.size() - 1);
    parts.modifiers = numbers(std::string_view(rest).substr(open + 1, close - open - 1));
    rest.erase(open, close - open + 1);
    rest = std::string(trimmed(rest));
  }
  constexpr std::string_view catalog_schema = "pg_catalog.";
  if (rest.starts_with(catalog_schema)) {
    rest.erase(0, catalog_schema.size());
  }
  constexpr std::string_view interval = "interval ";
  if (rest.starts_with(interval)) {
    parts.fields = rest.substr(interval.size());
    rest = "interval";
  }
  const bool single = parts.modifiers.size() == 1;
  if (rest == "float" && single) {
    rest = parts.modifiers[0] <= 24 ? "real" : "double precision";
    parts.modifiers.clear();
  }
  for (const auto& [alias, name] : aliases) {
    if (rest == alias) {
      rest = name;
    }
  }
  parts.base = std::move(rest);
  parts.builtin =
      std::find(std::begin(builtins), std::end(builtins), parts.base) != std::end(builtins);
  complete(parts);
  return parts;
}

}  // namespace gauger::effect
