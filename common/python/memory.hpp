// tree-sitter's memory: a bump allocator per thread, emptied after each parse. It makes a parse a
// third faster than malloc does (tests/bench/README.md).
#pragma once

namespace gauger::python {

// While one of these lives on a thread, all that tree-sitter allocates on it comes from the
// thread's arena and is gone with it. Not to be nested on one thread.
class ParserMemory {
 public:
  ParserMemory();
  ~ParserMemory();
  ParserMemory(const ParserMemory&) = delete;
  ParserMemory& operator=(const ParserMemory&) = delete;
};

}  // namespace gauger::python
