#include "migration/type_names.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/sql_parts.hpp"

namespace gauger::migration {

using eval::Value;
using eval::ValueKind;

namespace {

struct PlainType {
  std::string_view sqlalchemy;
  std::string_view postgresql;
};

// Types whose arguments do not change what PostgreSQL calls them. The last ones are no types of
// PostgreSQL; SQLAlchemy writes them all the same.
constexpr std::array plain_types = {
    PlainType{"Integer", "integer"},
    PlainType{"INTEGER", "integer"},
    PlainType{"INT", "integer"},
    PlainType{"BigInteger", "bigint"},
    PlainType{"BIGINT", "bigint"},
    PlainType{"SmallInteger", "smallint"},
    PlainType{"SMALLINT", "smallint"},
    PlainType{"Boolean", "boolean"},
    PlainType{"BOOLEAN", "boolean"},
    PlainType{"MatchType", "boolean"},
    PlainType{"Date", "date"},
    PlainType{"DATE", "date"},
    PlainType{"REAL", "real"},
    PlainType{"Double", "double precision"},
    PlainType{"DOUBLE_PRECISION", "double precision"},
    PlainType{"LargeBinary", "bytea"},
    PlainType{"PickleType", "bytea"},
    PlainType{"BYTEA", "bytea"},
    PlainType{"JSON", "json"},
    PlainType{"JSONB", "jsonb"},
    PlainType{"JSONPATH", "jsonpath"},
    PlainType{"JSONPathType", "jsonpath"},
    PlainType{"UUID", "uuid"},
    PlainType{"INET", "inet"},
    PlainType{"CIDR", "cidr"},
    PlainType{"MACADDR", "macaddr"},
    PlainType{"MACADDR8", "macaddr8"},
    PlainType{"MONEY", "money"},
    PlainType{"OID", "oid"},
    PlainType{"REGCLASS", "regclass"},
    PlainType{"REGCONFIG", "regconfig"},
    PlainType{"HSTORE", "hstore"},
    PlainType{"CITEXT", "citext"},
    PlainType{"TSVECTOR", "tsvector"},
    PlainType{"TSQUERY", "tsquery"},
    PlainType{"INT4RANGE", "int4range"},
    PlainType{"INT8RANGE", "int8range"},
    PlainType{"NUMRANGE", "numrange"},
    PlainType{"DATERANGE", "daterange"},
    PlainType{"TSRANGE", "tsrange"},
    PlainType{"TSTZRANGE", "tstzrange"},
    PlainType{"INT4MULTIRANGE", "int4multirange"},
    PlainType{"INT8MULTIRANGE", "int8multirange"},
    PlainType{"NUMMULTIRANGE", "nummultirange"},
    PlainType{"DATEMULTIRANGE", "datemultirange"},
    PlainType{"TSMULTIRANGE", "tsmultirange"},
    PlainType{"TSTZMULTIRANGE", "tstzmultirange"},
    PlainType{"UUIDType", "uuid"},
    PlainType{"TSVectorType", "tsvector"},
    PlainType{"LtreeType", "ltree"},
    PlainType{"DATETIME", "datetime"},
    PlainType{"DOUBLE", "double"},
    PlainType{"BLOB", "blob"},
    PlainType{"CLOB", "clob"},
};

struct SizedType {
  std::string_view sqlalchemy;
  std::string_view postgresql;
  std::string_view without_length;  // what format_type() makes of it
};

constexpr std::array sized_types = {
    SizedType{"String", "character varying", "character varying"},
    SizedType{"VARCHAR", "character varying", "character varying"},
    SizedType{"Unicode", "character varying", "character varying"},
    SizedType{"AutoString", "character varying", "character varying"},
    SizedType{"Text", "text", "text"},
    SizedType{"TEXT", "text", "text"},
    SizedType{"UnicodeText", "text", "text"},
    SizedType{"CHAR", "character", "character(1)"},
    SizedType{"NCHAR", "character", "character(1)"},
    SizedType{"NVARCHAR", "nvarchar", "nvarchar"},
    SizedType{"BINARY", "binary", "binary"},
    SizedType{"VARBINARY", "varbinary", "varbinary"},
    SizedType{"VECTOR", "vector", "vector"},
    SizedType{"Vector", "vector", "vector"},
    SizedType{"HALFVEC", "halfvec", "halfvec"},
    SizedType{"SPARSEVEC", "sparsevec", "sparsevec"},
};

std::string sized(const SizedType& type, const Value* call) {
  const Number length = number_of(call, 0, type.postgresql == "vector" ? "dim" : "length");
  if (!length.known) {
    return {};
  }
  return length.value ? fmt::format("{}({})", type.postgresql, *length.value)
                      : std::string(type.without_length);
}

std::string time_type(const Value* call, std::string_view plain) {
  const Value* zone = call != nullptr ? argument(*call, 0, "timezone") : nullptr;
  const Number precision = number_of(call, 1, "precision");
  if (!precision.known || (zone != nullptr && !eval::truth(*zone))) {
    return {};
  }
  return fmt::format("{}{} {} time zone", plain,
                     precision.value ? fmt::format("({})", *precision.value) : "",
                     is_true(zone) ? "with" : "without");
}

std::string numeric_type(const Value* call) {
  const Number precision = number_of(call, 0, "precision");
  const Number scale = number_of(call, 1, "scale");
  if (!precision.known || !scale.known) {
    return {};
  }
  return precision.value ? fmt::format("numeric({},{})", *precision.value, scale.value.value_or(0))
                         : "numeric";
}

std::string float_type(const Value* call) {
  const Number precision = number_of(call, 0, "precision");
  if (!precision.known) {
    return {};
  }
  return precision.value.value_or(53) <= 24 && *precision.value > 0 ? "real" : "double precision";
}

// postgresql.INTERVAL(precision, fields); sa.Interval takes second_precision.
std::string interval_type(const Value* call, bool generic) {
  const Number precision =
      generic ? number_of(call, 1, "second_precision") : number_of(call, 0, "precision");
  const Value* fields =
      call != nullptr && !generic ? unless_none(argument(*call, 1, "fields")) : nullptr;
  if (!precision.known || (fields != nullptr && !fields->is(ValueKind::text))) {
    return {};
  }
  std::string out = "interval";
  if (fields != nullptr) {
    out += " " + lower(std::string(fields->text));
  }
  return precision.value ? fmt::format("{}({})", out, *precision.value) : out;
}

std::string bit_type(const Value* call) {
  const Number length = number_of(call, 0, "length");
  const Value* varying = call != nullptr ? argument(*call, 1, "varying") : nullptr;
  if (!length.known || (varying != nullptr && !eval::truth(*varying))) {
    return {};
  }
  if (is_true(varying)) {
    return length.value ? fmt::format("bit varying({})", *length.value) : "bit varying";
  }
  return fmt::format("bit({})", length.value.value_or(1));
}

// geoalchemy2's types as PostGIS spells them: geometry(POINT,4326).
std::string spatial_type(const Value* call, std::string_view name) {
  const Value* shape = call != nullptr ? unless_none(argument(*call, 0, "geometry_type")) : nullptr;
  const Number srid = number_of(call, 1, "srid");
  if (!srid.known || (shape != nullptr && !shape->is(ValueKind::text))) {
    return {};
  }
  return fmt::format("{}({},{})", lower(std::string(name)),
                     shape != nullptr ? std::string(shape->text) : "GEOMETRY",
                     srid.value.value_or(-1));
}

}  // namespace

Number number_of(const Value* call, std::size_t index, std::string_view keyword) {
  const Value* given = call != nullptr ? unless_none(argument(*call, index, keyword)) : nullptr;
  const auto value = integer_of(given);
  return {value, given == nullptr || value.has_value()};
}

bool is_sized_type(std::string_view name) {
  return std::any_of(sized_types.begin(), sized_types.end(),
                     [name](const SizedType& type) { return type.sqlalchemy == name; });
}

std::string spelled_type(std::string_view name, const Value* call) {
  for (const PlainType& plain : plain_types) {
    if (plain.sqlalchemy == name) {
      return std::string(plain.postgresql);
    }
  }
  for (const SizedType& type : sized_types) {
    if (type.sqlalchemy == name) {
      return sized(type, call);
    }
  }
  if (name == "DateTime" || name == "TIMESTAMP") {
    return time_type(call, "timestamp");
  }
  if (name == "Time" || name == "TIME") {
    return time_type(call, "time");
  }
  if (name == "Numeric" || name == "NUMERIC" || name == "DECIMAL") {
    return numeric_type(call);
  }
  if (name == "Float" || name == "FLOAT") {
    return float_type(call);
  }
  if (name == "Interval" || name == "INTERVAL") {
    return interval_type(call, name == "Interval");
  }
  if (name == "BIT") {
    return bit_type(call);
  }
  if (name == "Uuid") {
    const Value* native = call != nullptr ? argument(*call, 1, "native_uuid") : nullptr;
    return is_false(native) ? "character(32)" : "uuid";
  }
  if (name == "Geometry" || name == "Geography") {
    return spatial_type(call, name);
  }
  return {};
}

}  // namespace gauger::migration
