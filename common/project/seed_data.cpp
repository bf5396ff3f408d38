#include "project/seed_data.hpp"

#include <utility>

#include <fmt/format.h>

namespace gauger::project {
namespace {

std::optional<Cell> cell(const TomlValue& value) {
  if (const bool* boolean = std::get_if<bool>(&value.value)) {
    return *boolean;
  }
  if (const std::int64_t* integer = std::get_if<std::int64_t>(&value.value)) {
    return *integer;
  }
  if (const double* real = std::get_if<double>(&value.value)) {
    return *real;
  }
  if (value.text() != nullptr) {
    return *value.text();
  }
  return std::nullopt;
}

void read_row(const TomlValue& value, SeedDataSettings& seed, Problems& problems) {
  if (value.table() == nullptr) {
    problems.add(
        value.position,
        fmt::format("a row of 'seed-data.required' must be a table, not {}", value.kind()));
    return;
  }
  std::map<std::string, Cell>& row = seed.required.emplace_back();
  for (const TomlMember& member : *value.table()) {
    if (auto content = cell(member.value)) {
      row.emplace(member.key, *std::move(content));
    } else {
      problems.add(member.value.position,
                   fmt::format("'{}' must be a string, a number or true or false, not {}",
                               member.key, member.value.kind()),
                   "a string is compared with the column's value as PostgreSQL prints it");
    }
  }
  for (const std::string& column : seed.key) {
    if (!row.contains(column)) {
      problems.add(
          value.position,
          fmt::format("this row of 'seed-data.required' lacks the key column '{}'", column));
    }
  }
}

}  // namespace

std::vector<SeedDataSettings> read_seed_data(const TomlValue& value, Problems& problems) {
  std::vector<SeedDataSettings> tables;
  if (value.array() == nullptr) {
    problems.add(value.position, "'seed-data' must be a list of tables", "write [[seed-data]]");
    return tables;
  }
  for (const TomlValue& item : *value.array()) {
    if (item.table() == nullptr) {
      problems.add(item.position, "'seed-data' must be a list of tables", "write [[seed-data]]");
      continue;
    }
    SeedDataSettings seed;
    TableReader reader(*item.table(), "seed-data", problems);
    reader.read("table", seed.table);
    reader.read("schema", seed.schema);
    reader.read_one_or_more("key", seed.key);
    reader.read("columns", seed.columns);
    const TomlArray* required = reader.find_array("required");
    reader.refuse_rest();
    if (seed.table.empty() || seed.key.empty() || required == nullptr) {
      problems.add(item.position, "a [[seed-data]] table needs 'table', 'key' and 'required'");
      continue;
    }
    for (const TomlValue& row : *required) {
      read_row(row, seed, problems);
    }
    tables.push_back(std::move(seed));
  }
  return tables;
}

}  // namespace gauger::project
