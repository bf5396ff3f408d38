// Tags: comments by which a team grants what a rule would forbid, or silences a rule.
//
// Text after a tag is its reason. A tag in the file's head (before the first `def`) covers the
// file; one between `def upgrade():` and its first statement covers the function; one at the end
// of a statement's line, or alone above it, covers that statement and what is inside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/module.hpp"
#include "project/project.hpp"
#include "python/outline.hpp"

namespace gauger::engine {

enum class TagKind : std::uint8_t {
  destructive,  // # destructive: approved
  empty,        // # empty: allow
  backfill,     // # backfill: ok
  type_change,  // # type-change: approved
  ignore,       // # gauger: ignore[rule-id, …]
};

struct Tag {
  TagKind kind = TagKind::ignore;
  std::vector<std::string> rules;  // ignore: the ids between the brackets
  std::string reason;
  const eval::Module* module = nullptr;
  base::Span span{};   // of the tag in its comment, without the reason
  base::Span cover{};  // what it covers; empty: nothing
  bool whole_file = false;
};

// A comment that looks like a tag and is none, or the name of a rule in one that no rule has.
struct UnknownTag {
  const eval::Module* module = nullptr;
  base::Span span{};
  std::string written;
  std::string meant;        // the tag, or rule, that it is nearest to; empty: no rule is near
  bool names_rule = false;  // `written` is a rule's name
};

struct Tags {
  std::vector<Tag> known;
  std::vector<UnknownTag> unknown;
};

// Where the name of a rule stands in a tag that ignores it.
[[nodiscard]] base::Span span_of_rule(const Tag& tag, std::string_view id);

// How a tag is written: "destructive: approved".
[[nodiscard]] std::string_view spelling(TagKind kind);

// The tags in a module's comments, in the order of the text.
[[nodiscard]] Tags read_tags(const eval::Module& module, const python::Outline& outline,
                             project::TagScope scope);

}  // namespace gauger::engine
