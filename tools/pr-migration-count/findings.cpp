#include "tools/pr-migration-count/findings.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "history/excerpt.hpp"

namespace gauger::tools {
namespace {

using finding::Finding;
using finding::Severity;

constexpr std::size_t most_shown = 10;
constexpr std::string_view in_new_migration = "make the change in a new migration";

void locate(Finding& finding, const FileVersion& file, base::Span span) {
  history::Excerpt excerpt = history::excerpt(file.text, span);
  finding.path = file.path;
  finding.begin = excerpt.begin;
  finding.end = excerpt.end;
  finding.source = std::move(excerpt.lines);
}

class Judge {
 public:
  Judge(const cli::Context& context, const cli::Base& base, const PullRequest& pull_request)
      : context_(context),
        settings_(context.project.settings.pull_request),
        base_(base),
        pull_request_(pull_request) {}

  [[nodiscard]] std::vector<Finding> run() {
    judge_count();
    for (const Applied& applied : pull_request_.applied_revisions) {
      applied.is_read ? judge_read_file(applied) : judge_revision(applied);
    }
    for (const Applied& applied : pull_request_.seed_scripts) {
      judge_seed(applied);
    }
    return std::move(findings_);
  }

 private:
  void judge_count() {
    const std::size_t count = pull_request_.new_migrations.size();
    const auto least = static_cast<std::size_t>(settings_.min_migrations);
    const auto most = static_cast<std::size_t>(settings_.max_migrations);
    // One that cannot be read is an error already, and may be what is missing.
    if (!pull_request_.schema_differences.empty() && count < least &&
        pull_request_.errors.empty()) {
      add_missing(count, least);
    }
    if (count > most) {
      add_surplus(count, most);
    }
  }

  void add_missing(std::size_t count, std::size_t least) {
    const auto& differences = pull_request_.schema_differences;
    const models::Difference& first = differences.front();
    const std::string more =
        differences.size() == 1 ? "" : fmt::format(", and {} more", differences.size() - 1);
    Finding finding{
        .rule = "schema-change-without-migration",
        .message = count == 0
                       ? fmt::format("the schema changes and there is no migration for it: "
                                     "{}{}",
                                     first.message, more)
                       : fmt::format("the schema changes and there {} {} of at least {}: "
                                     "{}{}",
                                     count == 1 ? "is" : "are", base::counted(count, "migration"),
                                     least, first.message, more),
        .help = "alembic revision --autogenerate -m \"…\""};
    place(finding, first);
    for (std::size_t i = 1; i < std::min(differences.size(), most_shown); ++i) {
      Finding other;
      place(other, differences[i]);
      finding.related.push_back({differences[i].path, other.begin, differences[i].message});
    }
    findings_.push_back(std::move(finding));
  }

  void place(Finding& finding, const models::Difference& difference) const {
    finding.path = difference.path;
    if (difference.span.empty()) {
      return;
    }
    const auto source = history::read_source(context_.tree, difference.path);
    if (source) {
      locate(finding, {difference.path, source->text}, difference.span);
    }
  }

  void add_surplus(std::size_t count, std::size_t most) {
    std::vector<const RevisionVersion*> ordered;
    for (const RevisionVersion& version : pull_request_.new_migrations) {
      ordered.push_back(&version);
    }
    const auto created = [](const RevisionVersion* version) {
      const auto& date = version->revision->header.created;
      return date ? date->utc : std::numeric_limits<history::Instant>::max();
    };
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const auto* a, const auto* b) { return created(a) < created(b); });
    const RevisionVersion& last = *ordered.back();
    Finding finding{.rule = "too-many-migrations",
                    .message = fmt::format("{} in one pull request, where at most {} {} allowed",
                                           base::counted(count, "new migration"), most,
                                           most == 1 ? "is" : "are"),
                    .help =
                        "make one of them: gauger migration-squash -m \"…\"; or allow more with "
                        "`max-migrations` in [pull-request] of gauger.toml",
                    .revision = last.revision->id};
    locate(finding, last.file, last.revision->revision_binding.value);
    for (const RevisionVersion* version : ordered) {
      if (version != &last && finding.related.size() < most_shown) {
        Finding other;
        locate(other, version->file, version->revision->revision_binding.value);
        finding.related.push_back({version->file.path, other.begin,
                                   fmt::format("'{}' is new, too", version->revision->id)});
      }
    }
    findings_.push_back(std::move(finding));
  }

  // The line that brings a file of the base back.
  [[nodiscard]] std::string restore(const std::string& path) const {
    return base::escape(fmt::format("git checkout {} -- {}", base_.point.merge_base.substr(0, 12),
                                    git::shell_word(":/" + path)));
  }

  void judge_revision(const Applied& applied) {
    const std::string what = named(applied.revision);
    const std::string base_name = git::shown_name(base_.point.base);
    if (applied.kind == Applied::Kind::deleted) {
      findings_.push_back(
          {.rule = "applied-revision-deleted",
           .message = fmt::format("{} is on {}, and is deleted here: databases that have run it "
                                  "can no longer be migrated",
                                  what, base_name),
           .help =
               fmt::format("{}\nand undo what it did in a new migration", restore(applied.path)),
           .path = applied.path,
           .revision = optional_id(applied.revision)});
      return;
    }
    Finding finding{.rule = "applied-revision-edited", .revision = optional_id(applied.revision)};
    if (!applied.new_revision.empty()) {
      finding.message = fmt::format("{} is on {}, and its file now is '{}'", what, base_name,
                                    applied.new_revision);
    } else if (applied.comparison.edit == Edit::words) {
      finding.message = fmt::format(
          "{} is on {}, and its comments, docstring or layout are edited here", what, base_name);
    } else {
      finding.message = fmt::format(
          "{} is on {}, and is edited here: databases that have run it will not run it again", what,
          base_name);
    }
    add_edited(std::move(finding), applied, ", such as adding a tag", in_new_migration);
  }

  // `example` of an edit of words that is meant; `instead`: where the change belongs.
  void add_edited(Finding finding, const Applied& applied, std::string_view example,
                  std::string_view instead) {
    if (applied.comparison.edit == Edit::words) {
      finding.severity = Severity::warning;
      finding.help = fmt::format("nothing to do where that is what you meant{}", example);
    } else {
      finding.help = fmt::format("{}\nand {}", restore(applied.path), instead);
    }
    locate(finding, applied.now, applied.comparison.span);
    findings_.push_back(std::move(finding));
  }

  void judge_read_file(const Applied& applied) {
    const std::string what =
        fmt::format("{} is on {}, and {}, which it reads,", named(applied.revision),
                    git::shown_name(base_.point.base), base::file_name(applied.path));
    Finding finding{.rule = "applied-revision-edited", .revision = optional_id(applied.revision)};
    if (applied.kind == Applied::Kind::deleted) {
      finding.message =
          fmt::format("{} is deleted here: no database can be migrated through it any more", what);
      finding.help = restore(applied.path);
      finding.path = applied.path;
      findings_.push_back(std::move(finding));
      return;
    }
    finding.message =
        what + (applied.comparison.edit == Edit::words
                    ? " is edited here in its comments or layout"
                    : " is edited here: databases that have run it will not run it again");
    add_edited(std::move(finding), applied, "", in_new_migration);
  }

  void judge_seed(const Applied& applied) {
    const std::string base_name = git::shown_name(base_.point.base);
    Finding finding{.rule = "seed-script-edited"};
    const std::string name(base::file_name(applied.path));
    switch (applied.kind) {
      case Applied::Kind::deleted:
        finding.message =
            fmt::format("the seed script {} is on {}, and is deleted here", name, base_name);
        finding.help = restore(applied.path);
        finding.path = applied.path;
        break;
      case Applied::Kind::renamed:
        finding.message = fmt::format(
            "the seed script {} is on {}, and is renamed here: under its new name it runs once "
            "more",
            name, base_name);
        finding.help = "give it its name back: seed_versions records it by that";
        locate(finding, applied.now, {});
        break;
      case Applied::Kind::edited:
        finding.message =
            fmt::format("the seed script {} is on {}, and {}", name, base_name,
                        applied.comparison.edit == Edit::words
                            ? "its comments, docstring or layout are edited here"
                            : "is edited here: databases that have run it will not run it again");
        add_edited(std::move(finding), applied, "",
                   "write the change as the seed script of a new migration");
        return;
    }
    findings_.push_back(std::move(finding));
  }

  static std::string named(const std::string& revision) {
    return revision.empty() ? std::string("a migration") : fmt::format("'{}'", revision);
  }

  static std::optional<std::string> optional_id(const std::string& id) {
    return id.empty() ? std::nullopt : std::optional(id);
  }

  const cli::Context& context_;
  const project::PullRequestSettings& settings_;
  const cli::Base& base_;
  const PullRequest& pull_request_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> judge(const cli::Context& context, const cli::Base& base,
                           const PullRequest& pull_request) {
  return Judge(context, base, pull_request).run();
}

}  // namespace gauger::tools
