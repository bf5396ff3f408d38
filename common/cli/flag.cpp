#include "cli/flag.hpp"

#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"

namespace gauger::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// CLI11 splits the command line into flags and values; what values mean is decided here.
struct Parsed {
  const Flag* flag = nullptr;
  const CLI::Option* option = nullptr;
};

tl::unexpected<Error> usage_error(std::string message, std::string help = {}) {
  return base::failure(
      {.kind = ErrorKind::usage, .message = std::move(message), .help = std::move(help)});
}

bool is_list(const Flag& flag) {
  return std::holds_alternative<std::vector<std::string>*>(flag.target);
}

// "-n,--name" -> "--name", as messages call it.
std::string long_name(const Flag& flag) {
  const std::size_t comma = flag.name.find(',');
  return comma == std::string::npos ? flag.name : flag.name.substr(comma + 1);
}

CLI::Option* add(CLI::App& app, const Flag& flag) {
  if (std::holds_alternative<bool*>(flag.target)) {
    return app.add_flag(flag.name)->disable_flag_override();
  }
  if (!flag.implicit.empty()) {
    return app.add_flag(flag.name + '{' + flag.implicit + '}')
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  CLI::Option* option = app.add_option(flag.name, [](const CLI::results_t&) { return true; });
  option->type_size(1);
  if (is_list(flag)) {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (is_positional(flag)) {
      option->expected(0, CLI::detail::expected_max_vector_size)->allow_extra_args();
    } else {
      option->expected(1)->allow_extra_args(false);
    }
  } else {
    option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  return option;
}

Result<void> check_choice(const Flag& flag, const std::string& value) {
  if (flag.choices.empty() ||
      std::find(flag.choices.begin(), flag.choices.end(), value) != flag.choices.end()) {
    return {};
  }
  const auto meant = base::nearest(value, flag.choices);
  return usage_error(fmt::format("{}: '{}' is not one of {}", long_name(flag), value,
                                 fmt::join(flag.choices, ", ")),
                     meant ? fmt::format("did you mean {}?", *meant) : "");
}

Result<int> whole_number(const Flag& flag, const std::string& value) {
  int number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, code] = std::from_chars(value.data(), end, number);
  if (code != std::errc{} || rest != end) {
    return usage_error(fmt::format("{}: '{}' is not a whole number", long_name(flag), value));
  }
  return number;
}

Result<void> store(const Flag& flag, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    if (auto checked = check_choice(flag, value); !checked) {
      return checked;
    }
  }
  if (auto* const* target = std::get_if<std::vector<std::string>*>(&flag.target)) {
    **target = values;
  } else if (auto* const* text = std::get_if<std::string*>(&flag.target)) {
    **text = values.back();
  } else if (auto* const* optional = std::get_if<std::optional<std::string>*>(&flag.target)) {
    **optional = values.back();
  } else if (auto* const* number = std::get_if<int*>(&flag.target)) {
    const auto parsed = whole_number(flag, values.back());
    if (!parsed) {
      return tl::unexpected(parsed.error());
    }
    **number = *parsed;
  } else {
    *std::get<bool*>(flag.target) = true;
  }
  return {};
}

// What was not understood: an unknown flag, or a word where none is expected.
tl::unexpected<Error> unknown_argument(const std::vector<std::string>& extras,
                                       const std::vector<std::string>& known) {
  for (const std::string& extra : extras) {
    if (extra.size() > 1 && extra.front() == '-') {
      const std::string flag = extra.substr(0, extra.find('='));
      const auto meant = base::nearest(flag, known);
      return usage_error(fmt::format("there is no flag {}", flag),
                         meant ? fmt::format("did you mean {}?", *meant) : "");
    }
  }
  return usage_error(fmt::format("nothing is known to do with '{}'", extras.front()));
}

std::vector<std::string> known_names(const std::vector<Parsed>& options) {
  std::vector<std::string> names;
  for (const Parsed& option : options) {
    if (!is_positional(*option.flag)) {
      names.push_back(long_name(*option.flag));
    }
  }
  return names;
}

// CLI11 takes the next flag for the value of one that has none.
bool is_flag(const std::vector<Parsed>& options, std::string_view word) {
  return word.starts_with("--") &&
         std::any_of(options.begin(), options.end(),
                     [&](const Parsed& o) { return word == long_name(*o.flag); });
}

tl::unexpected<Error> needs_value(const Flag& flag) {
  const std::string value =
      flag.choices.empty() ? flag.value_name : fmt::format("{}", fmt::join(flag.choices, "|"));
  return usage_error(fmt::format("{} needs a value", long_name(flag)),
                     fmt::format("write {} {}", long_name(flag), value));
}

// What CLI11 refuses is a value too few or too many; its messages have the flag's name in them.
tl::unexpected<Error> wrong_count(const CLI::ParseError& error,
                                  const std::vector<Parsed>& options) {
  const std::string_view text = error.what();
  for (const Parsed& option : options) {
    const std::string name = long_name(*option.flag);
    if (text.starts_with(name + ':')) {
      return needs_value(*option.flag);
    }
    if (std::holds_alternative<bool*>(option.flag->target) &&
        text.starts_with(name.substr(name.find_first_not_of('-')) + ' ')) {
      return usage_error(fmt::format("{} takes no value", name));
    }
  }
  return usage_error(std::string(text));
}

}  // namespace

bool is_positional(const Flag& flag) { return !flag.name.starts_with('-'); }

Result<void> parse(int argc, const char* const* argv, const Usage& usage) {
  CLI::App app;
  app.set_help_flag();  // a flag like the others here
  std::vector<Parsed> options;
  for (const std::vector<Flag>* flags : {&usage.flags, &usage.common_flags}) {
    for (const Flag& flag : *flags) {
      options.push_back({&flag, add(app, flag)});
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError&) {
    return unknown_argument(app.remaining(), known_names(options));
  } catch (const CLI::ParseError& error) {
    return wrong_count(error, options);
  }
  for (const Parsed& option : options) {
    if (option.option->count() == 0) {
      continue;
    }
    const std::vector<std::string> values = option.option->results();
    const bool swallowed = std::any_of(values.begin(), values.end(), [&](const std::string& value) {
      return !is_positional(*option.flag) && is_flag(options, value);
    });
    if (swallowed) {
      return needs_value(*option.flag);
    }
    if (auto stored = store(*option.flag, values); !stored) {
      return stored;
    }
  }
  return {};
}

}  // namespace gauger::cli
