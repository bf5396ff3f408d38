// Names of commits, and where two of them part.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "git/repository.hpp"

namespace gauger::git {

// The full name of the commit that `name` means: a branch, a tag, a hash, HEAD.
// Error (git): it means none, with the line that fetches it.
[[nodiscard]] base::Result<std::string> find_commit(const Repository& repository,
                                                    const std::string& name);

// The best common ancestor of two commits. `name` is what people know `other` by.
// Error (git): there is none; in a shallow clone with what deepens it.
[[nodiscard]] base::Result<std::string> merge_base(const Repository& repository,
                                                   const std::string& commit,
                                                   const std::string& other,
                                                   const std::string& name);

// Whether the clone lacks the past of its commits.
[[nodiscard]] bool is_shallow(const Repository& repository);

// What a branch is compared with, as somebody named it.
struct BaseName {
  std::string name;    // "origin/main"
  std::string source;  // who said so: "--base", "GITHUB_BASE_REF"
};

// The name for people: of a commit's full name its beginning.
[[nodiscard]] std::string shown_name(const BaseName& base);

// The commit that GitHub's merge queue has put the group on, from the event's file: its branches
// are in no variable. Nothing where this is no merge_group event.
[[nodiscard]] std::optional<BaseName> merge_queue_base(const Environment& environment);

// Where HEAD's branch parts from its base; full names.
struct BasePoint {
  BaseName base;
  std::string commit;      // the base's
  std::string head;        // HEAD's
  std::string merge_base;  // of both
};

// GitLab says the merge base of a merge request by itself: that one is used where it has not
// fetched the target branch, or not far enough.
[[nodiscard]] base::Result<BasePoint> find_base_point(const Repository& repository,
                                                      const BaseName& base);

}  // namespace gauger::git
