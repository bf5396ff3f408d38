// Independent work on all cores.
#pragma once

#include <cstddef>
#include <functional>

namespace gauger::base {

// How many threads are worth starting on this machine; at least 1.
[[nodiscard]] unsigned worker_count();

// Calls `body(i)` once for every i below `count`, on at most `threads` threads of which the
// caller's is one. Returns when all calls have; the first exception that a body throws is thrown
// again here, after the others have stopped.
void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& body);

}  // namespace gauger::base
