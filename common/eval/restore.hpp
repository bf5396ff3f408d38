// Sets a variable back when the block that changes it is left.
#pragma once

namespace gauger::eval {

template <class T>
class Restore {
 public:
  explicit Restore(T& variable) : variable_(variable), before_(variable) {}
  Restore(T& variable, T value) : Restore(variable) { variable_ = value; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;
  ~Restore() { variable_ = before_; }

 private:
  T& variable_;
  T before_;
};

}  // namespace gauger::eval
