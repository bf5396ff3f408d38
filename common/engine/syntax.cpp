#include "engine/syntax.hpp"

namespace gauger::engine {
namespace {

using python::Node;
using python::NodeKind;

std::string dotted(const Node& node) {
  if (node.kind == NodeKind::name) {
    return std::string(node.text);
  }
  if (node.kind != NodeKind::attribute) {
    return {};
  }
  // What is called before a dot has no name: `session().add` is ".add".
  return dotted(node.child(0)) + "." + std::string(node.text);
}

void collect(const Node& node, std::string& strings) {
  if (node.kind == NodeKind::string) {
    strings += strings.empty() ? "" : " ";
    strings += node.text;
  }
  for (const Node* child : node.children) {
    if (child != nullptr) {
      collect(*child, strings);
    }
  }
}

}  // namespace

void visit_calls(const Node& node, const std::function<void(const Node&)>& visit) {
  if (node.kind == NodeKind::call) {
    visit(node);
  }
  for (const Node* child : node.children) {
    if (child != nullptr) {
      visit_calls(*child, visit);
    }
  }
}

std::string dotted_callee(const Node& call) {
  std::string name = dotted(call.child(0));
  const bool hands_over = name.ends_with(".run_sync") || name.ends_with(".to_thread");
  if (hands_over && call.children.size() > 1) {
    return dotted(call.child(1));
  }
  return name;
}

std::string strings_in(const Node& call) {
  std::string strings;
  for (std::size_t i = 1; i < call.children.size(); ++i) {
    collect(call.child(i), strings);
  }
  return strings;
}

}  // namespace gauger::engine
