#include "python/memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#include <tree_sitter/api.h>

namespace gauger::python {
namespace {

constexpr std::size_t alignment = alignof(std::max_align_t);
constexpr std::size_t chunk_size = std::size_t{1} << 20U;

std::size_t aligned(std::size_t size) { return (size + alignment - 1) & ~(alignment - 1); }

// Each block is preceded by its size, which `grow` needs.
class Arena {
 public:
  void* take(std::size_t size) {
    const std::size_t needed = aligned(size) + alignment;
    if (chunks_.empty() || used_ + needed > chunks_.back().size) {
      add_chunk(needed);
    }
    std::byte* block = chunks_.back().bytes.get() + used_;
    used_ += needed;
    std::memcpy(block, &size, sizeof size);
    return block + alignment;
  }

  void* grow(void* old, std::size_t size) {
    std::size_t old_size = 0;
    std::memcpy(&old_size, static_cast<std::byte*>(old) - alignment, sizeof old_size);
    if (size <= old_size) {
      return old;
    }
    void* fresh = take(size);
    std::memcpy(fresh, old, old_size);
    return fresh;
  }

  void clear() {
    if (chunks_.size() > 1) {
      chunks_.resize(1);
    }
    used_ = 0;
  }

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void add_chunk(std::size_t needed) {
    const std::size_t size = std::max(needed, chunk_size);
    chunks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});  // NOLINT
    used_ = 0;
  }

  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;
};

Arena& arena() {
  thread_local Arena instance;
  return instance;
}

// tree-sitter is C: an exception must not pass through it.
void* allocate(std::size_t size) noexcept { return arena().take(size); }

void* allocate_zeroed(std::size_t count, std::size_t size) noexcept {
  void* block = arena().take(count * size);
  std::memset(block, 0, count * size);
  return block;
}

void* reallocate(void* old, std::size_t size) noexcept {
  return old == nullptr ? arena().take(size) : arena().grow(old, size);
}

void release(void* /*block*/) noexcept {}

}  // namespace

ParserMemory::ParserMemory() {
  static std::once_flag installed;
  std::call_once(installed,
                 [] { ts_set_allocator(allocate, allocate_zeroed, reallocate, release); });
}

ParserMemory::~ParserMemory() { arena().clear(); }

}  // namespace gauger::python
