#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/expression.hpp"

namespace gauger::catalog {
namespace {

bool replayed(Compare compare) { return compare == Compare::what_a_replay_knows; }

// Of a replayed expression only that it is there.
std::string expression(const std::string& text, Compare compare) {
  return replayed(compare) && !text.empty() ? "(…)" : normal_form(text);
}

std::optional<std::string> default_of(const std::optional<std::string>& text, Compare compare) {
  if (!text) {
    return "none";
  }
  if (text->empty()) {
    return std::nullopt;
  }
  // The name of a sequence is what a replay makes.
  return text->starts_with("nextval('") ? *text : expression(*text, compare);
}

std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

// What a replay does not know.
std::optional<std::string> of_servers(const std::string& text, Compare compare) {
  return replayed(compare) ? std::nullopt : std::optional(or_none(text));
}

std::string joined(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string joined(const std::vector<QualifiedName>& names) {
  std::vector<std::string> texts;
  std::transform(names.begin(), names.end(), std::back_inserter(texts),
                 [](const QualifiedName& name) { return display(name); });
  return fmt::format("{}", fmt::join(texts, ", "));
}

template <class T>
std::vector<T> named(const std::vector<T>& things) {
  std::vector<T> result;
  std::copy_if(things.begin(), things.end(), std::back_inserter(result),
               [](const T& thing) { return !thing.name.empty(); });
  return result;
}

std::string checks_of(const Domain& domain, Compare compare) {
  std::vector<std::string> texts;
  for (const Constraint& check : domain.checks) {
    texts.push_back(fmt::format("{} {}{}", check.name, comparable_definition(check, compare),
                                check.valid ? "" : " NOT VALID"));
  }
  return joined(std::move(texts));
}

std::string identity_name(Identity identity) {
  switch (identity) {
    case Identity::always:
      return "always";
    case Identity::by_default:
      return "by default";
    case Identity::none:
      break;
  }
  return "none";
}

}  // namespace

Properties properties(const Column& column, Compare compare) {
  std::string generated = or_none(expression(column.generated, compare));
  if (column.generated_virtual) {
    generated += " virtual";
  }
  return {{"type", column.type.empty() ? std::nullopt : std::optional(column.type)},
          {"nullability", column.nullable
                              ? std::optional<std::string>(*column.nullable ? "NULL" : "NOT NULL")
                              : std::nullopt},
          {"default", default_of(column.default_, compare)},
          {"identity", identity_name(column.identity)},
          {"identity options", of_servers(column.identity_options, compare)},
          {"generation", std::move(generated)},
          {"collation", or_none(column.collation)},
          {"comment", or_none(column.comment)}};
}

Properties properties(const Constraint& constraint, Compare compare) {
  return {{"definition", constraint.columns_known
                             ? std::optional(comparable_definition(constraint, compare))
                             : std::nullopt},
          {"validity", constraint.valid ? "valid" : "not valid"},
          {"inheritance", constraint.inherited ? "inherited" : "its own"}};
}

Properties properties(const Index& index, Compare compare) {
  const bool known = index.keys_known || !replayed(compare);
  return {
      {"definition", known ? std::optional(comparable_definition(index, compare)) : std::nullopt},
      {"validity", index.valid ? "valid" : "not valid"},
      {"owner", or_none(index.constraint)},
      {"inheritance", index.inherited ? "part of the parent's" : "its own"}};
}

Properties properties(const Table& table, Compare compare) {
  std::string key = fmt::format("{} ({})", table.partition_strategy,
                                replayed(compare) ? "…" : joined(table.partition_key));
  return {{"partitioning", table.partition_strategy.empty() ? "none" : std::move(key)},
          {"partition of", or_none(display(table.partition_of))},
          {"bounds", of_servers(table.partition_bounds, compare)},
          {"default partition", table.default_partition ? "yes" : "no"},
          {"parents", or_none(joined(table.inherits))},
          {"persistence", table.unlogged ? "unlogged" : "logged"},
          {"row security", table.row_security ? "enabled" : "disabled"},
          {"forced row security", table.row_security_forced ? "yes" : "no"},
          {"comment", or_none(table.comment)}};
}

Properties properties(const Domain& domain, Compare compare) {
  return {{"type", domain.type.empty() ? std::nullopt : std::optional(domain.type)},
          {"nullability", domain.not_null ? "NOT NULL" : "NULL"},
          {"default", default_of(domain.default_, compare)},
          {"collation", of_servers(domain.collation, compare)},
          {"checks", or_none(checks_of(domain, compare))}};
}

Properties properties(const Sequence& sequence, Compare compare) {
  std::string owner = or_none(display(sequence.owner));
  if (!sequence.owner.name.empty()) {
    owner += '.' + sequence.owner_column;
  }
  return {{"owner", std::move(owner)},
          {"type", of_servers(sequence.type, compare)},
          {"options", of_servers(sequence.options, compare)}};
}

Properties properties(const View& view, Compare compare) {
  std::vector<QualifiedName> reads = view.reads;
  std::sort(reads.begin(), reads.end());
  return {{"kind", view.materialized ? "materialized view" : "view"},
          {"definition", of_servers(expression(view.definition, compare), compare)},
          {"reads", replayed(compare) ? std::optional(joined(reads)) : std::nullopt},
          {"contents", view.populated ? "populated" : "not populated"}};
}

std::vector<Constraint> comparable(const std::vector<Constraint>& constraints) {
  std::vector<Constraint> result = named(constraints);
  std::erase_if(result, [](const Constraint& constraint) {
    return constraint.kind == ConstraintKind::not_null;
  });
  return result;
}

std::vector<Index> comparable(const std::vector<Index>& indexes) { return named(indexes); }

std::string comparable_definition(const Constraint& constraint, Compare compare) {
  Constraint compared = constraint;
  compared.expression = expression(constraint.expression, compare);
  return definition(compared);
}

std::string comparable_definition(const Index& index, Compare compare) {
  Index compared = index;
  compared.predicate = expression(index.predicate, compare);
  for (IndexKey& key : compared.keys) {
    key.expression = expression(key.expression, compare);
  }
  if (replayed(compare)) {
    compared.options.clear();
  }
  return definition(compared);
}

bool same_column(const Column& left, const Column& right, Compare compare) {
  const Properties from = properties(left, compare);
  const Properties to = properties(right, compare);
  return std::equal(from.begin(), from.end(), to.begin(),
                    [](const Property& a, const Property& b) { return a.value == b.value; });
}

bool same_columns(const Table& left, const Table& right, Compare compare) {
  return std::equal(left.columns.begin(), left.columns.end(), right.columns.begin(),
                    right.columns.end(), [&](const Column& a, const Column& b) {
                      Column without_a = a;
                      Column without_b = b;
                      // The sequence of a serial column has the table's name.
                      for (Column* column : {&without_a, &without_b}) {
                        if (column->default_ && column->default_->starts_with("nextval('")) {
                          column->default_ = "nextval";
                        }
                      }
                      return a.name == b.name && same_column(without_a, without_b, compare);
                    });
}

}  // namespace gauger::catalog
