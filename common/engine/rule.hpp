// A rule: what it is called, and one pure function from a migration to findings.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/tags.hpp"
#include "finding/finding.hpp"
#include "migration/migration.hpp"
#include "project/project.hpp"

namespace gauger::engine {

// A tag with what the engine found out about it.
struct TagUse {
  const Tag* tag = nullptr;
  bool has_subject = false;  // something of its kind is under it
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

struct Rule {
  finding::RuleInfo info;
  // The tag that grants what the rule forbids.
  std::optional<TagKind> tag{};
  std::vector<Report> (*check)(const RuleContext&) = nullptr;
  // Looks at the tags, so it runs after the rules that they silence.
  bool about_tags = false;
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
