#include "catalog/render.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/definition.hpp"
#include "catalog/names.hpp"

namespace gauger::catalog {
namespace {

using namespace migration;  // NOLINT(google-build-using-namespace)

std::string text_of(const Name& name) { return python_string(display(name)); }

// Of a constraint or an index.
std::string given_name(const Name& name, Naming naming) {
  return naming == Naming::of_server ? fmt::format("op.f({})", text_of(name)) : text_of(name);
}

std::string list_of(const std::vector<Name>& names) {
  std::vector<std::string> texts;
  std::transform(names.begin(), names.end(), std::back_inserter(texts), text_of);
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string execute(std::string_view sql) {
  return sql.empty() ? std::string() : fmt::format("op.execute({})", python_string(sql));
}

// The arguments of a call.
class Arguments {
 public:
  Arguments& add(std::string text) {
    texts_.push_back(std::move(text));
    return *this;
  }
  Arguments& add_if(bool condition, std::string text) {
    return condition ? add(std::move(text)) : *this;
  }
  Arguments& schema(const TableName& table) {
    return add_if(!table.schema.absent(), "schema=" + text_of(table.schema));
  }
  [[nodiscard]] std::string call(std::string_view function) const {
    return fmt::format("{}({})", function, fmt::join(texts_, ", "));
  }

 private:
  std::vector<std::string> texts_;
};

// sa.text() and op.execute() take ":name" for a parameter, but neither "::" nor "\\:name".
std::string escaped_colons(std::string_view sql) {
  std::string result;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const bool doubled = (at > 0 && sql[at - 1] == ':') || sql.substr(at + 1).starts_with(':');
    result += sql[at] == ':' && !doubled ? "\\:" : std::string(1, sql[at]);
  }
  return result;
}

struct Spelling {
  std::string_view type;  // or an option, as SQL has it
  std::string_view python;
};

// Types without modifiers. SQLAlchemy's own where one is rendered as this very type.
constexpr std::array<Spelling, 33> spellings{{
    {"integer", "sa.Integer()"},
    {"bigint", "sa.BigInteger()"},
    {"smallint", "sa.SmallInteger()"},
    {"text", "sa.Text()"},
    {"character varying", "sa.String()"},
    {"boolean", "sa.Boolean()"},
    {"numeric", "sa.Numeric()"},
    {"real", "sa.REAL()"},
    {"double precision", "postgresql.DOUBLE_PRECISION()"},
    {"date", "sa.Date()"},
    {"timestamp without time zone", "sa.DateTime()"},
    {"timestamp with time zone", "sa.DateTime(timezone=True)"},
    {"time without time zone", "sa.Time()"},
    {"time with time zone", "sa.Time(timezone=True)"},
    {"interval", "sa.Interval()"},
    {"bytea", "sa.LargeBinary()"},
    {"json", "postgresql.JSON()"},
    {"jsonb", "postgresql.JSONB()"},
    {"uuid", "postgresql.UUID()"},
    {"inet", "postgresql.INET()"},
    {"cidr", "postgresql.CIDR()"},
    {"macaddr", "postgresql.MACADDR()"},
    {"money", "postgresql.MONEY()"},
    {"oid", "postgresql.OID()"},
    {"regclass", "postgresql.REGCLASS()"},
    {"tsvector", "postgresql.TSVECTOR()"},
    {"hstore", "postgresql.HSTORE()"},
    {"int4range", "postgresql.INT4RANGE()"},
    {"int8range", "postgresql.INT8RANGE()"},
    {"numrange", "postgresql.NUMRANGE()"},
    {"tsrange", "postgresql.TSRANGE()"},
    {"tstzrange", "postgresql.TSTZRANGE()"},
    {"daterange", "postgresql.DATERANGE()"},
}};

// "character varying(50)" -> "sa.String(50)". Empty: SQLAlchemy has none that is sure to be it.
std::string type_text(std::string_view type) {
  if (type.ends_with("[]")) {
    const std::string element = type_text(type.substr(0, type.size() - 2));
    return element.empty() ? element : fmt::format("postgresql.ARRAY({})", element);
  }
  const auto* found = std::find_if(spellings.begin(), spellings.end(),
                                   [&](const Spelling& each) { return each.type == type; });
  if (found != spellings.end()) {
    return std::string(found->python);
  }
  constexpr std::array<Spelling, 3> sized{
      {{"character varying(", "sa.String"}, {"character(", "sa.CHAR"}, {"numeric(", "sa.Numeric"}}};
  for (const Spelling& each : sized) {
    if (type.starts_with(each.type) && type.ends_with(')')) {
      std::string modifiers(type.substr(each.type.size(), type.size() - each.type.size() - 1));
      const std::size_t comma = modifiers.find(',');
      if (comma != std::string::npos) {
        modifiers.insert(comma + 1, " ");
      }
      return fmt::format("{}({})", each.python, modifiers);
    }
  }
  return {};
}

std::string default_argument(const Default& value) {
  return value.kind == DefaultKind::literal
             ? python_string(value.text)
             : fmt::format("sa.text({})", python_string(escaped_colons(value.text)));
}

// Whether SQLAlchemy would make it serial: in a primary key of op.create_table, without a default.
bool might_be_serial(const migration::Column& column, const CreateTable& create) {
  const std::string& type = column.type.text;
  if (column.serial || (type != "integer" && type != "bigint" && type != "smallint") ||
      column.server_default || column.identity != Identity::none || column.generated) {
    return false;
  }
  return std::any_of(create.constraints.begin(), create.constraints.end(),
                     [&](const migration::Constraint& constraint) {
                       return constraint.kind == ConstraintKind::primary_key &&
                              std::any_of(
                                  constraint.columns.begin(), constraint.columns.end(),
                                  [&](const Name& name) { return name.text == column.name.text; });
                     });
}

std::string identity_call(const migration::Column& column) {
  constexpr std::array<Spelling, 6> names{{{"START WITH", "start"},
                                           {"INCREMENT BY", "increment"},
                                           {"MINVALUE", "minvalue"},
                                           {"MAXVALUE", "maxvalue"},
                                           {"CACHE", "cache"},
                                           {"CYCLE", "cycle"}}};
  Arguments arguments;
  arguments.add(column.identity == Identity::always ? "always=True" : "always=False");
  for (const SequenceOption& option : sequence_options(column.identity_options)) {
    for (const Spelling& each : names) {
      arguments.add_if(
          each.type == option.name,
          fmt::format("{}={}", each.python, option.value.empty() ? "True" : option.value));
    }
  }
  return arguments.call("sa.Identity");
}

enum class Numbering : std::uint8_t { as_it_says, never };

// Empty: only SQL can say it.
std::string column_text(const migration::Column& column,
                        Numbering numbering = Numbering::as_it_says) {
  const std::string type = type_text(column.type.text);
  if (type.empty() || !column.name.known) {
    return {};
  }
  Arguments arguments;
  arguments.add(text_of(column.name));
  if (column.collation.empty()) {
    arguments.add(type);
  } else if (type == "sa.Text()" || type.starts_with("sa.String(")) {
    const std::string open = type.substr(0, type.size() - 1);
    arguments.add(fmt::format("{}{}collation={})", open, open.ends_with('(') ? "" : ", ",
                              python_string(column.collation)));
  } else {
    return {};
  }
  if (column.generated) {
    arguments.add(fmt::format(
        "sa.Computed({}{})", python_string(escaped_colons(column.generated->expression)),
        column.generated->kind == GeneratedKind::stored     ? ", persisted=True"
        : column.generated->kind == GeneratedKind::virtual_ ? ", persisted=False"
                                                            : ""));
  }
  if (column.identity != Identity::none) {
    arguments.add(identity_call(column));
  }
  if (column.server_default) {
    arguments.add("server_default=" + default_argument(*column.server_default));
  }
  if (column.nullable) {
    arguments.add(fmt::format("nullable={}", *column.nullable ? "True" : "False"));
  }
  arguments.add_if(numbering == Numbering::never, "autoincrement=False");
  if (column.comment) {
    arguments.add("comment=" + python_string(*column.comment));
  }
  return arguments.call("sa.Column");
}

Arguments& add_timing(Arguments& arguments, const migration::Constraint& constraint) {
  arguments.add_if(constraint.deferrable, "deferrable=True");
  return arguments.add_if(constraint.initially_deferred, "initially=\"DEFERRED\"");
}

// What Alembic and SQLAlchemy cannot say of a constraint.
bool needs_sql(const migration::Constraint& constraint) {
  return constraint.kind == ConstraintKind::exclude ||
         constraint.kind == ConstraintKind::not_null || constraint.no_inherit ||
         constraint.not_enforced || constraint.nulls_not_distinct ||
         !constraint.using_index.absent() || !constraint.name.known || constraint.name.absent() ||
         constraint.on_delete.find('(') != std::string::npos;
}

std::string constraint_call(const Operation& operation, const migration::Constraint& constraint,
                            Naming naming) {
  if (needs_sql(constraint)) {
    return {};
  }
  Arguments arguments;
  arguments.add(given_name(constraint.name, naming));
  if (constraint.kind == ConstraintKind::foreign_key) {
    arguments.add(text_of(operation.table.name))
        .add(text_of(constraint.referenced.name))
        .add(list_of(constraint.columns))
        .add(list_of(constraint.referenced_columns))
        .add_if(!constraint.on_update.empty(), "onupdate=" + python_string(constraint.on_update))
        .add_if(!constraint.on_delete.empty(), "ondelete=" + python_string(constraint.on_delete));
    add_timing(arguments, constraint)
        .add_if(constraint.match_full, "match=\"FULL\"")
        .add_if(!operation.table.schema.absent(),
                "source_schema=" + text_of(operation.table.schema))
        .add_if(!constraint.referenced.schema.absent(),
                "referent_schema=" + text_of(constraint.referenced.schema))
        .add_if(constraint.not_valid, "postgresql_not_valid=True");
    return arguments.call("op.create_foreign_key");
  }
  arguments.add(text_of(operation.table.name));
  if (constraint.kind == ConstraintKind::check) {
    arguments.add(python_string(escaped_colons(constraint.expression)))
        .schema(operation.table)
        .add_if(constraint.not_valid, "postgresql_not_valid=True");
    return constraint.deferrable ? std::string() : arguments.call("op.create_check_constraint");
  }
  arguments.add(list_of(constraint.columns));
  add_timing(arguments, constraint).schema(operation.table);
  return arguments.call(constraint.kind == ConstraintKind::primary_key
                            ? "op.create_primary_key"
                            : "op.create_unique_constraint");
}

// Inside op.create_table; empty: only SQL can say it.
std::string constraint_text(const migration::Constraint& constraint, Naming naming) {
  if (needs_sql(constraint)) {
    return {};
  }
  Arguments arguments;
  std::string_view function;
  const std::string name = "name=" + given_name(constraint.name, naming);
  switch (constraint.kind) {
    case ConstraintKind::check:
      function = "sa.CheckConstraint";
      arguments.add(python_string(escaped_colons(constraint.expression)));
      break;
    case ConstraintKind::foreign_key:
      return {};
    default:
      function = constraint.kind == ConstraintKind::primary_key ? "sa.PrimaryKeyConstraint"
                                                                : "sa.UniqueConstraint";
      for (const Name& column : constraint.columns) {
        arguments.add(text_of(column));
      }
      break;
  }
  arguments.add(name);
  return add_timing(arguments, constraint).call(function);
}

// "name DESC NULLS LAST"
std::string key_text(const migration::IndexKey& key) {
  std::string text = quote_identifier(key.column.text);
  text += key.collation.empty() ? "" : " COLLATE " + quote_identifier(key.collation);
  text += key.descending ? " DESC" : "";
  text += key.nulls_first ? " NULLS FIRST" : "";
  return text + (key.nulls_last ? " NULLS LAST" : "");
}

std::string index_call(const Operation& operation, const migration::Index& index, Naming naming) {
  const Name& name = index.name.absent() ? operation.object : index.name;
  if (!name.known || name.absent() || index.only || index.nulls_not_distinct ||
      !index.options.empty()) {
    return {};
  }
  std::vector<std::string> keys;
  std::vector<std::string> classes;
  for (const migration::IndexKey& key : index.keys) {
    const bool plain = !key.column.absent() && !key.descending && !key.nulls_first &&
                       !key.nulls_last && key.collation.empty();
    if (plain) {
      keys.push_back(text_of(key.column));
    } else if (key.column.absent() || !key.operator_class.empty()) {
      return {};  // its operator class could not be told by a column's name
    } else {
      keys.push_back(fmt::format("sa.text({})", python_string(key_text(key))));
    }
    if (!key.operator_class.empty()) {
      classes.push_back(
          fmt::format("{}: {}", text_of(key.column), python_string(key.operator_class)));
    }
  }
  Arguments arguments;
  arguments.add(given_name(name, naming))
      .add(text_of(operation.table.name))
      .add(fmt::format("[{}]", fmt::join(keys, ", ")))
      .add_if(index.unique, "unique=True")
      .schema(operation.table)
      .add_if(operation.if_not_exists, "if_not_exists=True")
      .add_if(index.method != "btree", "postgresql_using=" + python_string(index.method))
      .add_if(!index.included.empty(), "postgresql_include=" + list_of(index.included))
      .add_if(!classes.empty(), fmt::format("postgresql_ops={{{}}}", fmt::join(classes, ", ")))
      .add_if(!index.predicate.empty(), fmt::format("postgresql_where=sa.text({})",
                                                    python_string(escaped_colons(index.predicate))))
      .add_if(operation.concurrently, "postgresql_concurrently=True");
  return arguments.call("op.create_index");
}

// Gives the call, or nothing where only SQL can say it.
class Writer {
 public:
  Writer(const Operation& operation, Naming naming) : operation_(operation), naming_(naming) {}

  template <class Unwritten>
  std::string operator()(const Unwritten& /*action*/) const {
    return {};
  }

  std::string operator()(const CreateTable& create) const {
    if (!create.partition_of.name.absent() || !create.inherits.empty() || create.temporary ||
        !create.columns_known) {
      return {};
    }
    Arguments arguments;
    arguments.add(text_of(operation_.table.name));
    std::vector<std::string> parts;
    std::transform(create.columns.begin(), create.columns.end(), std::back_inserter(parts),
                   [&](const migration::Column& column) {
                     return column_text(column, might_be_serial(column, create)
                                                    ? Numbering::never
                                                    : Numbering::as_it_says);
                   });
    std::transform(create.constraints.begin(), create.constraints.end(), std::back_inserter(parts),
                   [&](const migration::Constraint& constraint) {
                     return constraint_text(constraint, naming_);
                   });
    for (std::string& part : parts) {
      if (part.empty()) {
        return {};
      }
      arguments.add(std::move(part));
    }
    arguments.schema(operation_.table)
        .add_if(create.comment.has_value(), "comment=" + python_string(create.comment.value_or("")))
        .add_if(create.unlogged, "prefixes=[\"UNLOGGED\"]")
        .add_if(!create.partition_strategy.empty(),
                "postgresql_partition_by=" +
                    python_string(fmt::format("{} ({})", create.partition_strategy,
                                              fmt::join(create.partition_key, ", "))));
    return arguments.call("op.create_table");
  }
  std::string operator()(const DropTable& /*action*/) const {
    return operation_.cascade
               ? std::string()
               : on_table().add_if(operation_.if_exists, "if_exists=True").call("op.drop_table");
  }
  std::string operator()(const RenameTable& action) const {
    if (action.to.schema.text != operation_.table.schema.text) {
      return {};
    }
    Arguments arguments;
    return arguments.add(text_of(operation_.table.name))
        .add(text_of(action.to.name))
        .schema(operation_.table)
        .call("op.rename_table");
  }
  std::string operator()(const AddColumn& action) const {
    const std::string column = column_text(action.column);
    Arguments arguments;
    return column.empty() || operation_.if_not_exists
               ? std::string()
               : arguments.add(text_of(operation_.table.name))
                     .add(column)
                     .schema(operation_.table)
                     .call("op.add_column");
  }
  std::string operator()(const DropColumn& action) const {
    Arguments arguments;
    return operation_.cascade || operation_.if_exists
               ? std::string()
               : arguments.add(text_of(operation_.table.name))
                     .add(text_of(action.column))
                     .schema(operation_.table)
                     .call("op.drop_column");
  }
  std::string operator()(const RenameColumn& action) const {
    return alter_column(action.column, "new_column_name=" + text_of(action.to));
  }
  std::string operator()(const ChangeType& action) const {
    const std::string type = type_text(action.type.text);
    if (type.empty() || !action.collation.empty()) {
      return {};
    }
    return alter_column(
        action.column, "type_=" + type,
        action.using_.empty() ? "" : "postgresql_using=" + python_string(action.using_));
  }
  std::string operator()(const SetNotNull& action) const {
    return alter_column(action.column, "nullable=False");
  }
  std::string operator()(const DropNotNull& action) const {
    return alter_column(action.column, "nullable=True");
  }
  std::string operator()(const SetDefault& action) const {
    return alter_column(
        action.column,
        "server_default=" + (action.value ? default_argument(*action.value) : std::string("None")));
  }
  std::string operator()(const SetComment& action) const {
    const std::string comment = action.comment ? python_string(*action.comment) : "None";
    if (!action.column.absent()) {
      return alter_column(action.column, "comment=" + comment);
    }
    Arguments arguments;
    arguments.add(text_of(operation_.table.name));
    return action.comment
               ? arguments.add(comment).schema(operation_.table).call("op.create_table_comment")
               : arguments.schema(operation_.table).call("op.drop_table_comment");
  }
  std::string operator()(const AddConstraint& action) const {
    return constraint_call(operation_, action.constraint, naming_);
  }
  std::string operator()(const DropConstraint& /*action*/) const {
    Arguments arguments;
    return operation_.cascade || operation_.if_exists
               ? std::string()
               : arguments.add(given_name(operation_.object, naming_))
                     .add(text_of(operation_.table.name))
                     .schema(operation_.table)
                     .call("op.drop_constraint");
  }
  std::string operator()(const CreateIndex& action) const {
    return index_call(operation_, action.index, naming_);
  }
  std::string operator()(const DropIndex& /*action*/) const {
    Arguments arguments;
    return operation_.cascade ? std::string()
                              : arguments.add(given_name(operation_.object, naming_))
                                    .add_if(!operation_.table.name.absent(),
                                            "table_name=" + text_of(operation_.table.name))
                                    .schema(operation_.table)
                                    .add_if(operation_.if_exists, "if_exists=True")
                                    .add_if(operation_.concurrently, "postgresql_concurrently=True")
                                    .call("op.drop_index");
  }

 private:
  [[nodiscard]] Arguments on_table() const {
    Arguments arguments;
    return arguments.add(text_of(operation_.table.name)).schema(operation_.table);
  }
  [[nodiscard]] std::string alter_column(const Name& column, std::string change,
                                         std::string option = {}) const {
    Arguments arguments;
    const bool has_option = !option.empty();
    return arguments.add(text_of(operation_.table.name))
        .add(text_of(column))
        .add(std::move(change))
        .schema(operation_.table)
        .add_if(has_option, std::move(option))
        .call("op.alter_column");
  }

  const Operation& operation_;
  Naming naming_;
};

}  // namespace

std::string python_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string alembic(const Operation& operation, Naming naming) {
  std::string call = std::visit(Writer(operation, naming), operation.action);
  return call.empty() ? execute(escaped_colons(sql(operation))) : call;
}

std::vector<std::string> alembic(const Difference& difference) {
  std::vector<std::string> result;
  for (const Operation& operation : difference.operations) {
    if (std::string text = alembic(operation, Naming::of_server); !text.empty()) {
      result.push_back(std::move(text));
    }
  }
  for (const std::string& statement : difference.statements) {
    result.push_back(execute(escaped_colons(statement)));
  }
  return result;
}

}  // namespace gauger::catalog
