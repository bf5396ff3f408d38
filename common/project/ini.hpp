// An ini file as Python's configparser.ConfigParser reads it with its defaults, which is how
// Alembic reads alembic.ini: "=" or ":" after a key, comments on lines of their own only,
// continuation by indentation, a strict [DEFAULT], %(key)s and %%.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gauger::project {

struct IniValue {
  std::string text;           // before interpolation; "\n" between the lines of a continued value
  base::Position position{};  // of the value, or of the key where nothing follows it on its line
};

using IniOptions = std::map<std::string, IniValue, std::less<>>;

class Ini {
 public:
  // `defaults` is what ConfigParser is made with. Error (configuration, `path`, with its position):
  // what configparser refuses, bytes that are not UTF-8 (it knows no byte order mark either), a
  // NUL.
  [[nodiscard]] static base::Result<Ini> parse(std::string_view bytes, const std::string& path,
                                               const std::map<std::string, std::string>& defaults);

  [[nodiscard]] bool has_section(std::string_view section) const;
  // As ConfigParser.has_option: [DEFAULT] counts where the section exists, and for "DEFAULT".
  [[nodiscard]] bool has_option(std::string_view section, std::string_view key) const;
  // The interpolated value; nothing where has_option says no. Error: what interpolation refuses, or
  // a result over 64 KiB or of more than 1,000 references.
  [[nodiscard]] base::Result<std::optional<std::string>> get(std::string_view section,
                                                             std::string_view key) const;
  // Where the value stands that `get` would give; line 0 where it does not come from the file.
  [[nodiscard]] base::Position position(std::string_view section, std::string_view key) const;
  // In the order of the file, without DEFAULT.
  [[nodiscard]] const std::vector<std::string>& sections() const { return order_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  friend class IniReader;

  // What one interpolated value has cost so far.
  struct Expansion {
    std::string output{};
    int references = 0;
  };

  [[nodiscard]] const IniValue* find(std::string_view section, std::string_view key) const;
  [[nodiscard]] base::Result<void> interpolate(std::string_view section, std::string_view key,
                                               std::string_view text, int depth,
                                               Expansion& expansion) const;
  [[nodiscard]] tl::unexpected<base::Error> refuse(std::string_view section, std::string_view key,
                                                   std::string message) const;

  std::string path_;
  IniOptions defaults_;
  std::map<std::string, IniOptions, std::less<>> sections_;
  std::vector<std::string> order_;
};

}  // namespace gauger::project
