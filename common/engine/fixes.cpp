#include "engine/fixes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "catalog/names.hpp"
#include "engine/advice.hpp"

namespace gauger::engine {
namespace {

constexpr std::string_view blanks = " \t\n";

// What ends with the transaction.
bool ends_with_transaction(const migration::Operation& operation) {
  const auto* set = operation.as<migration::SetParameter>();
  const auto* control = operation.as<migration::TransactionControl>();
  return (set != nullptr && set->local) || operation.is<migration::LockTable>() ||
         (control != nullptr && control->step == migration::TransactionStep::savepoint);
}

// What an autocommit_block() around the operation would take from those behind it; null: nothing.
const migration::Operation* relied_on(const migration::Operation& operation,
                                      const RuleContext& revision) {
  const migration::Operation* found = nullptr;
  for (const migration::Operation& each : revision.migration.upgrade) {
    if (each.transaction != operation.transaction || each.commits_by_itself()) {
      continue;
    }
    if (each.statement < operation.statement && ends_with_transaction(each)) {
      found = &each;
    } else if (each.call > operation.call) {
      return found;
    }
  }
  return nullptr;
}

// A call that can be edited, in the text of its file.
struct Call {
  base::Span span{};
  std::string_view text{};
  std::string_view indent{};  // of its line, which it begins
  std::size_t line_end = 0;   // behind the call: only a comment is between
  bool in_with = false;       // inside of a `with`
};

// Whether one of the lines that the line at `begin` is inside of opens a `with`.
bool is_in_with(std::string_view text, std::size_t begin, std::size_t depth) {
  while (begin > 0 && depth > 0) {
    const std::size_t end = begin - 1;
    begin = end == 0 ? 0 : text.rfind('\n', end - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(' ');
    if (first < depth) {  // npos: an empty line
      depth = first;
      if (line.substr(first).starts_with("with ") ||
          line.substr(first).starts_with("async with ")) {
        return true;
      }
    }
  }
  return false;
}

std::optional<Call> editable(const migration::Operation& operation, const RuleContext& revision,
                             std::string_view keyword) {
  const eval::Place& site = operation.sites.front();
  const std::string_view text = site.module->text;
  Call call{.span = site.span,
            .text = text.substr(site.span.begin, site.span.end - site.span.begin)};
  const auto lacks = [&](std::string_view part) {
    return call.text.find(part) == std::string_view::npos;
  };
  // A comment, `*arguments`, an escape or a long string in it is left to people.
  // Others make an index or a constraint beside what they are for.
  constexpr std::array<std::string_view, 4> directives = {
      "create_index", "drop_index", "create_foreign_key", "create_check_constraint"};
  const bool plain =
      std::find(directives.begin(), directives.end(), operation.directive) != directives.end() &&
      operation.sites.size() == 1 && !operation.from_sql && !operation.attempted &&
      site.module == revision.migration.module.get() &&
      call.text.starts_with(fmt::format("op.{}(", operation.directive)) &&
      call.text.ends_with(')') && lacks("#") && lacks("*") && lacks("\\") && lacks("\r") &&
      lacks(R"(""")") && lacks("'''") && lacks(keyword.substr(0, keyword.find('=')));
  if (!plain) {
    return std::nullopt;
  }
  const std::size_t line = text.rfind('\n', site.span.begin) + 1;
  call.indent = text.substr(line, site.span.begin - line);
  call.line_end = std::min(text.find('\n', site.span.end), text.size());
  const std::string_view rest = text.substr(site.span.end, call.line_end - site.span.end);
  const std::size_t behind = rest.find_first_not_of(" \t\r");
  const bool alone = call.indent.find_first_not_of(' ') == std::string_view::npos &&
                     (behind == std::string_view::npos || rest[behind] == '#');
  if (!alone) {
    return std::nullopt;
  }
  call.in_with = is_in_with(text, line, call.indent.size());
  return call;
}

// Where the keyword goes, as an offset into the call, and what it is with the commas around it.
struct Insertion {
  std::size_t at = 0;
  std::string text;
};
Insertion insertion(std::string_view call, std::string_view keyword) {
  const std::size_t last = call.find_last_not_of(blanks, call.size() - 2);
  if (call[last] != ',') {
    return {last + 1, fmt::format(", {}", keyword)};
  }
  const std::string_view tail = call.substr(last + 1, call.size() - 2 - last);
  const std::size_t line = call.rfind('\n', last);
  if (tail.find('\n') == std::string_view::npos || line == std::string_view::npos) {
    return {last + 1, fmt::format(" {}", keyword)};
  }
  const std::size_t text = call.find_first_not_of(' ', line + 1);
  return {last + 1, fmt::format("\n{}{},", call.substr(line + 1, text - line - 1), keyword)};
}

base::Edit inserted(const Call& call, const Insertion& made) {
  const auto at = call.span.begin + static_cast<std::uint32_t>(made.at);
  return {{at, at}, made.text};
}

// Each line but the first, one step further in.
std::string moved_in(std::string_view text) {
  std::string moved;
  for (const char c : text) {
    moved += c;
    if (c == '\n') {
      moved += "    ";
    }
  }
  return moved;
}

bool can_leave_transaction(const Call& call, const migration::Operation& operation,
                           const RuleContext& revision) {
  return !call.in_with && revision.run.environment.own_transaction != std::optional(true) &&
         relied_on(operation, revision) == nullptr;
}

// Whether the call runs once, and what the server calls the constraint is in its text. A naming
// convention can make another name of a CHECK's, but not of what op.f() is given.
bool is_named_surely(const migration::Operation& add, const Call& call,
                     const RuleContext& revision) {
  const auto& constraint = std::get<migration::AddConstraint>(add.action).constraint;
  const auto& upgrade = revision.migration.upgrade;
  const auto times =
      std::count_if(upgrade.begin(), upgrade.end(), [&](const migration::Operation& each) {
        return each.sites.front().module == add.sites.front().module &&
               each.sites.front().span == add.sites.front().span;
      });
  const std::string& name = constraint.name.text;
  const bool written = constraint.name.known && !name.empty() &&
                       (call.text.find(fmt::format("\"{}\"", name)) != std::string_view::npos ||
                        call.text.find(fmt::format("'{}'", name)) != std::string_view::npos);
  return times == 1 && written && add.table.name.known && add.table.schema.known &&
         (constraint.kind == migration::ConstraintKind::foreign_key ||
          call.text.find("op.f(") != std::string_view::npos);
}

}  // namespace

std::string block_note(const migration::Operation& operation, const RuleContext& revision) {
  const migration::Operation* ends =
      operation.autocommit ? nullptr : relied_on(operation, revision);
  if (ends == nullptr) {
    return {};
  }
  const auto* set = ends->as<migration::SetParameter>();
  return fmt::format(
      "\nthe block ends the transaction, and with it the {} before, which has to come "
      "again after it (--fix leaves this to you)",
      set == nullptr ? ends->directive : "SET LOCAL " + set->name);
}

std::vector<base::Edit> in_autocommit_block(const migration::Operation& operation,
                                            const RuleContext& revision, std::string_view keyword) {
  const auto call = editable(operation, revision, keyword);
  if (!call) {
    return {};
  }
  const Insertion made = insertion(call->text, keyword);
  if (operation.autocommit) {
    return {inserted(*call, made)};
  }
  if (!can_leave_transaction(*call, operation, revision)) {
    return {};
  }
  const std::string body =
      fmt::format("{}{}{}", call->text.substr(0, made.at), made.text, call->text.substr(made.at));
  return {{call->span, fmt::format("with op.get_context().autocommit_block():\n{}    {}",
                                   call->indent, moved_in(body))}};
}

std::vector<base::Edit> not_valid(const migration::Operation& add, const RuleContext& revision) {
  constexpr std::string_view keyword = "postgresql_not_valid=True";
  const auto call = editable(add, revision, keyword);
  if (!call) {
    return {};
  }
  std::vector<base::Edit> edits = {inserted(*call, insertion(call->text, keyword))};
  if (!add.autocommit && can_leave_transaction(*call, add, revision) &&
      is_named_surely(add, *call, revision)) {
    const auto& constraint = std::get<migration::AddConstraint>(add.action).constraint;
    const std::array validate = {
        execute(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", sql_name(add.table),
                            catalog::quote_identifier(constraint.name.text)))};
    std::string block = autocommit_block(validate);
    block.replace(block.find('\n'), 1, fmt::format("\n{}", call->indent));
    const auto at = static_cast<std::uint32_t>(call->line_end);
    edits.push_back({{at, at}, fmt::format("\n{}{}", call->indent, block)});
  }
  return edits;
}

}  // namespace gauger::engine
