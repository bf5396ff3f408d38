#include "sql/nodes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gauger::sql {

std::string value_text(const ::Node* node) {
  if (node == nullptr) {
    return {};
  }
  switch (node->type) {
    case T_String:
      return text_or_empty(as<::String>(node).sval);
    case T_Float:
      return text_or_empty(as<::Float>(node).fval);
    case T_Integer:
      return std::to_string(as<::Integer>(node).ival);
    case T_Boolean:
      return as<::Boolean>(node).boolval ? "true" : "false";
    case T_A_Const: {
      const auto& constant = as<::A_Const>(node);
      return constant.isnull ? "NULL" : value_text(&constant.val.node);
    }
    case T_TypeCast:
      return is(as<::TypeCast>(node).arg, T_A_Const) ? value_text(as<::TypeCast>(node).arg)
                                                     : std::string();
    default:
      return {};
  }
}

std::optional<std::string> comparison_operator(const ::List* names) {
  const auto list = nodes(names);
  const std::string text = list.size() == 1 ? value_text(list[0]) : std::string();
  for (const std::string_view known : {"=", "<>", "<", "<=", ">", ">="}) {
    if (text == known) {
      return text;
    }
  }
  return text == "!=" ? std::optional<std::string>("<>") : std::nullopt;
}

std::vector<std::string> texts(const ::List* list) {
  std::vector<std::string> result;
  result.reserve(items<::Node>(list).size());
  for (const ::Node* node : nodes(list)) {
    result.push_back(value_text(node));
  }
  return result;
}

QualifiedName qualified_name(const ::List* names) {
  const auto parts = nodes(names);
  QualifiedName result;
  if (parts.size() > 0) {
    result.name = value_text(parts[parts.size() - 1]);
  }
  if (parts.size() > 1) {
    result.schema = value_text(parts[parts.size() - 2]);
  }
  return result;
}

QualifiedName qualified_name(const ::RangeVar* relation) {
  if (relation == nullptr) {
    return {};
  }
  return {.schema = text_or_empty(relation->schemaname), .name = text_or_empty(relation->relname)};
}

std::vector<QualifiedName> qualified_names(const ::List* relations) {
  std::vector<QualifiedName> result;
  for (const auto* relation : items<::RangeVar>(relations)) {
    result.push_back(qualified_name(relation));
  }
  return result;
}

std::string role_name(const ::RoleSpec* role) {
  if (role == nullptr) {
    return {};
  }
  switch (role->roletype) {
    case ROLESPEC_CSTRING:
      return text_or_empty(role->rolename);
    case ROLESPEC_CURRENT_ROLE:
      return "CURRENT_ROLE";
    case ROLESPEC_CURRENT_USER:
      return "CURRENT_USER";
    case ROLESPEC_SESSION_USER:
      return "SESSION_USER";
    case ROLESPEC_PUBLIC:
      return "PUBLIC";
  }
  return {};
}

void name_relation(const ::RangeVar* relation, Statement& statement) {
  if (relation != nullptr) {
    statement.names.push_back(qualified_name(relation));
  }
}

void name_plain(const char* name, Statement& statement) {
  if (name != nullptr) {
    statement.names.push_back({.schema = {}, .name = name});
  }
}

void set_persistence(const ::RangeVar* relation, Statement& statement) {
  statement.temporary = relation->relpersistence == 't';
  statement.unlogged = relation->relpersistence == 'u';
}

const ::DefElem* option(const ::List* options, std::string_view name) {
  for (const auto* element : items<::DefElem>(options)) {
    if (element->defname == name) {
      return element;
    }
  }
  return nullptr;
}

bool is_on(const ::List* options, std::string_view name) {
  const ::DefElem* element = option(options, name);
  if (element == nullptr) {
    return false;
  }
  const std::string value = value_text(element->arg);
  return value != "0" && value != "off" && value != "false" && value != "OFF" && value != "FALSE";
}

}  // namespace gauger::sql
