#include "base/nearest.hpp"

#include <vector>

#include <doctest/doctest.h>

using gauger::base::edit_distance;
using gauger::base::nearest;

TEST_CASE("base::edit_distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "abc", 9) == 3);
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("baseline", "basleine", 9) == 1);
  CHECK(edit_distance("same", "same", 9) == 0);
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
}

TEST_CASE("base::nearest finds what was meant, or nothing") {
  const std::vector<std::string> names{"--format", "--strict", "--since", "--select"};
  CHECK(nearest("--formta", names) == "--format");
  CHECK(nearest("--strick", names) == "--strict");
  CHECK(nearest("--xyzzyplugh", names) == std::nullopt);
  CHECK(nearest("", names) == std::nullopt);
  CHECK(nearest(std::string(100000, 'a'), names) == std::nullopt);
}
