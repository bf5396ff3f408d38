#include "catalog/diff.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/apply.hpp"
#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/expression.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

using migration::Operation;

// What one side has and the other lacks, and what both have.
template <class T>
struct Pairs {
  std::vector<const T*> left_only{};
  std::vector<const T*> right_only{};
  std::vector<std::pair<const T*, const T*>> both{};
};

template <class T, class Key>
Pairs<T> pair_up(const std::vector<T>& left, const std::vector<T>& right, const Key& key) {
  Pairs<T> pairs;
  for (const T& thing : left) {
    const auto found = std::find_if(right.begin(), right.end(),
                                    [&](const T& other) { return key(other) == key(thing); });
    if (found == right.end()) {
      pairs.left_only.push_back(&thing);
    } else {
      pairs.both.emplace_back(&thing, &*found);
    }
  }
  for (const T& thing : right) {
    if (std::none_of(left.begin(), left.end(),
                     [&](const T& other) { return key(other) == key(thing); })) {
      pairs.right_only.push_back(&thing);
    }
  }
  return pairs;
}

template <class T>
Pairs<T> pair_up(const std::map<QualifiedName, T>& left, const std::map<QualifiedName, T>& right) {
  Pairs<T> pairs;
  for (const auto& [name, thing] : left) {
    const auto found = right.find(name);
    if (found == right.end()) {
      pairs.left_only.push_back(&thing);
    } else {
      pairs.both.emplace_back(&thing, &found->second);
    }
  }
  for (const auto& [name, thing] : right) {
    if (!left.contains(name)) {
      pairs.right_only.push_back(&thing);
    }
  }
  return pairs;
}

// Takes out the pairs of which each is the only one that equals the other but for its name.
template <class T, class Same>
std::vector<std::pair<const T*, const T*>> take_renamed(Pairs<T>& pairs, const Same& same) {
  std::vector<std::pair<const T*, const T*>> renamed;
  for (const T* left : pairs.left_only) {
    const auto equals = [&](const T* right) { return same(*left, *right); };
    const auto right = std::find_if(pairs.right_only.begin(), pairs.right_only.end(), equals);
    const bool one = std::count_if(pairs.right_only.begin(), pairs.right_only.end(), equals) == 1 &&
                     std::count_if(pairs.left_only.begin(), pairs.left_only.end(),
                                   [&](const T* other) { return same(*other, **right); }) == 1;
    if (one) {
      renamed.emplace_back(left, *right);
    }
  }
  for (const auto& [left, right] : renamed) {
    std::erase(pairs.left_only, left);
    std::erase(pairs.right_only, right);
  }
  return renamed;
}

// The values, which outlive a change of the catalog.
template <class T>
auto names_of(const std::vector<std::pair<const T*, const T*>>& pairs) {
  std::vector<std::pair<decltype(T::name), decltype(T::name)>> result;
  result.reserve(pairs.size());
  for (const auto& [from, to] : pairs) {
    result.emplace_back(from->name, to->name);
  }
  return result;
}

class Diff {
 public:
  Diff(Catalog left, const Catalog& right, Compare compare)
      : left_(std::move(left)), right_(right), compare_(std::move(compare)) {}

  std::vector<Difference> run() {
    find_renamed();
    compare_names(left_.schemas, right_.schemas, ObjectKind::schema);
    compare_names(left_.extensions, right_.extensions, ObjectKind::extension);
    compare_enums();
    compare_domains();
    compare_sequences();
    compare_functions();
    compare_tables();
    compare_views();
    order_drops();
    order_sources();
    std::vector<Difference> result = std::move(first_);
    for (auto* next : {&found_, &late_, &drops_, &last_drops_, &container_drops_}) {
      std::move(next->begin(), next->end(), std::back_inserter(result));
    }
    set_dependents_aside(result, left_, right_);
    return result;
  }

 private:
  [[nodiscard]] bool replayed() const { return compare_ == Compare::what_a_replay_knows; }

  // Nothing is known to be missing where a side is not complete.
  template <class T>
  [[nodiscard]] bool is_sure(const T& thing) const {
    if constexpr (requires { thing.certainty; }) {
      return !replayed() || thing.certainty == Certainty::certain;
    }
    return true;
  }

  Difference& add(Difference difference) {
    found_.push_back(std::move(difference));
    return found_.back();
  }

  void compare_properties(const Difference& of, const Properties& left, const Properties& right,
                          const std::function<Remedy(std::string_view property)>& remedy) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!left[i].value || !right[i].value || *left[i].value == *right[i].value) {
        continue;
      }
      Difference difference = of;
      difference.property = left[i].name;
      difference.left = *left[i].value;
      difference.right = *right[i].value;
      Remedy found = remedy(left[i].name);
      difference.operations = std::move(found.operations);
      difference.statements = std::move(found.statements);
      add(std::move(difference));
    }
  }

  // What is renamed is compared under its new name.
  void rename(Difference difference) {
    for (const Operation& operation : difference.operations) {
      apply(operation, left_);
    }
    add(std::move(difference));
  }

  void find_renamed() {
    auto enums = pair_up(left_.enums, right_.enums);
    const auto same_enum = [](const Enum& left, const Enum& right) {
      return left.labels == right.labels && left.name.schema == right.name.schema;
    };
    for (const auto& [from, to] : names_of(take_renamed(enums, same_enum))) {
      rename({.kind = DifferenceKind::renamed,
              .object = ObjectKind::enumeration,
              .relation = from,
              .left = display(from),
              .right = display(to),
              .operations = {on_object(from, migration::RenameType{known_name(to.name), {}})}});
      change_texts([old = sql_name(from), now = sql_name(to)](std::string text) {
        return with_cast_renamed(std::move(text), old, now);
      });
    }
    // Partitions once their parents have their new names: they are told by those and the bounds.
    for (const bool partition : {false, true}) {
      auto tables = pair_up(left_.tables, right_.tables);
      const auto same_table = [&](const Table& left, const Table& right) {
        return left.name.schema == right.name.schema && !left.columns.empty() &&
               left.columns_known && right.columns_known &&
               partition != left.partition_of.name.empty() &&
               left.partition_of == right.partition_of &&
               left.partition_bounds == right.partition_bounds &&
               same_columns(left, right, compare_);
      };
      for (const auto& [from, to] : names_of(take_renamed(tables, same_table))) {
        rename({.kind = DifferenceKind::renamed,
                .object = ObjectKind::table,
                .relation = from,
                .left = display(from),
                .right = display(to),
                .operations = {on_table(from, migration::RenameTable{table_name(to)})}});
      }
    }
    for (const auto& [name, right] : right_.tables) {
      const auto left = left_.tables.find(name);
      // A partition's columns are renamed with its parent's.
      if (left != left_.tables.end() && left->second.partition_of.name.empty()) {
        find_renamed_columns(name, left->second, right);
      }
    }
  }

  // The server's texts on the left, once a type or a label has its new name.
  template <class Change>
  void change_texts(const Change& change) {
    for (auto& [name, table] : left_.tables) {
      for (Column& column : table.columns) {
        if (column.default_) {
          column.default_ = change(*std::move(column.default_));
        }
        column.generated = change(column.generated);
      }
      for (Constraint& constraint : table.constraints) {
        constraint.expression = change(constraint.expression);
      }
      for (Index& index : table.indexes) {
        index.predicate = change(index.predicate);
        for (IndexKey& key : index.keys) {
          key.expression = change(key.expression);
        }
      }
    }
  }

  // "'a'::mood" and "'{}'::mood[]", but not "'a'::moody".
  static std::string with_cast_renamed(std::string text, const std::string& from,
                                       const std::string& to) {
    return with_replaced(std::move(text), "::" + from, "::" + to);
  }

  // Of what ends with a type's name.
  static std::string with_replaced(std::string text, const std::string& from,
                                   const std::string& to) {
    std::size_t at = 0;
    while ((at = text.find(from, at)) != std::string::npos) {
      const std::size_t end = at + from.size();
      const bool whole =
          end == text.size() || std::string_view(")[] ,").find(text[end]) != std::string_view::npos;
      if (whole) {
        text.replace(at, from.size(), to);
      }
      at += whole ? to.size() : from.size();
    }
    return text;
  }

  void find_renamed_columns(const QualifiedName& table, const Table& left, const Table& right) {
    auto pairs =
        pair_up(left.columns, right.columns, [](const Column& column) { return column.name; });
    const auto same = [&](const Column& from, const Column& to) {
      return same_column(from, to, compare_);
    };
    for (const auto& [from, to] : names_of(take_renamed(pairs, same))) {
      rename({.kind = DifferenceKind::renamed,
              .object = ObjectKind::column,
              .relation = table,
              .name = from,
              .left = from,
              .right = to,
              .operations = {
                  on_table(table, migration::RenameColumn{known_name(from), known_name(to)})}});
    }
  }

  void compare_names(const std::vector<std::string>& left, const std::vector<std::string>& right,
                     ObjectKind object) {
    const auto kind = object == ObjectKind::schema ? migration::ObjectKind::schema
                                                   : migration::ObjectKind::extension;
    const auto pairs = pair_up(left, right, [](const std::string& name) { return name; });
    for (const std::string* name : pairs.right_only) {
      if (object != ObjectKind::schema || *name != "public") {
        add({.kind = DifferenceKind::missing,
             .object = object,
             .name = *name,
             .operations = {on_object({"public", *name}, migration::CreateObject{kind})}});
      }
    }
    for (const std::string* name : pairs.left_only) {
      if (object != ObjectKind::schema || *name != "public") {
        container_drops_.push_back(
            {.kind = DifferenceKind::unexpected,
             .object = object,
             .name = *name,
             .operations = {on_object({"public", *name}, migration::DropObject{kind})}});
      }
    }
  }

  void compare_enums() {
    const auto pairs = pair_up(left_.enums, right_.enums);
    for (const Enum* type : pairs.right_only) {
      if (is_sure(*type) && (!replayed() || left_.complete)) {
        add({.kind = DifferenceKind::missing,
             .object = ObjectKind::enumeration,
             .relation = type->name,
             .operations = {on_object(type->name, migration::CreateEnum{enum_type(*type)})}});
      }
    }
    for (const Enum* type : pairs.left_only) {
      drop_type(*type, ObjectKind::enumeration);
    }
    for (const auto& [left, right] : pairs.both) {
      if (left->labels_known && right->labels_known && left->labels != right->labels) {
        Remedy remedy = relabel(*left, *right, left_);
        for (const auto& [from, to] : renamed_labels(*left, *right)) {
          const std::string cast = "::" + sql_name(left->name);
          change_texts([old = sql_literal(from) + cast, now = sql_literal(to) + cast](
                           std::string text) { return with_replaced(std::move(text), old, now); });
        }
        add({.object = ObjectKind::enumeration,
             .relation = left->name,
             .property = "labels",
             .left = fmt::format("{}", fmt::join(left->labels, ", ")),
             .right = fmt::format("{}", fmt::join(right->labels, ", ")),
             .operations = std::move(remedy.operations),
             .statements = std::move(remedy.statements)});
      }
    }
  }

  template <class T>
  void drop_type(const T& type, ObjectKind object) {
    if (is_sure(type) && (!replayed() || right_.complete)) {
      last_drops_.push_back({.kind = DifferenceKind::unexpected,
                             .object = object,
                             .relation = type.name,
                             .operations = {on_object(
                                 type.name, migration::DropObject{migration::ObjectKind::type})}});
    }
  }

  void compare_domains() {
    const auto pairs = pair_up(left_.domains, right_.domains);
    for (const Domain* domain : pairs.right_only) {
      if (is_sure(*domain) && (!replayed() || left_.complete)) {
        Remedy remedy = creation_of(*domain);
        add({.kind = DifferenceKind::missing,
             .object = ObjectKind::domain,
             .relation = domain->name,
             .operations = std::move(remedy.operations),
             .statements = std::move(remedy.statements)});
      }
    }
    for (const Domain* domain : pairs.left_only) {
      drop_type(*domain, ObjectKind::domain);
    }
    for (const auto& [left, right] : pairs.both) {
      const Domain& from = *left;
      const Domain& to = *right;
      compare_properties(
          {.object = ObjectKind::domain, .relation = from.name}, properties(from, compare_),
          properties(to, compare_),
          [&](std::string_view property) { return change_domain(from, to, property); });
    }
  }

  void compare_sequences() {
    const auto pairs = pair_up(left_.sequences, right_.sequences);
    for (const Sequence* sequence : pairs.right_only) {
      if ((replayed() && !left_.complete) || comes_with_table(*sequence)) {
        continue;
      }
      add({.kind = DifferenceKind::missing,
           .object = ObjectKind::sequence,
           .relation = sequence->name,
           .statements = {creation_of(*sequence)}});
      if (!sequence->owner.name.empty()) {
        // The table may need the sequence first.
        late_.push_back(
            {.object = ObjectKind::sequence,
             .relation = sequence->name,
             .property = "owner",
             .left = "none",
             .right = fmt::format("{}.{}", display(sequence->owner), sequence->owner_column),
             .statements = change_sequence(*sequence, *sequence, "owner").statements});
        const auto table = left_.tables.find(sequence->owner);
        if (table != left_.tables.end() && table->second.find_column(sequence->owner_column)) {
          late_.back().statements.push_back(
              catch_up(sequence->owner, sequence->owner_column, sequence->options));
        }
      }
    }
    for (const Sequence* sequence : pairs.left_only) {
      if ((replayed() && !right_.complete) || goes_with_owner(*sequence)) {
        continue;
      }
      last_drops_.push_back(
          {.kind = DifferenceKind::unexpected,
           .object = ObjectKind::sequence,
           .relation = sequence->name,
           .operations = {
               on_object(sequence->name, migration::DropObject{migration::ObjectKind::sequence})}});
    }
    for (const auto& [left, right] : pairs.both) {
      const Sequence& from = *left;
      const Sequence& to = *right;
      compare_properties(
          {.object = ObjectKind::sequence, .relation = to.name}, properties(from, compare_),
          properties(to, compare_),
          [&](std::string_view property) { return change_sequence(from, to, property); });
    }
  }

  // Whether op.create_table makes it, as of a serial primary key.
  [[nodiscard]] bool comes_with_table(const Sequence& sequence) const {
    const auto owner = right_.tables.find(sequence.owner);
    return !sequence.owner.name.empty() && owner != right_.tables.end() &&
           !left_.tables.contains(sequence.owner) &&
           is_serial_key(owner->second, sequence.owner_column, sequence);
  }

  static bool is_serial_key(const Table& table, const std::string& name, const Sequence& sequence) {
    const Column* column = table.find_column(name);
    const auto is_key = [&](const Constraint& each) {
      return each.kind == ConstraintKind::primary_key && each.columns == std::vector{name};
    };
    const auto is_reference = [&](const Constraint& each) {
      return each.kind == ConstraintKind::foreign_key &&
             std::find(each.columns.begin(), each.columns.end(), name) != each.columns.end();
    };
    return column != nullptr && sequence.options.empty() && sequence.type == column->type &&
           sequence.name ==
               QualifiedName{table.name.schema, object_name(table.name.name, name, "seq")} &&
           column->default_ && column->default_->starts_with("nextval(") &&
           std::any_of(table.constraints.begin(), table.constraints.end(), is_key) &&
           std::none_of(table.constraints.begin(), table.constraints.end(), is_reference);
  }

  // A renamed owner keeps it.
  [[nodiscard]] bool goes_with_owner(const Sequence& sequence) const {
    const auto owner = right_.tables.find(sequence.owner);
    return !sequence.owner.name.empty() &&
           (owner == right_.tables.end() ||
            owner->second.find_column(sequence.owner_column) == nullptr);
  }

  void compare_functions() {
    const auto key = [&](const Function& function) {
      return std::pair(function.name, replayed() ? std::string() : function.arguments);
    };
    const auto pairs = pair_up(left_.functions, right_.functions, key);
    const auto difference = [&](const Function& function, DifferenceKind kind) {
      return Difference{.kind = kind,
                        .object = ObjectKind::function,
                        .relation = function.name,
                        .name = replayed() ? "" : fmt::format("({})", function.arguments)};
    };
    for (const Function* function : pairs.right_only) {
      if (!replayed() || left_.complete) {
        add(difference(*function, DifferenceKind::missing)).statements = {function->definition};
      }
    }
    for (const Function* function : pairs.left_only) {
      if (!replayed() || right_.complete) {
        last_drops_.push_back(difference(*function, DifferenceKind::unexpected));
        last_drops_.back().statements = {
            fmt::format("DROP FUNCTION {}({})", sql_name(function->name), function->arguments)};
      }
    }
    for (const auto& [left, right] : pairs.both) {
      if (!replayed() && left->definition != right->definition) {
        Difference changed = difference(*left, DifferenceKind::changed);
        changed.property = "definition";
        changed.left = left->definition;
        changed.right = right->definition;
        changed.statements = {right->definition};
        add(std::move(changed));
      }
    }
  }

  void compare_tables() {
    const auto pairs = pair_up(left_.tables, right_.tables);
    for (const Table* table : parents_first(pairs.right_only)) {
      if (is_sure(*table) && (!replayed() || left_.complete)) {
        create_table(*table);
      }
    }
    for (const Table* table : pairs.left_only) {
      if (is_sure(*table) && (!replayed() || right_.complete)) {
        drops_.push_back({.kind = DifferenceKind::unexpected,
                          .object = ObjectKind::table,
                          .relation = table->name,
                          .operations = {on_table(table->name, migration::DropTable{})}});
      }
    }
    for (const auto& [left, right] : pairs.both) {
      compare_table(*left, *right);
    }
  }

  [[nodiscard]] std::vector<Operation> with_serial_key(std::vector<Operation> operations,
                                                       const Table& table) const {
    for (const auto& [name, sequence] : right_.sequences) {
      if (sequence.owner != table.name || !comes_with_table(sequence)) {
        continue;
      }
      for (Operation& operation : operations) {
        auto* create = std::get_if<migration::CreateTable>(&operation.action);
        if (create == nullptr) {
          continue;
        }
        for (migration::Column& column : create->columns) {
          if (column.name.text == sequence.owner_column) {
            column.serial = true;
            column.server_default.reset();
          }
        }
      }
    }
    return operations;
  }

  void create_table(const Table& table) {
    add({.kind = DifferenceKind::missing,
         .object = ObjectKind::table,
         .relation = table.name,
         .operations = with_serial_key(creation(table), table),
         .statements = more_of(table)});
    // Made by itself, its constraints and indexes have the names that they should have.
    if (!table.partition_of.name.empty()) {
      late_.push_back({.object = ObjectKind::table,
                       .relation = table.name,
                       .property = "partition of",
                       .left = "none",
                       .right = display(table.partition_of),
                       .statements = {fmt::format("ALTER TABLE {} ATTACH PARTITION {} {}",
                                                  sql_name(table.partition_of),
                                                  sql_name(table.name), table.partition_bounds)}});
    }
    for (const Constraint& constraint : table.constraints) {
      if (constraint.kind == ConstraintKind::foreign_key && !constraint.inherited) {
        late_.push_back({.kind = DifferenceKind::missing,
                         .object = ObjectKind::constraint,
                         .relation = table.name,
                         .name = constraint.name,
                         .operations = {creation(table.name, constraint)}});
      }
    }
  }

  // Of tables of one side.
  static std::vector<const Table*> parents_first(std::vector<const Table*> tables) {
    return in_order(std::move(tables), [](const Table& table, const Table& other) {
      return table.partition_of == other.name ||
             std::find(table.inherits.begin(), table.inherits.end(), other.name) !=
                 table.inherits.end();
    });
  }

  // Each after those that it needs, as far as that can be.
  template <class Needs>
  static std::vector<const Table*> in_order(std::vector<const Table*> tables, const Needs& needs) {
    std::vector<const Table*> result;
    while (!tables.empty()) {
      auto next = std::find_if(tables.begin(), tables.end(), [&](const Table* table) {
        return std::none_of(tables.begin(), tables.end(), [&](const Table* other) {
          return other != table && needs(*table, *other);
        });
      });
      if (next == tables.end()) {
        next = tables.begin();
      }
      result.push_back(*next);
      tables.erase(next);
    }
    return result;
  }

  // Partitions and what refers to others go before those.
  void order_drops() {
    std::vector<const Table*> tables;
    for (const Difference& drop : drops_) {
      if (drop.object == ObjectKind::table) {
        tables.push_back(&left_.tables.at(drop.relation));
      }
    }
    tables = in_order(std::move(tables), [](const Table& table, const Table& other) {
      const bool child = other.partition_of == table.name ||
                         std::find(other.inherits.begin(), other.inherits.end(), table.name) !=
                             other.inherits.end();
      return child || std::any_of(other.constraints.begin(), other.constraints.end(),
                                  [&](const Constraint& constraint) {
                                    return constraint.referenced == table.name;
                                  });
    });
    const auto place = [&](const Difference& drop) {
      return drop.object != ObjectKind::table
                 ? std::ptrdiff_t{-1}
                 : std::find(tables.begin(), tables.end(), &left_.tables.at(drop.relation)) -
                       tables.begin();
    };
    std::stable_sort(drops_.begin(), drops_.end(),
                     [&](const Difference& a, const Difference& b) { return place(a) < place(b); });
  }

  // A column has one source of its values: the old one goes before the new one comes, which then
  // has the usual name for its sequence.
  void order_sources() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const Difference& change = found_[i];
      if (change.object != ObjectKind::column ||
          (change.property != "identity" && change.property != "generation")) {
        continue;
      }
      const Column* column = right_.tables.at(change.relation).find_column(change.name);
      const bool is_generation = change.property == "generation";
      if (is_generation && !column->generated.empty()) {
        continue;
      }
      if (is_generation || column->identity == Identity::none) {
        first_.push_back(std::move(found_[i]));
        found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i--));
        continue;
      }
      const auto serial =
          std::find_if(last_drops_.begin(), last_drops_.end(), [&](const Difference& drop) {
            if (drop.object != ObjectKind::sequence) {
              return false;
            }
            const Sequence& sequence = left_.sequences.at(drop.relation);
            return sequence.owner == change.relation && sequence.owner_column == change.name;
          });
      if (serial != last_drops_.end()) {
        Difference drop = std::move(*serial);
        last_drops_.erase(serial);
        found_.insert(found_.begin() + static_cast<std::ptrdiff_t>(i++), std::move(drop));
      }
    }
  }

  void compare_table(const Table& left, const Table& right) {
    compare_properties(
        {.object = ObjectKind::table, .relation = right.name}, properties(left, compare_),
        properties(right, compare_),
        [&](std::string_view property) { return change_table(left, right, property); });
    compare_columns(left, right);
    compare_constraints(left, right);
    compare_indexes(right.name, left.indexes, right.indexes, left.columns_known,
                    right.columns_known);
    compare_attached(left, right, ObjectKind::trigger, &Table::triggers,
                     &Table::trigger_definitions);
    compare_attached(left, right, ObjectKind::policy, &Table::policies, &Table::policy_definitions);
  }

  void compare_columns(const Table& left, const Table& right) {
    auto pairs =
        pair_up(left.columns, right.columns, [](const Column& column) { return column.name; });
    const QualifiedName& table = right.name;
    for (const Column* column : pairs.right_only) {
      if (is_sure(*column) && left.columns_known) {
        add({.kind = DifferenceKind::missing,
             .object = ObjectKind::column,
             .relation = table,
             .name = column->name,
             .operations = creation(table, *column)});
      }
    }
    // PostgreSQL 12 drops a generated one with the column that it is made of; later ones refuse.
    std::stable_partition(pairs.left_only.begin(), pairs.left_only.end(),
                          [](const Column* column) { return !column->generated.empty(); });
    for (const Column* column : pairs.left_only) {
      if (is_sure(*column) && right.columns_known) {
        drops_.push_back(
            {.kind = DifferenceKind::unexpected,
             .object = ObjectKind::column,
             .relation = table,
             .name = column->name,
             .operations = {on_table(table, migration::DropColumn{known_name(column->name)})}});
      }
    }
    for (const auto& [from, to] : pairs.both) {
      if (!is_sure(*from) || !is_sure(*to)) {
        continue;
      }
      const Column& before = *from;
      const Column& after = *to;
      compare_properties({.object = ObjectKind::column, .relation = table, .name = before.name},
                         properties(before, compare_), properties(after, compare_),
                         [&](std::string_view property) {
                           return change_column(table, before, after, property,
                                                cast(before, after));
                         });
      // A primary key or an identity keeps it NOT NULL as long as it is there.
      if (after.nullable.value_or(false)) {
        const auto loses_not_null = [&](const Difference& difference) {
          return difference.object == ObjectKind::column && difference.relation == table &&
                 difference.name == before.name && difference.property == "nullability";
        };
        const auto late = std::find_if(found_.begin(), found_.end(), loses_not_null);
        if (late != found_.end()) {
          drops_.push_back(std::move(*late));
          found_.erase(late);
        }
      }
    }
  }

  // What converts the values of a column. From one enum to another there is a way through text
  // only.
  [[nodiscard]] std::string cast(const Column& from, const Column& to) const {
    const auto is_enum = [](const Catalog& catalog, std::string_view type) {
      return std::any_of(catalog.enums.begin(), catalog.enums.end(),
                         [&](const auto& entry) { return type_text(entry.first) == type; });
    };
    const auto element = [](std::string_view type) { return type.substr(0, type.find("[]")); };
    const bool enums = is_enum(left_, element(from.type)) && is_enum(right_, element(to.type));
    return fmt::format("{}::{}{}", quote_identifier(from.name),
                       !enums                    ? ""
                       : to.type.ends_with("[]") ? "text[]::"
                                                 : "text::",
                       to.type);
  }

  void compare_constraints(const Table& left, const Table& right) {
    const QualifiedName& table = right.name;
    const std::vector<Constraint> from = comparable(left.constraints);
    const std::vector<Constraint> to = comparable(right.constraints);
    auto pairs = pair_up(from, to, [](const Constraint& c) { return c.name; });
    for (const auto& [a, b] : take_renamed(pairs, [&](const Constraint&x, const Constraint&y) {
           return x.kind == y.kind && x.valid == y.valid &&
                  (!replayed() || x.kind != ConstraintKind::check) &&
                  comparable_definition(x, compare_) == comparable_definition(y, compare_);
         })) {
      add({.kind = DifferenceKind::renamed,
           .object = ObjectKind::constraint,
           .relation = table,
           .name = a->name,
           .left = a->name,
           .right = b->name,
           .operations = {
               on_table(table, migration::RenameConstraint{known_name(b->name)}, a->name)}});
    }
    for (const Constraint* constraint : pairs.left_only) {
      if (is_sure(*constraint) && (!replayed() || right.columns_known)) {
        auto& into = constraint->kind == ConstraintKind::foreign_key ? first_ : found_;
        into.push_back({.kind = DifferenceKind::unexpected,
                        .object = ObjectKind::constraint,
                        .relation = table,
                        .name = constraint->name,
                        .operations = {on_table(table, migration::DropConstraint{constraint->kind},
                                                constraint->name)}});
      }
    }
    for (const Constraint* constraint : pairs.right_only) {
      if (is_sure(*constraint) && (!replayed() || left.columns_known)) {
        auto& into = constraint->kind == ConstraintKind::foreign_key ? late_ : found_;
        into.push_back({.kind = DifferenceKind::missing,
                        .object = ObjectKind::constraint,
                        .relation = table,
                        .name = constraint->name,
                        .operations = {creation(table, *constraint)}});
        // An index that is there becomes the constraint's.
        const Index* index = left.find_index(constraint->name);
        auto* added = std::get_if<migration::AddConstraint>(&into.back().operations[0].action);
        if (index != nullptr && index->constraint.empty() && added != nullptr) {
          added->constraint.using_index = known_name(index->name);
        }
      }
    }
    for (const auto& [a, b] : pairs.both) {
      if (!is_sure(*a) || !is_sure(*b)) {
        continue;
      }
      const Constraint& before = *a;
      const Constraint& after = *b;
      compare_properties({.object = ObjectKind::constraint, .relation = table, .name = a->name},
                         properties(before, compare_), properties(after, compare_),
                         [&](std::string_view property) {
                           return change_constraint(table, before, after, property);
                         });
    }
  }

  void compare_indexes(const QualifiedName& relation, const std::vector<Index>& left,
                       const std::vector<Index>& right, bool left_known, bool right_known) {
    const std::vector<Index> from = comparable(left);
    const std::vector<Index> to = comparable(right);
    auto pairs = pair_up(from, to, [](const Index& index) { return index.name; });
    // A constraint's index goes, comes and is renamed with it.
    const auto owned = [](const Index* index) { return !index->constraint.empty(); };
    std::erase_if(pairs.left_only, owned);
    std::erase_if(pairs.right_only, owned);
    for (const auto& [a, b] : take_renamed(pairs, [&](const Index&x, const Index&y) {
           return x.valid == y.valid && x.keys_known && y.keys_known &&
                  comparable_definition(x, compare_) == comparable_definition(y, compare_);
         })) {
      add({.kind = DifferenceKind::renamed,
           .object = ObjectKind::index,
           .relation = relation,
           .name = a->name,
           .left = a->name,
           .right = b->name,
           .operations = {on_object({relation.schema, a->name},
                                    migration::RenameIndex{known_name(b->name)})}});
    }
    for (const Index* index : pairs.left_only) {
      if (is_sure(*index) && (!replayed() || right_known)) {
        add({.kind = DifferenceKind::unexpected,
             .object = ObjectKind::index,
             .relation = relation,
             .name = index->name,
             .operations = {on_table(relation, migration::DropIndex{}, index->name)}});
      }
    }
    for (const Index* index : pairs.right_only) {
      if (is_sure(*index) && (!replayed() || left_known)) {
        add({.kind = DifferenceKind::missing,
             .object = ObjectKind::index,
             .relation = relation,
             .name = index->name,
             .operations = {creation(relation, *index)}});
      }
    }
    for (const auto& [a, b] : pairs.both) {
      if (!is_sure(*a) || !is_sure(*b)) {
        continue;
      }
      const Index& before = *a;
      const Index& after = *b;
      if (!before.constraint.empty() && before.constraint == after.constraint &&
          is_told(relation, before.constraint)) {
        continue;
      }
      compare_properties({.object = ObjectKind::index, .relation = relation, .name = before.name},
                         properties(before, compare_), properties(after, compare_),
                         [&](std::string_view property) {
                           return change_index(relation, before, after, property);
                         });
    }
  }

  // Whether a constraint is reported as changed, which makes its index anew.
  [[nodiscard]] bool is_told(const QualifiedName& relation, const std::string& constraint) const {
    return std::any_of(found_.begin(), found_.end(), [&](const Difference& difference) {
      return difference.object == ObjectKind::constraint && difference.relation == relation &&
             difference.name == constraint && difference.property == "definition";
    });
  }

  // Triggers and policies, which are only texts.
  void compare_attached(const Table& left, const Table& right, ObjectKind object,
                        std::vector<std::string> Table::*names,
                        std::vector<std::string> Table::*definitions) {
    const auto definition_in = [&](const Table& table, const std::string& name) {
      const auto at = static_cast<std::size_t>(
          std::find((table.*names).begin(), (table.*names).end(), name) - (table.*names).begin());
      return at < (table.*definitions).size() ? (table.*definitions)[at] : std::string();
    };
    const auto create = [&](const std::string& name) {
      return attached_creation(object, right.name, name, definition_in(right, name));
    };
    const std::string drop = object == ObjectKind::trigger ? "DROP TRIGGER" : "DROP POLICY";
    const auto drop_text = [&](const std::string& name) {
      return fmt::format("{} {} ON {}", drop, quote_identifier(name), sql_name(right.name));
    };
    const auto pairs =
        pair_up(left.*names, right.*names, [](const std::string& name) { return name; });
    for (const std::string* name : pairs.left_only) {
      add({.kind = DifferenceKind::unexpected,
           .object = object,
           .relation = right.name,
           .name = *name,
           .statements = {drop_text(*name)}});
    }
    for (const std::string* name : pairs.right_only) {
      add({.kind = DifferenceKind::missing,
           .object = object,
           .relation = right.name,
           .name = *name,
           .statements = create(*name)});
    }
    for (const auto& [name, same] : pairs.both) {
      const std::string from = normal_form(definition_in(left, *name));
      const std::string to = normal_form(definition_in(right, *name));
      if (replayed() || from == to) {
        continue;
      }
      Difference& changed = add({.object = object,
                                 .relation = right.name,
                                 .name = *name,
                                 .property = "definition",
                                 .left = from,
                                 .right = to,
                                 .statements = {drop_text(*name)}});
      std::vector<std::string> created = create(*name);
      std::move(created.begin(), created.end(), std::back_inserter(changed.statements));
    }
  }

  void compare_views() {
    const auto pairs = pair_up(left_.views, right_.views);
    const auto kind = [](const View& view) {
      return view.materialized ? ObjectKind::materialized_view : ObjectKind::view;
    };
    for (const View* view : pairs.left_only) {
      if (is_sure(*view) && (!replayed() || right_.complete)) {
        // Before the tables and columns that it reads.
        drops_.insert(drops_.begin(), Difference{.kind = DifferenceKind::unexpected,
                                                 .object = kind(*view),
                                                 .relation = view->name,
                                                 .operations = {drop_of(*view)}});
      }
    }
    for (const View* view : pairs.right_only) {
      if (is_sure(*view) && (!replayed() || left_.complete)) {
        add({.kind = DifferenceKind::missing,
             .object = kind(*view),
             .relation = view->name,
             .statements = creation_of(*view)});
      }
    }
    for (const auto& [left, right] : pairs.both) {
      const View& from = *left;
      const View& to = *right;
      compare_properties({.object = kind(to), .relation = to.name}, properties(from, compare_),
                         properties(to, compare_), [&](std::string_view property) {
                           return change_view(from, to, property);
                         });
      compare_indexes(to.name, from.indexes, to.indexes, true, true);
    }
  }

  Catalog left_;  // with what was renamed under its new names
  const Catalog& right_;
  Compare compare_;
  std::vector<Difference> first_;  // foreign keys that go, before the keys that they need
  std::vector<Difference> found_;
  std::vector<Difference> late_;  // once all tables are there
  std::vector<Difference> drops_;
  std::vector<Difference> last_drops_;       // of what tables may use
  std::vector<Difference> container_drops_;  // schemas and extensions
};

// A difference's value in a line: long texts are cut.
std::string shown(std::string text) {
  constexpr std::size_t longest = 200;
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() > longest) {
    text = clipped(text, longest) + "…";
  }
  return text;
}

}  // namespace

std::string_view name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::schema:
      return "schema";
    case ObjectKind::extension:
      return "extension";
    case ObjectKind::enumeration:
      return "enum";
    case ObjectKind::domain:
      return "domain";
    case ObjectKind::sequence:
      return "sequence";
    case ObjectKind::function:
      return "function";
    case ObjectKind::table:
      return "table";
    case ObjectKind::column:
      return "column";
    case ObjectKind::constraint:
      return "constraint";
    case ObjectKind::index:
      return "index";
    case ObjectKind::trigger:
      return "trigger";
    case ObjectKind::policy:
      return "policy";
    case ObjectKind::view:
      return "view";
    case ObjectKind::materialized_view:
      return "materialized view";
  }
  return {};
}

std::string display(const Difference& difference) {
  const bool part = !difference.name.empty() && !difference.relation.name.empty();
  const bool call = difference.object == ObjectKind::function;
  std::string what = fmt::format("{} {}{}{}", name(difference.object), display(difference.relation),
                                 part && !call ? "." : "", difference.name);
  switch (difference.kind) {
    case DifferenceKind::missing:
      return what + ": missing";
    case DifferenceKind::unexpected:
      return what + ": not expected";
    case DifferenceKind::renamed:
      return fmt::format("{}: expected as {}", what, difference.right);
    case DifferenceKind::changed:
      break;
  }
  return fmt::format("{}: {} {}, expected {}", what, difference.property, shown(difference.left),
                     shown(difference.right));
}

std::vector<Difference> diff(const Catalog& left, const Catalog& right, Compare compare) {
  return Diff(left, right, compare).run();
}

}  // namespace gauger::catalog
