#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace gauger::base {
namespace {

// A thread costs about as much to start as this many small files cost to read.
constexpr std::size_t least_share = 8;
// Indices are taken by the handful: neighbours stay on one thread, and no thread waits for long.
constexpr std::size_t handful = 8;

}  // namespace

unsigned worker_count() { return std::max(1U, std::thread::hardware_concurrency()); }

void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr thrown;
  std::mutex thrown_mutex;
  const auto work = [&] {
    try {
      while (true) {
        const std::size_t begin = next.fetch_add(handful, std::memory_order_relaxed);
        if (begin >= count) {
          return;
        }
        const std::size_t end = std::min(begin + handful, count);
        for (std::size_t i = begin; i < end; ++i) {
          body(i);
        }
      }
    } catch (...) {
      next = count;
      const std::lock_guard<std::mutex> lock(thrown_mutex);
      if (thrown == nullptr) {
        thrown = std::current_exception();
      }
    }
  };

  const std::size_t useful = std::min<std::size_t>(threads, count / least_share);
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < useful; ++i) {
      try {
        helpers.emplace_back(work);
      } catch (const std::system_error&) {
        break;  // no more threads to be had: the rest is done by those that there are
      }
    }
    work();
  }
  if (thrown != nullptr) {
    std::rethrow_exception(thrown);
  }
}

}  // namespace gauger::base
