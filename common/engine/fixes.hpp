// Edits that give a directive its safe form. Nothing where that is not a matter of form alone: the
// directive is not a call `op.<directive>(…)` in the revision's own file, it is in a `try`, or its
// text is such that an edit could go astray.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/edit.hpp"
#include "engine/rule.hpp"

namespace gauger::engine {

// The call with one more keyword argument, in an autocommit_block() if it is in none yet. Nothing
// inside of another `with`, where env.py has a transaction of its own, which no autocommit_block()
// can leave, or where block_note() has something to say.
[[nodiscard]] std::vector<base::Edit> in_autocommit_block(const migration::Operation& operation,
                                                          const RuleContext& revision,
                                                          std::string_view keyword);

// The constraint NOT VALID. Where its name is certain it is validated behind that, in an
// autocommit_block(), which commits it first: in the same transaction nothing would be gained.
// Else that is left to a later revision, which constraint-never-validated asks for.
[[nodiscard]] std::vector<base::Edit> not_valid(const migration::Operation& add,
                                                const RuleContext& revision);

// For the end of a help that has an autocommit_block() in it: what of the transaction (a SET LOCAL,
// a LOCK TABLE, a savepoint) the operations behind this one rely on, and the block would end.
[[nodiscard]] std::string block_note(const migration::Operation& operation,
                                     const RuleContext& revision);

}  // namespace gauger::engine
