// Runs the selected rules over one migration.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "catalog/apply.hpp"
#include "engine/rule.hpp"
#include "finding/finding.hpp"
#include "migration/migration.hpp"

namespace gauger::engine {

// The rules that [lint] select and ignore leave, in the order of `all`. `select` names rules, or
// "default" or "all"; empty means "default".
//
// Error (configuration): an unknown rule, with the nearest; a table for a rule that has no options.
[[nodiscard]] base::Result<std::vector<const Rule*>> select(std::span<const Rule* const> all,
                                                            const project::LintSettings& settings);

// Whether one of the rules looks at statements.
[[nodiscard]] bool walks(std::span<const Rule* const> rules);

struct Revision {
  std::string id;
  bool is_merge = false;
  std::uint32_t index = 0;  // in its History
  bool is_head = false;
  std::vector<const migration::Migration*> pull_request{};  // as of RuleContext
};

// The findings of one migration, suppressions applied, in report order. `changing` is
// the catalog that the revision finds. `all` are the rules that there are: a tag may name others
// than `rules`, which run. Where `walks` is true of the rules, it is afterwards what the revision
// leaves.
//
// `open` is what earlier revisions did in the transaction that this one begins in; afterwards,
// where `walks`, what has been done in the one that it leaves open.
[[nodiscard]] std::vector<finding::Finding> lint(const migration::Migration& migration,
                                                 const Revision& revision,
                                                 const catalog::Changing& changing,
                                                 std::span<const Rule* const> all,
                                                 std::span<const Rule* const> rules,
                                                 const project::LintSettings& settings,
                                                 const Run& run, OpenTransaction& open);

// The findings of a file of the application. `seed_tables`: as of ApplicationContext.
[[nodiscard]] std::vector<finding::Finding> lint_application(
    const eval::Module& module, const python::Outline& outline,
    std::span<const std::string> seed_tables, std::span<const Rule* const> rules,
    const project::LintSettings& settings);

}  // namespace gauger::engine
