#include "base/parallel.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

using gauger::base::parallel_for;

TEST_CASE("base::parallel_for calls the body once for each index") {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    for (const std::size_t count : {0U, 1U, 9U, 1000U}) {
      CAPTURE(threads);
      CAPTURE(count);
      std::vector<std::atomic<int>> calls(count);
      parallel_for(count, threads, [&](std::size_t i) { ++calls[i]; });
      for (const auto& each : calls) {
        CHECK(each == 1);
      }
    }
  }
}

TEST_CASE("base::parallel_for throws again what a body throws, and stops") {
  std::atomic<std::size_t> calls = 0;
  const auto body = [&](std::size_t i) {
    ++calls;
    if (i == 3) {
      throw std::runtime_error("three");
    }
  };
  CHECK_THROWS_WITH_AS(parallel_for(100'000, 2, body), "three", std::runtime_error);
  CHECK(calls < 100'000);
}

TEST_CASE("base::worker_count is at least one") { CHECK(gauger::base::worker_count() >= 1); }
