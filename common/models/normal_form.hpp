// Expressions as texts that are equal where the spelling alone differs.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "python/syntax.hpp"

namespace gauger::models {

// What the names of a file stand for. The nodes must outlive it.
class Names {
 public:
  // Takes note of the imports and assignments of a module's block, also of those in `if` and `try`.
  void read(const python::Node& block);

  // The value of a name that is assigned once at the module's level; null: anything else.
  [[nodiscard]] const python::Node* value(std::string_view name) const;
  // The name under which an import knows it.
  [[nodiscard]] std::string_view original(std::string_view name) const;
  // Whether a name is that of a module whose contents are SQLAlchemy's (or `db` of
  // Flask-SQLAlchemy), so that it says nothing more.
  [[nodiscard]] bool is_module(std::string_view name) const;

 private:
  void read_import(const python::Node& statement);
  void read_from(const python::Node& statement);
  void bind(std::string_view name, const python::Node* value);

  std::map<std::string_view, const python::Node*> values_;  // null: bound more than once
  std::map<std::string_view, std::string_view> originals_;
  std::set<std::string_view> modules_;
};

// The last part of a dotted name, as imported: "Column" for `sa.Column`; empty for anything else.
[[nodiscard]] std::string_view last_name(const python::Node& expression, const Names& names);

template <std::size_t N>
[[nodiscard]] bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Writes normal forms, and remembers the names in them. Its work is limited, whatever a file says.
class Writer {
 public:
  explicit Writer(const Names& names) : names_(names) {}

  [[nodiscard]] std::string write(const python::Node& expression);
  // A type: `String` and `String()` are the same.
  [[nodiscard]] std::string write_type(const python::Node& expression);
  [[nodiscard]] const std::set<std::string>& used_names() const { return used_; }

 private:
  void add(const python::Node& node);
  void add_name(std::string_view name);
  void add_attribute(const python::Node& node);
  void add_call(const python::Node& node);
  void add_list(const python::Node& node, std::size_t first, std::string_view open,
                std::string_view close);
  void add_other(const python::Node& node);

  const Names& names_;
  std::string text_;
  std::set<std::string> used_;
  int depth_ = 0;                // of names that were replaced by their values
  std::size_t budget_ = 100000;  // nodes still to be written
};

}  // namespace gauger::models
