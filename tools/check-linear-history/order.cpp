#include "tools/check-linear-history/order.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/edit.hpp"
#include "history/edits.hpp"
#include "history/excerpt.hpp"
#include "history/order.hpp"
#include "history/read.hpp"

namespace gauger::tools {
namespace {

using history::History;
using history::Index;

base::Error refusal(std::string message, std::string help) {
  return {.kind = base::ErrorKind::identifier,
          .message = std::move(message),
          .path = {},
          .help = std::move(help)};
}

// A file before and after its edits.
struct Change {
  std::string path;
  std::string before;  // bytes
  std::string after;
};

class OrderFixer {
 public:
  OrderFixer(const branch::MergedHistory& merged, const std::string& base_name,
             const base::FileTree& disk, const std::string& root,
             const std::function<void(std::string_view)>& show)
      : history_(merged.history),
        own_(merged.own),
        base_name_(base_name),
        disk_(disk),
        root_(root),
        show_(show) {}

  base::Result<std::size_t> run() {
    auto head = base_head();
    if (!head) {
      return base::failure(std::move(head.error()));
    }
    const std::vector<Index> order = own_in_order();
    const auto count = static_cast<std::size_t>(std::count(own_.begin(), own_.end(), true));
    if (order.size() != count) {
      return base::failure(refusal("the revisions of this branch stand on one another in a circle",
                                   "`check-heads` shows it"));
    }
    std::optional<Index> below = *head;
    std::optional<history::Instant> date = date_at(*head);
    for (const Index index : order) {
      if (auto planned = plan(index, below, date); !planned) {
        return base::failure(std::move(planned.error()));
      }
      below = index;
    }
    for (const std::string& diff : diffs_) {
      show_(diff);
    }
    if (auto written = write(); !written) {
      return base::failure(std::move(written.error()));
    }
    return changes_.size();
  }

 private:
  // The one head of the revisions that the base has; nothing where it has none.
  base::Result<std::optional<Index>> base_head() {
    std::vector<std::string> ids;
    std::optional<Index> head;
    for (Index i = 0; i < history_.size(); ++i) {
      if (own_[i] || history_.shadowed(i)) {
        continue;
      }
      for (const auto below : {history_.parents(i), history_.dependencies(i)}) {
        for (const Index each : below) {
          if (own_[each]) {
            return base::failure(
                refusal(fmt::format("'{}' of '{}' stands on '{}', which it does not have",
                                    history_[i].id, base_name_, history_[each].id),
                        "put its down_revision back: nothing goes below a revision of the base"));
          }
        }
      }
      const auto children = history_.children(i);
      if (std::all_of(children.begin(), children.end(), [&](Index child) { return own_[child]; })) {
        head = i;
        ids.push_back(history_[i].id);
      }
    }
    if (ids.size() > 1) {
      return base::failure(refusal(
          fmt::format("'{}' has {} heads itself: {}", base_name_, ids.size(), fmt::join(ids, ", ")),
          "make it one head there first; `check-heads` says how"));
    }
    return head;
  }

  // Of those that could come next, the one that was created first; undated ones last.
  [[nodiscard]] std::vector<Index> own_in_order() const {
    std::vector<std::size_t> waiting(history_.size(), 0);
    std::vector<Index> ready;
    for (Index i = 0; i < history_.size(); ++i) {
      if (!own_[i] || history_.shadowed(i)) {
        continue;
      }
      for (const auto below : {history_.parents(i), history_.dependencies(i)}) {
        waiting[i] += static_cast<std::size_t>(
            std::count_if(below.begin(), below.end(), [&](Index each) { return own_[each]; }));
      }
      if (waiting[i] == 0) {
        ready.push_back(i);
      }
    }
    std::vector<Index> order;
    while (!ready.empty()) {
      ready = history::by_create_date(history_, std::move(ready));
      const Index next = ready.front();
      ready.erase(ready.begin());
      order.push_back(next);
      for (const auto above : {history_.children(next), history_.dependents(next)}) {
        for (const Index each : above) {
          if (own_[each] && --waiting[each] == 0) {
            ready.push_back(each);
          }
        }
      }
    }
    return order;
  }

  // The date that counts at a revision: its own, or that of the nearest dated one below.
  [[nodiscard]] std::optional<history::Instant> date_at(std::optional<Index> index) const {
    for (Index steps = 0; index && steps < history_.size(); ++steps) {
      if (history_[*index].header.created) {
        return history_[*index].header.created->utc;
      }
      const auto parents = history_.parents(*index);
      index = parents.empty() ? std::nullopt : std::optional(parents.front());
    }
    return std::nullopt;
  }

  // Puts a revision on top of `below`, and its date, where it has one, not before `date`; which
  // then is the date at this one.
  base::Result<void> plan(Index index, std::optional<Index> below,
                          std::optional<history::Instant>& date) {
    const std::string& path = history_[index].path;
    auto bytes = disk_.read(path);
    if (!bytes) {
      return base::failure(std::move(bytes.error()));
    }
    auto source = base::decode_source(*bytes, path);
    if (!source) {
      return base::failure(std::move(source.error()));
    }
    const history::Revision& revision = history_[index];
    std::vector<std::string> parents;
    if (below) {
      parents.push_back(history_[*below].id);
    }
    std::vector<base::Edit> edits;
    if (revision.down_revisions != parents) {
      auto edit = history::reparent(revision, source->text, parents);
      if (!edit) {
        base::Error error = refusal(
            fmt::format("the down_revision of '{}' is not written as a value that can be replaced",
                        revision.id),
            fmt::format("write down_revision = {}", history::identifier_literal(parents)));
        error.path = path;
        return base::failure(std::move(error));
      }
      edits = std::move(*edit);
    }
    if (const auto& created = revision.header.created) {
      if (date && created->utc < *date) {
        const auto raised = history::one_second_after(*created, *date);
        if (const auto edit = history::move_create_date(revision, *date); edit && raised) {
          edits.push_back(*edit);
          date = raised->utc;
        }
      } else {
        date = created->utc;
      }
    }
    if (edits.empty()) {
      return {};
    }
    diffs_.push_back(base::unified_diff(path, source->text, edits));
    source->text = base::apply(source->text, std::move(edits));
    auto after = base::encode_source(*source, path);
    if (!after) {
      return base::failure(std::move(after.error()));
    }
    changes_.push_back({path, std::move(*bytes), std::move(*after)});
    return {};
  }

  [[nodiscard]] base::Result<void> write() const {
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      auto written = base::write_file(root_, changes_[i].path, changes_[i].after);
      if (written) {
        continue;
      }
      for (std::size_t done = 0; done < i; ++done) {
        (void)base::write_file(root_, changes_[done].path, changes_[done].before);
      }
      return written;
    }
    return {};
  }

  const History& history_;
  const history::RevisionSet& own_;
  const std::string& base_name_;
  const base::FileTree& disk_;
  const std::string& root_;
  const std::function<void(std::string_view)>& show_;
  std::vector<Change> changes_;
  std::vector<std::string> diffs_;
};

}  // namespace

OrderFix fix_order(const branch::MergedHistory& merged, const std::string& base_name,
                   const base::FileTree& disk, const std::string& root,
                   const std::function<void(std::string_view)>& show) {
  OrderFix result;
  result.errors = merged.errors;
  if (!result.errors.empty()) {
    return result;  // where one of them belongs is not known
  }
  auto files = OrderFixer(merged, base_name, disk, root, show).run();
  if (files) {
    result.files = *files;
  } else {
    result.errors.push_back(std::move(files.error()));
  }
  return result;
}

}  // namespace gauger::tools
