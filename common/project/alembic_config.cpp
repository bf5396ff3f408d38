#include "project/alembic_config.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "project/files.hpp"
#include "project/ini.hpp"
#include "project/paths.hpp"

namespace gauger::project {
namespace {

tl::unexpected<base::Error> refuse(const std::string& path, base::Position position,
                                   std::string message, std::string help = {}) {
  return base::failure({.kind = base::ErrorKind::configuration,
                        .message = std::move(message),
                        .path = path,
                        .position = position,
                        .help = std::move(help)});
}

// The two files, asked as alembic.config.Config asks them.
class Source {
 public:
  Source(const Ini* ini, const TomlValue* toml, const AlembicConfig& config)
      : ini_(ini), toml_(toml), config_(config) {}

  // Config.file_config alone.
  [[nodiscard]] base::Result<std::optional<Setting>> ini_value(std::string_view key) const {
    if (ini_ == nullptr) {
      return std::nullopt;
    }
    auto value = ini_->get(config_.section, key);
    if (!value) {
      return base::failure(value.error());
    }
    if (!*value) {
      return std::nullopt;
    }
    return Setting{.text = **std::move(value),
                   .file = config_.ini,
                   .position = ini_->position(config_.section, key)};
  }

  // Config.get_alembic_option, for a string.
  [[nodiscard]] base::Result<std::optional<Setting>> value(std::string_view key) const {
    auto own = ini_value(key);
    const TomlValue* other = toml_ == nullptr ? nullptr : toml_->find(key);
    if (!own || *own || other == nullptr) {
      return own;
    }
    auto text = toml_text(key, *other);
    if (!text) {
      return base::failure(text.error());
    }
    return std::optional(*std::move(text));
  }

  // Config.get_alembic_boolean_option.
  [[nodiscard]] base::Result<bool> boolean(std::string_view key) const {
    const auto own = ini_value(key);
    if (!own) {
      return base::failure(own.error());
    }
    if (*own) {
      return (*own)->text == "true";
    }
    const TomlValue* other = toml_ == nullptr ? nullptr : toml_->find(key);
    if (other == nullptr) {
      return false;
    }
    if (const bool* flag = std::get_if<bool>(&other->value)) {
      return *flag;
    }
    return refuse(config_.toml, other->position,
                  fmt::format("'{}' must be true or false, not {}", key, other->kind()));
  }

  // Config.get_version_locations_list and get_prepend_sys_paths_list; `separators` are the keys
  // that may say how the ini's value is split, `fallback` what splits it where none does.
  template <class Split>
  [[nodiscard]] base::Result<std::vector<Setting>> list(
      std::string_view key, std::initializer_list<std::string_view> separators,
      Split fallback) const {
    const auto own = ini_value(key);
    if (!own) {
      return base::failure(own.error());
    }
    if (!*own || (*own)->text.empty()) {
      return toml_list(key);
    }
    const auto separator = find_separator(separators);
    if (!separator) {
      return base::failure(separator.error());
    }
    std::vector<Setting> items;
    const std::string& text = (*own)->text;
    for (std::string& item : *separator ? split_locations(text, **separator) : fallback(text)) {
      items.push_back(
          {.text = std::move(item), .file = (*own)->file, .position = (*own)->position});
    }
    return items;
  }

 private:
  [[nodiscard]] base::Result<Setting> toml_text(std::string_view key,
                                                const TomlValue& value) const {
    if (value.text() == nullptr) {
      return refuse(config_.toml, value.position,
                    fmt::format("'{}' must be a string, not {}", key, value.kind()));
    }
    auto text = format_toml(*value.text(), parent_folder(config_.toml));
    if (!text || text->find('\0') != std::string::npos) {
      return refuse(config_.toml, value.position,
                    fmt::format("'{}': after '%' only '%' and '(here)s' may stand: write '%%' for "
                                "one '%'",
                                key));
    }
    return Setting{.text = *std::move(text), .file = config_.toml, .position = value.position};
  }

  [[nodiscard]] base::Result<std::vector<Setting>> toml_list(std::string_view key) const {
    std::vector<Setting> items;
    const TomlValue* value = toml_ == nullptr ? nullptr : toml_->find(key);
    if (value == nullptr) {
      return items;
    }
    if (value->array() == nullptr) {
      return refuse(config_.toml, value->position,
                    fmt::format("'{}' must be a list of strings, not {}", key, value->kind()));
    }
    for (const TomlValue& each : *value->array()) {
      auto item = toml_text(key, each);
      if (!item) {
        return base::failure(item.error());
      }
      items.push_back(*std::move(item));
    }
    return items;
  }

  // Config._get_file_separator_char.
  [[nodiscard]] base::Result<std::optional<char>> find_separator(
      std::initializer_list<std::string_view> keys) const {
    for (const std::string_view key : keys) {
      const auto value = ini_value(key);
      if (!value) {
        return base::failure(value.error());
      }
      if (!*value) {
        continue;
      }
      const std::string& text = (*value)->text;
      if (text == "space") {
        return ' ';
      }
      if (text == "newline") {
        return '\n';
      }
      if (text == "os" || text == ":") {
        return ':';
      }
      if (text == ";") {
        return ';';
      }
      return refuse(config_.ini, (*value)->position,
                    fmt::format("'{}' is '{}'; Alembic knows 'space', 'newline', 'os', ':' and ';'",
                                key, text),
                    text.find_first_of("#;") == std::string::npos
                        ? ""
                        : "a comment must stand on a line of its own in an ini file");
    }
    return std::nullopt;
  }

  const Ini* ini_;
  const TomlValue* toml_;
  const AlembicConfig& config_;
};

std::vector<std::string> sections_with_location(const Ini& ini) {
  std::vector<std::string> names;
  for (const std::string& name : ini.sections()) {
    // [DEFAULT] counts for every section, and would make one of [loggers].
    const auto position = ini.position(name, "script_location");
    if (ini.has_option(name, "script_location") &&
        position != ini.position("DEFAULT", "script_location")) {
      names.push_back(name);
    }
  }
  return names;
}

// -n must name a section; and where this one has no script_location, others may.
base::Result<void> check_section(const Ini& ini, const AlembicConfig& config, bool chosen) {
  const bool exists = ini.has_section(config.section) || config.section == "DEFAULT";
  const std::vector<std::string> others = sections_with_location(ini);
  const bool is_misnamed = chosen && !exists;
  if (!is_misnamed && (config.script_location || others.empty())) {
    return {};
  }
  const std::string message = exists ? fmt::format("[{}] has no script_location", config.section)
                                     : fmt::format("the file has no section [{}]", config.section);
  if (others.empty()) {
    return refuse(config.ini, {}, message);
  }
  return refuse(config.ini, {},
                fmt::format("{}; [{}] {}", message, fmt::join(others, "], ["),
                            others.size() == 1 ? "has one" : "have one"),
                fmt::format("choose a section with -n, such as -n {}", others.front()));
}

base::Result<AlembicConfig> read_keys(const Source& source, AlembicConfig config) {
  auto script_location = source.value("script_location");
  if (!script_location) {
    return base::failure(script_location.error());
  }
  config.script_location = *std::move(script_location);
  auto locations =
      source.list("version_locations", {"path_separator", "version_path_separator"},
                  [](std::string_view text) { return split_locations(text, std::nullopt); });
  if (!locations) {
    return base::failure(locations.error());
  }
  config.version_locations = *std::move(locations);
  // Without a separator this one is split at colons, too.
  const auto folders = source.list("prepend_sys_path", {"path_separator"}, [](std::string text) {
    std::replace(text.begin(), text.end(), ':', ' ');
    return split_locations(text, std::nullopt);
  });
  if (!folders) {
    return base::failure(folders.error());
  }
  for (const Setting& folder : *folders) {
    config.prepend_sys_path.push_back(folder.text);
  }
  for (const auto& [key, target] :
       {std::pair("recursive_version_locations", &config.recursive_version_locations),
        std::pair("sourceless", &config.sourceless)}) {
    const auto flag = source.boolean(key);
    if (!flag) {
      return base::failure(flag.error());
    }
    *target = *flag;
  }
  for (const auto& [key, target] : {std::pair("file_template", &config.file_template),
                                    std::pair("timezone", &config.timezone)}) {
    const auto text = source.value(key);
    if (!text) {
      return base::failure(text.error());
    }
    *target = *text ? (*text)->text : "";
  }
  return config;
}

}  // namespace

std::optional<std::string> format_toml(std::string_view text, std::string_view here) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    constexpr std::string_view reference = "%(here)s";
    if (text[i] != '%') {
      result += text[i++];
    } else if (text.substr(i).starts_with("%%")) {
      result += '%';
      i += 2;
    } else if (text.substr(i).starts_with(reference)) {
      result += here;
      i += reference.size();
    } else {
      return std::nullopt;
    }
  }
  return result;
}

std::vector<std::string> split_locations(std::string_view text, std::optional<char> separator) {
  std::vector<std::string> items;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(
        separator ? text.find(*separator, begin) : text.find_first_of(", ", begin), text.size());
    std::string_view item = text.substr(begin, end - begin);
    begin = end + 1;
    if (!separator) {  // r", *|(?: +)"
      begin = std::min(text.find_first_not_of(' ', begin), std::max(text.size(), begin));
      items.emplace_back(item);
    } else if (!item.empty()) {
      const std::size_t first = std::min(item.find_first_not_of(" \t\n\r\f\v"), item.size());
      item.remove_prefix(first);
      item = item.substr(0, item.find_last_not_of(" \t\n\r\f\v") + 1);
      items.emplace_back(item);
    }
  }
  return items;
}

base::Result<AlembicConfig> read_alembic_config(const std::string& ini, const std::string& toml,
                                                const std::optional<std::string>& section) {
  AlembicConfig config{.ini = ini, .toml = {}, .section = section.value_or("alembic")};
  std::optional<Ini> file;
  if (!ini.empty()) {
    const auto bytes = read_config_file(ini);
    if (!bytes) {
      return base::failure(bytes.error());
    }
    auto parsed = Ini::parse(*bytes, ini, {{"here", parent_folder(ini)}});
    if (!parsed) {
      return base::failure(parsed.error());
    }
    file = *std::move(parsed);
  }
  std::optional<TomlValue> table;
  if (!toml.empty()) {
    auto read = read_tool_table(toml, "alembic");
    if (!read) {
      return base::failure(read.error());
    }
    table = *std::move(read);
    config.toml = table ? toml : "";
  }
  const Source source(file ? &*file : nullptr, table ? &*table : nullptr, config);
  auto result = read_keys(source, config);
  if (!result || !file) {
    return result;
  }
  if (const auto known = check_section(*file, *result, section.has_value()); !known) {
    return base::failure(known.error());
  }
  return result;
}

}  // namespace gauger::project
