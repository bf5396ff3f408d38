// PostgreSQL's parse tree: its own headers, and what makes them pleasant to read from C++. Only
// this folder's .cpp files include it. PostgreSQL's types stand in the global namespace
// (::Constraint), ours in gauger::sql.
//
// Nothing that walks the tree may call a function of PostgreSQL that reports errors: those jump
// over C++ destructors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// postgres.h comes before all others of PostgreSQL.
extern "C" {
#include <postgres.h>
}
extern "C" {
#include <nodes/nodeFuncs.h>
#include <nodes/parsenodes.h>
}

// What postgres.h defines for the C library's names, and what would trip over in C++.
#undef printf
#undef snprintf
#undef sprintf
#undef vsnprintf
#undef vsprintf
#undef fprintf
#undef vfprintf
#undef vprintf
#undef strerror
#undef strerror_r
#undef Min
#undef Max

#include "sql/statement.hpp"

namespace gauger::sql {

template <class T>
[[nodiscard]] const T& as(const ::Node* node) {
  return *reinterpret_cast<const T*>(node);
}

[[nodiscard]] inline bool is(const ::Node* node, ::NodeTag tag) {
  return node != nullptr && node->type == tag;
}

// The elements of a list (a null one is empty), which must be pointers to T.
template <class T>
class Items {
 public:
  class Iterator {
   public:
    explicit Iterator(const ::ListCell* cell) : cell_(cell) {}
    const T* operator*() const { return static_cast<const T*>(cell_->ptr_value); }
    Iterator& operator++() {
      ++cell_;
      return *this;
    }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    const ::ListCell* cell_;
  };

  explicit Items(const ::List* list) : list_(list) {}
  [[nodiscard]] Iterator begin() const {
    return Iterator(list_ == nullptr ? nullptr : list_->elements);
  }
  [[nodiscard]] Iterator end() const {
    return Iterator(list_ == nullptr ? nullptr : list_->elements + list_->length);
  }
  [[nodiscard]] std::size_t size() const {
    return list_ == nullptr ? 0 : static_cast<std::size_t>(list_->length);
  }
  [[nodiscard]] const T* operator[](std::size_t index) const {
    return static_cast<const T*>(list_->elements[index].ptr_value);
  }

 private:
  const ::List* list_;
};

template <class T>
[[nodiscard]] Items<T> items(const ::List* list) {
  return Items<T>(list);
}

[[nodiscard]] inline Items<::Node> nodes(const ::List* list) { return Items<::Node>(list); }

template <class T>
[[nodiscard]] const ::Node* as_node(const T* node) {
  return reinterpret_cast<const ::Node*>(node);
}

[[nodiscard]] inline std::string text_or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

// The text of a String, Float, Integer or constant of those; empty for any other node.
[[nodiscard]] std::string value_text(const ::Node* node);

// "=", "<>", "<", "<=", ">" or ">="; nothing for any other operator.
[[nodiscard]] std::optional<std::string> comparison_operator(const ::List* name);

// A list of String nodes.
[[nodiscard]] std::vector<std::string> texts(const ::List* list);

// A name as a list of String nodes; a database before the schema is dropped.
[[nodiscard]] QualifiedName qualified_name(const ::List* names);
[[nodiscard]] QualifiedName qualified_name(const ::RangeVar* relation);
[[nodiscard]] std::vector<QualifiedName> qualified_names(const ::List* relations);

// "CURRENT_USER", "PUBLIC" or the role's name.
[[nodiscard]] std::string role_name(const ::RoleSpec* role);

// Adds to the names of the statement. Both may be null.
void name_relation(const ::RangeVar* relation, Statement& statement);
void name_plain(const char* name, Statement& statement);
void set_persistence(const ::RangeVar* relation, Statement& statement);

// Among the options of a statement; null if it is not there.
[[nodiscard]] const ::DefElem* option(const ::List* options, std::string_view name);
// As defGetBoolean() reads it: an option without a value is on.
[[nodiscard]] bool is_on(const ::List* options, std::string_view name);

}  // namespace gauger::sql
