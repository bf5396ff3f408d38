// Operations as the Python that makes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/diff.hpp"
#include "migration/operation.hpp"

namespace gauger::catalog {

// A string literal of Python, in double quotes.
[[nodiscard]] std::string python_string(std::string_view text);

// Of the names of constraints and indexes, to which Alembic applies the models' naming convention.
enum class Naming : std::uint8_t {
  as_written,  // they may be what the convention makes a name of
  of_server,   // op.f("…"): they are what a server has
};

// The Alembic call: `op.add_column("users", sa.Column("email", sa.Text(), nullable=False))`;
// `op.execute("…")` where Alembic has no directive that does it, or none that does all of it. It
// needs `import sqlalchemy as sa`, and `from sqlalchemy.dialects import postgresql` where that is
// in it. Empty for what makes no schema (rows, locks, settings) and for what is not understood.
[[nodiscard]] std::string alembic(const migration::Operation& operation,
                                  Naming naming = Naming::as_written);
// The same operation as SQL, without ";"; empty as above.
[[nodiscard]] std::string sql(const migration::Operation& operation);

// What removes a difference, line by line.
[[nodiscard]] std::vector<std::string> alembic(const Difference& difference);
[[nodiscard]] std::vector<std::string> sql(const Difference& difference);

}  // namespace gauger::catalog
