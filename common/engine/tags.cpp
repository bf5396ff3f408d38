#include "engine/tags.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/nearest.hpp"

namespace gauger::engine {

using python::Node;
using python::NodeKind;

namespace {

struct Spelling {
  TagKind kind;
  std::string_view key;
  std::string_view value;
  std::string_view whole;
};

constexpr std::array spellings = {
    Spelling{TagKind::destructive, "destructive", "approved", "destructive: approved"},
    Spelling{TagKind::empty, "empty", "allow", "empty: allow"},
    Spelling{TagKind::backfill, "backfill", "ok", "backfill: ok"},
    Spelling{TagKind::type_change, "type-change", "approved", "type-change: approved"},
    Spelling{TagKind::ignore, "gauger", "ignore", "gauger: ignore[rule-id]"},
};

// What people write where a tag wants its one word.
constexpr std::array<std::string_view, 12> consents = {"approved", "approve", "allow",    "allowed",
                                                       "ok",       "okay",    "yes",      "true",
                                                       "safe",     "accept",  "accepted", "ignore"};

// What people write for "ignore".
constexpr std::array<std::string_view, 8> silencers = {"disable", "skip",   "noqa",  "off",
                                                       "allow",   "nolint", "quiet", "suppress"};

bool is_word_byte(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '-' || byte == '_';
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20)
                                          : static_cast<char>(letter);
  });
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

// Steps through a comment.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  std::string_view word() {
    blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word_byte(text_[at_])) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  bool take(char wanted) {
    blanks();
    if (at_ < text_.size() && text_[at_] == wanted) {
      ++at_;
      return true;
    }
    return false;
  }
  std::string_view until(char end) {
    const std::size_t begin = at_;
    at_ = std::min(text_.find(end, at_), text_.size());
    return text_.substr(begin, at_ - begin);
  }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

 private:
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// The reason behind a tag: without the dash, colon or brackets that lead to it.
std::string reason_of(std::string_view rest) {
  rest = trim(rest);
  while (!rest.empty() && (rest.front() == '-' || rest.front() == ':' || rest.front() == ',' ||
                           rest.front() == ';' || rest.front() == '(' || rest.front() == '.')) {
    rest = trim(rest.substr(1));
  }
  if (rest.starts_with("\xE2\x80\x94") || rest.starts_with("\xE2\x80\x93")) {  // — and –
    rest = trim(rest.substr(3));
  }
  if (!rest.empty() && rest.back() == ')') {
    rest.remove_suffix(1);
  }
  return std::string(trim(rest));
}

std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  return base::edit_distance(a, b, limit);
}

// Whether `written` is the word or a misspelling of it.
bool resembles(std::string_view written, std::string_view word) {
  return distance(written, word, 2) <= (word.size() > 5 ? 2U : word.size() > 2 ? 1U : 0U);
}

bool is_consent(std::string_view written) {
  return std::any_of(consents.begin(), consents.end(),
                     [&](std::string_view word) { return resembles(written, word); });
}

struct Parsed {
  std::optional<Tag> tag;
  std::optional<UnknownTag> unknown;
};

// The places in a comment where a tag may begin: its own "#", and others behind a blank, as in
// "# noqa: E501  # destructive: approved". "#12" is an issue's number.
std::vector<std::size_t> beginnings(std::string_view comment) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < comment.size(); ++at) {
    const bool begins = at == 0 || comment[at - 1] == ' ' || comment[at - 1] == '\t';
    if (comment[at] != '#' || !begins) {
      continue;
    }
    const bool number =
        at + 1 < comment.size() && std::isdigit(static_cast<unsigned char>(comment[at + 1])) != 0;
    if (at == 0 || !number) {
      found.push_back(at);
    }
  }
  return found;
}

// What stands before the value: one word, or two where people write "type change".
struct Key {
  std::string text;
  bool colon = false;
};

Key key_of(Words& words) {
  Key key{lower(words.word()), false};
  key.colon = words.take(':');
  Words ahead = words;
  const std::string second = lower(ahead.word());
  if (!key.colon && !second.empty() && ahead.take(':')) {
    key = {key.text + ' ' + second, true};
    words = ahead;
  }
  return key;
}

bool is_near(const Spelling& spelling, const Key& key, const std::string& value, bool brackets,
             std::string_view rest) {
  const bool same_key = key.text == spelling.key;
  if (!same_key && !(key.colon && resembles(key.text, spelling.key))) {
    return false;
  }
  if (spelling.kind == TagKind::ignore) {
    // "# danger: ignore the rest" is prose.
    return same_key ? resembles(value, spelling.value) ||
                          std::find(silencers.begin(), silencers.end(), value) != silencers.end()
                    : brackets;
  }
  const bool near_value = resembles(value, spelling.value) || value.starts_with(spelling.value);
  if (key.colon) {
    // "# backfill: the rows of …" is prose; "# backfill: okay" is meant as a tag.
    return near_value || (same_key && is_consent(value));
  }
  // "# destructive approved by …" is meant as a tag; "# empty allow list" is prose.
  return near_value && (value == "approved" || trim(rest).empty());
}

Parsed parse(std::string_view comment, std::uint32_t offset) {
  Parsed parsed;
  std::size_t hashes = comment.find_first_not_of('#');
  hashes = std::min(hashes, comment.size());
  Words words(comment.substr(hashes));
  const Key key = key_of(words);
  const std::string value = lower(words.word());
  const std::uint32_t begin = offset + static_cast<std::uint32_t>(hashes);
  std::string ids;
  bool brackets = false;
  if (value == "ignore" && words.take('[')) {
    ids = words.until(']');
    brackets = words.take(']');
  }
  const auto text_begin =
      begin + static_cast<std::uint32_t>(
                  std::min(comment.substr(hashes).find_first_not_of(" \t"), comment.size()));
  const base::Span span{text_begin, begin + static_cast<std::uint32_t>(words.at())};
  for (const Spelling& spelling : spellings) {
    const bool same = key.text == spelling.key && value == spelling.value && key.colon &&
                      (spelling.kind != TagKind::ignore || brackets);
    if (same) {
      Tag tag;
      tag.kind = spelling.kind;
      tag.span = span;
      tag.reason = reason_of(words.rest());
      Words list(ids);
      while (true) {
        const std::string_view id = list.word();
        if (!id.empty()) {
          tag.rules.emplace_back(id);
        }
        if (!list.take(',')) {
          break;
        }
      }
      parsed.tag = std::move(tag);
      return parsed;
    }
  }
  for (const Spelling& spelling : spellings) {
    if (is_near(spelling, key, value, brackets, words.rest())) {
      UnknownTag unknown;
      unknown.span = span;
      unknown.written = trim(comment.substr(hashes, words.at()));
      unknown.meant = spelling.whole;
      parsed.unknown = std::move(unknown);
      return parsed;
    }
  }
  return parsed;
}

bool is_compound(const Node& node) {
  switch (node.kind) {
    case NodeKind::if_:
    case NodeKind::for_:
    case NodeKind::while_:
    case NodeKind::try_:
    case NodeKind::with:
    case NodeKind::function:
    case NodeKind::class_:
    case NodeKind::match:
      return true;
    default:
      return false;
  }
}

// The first statement of a block that does something: a function's docstring is part of its head.
const Node& first_statement(const Node& owner, const Node& block) {
  const Node& first = *block.children.front();
  const bool docstring = owner.kind == NodeKind::function && block.children.size() > 1 &&
                         first.kind == NodeKind::expression_statement &&
                         first.child(0).kind == NodeKind::string;
  return docstring ? *block.children[1] : first;
}

std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  const std::size_t end = text.find('\n', offset);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end);
}

std::uint32_t column_of(std::string_view text, std::uint32_t offset) {
  const std::size_t before = text.substr(0, offset).rfind('\n');
  return offset - (before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before) + 1);
}

// The end of the last thing between the two places that is neither blank nor a comment.
std::uint32_t end_of_code(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t found = begin;
  for (std::uint32_t at = begin; at < end; ++at) {
    if (text[at] == '#') {
      at = line_end(text, at);
    } else if (std::isspace(static_cast<unsigned char>(text[at])) == 0) {
      found = at + 1;
    }
  }
  return found;
}

// Finds what the comments of a module cover. Each statement is taken apart once, whatever the
// number of comments in it.
class Covers {
 public:
  // The module must outlive this.
  explicit Covers(const eval::Module& module) : text_(module.text), root_(module.syntax.root()) {}

  base::Span find(const python::Comment& comment) { return in_block(root_, comment); }

 private:
  // A block of a compound statement.
  struct Part {
    const Node* block;
    std::uint32_t first;       // where its first statement begins
    std::uint32_t header_end;  // where the `if …:`, `else:` or the like before it ends
  };

  const std::vector<Part>& parts_of(const Node& statement);
  [[nodiscard]] base::Span in_head(const Node& statement, const Part& part, bool is_first,
                                   const python::Comment& comment) const;
  base::Span in_compound(const Node& statement, const python::Comment& comment);
  base::Span in_block(const Node& block, const python::Comment& comment);

  std::string_view text_;
  const Node& root_;
  std::map<const Node*, std::vector<Part>> parts_;
};

// In the order of the text. An `elif` is an `if` in the place of the `else`, and is not gone down
// into by recursion, since there may be thousands of them.
const std::vector<Covers::Part>& Covers::parts_of(const Node& statement) {
  const auto [known, is_new] = parts_.try_emplace(&statement);
  std::vector<Part>& parts = known->second;
  if (!is_new) {
    return parts;
  }
  std::vector<const Node*> todo{&statement};
  while (!todo.empty()) {
    const Node& node = *todo.back();
    todo.pop_back();
    if (node.kind == NodeKind::block) {
      if (!node.children.empty()) {
        const std::uint32_t before =
            parts.empty() ? statement.span.begin : parts.back().block->children.back()->span.end;
        const std::uint32_t first = first_statement(statement, node).span.begin;
        parts.push_back(
            {&node, first, end_of_code(text_, before, node.children.front()->span.begin)});
      }
      continue;
    }
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
      if (*child != nullptr &&
          ((*child)->kind == NodeKind::block || (*child)->kind == NodeKind::if_ ||
           (*child)->kind == NodeKind::handler || (*child)->kind == NodeKind::else_ ||
           (*child)->kind == NodeKind::finally_ || (*child)->kind == NodeKind::case_block)) {
        todo.push_back(*child);
      }
    }
  }
  return parts;
}

// A comment before the first statement of a block of `statement`.
base::Span Covers::in_head(const Node& statement, const Part& part, bool is_first,
                           const python::Comment& comment) const {
  const std::uint32_t at = comment.span.begin;
  const auto& statements = part.block->children;
  const base::Span whole{statements.front()->span.begin, statements.back()->span.end};
  if (!comment.alone || comment.depth > 0) {
    return is_first ? statement.span : whole;  // at the end of a header's line, or inside it
  }
  if (at >= part.header_end) {
    // Between `def upgrade():` and its first statement: the function. Elsewhere: that statement.
    return statement.kind == NodeKind::function ? statement.span : statements.front()->span;
  }
  // Above `else:` and the like: what is under it, unless it ends the block before.
  return column_of(text_, at) <= column_of(text_, statement.span.begin) ? whole : base::Span{};
}

base::Span Covers::in_compound(const Node& statement, const python::Comment& comment) {
  const std::uint32_t at = comment.span.begin;
  const std::vector<Part>& parts = parts_of(statement);
  const auto next =
      std::upper_bound(parts.begin(), parts.end(), at,
                       [](std::uint32_t place, const Part& part) { return place < part.first; });
  if (next != parts.begin()) {
    const Node& block = *std::prev(next)->block;
    if (next == parts.end() || at <= line_end(text_, block.children.back()->span.end)) {
      return in_block(block, comment);
    }
  }
  return next == parts.end() ? base::Span{}
                             : in_head(statement, *next, next == parts.begin(), comment);
}

base::Span Covers::in_block(const Node& block, const python::Comment& comment) {
  const std::uint32_t at = comment.span.begin;
  const auto& statements = block.children;
  const auto after = std::upper_bound(
      statements.begin(), statements.end(), at,
      [](std::uint32_t place, const Node* each) { return place < each->span.begin; });
  if (after != statements.begin()) {
    auto here = std::prev(after);
    const Node& statement = **here;
    const bool touches = statement.span.contains(at) ||
                         (!comment.alone && at <= line_end(text_, statement.span.end));
    if (is_compound(statement)) {
      const bool below = column_of(text_, at) > column_of(text_, statement.span.begin);
      if (touches || (comment.alone && below)) {
        return in_compound(statement, comment);
      }
    } else if (touches) {
      base::Span span = statement.span;
      // `a(); b()  # tag` is for all that stands on the line.
      while (here != statements.begin() && at <= line_end(text_, (*std::prev(here))->span.end)) {
        --here;
        span.begin = (*here)->span.begin;
      }
      return span;
    }
  }
  return comment.alone && after != statements.end() ? (*after)->span : base::Span{};
}

// Where the file's head ends: at its first definition.
std::uint32_t end_of_head(const eval::Module& module, const python::Outline& outline) {
  const auto first = std::find_if(
      outline.statements.begin(), outline.statements.end(),
      [](const python::Statement& it) { return it.kind == python::StatementKind::definition; });
  return first == outline.statements.end() ? static_cast<std::uint32_t>(module.text.size())
                                           : first->span.begin;
}

}  // namespace

base::Span span_of_rule(const Tag& tag, std::string_view id) {
  const std::size_t at = base::slice(tag.module->text, tag.span).find(id);
  const auto begin = tag.span.begin + static_cast<std::uint32_t>(at);
  return {begin, begin + static_cast<std::uint32_t>(id.size())};
}

std::string_view spelling(TagKind kind) {
  for (const Spelling& entry : spellings) {
    if (entry.kind == kind) {
      return entry.whole;
    }
  }
  return {};
}

Tags read_tags(const eval::Module& module, const python::Outline& outline,
               project::TagScope scope) {
  Tags tags;
  Covers covers(module);
  const std::uint32_t head = end_of_head(module, outline);
  const auto add = [&](Parsed parsed, const python::Comment& comment) {
    if (parsed.tag) {
      Tag& tag = *parsed.tag;
      tag.module = &module;
      tag.whole_file = scope == project::TagScope::file || comment.span.begin < head;
      tag.cover = tag.whole_file ? base::Span{0, static_cast<std::uint32_t>(module.text.size())}
                                 : covers.find(comment);
      tags.known.push_back(std::move(tag));
    } else if (parsed.unknown) {
      parsed.unknown->module = &module;
      tags.unknown.push_back(*std::move(parsed.unknown));
    }
  };
  for (const python::Comment& comment : outline.comments) {
    const std::string_view text = base::slice(module.text, comment.span);
    const std::vector<std::size_t> begins = beginnings(text);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : text.size();
      add(parse(text.substr(begins[i], end - begins[i]),
                comment.span.begin + static_cast<std::uint32_t>(begins[i])),
          comment);
    }
  }
  return tags;
}

}  // namespace gauger::engine
