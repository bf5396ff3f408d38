#include "rules/identifier_too_long/identifier_too_long.hpp"

#include <string_view>

#include <fmt/format.h>

#include "catalog/names.hpp"

namespace gauger::rules {

using migration::Operation;

namespace {

struct Named {
  std::string_view what;
  const migration::Name* name;
};

// The names that the operation gives.
std::vector<Named> names_given(const Operation& operation) {
  std::vector<Named> names;
  const auto add = [&](std::string_view what, const migration::Name& name) {
    names.push_back({what, &name});
  };
  if (const auto* table = operation.as<migration::CreateTable>()) {
    add("table", operation.table.name);
    for (const migration::Column& column : table->columns) {
      add("column", column.name);
    }
    for (const migration::Constraint& constraint : table->constraints) {
      add("constraint", constraint.name);
    }
  } else if (const auto* rename = operation.as<migration::RenameTable>()) {
    add("table", rename->to.name);
  } else if (const auto* column = operation.as<migration::AddColumn>()) {
    add("column", column->column.name);
  } else if (const auto* to = operation.as<migration::RenameColumn>()) {
    add("column", to->to);
  } else if (const auto* constraint = operation.as<migration::AddConstraint>()) {
    add("constraint", constraint->constraint.name);
  } else if (const auto* renamed = operation.as<migration::RenameConstraint>()) {
    add("constraint", renamed->to);
  } else if (operation.is<migration::CreateIndex>()) {
    add("index", operation.object);
  } else if (const auto* moved = operation.as<migration::RenameIndex>()) {
    add("index", moved->to);
  }
  return names;
}

bool is_identifier_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// PostgreSQL's grammar has shortened the name already: the whole of it is in the file, if it is
// written out there. Empty: it is not.
std::string_view as_written(std::string_view name, const Operation& operation) {
  for (const eval::Place& site : operation.sites) {
    if (site.module == nullptr) {
      continue;
    }
    const std::string_view text = site.module->text;
    for (std::size_t at = text.find(name); at != std::string_view::npos;
         at = text.find(name, at + 1)) {
      std::size_t end = at + name.size();
      while (end < text.size() && is_identifier_byte(text[end])) {
        ++end;
      }
      const bool begins = at == 0 || !is_identifier_byte(text[at - 1]);
      if (begins && end > at + name.size()) {
        return text.substr(at, end - at);
      }
    }
  }
  return {};
}

std::vector<engine::Report> check_identifier_too_long(const engine::StatementContext& statement) {
  std::vector<engine::Report> reports;
  for (const Operation& operation : statement.operations) {
    if (!operation.from_sql) {
      continue;
    }
    for (const Named& named : names_given(operation)) {
      const std::string& name = named.name->text;
      // A character that did not fit may have gone as a whole: up to three bytes less.
      if (!named.name->known || name.size() + 4 <= catalog::max_name_size) {
        continue;
      }
      const std::string_view written = as_written(name, operation);
      if (written.size() <= catalog::max_name_size) {
        continue;
      }
      reports.push_back(
          {.operation = &operation,
           .message = fmt::format("the name of the {} has {} bytes, and PostgreSQL cuts it to {}",
                                  named.what, written.size(), name),
           .help = fmt::format("a name of at most {} bytes", catalog::max_name_size)});
    }
  }
  return reports;
}

}  // namespace

const engine::Rule identifier_too_long{
    .info = {.id = "identifier-too-long",
             .severity = finding::Severity::warning,
             .summary = "A name in SQL text is longer than 63 bytes, and PostgreSQL cuts it off.",
             .explanation =
                 "The statement succeeds with a notice. The object has another name than the "
                 "migration says, autogenerate sees a difference, and two names that differ only "
                 "after byte 63 are one.\n\n"
                 "Names in Alembic's directives are checked by SQLAlchemy, which raises an error."},
    .claim = {engine::ClaimKind::nothing},
    .check_statement = check_identifier_too_long};

}  // namespace gauger::rules
