#include "base/utf8.hpp"

#include <doctest/doctest.h>

using gauger::base::append_utf8;
using gauger::base::CodePoint;
using gauger::base::decode_utf8;
using gauger::base::shorten;

namespace {

std::size_t invalid_bytes(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text, i);
    count += point.valid ? 0 : 1;
    i += point.size;
  }
  return count;
}

}  // namespace

TEST_CASE("base::decode_utf8 reads one to four bytes") {
  CHECK(decode_utf8("a", 0).value == U'a');
  CHECK(decode_utf8("é", 0).value == U'é');
  CHECK(decode_utf8("x漢", 1).value == U'漢');
  CHECK(decode_utf8("🦀", 0).value == U'🦀');
  CHECK(decode_utf8("🦀", 0).size == 4);
}

TEST_CASE("base::decode_utf8 takes what is not UTF-8 byte by byte") {
  CHECK(invalid_bytes("\xff") == 1);
  CHECK(invalid_bytes("\xc0\x80") == 2);          // overlong NUL
  CHECK(invalid_bytes("\xe0\x80\xaf") == 3);      // overlong slash
  CHECK(invalid_bytes("\xed\xa0\x80") == 3);      // a surrogate
  CHECK(invalid_bytes("\xf4\x90\x80\x80") == 4);  // above U+10FFFF
  CHECK(invalid_bytes("\xe6\xbc") == 2);          // cut short by the end
  CHECK(invalid_bytes("\xe6\xbcx") == 2);         // cut short by another character
  CHECK(invalid_bytes("\xf0\x9f\xa6\x80") == 0);
}

TEST_CASE("base::append_utf8 is the way back") {
  for (const char32_t value : {U'a', U'\x7ff', U'\x800', U'\xffff', U'\x10000', U'\x10ffff'}) {
    std::string text;
    append_utf8(text, value);
    CAPTURE(static_cast<unsigned>(value));
    CHECK(decode_utf8(text, 0).value == value);
    CHECK(decode_utf8(text, 0).size == text.size());
    CHECK(decode_utf8(text, 0).valid);
  }
}

TEST_CASE("base::shorten cuts between code points") {
  CHECK(shorten("abc", 3) == "abc");
  CHECK(shorten("abcd", 3) == "abc…");
  CHECK(shorten("漢字漢字", 2) == "漢字…");
  CHECK(shorten("", 0).empty());
}
