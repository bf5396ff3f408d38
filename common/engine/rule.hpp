// A rule: what it is called, and one pure function from a migration to findings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "effect/effect.hpp"
#include "engine/tags.hpp"
#include "finding/finding.hpp"
#include "migration/migration.hpp"
#include "project/migration_environment.hpp"
#include "project/project.hpp"

namespace gauger::engine {

// A tag with what the engine found out about it.
struct TagUse {
  const Tag* tag = nullptr;
  bool has_subject = false;             // something of its kind is under it
  std::vector<std::string> silenced{};  // of the rules that it ignores, those that found something
  std::vector<std::string> idle{};      // those that ran and did not; told to rules about tags
};

// What is known of the `alembic upgrade` that will run the revision.
struct Run {
  // By index in the History: the revisions that the base branch does not have. Empty: it is not
  // known which those are, and this revision alone counts as one.
  std::vector<bool> unreleased{};
  project::MigrationEnvironment environment{};  // what env.py says of it
};

// An index that was there before the migration and is dropped, and one that is built on the same
// table later, for the same queries: the keys of one begin with all those of the other. No third
// index is there for them.
struct ReplacedIndex {
  const migration::Operation* drop = nullptr;
  const migration::Operation* create = nullptr;
};

// All that a rule may look at. Values only: no file, no clock, no stream.
struct RuleContext {
  const migration::Migration& migration;
  std::string revision;   // the id
  bool is_merge = false;  // several down revisions
  const project::LintSettings& settings;
  const std::vector<TagUse>& tags;
  const std::vector<UnknownTag>& unknown_tags;

  // For each operation of upgrade(), whether an earlier one makes its table: it is empty, and
  // nobody else can see it yet. Also true where that cannot be told.
  const std::vector<bool>& on_new_table;

  [[nodiscard]] bool created_here(std::size_t index) const { return on_new_table[index]; }

  // What the revisions below have made of the database, and the index that they are given in
  // `created_in`.
  const catalog::Catalog& before;
  std::uint32_t revision_index = 0;

  const Run& run;
  bool is_head = false;  // no revision comes after it
  // The other revisions that the base branch does not have, where it is known which those are: what
  // is missing here may come with one of them.
  const std::vector<const migration::Migration*>& pull_request;
  const std::vector<ReplacedIndex>& replaced_indexes;

  // The one that the operation drops or builds; null: it is of none.
  [[nodiscard]] const ReplacedIndex* replaced_index(const migration::Operation& operation) const;

  // Whether the revision of that index is this one, or one that the base does not have either.
  [[nodiscard]] bool is_unreleased(std::optional<std::uint32_t> index) const;
};

// The locks that earlier statements of the same transaction have taken and that are held to its
// end, on tables that others can see; the strongest for each. Those statements may be of an earlier
// revision of the same run.
struct Transaction {
  std::vector<effect::TableLock> locks{};
  // How many statements have kept writers from a table that none before had.
  std::uint32_t blocking_statements = 0;
  // Tables that a statement has read or rewritten as a whole, each as often as that.
  std::vector<catalog::QualifiedName> passes{};
};
// What a transaction that has not ended has done so far.
struct OpenTransaction {
  Transaction transaction{};
  effect::Session session{};
};

// One SQL statement of upgrade(), with what it finds and what it does.
struct StatementContext {
  const RuleContext& revision;
  std::span<const migration::Operation> operations;  // of the statement, in order; never empty
  std::size_t first = 0;                             // of upgrade(): where they begin
  const catalog::Catalog& before;                    // what this statement finds
  const effect::Effect& effect;
  const effect::Session& session;
  const Transaction& transaction;

  // Whether this revision made the table, or an earlier one that the base does not have: it has no
  // rows but theirs, and nobody else uses it. Also true where it may have been there before
  // (IF NOT EXISTS).
  [[nodiscard]] bool is_new(const catalog::QualifiedName& table) const;
  [[nodiscard]] bool is_new(const migration::TableName& table) const;
  // The table that the name is, if it is known and not new; null: no.
  [[nodiscard]] const catalog::Table* old_table(const migration::TableName& name) const;
  // Whether the revision drops the table, before or after.
  [[nodiscard]] bool drops_table(const catalog::QualifiedName& table) const;
  // Whether the table of operations[index] was there before this revision: by the catalog or,
  // where that is not complete, since no operation of this revision may have made it.
  [[nodiscard]] bool is_old(std::size_t index) const;
  // The work of that kind on tables that are not new.
  [[nodiscard]] std::vector<const effect::Work*> work(effect::WorkKind kind) const;
  // The first lock that keeps writers from a table which is not new, and from which the transaction
  // has not kept them so far; null: none.
  [[nodiscard]] const effect::TableLock* newly_blocked() const;
  // The lock on a table that is not new; null: none.
  [[nodiscard]] const effect::TableLock* lock(const catalog::QualifiedName& table) const;
};

// A file of the application's code.
struct ApplicationContext {
  const eval::Module& module;
  std::span<const std::string> seed_tables;  // of [[seed-data]], without their schemas
};

// What a rule has to say.
struct Report {
  const migration::Operation* operation = nullptr;  // null: `module` and `span` say where
  const eval::Module* module = nullptr;
  base::Span span{};
  std::string message;
  std::string help{};
  std::vector<base::Edit> fix{};
};

enum class ClaimKind : std::uint8_t {
  unstated,  // which no rule is left at
  nothing,   // that a server would show: it is about names, policy, or the application
  failure,   // the migration fails there, at the latest on a table that has rows
  effect,
};
// What a finding says that the server will do there. tests/live/rules proves it by the cases of
// the rule, and smoke holds findings to it.
struct Claim {
  ClaimKind kind = ClaimKind::unstated;
  // Of an effect: some of the work, on a table that is held in this lock or a stronger one; without
  // work, the lock itself.
  effect::Lock lock = effect::Lock::access_share;
  std::vector<effect::WorkKind> work{};
};
// "scan or index_build under SHARE", "SHARE", "failure", "nothing"; empty: unstated.
[[nodiscard]] std::string display(const Claim& claim);

struct Rule {
  finding::RuleInfo info;
  // The tag that grants what the rule forbids.
  std::optional<TagKind> tag{};
  Claim claim{};
  // One of these: of the migration as a whole, or of each statement in its order.
  std::vector<Report> (*check)(const RuleContext&) = nullptr;
  std::vector<Report> (*check_statement)(const StatementContext&) = nullptr;
  // Or of a file of the application, in `migration-lint --application`.
  std::vector<Report> (*check_application)(const ApplicationContext&) = nullptr;
  // Has nothing to say of a statement of which another rule says that it fails.
  bool unless_said = false;
  // Looks at the tags, so it runs after the rules that they silence.
  bool about_tags = false;
  // When Migration::downgrade has to be read for it.
  migration::ReadDowngrade reads_downgrade = migration::ReadDowngrade::never;
};

// Whether two tables may be the same, as far as their names tell.
[[nodiscard]] bool may_be_same(const migration::TableName& left, const migration::TableName& right);

// RuleContext::on_new_table.
[[nodiscard]] std::vector<bool> on_new_tables(const std::vector<migration::Operation>& operations);

// What each tag is about; also what the rules of that name are.
[[nodiscard]] bool destroys(const migration::Operation& operation);
[[nodiscard]] bool demands_values(const migration::Operation& operation);  // makes NOT NULL
[[nodiscard]] bool changes_type(const migration::Operation& operation);

}  // namespace gauger::engine
