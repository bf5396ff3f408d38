// A revision: what one file of a version location says about its place in the history.
#pragma once

#include <string>
#include <vector>

#include "base/text.hpp"
#include "history/header.hpp"

namespace gauger::history {

// Where an identifier such as `down_revision` is bound. Empty spans: nowhere in the file.
struct Binding {
  base::Span statement{};
  base::Span value{};  // the expression right of "="
};

// Lists hold what the file says, in its order and unresolved; a string counts as a list of one,
// and None as an empty list. All spans are offsets into the file's decoded text, which is not
// kept: see history/excerpt.hpp.
struct Revision {
  std::string id;
  std::vector<std::string> down_revisions;
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
  std::string path;  // in its FileTree
  Header header;
  Binding revision_binding;  // empty for an id that only the file's name gives
  Binding down_revision_binding;
  Binding depends_on_binding;
  Binding branch_labels_binding;
};

}  // namespace gauger::history
