#include "cli/rules_text.hpp"

#include <array>

#include <doctest/doctest.h>

#include "base/json.hpp"

namespace base = gauger::base;
namespace cli = gauger::cli;
namespace finding = gauger::finding;

namespace {

constexpr std::array<finding::RuleInfo, 2> rules{{
    {.id = "several-heads",
     .severity = finding::Severity::error,
     .summary = "The history has several heads.",
     .explanation = "Alembic stops.\n"},
    {.id = "odd",
     .severity = finding::Severity::warning,
     .summary = "Odd.",
     .enabled_by_default = false,
     .fixable = true},
}};

}  // namespace

TEST_CASE("cli::list_rules: a line each") {
  CHECK(cli::list_rules(rules, cli::RulesFormat::text) ==
        "several-heads  The history has several heads.  [error]\n"
        "odd            Odd.  [warning, off by default, --fix]\n");
  const auto json = base::Json::parse(cli::list_rules(rules, cli::RulesFormat::json));
  CHECK(json.size() == 2);
  CHECK(json[1]["rule"] == "odd");
  CHECK(json[1]["enabled_by_default"] == false);
}

TEST_CASE("cli::explain_rule: one rule, or the nearest") {
  CHECK(cli::explain_rule(rules, "several-heads", cli::RulesFormat::text) ==
        "several-heads [error]\n\nThe history has several heads.\n\nAlembic stops.\n");
  const auto unknown = cli::explain_rule(rules, "several-haeds", cli::RulesFormat::text);
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().kind == base::ErrorKind::usage);
  CHECK(unknown.error().help == "did you mean several-heads?");
  CHECK(cli::explain_rule(rules, "zzz", cli::RulesFormat::text).error().help ==
        "--list-rules lists them");
}
