// What SQLAlchemy models say the database's schema is, as their syntax shows it. Nothing is run or
// imported: an expression that means nothing here stands for itself.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace gauger::models {

// One thing that a file says: a table, a column, a constraint, an index, an enum, a type.
struct Item {
  std::string kind;   // "column"
  std::string name;   // "users.email"; of a mixin's or an abstract class's "TimestampMixin.created"
  std::string owner;  // the name of the table or class it is part of; empty: it is none's
  // What is said of it, by name: "type", "nullable", "foreign key"… Values are normal forms: two
  // spellings that mean the same (order of keywords, quotes, how a name was imported, a default
  // that is written out) are equal.
  std::map<std::string, std::string> properties;
  base::Span span{};  // in the text that was read
};

struct Models {
  std::vector<Item> items;
  // Names that columns refer to. A Python enum among the items is part of the schema only where a
  // file of the project has its name here.
  std::set<std::string> used_names;
};

// Reads declarative classes (__tablename__, __table_args__, Column, mapped_column, Mapped[...],
// mixins, declared_attr), Table(...), indexes and constraints of their own, Python enums, and the
// types and metadata that these are made of. What only Python sees is left out: comments,
// docstrings, methods, imports, relationship() and its kin, properties, validators, and the
// arguments of a column that no database is told of (`default`, `onupdate`, `key`, `doc`…).
//
// Error (unparsable): as python::parse.
[[nodiscard]] base::Result<Models> read(std::string_view text);

// Models of one file.
struct Source {
  std::string path;
  Models models;
};

// Something that the schema says in one version and not in the other.
struct Difference {
  std::string message;      // "column users.email: nullable changed", "table orders added"
  std::string path;         // where it is said: in the version after, or, where it is gone, before
  base::Span span{};        // empty where it is gone
  std::string enum_name{};  // the Python enum it is about
};

// Compares all files of one version with all of the other, so that what moves from one file to
// another makes no difference. A table or class that comes or goes is told without its parts.
// Ordered by path and place; what is gone comes last.
[[nodiscard]] std::vector<Difference> differences(std::span<const Source> before,
                                                  std::span<const Source> after);

}  // namespace gauger::models
