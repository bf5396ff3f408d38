#include "effect/type_change.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "effect/lookup.hpp"
#include "effect/type_name.hpp"
#include "sql/expression_tree.hpp"

namespace gauger::effect {
namespace {

constexpr int max_domains = 32;  // one over the other
constexpr int max_time_precision = 6;

// The casts that leave a value as it is (castmethod 'b' in pg_cast), and whether an index on the
// column stays, which it does where both types have the same operator class.
struct Relabel {
  std::string_view from;
  std::string_view to;
  TypeChange change;
};
constexpr Relabel relabels[] = {
    {"character varying", "text", TypeChange::none},
    {"text", "character varying", TypeChange::none},
    {"character varying", "character", TypeChange::index_build},
    {"text", "character", TypeChange::index_build},
    {"cidr", "inet", TypeChange::none},
    {"xml", "text", TypeChange::none},
    {"xml", "character varying", TypeChange::none},
    {"xml", "character", TypeChange::none},
    {"bit", "bit varying", TypeChange::index_build},
    {"integer", "oid", TypeChange::index_build},
    {"oid", "integer", TypeChange::index_build},
};

bool is_registered_class(std::string_view type) { return type.starts_with("reg"); }

TypeChange relabel(std::string_view from, std::string_view to) {
  for (const Relabel& each : relabels) {
    if (each.from == from && each.to == to) {
      return each.change;
    }
  }
  // regclass and the like are oid by another name, and integer can be taken for them.
  if (is_registered_class(from) && to == "oid") {
    return TypeChange::none;
  }
  if (is_registered_class(to) && from == "oid") {
    return TypeChange::none;
  }
  if ((is_registered_class(from) && to == "integer") ||
      (is_registered_class(to) && from == "integer")) {
    return TypeChange::index_build;
  }
  return TypeChange::rewrite;
}

// The smallest field of an interval, counted from its seconds.
int least_field(std::string_view fields) {
  constexpr std::string_view names[] = {"second", "minute", "hour", "day", "month", "year"};
  if (fields.empty()) {
    return 0;
  }
  for (int i = 0; i < static_cast<int>(std::size(names)); ++i) {
    if (fields.ends_with(names[i])) {
      return i;
    }
  }
  return 0;
}

bool widens_precision(const TypeParts& from, const TypeParts& to) {
  return to.modifiers.empty() || to.modifiers[0] >= max_time_precision ||
         (!from.modifiers.empty() && to.modifiers[0] >= from.modifiers[0]);
}

bool widens_interval(const TypeParts& from, const TypeParts& to) {
  const int old_least = least_field(from.fields);
  return (to.fields.empty() || least_field(to.fields) <= old_least) &&
         (old_least > 0 || widens_precision(from, to));
}

// Whether every value of the one type is a value of the other, the types being the same but for
// their modifiers, and PostgreSQL knows it.
bool widens(const TypeParts& from, const TypeParts& to) {
  if (from.base == "interval") {
    return widens_interval(from, to);
  }
  if (to.modifiers.empty()) {
    return true;
  }
  if (from.base.starts_with("time")) {
    return widens_precision(from, to);
  }
  if (from.modifiers.size() != to.modifiers.size()) {
    return false;
  }
  if (from.base == "character varying" || from.base == "bit varying") {
    return to.modifiers[0] >= from.modifiers[0];
  }
  if (from.base == "numeric") {
    return to.modifiers[1] == from.modifiers[1] && to.modifiers[0] >= from.modifiers[0];
  }
  return false;
}

bool is_timestamp(const TypeParts& type) { return type.base.starts_with("timestamp "); }

TypeChange compare_timestamps(const TypeParts& to, std::optional<bool> timezone_utc) {
  if (!to.modifiers.empty() && to.modifiers[0] < max_time_precision) {
    return TypeChange::rewrite;
  }
  if (!timezone_utc) {
    return TypeChange::unless_utc;
  }
  return *timezone_utc ? TypeChange::index_build : TypeChange::rewrite;
}

bool is_known(const TypeParts& type, const catalog::Catalog& catalog) {
  return type.builtin || find_enum(catalog, type.base) != nullptr;
}

TypeChange compare_parts(const TypeParts& from, const TypeParts& to,
                         const catalog::Catalog& catalog, std::optional<bool> timezone_utc) {
  if (from == to) {
    return TypeChange::none;
  }
  if (!is_known(from, catalog) || !is_known(to, catalog)) {
    return TypeChange::unknown;
  }
  if (from.array || to.array) {
    const bool unbounded =
        from.array && to.array && from.base == to.base && to.modifiers.empty() && to.fields.empty();
    return unbounded ? TypeChange::none : TypeChange::rewrite;
  }
  if (from.base == to.base) {
    return widens(from, to) ? TypeChange::none : TypeChange::rewrite;
  }
  if (is_timestamp(from) && is_timestamp(to)) {
    return compare_timestamps(to, timezone_utc);
  }
  return to.modifiers.empty() ? relabel(from.base, to.base) : TypeChange::rewrite;
}

// The type under a domain; the type itself if it is none.
std::string base_type(std::string_view type, const catalog::Catalog& catalog) {
  std::string base(type);
  for (int i = 0; i < max_domains; ++i) {
    const catalog::Domain* domain = find_domain(catalog, base);
    if (domain == nullptr) {
      break;
    }
    base = domain->type;
  }
  return base;
}

TypeChange compare_casts(const sql::ExpressionTree& tree, std::string_view from,
                         std::string_view column, std::string& type,
                         const catalog::Catalog& catalog, std::optional<bool> timezone_utc) {
  if (tree.kind == sql::ExpressionKind::column) {
    type = from;
    if (tree.text == migration::hole_name) {
      return TypeChange::unknown;
    }
    return tree.text == column ? TypeChange::none : TypeChange::rewrite;
  }
  if (tree.kind != sql::ExpressionKind::cast) {
    return sql::reads_column(tree, migration::hole_name) ? TypeChange::unknown
                                                         : TypeChange::rewrite;
  }
  const TypeChange inner =
      compare_casts(tree.parts.at(0), from, column, type, catalog, timezone_utc);
  if (inner == TypeChange::rewrite) {
    return inner;
  }
  const TypeChange outer = compare_types(type, tree.text, catalog, timezone_utc);
  type = tree.text;
  return std::max(inner, outer);
}

}  // namespace

std::optional<bool> is_constrained_domain(std::string_view type, const catalog::Catalog& catalog) {
  const TypeParts parts = parse_type(type);
  if (parts.builtin || parts.array) {
    return false;
  }
  std::string name = parts.base;
  bool found = false;
  for (int i = 0; i < max_domains; ++i) {
    const catalog::Domain* domain = find_domain(catalog, name);
    if (domain == nullptr) {
      break;
    }
    found = true;
    if (domain->not_null || !domain->checks.empty()) {
      return true;
    }
    name = domain->type;
  }
  if (found || find_enum(catalog, name) != nullptr) {
    return false;
  }
  return std::nullopt;
}

TypeChange compare_types(std::string_view from, std::string_view to,
                         const catalog::Catalog& catalog, std::optional<bool> timezone_utc) {
  if (from.empty() || to.empty()) {
    return TypeChange::unknown;
  }
  if (parse_type(from) == parse_type(to)) {
    return TypeChange::none;
  }
  if (is_constrained_domain(to, catalog).value_or(false)) {
    return TypeChange::rewrite;
  }
  return compare_parts(parse_type(base_type(from, catalog)), parse_type(base_type(to, catalog)),
                       catalog, timezone_utc);
}

TypeChange compare_types(std::string_view from, std::string_view to, std::string_view using_,
                         std::string_view column, const catalog::Catalog& catalog,
                         std::optional<bool> timezone_utc) {
  if (using_.empty()) {
    return compare_types(from, to, catalog, timezone_utc);
  }
  const auto tree = sql::parse_expression_tree(using_);
  if (!tree) {
    return TypeChange::unknown;
  }
  std::string type(from);
  const TypeChange casts = compare_casts(*tree, from, column, type, catalog, timezone_utc);
  if (casts == TypeChange::rewrite) {
    return casts;
  }
  return std::max(casts, compare_types(type, to, catalog, timezone_utc));
}

}  // namespace gauger::effect
