// Which statements can lock no other tables than those that they name. Of these it is known without
// a look at the server what they lock where their transaction holds it already.
//
// Functions of the project's, which may do anything, are in none of them where they would be run.
#pragma once

#include <span>

#include "migration/operation.hpp"

namespace gauger::tools {

// Makes tables, indexes and enums, and nothing else.
[[nodiscard]] bool makes_new_things(std::span<const migration::Operation> operations);

// Changes a table by itself, if that has no children: not what is dropped or rewritten with its
// foreign keys, nor rows, whose triggers look elsewhere.
[[nodiscard]] bool stays_in_its_table(std::span<const migration::Operation> operations);

}  // namespace gauger::tools
