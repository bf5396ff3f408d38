#include "base/executable.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <elf.h>
#include <link.h>

#include "base/file_tree.hpp"
#include "base/hash.hpp"

namespace gauger::base {
namespace {

constexpr std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

// The build id among the notes of a segment (elf(5), "Notes"); empty where it is not there.
std::string_view build_id(std::string_view notes) {
  ElfW(Nhdr) header{};
  while (notes.size() >= sizeof(header)) {
    std::memcpy(&header, notes.data(), sizeof(header));
    const std::size_t name = sizeof(header);
    const std::size_t value = name + padded(header.n_namesz);
    if (value + header.n_descsz > notes.size()) {
      break;
    }
    if (header.n_type == NT_GNU_BUILD_ID && notes.substr(name, 4) == std::string_view("GNU\0", 4)) {
      return notes.substr(value, header.n_descsz);
    }
    notes.remove_prefix(std::min(notes.size(), value + padded(header.n_descsz)));
  }
  return {};
}

// Called for the executable first, and then no more.
int find_build_id(dl_phdr_info* info, std::size_t /*size*/, void* found) {
  for (std::size_t i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type == PT_NOTE) {
      // NOLINTNEXTLINE(performance-no-int-to-ptr,*-reinterpret-cast): where the loader put it
      const auto* begin = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
      const std::string_view id = build_id({begin, segment.p_memsz});
      if (!id.empty()) {
        *static_cast<std::string*>(found) = content_hash(id);
        break;
      }
    }
  }
  return 1;
}

}  // namespace

std::string executable_id() {
  std::string id;
  dl_iterate_phdr(find_build_id, &id);
  if (id.empty()) {
    if (const auto self = WorkingTree("/proc/self").read("exe")) {
      id = content_hash(*self);
    }
  }
  return id;
}

}  // namespace gauger::base
