// A fast hash of contents, to tell whether something has changed. Not for secrets.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace gauger::base {

// 128 bits (XXH3) as 32 hexadecimal digits.
[[nodiscard]] std::string content_hash(std::string_view bytes);

// The same of what comes in pieces.
class ContentHash {
 public:
  ContentHash();
  ContentHash(const ContentHash&) = delete;
  ContentHash& operator=(const ContentHash&) = delete;
  ~ContentHash();

  void add(std::string_view bytes);
  // As content_hash() of all that was added.
  [[nodiscard]] std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gauger::base
