#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

// So that a failure shows both lists.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const std::string& item : list) {
      out += " " + item;
    }
    return (out + " ]").c_str();
  }
};
