#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "catalog/definition.hpp"
#include "catalog/diff_parts.hpp"
#include "catalog/expression.hpp"

namespace gauger::catalog {
namespace {

using migration::Operation;

// What happens to a column.
enum class Change : std::uint8_t {
  converted,  // the server does the same to its constraints and indexes
  retyped,
  removed,  // and made again
};

struct Key {
  ObjectKind object = ObjectKind::column;
  QualifiedName relation{};
  std::string name{};  // empty: the relation itself, a view
  friend auto operator<=>(const Key&, const Key&) = default;
};

// The differences that it stands in the way of.
struct Needed {
  std::size_t first = 0;
  std::size_t last = 0;
};

bool has_name(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool reads(const View& view, const QualifiedName& relation) {
  return std::find(view.reads.begin(), view.reads.end(), relation) != view.reads.end();
}

const Constraint* find_constraint(const Catalog& catalog, const Key& key) {
  const auto table = catalog.tables.find(key.relation);
  return table == catalog.tables.end() ? nullptr : table->second.find_constraint(key.name);
}

// The column of an operation on one; empty: on something else.
std::string column_of(const Operation& operation) {
  return std::visit(
      [](const auto& action) -> std::string {
        if constexpr (requires { action.column.text; }) {
          return action.column.text;
        } else if constexpr (requires { action.column.name.text; }) {
          return action.column.name.text;
        } else {
          return {};
        }
      },
      operation.action);
}

class Dependents {
 public:
  Dependents(std::vector<Difference>& differences, const Catalog& left, const Catalog& right)
      : differences_(differences), left_(left), right_(right) {}

  void set_aside() {
    for (at_ = 0; at_ < differences_.size(); ++at_) {
      for (const Operation& operation : differences_[at_].operations) {
        find(operation);
      }
    }
    std::vector<std::pair<Key, Needed>> needed(needed_.begin(), needed_.end());
    std::stable_sort(needed.begin(), needed.end(), [&](const auto& a, const auto& b) {
      return std::pair(order(a.first), reading(a.first)) <
             std::pair(order(b.first), reading(b.first));
    });
    for (const auto& [key, where] : needed) {
      set_aside(key, where);
    }
    for (auto& [at, drops] : drops_) {
      auto& operations = differences_[at].operations;
      operations.insert(operations.begin(), std::make_move_iterator(drops.rbegin()),
                        std::make_move_iterator(drops.rend()));
    }
    for (auto& [at, made] : made_) {
      auto& [operations, statements] = made;
      std::move(operations.begin(), operations.end(),
                std::back_inserter(differences_[at].operations));
      std::move(statements.begin(), statements.end(),
                std::back_inserter(differences_[at].statements));
    }
  }

 private:
  void find(const Operation& operation) {
    const Difference& difference = differences_[at_];
    const auto view = left_.views.find(difference.relation);
    if (difference.kind == DifferenceKind::changed && view != left_.views.end() &&
        std::holds_alternative<migration::DropObject>(operation.action)) {
      add_view(view->second);
      return;
    }
    const std::string name = column_of(operation);
    const auto relation = qualified(operation.table);
    const auto table = relation ? left_.tables.find(*relation) : left_.tables.end();
    const Column* column = table == left_.tables.end() ? nullptr : table->second.find_column(name);
    if (difference.kind != DifferenceKind::changed || column == nullptr) {
      return;
    }
    if (const auto* change = std::get_if<migration::ChangeType>(&operation.action)) {
      const bool swapped = difference.object == ObjectKind::enumeration;
      find(table->second, name,
           !swapped && converts_by_itself(column->type, change->type.text) ? Change::converted
                                                                           : Change::retyped);
    } else if (std::holds_alternative<migration::DropColumn>(operation.action)) {
      remove(table->second, name);
    }
  }

  void remove(const Table& table, const std::string& column) {
    add({ObjectKind::column, table.name, column});
    find(table, column, Change::removed);
  }

  void add(Key key) {
    const auto [entry, is_new] = needed_.try_emplace(std::move(key), Needed{at_, at_});
    entry->second.last = at_;
  }

  void find(const Table& table, const std::string& column, Change change) {
    for (const Column& other : table.columns) {
      if (mentions(other.generated, column) && !stays(table.name, other)) {
        remove(table, other.name);
      }
    }
    if (change != Change::converted) {
      find_constraints(table, column, change);
      for (const Index& index : table.indexes) {
        if (index.constraint.empty() && !index.inherited && uses(index, column, change)) {
          add({ObjectKind::index, table.name, index.name});
        }
      }
    }
    for (const auto& [object, names, definitions] :
         {std::tuple(ObjectKind::trigger, &table.triggers, &table.trigger_definitions),
          std::tuple(ObjectKind::policy, &table.policies, &table.policy_definitions)}) {
      for (std::size_t i = 0; i < std::min(names->size(), definitions->size()); ++i) {
        if (mentions((*definitions)[i], column)) {
          add({object, table.name, (*names)[i]});
        }
      }
    }
    for (const auto& [name, view] : left_.views) {
      if (reads(view, table.name) && mentions(view.definition, column)) {
        add_view(view);
      }
    }
  }

  // It has lost its expression before the columns are changed.
  [[nodiscard]] bool stays(const QualifiedName& table, const Column& column) const {
    const auto right = right_.tables.find(table);
    const Column* other =
        right == right_.tables.end() ? nullptr : right->second.find_column(column.name);
    return other != nullptr && other->generated.empty() && !column.generated_virtual;
  }

  static bool uses(const Index& index, const std::string& column, Change change) {
    const bool removed = change == Change::removed;
    return mentions(index.predicate, column) || (removed && has_name(index.included, column)) ||
           std::any_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) {
             return mentions(key.expression, column) ||
                    (key.column == column && (removed || !key.operator_class.empty()));
           });
  }

  void find_constraints(const Table& changed, const std::string& column, Change change) {
    for (const auto& [name, table] : left_.tables) {
      for (const Constraint& constraint : table.constraints) {
        const bool is_reference = constraint.kind == ConstraintKind::foreign_key;
        const bool own =
            name == changed.name &&
            (mentions(constraint.expression, column) ||
             ((is_reference || change == Change::removed) && has_name(constraint.columns, column)));
        const bool refers = is_reference && constraint.referenced == changed.name &&
                            has_name(constraint.referenced_columns, column);
        if ((own || refers) && !constraint.inherited &&
            constraint.kind != ConstraintKind::not_null) {
          add({ObjectKind::constraint, name, constraint.name});
        }
      }
    }
  }

  // With those that read it.
  void add_view(const View& view) {
    add({view.materialized ? ObjectKind::materialized_view : ObjectKind::view, view.name, {}});
    for (const auto& [name, other] : left_.views) {
      if (reads(other, view.name)) {
        add_view(other);
      }
    }
  }

  // In which they can be made.
  [[nodiscard]] int order(const Key& key) const {
    switch (key.object) {
      case ObjectKind::column:
        return 0;
      case ObjectKind::constraint: {
        const Constraint* constraint = find_constraint(left_, key);
        return constraint != nullptr && constraint->kind == ConstraintKind::foreign_key ? 3 : 1;
      }
      case ObjectKind::index:
        return 2;
      case ObjectKind::policy:
        return 4;
      case ObjectKind::trigger:
        return 5;
      default:
        return 6;
    }
  }

  // How many views are below one.
  [[nodiscard]] int reading(const Key& key) const {
    const auto view = left_.views.find(key.relation);
    int depth = 0;
    if (view != left_.views.end() && key.name.empty()) {
      for (const QualifiedName& read : view->second.reads) {
        depth = std::max(depth, 1 + reading({ObjectKind::view, read, {}}));
      }
    }
    return depth;
  }

  [[nodiscard]] bool is_about(const Difference& difference, const Key& key) const {
    return difference.relation == key.relation &&
           (key.name.empty() || (difference.object == key.object && difference.name == key.name));
  }

  // Its own differences go with it.
  void set_aside(const Key& key, Needed where) {
    std::string old_name = key.name;
    std::string new_name = key.name;
    bool stays = right_.tables.contains(key.relation) || key.name.empty();
    for (std::size_t i = 0; i < differences_.size(); ++i) {
      Difference& difference = differences_[i];
      if (key.object == ObjectKind::column) {
        std::erase_if(difference.operations, [&](const Operation& operation) {
          return difference.kind == DifferenceKind::changed &&
                 qualified(operation.table) == key.relation && column_of(operation) == key.name;
        });
      }
      if (!is_about(difference, key)) {
        continue;
      }
      if (difference.kind == DifferenceKind::unexpected && i < where.first) {
        return;
      }
      if (difference.kind == DifferenceKind::renamed) {
        new_name = difference.right;
        if (i < where.first || key.object == ObjectKind::column) {
          old_name = difference.right;
          continue;
        }
      }
      if (difference.kind == DifferenceKind::unexpected) {
        stays = false;
      } else if (key.object != ObjectKind::column) {
        where.first = std::min(where.first, i);
        where.last = std::max(where.last, i);
      }
      difference.operations.clear();
      difference.statements.clear();
    }
    drop({key.object, key.relation, old_name}, where.first);
    if (stays) {
      make({key.object, key.relation, new_name}, key.name, where.last);
    }
  }

  void drop(const Key& key, std::size_t at) {
    const auto add = [&](migration::Action action, const std::string& object) {
      drops_[at].push_back(on_table(key.relation, std::move(action), object));
    };
    switch (key.object) {
      case ObjectKind::column:
        return add(migration::DropColumn{migration::Name{key.name, true}}, {});
      case ObjectKind::constraint:
        return add(migration::DropConstraint{}, key.name);
      case ObjectKind::index:
        return add(migration::DropIndex{}, key.name);
      case ObjectKind::policy:
        return add(migration::DropObject{migration::ObjectKind::policy}, key.name);
      case ObjectKind::trigger:
        return add(migration::DropObject{migration::ObjectKind::trigger}, key.name);
      default:
        drops_[at].push_back(drop_of(left_.views.at(key.relation)));
    }
  }

  // As the right side has it, and where that is not known the left.
  void make(const Key& key, const std::string& old_name, std::size_t at) {
    if (!make_of(right_, key, at)) {
      make_of(left_, {key.object, key.relation, old_name}, at);
    }
  }

  bool make_of(const Catalog& catalog, const Key& key, std::size_t at) {
    auto& [operations, statements] = made_[at];
    if (key.name.empty()) {
      const auto view = catalog.views.find(key.relation);
      if (view == catalog.views.end()) {
        return false;
      }
      std::vector<std::string> made = creation_of(view->second);
      std::move(made.begin(), made.end(), std::back_inserter(statements));
      return true;
    }
    const auto found = catalog.tables.find(key.relation);
    if (found == catalog.tables.end()) {
      return false;
    }
    const Table& table = found->second;
    if (key.object == ObjectKind::trigger || key.object == ObjectKind::policy) {
      const bool trigger = key.object == ObjectKind::trigger;
      const auto& names = trigger ? table.triggers : table.policies;
      const auto& definitions = trigger ? table.trigger_definitions : table.policy_definitions;
      const auto name = std::find(names.begin(), names.end(), key.name);
      const auto index = static_cast<std::size_t>(name - names.begin());
      if (index >= definitions.size()) {
        return false;
      }
      std::vector<std::string> made =
          attached_creation(key.object, table.name, key.name, definitions[index]);
      std::move(made.begin(), made.end(), std::back_inserter(statements));
      return true;
    }
    if (key.object == ObjectKind::column) {
      const Column* column = table.find_column(key.name);
      if (column != nullptr) {
        std::vector<Operation> made = creation(table.name, *column);
        std::move(made.begin(), made.end(), std::back_inserter(operations));
      }
      return column != nullptr;
    }
    const Constraint* constraint = table.find_constraint(key.name);
    const Index* index = table.find_index(key.name);
    if (key.object == ObjectKind::constraint && constraint != nullptr) {
      operations.push_back(creation(table.name, *constraint));
    } else if (key.object == ObjectKind::index && index != nullptr) {
      operations.push_back(creation(table.name, *index));
    } else {
      return false;
    }
    return true;
  }

  std::vector<Difference>& differences_;
  const Catalog& left_;
  const Catalog& right_;
  std::size_t at_ = 0;
  std::map<Key, Needed> needed_;
  std::map<std::size_t, std::vector<Operation>> drops_;  // the last one first
  std::map<std::size_t, Remedy> made_;
};

}  // namespace

void set_dependents_aside(std::vector<Difference>& differences, const Catalog& left,
                          const Catalog& right) {
  Dependents(differences, left, right).set_aside();
}

}  // namespace gauger::catalog
