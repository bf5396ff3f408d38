#include "tools/migration-lint/linting.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "catalog/catalog.hpp"
#include "eval/module.hpp"
#include "history/graph.hpp"
#include "migration/migration.hpp"
#include "rules/catalog.hpp"
#include "schema/replay.hpp"
#include "tools/migration-lint/revision_reader.hpp"

namespace gauger::tools {
namespace {

// What a revision finds depends on every file below it: one short text for all of them.
class Fingerprints {
 public:
  // `unreleased` is as of engine::Run: it decides what is new to those above.
  Fingerprints(const history::History& history, const LintCache& cache,
               const std::vector<bool>& unreleased)
      : history_(history), cache_(cache), unreleased_(unreleased), of_(history.size()) {}

  // Of what is below the revision. Its parents and dependencies have been added.
  [[nodiscard]] std::string below(history::Index revision) const {
    if (!cache_.kept()) {
      return {};
    }
    std::string all;
    for (const auto parents : {history_.parents(revision), history_.dependencies(revision)}) {
      for (const history::Index parent : parents) {
        all += of_[parent] + "\n";
      }
    }
    return base::content_hash(all);
  }

  // Of the revision and what is below it, once it was added.
  [[nodiscard]] const std::string& through(history::Index revision) const { return of_[revision]; }

  // To be called when the cache has the revision's file.
  void add(history::Index revision) {
    if (cache_.kept()) {
      const bool is_new = !unreleased_.empty() && unreleased_[revision];
      of_[revision] =
          base::content_hash(below(revision) + cache_.fingerprint(history_[revision].path) +
                             (is_new ? " unreleased" : ""));
    }
  }

 private:
  const history::History& history_;
  const LintCache& cache_;
  const std::vector<bool>& unreleased_;
  std::vector<std::string> of_;
};

FileResult summary_of(const migration::Migration& migration) {
  FileResult made;
  // As they are written: a directive that makes several changes is one. So is a call of the
  // migration's that leads to many things which are not understood: it is one that is not.
  std::set<std::uint32_t> calls;
  std::set<std::pair<const eval::Module*, std::uint32_t>> opaque;
  for (const migration::Operation& operation : migration.upgrade) {
    const auto* unknown = operation.as<migration::Opaque>();
    const eval::Place& site = operation.sites.front();
    if (unknown != nullptr && !opaque.emplace(site.module, site.span.begin).second) {
      continue;
    }
    calls.insert(operation.call);
    if (unknown == nullptr) {
      continue;
    }
    made.opaque.push_back({site.module->path, base::position_of(site.module->text, site.span.begin),
                           unknown->reason});
  }
  made.operations = calls.size();
  made.depends_on = migration.depends_on;
  return made;
}

class Lint {
 public:
  Lint(const Linting& linting, LintCache& cache)
      : linting_(linting),
        history_(linting.history),
        cache_(cache),
        fingerprints_(history_, cache, linting.run.unreleased) {}

  LintResult run() {
    history::RevisionSet chosen(history_.size());
    std::vector<const Item*> item_of(history_.size(), nullptr);
    for (const Item& item : linting_.items) {
      chosen[item.revision.index] = true;
      item_of[item.revision.index] = &item;
    }
    find_pull_request();
    const history::RevisionSet needed = this->needed();
    std::vector<history::Index> order = history::topological_order(history_);
    std::erase_if(order, [&](history::Index each) { return !needed[each]; });
    for (history::Index i = 0; i < history_.size(); ++i) {
      if (chosen[i] && history_.shadowed(i)) {
        order.push_back(i);
      }
    }
    LintResult result;
    if (!recall(order, chosen, result.files)) {
      result.files = read_and_lint(chosen, item_of, std::move(order));
      result.errors = std::move(errors_);
    }
    return result;
  }

 private:
  // More revisions than this are no pull request.
  static constexpr std::size_t most_together = 64;

  void find_pull_request() {
    const std::vector<bool>& unreleased = linting_.run.unreleased;
    if (std::count(unreleased.begin(), unreleased.end(), true) >
        static_cast<std::ptrdiff_t>(most_together)) {
      return;
    }
    for (history::Index i = 0; i < unreleased.size(); ++i) {
      if (unreleased[i] && !history_.shadowed(i)) {
        pull_request_.push_back(i);
        together_ += fmt::format(" {}", linting_.tree.hash(history_[i].path).value_or(""));
      }
    }
  }

  // The revisions whose operations decide what the items find, with the items.
  [[nodiscard]] history::RevisionSet needed() const {
    std::vector<history::Index> tops;
    for (const Item& item : linting_.items) {
      tops.push_back(item.revision.index);
    }
    history::RevisionSet needed =
        history::ancestors(history_, tops, history::Follow::down_revisions_and_dependencies);
    tops.insert(tops.end(), pull_request_.begin(), pull_request_.end());
    for (const history::Index top : tops) {
      needed[top] = true;
    }
    return needed;
  }

  // Of the file alone, as it was when its identifiers were read.
  [[nodiscard]] std::optional<FileResult> known_result(history::Index revision) const {
    const std::string& path = history_[revision].path;
    const auto hash = linting_.tree.hash(path);
    return hash ? cache_.find(path, *hash) : std::nullopt;
  }

  // What an earlier run found, if nothing has changed that could matter.
  bool recall(const std::vector<history::Index>& needed, const history::RevisionSet& chosen,
              std::vector<FileResult>& results) {
    for (const history::Index revision : needed) {
      auto known = known_result(revision);
      if (!known) {
        return false;
      }
      const std::string below = fingerprints_.below(revision);
      fingerprints_.add(revision);
      if (!chosen[revision]) {
        continue;
      }
      if (!known->linted || known->below != below + together_) {
        return false;
      }
      results.push_back(*std::move(known));
    }
    return true;
  }

  // What the revision below has done in the transaction that they share, if it is certain that they
  // do: neither is on the base, and env.py gives none of them one of its own.
  [[nodiscard]] engine::OpenTransaction transaction_before(
      history::Index revision,
      const std::map<history::Index, engine::OpenTransaction>& open) const {
    const auto parents = history_.parents(revision);
    const bool shares = linting_.run.environment.one_transaction() &&
                        !linting_.run.unreleased.empty() && linting_.run.unreleased[revision] &&
                        parents.size() == 1 && linting_.run.unreleased[parents[0]];
    const auto known = shares ? open.find(parents[0]) : open.end();
    return known == open.end() ? engine::OpenTransaction{} : known->second;
  }

  // The revision that a replay of the chosen ones can start at, if nothing at or below it is new.
  [[nodiscard]] std::optional<history::Index> released_base(
      const history::RevisionSet& chosen) const {
    const auto base =
        engine::walks(linting_.rules) ? schema::starts_at(history_, chosen) : std::nullopt;
    if (!base || linting_.run.unreleased.empty()) {
      return base;
    }
    const history::Index from[] = {*base};
    history::RevisionSet below =
        history::ancestors(history_, from, history::Follow::down_revisions_and_dependencies);
    below[*base] = true;
    for (history::Index i = 0; i < history_.size(); ++i) {
      if (below[i] && linting_.run.unreleased[i]) {
        return std::nullopt;
      }
    }
    return base;
  }

  // What an earlier run has kept of the base, if nothing below it has changed since.
  std::optional<schema::Start> known_start(history::Index base,
                                           const std::vector<history::Index>& needed) {
    for (const history::Index revision : needed) {
      if (!known_result(revision)) {
        return std::nullopt;
      }
      fingerprints_.add(revision);
      if (revision == base) {
        break;
      }
    }
    auto catalog = cache_.find_catalog(fingerprints_.through(base));
    if (!catalog) {
      return std::nullopt;
    }
    // By the numbers of that run's history: of no meaning here, and new to nobody.
    for (auto& [name, table] : catalog->tables) {
      table.created_in.reset();
    }
    for (auto& [name, type] : catalog->enums) {
      type.created_in.reset();
    }
    return schema::Start{base, *std::move(catalog)};
  }

  std::vector<FileResult> read_and_lint(const history::RevisionSet& chosen,
                                        const std::vector<const Item*>& item_of,
                                        std::vector<history::Index> order) {
    const auto base = released_base(chosen);
    auto start = base ? known_start(*base, order) : std::nullopt;
    if (start) {
      std::erase_if(order, [&](history::Index each) { return !chosen[each]; });
    }
    eval::Library library(linting_.tree, linting_.import_folders);
    migration::Settings settings{.wrappers = linting_.settings.wrappers};
    for (const engine::Rule* rule : linting_.rules) {
      settings.downgrade = std::max(settings.downgrade, rule->reads_downgrade);
    }
    RevisionReader reader(linting_.tree, library, settings, history_, order);
    std::map<history::Index, engine::OpenTransaction> open;
    std::map<history::Index, ReadRevision> together;
    for (const history::Index each : pull_request_) {
      together.emplace(each, reader.read_one(each));
    }
    std::vector<FileResult> results;
    const std::vector<history::Index> heads = history_.heads();
    const auto lint_one = [&](history::Index revision, const catalog::Changing& found) {
      const ReadRevision& read = reader.get(revision);
      if (read.error) {
        errors_.push_back(*read.error);
        return schema::Applied::no;
      }
      const auto parents = history_.parents(revision);
      if (base && !start && cache_.kept() && parents.size() == 1 && parents[0] == *base) {
        cache_.keep_catalog(LintCache::Place::base, fingerprints_.through(*base), found.catalog);
      }
      FileResult made = summary_of(*read.migration);
      made.linted = true;
      made.below = fingerprints_.below(revision) + together_;
      engine::Revision linted = item_of[revision]->revision;
      for (const auto& [other, with] : together) {
        if (other != revision && with.migration) {
          linted.pull_request.push_back(&*with.migration);
        }
      }
      made.findings = engine::lint(*read.migration, linted, found, rules::catalog(), linting_.rules,
                                   linting_.settings, linting_.run,
                                   open[revision] = transaction_before(revision, open));
      cache_.add(history_[revision].path, read.content, made);
      made.depends_on.clear();  // of use to the cache alone, as is what follows
      made.below = {};
      results.push_back(std::move(made));
      if (!engine::walks(linting_.rules)) {
        return schema::Applied::no;
      }
      fingerprints_.add(revision);
      if (cache_.kept() && heads.size() == 1 && heads[0] == revision) {
        cache_.keep_catalog(LintCache::Place::head, fingerprints_.through(revision), found.catalog);
      }
      return schema::Applied::yes;
    };
    // A file that cannot be read does what nobody knows.
    const std::vector<migration::Operation> unreadable{migration::Operation{}};
    const auto operations =
        [&](history::Index revision) -> const std::vector<migration::Operation>& {
      const ReadRevision& read = reader.get(revision);
      if (!read.migration) {
        return unreadable;
      }
      if (!chosen[revision]) {
        cache_.add(history_[revision].path, read.content, summary_of(*read.migration));
      }
      fingerprints_.add(revision);
      return read.migration->upgrade;
    };
    schema::replay(history_, chosen, operations, lint_one, std::move(start));
    for (history::Index i = 0; i < history_.size(); ++i) {
      if (chosen[i] && history_.shadowed(i)) {
        catalog::Catalog nothing_known{.complete = false};
        lint_one(i, {nothing_known});
      }
    }
    return results;
  }

  const Linting& linting_;
  const history::History& history_;
  LintCache& cache_;
  Fingerprints fingerprints_;
  std::vector<history::Index> pull_request_;  // what the base does not have
  std::string together_;                      // their contents: each decides what the others find
  std::vector<base::Error> errors_;
};

}  // namespace

LintResult lint_revisions(const Linting& linting, LintCache& cache) {
  return Lint(linting, cache).run();
}

}  // namespace gauger::tools
