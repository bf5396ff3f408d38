// What connections, sessions and SQLAlchemy's own objects do to the database.
#pragma once

#include <string>
#include <string_view>

#include "eval/interpreter.hpp"
#include "migration/recorder.hpp"

namespace gauger::migration {

// Writes what executing `what` does: SQL text, an expression, a DDL construct, a list of those.
// `parameters` are the rows that are executed with it, or null.
void execute(Call& call, const eval::Value& what, const eval::Value* parameters,
             eval::Interpreter& interpreter);

// Something that is not understood. An operation of that kind comes of it, unless what is being
// read is only there for a value: a function that it is in was called for what it returns, and was
// given no connection. What such a function does beside that is taken to be no business of the
// database's, as for functions that are not at hand.
void not_understood(Call& call, std::string reason, const eval::Interpreter& interpreter,
                    Recorder& recorder);

// Whether it may be an object that a session has loaded.
[[nodiscard]] bool may_be_row(const eval::Value& object);

// A method called on an object from outside the project: `connection.execute(…)`,
// `table.create(bind)`, `session.add(…)`. `statement`: its result is not used.
void read_method(const eval::Value& given, bool statement, eval::Interpreter& interpreter,
                 Recorder& recorder);

// A function from outside the project, called by its dotted name.
void read_function(std::string_view dotted, const eval::Value& given, bool statement,
                   eval::Interpreter& interpreter, Recorder& recorder);

}  // namespace gauger::migration
