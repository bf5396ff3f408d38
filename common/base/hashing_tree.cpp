#include "base/hashing_tree.hpp"

#include "base/hash.hpp"

namespace gauger::base {

Result<std::string> HashingTree::read(const std::string& path) const {
  auto bytes = tree_.read(path);
  if (bytes) {
    std::string hash = content_hash(*bytes);
    const std::lock_guard lock(mutex_);
    hashes_.insert_or_assign(path, std::move(hash));
  }
  return bytes;
}

std::optional<std::string> HashingTree::hash(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto known = hashes_.find(path);
  return known == hashes_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace gauger::base
