#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/column.hpp"
#include "models/models.hpp"
#include "models/normal_form.hpp"

namespace gauger::models {
namespace {

using python::Node;
using python::NodeKind;

constexpr std::array<std::string_view, 5> enum_bases = {"Enum", "IntEnum", "StrEnum", "Flag",
                                                        "IntFlag"};
constexpr std::array<std::string_view, 2> type_bases = {"TypeDecorator", "UserDefinedType"};
// Bases that make a class a model, without anything in it that would tell.
constexpr std::array<std::string_view, 5> model_bases = {
    "Base", "DeclarativeBase", "DeclarativeBaseNoMeta", "Model", "AbstractConcreteBase"};
constexpr std::array<std::string_view, 5> model_attributes = {
    "__tablename__", "__table__", "__table_args__", "__mapper_args__", "type_annotation_map"};
// Calls at a module's level that others build upon.
constexpr std::array<std::string_view, 10> building_blocks = {
    "Column",   "ENUM",   "Enum",         "Identity",         "MetaData",
    "Sequence", "DOMAIN", "automap_base", "declarative_base", "mapped_column"};

// The block of a class or function.
const Node& block_of(const Node& definition) { return definition.child(1); }

// The arguments of a class: its bases, and keywords.
std::vector<const Node*> bases_of(const Node& type) {
  const Node& arguments = type.child(0);
  std::vector<const Node*> bases;
  for (const Node* argument : arguments.children) {
    if (argument->kind != NodeKind::keyword && argument->kind != NodeKind::double_starred) {
      bases.push_back(argument);
    }
  }
  return bases;
}

// What a statement binds, where that is one name.
struct Binding {
  std::string_view name;
  const Node* annotation = nullptr;
  const Node* value = nullptr;
};

std::optional<Binding> binding_of(const Node& statement) {
  if (statement.kind == NodeKind::assign && statement.children.size() == 2 &&
      statement.child(0).kind == NodeKind::name) {
    return Binding{statement.child(0).text, nullptr, &statement.child(1)};
  }
  if (statement.kind == NodeKind::annotated && statement.child(0).kind == NodeKind::name) {
    return Binding{statement.child(0).text, &statement.child(1), statement.optional_child(2)};
  }
  return std::nullopt;
}

bool has_decorator(const Node& function, std::string_view name, const Names& names) {
  for (std::size_t i = 2; i < function.children.size(); ++i) {
    const Node* decorator = &function.child(i);
    if (decorator->kind == NodeKind::call) {
      decorator = &decorator->child(0);
    }
    // `declared_attr.directive` is one, too.
    if (last_name(*decorator, names) == name ||
        (decorator->kind == NodeKind::attribute && last_name(decorator->child(0), names) == name)) {
      return true;
    }
  }
  return false;
}

void find_returns(const Node& node, std::vector<const Node*>& found) {
  if (node.kind == NodeKind::return_) {
    if (const Node* value = node.optional_child(0)) {
      found.push_back(value);
    }
    return;
  }
  for (const Node* child : node.children) {
    if (child != nullptr && child->kind != NodeKind::function && child->kind != NodeKind::lambda) {
      find_returns(*child, found);
    }
  }
}

class Reader {
 public:
  Reader(std::string_view text, const Node& root)
      : text_(text), root_(root), writer_(names_), fragments_(text) {
    names_.read(root);
    find_classes(root);
  }

  [[nodiscard]] Models run() {
    read_block(root_);
    models_.used_names = writer_.used_names();
    return std::move(models_);
  }

 private:
  void find_classes(const Node& block) {
    for (const Node* statement : block.children) {
      if (statement == nullptr) {
        continue;
      }
      if (statement->kind == NodeKind::class_) {
        classes_[statement->text] = statement;
      } else if (statement->kind == NodeKind::function) {
        functions_[statement->text] = statement;
      } else if (is_nested_block(*statement)) {
        find_classes(*statement);
      }
    }
  }

  static bool is_nested_block(const Node& node) {
    switch (node.kind) {
      case NodeKind::block:
      case NodeKind::if_:
      case NodeKind::try_:
      case NodeKind::handler:
      case NodeKind::else_:
      case NodeKind::finally_:
      case NodeKind::with:
      case NodeKind::for_:
        return true;
      default:
        return false;
    }
  }

  void read_block(const Node& block) {
    for (const Node* statement : block.children) {
      if (statement == nullptr) {
        continue;
      }
      if (statement->kind == NodeKind::class_) {
        read_class(*statement);
      } else if (is_nested_block(*statement)) {
        read_block(*statement);
      } else if (statement->kind == NodeKind::expression_statement) {
        read_call(statement->child(0), {});
      } else if (const auto binding = binding_of(*statement);
                 binding && binding->value != nullptr) {
        read_call(*binding->value, binding->name);
      }
    }
  }

  // What a module says outside of classes; `name` is what it is bound to.
  void read_call(const Node& value, std::string_view name) {
    if (value.kind == NodeKind::subscript && last_name(value.child(0), names_) == "Annotated") {
      if (!name.empty() && makes_column(value, names_)) {
        add("annotated column", name, {}, value.span)["definition"] = writer_.write(value);
      }
      return;
    }
    if (value.kind != NodeKind::call) {
      return;
    }
    const std::string_view callee = last_name(value.child(0), names_);
    if (callee == "Table") {
      read_table(value);
    } else if (!constraint_kind(value, names_).empty()) {
      add_constraint(value, {});
    } else if (!name.empty() && is_one_of(callee, building_blocks)) {
      add(callee, name, {}, value.span)["definition"] = writer_.write(value);
    }
  }

  // Table("users", metadata, Column(...), Index(...), schema="auth").
  void read_table(const Node& call) {
    const Node* first = call.children.size() > 1 ? call.children[1] : nullptr;
    const std::string name = first == nullptr ? std::string() : text_of(*first);
    auto properties = std::map<std::string, std::string>();
    std::vector<const Node*> parts;
    for (std::size_t i = 2; i < call.children.size(); ++i) {
      const Node& argument = call.child(i);
      if (argument.kind == NodeKind::keyword) {
        if (argument.text != "extend_existing" && argument.text != "keep_existing" &&
            argument.text != "info" && argument.text != "listeners") {
          properties[std::string(argument.text)] = writer_.write(argument.child(0));
        }
      } else if (i == 2) {
        properties["metadata"] = writer_.write(argument);
      } else {
        parts.push_back(&argument);
      }
    }
    add("table", name, {}, first == nullptr ? call.span : first->span) = std::move(properties);
    for (const Node* part : parts) {
      if (!constraint_kind(*part, names_).empty()) {
        add_constraint(*part, name);
      } else if (auto column = read_column(nullptr, part, names_, writer_, fragments_)) {
        add_column(std::move(*column), name, {}, part->span);
      } else {
        add("part of table", name, name, part->span)["definition"] = writer_.write(*part);
      }
    }
  }

  void read_class(const Node& type) {
    if (is_kind_of(type, enum_bases)) {
      read_enum(type);
    } else if (is_kind_of(type, type_bases)) {
      read_type(type);
    } else if (is_model(type)) {
      read_model(type);
    }
  }

  // The names of a class's bases, and of theirs in this file.
  [[nodiscard]] std::set<std::string_view> ancestors_of(const Node& type) const {
    std::set<std::string_view> names;
    std::vector<const Node*> todo = {&type};
    while (!todo.empty() && names.size() < most_ancestors) {
      const Node* next = todo.back();
      todo.pop_back();
      for (const Node* base : bases_of(*next)) {
        const Node* expression = base->kind == NodeKind::subscript ? &base->child(0) : base;
        const std::string_view name = last_name(*expression, names_);
        const auto found = classes_.find(name);
        if (names.insert(name).second && found != classes_.end()) {
          todo.push_back(found->second);
        }
      }
    }
    return names;
  }

  template <std::size_t N>
  [[nodiscard]] bool is_kind_of(const Node& type,
                                const std::array<std::string_view, N>& kinds) const {
    const std::set<std::string_view> ancestors = ancestors_of(type);
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](std::string_view kind) { return ancestors.contains(kind); });
  }

  // Whether a class has a part in the schema: by what is in it, or by its bases.
  [[nodiscard]] bool is_model(const Node& type) {
    const auto [known, is_new] = model_classes_.try_emplace(&type, false);
    if (!is_new) {
      return known->second;
    }
    bool result = is_one_of(type.text, model_bases) || shows_model(type);
    for (const std::string_view name : ancestors_of(type)) {
      const auto found = classes_.find(name);
      result = result || is_one_of(name, model_bases) ||
               (found != classes_.end() && shows_model(*found->second));
    }
    model_classes_[&type] = result;
    return result;
  }

  [[nodiscard]] bool shows_model(const Node& type) {
    for (const Node* statement : block_of(type).children) {
      if (statement->kind == NodeKind::function) {
        if (has_decorator(*statement, "declared_attr", names_)) {
          return true;
        }
        continue;
      }
      const auto binding = binding_of(*statement);
      if (!binding) {
        continue;
      }
      if (is_one_of(binding->name, model_attributes) ||
          (binding->value != nullptr && makes_column(*binding->value, names_)) ||
          (binding->annotation != nullptr &&
           read_column(fragments_.parse_again(*binding->annotation), binding->value, names_,
                       scratch_, fragments_))) {
        return true;
      }
    }
    return false;
  }

  void read_enum(const Node& type) {
    std::string members;
    for (const Node* statement : block_of(type).children) {
      const auto binding = binding_of(*statement);
      if (binding && binding->value != nullptr && !binding->name.starts_with('_')) {
        members += fmt::format("{} = {}\n", binding->name, writer_.write(*binding->value));
      }
    }
    add("enum", type.text, {}, name_span(type))["members"] = std::move(members);
  }

  // What a type is in the database: its `impl`, and what its methods for that give.
  void read_type(const Node& type) {
    auto& properties = add("type", type.text, {}, name_span(type));
    std::map<std::string, std::string> found;
    for (const Node* statement : block_of(type).children) {
      if (const auto binding = binding_of(*statement); binding && binding->name == "impl") {
        found["impl"] = binding->value == nullptr ? "" : writer_.write_type(*binding->value);
      } else if (statement->kind == NodeKind::function &&
                 (statement->text == "load_dialect_impl" || statement->text == "get_col_spec")) {
        found[std::string(statement->text)] = returned(*statement);
      }
    }
    properties = std::move(found);
  }

  [[nodiscard]] std::string returned(const Node& function) {
    std::vector<const Node*> values;
    find_returns(block_of(function), values);
    std::string text;
    for (const Node* value : values) {
      text += writer_.write(*value) + "\n";
    }
    return text;
  }

  void read_model(const Node& type) {
    std::string owner(type.text);
    std::string kind = "class";
    for (const Node* statement : block_of(type).children) {
      const auto binding = binding_of(*statement);
      if (binding && binding->name == "__tablename__" && binding->value != nullptr) {
        owner = text_of(*binding->value);
        kind = "table";
      }
    }
    auto& properties = add(kind, owner, {}, name_span(type));
    const std::size_t place = models_.items.size() - 1;
    properties = bases_and_keywords(type);
    for (const Node* statement : block_of(type).children) {
      if (statement->kind == NodeKind::function) {
        read_method(*statement, owner, place);
      } else if (auto binding = binding_of(*statement)) {
        if (binding->annotation != nullptr) {
          binding->annotation = fragments_.parse_again(*binding->annotation);
        }
        read_attribute(*binding, statement->span, owner, place);
      }
    }
  }

  std::map<std::string, std::string> bases_and_keywords(const Node& type) {
    std::map<std::string, std::string> properties;
    std::vector<std::string> bases;
    for (const Node* base : bases_of(type)) {
      const auto found = classes_.find(last_name(*base, names_));
      // One of this file that is no model says nothing of the schema.
      if (found == classes_.end() || found->second == &type || is_model(*found->second)) {
        bases.push_back(writer_.write(*base));
      }
    }
    std::sort(bases.begin(), bases.end());
    if (!bases.empty()) {
      properties["bases"] = fmt::format("{}", fmt::join(bases, ", "));
    }
    for (const Node* argument : type.child(0).children) {
      if (argument->kind == NodeKind::keyword) {
        properties[std::string(argument->text)] = writer_.write(argument->child(0));
      }
    }
    return properties;
  }

  void read_attribute(const Binding& binding, base::Span span, const std::string& owner,
                      std::size_t place) {
    if (binding.name == "__table_args__") {
      if (binding.value != nullptr) {
        read_table_arguments(*binding.value, owner, place);
      }
    } else if (binding.name == "__table__") {
      if (binding.value != nullptr) {
        read_call(*binding.value, {});
      }
    } else if (binding.name == "__abstract__" || binding.name == "metadata" ||
               binding.name == "registry" || binding.name == "type_annotation_map") {
      if (binding.value != nullptr) {
        models_.items[place].properties[std::string(binding.name)] = writer_.write(*binding.value);
      }
    } else if (!binding.name.starts_with("__")) {
      auto column = read_column(binding.annotation, binding.value, names_, writer_, fragments_);
      if (!column) {
        return;
      }
      // What a function of this file makes of it.
      if (binding.value != nullptr && binding.value->kind == NodeKind::call) {
        const auto made = functions_.find(last_name(binding.value->child(0), names_));
        if (made != functions_.end()) {
          column->properties["made by"] = returned(*made->second);
        }
      }
      add_column(std::move(*column), owner, binding.name, span);
    }
  }

  // @declared_attr: what the method returns stands for the attribute.
  void read_method(const Node& function, const std::string& owner, std::size_t place) {
    if (!has_decorator(function, "declared_attr", names_)) {
      return;
    }
    std::vector<const Node*> values;
    find_returns(block_of(function), values);
    const Node* annotation = returned_annotation(function);
    if (function.text == "__tablename__") {
      models_.items[place].properties["table name"] = returned(function);
      return;
    }
    for (const Node* value : values) {
      read_attribute({function.text, annotation, value}, function.span, owner, place);
    }
  }

  // `-> Mapped[int]`, which is in the text only.
  const Node* returned_annotation(const Node& function) {
    const std::uint32_t begin = function.child(0).span.end;
    const std::uint32_t end = block_of(function).span.begin;
    std::string_view text = text_.substr(begin, end > begin ? end - begin : 0);
    const std::size_t arrow = text.find("->");
    const std::size_t colon = text.rfind(':');
    if (arrow == std::string_view::npos || colon == std::string_view::npos || colon < arrow) {
      return nullptr;
    }
    text = text.substr(arrow + 2, colon - arrow - 2);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return fragments_.parse(text);
  }

  // A tuple of constraints and indexes, at its end perhaps a dictionary; or that alone.
  void read_table_arguments(const Node& value, const std::string& owner, std::size_t place) {
    const Node* node = &value;
    if (node->kind == NodeKind::name && names_.value(node->text) != nullptr) {
      node = names_.value(node->text);
    }
    if (node->kind == NodeKind::tuple || node->kind == NodeKind::list) {
      for (const Node* part : node->children) {
        read_table_argument(*part, owner, place);
      }
    } else {
      read_table_argument(*node, owner, place);
    }
  }

  void read_table_argument(const Node& part, const std::string& owner, std::size_t place) {
    if (!constraint_kind(part, names_).empty()) {
      add_constraint(part, owner);
      return;
    }
    auto& properties = models_.items[place].properties;
    if (part.kind != NodeKind::dict) {
      properties["table arguments"] += writer_.write(part) + "; ";
      return;
    }
    for (const Node* pair : part.children) {
      if (pair->kind != NodeKind::pair) {
        properties["table arguments"] += writer_.write(*pair) + "; ";
      } else if (const std::string key = text_of(pair->child(0));
                 key != "extend_existing" && key != "info") {
        properties[key] = writer_.write(pair->child(1));
      }
    }
  }

  void add_column(Column column, const std::string& owner, std::string_view attribute,
                  base::Span span) {
    const std::string name = column.name.empty() ? std::string(attribute) : std::move(column.name);
    add("column", fmt::format("{}.{}", owner, name), owner, span) = std::move(column.properties);
  }

  void add_constraint(const Node& call, const std::string& owner) {
    const std::string_view kind = constraint_kind(call, names_);
    std::string name;
    std::string columns;
    for (std::size_t i = 1; i < call.children.size(); ++i) {
      const Node& argument = call.child(i);
      if (argument.kind == NodeKind::keyword) {
        name = argument.text == "name" ? text_of(argument.child(0)) : name;
      } else if (i == 1 && kind == "index") {
        name = text_of(argument);
      } else {
        columns += (columns.empty() ? "" : ", ") + writer_.write(argument);
      }
    }
    std::string label = name;
    if (name.empty()) {
      label = owner.empty() ? columns : fmt::format("of {} ({})", owner, columns);
    } else if (!owner.empty()) {
      label = fmt::format("{}.{}", owner, name);
    }
    add(kind, label, owner, call.span)["definition"] = writer_.write(call);
  }

  // The text of a string; else its normal form.
  std::string text_of(const Node& node) {
    const Node* value = &node;
    if (node.kind == NodeKind::name && names_.value(node.text) != nullptr) {
      value = names_.value(node.text);
    }
    return value->kind == NodeKind::string ? std::string(value->text) : writer_.write(node);
  }

  // "class User(Base)", without decorators and body.
  [[nodiscard]] base::Span name_span(const Node& type) const {
    const std::string_view text = base::slice(text_, type.span);
    const std::size_t at = text.find(fmt::format("class {}", type.text));
    const auto begin =
        type.span.begin + static_cast<std::uint32_t>(at == std::string_view::npos ? 0 : at);
    return {begin, begin + static_cast<std::uint32_t>(
                               std::min(text_.find_first_of("(:\n", begin), text_.size()) - begin)};
  }

  std::map<std::string, std::string>& add(std::string_view kind, std::string_view name,
                                          std::string_view owner, base::Span span) {
    return models_.items
        .emplace_back(Item{.kind = std::string(kind),
                           .name = std::string(name),
                           .owner = std::string(owner),
                           .properties = {},
                           .span = span})
        .properties;
  }

  static constexpr std::size_t most_ancestors = 500;

  std::string_view text_;
  const Node& root_;
  Names names_;
  Writer writer_;
  Writer scratch_{names_};
  Fragments fragments_;
  std::map<std::string_view, const Node*> classes_;
  std::map<std::string_view, const Node*> functions_;
  std::map<const Node*, bool> model_classes_;  // as far as known
  Models models_;
};

}  // namespace

base::Result<Models> read(std::string_view text) {
  const auto syntax = python::parse(text, {0, static_cast<std::uint32_t>(text.size())});
  if (!syntax) {
    return base::failure(syntax.error());
  }
  return Reader(text, syntax->root()).run();
}

}  // namespace gauger::models
