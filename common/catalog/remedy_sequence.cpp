#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

// "CACHE 5", and where a list lacks it the default: "CACHE 1", "NO CYCLE".
std::string option_of(const std::string& options, std::string_view name) {
  for (const SequenceOption& option : sequence_options(options)) {
    if (option.name == name) {
      return fmt::format("{}{}{}", name, option.value.empty() ? "" : " ", option.value);
    }
  }
  if (name == "INCREMENT BY" || name == "CACHE") {
    return fmt::format("{} 1", name);
  }
  if (name != "START WITH") {
    return fmt::format("NO {}", name);
  }
  const bool descends = option_of(options, "INCREMENT BY").find('-') != std::string::npos;
  const std::string limit = option_of(options, descends ? "MAXVALUE" : "MINVALUE");
  return fmt::format("START WITH {}", !limit.starts_with("NO ") ? limit.substr(limit.rfind(' ') + 1)
                                      : descends                ? "-1"
                                                                : "1");
}

std::vector<std::string> changed_options(const std::string& from, const std::string& to) {
  std::vector<std::string> changed;
  for (const std::string_view name : sequence_option_names) {
    if (std::string option = option_of(to, name); option != option_of(from, name)) {
      changed.push_back(std::move(option));
    }
  }
  return changed;
}

}  // namespace

std::string catch_up(const QualifiedName& table, const std::string& column,
                     const std::string& options) {
  const bool descends = option_of(options, "INCREMENT BY").find('-') != std::string::npos;
  const std::string last =
      fmt::format("{}({})", descends ? "min" : "max", quote_identifier(column));
  const std::string start = option_of(options, "START WITH");
  return fmt::format("SELECT setval(pg_get_serial_sequence({}, {}), {}) FROM {} HAVING {} {} {}",
                     sql_literal(sql_name(table)), sql_literal(column), last, sql_name(table), last,
                     descends ? "<=" : ">=", start.substr(start.rfind(' ') + 1));
}

Remedy change_identity(const QualifiedName& table, const Column& from, const Column& to) {
  migration::ChangeIdentity change{
      .column = known_name(from.name), .identity = to.identity, .options = to.identity_options};
  change.change = from.identity == Identity::none ? migration::IdentityChange::add
                  : to.identity == Identity::none ? migration::IdentityChange::drop
                                                  : migration::IdentityChange::set;
  Remedy remedy{.operations = {on_table(table, std::move(change))}};
  if (from.identity == Identity::none) {
    remedy.statements.push_back(catch_up(table, from.name, to.identity_options));
  }
  return remedy;
}

Remedy change_identity_options(const QualifiedName& table, const Column& from, const Column& to) {
  std::string change = fmt::format("ALTER COLUMN {}", quote_identifier(from.name));
  for (const std::string& option : changed_options(from.identity_options, to.identity_options)) {
    change += " SET " + option;
  }
  return {.statements = {alter("TABLE", table, change)}};
}

Remedy change_sequence(const Sequence& from, const Sequence& to, std::string_view property) {
  std::string change;
  if (property == "owner") {
    change = "OWNED BY " + (to.owner.name.empty()
                                ? "NONE"
                                : sql_name(to.owner) + "." + quote_identifier(to.owner_column));
  } else if (property == "type") {
    change = "AS " + to.type;
  } else {
    change = fmt::format("{}", fmt::join(changed_options(from.options, to.options), " "));
  }
  return {.statements = {alter("SEQUENCE", to.name, change)}};
}

std::string creation_of(const Sequence& sequence) {
  return fmt::format("CREATE SEQUENCE {} AS {}{}{}", sql_name(sequence.name), sequence.type,
                     sequence.options.empty() ? "" : " ", sequence.options);
}

}  // namespace gauger::catalog
