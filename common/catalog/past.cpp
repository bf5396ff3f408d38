#include "catalog/past.hpp"

#include <algorithm>
#include <utility>

namespace gauger::catalog {
namespace {

template <class T>
void add_missing(std::vector<T>& into, std::vector<T> from) {
  for (T& thing : from) {
    if (std::find(into.begin(), into.end(), thing) == into.end()) {
      into.push_back(std::move(thing));
    }
  }
}

// More nameless things than this are not told apart: each way that a change may have gone could
// double them.
constexpr std::size_t most_nameless = 64;

// Adds what only `before` has, as possible, and joins what both have. A nameless thing is the same
// as another only if nothing has changed it.
template <class T, class Join>
void join_named(std::vector<T>& into, std::vector<T> before, const Join& join) {
  const std::size_t size = into.size();
  std::vector<bool> both(size, false);
  const auto same = [](const T& thing, T& old) {
    const Certainty certainty = std::exchange(old.certainty, thing.certainty);
    const bool equal = thing == old;
    old.certainty = certainty;
    return equal;
  };
  for (T& old : before) {
    std::size_t at = 0;
    while (at < size &&
           (both[at] || into[at].name != old.name || (old.name.empty() && !same(into[at], old)))) {
      ++at;
    }
    if (at == size) {
      if (!old.name.empty() || size < most_nameless) {
        old.certainty = Certainty::possible;
        into.push_back(std::move(old));
      }
      continue;
    }
    both[at] = true;
    into[at].certainty = std::max(into[at].certainty, old.certainty);
    join(into[at], old);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (!both[i]) {
      into[i].certainty = Certainty::possible;
    }
  }
}

void join_column(Column& into, const Column& before) {
  if (into.type != before.type) {
    into.type.clear();
  }
  if (into.nullable != before.nullable) {
    into.nullable.reset();
  }
  if (into.default_ != before.default_) {
    into.default_ = std::string();
  }
}

void join_constraint(Constraint& into, const Constraint& before) {
  into.valid = into.valid && before.valid;
  into.enforced = into.enforced && before.enforced;
  into.columns_known = into.columns_known && before.columns_known && into.columns == before.columns;
}

void join_index(Index& into, const Index& before) {
  into.valid = into.valid && before.valid;
  into.unique = into.unique && before.unique;
  into.keys_known = into.keys_known && before.keys_known && into.keys == before.keys;
}

void join_table(Table& into, Table before) {
  join_named(into.columns, std::move(before.columns), join_column);
  join_named(into.constraints, std::move(before.constraints), join_constraint);
  join_named(into.indexes, std::move(before.indexes), join_index);
  add_missing(into.triggers, std::move(before.triggers));
  add_missing(into.policies, std::move(before.policies));
  into.columns_known = into.columns_known && before.columns_known;
  into.certainty = std::max(into.certainty, before.certainty);
  if (into.created_in != before.created_in) {
    into.created_in = before.created_in;
  }
}

template <class Map, class Join>
void join_maps(Map& into, Map before, const Join& join) {
  for (auto& [name, thing] : into) {
    if (!before.contains(name)) {
      thing.certainty = Certainty::possible;
    }
  }
  for (auto& [name, old] : before) {
    const auto [found, added] = into.try_emplace(name, old);
    if (added) {
      found->second.certainty = Certainty::possible;
    } else {
      found->second.certainty = std::max(found->second.certainty, old.certainty);
      join(found->second, old);
    }
  }
}

}  // namespace

Past::Past(const Catalog& catalog)
    : rest_{.tables = {},
            .enums = catalog.enums,
            .domains = catalog.domains,
            .views = catalog.views,
            .sequences = catalog.sequences,
            .functions = catalog.functions,
            .schemas = catalog.schemas,
            .extensions = catalog.extensions,
            .complete = catalog.complete} {}

void Past::keep(const QualifiedName& name, const Catalog& catalog) {
  if (!tables_.contains(name)) {
    const auto found = catalog.tables.find(name);
    tables_.emplace(
        name, found == catalog.tables.end() ? std::nullopt : std::optional<Table>(found->second));
  }
}

void Past::restore(Catalog& catalog) && {
  for (auto& [name, table] : tables_) {
    if (table) {
      catalog.tables.insert_or_assign(name, std::move(*table));
    } else {
      catalog.tables.erase(name);
    }
  }
  rest_.tables = std::move(catalog.tables);
  rest_.whereabouts = std::move(catalog.whereabouts);
  catalog = std::move(rest_);
}

void Past::join(Catalog& catalog) && {
  for (auto& [name, before] : tables_) {
    const auto after = catalog.tables.find(name);
    if (after == catalog.tables.end()) {
      if (before) {
        before->certainty = Certainty::possible;
        catalog.tables.emplace(name, std::move(*before));
      }
    } else if (before) {
      join_table(after->second, std::move(*before));
    } else {
      after->second.certainty = Certainty::possible;
    }
  }
  join_maps(catalog.enums, std::move(rest_.enums), [](Enum& into, Enum& before) {
    into.labels_known = into.labels_known && before.labels_known && into.labels == before.labels;
    add_missing(into.labels, std::move(before.labels));
  });
  join_maps(catalog.domains, std::move(rest_.domains), [](Domain& into, Domain& before) {
    into.not_null = into.not_null && before.not_null;
    join_named(into.checks, std::move(before.checks), join_constraint);
  });
  join_maps(catalog.views, std::move(rest_.views), [](View& into, View& before) {
    add_missing(into.reads, std::move(before.reads));
    join_named(into.indexes, std::move(before.indexes), join_index);
    into.populated = into.populated && before.populated;
  });
  catalog.sequences.merge(rest_.sequences);
  for (Function& function : rest_.functions) {
    const bool there =
        std::any_of(catalog.functions.begin(), catalog.functions.end(),
                    [&](const Function& other) { return other.name == function.name; });
    if (!there) {
      catalog.functions.push_back(std::move(function));
    }
  }
  add_missing(catalog.schemas, std::move(rest_.schemas));
  add_missing(catalog.extensions, std::move(rest_.extensions));
  catalog.complete = catalog.complete && rest_.complete;
}

}  // namespace gauger::catalog
