// How the nodes of a Syntax are made. Only this folder's .cpp files include it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory_resource>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "python/syntax.hpp"

namespace gauger::python {

class NodeMaker {
 public:
  explicit NodeMaker(std::pmr::monotonic_buffer_resource& memory) : memory_(memory) {}

  [[nodiscard]] Node* make(NodeKind kind, base::Span span) {
    void* place = memory_.allocate(sizeof(Node), alignof(Node));
    Node* node = new (place) Node{};
    node->kind = kind;
    node->span = span;
    return node;
  }

  // A copy of `text` that lives as long as the nodes.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    auto* place = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  // A string's value.
  [[nodiscard]] std::string_view decoded(std::string_view body) {
    return body.find('\\') == std::string_view::npos ? body : keep(decode_escapes(body));
  }

  template <class Iterator>
  void set_children(Node& node, Iterator first, Iterator last) {
    const auto count = static_cast<std::size_t>(last - first);
    if (count == 0) {
      return;
    }
    void* place = memory_.allocate(count * sizeof(const Node*), alignof(const Node*));
    auto* items = static_cast<const Node**>(place);
    const Node** out = items;
    for (; first != last; ++first) {
      *out++ = *first;
      if (*first != nullptr) {
        node.height = std::max(node.height, static_cast<std::uint16_t>((*first)->height + 1));
      }
    }
    node.children = {items, count};
  }

  void set_children(Node& node, std::initializer_list<const Node*> children) {
    set_children(node, children.begin(), children.end());
  }

 private:
  std::pmr::monotonic_buffer_resource& memory_;
};

// The two readers behind parse(). `parse_plain` reads the Python that most revisions are made of,
// ten times as fast, and gives up (nothing) at the first thing that it does not know, be it rare or
// wrong; what it reads it reads as `parse_whole` does, which is tree-sitter's.
[[nodiscard]] std::optional<Syntax> parse_plain(std::string_view text, base::Span piece);
[[nodiscard]] base::Result<Syntax> parse_whole(std::string_view text, base::Span piece);

}  // namespace gauger::python
