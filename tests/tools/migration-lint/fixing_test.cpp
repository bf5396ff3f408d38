#include "tools/migration-lint/fixing.hpp"

#include <doctest/doctest.h>

using namespace gauger;

namespace {

class Files final : public base::FileTree {
 public:
  [[nodiscard]] base::Result<std::vector<base::Entry>> list(
      const std::string& /*folder*/) const override {
    return std::vector<base::Entry>{};
  }
  [[nodiscard]] base::Result<std::string> read(const std::string& path) const override {
    if (path == "a.py") {
      return std::string("one(1)\ntwo(2)\nthree(3)\n");
    }
    return base::failure({.kind = base::ErrorKind::unreadable, .message = "none", .path = path});
  }
  [[nodiscard]] std::optional<base::EntryKind> kind(const std::string& path) const override {
    return path == "a.py" ? std::optional(base::EntryKind::file) : std::nullopt;
  }
};

// On a line of a.py, with a line in the place of the call.
finding::Finding found(std::uint32_t line, base::Edit edit) {
  finding::Finding made;
  made.rule = "rule";
  made.path = "a.py";
  made.begin = {line, 1};
  made.end = {line, 7};
  made.fix = {std::move(edit)};
  return made;
}

// What is on the lines that have "bad" in them is found.
base::Result<cli::Outcome> look(const base::FileTree& tree) {
  cli::Outcome outcome;
  const std::string text = *tree.read("a.py");
  std::uint32_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = text.find('\n', at);
    if (text.substr(at, end - at).find("bad") != std::string::npos) {
      outcome.findings.push_back(found(line, {}));
    }
    at = end + 1;
  }
  return outcome;
}

const std::vector<finding::Finding> all = {
    found(1, {{0, 6}, "with a:\n  good"}),
    found(2, {{7, 13}, "with b:\n  bad"}),
    found(3, {{22, 22}, " # good"}),
};

}  // namespace

TEST_CASE("tools::choose_fixes refuses a fix that mends nothing") {
  const auto fixes = tools::choose_fixes(all, {}, Files(), look);
  REQUIRE(fixes);
  CHECK(fixes->refused == 1);
  REQUIRE(fixes->files.contains("a.py"));
  CHECK(fixes->files.at("a.py").text == "with a:\n  good\ntwo(2)\nthree(3) # good\n");
}

TEST_CASE("tools::choose_fixes mends what stands in the same call as what has no fix") {
  const std::vector<finding::Finding> one = {all[0]};
  const auto fixes = tools::choose_fixes(one, {}, Files(), [](const base::FileTree& /*tree*/) {
    cli::Outcome outcome;
    outcome.findings = {found(1, {})};
    outcome.findings[0].message = "another";
    return base::Result<cli::Outcome>(std::move(outcome));
  });
  REQUIRE(fixes);
  CHECK(fixes->refused == 0);
  CHECK(fixes->files.contains("a.py"));
}

TEST_CASE("tools::choose_fixes leaves a file that could not be read afterwards") {
  const auto fixes = tools::choose_fixes(all, {}, Files(), [](const base::FileTree& tree) {
    cli::Outcome outcome;
    if (*tree.read("a.py") != *Files().read("a.py")) {
      outcome.errors.push_back(
          {.kind = base::ErrorKind::unparsable, .message = "no", .path = "a.py"});
    }
    return base::Result<cli::Outcome>(std::move(outcome));
  });
  REQUIRE(fixes);
  CHECK(fixes->refused == 3);
  CHECK(fixes->files.empty());
}

TEST_CASE("tools::choose_fixes touches no file that it must not") {
  const auto fixes = tools::choose_fixes(all, {"a.py"}, Files(), look);
  REQUIRE(fixes);
  CHECK(fixes->refused == 0);
  CHECK(fixes->files.empty());
}
