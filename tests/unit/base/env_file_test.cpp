#include "base/env_file.hpp"

#include <doctest/doctest.h>

using gauger::base::EnvFile;
using gauger::base::parse_env_file;

TEST_CASE("base::parse_env_file reads plain, exported and quoted values") {
  const EnvFile file = parse_env_file(
      "# comment\n"
      "A=1\n"
      "export B = two words  # why\n"
      "C='single $X \\n'\r\n"
      "D=\"double \\\"x\\\" \\n\"\n"
      "\n"
      "E=a#b\n"
      "F=\n"
      "G=$(rm -rf /)`id`\n"
      "A=2");
  CHECK(file.values.at("A") == "2");
  CHECK(file.values.at("B") == "two words");
  CHECK(file.values.at("C") == "single $X \\n");
  CHECK(file.values.at("D") == "double \"x\" \n");
  CHECK(file.values.at("E") == "a#b");
  CHECK(file.values.at("F").empty());
  CHECK(file.values.at("G") == "$(rm -rf /)`id`");
  CHECK(file.unreadable_lines.empty());
}

TEST_CASE("base::parse_env_file: quotes may span lines, and line numbers stay right") {
  const EnvFile file = parse_env_file("A='one\ntwo'\nnonsense\nB=2\n");
  CHECK(file.values.at("A") == "one\ntwo");
  CHECK(file.values.at("B") == "2");
  CHECK(file.unreadable_lines == std::vector<std::uint32_t>{3});
}

TEST_CASE("base::parse_env_file passes over what it cannot read") {
  const EnvFile file = parse_env_file(
      "\xef\xbb\xbf"
      "A=1\n=x\nB='open\nC=3\nD='x' y\n");
  CHECK(file.values.size() == 2);
  CHECK(file.values.at("A") == "1");
  CHECK(file.unreadable_lines == std::vector<std::uint32_t>{2, 3, 5});
}
