// A comparison of two catalogs while it is made: diff() runs one. diff_*.cpp have its parts, each
// of which sees what the ones before it have found. Only this folder's .cpp files include it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/diff.hpp"
#include "catalog/diff_parts.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

using migration::Operation;

class Differ {
 public:
  // `right` must outlive it.
  Differ(Catalog left, const Catalog& right, Compare compare)
      : left_(std::move(left)), right_(right), compare_(compare) {}

  std::vector<Difference> run();

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

  Difference& add(Difference difference);
  void compare_properties(const Difference& of, const Properties& left, const Properties& right,
                          const std::function<Remedy(std::string_view property)>& remedy);
  void compare_names(const std::vector<std::string>& left, const std::vector<std::string>& right,
                     ObjectKind object);

  // diff_renames.cpp: what is renamed is compared under its new name.
  void find_renamed();
  void find_renamed_columns(const QualifiedName& table, const Table& left, const Table& right);
  void rename(Difference difference);
  void replace_in_texts(const std::string& from, const std::string& to);

  // diff_types.cpp
  void compare_enums();
  void compare_domains();
  void compare_functions();
  template <class T>
  void drop_type(const T& type, ObjectKind object);

  // diff_sequences.cpp
  void compare_sequences();
  [[nodiscard]] bool comes_with_table(const Sequence& sequence) const;
  [[nodiscard]] bool goes_with_owner(const Sequence& sequence) const;

  // diff_tables.cpp
  void compare_tables();
  void compare_table(const Table& left, const Table& right);
  void compare_columns(const Table& left, const Table& right);
  void compare_views();
  void create_table(const Table& table);
  [[nodiscard]] std::vector<Operation> with_serial_key(std::vector<Operation> operations,
                                                       const Table& table) const;
  [[nodiscard]] std::string cast(const Column& from, const Column& to) const;

  // diff_table_parts.cpp
  void compare_constraints(const Table& left, const Table& right);
  void compare_indexes(const QualifiedName& relation, const std::vector<Index>& left,
                       const std::vector<Index>& right, bool left_known, bool right_known);
  void compare_attached(const Table& left, const Table& right, ObjectKind object,
                        std::vector<std::string> Table::*names,
                        std::vector<std::string> Table::*definitions);
  [[nodiscard]] bool is_told(const QualifiedName& relation, const std::string& constraint) const;

  // diff_order.cpp
  static std::vector<const Table*> parents_first(std::vector<const Table*> tables);
  void order_drops();
  void order_sources();

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

}  // namespace gauger::catalog
