#include "base/escape.hpp"

#include <doctest/doctest.h>

using gauger::base::escape;
using gauger::base::escape_lines;
using namespace std::string_literals;

TEST_CASE("base::escape leaves readable text alone") {
  for (const char* text :
       {"", "plain", "a: b::c", "C:\\temp", "Größe 漢字 🦀", "naïve ‘quotes’"}) {
    CHECK(escape(text) == text);
  }
}

TEST_CASE("base::escape makes terminal commands visible") {
  CHECK(escape("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
  CHECK(escape("a\nb\r\tc") == "a\\nb\\r\\tc");
  CHECK(escape("bell\a del\x7f nul"s + '\0') == "bell\\x07 del\\x7f nul\\x00");
  CHECK(escape("C1 \xc2\x9b"
               "31m") == "C1 \\u009b31m");
}

TEST_CASE("base::escape shows invalid bytes") {
  CHECK(escape("\xff\xfe") == "\\xff\\xfe");
  CHECK(escape("caf\xe9") == "caf\\xe9");
  CHECK(escape("\x9b"
               "31m") == "\\x9b31m");
}

TEST_CASE("base::escape shows characters that reorder or hide text") {
  CHECK(escape("a\u202eb\u2066c") == "a\\u202eb\\u2066c");
  CHECK(escape("users\u200b") == "users\\u200b");
  CHECK(escape("\u2028") == "\\u2028");
  CHECK(escape("\ufeffx") == "\\ufeffx");
  CHECK(escape("\U000e0041") == "\\U000e0041");
}

TEST_CASE("base::escape leaves no workflow command in a line") {
  CHECK(escape("::set-output name=a::b") == "\\x3a:set-output name=a::b");
  CHECK(escape("  ::error::x") == "  \\x3a:error::x");
  // The runner trims what .NET takes for a blank.
  CHECK(escape("\u3000::error::x") == "\u3000\\x3a:error::x");
  CHECK(escape("\n::error::x") == "\\n\\x3a:error::x");
  CHECK(escape("x ##[add-path]/tmp") == "x #\\x23[add-path]/tmp");
  CHECK(escape("###[error]") == "##\\x23[error]");
  CHECK(escape("see ::error:: there") == "see ::error:: there");
}

TEST_CASE("base::escape_lines escapes each line for itself") {
  CHECK(escape_lines("a\n::warning::b\n\x1b") == "a\n\\x3a:warning::b\n\\x1b");
  CHECK(escape_lines("a\n") == "a\n");
}
