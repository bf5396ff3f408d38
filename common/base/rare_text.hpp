// A text that most things of a kind do not have.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace gauger::base {

// Behaves like a std::string that is set as a whole; an empty one takes the room of a pointer.
class RareText {
 public:
  RareText() = default;
  RareText(std::string text) {  // NOLINT(google-explicit-constructor)
    if (!text.empty()) {
      text_ = std::make_unique<std::string>(std::move(text));
    }
  }
  // NOLINTNEXTLINE(google-explicit-constructor)
  RareText(const char* text) : RareText(std::string(text)) {}
  RareText(const RareText& other) : RareText(other.text()) {}
  RareText(RareText&& other) noexcept = default;
  RareText& operator=(const RareText& other) {
    if (this != &other) {
      *this = RareText(other);
    }
    return *this;
  }
  RareText& operator=(RareText&& other) noexcept = default;
  ~RareText() = default;

  [[nodiscard]] const std::string& text() const {
    static const std::string nothing;
    return text_ ? *text_ : nothing;
  }
  operator const std::string&() const { return text(); }  // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return text(); }    // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool empty() const { return text_ == nullptr; }
  void clear() { text_.reset(); }

  friend bool operator==(const RareText& left, const RareText& right) {
    return left.text() == right.text();
  }

 private:
  std::unique_ptr<std::string> text_;  // never an empty one
};

}  // namespace gauger::base
