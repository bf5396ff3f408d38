#include "database/fill_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "database/connection.hpp"

namespace gauger::database {
namespace {

using catalog::Catalog;

constexpr std::size_t most_literals = 12;

// "numeric(10,2)[]": base "numeric", modifiers 10 and 2, array.
struct TypeName {
  std::string base{};
  std::vector<std::uint64_t> modifiers{};
  bool array = false;

  [[nodiscard]] std::uint64_t modifier(std::size_t index, std::uint64_t absent) const {
    return index < modifiers.size() ? modifiers[index] : absent;
  }
};

TypeName parse_type(std::string_view type) {
  TypeName result;
  if (type.ends_with("[]")) {
    result.array = true;
    result.base = type.substr(0, type.size() - 2);
    return result;
  }
  const std::size_t open = type.find('(');
  const std::size_t close = type.find(')');
  if (type.starts_with('"') || open == std::string_view::npos || close < open) {
    result.base = type;
    return result;
  }
  result.base = fmt::format("{}{}", type.substr(0, open), type.substr(close + 1));
  std::string_view rest = type.substr(open + 1, close - open - 1);
  while (!rest.empty()) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error == std::errc()) {
      result.modifiers.push_back(value);
    }
    const std::size_t comma = std::min(rest.find(','), rest.size());
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return result;
}

// The constants of some conditions.
struct Literals {
  std::vector<std::string> texts{};  // unquoted
  std::vector<std::int64_t> integers{};
  std::vector<std::string> numbers{};  // with a fraction

  void add_text(std::string text) {
    if (is_whole(text)) {
      add_number(text);
    }
    if (texts.size() < most_literals &&
        std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }

  void add_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) {
      if (integers.size() < most_literals &&
          std::find(integers.begin(), integers.end(), value) == integers.end()) {
        integers.push_back(value);
      }
    } else if (numbers.size() < most_literals) {
      numbers.emplace_back(text);
    }
  }

 private:
  static bool is_whole(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    return !digits.empty() && digits.size() < 19 &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
  }
};

Literals literals_of(const std::vector<std::string>& conditions) {
  Literals result;
  for (const std::string& text : conditions) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\'') {
        std::string literal;
        for (++at; at < text.size(); ++at) {
          if (text[at] == '\'' && text.substr(at + 1, 1) == "'") {
            ++at;
          } else if (text[at] == '\'') {
            break;
          }
          literal += text[at];
        }
        result.add_text(std::move(literal));
      } else if (text[at] == '"') {
        at = std::min(text.find('"', at + 1), text.size());
      } else if (is_word(text[at])) {
        const std::size_t begin = at;
        while (at < text.size() && (is_word(text[at]) || text[at] == '.')) {
          ++at;
        }
        const std::string word = text.substr(begin, at - begin);
        if (word.find_first_not_of("0123456789.") == std::string::npos) {
          result.add_number(begin > 0 && text[begin - 1] == '-' ? "-" + word : word);
        }
        --at;
      }
    }
  }
  std::sort(result.integers.begin(), result.integers.end());
  return result;
}

std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
  constexpr std::uint64_t enough = 1'000'000'000;
  std::uint64_t result = 1;
  for (; exponent > 0 && result < enough; --exponent) {
    result *= base;
  }
  return std::min(result, enough);
}

// A type's series as they are collected: $i is the row's number, {0} nothing.
class Collector {
 public:
  Collector(const TypeName& type, const Literals& literals) : type_(type), literals_(literals) {}

  void add(std::string sql, std::uint64_t distinct = 0) {
    series_.push_back({"(" + std::move(sql) + ")", distinct});
  }

  void integers() {
    if (type_.base == "smallint") {
      largest_ = INT16_MAX;
    } else if (type_.base == "integer") {
      largest_ = INT32_MAX;
    }
    add_number("10000 + $i");
    bounds();
    add_number("10001 + $i");
    add_number("$i % 10 + 1", 10);
    add_number("-10000 - $i");
    add_number("$i");
    for (const std::string_view constant : {"0", "1", "100"}) {
      add_number(std::string(constant), 1);
    }
  }

  void numbers() {
    const std::uint64_t digits = type_.modifier(0, 1000);
    const std::uint64_t scale = type_.modifier(1, 0);
    constexpr std::uint64_t room = 6;  // for 10000 + $i up to a million rows
    if (digits >= scale && digits - scale < room) {
      const std::uint64_t all = power(10, std::min<std::uint64_t>(digits, 9));
      add(fmt::format("($i % {})::numeric / {}", all, power(10, scale)), all);
    }
    if (digits != 1000) {
      largest_ = power(10, digits - std::min(scale, digits)) - 1;
    }
    integers();
    for (const std::string& each : literals_.numbers) {
      add_number(fmt::format("{} + $i", each));
      add_number(each, 1);
    }
    add_number("($i % 99 + 1) / 100.0", 99);
    if (literals_.integers.size() > 1) {
      add_number(fmt::format("{} + ({} - ({})) * ($i % 1000) / 1000.0", literals_.integers.front(),
                             literals_.integers.back(), literals_.integers.front()),
                 1000);
    }
  }

  void texts() {
    // char without a length is char(1), text has none.
    const std::uint64_t length = type_.modifier(0, type_.base == "character" ? 1 : 0);
    const auto fits = [&](std::uint64_t size) { return length == 0 || length >= size; };
    if (fits(9)) {
      add("'v' || (10000 + $i)");
    } else {
      digits_of_36(length);
    }
    constants(length);
    for (const std::int64_t each : literals_.integers) {
      if (each > 0 && each <= 200 && fits(static_cast<std::uint64_t>(each))) {
        const auto size = static_cast<std::uint64_t>(each);
        const std::uint64_t all = power(10, std::min<std::uint64_t>(size, 9));
        add(fmt::format("lpad(($i % {})::text, {}, '0')", all, size), size < 9 ? all : 0);
        add(fmt::format("'v' || lpad($i::text, {}, '0')", size));
      }
    }
    if (fits(2)) {
      add("chr(65 + $i / 26 % 26) || chr(65 + $i % 26)", 676);
    }
    if (fits(3)) {
      add("chr(65 + $i / 676 % 26) || chr(65 + $i / 26 % 26) || chr(65 + $i % 26)", 17576);
    }
    if (fits(10)) {
      add("lpad($i::text, 9, '0')");
      add("'V' || (10000 + $i)");
      add("'v-' || $i");
      add("'+1555' || lpad($i::text, 7, '0')");
      add("'#' || lpad(to_hex($i), 6, '0')");
      add("'2024-01-01'", 1);
    }
    if (fits(30)) {
      add("'v' || $i || '@example.com'");
      add("'https://example.com/' || $i");
      add("md5($i::text)");
    }
    if (fits(36)) {
      add("lpad(to_hex($i), 32, '0')::uuid::text");
    }
    for (const std::string_view constant : {"'{}'", "'10:00'", "''", "'1'", "'a'", "'A'"}) {
      if (fits(constant.size() - 2)) {
        add(std::string(constant), 1);
      }
    }
  }

  // `unit`: of what follows each other; `now`: the type's present.
  void moments(std::string_view type, std::string_view now) {
    add(fmt::format("{} '2020-01-01' + $i * interval '1 minute'", type));
    for (const std::string& each : literals_.texts) {
      if (each.size() >= 10 && each.find_first_not_of("0123456789-: .+") == std::string::npos &&
          each[4] == '-') {
        const std::string literal = fmt::format("{} {}", type, quote_literal(each));
        add(fmt::format("{} + $i * interval '1 second'", literal));
        add(fmt::format("{} + $i % 1000 * interval '1 second'", literal), 1000);
        add(fmt::format("{} - $i * interval '1 second'", literal));
        add(literal, 1);
      }
    }
    add(fmt::format("{} '2020-01-02' + $i * interval '1 minute'", type));
    add(fmt::format("{} - $i * interval '1 minute'", now));
    add(fmt::format("{} + $i * interval '1 minute' + interval '1 day'", now));
  }

  void days() {
    add("date '2020-01-01' + $i");
    for (const std::string& each : literals_.texts) {
      if (each.size() >= 10 &&
          each.substr(0, 10).find_first_not_of("0123456789-") == std::string::npos) {
        const std::string literal = "date " + quote_literal(each.substr(0, 10));
        add(literal + " + $i");
        add(literal + " + $i % 28", 28);
        add(literal + " - $i");
        add(literal, 1);
      }
    }
    add("date '2020-01-02' + $i");
    add("CURRENT_DATE - $i");
    add("CURRENT_DATE + $i");
  }

  void choice(const std::vector<std::string>& labels) {
    if (labels.empty()) {
      return;
    }
    add(pick(labels), labels.size());
    for (std::size_t i = 0; i < std::min(labels.size(), most_literals); ++i) {
      add(quote_literal(labels[i]), 1);
    }
  }

  [[nodiscard]] const TypeName& type() const { return type_; }
  [[nodiscard]] const Literals& literals() const { return literals_; }
  std::vector<Series> take() { return std::move(series_); }

 private:
  static std::string pick(const std::vector<std::string>& values) {
    std::vector<std::string> quoted;
    quoted.reserve(values.size());
    for (const std::string& value : values) {
      quoted.push_back(quote_literal(value));
    }
    return fmt::format("(ARRAY[{}]::text[])[1 + $i % {}]", fmt::join(quoted, ", "), values.size());
  }

  // Never beyond what the type can hold, where an error would end the statement.
  void add_number(const std::string& sql, std::uint64_t distinct = 0) {
    add(largest_ ? fmt::format("least(greatest({0}, -{1}), {1})", sql, *largest_) : sql, distinct);
  }

  // What lies between two constants, and on either side of each.
  void bounds() {
    const std::vector<std::int64_t>& all = literals_.integers;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      const std::int64_t size = all[i + 1] - all[i] + 1;
      add_number(fmt::format("{} + $i % {}", all[i], size), static_cast<std::uint64_t>(size));
      if (size > 2) {
        add_number(fmt::format("{} + $i % {}", all[i] + 1, size - 2),
                   static_cast<std::uint64_t>(size - 2));
      }
    }
    if (all.size() > 1) {
      std::vector<std::string> values;
      values.reserve(all.size());
      for (const std::int64_t each : all) {
        values.push_back(std::to_string(each));
      }
      add_number(fmt::format("(ARRAY[{}])[1 + $i % {}]", fmt::join(values, ", "), all.size()),
                 all.size());
    }
    for (const std::int64_t each : all) {
      add_number(fmt::format("{} + $i", each));
      add_number(fmt::format("{} - $i", each));
      add_number(std::to_string(each), 1);
    }
  }

  void constants(std::uint64_t length) {
    std::vector<std::string> fitting;
    for (const std::string& each : literals_.texts) {
      if (length == 0 || each.size() <= length) {
        fitting.push_back(each);
      }
    }
    choice(fitting);
  }

  void digits_of_36(std::uint64_t length) {
    std::string sql;
    for (std::uint64_t place = length; place-- > 0;) {
      sql += fmt::format(
          "{}substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ($i / {} % 36)::integer, 1)",
          sql.empty() ? "" : " || ", power(36, place));
    }
    add(sql, power(36, length));
  }

  const TypeName& type_;
  const Literals& literals_;
  std::optional<std::uint64_t> largest_;  // a number of the type
  std::vector<Series> series_;
};

using Maker = std::function<void(Collector&)>;

Maker one(std::string sql, std::uint64_t distinct = 0) {
  return [sql = std::move(sql), distinct](Collector& out) { out.add(sql, distinct); };
}

Maker range(std::string_view name, std::string_view lower, std::string_view upper) {
  return one(fmt::format("{}({}, {})", name, lower, upper));
}

Maker multirange(std::string_view name, std::string_view lower, std::string_view upper) {
  return one(fmt::format("{}multirange({}range({}, {}))", name, name, lower, upper));
}

void bits(Collector& out) {
  const std::uint64_t size = out.type().modifier(0, out.type().base == "bit" ? 1 : 32);
  const std::uint64_t all = power(2, std::min<std::uint64_t>(size, 29));
  out.add(fmt::format("($i % {})::bigint::bit({})", all, std::min<std::uint64_t>(size, 64)), all);
}

void bytes(Collector& out) {
  out.add("decode(lpad(to_hex($i), 8, '0'), 'hex')");
  for (const std::int64_t each : out.literals().integers) {
    if (each > 4 && each <= 4096) {
      out.add(fmt::format("decode(lpad(to_hex($i), {}, '0'), 'hex')", 2 * each));
    }
  }
}

void objects(Collector& out) {
  out.add("jsonb_build_object('n', $i)");
  std::vector<std::string> keys;
  for (const std::string& each : out.literals().texts) {
    keys.push_back(fmt::format("{}, $i", quote_literal(each)));
  }
  if (!keys.empty()) {
    out.add(fmt::format("jsonb_build_object({})", fmt::join(keys, ", ")));
  }
  for (const std::string_view constant : {"'{}'", "'[]'", "'[1]'", "'1'", "'\"a\"'"}) {
    out.add(std::string(constant), 1);
  }
}

const std::map<std::string, Maker, std::less<>>& makers() {
  static const Maker integers = [](Collector& out) { out.integers(); };
  static const Maker numbers = [](Collector& out) { out.numbers(); };
  static const Maker texts = [](Collector& out) { out.texts(); };
  static const std::map<std::string, Maker, std::less<>> all = {
      {"smallint", integers},
      {"integer", integers},
      {"bigint", integers},
      {"numeric", numbers},
      {"real", numbers},
      {"double precision", numbers},
      {"money", one("(10000 + $i)::numeric::money")},
      {"text", texts},
      {"character varying", texts},
      {"character", texts},
      {"citext", texts},
      {"name", texts},
      {"\"char\"", one("chr(97 + $i % 26)", 26)},
      {"boolean",
       [](Collector& out) {
         out.add("$i % 2 = 0", 2);
         out.add("true", 1);
         out.add("false", 1);
       }},
      {"date", [](Collector& out) { out.days(); }},
      {"timestamp without time zone",
       [](Collector& out) { out.moments("timestamp", "LOCALTIMESTAMP"); }},
      {"timestamp with time zone", [](Collector& out) { out.moments("timestamptz", "now()"); }},
      {"time without time zone",
       [](Collector& out) {
         out.add("time '00:00' + $i % 80000 * interval '1 second'", 80000);
         out.add("time '01:00' + $i % 80000 * interval '1 second'", 80000);
       }},
      {"time with time zone",
       [](Collector& out) {
         out.add("timetz '00:00+00' + $i % 80000 * interval '1 second'", 80000);
         out.add("timetz '01:00+00' + $i % 80000 * interval '1 second'", 80000);
       }},
      {"interval",
       [](Collector& out) {
         out.add("$i * interval '1 minute'");
         out.add("$i * interval '1 minute' + interval '1 hour'");
       }},
      {"uuid", one("lpad(to_hex($i + 65536), 32, '0')::uuid")},
      {"jsonb", objects},
      {"json", objects},
      {"jsonpath", one("'$.a'", 1)},
      {"bytea", bytes},
      {"inet", one("'10.0.0.0'::inet + $i")},
      {"cidr", one("set_masklen('10.0.0.0'::inet + $i, 32)::cidr")},
      {"macaddr", one("lpad(to_hex($i), 12, '0')::macaddr")},
      {"macaddr8", one("lpad(to_hex($i), 16, '0')::macaddr8")},
      {"bit", bits},
      {"bit varying", bits},
      {"oid", one("$i")},
      {"regclass", one("'pg_catalog.pg_class'", 1)},
      {"regtype", one("'pg_catalog.int4'", 1)},
      {"pg_lsn", one("('0/' || to_hex($i))")},
      {"xml", one("'<v>' || $i || '</v>'")},
      {"tsvector", one("to_tsvector('simple', 'v' || $i)")},
      {"tsquery", one("'v' || $i")},
      {"point", one("point($i, $i)")},
      {"line", one("line(point(0, $i), point(1, $i))")},
      {"lseg", one("lseg(point(0, $i), point(1, $i))")},
      {"box", one("box(point($i, $i), point($i + 0.5, $i + 0.5))")},
      {"path", one("format('[(0,0),(1,%s)]', $i)")},
      {"polygon", one("format('((0,0),(1,0),(1,%s))', $i)")},
      {"circle", one("circle(point($i * 3, 0), 1)")},
      {"hstore", one("'k=>' || $i")},
      {"ltree", one("'v' || $i")},
      {"vector",
       [](Collector& out) {
         out.add(fmt::format("array_fill($i::real, ARRAY[{}])", out.type().modifier(0, 3)));
       }},
      {"int4range", range("int4range", "$i * 2", "$i * 2 + 1")},
      {"int8range", range("int8range", "$i * 2", "$i * 2 + 1")},
      {"numrange", range("numrange", "$i * 2", "$i * 2 + 1")},
      {"daterange", range("daterange", "date '2020-01-01' + $i * 2", "date '2020-01-02' + $i * 2")},
      {"tsrange", range("tsrange", "timestamp '2020-01-01' + $i * interval '2 hours'",
                        "timestamp '2020-01-01 01:00' + $i * interval '2 hours'")},
      {"tstzrange", range("tstzrange", "timestamptz '2020-01-01' + $i * interval '2 hours'",
                          "timestamptz '2020-01-01 01:00' + $i * interval '2 hours'")},
      {"int4multirange", multirange("int4", "$i * 2", "$i * 2 + 1")},
      {"int8multirange", multirange("int8", "$i * 2", "$i * 2 + 1")},
      {"nummultirange", multirange("num", "$i * 2", "$i * 2 + 1")},
      {"datemultirange",
       multirange("date", "date '2020-01-01' + $i * 2", "date '2020-01-02' + $i * 2")},
      {"tsmultirange", multirange("ts", "timestamp '2020-01-01' + $i * interval '2 hours'",
                                  "timestamp '2020-01-01 01:00' + $i * interval '2 hours'")},
      {"tstzmultirange", multirange("tstz", "timestamptz '2020-01-01' + $i * interval '2 hours'",
                                    "timestamptz '2020-01-01 01:00' + $i * interval '2 hours'")},
  };
  return all;
}

// "mood", "app.mood", "\"Odd name\"".
template <class Objects>
const typename Objects::mapped_type* find_type(std::string_view type, const Objects& objects) {
  const auto same = [&](const catalog::QualifiedName& name, auto spell) {
    return (name.schema == "public" && type == spell(name.name)) ||
           type == fmt::format("{}.{}", spell(name.schema), spell(name.name));
  };
  const auto is_plain = [](const std::string& name) {
    return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  };
  const auto quoted = [&](const std::string& name) {
    return is_plain(name) ? name : quote_identifier(name);
  };
  for (const auto& [name, object] : objects) {
    // A keyword is quoted too, though it looks plain.
    if (same(name, quoted) ||
        same(name, [](const std::string& part) { return quote_identifier(part); })) {
      return &object;
    }
  }
  return nullptr;
}

std::vector<Series> array_series(const std::vector<Series>& elements, const std::string& type) {
  std::vector<Series> result;
  constexpr std::size_t most = 4;
  for (std::size_t i = 0; i < std::min(elements.size(), most); ++i) {
    result.push_back({fmt::format("ARRAY[({})::{}]", elements[i].sql, type), elements[i].distinct});
    result.push_back({fmt::format("ARRAY[({0})::{1}, ({0})::{1}]", elements[i].sql, type),
                      elements[i].distinct});
  }
  if (!result.empty()) {
    result.push_back({"'{}'", 1});
  }
  return result;
}

}  // namespace

std::string with_number(std::string_view sql, std::string_view number) {
  std::string result;
  while (true) {
    const std::size_t at = std::min(sql.find(row_number), sql.size());
    result += sql.substr(0, at);
    if (at == sql.size()) {
      return result;
    }
    result += number;
    sql.remove_prefix(at + row_number.size());
  }
}

const catalog::Domain* find_domain(std::string_view type, const Catalog& catalog) {
  return find_type(type, catalog.domains);
}

std::vector<Series> series_for(std::string_view type, const Catalog& catalog,
                               const std::vector<std::string>& hints) {
  const TypeName name = parse_type(type);
  if (name.array) {
    // The cast to a domain is left to the column's own.
    std::string element = name.base;
    while (const catalog::Domain* domain = find_domain(element, catalog)) {
      element = domain->type;
    }
    return array_series(series_for(name.base, catalog, hints), element);
  }
  if (const catalog::Domain* domain = find_domain(type, catalog)) {
    std::vector<std::string> all = hints;
    for (const catalog::Constraint& check : domain->checks) {
      all.push_back(check.expression);
    }
    return series_for(domain->type, catalog, all);
  }
  const Literals literals = literals_of(hints);
  Collector out(name, literals);
  if (const catalog::Enum* labels = find_type(type, catalog.enums)) {
    out.choice(labels->labels);
  } else if (const auto maker = makers().find(name.base); maker != makers().end()) {
    maker->second(out);
  } else if (name.base.starts_with("interval")) {
    makers().at("interval")(out);
  } else if (const std::size_t dot = name.base.rfind('.'); dot != std::string::npos) {
    // An extension's type in a schema of its own.
    if (const auto other = makers().find(name.base.substr(dot + 1)); other != makers().end()) {
      other->second(out);
    }
  }
  return out.take();
}

}  // namespace gauger::database
