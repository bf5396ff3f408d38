#include "cli/flag.hpp"

#include <doctest/doctest.h>

#include "cli/options.hpp"

namespace base = gauger::base;
namespace cli = gauger::cli;

namespace {

// A tool with a flag of each kind.
struct Given {
  bool graph = false;
  int rows = 7;
  std::string mode = "both";
  std::optional<std::string> since{};
  std::optional<std::string> fix{};
  std::vector<std::string> select{};
  std::vector<std::string> files{};
  cli::Options options{};
};

cli::Usage usage_of(Given& given) {
  return {
      .name = "check-heads",
      .summary = "Does the history have one head?",
      .flags = {{.name = "--graph", .help = "Draw it", .target = &given.graph},
                {.name = "--rows", .value_name = "N", .help = "Rows", .target = &given.rows},
                {.name = "--mode",
                 .help = "How",
                 .target = &given.mode,
                 .choices = {"fresh", "both", "stairway"}},
                {.name = "--since", .value_name = "REV", .help = "From", .target = &given.since},
                {.name = "--fix",
                 .help = "Mend",
                 .target = &given.fix,
                 .implicit = "dates",
                 .choices = {"dates", "order"}},
                {.name = "--select",
                 .value_name = "RULE",
                 .help = "Only this rule",
                 .target = &given.select},
                {.name = "files", .value_name = "FILE", .help = "Files", .target = &given.files}},
      .common_flags = cli::common_flags(given.options, cli::CommonFlags::check)};
}

base::Result<void> parse(Given& given, std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "check-heads");
  return cli::parse(static_cast<int>(arguments.size()), arguments.data(), usage_of(given));
}

// "message | help" of what is wrong with the command line.
std::string refusal(const std::vector<const char*>& arguments) {
  Given given;
  const auto parsed = parse(given, arguments);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().kind == base::ErrorKind::usage);
  return parsed.error().message + " | " + parsed.error().help;
}

}  // namespace

TEST_CASE("cli::parse leaves what is not given as it was") {
  Given given;
  REQUIRE(parse(given, {}).has_value());
  CHECK_FALSE(given.graph);
  CHECK(given.rows == 7);
  CHECK(given.mode == "both");
  CHECK_FALSE(given.since.has_value());
  CHECK(given.options.color == "auto");
  CHECK(given.files.empty());
}

TEST_CASE("cli::parse writes every kind of target") {
  Given given;
  REQUIRE(parse(given, {"--graph", "--rows=3", "--mode", "fresh", "--since", "a1", "--select", "x",
                        "--select=y", "one.py", "two.py", "-n", "tenant", "--format=json"})
              .has_value());
  CHECK(given.graph);
  CHECK(given.rows == 3);
  CHECK(given.mode == "fresh");
  CHECK(given.since == "a1");
  CHECK(given.select == std::vector<std::string>{"x", "y"});
  CHECK(given.files == std::vector<std::string>{"one.py", "two.py"});
  CHECK(given.options.section == "tenant");
  CHECK(given.options.format == "json");
}

TEST_CASE("cli::parse: a flag with an implicit value never swallows the next word") {
  Given given;
  REQUIRE(parse(given, {"--fix", "order"}).has_value());
  CHECK(given.fix == "dates");
  CHECK(given.files == std::vector<std::string>{"order"});
  Given other;
  REQUIRE(parse(other, {"--fix=order", "a.py"}).has_value());
  CHECK(other.fix == "order");
  CHECK(other.files == std::vector<std::string>{"a.py"});
}

TEST_CASE("cli::parse: a list takes one value each time, and files may follow") {
  Given given;
  REQUIRE(parse(given, {"--select", "x", "one.py", "--select", "y"}).has_value());
  CHECK(given.select == std::vector<std::string>{"x", "y"});
  CHECK(given.files == std::vector<std::string>{"one.py"});
}

TEST_CASE("cli::parse: the last value wins, and -- ends the flags") {
  Given given;
  REQUIRE(parse(given, {"--project", "a", "--project=b", "--", "--odd.py"}).has_value());
  CHECK(given.options.project_folder == "b");
  CHECK(given.files == std::vector<std::string>{"--odd.py"});
}

TEST_CASE("cli::parse: values that look strange stay as they are") {
  Given given;
  REQUIRE(
      parse(given, {"--since", "a b,c", "--select", "[x]", "--project=C:\\x=y", "{}"}).has_value());
  CHECK(given.since == "a b,c");
  CHECK(given.select == std::vector<std::string>{"[x]"});
  CHECK(given.options.project_folder == "C:\\x=y");
  CHECK(given.files == std::vector<std::string>{"{}"});
}

TEST_CASE("cli::parse refuses with the nearest that is known") {
  CHECK(refusal({"--formta", "json"}) == "there is no flag --formta | did you mean --format?");
  CHECK(refusal({"--stritc=1"}) == "there is no flag --stritc | did you mean --strict?");
  CHECK(refusal({"--zzzzzzzz"}) == "there is no flag --zzzzzzzz | ");
  CHECK(
      refusal({"--format", "jsno"}) ==
      "--format: 'jsno' is not one of text, concise, json, sarif, github, markdown | did you mean "
      "json?");
  CHECK(refusal({"--fix=ordre"}) ==
        "--fix: 'ordre' is not one of dates, order | did you mean order?");
  CHECK(refusal({"--rows", "many"}) == "--rows: 'many' is not a whole number | ");
  CHECK(refusal({"--rows", "99999999999"}) == "--rows: '99999999999' is not a whole number | ");
}

TEST_CASE("cli::parse refuses a missing value, and one too many") {
  CHECK(refusal({"--since"}) == "--since needs a value | write --since REV");
  CHECK(refusal({"--since", "--graph"}) == "--since needs a value | write --since REV");
  CHECK(refusal({"--format"}) ==
        "--format needs a value | write --format text|concise|json|sarif|github|markdown");
  CHECK(refusal({"-n"}) == "--name needs a value | write --name SECTION");
  CHECK(refusal({"--graph=yes"}) == "--graph takes no value | ");
}

TEST_CASE("cli::parse refuses words where none are expected") {
  bool graph = false;
  const cli::Usage usage{
      .name = "x", .summary = "?", .flags = {{.name = "--graph", .help = "", .target = &graph}}};
  const std::vector<const char*> arguments{"x", "stray"};
  const auto parsed = cli::parse(2, arguments.data(), usage);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().message == "nothing is known to do with 'stray'");
}

TEST_CASE("cli::help_text lists a tool's own flags, then the common ones") {
  Given given;
  const std::string help = cli::help_text(usage_of(given));
  CHECK(help.starts_with(
      "Does the history have one head?\n\nusage: check-heads [options] [FILE]\n\nOptions:\n"));
  CHECK(help.find("\n      --fix[=dates|order]   Mend\n") != std::string::npos);
  CHECK(help.find("\n      --mode fresh|both|stairway\n") != std::string::npos);
  CHECK(help.find("\n  -n, --name SECTION        The section") != std::string::npos);
  CHECK(help.find("--since REV") < help.find("Common options:"));
  CHECK(help.find("--project DIR") > help.find("Common options:"));
  std::string_view rest = help;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    CHECK(end <= 100);
    rest.remove_prefix(end + 1);
  }
}
