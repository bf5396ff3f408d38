// What upgrade() of a snippet of Python gives, for tests to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migration/migration.hpp"

namespace gauger::tests {

// The revision file whose text is `python`, read with everything asked for.
[[nodiscard]] migration::Migration migration_of(std::string_view python);
// The operations of an upgrade() with the body `body`, each of its lines indented by four blanks;
// op, sa and postgresql are imported.
[[nodiscard]] std::vector<migration::Operation> upgrade_of(std::string_view body);
// Of a body that gives one.
[[nodiscard]] migration::Operation one_of(std::string_view body);
// "AddColumn t" for each, in order, separated by "; ": the action, the table, and the
// object where there is one.
[[nodiscard]] std::string summary_of(std::string_view body);
// The type of a column written as sa.Column("c", `type`), in a file with `definitions` at its top.
[[nodiscard]] migration::Type type_of(std::string_view type, std::string_view definitions = "");

}  // namespace gauger::tests
