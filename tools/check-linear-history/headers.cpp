#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "history/order.hpp"
#include "tools/check-linear-history/findings.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using history::Index;
using history::Instant;
using history::Revision;

// "3 days", "2 hours": how far apart two dates are.
std::string distance(Instant microseconds) {
  struct Unit {
    Instant size;
    std::string_view name;
  };
  constexpr Instant second = history::one_second;
  for (const Unit unit : {Unit{86'400 * second, "day"}, Unit{3600 * second, "hour"},
                          Unit{60 * second, "minute"}, Unit{second, "second"}}) {
    const Instant count = microseconds / unit.size;
    if (count > 0) {
      return base::counted(static_cast<std::size_t>(count), unit.name);
    }
  }
  return "less than a second";
}

class HeaderReport {
 public:
  explicit HeaderReport(const LinearInput& input) : input_(input), history_(input.history) {
    history::RevisionSet movable = input.settled;
    movable.flip();
    for (const history::DateMove& move : history::date_moves(history_, movable)) {
      moves_[move.revision] = move.after;
    }
  }

  [[nodiscard]] std::vector<Finding> run() {
    for (Index i = 0; i < history_.size(); ++i) {
      if (!input_.settled[i] && !history_.shadowed(i)) {
        judge_date(i);
        judge_revision_id(i);
        judge_revises(i);
      }
    }
    for (const history::EarlyDate& early : history::early_dates(history_)) {
      if (!input_.settled[early.revision]) {
        add_early(early);
      }
    }
    return std::move(findings_);
  }

 private:
  void add(std::string_view rule, Index index, base::Span span, std::string message,
           std::string help) {
    findings_.push_back(finding_at(input_, rule, index, span, std::move(message), std::move(help)));
  }

  void judge_date(Index index) {
    const Revision& revision = history_[index];
    if (revision.header.created) {
      return;
    }
    if (!revision.header.create_date) {
      add("missing-create-date", index, revision.revision_binding.statement,
          fmt::format("the header of '{}' has no `Create Date:`", revision.id),
          "write a line such as `Create Date: 2024-05-01 10:00:00` into the docstring");
      return;
    }
    const base::Span span = *revision.header.create_date;
    const std::string& text = input_.sources.text(revision.path);
    if (span.end > text.size()) {
      return;  // the file has changed under our hands
    }
    const auto date = history::parse_create_date(text, span);
    add("unreadable-create-date", index, span,
        fmt::format("the Create Date '{}' of '{}' cannot be read: {}", base::slice(text, span),
                    revision.id, date ? "" : date.error().message),
        "write YYYY-MM-DD HH:MM:SS, with or without an offset such as +02:00");
  }

  void judge_revision_id(Index index) {
    const Revision& revision = history_[index];
    const auto& field = revision.header.revision_id;
    if (field && field->value != revision.id) {
      add("header-mismatch", index, field->span,
          fmt::format("the header says `Revision ID: {}`, but `revision` is '{}'", field->value,
                      revision.id),
          fmt::format("write `Revision ID: {}`", base::escape(revision.id)));
    }
  }

  void judge_revises(Index index) {
    const Revision& revision = history_[index];
    const auto& field = revision.header.revises;
    if (!field) {
      return;
    }
    std::vector<std::string> said = history::ids_in_field(field->value);
    std::vector<std::string> meant = revision.down_revisions;
    std::sort(said.begin(), said.end());
    std::sort(meant.begin(), meant.end());
    if (said == meant) {
      return;
    }
    const std::string parents = fmt::format("{}", fmt::join(revision.down_revisions, ", "));
    add("header-mismatch", index, field->span,
        fmt::format("the header says `Revises: {}`, but `down_revision` is {}", field->value,
                    meant.empty() ? "None" : fmt::format("'{}'", parents)),
        meant.empty() ? "write nothing after `Revises:`"
                      : fmt::format("write `Revises: {}`", base::escape(parents)));
  }

  void add_early(const history::EarlyDate& early) {
    const Revision& revision = history_[early.revision];
    const Revision& before = history_[early.before];
    const auto parents = history_.parents(early.revision);
    const bool is_parent = std::find(parents.begin(), parents.end(), early.before) != parents.end();
    const history::CreateDate& own = *revision.header.created;
    const history::CreateDate& other = *before.header.created;

    std::string help;
    // What is below may move, too, and this one then farther.
    const auto move = moves_.find(early.revision);
    const auto raised =
        history::one_second_after(own, move == moves_.end() ? other.utc : move->second);
    const base::Span place = *revision.header.create_date;
    const std::string& text = input_.sources.text(revision.path);
    if (raised && place.end <= text.size()) {
      help = fmt::format("`--fix=dates` writes {}{} here", raised->clock,
                         base::escape(base::slice(text, {own.clock.end, place.end})));
    } else {
      help = fmt::format("the date of '{}' cannot be right", base::escape(before.id));
    }
    if ((!own.has_offset || !other.has_offset) && input_.project.alembic.timezone.empty()) {
      help +=
          "\nif the two were made on machines in different time zones, the order may be right: set "
          "`timezone = UTC` in alembic.ini";
    }
    Finding finding = finding_at(
        input_, "date-before-parent", early.revision, place,
        fmt::format("'{}' is dated {} before its {} '{}'", revision.id,
                    distance(other.utc - own.utc), is_parent ? "parent" : "ancestor", before.id),
        std::move(help));
    finding.fixable = raised.has_value();
    relate(input_, finding, early.before, *before.header.create_date,
           fmt::format("'{}' was created {}", before.id, history::format_utc(other.utc)));
    findings_.push_back(std::move(finding));
  }

  const LinearInput& input_;
  const history::History& history_;
  std::map<Index, Instant> moves_;  // what --fix=dates would write: one second after this
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> find_header_faults(const LinearInput& input) {
  return HeaderReport(input).run();
}

}  // namespace gauger::tools
