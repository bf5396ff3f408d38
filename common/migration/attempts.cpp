#include "migration/attempts.hpp"

#include <algorithm>

#include "eval/module.hpp"

namespace gauger::migration {

using python::Node;
using python::NodeKind;

namespace {

bool goes_on(const Node* part) {
  if (part == nullptr || part->kind != NodeKind::handler || part->optional_child(1) == nullptr) {
    return false;
  }
  const Node& body = part->child(1);
  return body.children.empty() || body.children.back()->kind != NodeKind::raise;
}

bool contains(const Node& node, base::Span span) {
  return node.span.begin <= span.begin && span.end <= node.span.end;
}

}  // namespace

bool is_attempted(const eval::Place& place) {
  if (place.module == nullptr) {
    return false;
  }
  const Node* at = &place.module->syntax.root();
  while (at != nullptr) {
    if (at->kind == NodeKind::try_ && contains(at->child(0), place.span) &&
        std::any_of(at->children.begin() + 1, at->children.end(), goes_on)) {
      return true;
    }
    const auto inner = std::find_if(
        at->children.begin(), at->children.end(),
        [&](const Node* child) { return child != nullptr && contains(*child, place.span); });
    at = inner != at->children.end() ? *inner : nullptr;
  }
  return false;
}

}  // namespace gauger::migration
