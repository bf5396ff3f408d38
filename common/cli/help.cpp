// --help, from the same list that the command line is parsed with.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/flag.hpp"

namespace gauger::cli {
namespace {

constexpr std::size_t help_column = 28;
constexpr std::size_t widest_line = 100;

// "-n, --name SECTION", "--fix[=dates|order]", "    --strict".
std::string spelling(const Flag& flag) {
  std::string name = flag.name;
  if (const std::size_t comma = name.find(','); comma != std::string::npos) {
    name.insert(comma + 1, " ");
  } else if (!is_positional(flag)) {
    name = "    " + name;
  }
  if (is_positional(flag) || std::holds_alternative<bool*>(flag.target)) {
    return name;
  }
  const std::string value =
      flag.choices.empty() ? flag.value_name : fmt::format("{}", fmt::join(flag.choices, "|"));
  return flag.implicit.empty() ? name + ' ' + value : fmt::format("{}[={}]", name, value);
}

// The words of `text` in lines that fit right of the help column.
std::vector<std::string> wrapped(std::string_view text) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (!lines.back().empty() &&
        lines.back().size() + 1 + word.size() > widest_line - help_column) {
      lines.emplace_back();
    }
    lines.back() += lines.back().empty() ? "" : " ";
    lines.back() += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string rows(const std::vector<Flag>& flags) {
  std::string result;
  for (const Flag& flag : flags) {
    std::string left = "  " + spelling(flag);
    for (const std::string& line : wrapped(flag.help)) {
      if (left.size() + 2 > help_column) {
        result += left + '\n';
        left.clear();
      }
      result += fmt::format("{:{}}{}\n", left, help_column, line);
      left.clear();
    }
  }
  return result;
}

}  // namespace

std::string help_text(const Usage& usage) {
  std::string line = fmt::format("usage: {} [options]", usage.name);
  for (const Flag& flag : usage.flags) {
    if (is_positional(flag)) {
      line += fmt::format(" [{}]", flag.value_name.empty() ? flag.name : flag.value_name);
    }
  }
  std::string result = fmt::format("{}\n\n{}\n", usage.summary, line);
  if (!usage.flags.empty()) {
    result += "\nOptions:\n" + rows(usage.flags);
  }
  return result + "\nCommon options:\n" + rows(usage.common_flags);
}

}  // namespace gauger::cli
