#include "history/draw.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.hpp"
#include "base/utf8.hpp"

namespace gauger::history {
namespace {

constexpr Index no_revision = std::numeric_limits<Index>::max();
constexpr std::size_t longest_label = 72;
constexpr std::size_t longest_id = 64;

std::string day_of(const Revision& revision) {
  return revision.header.created ? format_utc(revision.header.created->utc).substr(0, 10) : "";
}

std::string safe(std::string_view text, std::size_t length) {
  return base::escape(base::shorten(text, length));
}

// Children before parents; a line of descent is followed down before the next is begun. Revisions
// on a cycle come last.
std::vector<Index> newest_first(const History& history, const RevisionSet& shown) {
  std::vector<std::size_t> waiting(history.size(), 0);
  std::vector<Index> ready;
  Index count = 0;
  for (Index i = 0; i < history.size(); ++i) {
    if (shown[i] && !history.shadowed(i)) {
      ++count;
      const auto children = history.children(i);
      waiting[i] = static_cast<std::size_t>(std::count_if(
          children.begin(), children.end(), [&](Index child) { return shown[child]; }));
      if (waiting[i] == 0) {
        ready.push_back(i);
      }
    }
  }
  std::vector<Index> order;
  RevisionSet done(history.size(), false);
  while (!ready.empty()) {
    const Index index = ready.back();
    ready.pop_back();
    order.push_back(index);
    done[index] = true;
    const auto parents = history.parents(index);
    for (std::size_t i = parents.size(); i-- > 0;) {
      if (shown[parents[i]] && --waiting[parents[i]] == 0) {
        ready.push_back(parents[i]);
      }
    }
  }
  for (Index i = 0; i < history.size() && order.size() < count; ++i) {
    if (shown[i] && !done[i] && !history.shadowed(i)) {
      order.push_back(i);
    }
  }
  return order;
}

// The lines of descent, each in a column of its own and on its way down to one revision.
class Lanes {
 public:
  // The column of the line that ends at `index`, or of a new line.
  std::size_t column_of(Index index) {
    const std::size_t column = find(index);
    return column < lanes_.size() ? column : begin(index);
  }
  std::size_t begin(Index target) {
    const std::size_t column = find(no_revision);
    if (column == lanes_.size()) {
      lanes_.push_back(target);
    } else {
      lanes_[column] = target;
    }
    return column;
  }
  [[nodiscard]] bool has(Index target) const { return find(target) < lanes_.size(); }
  [[nodiscard]] std::size_t find(Index target) const {
    return static_cast<std::size_t>(std::find(lanes_.begin(), lanes_.end(), target) -
                                    lanes_.begin());
  }
  void aim(std::size_t column, Index target) { lanes_[column] = target; }
  void end(std::size_t column) {
    lanes_[column] = no_revision;
    while (!lanes_.empty() && lanes_.back() == no_revision) {
      lanes_.pop_back();
    }
  }

  [[nodiscard]] std::size_t size() const { return lanes_.size(); }

  // A row with `mark` in one column.
  [[nodiscard]] std::string row(std::size_t column, char mark) const {
    std::string result(2 * std::max(lanes_.size(), column + 1) - 1, ' ');
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      result[2 * i] = lanes_[i] == no_revision ? ' ' : '|';
    }
    result[2 * column] = mark;
    return result;
  }
  // A row that joins `column` to `other`, which is drawn as `corner`.
  [[nodiscard]] std::string joint(std::size_t column, std::size_t other, char corner) const {
    std::string result = row(other, corner);
    result.resize(std::max(result.size(), 2 * column + 1), ' ');
    result[2 * column] = '|';
    const auto [low, high] = std::minmax(column, other);
    for (std::size_t i = 2 * low + 1; i < 2 * high; ++i) {
      result[i] = result[i] == ' ' ? '-' : '+';
    }
    return result;
  }

 private:
  std::vector<Index> lanes_;
};

class TextDrawing {
 public:
  TextDrawing(const History& history, const RevisionSet& shown)
      : history_(history), shown_(shown), drawn_(history.size(), false) {}

  [[nodiscard]] std::string draw() {
    for (const Index index : newest_first(history_, shown_)) {
      draw(index);
    }
    return finished();
  }

 private:
  struct Row {
    std::string lanes;
    std::string text;
  };

  void draw(Index index) {
    const std::size_t column = lanes_.column_of(index);
    const std::vector<Index> targets = drawn_parents(index, column);
    rows_.push_back({lanes_.row(column, '*'), text_of(index, targets)});
    drawn_[index] = true;
    bool continued = false;
    for (const Index parent : targets) {
      if (!lanes_.has(parent) && !continued) {
        lanes_.aim(column, parent);
        continued = true;
      } else if (lanes_.has(parent)) {
        const std::size_t other = lanes_.find(parent);
        rows_.push_back(
            {continued ? lanes_.joint(column, other, '|') : lanes_.joint(other, column, '\''), ""});
      } else {
        const std::size_t other = lanes_.begin(parent);
        rows_.push_back({lanes_.joint(column, other, '.'), ""});
      }
    }
    if (!continued) {
      lanes_.end(column);
    }
  }

  // The parents that a line leads to: those that are shown, as long as there is room for lines.
  [[nodiscard]] std::vector<Index> drawn_parents(Index index, std::size_t column) const {
    constexpr std::size_t most_lines = 24;
    std::vector<Index> targets;
    std::size_t lines = lanes_.size();
    for (const Index parent : history_.parents(index)) {
      if (!shown_[parent] || drawn_[parent] || targets.size() == most_lines) {
        continue;
      }
      const bool joins = lanes_.has(parent);
      if (joins || (column < most_lines && lines <= most_lines)) {
        targets.push_back(parent);
        lines += joins ? 0U : 1U;
      }
    }
    return targets;
  }

  [[nodiscard]] std::string text_of(Index index, const std::vector<Index>& lines_to) const {
    const Revision& revision = history_[index];
    std::vector<std::string> notes;
    if (history_.children(index).empty()) {
      notes.emplace_back("head");
    }
    if (revision.down_revisions.empty()) {
      notes.emplace_back("base");
    }
    for (const std::string& label : revision.branch_labels) {
      notes.push_back(safe(label, longest_id));
    }
    for (const std::string& name : revision.down_revisions) {
      const auto parent = history_.find(name);
      const std::string id = safe(name, longest_id);
      if (!parent) {
        notes.push_back(fmt::format("down revision {} is not here", id));
      } else if (drawn_[*parent] || *parent == index) {
        notes.push_back(fmt::format("down revision {} is above", id));
      } else if (std::find(lines_to.begin(), lines_to.end(), *parent) == lines_to.end()) {
        notes.push_back(fmt::format("down revision {}", id));
      }
    }
    for (const std::string& name : revision.depends_on) {
      if (!name.empty()) {  // `depends_on = ""` says no more than None
        notes.push_back(fmt::format("depends on {}", safe(name, longest_id)));
      }
    }
    std::string text = safe(revision.id, longest_id);
    text += notes.empty() ? "" : fmt::format(" ({})", fmt::join(notes, ", "));
    for (const std::string& part :
         {day_of(revision), safe(revision.header.message, longest_label)}) {
      text += part.empty() ? "" : " " + part;
    }
    return text;
  }

  // The texts stand in one column, unless there are very many lines of descent.
  [[nodiscard]] std::string finished() const {
    constexpr std::size_t widest = 40;
    std::size_t width = 0;
    for (const Row& row : rows_) {
      width = std::max(width, std::min(row.lanes.size(), widest));
    }
    std::string result;
    for (const Row& row : rows_) {
      result += row.text.empty() ? row.lanes : fmt::format("{:{}}  {}", row.lanes, width, row.text);
      result += '\n';
    }
    return result;
  }

  const History& history_;
  const RevisionSet& shown_;
  RevisionSet drawn_;
  Lanes lanes_;
  std::vector<Row> rows_;
};

// Text in a quoted Mermaid label: everything but plain characters as an entity code.
std::string mermaid(std::string_view text, std::size_t length) {
  const std::string escaped = safe(text, length);
  std::string result;
  for (std::size_t at = 0; at < escaped.size();) {
    const base::CodePoint point = base::decode_utf8(escaped, at);
    const char byte = escaped[at];
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') ||
                       std::string_view(" _.,:/()-").find(byte) != std::string_view::npos;
    if (plain) {
      result += byte;
    } else {
      result += fmt::format("#{};", static_cast<std::uint32_t>(point.value));
    }
    at += point.size;
  }
  return result;
}

}  // namespace

RevisionSet neighbourhood(const History& history, Index centre, std::size_t steps) {
  RevisionSet near(history.size(), false);
  std::vector<Index> ring = {centre};
  near[centre] = true;
  for (std::size_t step = 0; step < steps; ++step) {
    std::vector<Index> next;
    for (const Index index : ring) {
      for (const auto neighbours : {history.parents(index), history.children(index)}) {
        for (const Index neighbour : neighbours) {
          if (!near[neighbour]) {
            near[neighbour] = true;
            next.push_back(neighbour);
          }
        }
      }
    }
    ring = std::move(next);
  }
  return near;
}

std::string draw_text(const History& history, const RevisionSet& shown) {
  return TextDrawing(history, shown).draw();
}

std::string draw_mermaid(const History& history, const RevisionSet& shown) {
  std::string result = "flowchart BT\n";
  for (Index i = 0; i < history.size(); ++i) {
    if (!shown[i] || history.shadowed(i)) {
      continue;
    }
    const Revision& revision = history[i];
    std::string label = mermaid(revision.id, longest_id);
    for (const std::string& part :
         {mermaid(revision.header.message, longest_label), day_of(revision)}) {
      label += part.empty() ? "" : "<br>" + part;
    }
    const bool head = history.children(i).empty();
    result += fmt::format("  r{}{}\"{}\"{}\n", i, head ? "([" : "[", label, head ? "])" : "]");
  }
  for (Index i = 0; i < history.size(); ++i) {
    if (!shown[i]) {
      continue;
    }
    for (const Index parent : history.parents(i)) {
      result += shown[parent] ? fmt::format("  r{} --> r{}\n", parent, i) : "";
    }
    for (const Index dependency : history.dependencies(i)) {
      result += shown[dependency] ? fmt::format("  r{} -.-> r{}\n", dependency, i) : "";
    }
  }
  return result;
}

}  // namespace gauger::history
