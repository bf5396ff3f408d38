#include "database/read_catalog.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "database/catalog_queries.hpp"
#include "database/catalog_text.hpp"

namespace gauger::database {
namespace {

using base::Result;
using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Domain;
using catalog::Enum;
using catalog::Function;
using catalog::Identity;
using catalog::Index;
using catalog::IndexKey;
using catalog::QualifiedName;
using catalog::Sequence;
using catalog::Table;
using catalog::View;

// The cells of a row from left to right.
class Cells {
 public:
  explicit Cells(Row& row) : row_(&row) {}

  // NULL is empty.
  std::string text() { return std::move((*row_)[next_++]).value_or(std::string()); }
  std::optional<std::string> optional_text() { return std::move((*row_)[next_++]); }
  bool flag() { return text() == "t"; }
  char letter() {
    const std::string cell = text();
    return cell.empty() ? '\0' : cell.front();
  }
  std::vector<std::string> list() { return array_elements(text()); }
  QualifiedName name() {
    std::string schema = text();
    return {std::move(schema), text()};
  }

 private:
  Row* row_;
  std::size_t next_ = 0;
};

// Objects by their oid, as the server writes it. A map's elements stay where they are.
template <class T>
class ByOid {
 public:
  void add(std::string oid, T& object) { objects_.emplace(std::move(oid), &object); }
  // Nothing for what is not of the catalog: an extension's, a temporary table's.
  [[nodiscard]] T* find(const std::string& oid) const {
    const auto found = objects_.find(oid);
    return found == objects_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string, T*> objects_;
};

class Reader {
 public:
  explicit Reader(Connection& connection)
      : connection_(connection), queries_(catalog_queries(connection.server_version())) {}

  // In an order in which everything finds what it belongs to.
  Result<Catalog> read() {
    using Step = std::pair<const std::string*, void (Reader::*)(Cells)>;
    const std::array steps = {
        Step{&queries_.containers, &Reader::add_container},
        Step{&queries_.relations, &Reader::add_table},
        Step{&queries_.parents, &Reader::add_parent},
        Step{&queries_.columns, &Reader::add_column},
        Step{&queries_.types, &Reader::add_type},
        Step{&queries_.views, &Reader::add_view},
        Step{&queries_.view_reads, &Reader::add_view_read},
        Step{&queries_.constraints, &Reader::add_constraint},
        Step{&queries_.index_keys, &Reader::add_index_key},
        Step{&queries_.triggers, &Reader::add_trigger},
        Step{&queries_.policies, &Reader::add_policy},
        Step{&queries_.sequences, &Reader::add_sequence},
        Step{&queries_.functions, &Reader::add_function},
    };
    for (const auto& [query, add] : steps) {
      Result<Rows> rows = connection_.query(*query);
      if (!rows) {
        return base::failure(std::move(rows.error()));
      }
      for (Row& row : *rows) {
        (this->*add)(Cells(row));
      }
    }
    return std::move(catalog_);
  }

 private:
  void add_container(Cells cells) {
    const bool is_schema = cells.text() == "schema";
    (is_schema ? catalog_.schemas : catalog_.extensions).push_back(cells.text());
  }

  void add_table(Cells cells) {
    std::string oid = cells.text();
    const QualifiedName name = cells.name();
    Table& table = catalog_.tables[name];
    table.name = name;
    table.unlogged = cells.flag();
    table.row_security = cells.flag();
    table.row_security_forced = cells.flag();
    table.comment = cells.text();
    table.partition_strategy = partition_strategy(cells.letter());
    table.partition_key = partition_key(cells.text());
    table.partition_bounds = cells.text();
    table.default_partition = table.partition_bounds == "DEFAULT";
    tables_.add(std::move(oid), table);
  }

  void add_parent(Cells cells) {
    Table* table = tables_.find(cells.text());
    if (table == nullptr) {
      return;
    }
    QualifiedName parent = cells.name();
    if (cells.flag()) {
      table->partition_of = std::move(parent);
    } else {
      table->inherits.push_back(std::move(parent));
    }
  }

  void add_column(Cells cells) {
    Table* table = tables_.find(cells.text());
    if (table == nullptr) {
      return;
    }
    Column& column = table->columns.emplace_back();
    column.name = cells.text();
    column.type = cells.text();
    column.nullable = !cells.flag();
    std::optional<std::string> expression = cells.optional_text();
    const char identity = cells.letter();
    column.identity = identity == 'a'   ? Identity::always
                      : identity == 'd' ? Identity::by_default
                                        : Identity::none;
    const char generated = cells.letter();
    if (generated == '\0') {
      column.default_ = std::move(expression);
    } else {
      column.generated = std::move(expression).value_or(std::string());
      column.generated_virtual = generated == 'v';
    }
    column.collation = cells.text();
    column.comment = cells.text();
    column.identity_options = cells.text();
  }

  void add_constraint(Cells cells) {
    Table* table = tables_.find(cells.text());
    Domain* domain = domains_.find(cells.text());
    if (table == nullptr && domain == nullptr) {
      return;
    }
    Constraint constraint;
    constraint.name = cells.text();
    constraint.kind = constraint_kind(cells.letter());
    constraint.columns = cells.list();
    constraint.referenced_columns = cells.list();
    constraint.expression = cells.text();
    constraint.referenced = cells.name();
    constraint.on_delete = referential_action(cells.letter());
    constraint.on_update = referential_action(cells.letter());
    constraint.valid = cells.flag();
    constraint.enforced = cells.flag();
    constraint.no_inherit = cells.flag();
    constraint.deferrable = cells.flag();
    constraint.initially_deferred = cells.flag();
    constraint.nulls_not_distinct = cells.flag();
    constraint.match_full = cells.flag();
    constraint.period = cells.flag();
    constraint.inherited = cells.flag();
    if (const std::vector<std::string> set = cells.list(); !set.empty()) {
      constraint.on_delete =
          fmt::format("{} ({})", constraint.on_delete.text(), fmt::join(set, ", "));
    }
    if (constraint.kind == ConstraintKind::exclude) {
      constraint.expression = exclusion(constraint.expression);
    }
    if (!constraint.expression.empty()) {
      constraint.columns.clear();  // the expression says which
    }
    if (constraint.kind != ConstraintKind::check) {
      constraint.no_inherit = false;  // the server has it for all that cannot be inherited
    }
    (table != nullptr ? table->constraints : domain->checks).push_back(std::move(constraint));
  }

  void add_index_key(Cells cells) {
    const std::string relation = cells.text();
    Table* table = tables_.find(relation);
    View* view = views_.find(relation);
    if (table == nullptr && view == nullptr) {
      return;
    }
    std::vector<Index>& indexes = table != nullptr ? table->indexes : view->indexes;
    std::string oid = cells.text();
    if (oid != last_index_) {
      last_index_ = std::move(oid);
      indexes.emplace_back();
    }
    Index& index = indexes.back();
    index.name = cells.text();
    index.method = cells.text();
    index.unique = cells.flag();
    index.nulls_not_distinct = cells.flag();
    index.valid = cells.flag();
    index.predicate = cells.text();
    index.options = cells.text();
    index.inherited = cells.flag();
    index.constraint = cells.text();
    const bool included = cells.flag();
    std::string column = cells.text();
    if (included) {
      index.included.push_back(std::move(column));
      return;
    }
    IndexKey& key = index.keys.emplace_back();
    key.column = std::move(column);
    key.expression = key_expression(cells.text());
    key.operator_class = cells.text();
    key.collation = cells.text();
    key.descending = cells.flag();
    const bool nulls_first = cells.flag();
    key.nulls_first = nulls_first && !key.descending;
    key.nulls_last = !nulls_first && key.descending;
  }

  void add_trigger(Cells cells) {
    if (Table* table = tables_.find(cells.text())) {
      table->triggers.push_back(cells.text());
      table->trigger_definitions.push_back(cells.text());
    }
  }

  void add_policy(Cells cells) {
    if (Table* table = tables_.find(cells.text())) {
      table->policies.push_back(cells.text());
      table->policy_definitions.push_back(cells.text());
    }
  }

  void add_type(Cells cells) {
    std::string oid = cells.text();
    const QualifiedName name = cells.name();
    const bool is_enum = cells.letter() == 'e';
    std::vector<std::string> labels = cells.list();
    if (is_enum) {
      catalog_.enums[name] = Enum{.name = name, .labels = std::move(labels)};
      return;
    }
    Domain& domain = catalog_.domains[name];
    domain.name = name;
    domain.type = cells.text();
    domain.not_null = cells.flag();
    domain.default_ = cells.optional_text();
    domain.collation = cells.text();
    domains_.add(std::move(oid), domain);
  }

  void add_view(Cells cells) {
    std::string oid = cells.text();
    const QualifiedName name = cells.name();
    View& view = catalog_.views[name];
    view.name = name;
    view.materialized = cells.flag();
    view.populated = cells.flag();
    view.definition = cells.text();
    views_.add(std::move(oid), view);
  }

  void add_view_read(Cells cells) {
    if (View* view = views_.find(cells.text())) {
      view->reads.push_back(cells.name());
    }
  }

  void add_sequence(Cells cells) {
    const QualifiedName name = cells.name();
    Sequence& sequence = catalog_.sequences[name];
    sequence.name = name;
    sequence.owner = cells.name();
    sequence.owner_column = cells.text();
    sequence.type = cells.text();
    sequence.options = cells.text();
  }

  void add_function(Cells cells) {
    Function& function = catalog_.functions.emplace_back();
    function.name = cells.name();
    function.arguments = cells.text();
    function.definition = cells.text();
    function.volatility = volatility(cells.letter());
  }

  Connection& connection_;
  CatalogQueries queries_;
  Catalog catalog_;
  ByOid<Table> tables_;
  ByOid<Domain> domains_;
  ByOid<View> views_;
  std::string last_index_;
};

}  // namespace

Result<Catalog> read_catalog(Connection& connection) {
  constexpr int oldest = 120000;
  if (connection.server_version() < oldest) {
    return base::failure({.kind = base::ErrorKind::database,
                          .message = fmt::format("the server is PostgreSQL {}, older than 12",
                                                 connection.server_version() / 10000)});
  }
  // jit: these queries look dear to the planner, and compiling them costs more than they do.
  for (const std::string_view begin : {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                       "SET LOCAL search_path = public", "SET LOCAL jit = off"}) {
    if (Result<Rows> begun = connection.query(begin); !begun) {
      return base::failure(std::move(begun.error()));
    }
  }
  Result<Catalog> result = Reader(connection).read();
  const Result<Rows> ended = connection.query("COMMIT");
  if (result && !ended) {
    return base::failure(ended.error());
  }
  return result;
}

}  // namespace gauger::database
