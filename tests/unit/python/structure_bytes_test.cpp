#include "python/structure_bytes.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using gauger::python::StructureBytes;

constexpr std::string_view structure("\"'([{)]}#\\\n\r\0", 13);

// The offsets at which `next` stops.
std::vector<std::uint32_t> stops(std::string_view text) {
  std::vector<std::uint32_t> result;
  StructureBytes bytes(text);
  for (std::uint32_t at = bytes.next(0); at < text.size(); at = bytes.next(at + 1)) {
    result.push_back(at);
  }
  return result;
}

}  // namespace

TEST_CASE("python::StructureBytes stops at every byte of structure, wherever it stands") {
  for (std::size_t before = 0; before < 130; ++before) {
    for (const char byte : structure) {
      CAPTURE(before);
      CAPTURE(static_cast<int>(byte));
      const std::string text = std::string(before, 'x') + byte + std::string(before % 7, 'y');
      CHECK(stops(text) == std::vector<std::uint32_t>{static_cast<std::uint32_t>(before)});
    }
  }
  CHECK(stops("").empty());
}

TEST_CASE(
    "python::StructureBytes passes over what names, numbers, calls and other scripts are of") {
  std::string plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ .,=:;+-*/%<>@!&~^`$?";
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    plain += static_cast<char>(byte);
  }
  CHECK(stops(plain).empty());
}

TEST_CASE("python::StructureBytes misses nothing in random bytes, and steps back when asked") {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same bytes in every run
  std::string text(1000, ' ');
  for (char& byte : text) {
    byte = static_cast<char>(random());
  }
  StructureBytes bytes(text);
  for (int i = 0; i < 2000; ++i) {
    const auto from = static_cast<std::uint32_t>(random() % text.size());
    const std::uint32_t found = bytes.next(from);
    const std::size_t wanted = std::min(text.find_first_of(structure, from), text.size());
    CHECK(found >= from);
    CHECK(found <= wanted);
  }
}
