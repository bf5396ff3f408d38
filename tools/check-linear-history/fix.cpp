#include "tools/check-linear-history/fix.hpp"

#include <optional>
#include <utility>

#include "base/edit.hpp"
#include "history/edits.hpp"
#include "history/excerpt.hpp"
#include "history/order.hpp"
#include "history/read.hpp"

namespace gauger::tools {
namespace {

class DateFixer {
 public:
  DateFixer(const base::FileTree& tree, const std::string& root,
            const std::function<void(std::string_view)>& show)
      : tree_(tree), root_(root), show_(show) {}

  // Reads the file anew, so that what is written is what is there now, but for the date.
  base::Result<bool> move(const std::string& path, history::Instant after) {
    auto source = history::read_source(tree_, path);
    if (!source) {
      return base::failure(std::move(source.error()));
    }
    const auto revision = history::read_revision(path, source->text);
    if (!revision) {
      return base::failure(revision.error());
    }
    const std::optional<base::Edit> edit = history::move_create_date(*revision, after);
    if (!edit || revision->header.created->utc >= after) {
      return false;
    }
    show_(base::unified_diff(path, source->text, {*edit}));
    source->text = base::apply(source->text, {*edit});
    const auto bytes = base::encode_source(*source, path);
    if (!bytes) {
      return base::failure(bytes.error());
    }
    if (auto written = base::write_file(root_, path, *bytes); !written) {
      return base::failure(std::move(written.error()));
    }
    return true;
  }

 private:
  const base::FileTree& tree_;
  const std::string& root_;
  const std::function<void(std::string_view)>& show_;
};

}  // namespace

DateFix fix_dates(const history::History& history, const history::RevisionSet& movable,
                  const base::FileTree& tree, const std::string& root,
                  const std::function<void(std::string_view)>& show) {
  DateFix result;
  DateFixer fixer(tree, root, show);
  for (const history::DateMove& move : history::date_moves(history, movable)) {
    auto moved = fixer.move(history[move.revision].path, move.after);
    if (!moved) {
      result.errors.push_back(std::move(moved.error()));
      break;  // what stands above it counts on this date
    }
    result.files += *moved ? 1U : 0U;
  }
  return result;
}

}  // namespace gauger::tools
