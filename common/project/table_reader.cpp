#include "project/table_reader.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"

namespace gauger::project {

void Problems::add(base::Position position, std::string message, std::string help) {
  if (!first_) {
    first_ = base::Error{.kind = base::ErrorKind::configuration,
                         .message = std::move(message),
                         .path = path_,
                         .position = position,
                         .help = std::move(help)};
  }
}

std::string TableReader::full_name(std::string_view key) const {
  return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
}

void TableReader::refuse(const TomlMember& member, std::string_view wanted) {
  problems_.add(member.value.position, fmt::format("'{}' must be {}, not {}", full_name(member.key),
                                                   wanted, member.value.kind()));
}

const TomlMember* TableReader::find(std::string_view key) {
  asked_.emplace_back(key);
  const auto member = std::find_if(table_.begin(), table_.end(),
                                   [&](const TomlMember& each) { return each.key == key; });
  return member == table_.end() ? nullptr : &*member;
}

const TomlTable* TableReader::find_table(std::string_view key) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return nullptr;
  }
  if (member->value.table() == nullptr) {
    refuse(*member, "a table");
  }
  return member->value.table();
}

const TomlArray* TableReader::find_array(std::string_view key) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return nullptr;
  }
  if (member->value.array() == nullptr) {
    refuse(*member, "a list");
  }
  return member->value.array();
}

std::optional<std::string> TableReader::text_of(const TomlMember& member, const TomlValue& value,
                                                std::string_view wanted) {
  const std::string* text = value.text();
  if (text == nullptr) {
    problems_.add(value.position, fmt::format("'{}' must be {}, not {}", full_name(member.key),
                                              wanted, value.kind()));
    return std::nullopt;
  }
  if (text->find('\0') != std::string::npos) {
    problems_.add(value.position, fmt::format("'{}' has a NUL character", full_name(member.key)));
    return std::nullopt;
  }
  return *text;
}

void TableReader::read(std::string_view key, bool& target) {
  if (const TomlMember* member = find(key)) {
    if (const bool* value = std::get_if<bool>(&member->value.value)) {
      target = *value;
    } else {
      refuse(*member, "true or false");
    }
  }
}

void TableReader::read(std::string_view key, std::string& target) {
  if (const TomlMember* member = find(key)) {
    target = text_of(*member, member->value, "a string").value_or(target);
  }
}

void TableReader::read(std::string_view key, std::optional<std::string>& target) {
  if (const TomlMember* member = find(key)) {
    target = text_of(*member, member->value, "a string");
  }
}

void TableReader::read(std::string_view key, std::vector<std::string>& target) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return;
  }
  constexpr std::string_view wanted = "a list of strings";
  if (member->value.array() == nullptr) {
    refuse(*member, wanted);
    return;
  }
  target.clear();
  for (const TomlValue& item : *member->value.array()) {
    target.push_back(text_of(*member, item, wanted).value_or(""));
  }
}

void TableReader::read_one_or_more(std::string_view key, std::vector<std::string>& target) {
  const TomlMember* member = find(key);
  if (member != nullptr && member->value.text() != nullptr) {
    target = {text_of(*member, member->value, "a string").value_or("")};
  } else {
    read(key, target);
  }
}

void TableReader::read(std::string_view key, std::map<std::string, std::string>& target) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return;
  }
  constexpr std::string_view wanted = "a table of strings";
  if (member->value.table() == nullptr) {
    refuse(*member, wanted);
    return;
  }
  target.clear();
  for (const TomlMember& each : *member->value.table()) {
    target.emplace(each.key, text_of(*member, each.value, wanted).value_or(""));
  }
}

void TableReader::read(std::string_view key, int& target, int smallest, int largest) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return;
  }
  const std::int64_t* value = std::get_if<std::int64_t>(&member->value.value);
  if (value == nullptr) {
    refuse(*member, "an integer");
  } else if (*value < smallest || *value > largest) {
    problems_.add(member->value.position, fmt::format("'{}' must be from {} to {}, not {}",
                                                      full_name(key), smallest, largest, *value));
  } else {
    target = static_cast<int>(*value);
  }
}

std::optional<std::size_t> TableReader::read_choice(
    std::string_view key, std::initializer_list<std::string_view> choices) {
  const TomlMember* member = find(key);
  if (member == nullptr) {
    return std::nullopt;
  }
  const std::string* text = member->value.text();
  const auto* choice = std::find(choices.begin(), choices.end(), text == nullptr ? "" : *text);
  if (choice == choices.end()) {
    problems_.add(member->value.position, fmt::format("'{}' must be \"{}\"", full_name(key),
                                                      fmt::join(choices, "\" or \"")));
    return std::nullopt;
  }
  return static_cast<std::size_t>(choice - choices.begin());
}

std::vector<const TomlMember*> TableReader::rest() const {
  std::vector<const TomlMember*> members;
  for (const TomlMember& member : table_) {
    if (std::find(asked_.begin(), asked_.end(), member.key) == asked_.end()) {
      members.push_back(&member);
    }
  }
  return members;
}

void TableReader::refuse_unknown(const std::vector<const TomlMember*>& unknown) {
  if (unknown.empty()) {
    return;
  }
  const TomlMember& member = *unknown.front();
  std::vector<std::string> known;
  for (const std::string& key : asked_) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      known.push_back(key);
    }
  }
  const auto near = base::nearest(member.key, std::span<const std::string>(known));
  problems_.add(member.position, fmt::format("unknown key '{}'", full_name(member.key)),
                near ? fmt::format("did you mean '{}'?", full_name(*near))
                     : fmt::format("known here: {}", fmt::join(known, ", ")));
}

}  // namespace gauger::project
