// SQL text as operations.
#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "migration/reader.hpp"
#include "sql/statement.hpp"

namespace gauger::migration {
namespace {

bool is_word(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_';
}

// The end of a quoted string, identifier, comment or dollar quote that begins at `at`; `at` itself
// where none does.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const char byte = text[at];
  if (byte == '\'' || byte == '"') {
    const std::size_t end = text.find(byte, at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  if (text.substr(at).starts_with("--")) {
    return std::min(text.find('\n', at), text.size());
  }
  if (text.substr(at).starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  if (byte == '$' && (at == 0 || !is_word(text[at - 1]))) {
    std::size_t close = at + 1;
    while (close < text.size() && is_word(text[close])) {
      ++close;
    }
    if (close < text.size() && text[close] == '$') {
      const std::string_view tag = text.substr(at, close - at + 1);
      const std::size_t end = text.find(tag, close + 1);
      return end == std::string_view::npos ? text.size() : end + tag.size();
    }
  }
  return at;
}

// SQLAlchemy's ":name" and the drivers' "%(name)s" and "%s" as "$1", which PostgreSQL's grammar
// knows; an escaped "\:" as ":".
std::string without_parameters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = skip_quoted(text, at);
    if (end > at) {
      out.append(text.substr(at, end - at));
      at = end;
    } else if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == ':') {
      out += ':';
      at += 2;
    } else if (text[at] == ':' && at + 1 < text.size() && text[at + 1] == ':') {
      out += "::";
      at += 2;
    } else if (text[at] == ':' && at + 1 < text.size() && is_word(text[at + 1]) &&
               std::isdigit(static_cast<unsigned char>(text[at + 1])) == 0) {
      out += "$1";
      for (++at; at < text.size() && is_word(text[at]); ++at) {
      }
    } else if (text[at] == '%' && at + 1 < text.size() &&
               (text[at + 1] == 's' || text[at + 1] == '(')) {
      const std::size_t close = text[at + 1] == 's' ? at + 1 : text.find(")s", at);
      out += "$1";
      at = close == std::string_view::npos ? text.size() : close + (text[at + 1] == 's' ? 1 : 2);
    } else {
      out += text[at++];
    }
  }
  return out;
}

Name name_from(const std::string& text) {
  return text.find(hole_name) == std::string::npos ? Name{text, true} : Name::hole();
}

TableName table_from(const sql::QualifiedName& name) {
  return {name_from(name.schema), name_from(name.name)};
}

// The spelling that format_type() gives the types whose grammar name differs.
std::string spelled(const sql::TypeName& type) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      // NOLINT
      {"int4", "integer"},
      {"int8", "bigint"},
      {"int2", "smallint"},
      {"varchar", "character varying"},
      {"bpchar", "character"},
      {"bool", "boolean"},
      {"float8", "double precision"},
      {"float4", "real"},
      {"timestamp", "timestamp without time zone"},
      {"timestamptz", "timestamp with time zone"},
      {"time", "time without time zone"},
      {"timetz", "time with time zone"},
      {"serial", "integer"},
      {"bigserial", "bigint"},
      {"smallserial", "smallint"},
      {"varbit", "bit varying"},
  };
  if (type.name.name.find(hole_name) != std::string::npos) {
    return {};
  }
  std::string out = type.name.name;
  for (const auto& [from, to] : names) {
    if (out == from) {
      out = to;
      break;
    }
  }
  if (!type.modifiers.empty()) {
    const std::string modifiers = fmt::format("({})", fmt::join(type.modifiers, ","));
    const std::size_t zone = out.find(" with");
    out.insert(out.starts_with("time") && zone != std::string::npos ? zone : out.size(), modifiers);
  }
  return type.array ? out + "[]" : out;
}

Column column_from(const sql::ColumnDefinition& definition) {
  Column column;
  column.name = name_from(definition.name);
  column.type.text = spelled(definition.type);
  column.type.written = definition.type.text;
  column.serial = definition.type.name.name.ends_with("serial");
  column.nullable = true;
  for (const sql::Constraint& constraint : definition.constraints) {
    switch (constraint.kind) {
      case sql::ConstraintKind::not_null:
        column.nullable = false;
        break;
      case sql::ConstraintKind::default_:
        column.server_default = Default{DefaultKind::expression, constraint.expression};
        break;
      case sql::ConstraintKind::identity:
        column.server_default = Default{DefaultKind::identity, {}};
        break;
      case sql::ConstraintKind::generated:
        column.server_default = Default{DefaultKind::computed, constraint.expression};
        break;
      case sql::ConstraintKind::primary_key:
        column.primary_key = true;
        column.nullable = false;
        break;
      case sql::ConstraintKind::unique:
        column.unique = true;
        break;
      default:
        break;
    }
  }
  return column;
}

class Writer {
 public:
  // All must outlive the writer.
  Writer(std::string_view text, const Operation& base, std::vector<Operation>& out)
      : text_(text), base_(base), out_(out) {}

  void write(const sql::Statement& statement) {
    switch (statement.kind) {
      case sql::StatementKind::alter_table:
        alter_table(statement);
        return;
      case sql::StatementKind::drop:
        drop(statement);
        return;
      case sql::StatementKind::do_:
        handled_ = handles_what_exists(statement);
        for (const sql::Statement& inner : statement.body) {
          write(inner);
        }
        handled_ = false;
        if (statement.body_opaque) {
          Operation& made = add(OperationKind::opaque, statement);
          made.reason = "the DO block runs SQL that is put together when it runs";
        } else if (statement.body.empty()) {
          add(OperationKind::other, statement);
        }
        return;
      case sql::StatementKind::truncate:
        for (const sql::QualifiedName& name : statement.names) {
          add(OperationKind::truncate, statement).table = table_from(name);
        }
        return;
      case sql::StatementKind::create_table:
      case sql::StatementKind::create_table_as:
        create_table(statement);
        return;
      case sql::StatementKind::create_enum: {
        Operation& made = add(OperationKind::create_type, statement);
        if (!statement.names.empty()) {
          made.object = name_from(statement.names[0].name);
          made.enumeration =
              EnumType{made.object, name_from(statement.names[0].schema), statement.labels};
        }
        return;
      }
      case sql::StatementKind::insert:
        data(OperationKind::insert, statement);
        return;
      case sql::StatementKind::update:
        data(OperationKind::update, statement);
        return;
      case sql::StatementKind::merge:
        data(OperationKind::update, statement);
        return;
      case sql::StatementKind::delete_:
        data(OperationKind::delete_, statement);
        return;
      case sql::StatementKind::create_index: {
        Operation& made = add(OperationKind::create_index, statement);
        made.table = table_from(statement.table);
        made.object = statement.names.empty() ? Name{} : name_from(statement.names[0].name);
        return;
      }
      case sql::StatementKind::rename:
        if (statement.object == sql::ObjectKind::table && statement.old_name.empty() &&
            !statement.names.empty()) {
          Operation& made = add(OperationKind::rename_table, statement);
          made.table = table_from(statement.names[0]);
          made.new_table = {made.table.schema, name_from(statement.new_name)};
          return;
        }
        if (statement.object == sql::ObjectKind::type && statement.old_name.empty() &&
            !statement.names.empty()) {
          Operation& made = add(OperationKind::rename_type, statement);
          made.object = name_from(statement.names[0].name);
          made.enumeration = EnumType{made.object, name_from(statement.names[0].schema)};
          made.new_table = {made.enumeration->schema, name_from(statement.new_name)};
          return;
        }
        break;
      default:
        break;
    }
    add(OperationKind::other, statement);
  }

 private:
  Operation& add(OperationKind kind, const sql::Statement& statement) {
    Operation& made = out_.emplace_back(base_);
    made.kind = kind;
    made.directive = statement.tag;
    made.may_run = made.may_run || statement.conditional;
    made.if_exists = statement.if_exists;
    made.if_not_exists = statement.if_not_exists || handled_;
    made.cascade = statement.cascade;
    return made;
  }

  // Whether the block catches that what it makes is there already, as PostgreSQL's missing CREATE
  // TYPE IF NOT EXISTS is written.
  [[nodiscard]] bool handles_what_exists(const sql::Statement& block) const {
    std::string text(base::slice(text_, block.span));
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20)
                                            : static_cast<char>(letter);
    });
    return text.find("duplicate_") != std::string::npos ||
           text.find("when others") != std::string::npos;
  }

  void data(OperationKind kind, const sql::Statement& statement) {
    add(kind, statement).table = table_from(statement.table);
  }

  void create_table(const sql::Statement& statement) {
    Operation& made = add(OperationKind::create_table, statement);
    made.table =
        statement.names.empty() ? TableName{{}, Name::hole()} : table_from(statement.names[0]);
    for (const sql::ColumnDefinition& column : statement.columns) {
      made.columns.push_back(column_from(column));
    }
  }

  void drop(const sql::Statement& statement) {
    OperationKind kind = OperationKind::drop_other;
    switch (statement.object) {
      case sql::ObjectKind::table:
        kind = OperationKind::drop_table;
        break;
      case sql::ObjectKind::schema:
        kind = OperationKind::drop_schema;
        break;
      case sql::ObjectKind::index:
        kind = OperationKind::drop_index;
        break;
      case sql::ObjectKind::type:
        kind = OperationKind::drop_type;
        break;
      default:
        break;
    }
    for (const sql::QualifiedName& name : statement.names) {
      Operation& made = add(kind, statement);
      if (kind == OperationKind::drop_table) {
        made.table = table_from(name);
      } else {
        made.object = name_from(name.name);
      }
    }
  }

  void alter_table(const sql::Statement& statement) {
    const TableName table =
        statement.names.empty() ? table_from(statement.table) : table_from(statement.names[0]);
    for (const sql::AlterAction& action : statement.actions) {
      Operation& made = add(OperationKind::other, statement);
      made.table = table;
      made.cascade = action.cascade;
      made.if_exists = action.if_exists;
      made.if_not_exists = action.if_not_exists;
      ColumnChange change;
      change.name = name_from(action.name);
      switch (action.kind) {
        case sql::AlterKind::add_column:
          made.kind = OperationKind::add_column;
          made.directive = "ALTER TABLE … ADD COLUMN";
          made.columns.push_back(action.column ? column_from(*action.column) : Column{});
          continue;
        case sql::AlterKind::drop_column:
          made.kind = OperationKind::drop_column;
          made.directive = "ALTER TABLE … DROP COLUMN";
          made.columns.emplace_back().name = change.name;
          continue;
        case sql::AlterKind::add_constraint:
          made.kind = OperationKind::create_constraint;
          made.object = action.constraint ? name_from(action.constraint->name) : Name{};
          continue;
        case sql::AlterKind::drop_constraint:
          made.kind = OperationKind::drop_constraint;
          made.object = change.name;
          continue;
        case sql::AlterKind::set_not_null:
          change.nullable = false;
          break;
        case sql::AlterKind::drop_not_null:
          change.nullable = true;
          break;
        case sql::AlterKind::set_default:
          change.sets_default = true;
          change.server_default = Default{DefaultKind::expression, action.expression};
          break;
        case sql::AlterKind::drop_default:
          change.sets_default = true;
          break;
        case sql::AlterKind::set_type:
          change.type = Type{};
          if (action.column) {
            change.type->text = spelled(action.column->type);
            change.type->written = action.column->type.text;
          }
          break;
        default:
          continue;
      }
      made.kind = OperationKind::alter_column;
      made.directive = "ALTER TABLE … ALTER COLUMN";
      made.change = std::move(change);
    }
    if (statement.actions.empty()) {
      add(OperationKind::other, statement).table = table;
    }
  }

  std::string_view text_;
  const Operation& base_;
  std::vector<Operation>& out_;
  bool handled_ = false;  // inside a block that catches that a thing exists
};

}  // namespace

void append_sql(const std::string& text, const Operation& base, std::vector<Operation>& out) {
  const std::string read = without_parameters(text);
  auto statements = sql::parse(read);
  if (!statements) {
    Operation& made = out.emplace_back(base);
    made.kind = OperationKind::opaque;
    const bool holes = text.find(hole_name) != std::string::npos;
    made.reason = holes ? "parts of the SQL are not known, and without them it cannot be read"
                        : "the SQL is not PostgreSQL's: " + statements.error().message;
    return;
  }
  Writer writer(read, base, out);
  for (const sql::Statement& statement : *statements) {
    writer.write(statement);
  }
}

}  // namespace gauger::migration
