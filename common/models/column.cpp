#include "models/column.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace gauger::models {
namespace {

using python::Node;
using python::NodeKind;

// Arguments of Column and mapped_column that only Python sees.
constexpr std::array<std::string_view, 22> python_only = {"active_history",
                                                          "compare",
                                                          "default",
                                                          "default_factory",
                                                          "deferred",
                                                          "deferred_group",
                                                          "deferred_raiseload",
                                                          "doc",
                                                          "hash",
                                                          "info",
                                                          "init",
                                                          "insert_default",
                                                          "insert_sentinel",
                                                          "key",
                                                          "kw_only",
                                                          "onupdate",
                                                          "quote",
                                                          "repr",
                                                          "server_onupdate",
                                                          "sort_order",
                                                          "use_existing_column",
                                                          "dataclass_metadata"};

// What an attribute of a class can be that is no column.
constexpr std::array<std::string_view, 18> not_columns = {
    "aliased",           "association_proxy",
    "backref",           "column_property",
    "composite",         "contains_eager",
    "dynamic_loader",    "hybrid_property",
    "query_expression",  "relation",
    "relationship",      "select",
    "synonym",           "validates",
    "hybrid_method",     "viewonly_relationship",
    "column_keyed_dict", "attribute_keyed_dict"};

// Arguments by position that are no type.
constexpr std::array<std::string_view, 8> column_items = {
    "CheckConstraint", "Computed", "DefaultClause", "FetchedValue",
    "ForeignKey",      "Identity", "Sequence",      "UniqueConstraint"};

bool is_column_call(const Node& node, const Names& names) {
  if (node.kind != NodeKind::call) {
    return false;
  }
  const std::string_view callee = last_name(node.child(0), names);
  return callee == "Column" || callee == "mapped_column";
}

const Node* find_column_call(const Node& node, const Names& names) {
  if (is_column_call(node, names)) {
    return &node;
  }
  for (const Node* child : node.children) {
    if (child != nullptr) {
      if (const Node* found = find_column_call(*child, names)) {
        return found;
      }
    }
  }
  return nullptr;
}

// An annotation, taken apart.
struct Annotation {
  bool is_mapped = false;  // Mapped[...]
  bool is_other = false;   // a relationship's, or a proxy's
  bool is_optional = false;
  const Node* type = nullptr;  // without Mapped and Optional
};

class AnnotationReader {
 public:
  AnnotationReader(const Names& names, Fragments& fragments)
      : names_(names), fragments_(fragments) {}

  [[nodiscard]] Annotation read(const Node& annotation) {
    const Node* node = unquoted(annotation);
    if (node == nullptr || node->kind != NodeKind::subscript || node->children.size() < 2) {
      return {};
    }
    Annotation result;
    const std::string_view name = last_name(node->child(0), names_);
    result.is_mapped = name == "Mapped" || name == "MappedColumn";
    result.is_other = name == "DynamicMapped" || name == "WriteOnlyMapped" ||
                      name == "AssociationProxy" || name == "ClassVar";
    if (result.is_mapped) {
      result.type = strip(node->child(1), result.is_optional, 0);
    }
    return result;
  }

 private:
  const Node* unquoted(const Node& node) {
    return node.kind == NodeKind::string ? fragments_.parse(node.text) : &node;
  }

  // Optional[X], X | None, Union[X, None]: X.
  const Node* strip(const Node& type, bool& is_optional, int depth) {
    const Node* node = unquoted(type);
    if (node == nullptr || depth > 20) {
      return &type;
    }
    if (node->kind == NodeKind::binary && node->op == python::Operator::bit_or) {
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        if (node->child(side).kind == NodeKind::none) {
          is_optional = true;
          return strip(node->child(1 - side), is_optional, depth + 1);
        }
      }
      return node;
    }
    if (node->kind != NodeKind::subscript) {
      return node;
    }
    const std::string_view name = last_name(node->child(0), names_);
    if (name == "Optional") {
      is_optional = true;
      return strip(node->child(1), is_optional, depth + 1);
    }
    if (name == "Union" && node->children.size() == 3) {
      for (const std::size_t side : {std::size_t{1}, std::size_t{2}}) {
        if (node->child(side).kind == NodeKind::none) {
          is_optional = true;
          return strip(node->child(3 - side), is_optional, depth + 1);
        }
      }
    }
    return node;
  }

  const Names& names_;
  Fragments& fragments_;
};

class ColumnReader {
 public:
  ColumnReader(const Names& names, Writer& writer) : names_(names), writer_(writer) {}

  [[nodiscard]] Column read(const Node* call, const Annotation& annotation) {
    if (call != nullptr) {
      for (std::size_t i = 1; i < call->children.size(); ++i) {
        read_argument(call->child(i));
      }
    }
    auto& properties = column_.properties;
    if (annotation.type != nullptr && !properties.contains("type")) {
      properties["type"] = writer_.write_type(*annotation.type);
    }
    for (const char* name : {"primary_key", "unique", "index", "server_default", "comment"}) {
      const auto found = properties.find(name);
      if (found != properties.end() && (found->second == "False" || found->second == "None")) {
        properties.erase(found);
      }
    }
    const auto [nullable, is_implied] = properties.try_emplace("nullable", "True");
    if (is_implied &&
        (properties.contains("primary_key") || (annotation.is_mapped && !annotation.is_optional))) {
      nullable->second = "False";
    }
    return std::move(column_);
  }

 private:
  void read_argument(const Node& argument) {
    if (argument.kind == NodeKind::keyword) {
      read_keyword(argument.text, argument.child(0));
      return;
    }
    if (argument.kind == NodeKind::call) {
      const std::string_view callee = last_name(argument.child(0), names_);
      if (is_one_of(callee, column_items)) {
        append(callee == "ForeignKey" ? "foreign key" : std::string(callee),
               writer_.write(argument));
        return;
      }
    }
    const Node* value = &argument;
    if (argument.kind == NodeKind::name && names_.value(argument.text) != nullptr) {
      value = names_.value(argument.text);
    }
    if (!has_type_ && column_.name.empty() && value->kind == NodeKind::string) {
      column_.name = value->text;
    } else if (!has_type_) {
      has_type_ = true;
      column_.properties["type"] = writer_.write_type(argument);
    } else {
      append("further arguments", writer_.write(argument));
    }
  }

  void read_keyword(std::string_view name, const Node& value) {
    if (name == "name" && value.kind == NodeKind::string) {
      column_.name = value.text;
    } else if (name == "type_") {
      column_.properties["type"] = writer_.write_type(value);
    } else if (!is_one_of(name, python_only)) {
      column_.properties[std::string(name)] = writer_.write(value);
    }
  }

  void append(const std::string& name, const std::string& value) {
    std::string& all = column_.properties[name];
    all += all.empty() ? value : "; " + value;
  }

  const Names& names_;
  Writer& writer_;
  Column column_;
  bool has_type_ = false;
};

// A call that is not known: a project's own shorthand for a column, by what can be seen of it.
bool may_be_column(std::string_view callee, const Annotation& annotation) {
  std::string lower(callee);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return annotation.is_mapped || lower.find("column") != std::string::npos;
}

}  // namespace

const Node* Fragments::parse(std::string_view text) {
  Fragment& fragment = fragments_.emplace_back();
  fragment.text = text;
  auto syntax = python::parse(fragment.text, {0, static_cast<std::uint32_t>(fragment.text.size())});
  if (!syntax) {
    return nullptr;
  }
  fragment.syntax = std::move(*syntax);
  const Node& root = fragment.syntax->root();
  if (root.children.size() != 1 || root.child(0).kind != NodeKind::expression_statement) {
    return nullptr;
  }
  return &root.child(0).child(0);
}

bool makes_column(const Node& expression, const Names& names) {
  return find_column_call(expression, names) != nullptr;
}

std::optional<Column> read_column(const Node* annotation, const Node* value, const Names& names,
                                  Writer& writer, Fragments& fragments) {
  Annotation said;
  if (annotation != nullptr) {
    said = AnnotationReader(names, fragments).read(*annotation);
  }
  if (said.is_other) {
    return std::nullopt;
  }
  if (value == nullptr) {
    return said.is_mapped ? std::optional(ColumnReader(names, writer).read(nullptr, said))
                          : std::nullopt;
  }
  if (is_column_call(*value, names)) {
    return ColumnReader(names, writer).read(value, said);
  }
  const bool is_call = value->kind == NodeKind::call;
  const std::string_view callee = is_call ? last_name(value->child(0), names) : std::string_view();
  if (callee == "deferred" || callee == "column_property" || callee == "composite") {
    const Node* inner = find_column_call(*value, names);
    return inner != nullptr ? std::optional(ColumnReader(names, writer).read(inner, {}))
                            : std::nullopt;
  }
  if (is_one_of(callee, not_columns)) {
    return std::nullopt;
  }
  if (makes_column(*value, names) || (is_call && may_be_column(callee, said))) {
    Column column;
    column.properties["definition"] = writer.write(*value);
    return column;
  }
  return std::nullopt;
}

std::string_view constraint_kind(const Node& call, const Names& names) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kinds = {{
      {"Index", "index"},
      {"UniqueConstraint", "unique constraint"},
      {"CheckConstraint", "check constraint"},
      {"ForeignKeyConstraint", "foreign key"},
      {"PrimaryKeyConstraint", "primary key"},
      {"ExcludeConstraint", "exclusion constraint"},
  }};
  if (call.kind == NodeKind::call) {
    const std::string_view callee = last_name(call.child(0), names);
    for (const auto& [name, kind] : kinds) {
      if (name == callee) {
        return kind;
      }
    }
  }
  return {};
}

}  // namespace gauger::models
