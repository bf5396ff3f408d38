#include "models/normal_form.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gauger::models {
namespace {

using python::Node;
using python::NodeKind;

// SQLAlchemy's own modules, whose names come and go with the way something is imported.
constexpr std::array<std::string_view, 14> submodules = {
    "dialects", "declarative", "expression", "ext",    "mssql", "mutable", "mysql",
    "oracle",   "orm",         "postgresql", "schema", "sql",   "sqlite",  "types"};

bool is_submodule(std::string_view name) {
  return std::find(submodules.begin(), submodules.end(), name) != submodules.end();
}

bool of_sqlalchemy(std::string_view module) {
  return module == "sqlalchemy" || module.starts_with("sqlalchemy.");
}

constexpr int deepest_replacement = 8;

}  // namespace

void Names::read(const Node& block) {
  for (const Node* statement : block.children) {
    if (statement == nullptr) {
      continue;
    }
    switch (statement->kind) {
      case NodeKind::import:
        read_import(*statement);
        break;
      case NodeKind::import_from:
        read_from(*statement);
        break;
      case NodeKind::assign:
        for (std::size_t i = 0; i + 1 < statement->children.size(); ++i) {
          if (statement->child(i).kind == NodeKind::name) {
            bind(statement->child(i).text, statement->children.back());
          }
        }
        break;
      case NodeKind::annotated:
        if (statement->child(0).kind == NodeKind::name && statement->optional_child(2) != nullptr) {
          bind(statement->child(0).text, statement->optional_child(2));
        }
        break;
      case NodeKind::function:
      case NodeKind::class_:
        bind(statement->text, nullptr);
        break;
      case NodeKind::block:
      case NodeKind::if_:
      case NodeKind::try_:
      case NodeKind::handler:
      case NodeKind::else_:
      case NodeKind::finally_:
        read(*statement);
        break;
      default:
        break;
    }
  }
}

void Names::bind(std::string_view name, const Node* value) {
  const auto [at, is_new] = values_.try_emplace(name, value);
  if (!is_new) {
    at->second = nullptr;
  }
}

void Names::read_import(const Node& statement) {
  for (const Node* alias : statement.children) {
    if (!of_sqlalchemy(alias->text)) {
      continue;
    }
    const Node* bound = alias->optional_child(0);
    modules_.insert(bound != nullptr ? bound->text : alias->text.substr(0, alias->text.find('.')));
  }
}

void Names::read_from(const Node& statement) {
  for (const Node* alias : statement.children) {
    const Node* bound = alias->optional_child(0);
    const std::string_view name = bound != nullptr ? bound->text : alias->text;
    if (of_sqlalchemy(statement.text) && is_submodule(alias->text)) {
      modules_.insert(name);
    } else if (bound != nullptr) {
      originals_[name] = alias->text;
    }
  }
}

const Node* Names::value(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : found->second;
}

std::string_view Names::original(std::string_view name) const {
  const auto found = originals_.find(name);
  return found == originals_.end() ? name : found->second;
}

bool Names::is_module(std::string_view name) const {
  return name == "db" || modules_.contains(name);
}

std::string_view last_name(const Node& expression, const Names& names) {
  if (expression.kind == NodeKind::name) {
    return names.original(expression.text);
  }
  return expression.kind == NodeKind::attribute ? expression.text : std::string_view();
}

std::string Writer::write(const Node& expression) {
  text_.clear();
  add(expression);
  return std::move(text_);
}

std::string Writer::write_type(const Node& expression) {
  std::string text = write(expression);
  if (expression.kind == NodeKind::call && expression.children.size() == 1 &&
      text.ends_with("()")) {
    text.resize(text.size() - 2);
  }
  return text;
}

void Writer::add(const Node& node) {
  if (budget_ == 0) {
    return;
  }
  --budget_;
  switch (node.kind) {
    case NodeKind::name:
      return add_name(node.text);
    case NodeKind::number:
      text_ += node.text;
      return;
    case NodeKind::string:
      text_ += fmt::format("'{}'", node.text);
      return;
    case NodeKind::true_:
      text_ += "True";
      return;
    case NodeKind::false_:
      text_ += "False";
      return;
    case NodeKind::none:
      text_ += "None";
      return;
    case NodeKind::attribute:
      return add_attribute(node);
    case NodeKind::call:
      return add_call(node);
    case NodeKind::subscript:
      add(node.child(0));
      return add_list(node, 1, "[", "]");
    case NodeKind::tuple:
      return add_list(node, 0, "(", ")");
    case NodeKind::list:
      return add_list(node, 0, "[", "]");
    case NodeKind::dict:
      return add_list(node, 0, "{", "}");
    case NodeKind::pair:
      add(node.child(0));
      text_ += ": ";
      return add(node.child(1));
    case NodeKind::keyword:
      text_ += fmt::format("{}=", node.text);
      return add(node.child(0));
    case NodeKind::lambda:
      text_ += "lambda ";
      return add_list(node, 1, "", "");
    default:
      return add_other(node);
  }
}

void Writer::add_name(std::string_view name) {
  const std::string_view original = names_.original(name);
  used_.emplace(original);
  const Node* value = names_.value(name);
  if (value == nullptr || depth_ >= deepest_replacement) {
    text_ += original;
    return;
  }
  ++depth_;
  add(*value);
  --depth_;
}

// `sa.func.now` is "func.now": the way to SQLAlchemy's modules is left out.
void Writer::add_attribute(const Node& node) {
  std::vector<std::string_view> parts;
  const Node* at = &node;
  while (at->kind == NodeKind::attribute) {
    parts.push_back(at->text);
    at = &at->child(0);
  }
  used_.emplace(parts.front());
  if (at->kind != NodeKind::name) {
    add(*at);
    text_ += '.';
  } else if (names_.is_module(at->text)) {
    while (parts.size() > 1 && is_submodule(parts.back())) {
      parts.pop_back();
    }
  } else {
    // A module of the project's own, `enums.Status`, or an object: told apart by their spelling.
    const std::string_view name = names_.original(at->text);
    const char first = parts.back().front();
    const char own = name.front();
    const bool is_module = own >= 'a' && own <= 'z' && first >= 'A' && first <= 'Z';
    used_.emplace(name);
    text_ += is_module ? "" : fmt::format("{}.", name);
  }
  for (std::size_t i = parts.size(); i-- > 0;) {
    text_ += parts[i];
    text_ += i > 0 ? "." : "";
  }
}

void Writer::add_call(const Node& node) {
  add(node.child(0));
  std::vector<const Node*> arguments(node.children.begin() + 1, node.children.end());
  std::stable_sort(arguments.begin(), arguments.end(), [](const Node* a, const Node* b) {
    const bool left = a->kind == NodeKind::keyword;
    const bool right = b->kind == NodeKind::keyword;
    return left != right ? right : left && a->text < b->text;
  });
  text_ += '(';
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    text_ += i > 0 ? ", " : "";
    add(*arguments[i]);
  }
  text_ += ')';
}

void Writer::add_list(const Node& node, std::size_t first, std::string_view open,
                      std::string_view close) {
  text_ += open;
  for (std::size_t i = first; i < node.children.size(); ++i) {
    text_ += i > first ? ", " : "";
    if (node.children[i] != nullptr) {
      add(*node.children[i]);
    }
  }
  text_ += close;
}

void Writer::add_other(const Node& node) {
  text_ +=
      fmt::format("<{} {} '{}'", static_cast<int>(node.kind), static_cast<int>(node.op), node.text);
  for (const Node* child : node.children) {
    text_ += ' ';
    if (child == nullptr) {
      text_ += '-';
    } else {
      add(*child);
    }
  }
  text_ += '>';
}

}  // namespace gauger::models
