// SQL text as operations.
#pragma once

#include <string_view>
#include <vector>

#include "migration/operation.hpp"

namespace gauger::migration {

struct Routines;  // routines.hpp

// Appends what the statements of `text` do. Each operation is a copy of `base` with what the
// statement says filled in; the first statement has base.statement, and each further one the next
// number, so the last operation has the highest. The statements inside a DO block count one by one.
// The first is in base.transaction; what follows a COMMIT or ROLLBACK is in the next.
//
// An object other than a table (a type, view, sequence, index that is dropped) has its name in
// `object`, and its schema in `table.schema`.
//
// Unknown parts of the text stand as `hole_name`. Parameters (":name", "%(name)s", "%s") are read
// as the drivers and SQLAlchemy read them. Text that PostgreSQL's grammar does not accept gives one
// Opaque operation; text without a statement gives none.
//
// `written`: where the text stands, if that is a file of its own; each operation's last site is
// then the line of its statement there.
//
// Where the text calls one of the `routines`, in a SELECT or CALL of its own, what that does
// follows; those that it creates are added.
void append_sql(std::string_view text, const Operation& base, std::vector<Operation>& out,
                Routines& routines, eval::Place written = {});
void append_sql(std::string_view text, const Operation& base, std::vector<Operation>& out);

}  // namespace gauger::migration
