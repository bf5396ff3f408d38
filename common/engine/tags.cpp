#include "engine/tags.hpp"

#include <algorithm>
#include <array>
#include <cctype>

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
constexpr std::array<std::string_view, 12> consents = {
    "approved", "approve", "allow", "allowed", "ok",     "okay",
    "yes",      "true",    "safe",  "accept",  "accepted", "ignore"};

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

Parsed parse(std::string_view comment, std::uint32_t offset) {
  Parsed parsed;
  std::size_t hashes = comment.find_first_not_of('#');
  hashes = std::min(hashes, comment.size());
  Words words(comment.substr(hashes));
  const std::string key = lower(words.word());
  const bool colon = words.take(':');
  const std::string value = lower(words.word());
  const std::uint32_t begin = offset + static_cast<std::uint32_t>(hashes);
  std::string ids;
  bool brackets = false;
  if (key == "gauger" && value == "ignore" && words.take('[')) {
    ids = words.until(']');
    brackets = words.take(']');
  }
  const auto text_begin =
      begin + static_cast<std::uint32_t>(
                  std::min(comment.substr(hashes).find_first_not_of(" \t"), comment.size()));
  const base::Span span{text_begin, begin + static_cast<std::uint32_t>(words.at())};
  for (const Spelling& spelling : spellings) {
    const bool same = key == spelling.key && value == spelling.value && colon &&
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
    const bool near_key = key == spelling.key || resembles(key, spelling.key);
    // "# backfill: the rows of …" is prose; "# backfill: okay" is meant as a tag.
    const bool near_value =
        resembles(value, spelling.value) ||
        ((colon || value == "approved") && is_consent(value) && key == spelling.key);
    if (near_key && near_value && (colon || key == spelling.key)) {
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
    case NodeKind::match: return true;
    default: return false;
  }
}

// The blocks inside a statement, in the order of the text.
void collect_blocks(const Node& node, std::vector<const Node*>& out) {
  for (const Node* child : node.children) {
    if (child == nullptr) {
      continue;
    }
    if (child->kind == NodeKind::block) {
      out.push_back(child);
    } else if (child->kind == NodeKind::if_ || child->kind == NodeKind::handler ||
               child->kind == NodeKind::else_ || child->kind == NodeKind::finally_ ||
               child->kind == NodeKind::case_block) {
      collect_blocks(*child, out);
    }
  }
}

std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  const std::size_t end = text.find('\n', offset);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end);
}

// What a comment inside `block` covers.
base::Span cover_in(std::string_view text, const Node& block, const python::Comment& comment) {
  const std::uint32_t at = comment.span.begin;
  for (std::size_t i = 0; i < block.children.size(); ++i) {
    const Node& statement = *block.children[i];
    if (statement.span.begin > at) {
      return comment.alone ? statement.span : base::Span{};  // alone above it
    }
    // A trailing comment lies behind the statement's last token, on the same line.
    const bool inside = statement.span.contains(at);
    const bool behind = !comment.alone && at >= statement.span.end &&
                        at <= line_end(text, statement.span.end);
    const bool last_of_body =
        is_compound(statement) &&
        (i + 1 == block.children.size() || block.children[i + 1]->span.begin > at);
    if (!inside && !behind && !last_of_body) {
      continue;
    }
    if (!is_compound(statement)) {
      return statement.span;
    }
    std::vector<const Node*> blocks;
    collect_blocks(statement, blocks);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const Node& inner = *blocks[b];
      if (inner.children.empty()) {
        continue;
      }
      const std::uint32_t first = inner.children.front()->span.begin;
      const std::uint32_t next =
          b + 1 < blocks.size() && !blocks[b + 1]->children.empty()
              ? blocks[b + 1]->children.front()->span.begin
              : statement.span.end;
      if (at < first) {
        // Behind the header's ":": the whole statement. Between the header and the first statement
        // of a function: the function; of another block: that first statement.
        if (!comment.alone || statement.kind == NodeKind::function) {
          return statement.span;
        }
        return inner.children.front()->span;
      }
      if (at < next || b + 1 == blocks.size()) {
        const base::Span found = cover_in(text, inner, comment);
        if (!found.empty()) {
          return found;
        }
        break;
      }
    }
    if (behind || inside) {
      return {};
    }
  }
  return {};
}

base::Span cover_of(const eval::Module& module, const python::Outline& outline,
                    const python::Comment& comment, bool& whole_file) {
  const base::Span file{0, static_cast<std::uint32_t>(module.text.size())};
  const auto first = std::find_if(
      outline.statements.begin(), outline.statements.end(), [](const python::Statement& it) {
        return it.kind == python::StatementKind::definition;
      });
  if (first == outline.statements.end() || comment.span.begin < first->span.begin) {
    whole_file = true;
    return file;
  }
  return cover_in(module.text, module.syntax.root(), comment);
}

}  // namespace

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
  for (const python::Comment& comment : outline.comments) {
    Parsed parsed = parse(base::slice(module.text, comment.span), comment.span.begin);
    if (parsed.tag) {
      Tag& tag = *parsed.tag;
      tag.module = &module;
      if (scope == project::TagScope::file) {
        tag.cover = {0, static_cast<std::uint32_t>(module.text.size())};
        tag.whole_file = true;
      } else {
        tag.cover = cover_of(module, outline, comment, tag.whole_file);
      }
      tags.known.push_back(std::move(tag));
    } else if (parsed.unknown) {
      parsed.unknown->module = &module;
      tags.unknown.push_back(*std::move(parsed.unknown));
    }
  }
  return tags;
}

bool covers(const Tag& tag, const migration::Operation& operation) {
  return std::any_of(operation.sites.begin(), operation.sites.end(), [&](const eval::Place& site) {
    return site.module == tag.module && tag.cover.contains(site.span.begin);
  });
}

}  // namespace gauger::engine
