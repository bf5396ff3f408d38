// Changes to a revision file: as edits of the text that the Revision was read from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/edit.hpp"
#include "history/revision.hpp"

namespace gauger::history {

// `"a"`, `("a", "b")` or `None`: the value of `down_revision` for these parents, in Python.
// Characters that would end the string, or that hide, are escaped.
[[nodiscard]] std::string identifier_literal(const std::vector<std::string>& ids, char quote = '"');

// Gives the revision other parents: its `down_revision`, in the quotes it has, and its header's
// `Revises:`, if any. Nothing when `down_revision` is not an assignment whose value can be
// replaced.
[[nodiscard]] std::optional<std::vector<base::Edit>> reparent(
    const Revision& revision, std::string_view text, const std::vector<std::string>& parents);

// Puts the header's Create Date one second after `instant`, in the style it has. Nothing when there
// is no readable date, or none so late.
[[nodiscard]] std::optional<base::Edit> move_create_date(const Revision& revision, Instant instant);

}  // namespace gauger::history
