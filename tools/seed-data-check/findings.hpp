// What seed-data-check finds.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "finding/finding.hpp"
#include "project/project.hpp"
#include "seed/inserts.hpp"
#include "seed/missing_names.hpp"
#include "seed/scripts.hpp"

namespace gauger::tools {

enum class RowFault : std::uint8_t { missing, differs, not_unique, no_table };

// `source`: the file of the settings, which the finding points to.
[[nodiscard]] finding::Finding judge_row(RowFault fault, std::string message, std::string help,
                                         const std::string& source);
[[nodiscard]] finding::Finding judge_unrecorded(const seed::Script& script);
[[nodiscard]] finding::Finding judge_unknown_record(const std::string& revision);
// `text`: of the file that the insert is in.
[[nodiscard]] finding::Finding judge_insert(const seed::RepeatedInsert& insert,
                                            const seed::Script& script, std::string_view text);
[[nodiscard]] finding::Finding judge_missing(const seed::MissingName& missing,
                                             const seed::Script& script, std::string_view text);
[[nodiscard]] std::string_view behind_schema();  // the rule of judge_missing()

[[nodiscard]] std::span<const finding::RuleInfo> seed_data_rules();

}  // namespace gauger::tools
