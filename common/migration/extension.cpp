// Directives that extensions register on alembic.op.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "migration/arguments.hpp"
#include "migration/directive.hpp"
#include "migration/terms.hpp"

namespace gauger::migration {

using eval::Interpreter;
using eval::Value;
using eval::ValueKind;

namespace {

// alembic-postgresql-enum: sync_enum_values(schema, name, labels, [(table, column)…]), the columns
// as tuples or as TableReference(table_schema, table_name, column_name).
void read_sync_enum(const Directive& directive) {
  SyncEnum action;
  const Items labels = items_of(directive.get(2, "new_values"));
  action.known = labels.known;
  for (const Value* label : labels.values) {
    action.known = action.known && label->is(ValueKind::text);
    action.labels.emplace_back(text_of(label));
  }
  const Items columns = items_of(directive.get(3, "affected_columns"));
  action.known = action.known && columns.known;
  for (const Value* item : columns.values) {
    if (item->is(ValueKind::call)) {
      action.columns.emplace_back(TableName{name_of(argument(*item, "table_schema")),
                                            required_name(argument(*item, "table_name"))},
                                  required_name(argument(*item, "column_name")));
      continue;
    }
    const Items pair = items_of(item);
    action.known = action.known && pair.values.size() >= 2;
    if (pair.values.size() >= 2) {
      action.columns.emplace_back(TableName{{}, required_name(pair.values[0])},
                                  required_name(pair.values[1]));
    }
  }
  const Value* schema = directive.get(0, "enum_schema");
  const Value* name = directive.get(1, "enum_name");
  schema = schema != nullptr ? schema : argument(directive.call, "schema");
  name = name != nullptr ? name : argument(directive.call, "name");
  directive.write({name_of(schema), {}}).statement(std::move(action), required_name(name));
}

// enumtables: a table of labels, with rows put in and taken out.
void read_enum_table(const Directive& directive) {
  Call call = directive.write(
      {name_of(argument(directive.call, "schema")), required_name(directive.get(0, "enum_name"))});
  if (directive.name == "enum_insert") {
    call.statement(Insert{});
  } else {
    call.statement(Delete{source_text(directive.call), true});
  }
}

void read_replace_enum(const Directive& directive) {
  SyncEnum action;
  action.known = false;
  const Value* name = argument(directive.call, "enum_name");
  name = name != nullptr ? name : argument(directive.call, "name");
  directive.write({name_of(argument(directive.call, "schema")), {}})
      .statement(std::move(action), required_name(name));
}

enum class Entity : std::uint8_t { view, materialized_view, function, trigger, policy, extension };

struct EntityText {
  std::string schema;
  std::string name;
  std::string definition;
  std::string on;
};

std::string create_text(Entity entity, const EntityText& text, bool replace) {
  const std::string place = text.schema.empty() ? "" : text.schema + ".";
  const std::string_view or_replace = replace ? "OR REPLACE " : "";
  switch (entity) {
    case Entity::view:
      return fmt::format("CREATE {}VIEW {}{} AS {}", or_replace, place, text.name, text.definition);
    case Entity::materialized_view:
      return fmt::format("CREATE MATERIALIZED VIEW {}{} AS {}", place, text.name, text.definition);
    case Entity::function:
      return fmt::format("CREATE {}FUNCTION {}{} {}", or_replace, place, text.name,
                         text.definition);
    case Entity::trigger:
      return fmt::format("CREATE TRIGGER {} {}", text.name, text.definition);
    case Entity::policy:
      return fmt::format("CREATE POLICY {} ON {} {}", text.name, text.on, text.definition);
    case Entity::extension:
      return fmt::format("CREATE EXTENSION IF NOT EXISTS \"{}\"", text.name);  // uuid-ossp
  }
  return {};
}

std::string drop_text(Entity entity, const EntityText& text) {
  const std::string place = text.schema.empty() ? "" : text.schema + ".";
  switch (entity) {
    case Entity::view:
      return fmt::format("DROP VIEW {}{}", place, text.name);
    case Entity::materialized_view:
      return fmt::format("DROP MATERIALIZED VIEW {}{}", place, text.name);
    case Entity::function:
      return fmt::format("DROP FUNCTION {}{}", place, text.name);
    case Entity::trigger:
      return fmt::format("DROP TRIGGER {} ON {}", text.name, text.on);
    case Entity::policy:
      return fmt::format("DROP POLICY {} ON {}", text.name, text.on);
    case Entity::extension:
      return fmt::format("DROP EXTENSION IF EXISTS \"{}\"", text.name);
  }
  return {};
}

std::string text_or_hole(const Value* value) {
  return value == nullptr ? std::string() : sql_text_of(*value).value_or(std::string(hole_name));
}

// alembic_utils: an entity of a class PG… as schema, signature and definition.
void read_entity(const Directive& directive) {
  struct Kind {
    std::string_view type;
    Entity entity;
  };
  static constexpr std::array kinds = {
      Kind{"PGView", Entity::view},         Kind{"PGMaterializedView", Entity::materialized_view},
      Kind{"PGFunction", Entity::function}, Kind{"PGTrigger", Entity::trigger},
      Kind{"PGPolicy", Entity::policy},     Kind{"PGExtension", Entity::extension}};
  Call call = directive.write({});
  const Value* given = directive.get(0, "target");
  const std::string dotted = given != nullptr && given->is(ValueKind::call)
                                 ? eval::dotted_name(*given->object)
                                 : std::string();
  const std::string_view type = std::string_view(dotted).substr(dotted.rfind('.') + 1);
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const Kind& candidate) { return candidate.type == type; });
  if (kind == kinds.end()) {
    call.opaque(fmt::format("what {} acts on is not known", directive.name));
    return;
  }
  EntityText text{text_or_hole(argument(*given, 0, "schema")),
                  text_or_hole(argument(*given, 1, "signature")),
                  text_or_hole(argument(*given, 2, "definition")),
                  text_or_hole(argument(*given, 3, "on_entity"))};
  call.sql(directive.name == "drop_entity"
               ? drop_text(kind->entity, text)
               : create_text(kind->entity, text, directive.name == "replace_entity"));
}

// The "replaceable objects" of Alembic's cookbook: ReplaceableObject(name, sqltext), or the two as
// arguments.
void read_replaceable(const Directive& directive) {
  const std::string_view name = directive.name;
  const bool drops = name.starts_with("drop_");
  const bool replaces = name.starts_with("replace_") || name.starts_with("create_or_replace_");
  const Entity entity = name.ends_with("materialized_view") ? Entity::materialized_view
                        : name.ends_with("view")            ? Entity::view
                        : name.ends_with("trigger")         ? Entity::trigger
                                                            : Entity::function;
  Call call = directive.write({});
  const Value* target = directive.get(0, "target");
  const bool object = target != nullptr && target->is(ValueKind::call);
  const Value& holder = object ? *target : directive.call;
  const EntityText text{"", text_or_hole(argument(holder, 0, "name")),
                        text_or_hole(argument(holder, 1, "sqltext")), "gauger_hole"};
  if (text.name.empty()) {
    call.opaque(fmt::format("what {} acts on is not known", name));
    return;
  }
  call.sql(drops ? drop_text(entity, text) : create_text(entity, text, replaces));
}

struct Extension {
  std::string_view name;
  void (*read)(const Directive&);
  std::size_t table_index = 0;
};

constexpr std::array extensions = {
    Extension{"sync_enum_values", read_sync_enum},
    Extension{"enum_insert", read_enum_table},
    Extension{"enum_delete", read_enum_table},
    Extension{"replace_enum", read_replace_enum},
    Extension{"create_entity", read_entity},
    Extension{"replace_entity", read_entity},
    Extension{"drop_entity", read_entity},
    Extension{"create_view", read_replaceable},
    Extension{"replace_view", read_replaceable},
    Extension{"create_or_replace_view", read_replaceable},
    Extension{"drop_view", read_replaceable},
    Extension{"create_materialized_view", read_replaceable},
    Extension{"replace_materialized_view", read_replaceable},
    Extension{"drop_materialized_view", read_replaceable},
    Extension{"create_sp", read_replaceable},
    Extension{"replace_sp", read_replaceable},
    Extension{"create_or_replace_sp", read_replaceable},
    Extension{"drop_sp", read_replaceable},
    Extension{"create_function", read_replaceable},
    Extension{"replace_function", read_replaceable},
    Extension{"create_or_replace_function", read_replaceable},
    Extension{"drop_function", read_replaceable},
    Extension{"create_trigger", read_replaceable},
    Extension{"replace_trigger", read_replaceable},
    Extension{"drop_trigger", read_replaceable},
    Extension{"create_geospatial_table", read_create_table},
    Extension{"drop_geospatial_table", read_drop_table},
    Extension{"add_geospatial_column", read_add_column},
    Extension{"drop_geospatial_column", read_drop_column},
    Extension{"create_geospatial_index", read_create_index, 1},
    Extension{"drop_geospatial_index", read_drop_index, 1},
};

}  // namespace

bool read_extension(std::string_view name, const Value& call, const Value* batch,
                    Interpreter& interpreter, Recorder& recorder) {
  const auto entry =
      std::find_if(extensions.begin(), extensions.end(),
                   [&](const Extension& candidate) { return candidate.name == name; });
  if (entry == extensions.end()) {
    return false;
  }
  entry->read({name, call, batch, interpreter, recorder, entry->table_index});
  return true;
}

std::vector<std::string_view> extension_names() {
  std::vector<std::string_view> names;
  std::transform(extensions.begin(), extensions.end(), std::back_inserter(names),
                 [](const Extension& extension) { return extension.name; });
  return names;
}

}  // namespace gauger::migration
