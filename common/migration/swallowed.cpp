#include "migration/swallowed.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/nearest.hpp"
#include "migration/arguments.hpp"

namespace gauger::migration {
namespace {

constexpr std::array<std::string_view, 15> alter_column_keywords = {"table_name",
                                                                    "column_name",
                                                                    "nullable",
                                                                    "comment",
                                                                    "server_default",
                                                                    "new_column_name",
                                                                    "type_",
                                                                    "existing_type",
                                                                    "schema",
                                                                    "existing_comment",
                                                                    "existing_nullable",
                                                                    "existing_server_default",
                                                                    "autoincrement",
                                                                    "existing_autoincrement",
                                                                    "postgresql_using"};
constexpr std::array<std::string_view, 4> drop_column_keywords = {"table_name", "column_name",
                                                                  "schema", "if_exists"};

// What people write, and mean by it, that is not near in spelling.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> meanings = {
    {{"_type", "type_"},
     {"type", "type_"},
     {"new_type", "type_"},
     {"column_type", "type_"},
     {"default", "server_default"},
     {"new_name", "new_column_name"},
     {"using", "postgresql_using"},
     {"null", "nullable"}}};

std::string meant_by(std::string_view keyword, std::span<const std::string_view> keywords) {
  const auto known = [keywords](std::string_view name) {
    return std::find(keywords.begin(), keywords.end(), name) != keywords.end();
  };
  for (const auto& [written, meant] : meanings) {
    if (written == keyword && known(meant)) {
      return std::string(meant);
    }
  }
  return std::string(base::nearest(keyword, keywords).value_or(""));
}

bool is_of_other_dialect(std::string_view keyword) {
  static constexpr std::array<std::string_view, 5> prefixes = {"mysql_", "mariadb_", "mssql_",
                                                               "oracle_", "sqlite_"};
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [keyword](std::string_view prefix) { return keyword.starts_with(prefix); });
}

}  // namespace

void find_swallowed(std::string_view directive, const eval::Value& call, bool batch,
                    std::vector<Swallowed>& out) {
  std::span<const std::string_view> keywords;
  if (directive == "alter_column") {
    keywords = alter_column_keywords;
  } else if (directive == "drop_column") {
    keywords = drop_column_keywords;
  } else {
    return;
  }
  for (const auto& [key, value] : call.entries) {
    const std::string_view keyword = text_of(key);
    const bool placed = batch && (keyword == "insert_before" || keyword == "insert_after");
    if (keyword.empty() || placed || is_of_other_dialect(keyword) ||
        std::find(keywords.begin(), keywords.end(), keyword) != keywords.end()) {
      continue;
    }
    out.push_back(
        {call.place, std::string(directive), std::string(keyword), meant_by(keyword, keywords)});
  }
}

}  // namespace gauger::migration
