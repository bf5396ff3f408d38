#include "engine/lint.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "engine/replaced_index.hpp"
#include "engine/walk.hpp"
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

std::optional<std::string_view> nearest_rule(std::span<const Rule* const> all,
                                             const std::string& id) {
  std::vector<std::string_view> ids;
  for (const Rule* rule : all) {
    ids.push_back(rule->info.id);
  }
  return base::nearest(id, std::span<const std::string_view>(ids));
}

tl::unexpected<base::Error> unknown_rule(std::span<const Rule* const> all, std::string_view key,
                                         const std::string& id, base::Position position = {}) {
  const auto meant = nearest_rule(all, id);
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = fmt::format("{}: there is no rule '{}'", key, id),
                        .position = position,
                        .help = meant ? fmt::format("did you mean '{}'?", *meant)
                                      : "`migration-lint --list-rules` lists them"});
}

// All modules of Python that the operations come from, the migration's own first.
std::vector<const eval::Module*> modules_of(const migration::Migration& migration) {
  std::vector<const eval::Module*> modules{migration.module.get()};
  for (const migration::Operation& operation : migration.upgrade) {
    for (const eval::Place& site : operation.sites) {
      if (site.module != nullptr && site.module->is_python &&
          std::find(modules.begin(), modules.end(), site.module) == modules.end()) {
        modules.push_back(site.module);
      }
    }
  }
  return modules;
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

// The names in `# gauger: ignore[…]` that no rule has.
void add_unknown_rules(Tags& tags, std::span<const Rule* const> all) {
  for (const Tag& tag : tags.known) {
    for (const std::string& id : tag.rules) {
      if (is_known(all, id)) {
        continue;
      }
      tags.unknown.push_back({.module = tag.module,
                              .span = span_of_rule(tag, id),
                              .written = id,
                              .meant = std::string(nearest_rule(all, id).value_or("")),
                              .names_rule = true});
    }
  }
}

// Finds the tags that cover a place, without looking at all of them.
class TagIndex {
 public:
  // The uses must outlive this.
  explicit TagIndex(std::vector<TagUse>& uses) {
    for (TagUse& use : uses) {
      if (!use.tag->cover.empty()) {
        of_module_[use.tag->module].push_back({reach_of(*use.tag), 0, &use});
      }
    }
    for (auto& [module, entries] : of_module_) {
      std::sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
        return left.reach.begin < right.reach.begin;
      });
      std::uint32_t furthest = 0;
      for (Entry& entry : entries) {
        furthest = std::max(furthest, entry.reach.end);
        entry.furthest = furthest;
      }
    }
  }

  // `visit` gets the uses in whose reach the place is.
  template <class Visitor>
  void visit(const eval::Module* module, std::uint32_t place, Visitor visit) const {
    const auto found = of_module_.find(module);
    if (found == of_module_.end()) {
      return;
    }
    const std::vector<Entry>& entries = found->second;
    auto at = std::upper_bound(
        entries.begin(), entries.end(), place,
        [](std::uint32_t wanted, const Entry& entry) { return wanted < entry.reach.begin; });
    while (at != entries.begin() && std::prev(at)->furthest > place) {
      --at;
      if (at->reach.end > place) {
        visit(*at->use);
      }
    }
  }

 private:
  struct Entry {
    base::Span reach;
    std::uint32_t furthest;  // the end of this and all before it
    TagUse* use;
  };

  // What the tag covers, with the comments at it: between the tag and the statement below, and
  // behind that.
  static base::Span reach_of(const Tag& tag) {
    const std::string& text = tag.module->text;
    const std::size_t end = std::min(text.find('\n', tag.cover.end), text.size());
    return {std::min(tag.span.begin, tag.cover.begin), static_cast<std::uint32_t>(end)};
  }

  std::map<const eval::Module*, std::vector<Entry>> of_module_;
};

bool is_about(TagKind kind, const migration::Operation& operation) {
  switch (kind) {
    case TagKind::destructive:
      return destroys(operation);
    case TagKind::backfill:
      return demands_values(operation);
    case TagKind::type_change:
      return changes_type(operation);
    default:
      return false;
  }
}

// Which tags have something of their kind under them.
void mark_subjects(std::vector<TagUse>& uses, const TagIndex& index,
                   const migration::Migration& migration) {
  for (TagUse& use : uses) {
    if (use.tag->kind == TagKind::empty) {
      use.has_subject = !migration.upgrade_acts;
    }
  }
  for (const migration::Operation& operation : migration.upgrade) {
    for (const eval::Place& site : operation.sites) {
      index.visit(site.module, site.span.begin, [&](TagUse& use) {
        if (is_about(use.tag->kind, operation) && use.tag->cover.contains(site.span.begin)) {
          use.has_subject = true;
        }
      });
    }
  }
}

bool speaks_of(const Tag& tag, const Rule& rule) {
  return tag.kind == TagKind::ignore
             ? std::find(tag.rules.begin(), tag.rules.end(), rule.info.id) != tag.rules.end()
             : rule.tag == tag.kind;
}

bool is_silenced(const Rule& rule, const Report& report, std::vector<TagUse>& uses,
                 const TagIndex& index) {
  bool silenced = false;
  const auto silence = [&](TagUse& use) {
    use.has_subject = true;
    use.silenced.emplace_back(rule.info.id);
    silenced = true;
  };
  if (rule.tag == TagKind::empty) {  // wherever it stands
    for (TagUse& use : uses) {
      if (use.tag->kind == TagKind::empty) {
        silence(use);
      }
    }
  }
  if (report.operation != nullptr) {
    for (const eval::Place& site : report.operation->sites) {
      index.visit(site.module, site.span.begin, [&](TagUse& use) {
        if (speaks_of(*use.tag, rule) && use.tag->cover.contains(site.span.begin)) {
          silence(use);
        }
      });
    }
  } else {
    index.visit(report.module, report.span.begin, [&](TagUse& use) {
      if (speaks_of(*use.tag, rule)) {
        silence(use);
      }
    });
  }
  return silenced;
}

// `migration` and `revision`: null where the report is of another file.
finding::Finding to_finding(const Rule& rule, const Report& report,
                            const migration::Migration* migration, const Revision* revision) {
  finding::Finding finding;
  finding.rule = rule.info.id;
  finding.severity = rule.info.severity;
  finding.message = report.message;
  finding.help = report.help;
  if (revision != nullptr) {
    finding.revision = revision->id;
  }
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
    module = migration->module.get();
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

bool walks(std::span<const Rule* const> rules) {
  return std::any_of(rules.begin(), rules.end(),
                     [](const Rule* rule) { return rule->check_statement != nullptr; });
}

std::vector<finding::Finding> lint(const migration::Migration& migration, const Revision& revision,
                                   const catalog::Changing& changing,
                                   std::span<const Rule* const> all,
                                   std::span<const Rule* const> rules,
                                   const project::LintSettings& settings, const Run& of_run,
                                   OpenTransaction& open) {
  std::vector<Tags> found;
  for (const eval::Module* module : modules_of(migration)) {
    if (module == migration.module.get()) {
      found.push_back(read_tags(*module, migration.outline, settings.tag_scope));
    } else if (const auto outline = python::outline(module->text)) {
      found.push_back(read_tags(*module, *outline, settings.tag_scope));
    }
  }
  add_unknown_rules(found.front(), all);
  std::vector<TagUse> tags;
  for (const Tags& of_module : found) {
    for (const Tag& tag : of_module.known) {
      tags.push_back({&tag, is_out_of_sight(tag, rules, settings)});
    }
  }
  const TagIndex index(tags);
  mark_subjects(tags, index, migration);
  const std::vector<bool> on_new_table = on_new_tables(migration.upgrade);
  std::vector<ReplacedIndex> replaced;
  const auto run = [&](bool about_tags) {
    // A helper's tags are judged where they are used, not in each migration that uses it.
    std::vector<TagUse> own;
    std::copy_if(tags.begin(), tags.end(), std::back_inserter(own),
                 [&](const TagUse& use) { return use.tag->module == migration.module.get(); });
    for (TagUse& use : own) {
      std::copy_if(use.tag->rules.begin(), use.tag->rules.end(), std::back_inserter(use.idle),
                   [&](const std::string& id) {
                     return is_known(rules, id) &&
                            std::find(use.silenced.begin(), use.silenced.end(), id) ==
                                use.silenced.end();
                   });
    }
    const RuleContext context{migration,
                              revision.id,
                              revision.is_merge,
                              settings,
                              own,
                              found.front().unknown,
                              on_new_table,
                              changing.catalog,
                              revision.index,
                              of_run,
                              revision.is_head,
                              revision.pull_request,
                              replaced};
    if (!about_tags) {
      replaced = find_replaced_indexes(context);
    }
    std::vector<finding::Finding> made;
    const auto keep = [&](const Rule& rule, const std::vector<Report>& reports) {
      for (const Report& report : reports) {
        if (!is_silenced(rule, report, tags, index)) {
          made.push_back(to_finding(rule, report, &migration, &revision));
        }
      }
    };
    std::vector<const Rule*> of_statements;
    for (const Rule* rule : rules) {
      if (rule->about_tags != about_tags) {
        continue;
      }
      if (rule->check != nullptr) {
        keep(*rule, rule->check(context));
      }
      if (rule->check_statement != nullptr) {
        of_statements.push_back(rule);
      }
    }
    // Those that give way to others come last.
    std::stable_partition(of_statements.begin(), of_statements.end(),
                          [](const Rule* rule) { return !rule->unless_said; });
    if (!of_statements.empty()) {
      walk_statements(context, changing, open, [&](const StatementContext& statement) {
        bool said_to_fail = false;
        for (const Rule* rule : of_statements) {
          if (rule->unless_said && said_to_fail) {
            continue;
          }
          const std::vector<Report> reports = rule->check_statement(statement);
          said_to_fail =
              said_to_fail || (!reports.empty() && rule->claim.kind == ClaimKind::failure);
          keep(*rule, reports);
        }
      });
    }
    return made;
  };
  std::vector<finding::Finding> findings = run(false);
  // Twice: a tag that silences a finding about tags is known to have an effect only afterwards.
  run(true);
  std::vector<finding::Finding> about_tags = run(true);
  std::move(about_tags.begin(), about_tags.end(), std::back_inserter(findings));
  std::sort(findings.begin(), findings.end(), finding::report_order);
  // Of a loop, whose turns differ in what is not said.
  const auto same = [](const finding::Finding& left, const finding::Finding& right) {
    return left.rule == right.rule && left.path == right.path && left.begin == right.begin &&
           left.message == right.message && left.help == right.help && left.fix == right.fix;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
  return findings;
}

std::vector<finding::Finding> lint_application(const eval::Module& module,
                                               const python::Outline& outline,
                                               std::span<const std::string> seed_tables,
                                               std::span<const Rule* const> rules,
                                               const project::LintSettings& settings) {
  const Tags found = read_tags(module, outline, settings.tag_scope);
  std::vector<TagUse> tags;
  tags.reserve(found.known.size());
  for (const Tag& tag : found.known) {
    tags.push_back({&tag, false});
  }
  const TagIndex index(tags);
  std::vector<finding::Finding> findings;
  for (const Rule* rule : rules) {
    if (rule->check_application == nullptr) {
      continue;
    }
    for (Report& report : rule->check_application({module, seed_tables})) {
      report.module = &module;
      if (!is_silenced(*rule, report, tags, index)) {
        findings.push_back(to_finding(*rule, report, nullptr, nullptr));
      }
    }
  }
  std::sort(findings.begin(), findings.end(), finding::report_order);
  return findings;
}

}  // namespace gauger::engine
