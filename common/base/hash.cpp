#include "base/hash.hpp"

#define XXH_INLINE_ALL  // NOLINT(cppcoreguidelines-macro-usage): header only
#include <fmt/format.h>
#include <xxhash.h>

namespace gauger::base {
namespace {

std::string text_of(XXH128_hash_t hash) {
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

std::string content_hash(std::string_view bytes) {
  return text_of(XXH3_128bits(bytes.data(), bytes.size()));
}

struct ContentHash::State {
  XXH3_state_t hash;
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {
  XXH3_INITSTATE(&state_->hash);
  XXH3_128bits_reset(&state_->hash);
}

ContentHash::~ContentHash() = default;

void ContentHash::add(std::string_view bytes) {
  XXH3_128bits_update(&state_->hash, bytes.data(), bytes.size());
}

std::string ContentHash::text() const { return text_of(XXH3_128bits_digest(&state_->hash)); }

}  // namespace gauger::base
