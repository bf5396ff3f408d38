#include "catalog/names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "catalog/expression.hpp"

namespace gauger::catalog {
namespace {

// All keywords but the unreserved ones (parser/kwlist.h).
constexpr auto keywords = std::to_array<std::string_view>({"all",
                                                           "analyse",
                                                           "analyze",
                                                           "and",
                                                           "any",
                                                           "array",
                                                           "as",
                                                           "asc",
                                                           "asymmetric",
                                                           "authorization",
                                                           "between",
                                                           "bigint",
                                                           "binary",
                                                           "bit",
                                                           "boolean",
                                                           "both",
                                                           "case",
                                                           "cast",
                                                           "char",
                                                           "character",
                                                           "check",
                                                           "coalesce",
                                                           "collate",
                                                           "collation",
                                                           "column",
                                                           "concurrently",
                                                           "constraint",
                                                           "create",
                                                           "cross",
                                                           "current_catalog",
                                                           "current_date",
                                                           "current_role",
                                                           "current_schema",
                                                           "current_time",
                                                           "current_timestamp",
                                                           "current_user",
                                                           "dec",
                                                           "decimal",
                                                           "default",
                                                           "deferrable",
                                                           "desc",
                                                           "distinct",
                                                           "do",
                                                           "else",
                                                           "end",
                                                           "except",
                                                           "exists",
                                                           "extract",
                                                           "false",
                                                           "fetch",
                                                           "float",
                                                           "for",
                                                           "foreign",
                                                           "freeze",
                                                           "from",
                                                           "full",
                                                           "grant",
                                                           "greatest",
                                                           "group",
                                                           "grouping",
                                                           "having",
                                                           "ilike",
                                                           "in",
                                                           "initially",
                                                           "inner",
                                                           "inout",
                                                           "int",
                                                           "integer",
                                                           "intersect",
                                                           "interval",
                                                           "into",
                                                           "is",
                                                           "isnull",
                                                           "join",
                                                           "json",
                                                           "json_array",
                                                           "json_arrayagg",
                                                           "json_exists",
                                                           "json_object",
                                                           "json_objectagg",
                                                           "json_query",
                                                           "json_scalar",
                                                           "json_serialize",
                                                           "json_table",
                                                           "json_value",
                                                           "lateral",
                                                           "leading",
                                                           "least",
                                                           "left",
                                                           "like",
                                                           "limit",
                                                           "localtime",
                                                           "localtimestamp",
                                                           "merge_action",
                                                           "national",
                                                           "natural",
                                                           "nchar",
                                                           "none",
                                                           "normalize",
                                                           "not",
                                                           "notnull",
                                                           "null",
                                                           "nullif",
                                                           "numeric",
                                                           "offset",
                                                           "on",
                                                           "only",
                                                           "or",
                                                           "order",
                                                           "out",
                                                           "outer",
                                                           "overlaps",
                                                           "overlay",
                                                           "placing",
                                                           "position",
                                                           "precision",
                                                           "primary",
                                                           "real",
                                                           "references",
                                                           "returning",
                                                           "right",
                                                           "row",
                                                           "select",
                                                           "session_user",
                                                           "setof",
                                                           "similar",
                                                           "smallint",
                                                           "some",
                                                           "substring",
                                                           "symmetric",
                                                           "system_user",
                                                           "table",
                                                           "tablesample",
                                                           "then",
                                                           "time",
                                                           "timestamp",
                                                           "to",
                                                           "trailing",
                                                           "treat",
                                                           "trim",
                                                           "true",
                                                           "union",
                                                           "unique",
                                                           "user",
                                                           "using",
                                                           "values",
                                                           "varchar",
                                                           "variadic",
                                                           "verbose",
                                                           "when",
                                                           "where",
                                                           "window",
                                                           "with",
                                                           "xmlattributes",
                                                           "xmlconcat",
                                                           "xmlelement",
                                                           "xmlexists",
                                                           "xmlforest",
                                                           "xmlnamespaces",
                                                           "xmlparse",
                                                           "xmlpi",
                                                           "xmlroot",
                                                           "xmltable"});

bool is_plain(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); }) &&
         std::find(keywords.begin(), keywords.end(), name) == keywords.end();
}

}  // namespace

std::string clipped(std::string_view name, std::size_t size) {
  if (name.size() > size) {
    while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) {
      --size;
    }
    name = name.substr(0, size);
  }
  return std::string(name);
}

std::string quote_identifier(std::string_view name) {
  if (is_plain(name)) {
    return std::string(name);
  }
  std::string result = "\"";
  for (const char c : name) {
    result += c;
    if (c == '"') {
      result += c;
    }
  }
  return result + '"';
}

std::string type_text(const QualifiedName& type) {
  return type.schema.empty() || type.schema == "public"
             ? quote_identifier(type.name)
             : quote_identifier(type.schema) + "." + quote_identifier(type.name);
}

std::string object_name(std::string_view first, std::string_view second, std::string_view label) {
  const std::size_t around = (label.empty() ? 0 : label.size() + 1) + (second.empty() ? 0 : 1);
  std::size_t first_size = first.size();
  std::size_t second_size = second.size();
  while (first_size + second_size > max_name_size - around) {
    --(first_size > second_size ? first_size : second_size);
  }
  std::string result = clipped(first, first_size);
  for (const std::string& part : {clipped(second, second_size), std::string(label)}) {
    if (!part.empty()) {
      result += '_';
      result += part;
    }
  }
  return result;
}

std::string free_name(std::string_view first, std::string_view second, std::string_view label,
                      const std::function<bool(const std::string&)>& taken) {
  std::string name = object_name(first, second, label);
  for (int pass = 1; taken(name); ++pass) {
    name = object_name(first, second, std::string(label) + std::to_string(pass));
  }
  return name;
}

std::string joined_names(const std::vector<std::string>& columns) {
  std::string result;
  for (const std::string& column : columns) {
    if (!result.empty()) {
      result += '_';
    }
    result += column;
    if (result.size() > max_name_size) {
      break;
    }
  }
  return result;
}

std::vector<std::string> index_columns(const Index& index) {
  if (!index.own_names.empty()) {
    return index.own_names;
  }
  std::vector<std::string> result;
  const auto add = [&](const std::string& wanted) {
    std::string name = wanted;
    for (int i = 1; std::find(result.begin(), result.end(), name) != result.end(); ++i) {
      const std::string number = std::to_string(i);
      name = clipped(wanted, max_name_size - number.size()) + number;
    }
    result.push_back(std::move(name));
  };
  for (const IndexKey& key : index.keys) {
    add(key.column.empty() ? result_name(key.expression) : key.column);
  }
  std::for_each(index.included.begin(), index.included.end(), add);
  return result;
}

}  // namespace gauger::catalog
