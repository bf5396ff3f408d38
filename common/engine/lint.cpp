#include "engine/lint.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "history/excerpt.hpp"

namespace gauger::engine {
namespace {

bool is_known(std::span<const Rule* const> all, std::string_view id) {
  return std::any_of(all.begin(), all.end(), [&](const Rule* rule) { return rule->info.id == id; });
}

// Where the settings name a rule's table or an option in it.
base::Position position_of(const project::LintSettings& settings, const std::string& name) {
  const auto known = settings.positions.find(name);
  return known == settings.positions.end() ? base::Position{} : known->second;
}

tl::unexpected<base::Error> unknown_rule(std::span<const Rule* const> all, std::string_view key,
                                         const std::string& id, base::Position position = {}) {
  std::vector<std::string_view> ids;
  for (const Rule* rule : all) {
    ids.push_back(rule->info.id);
  }
  const auto meant = base::nearest(id, std::span<const std::string_view>(ids));
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = fmt::format("{}: there is no rule '{}'", key, id),
                        .position = position,
                        .help = meant ? fmt::format("did you mean '{}'?", *meant)
                                      : "`migration-lint --list-rules` lists them"});
}

// All modules that the operations come from, the migration's own first.
std::vector<const eval::Module*> modules_of(const migration::Migration& migration) {
  std::vector<const eval::Module*> modules{migration.module.get()};
  for (const migration::Operation& operation : migration.upgrade) {
    for (const eval::Place& site : operation.sites) {
      if (site.module != nullptr &&
          std::find(modules.begin(), modules.end(), site.module) == modules.end()) {
        modules.push_back(site.module);
      }
    }
  }
  return modules;
}

bool has_subject(const Tag& tag, const migration::Migration& migration) {
  if (tag.kind == TagKind::empty) {
    return !migration.upgrade_acts;
  }
  return std::any_of(migration.upgrade.begin(), migration.upgrade.end(),
                     [&](const migration::Operation& operation) {
                       if (!covers(tag, operation)) {
                         return false;
                       }
                       switch (tag.kind) {
                         case TagKind::destructive:
                           return destroys(operation);
                         case TagKind::backfill:
                           return demands_values(operation);
                         case TagKind::type_change:
                           return changes_type(operation);
                         default:
                           return false;
                       }
                     });
}

// Whether the tag ignores a rule that the settings leave out: what it would find is not known.
bool is_out_of_sight(const Tag& tag, std::span<const Rule* const> rules,
                     const project::LintSettings& settings) {
  return std::any_of(tag.rules.begin(), tag.rules.end(), [&](const std::string& id) {
    const bool ignored =
        std::find(settings.ignore.begin(), settings.ignore.end(), id) != settings.ignore.end();
    return !is_known(rules, id) && (ignored || !settings.select.empty());
  });
}

// A comment is covered by a tag where the statement is that it stands at: in it, between it and the
// tag above it, or behind it.
bool covers_place(const Tag& tag, const Report& report) {
  if (tag.module != report.module || tag.cover.empty()) {
    return false;
  }
  const std::size_t end = tag.module->text.find('\n', tag.cover.end);
  return report.span.begin >= std::min(tag.span.begin, tag.cover.begin) &&
         report.span.begin < std::min(end, tag.module->text.size());
}

bool is_silenced(const Rule& rule, const Report& report, std::vector<TagUse>& tags) {
  bool silenced = false;
  for (TagUse& use : tags) {
    const Tag& tag = *use.tag;
    const bool names_rule =
        tag.kind == TagKind::ignore
            ? std::find(tag.rules.begin(), tag.rules.end(), rule.info.id) != tag.rules.end()
            : rule.tag == tag.kind;
    if (!names_rule) {
      continue;
    }
    const bool covered =
        report.operation != nullptr ? covers(tag, *report.operation) : covers_place(tag, report);
    if (covered || tag.kind == TagKind::empty) {
      use.has_subject = true;
      silenced = true;
    }
  }
  return silenced;
}

finding::Finding to_finding(const Rule& rule, const Report& report,
                            const migration::Migration& migration, const Revision& revision) {
  finding::Finding finding;
  finding.rule = rule.info.id;
  finding.severity = rule.info.severity;
  finding.message = report.message;
  finding.help = report.help;
  finding.revision = revision.id;
  finding.fix = report.fix;
  finding.fixable = !report.fix.empty();
  const eval::Module* module = report.module;
  base::Span span = report.span;
  if (report.operation != nullptr) {
    const auto& sites = report.operation->sites;
    module = sites.front().module;
    span = sites.front().span;
    if (sites.size() > 1) {
      const eval::Place& inner = sites.back();
      finding.related.push_back({inner.module->path,
                                 base::position_of(inner.module->text, inner.span.begin),
                                 "the operation is written here"});
    }
  }
  if (module == nullptr) {
    module = migration.module.get();
  }
  finding.path = module->path;
  if (span.empty()) {
    return finding;
  }
  const history::Excerpt excerpt = history::excerpt(module->text, span);
  finding.begin = excerpt.begin;
  finding.end = excerpt.end;
  finding.source = excerpt.lines;
  return finding;
}

}  // namespace

base::Result<std::vector<const Rule*>> select(std::span<const Rule* const> all,
                                              const project::LintSettings& settings) {
  std::set<std::string, std::less<>> wanted;
  bool everything = false;
  bool defaults = settings.select.empty();
  for (const std::string& id : settings.select) {
    if (id == "all") {
      everything = true;
    } else if (id == "default") {
      defaults = true;
    } else if (is_known(all, id)) {
      wanted.insert(id);
    } else {
      return unknown_rule(all, "lint.select", id);
    }
  }
  for (const std::string& id : settings.ignore) {
    if (!is_known(all, id)) {
      return unknown_rule(all, "lint.ignore", id);
    }
  }
  for (const auto& [id, options] : settings.rules) {
    if (!is_known(all, id)) {
      return unknown_rule(all, "lint", id, position_of(settings, id));
    }
    if (!options.empty()) {
      return base::failure(
          {.kind = base::ErrorKind::configuration,
           .message =
               fmt::format("lint.{}: the rule has no option '{}'", id, options.begin()->first),
           .position = position_of(settings, fmt::format("{}.{}", id, options.begin()->first))});
    }
  }
  std::vector<const Rule*> selected;
  for (const Rule* rule : all) {
    const bool in =
        everything || (defaults && rule->info.enabled_by_default) || wanted.contains(rule->info.id);
    const bool out = std::find(settings.ignore.begin(), settings.ignore.end(), rule->info.id) !=
                     settings.ignore.end();
    if (in && !out) {
      selected.push_back(rule);
    }
  }
  return selected;
}

std::vector<finding::Finding> lint(const migration::Migration& migration, const Revision& revision,
                                   std::span<const Rule* const> rules,
                                   const project::LintSettings& settings) {
  std::vector<Tags> found;
  for (const eval::Module* module : modules_of(migration)) {
    if (module == migration.module.get()) {
      found.push_back(read_tags(*module, migration.outline, settings.tag_scope));
    } else if (const auto outline = python::outline(module->text)) {
      found.push_back(read_tags(*module, *outline, settings.tag_scope));
    }
  }
  std::vector<TagUse> tags;
  for (const Tags& of_module : found) {
    for (const Tag& tag : of_module.known) {
      tags.push_back({&tag, has_subject(tag, migration) || is_out_of_sight(tag, rules, settings)});
    }
  }
  const auto run = [&](bool about_tags) {
    // A helper's tags are judged where they are used, not in each migration that uses it.
    std::vector<TagUse> own;
    std::copy_if(tags.begin(), tags.end(), std::back_inserter(own),
                 [&](const TagUse& use) { return use.tag->module == migration.module.get(); });
    const RuleContext context{migration, revision.id, revision.is_merge,
                              settings,  own,         found.front().unknown};
    std::vector<finding::Finding> made;
    for (const Rule* rule : rules) {
      if (rule->about_tags != about_tags) {
        continue;
      }
      for (const Report& report : rule->check(context)) {
        if (!is_silenced(*rule, report, tags)) {
          made.push_back(to_finding(*rule, report, migration, revision));
        }
      }
    }
    return made;
  };
  std::vector<finding::Finding> findings = run(false);
  // Twice: a tag that silences a finding about tags is known to have an effect only afterwards.
  run(true);
  std::vector<finding::Finding> about_tags = run(true);
  std::move(about_tags.begin(), about_tags.end(), std::back_inserter(findings));
  std::sort(findings.begin(), findings.end(), finding::report_order);
  return findings;
}

}  // namespace gauger::engine
