// A file descriptor with an owner, and what the system says of an error.
#pragma once

#include <cstring>
#include <string>
#include <unistd.h>
#include <utility>

namespace gauger::base {

// Closes the descriptor at its end. Moved from, it owns none: its number is -1.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }
  // The number, whose owner is the caller from now on.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

// What errno's value means.
[[nodiscard]] inline std::string system_message(int code) {
  return std::strerror(code);  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace gauger::base
