// Columns, as Column(...), mapped_column(...) and Mapped[...] have them.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "models/normal_form.hpp"
#include "python/syntax.hpp"

namespace gauger::models {

// Texts that are parsed apart from their file, such as an annotation in quotes.
class Fragments {
 public:
  // `text` is that of the file, and must outlive this.
  explicit Fragments(std::string_view text) : text_(text) {}

  // A node of the file, read anew as an expression: python::Syntax does not look into annotations.
  [[nodiscard]] const python::Node* parse_again(const python::Node& node) {
    return parse(base::slice(text_, node.span));
  }
  // The expression that `text` is; null where it is none. Lives as long as this.
  [[nodiscard]] const python::Node* parse(std::string_view text);

 private:
  struct Fragment {
    std::string text;
    std::optional<python::Syntax> syntax;
  };
  std::string_view text_;
  std::deque<Fragment> fragments_;
};

struct Column {
  std::string name;  // in the database; empty: that of the attribute
  std::map<std::string, std::string> properties;
};

// Whether somewhere in an expression a column is made: Column(...) or mapped_column(...).
[[nodiscard]] bool makes_column(const python::Node& expression, const Names& names);

// What a class says by `name: annotation = value`, if that is a column; both may be null.
[[nodiscard]] std::optional<Column> read_column(const python::Node* annotation,
                                                const python::Node* value, const Names& names,
                                                Writer& writer, Fragments& fragments);

// The call of an index or constraint: what it is called in messages; empty: it is none.
[[nodiscard]] std::string_view constraint_kind(const python::Node& call, const Names& names);

}  // namespace gauger::models
