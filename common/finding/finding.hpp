// What a check found, as plain data. Every tool's report is a list of these.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/edit.hpp"
#include "base/text.hpp"

namespace gauger::finding {

enum class Severity : std::uint8_t { error, warning };

[[nodiscard]] std::string_view name(Severity severity);

struct Finding {
  std::string rule;  // the id of a RuleInfo
  Severity severity = Severity::error;
  std::string message;  // one sentence, without final full stop; unescaped
  std::string help{};   // what to write instead, in Alembic's own terms; may have several lines
  // Relative to the repository's root, as in its FileTree; empty: the project as a whole. The
  // formats that want paths relative to the project derive them.
  std::string path{};
  base::Position begin{};  // line 0: the whole file
  base::Position end{};    // one past the last code point
  // The source lines begin.line to end.line (at most a few; without line endings), for the text
  // and Markdown formats. Empty when the finding has no line.
  std::vector<std::string> source{};
  std::optional<std::string> revision{};
  bool fixable = false;           // `fix` mends it
  std::vector<base::Edit> fix{};  // edits of the file at `path`
  // Further places worth showing, such as the other head. `message` says what is there.
  struct Related {
    std::string path;
    base::Position begin{};
    std::string message;
  };
  std::vector<Related> related{};
};

// By path, line, column, rule, message.
[[nodiscard]] bool report_order(const Finding& left, const Finding& right);

// What the documentation, `--list-rules`, `--explain` and SARIF say of a rule.
struct RuleInfo {
  std::string_view id;  // names the offence, such as "index-not-concurrent"
  Severity severity = Severity::error;
  std::string_view summary;  // one sentence with its full stop; the first sentence of its README
  std::string_view explanation;  // Markdown: why it matters, what is accepted
  bool enabled_by_default = true;
  bool fixable = false;
  // What the server does where there is a finding: "scan under ACCESS EXCLUSIVE", "failure",
  // "nothing". Empty: it is not said, as by the tools that run the migrations.
  std::string_view claim{};
};

}  // namespace gauger::finding
