// Reads the keys of one TOML table into plain values and remembers which ones it was asked for.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "project/toml.hpp"

namespace gauger::project {

// The first problem of a file; later ones are not kept.
class Problems {
 public:
  explicit Problems(std::string path) : path_(std::move(path)) {}

  void add(base::Position position, std::string message, std::string help = {});
  [[nodiscard]] const std::optional<base::Error>& first() const { return first_; }

 private:
  std::string path_;
  std::optional<base::Error> first_;
};

// A view: the table and the problems must outlive it. Each function leaves its target as it is
// where the key is absent or a problem was added.
class TableReader {
 public:
  // `name` is how people write the table: "lint" for [lint], empty for the top.
  TableReader(const TomlTable& table, std::string name, Problems& problems)
      : table_(table), name_(std::move(name)), problems_(problems) {}

  void read(std::string_view key, bool& target);
  void read(std::string_view key, std::string& target);
  void read(std::string_view key, std::optional<std::string>& target);
  void read(std::string_view key, std::vector<std::string>& target);
  void read(std::string_view key, std::map<std::string, std::string>& target);
  void read(std::string_view key, int& target, int smallest, int largest);
  // As `read` of a list, where a single string counts as a list of one.
  void read_one_or_more(std::string_view key, std::vector<std::string>& target);
  // One of a few words; the index of the one that was written.
  [[nodiscard]] std::optional<std::size_t> read_choice(
      std::string_view key, std::initializer_list<std::string_view> choices);

  // The member itself, null where it is absent; a problem where it is not of that kind.
  [[nodiscard]] const TomlMember* find(std::string_view key);
  [[nodiscard]] const TomlTable* find_table(std::string_view key);
  [[nodiscard]] const TomlArray* find_array(std::string_view key);

  // The members that nothing has asked for yet.
  [[nodiscard]] std::vector<const TomlMember*> rest() const;
  // Adds a problem for the first of `unknown`, with the nearest key that was asked for.
  void refuse_unknown(const std::vector<const TomlMember*>& unknown);
  void refuse_rest() { refuse_unknown(rest()); }
  // "'lint.baseline' must be a string, not an integer".
  void refuse(const TomlMember& member, std::string_view wanted);

  [[nodiscard]] std::string full_name(std::string_view key) const;

 private:
  [[nodiscard]] std::optional<std::string> text_of(const TomlMember& member, const TomlValue& value,
                                                   std::string_view wanted);

  const TomlTable& table_;
  std::string name_;
  Problems& problems_;
  std::vector<std::string> asked_;
};

}  // namespace gauger::project
