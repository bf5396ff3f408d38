// Calls in the syntax of a file, for the rules of the application's code.
#pragma once

#include <functional>
#include <string>

#include "python/syntax.hpp"

namespace gauger::engine {

// Every call below the node, outermost first.
void visit_calls(const python::Node& node, const std::function<void(const python::Node&)>& visit);

// "command.upgrade" of `command.upgrade(…)`; of `connection.run_sync(metadata.create_all)` what it
// runs. Empty: no name.
[[nodiscard]] std::string dotted_callee(const python::Node& call);

// All strings in its arguments, joined by blanks.
[[nodiscard]] std::string strings_in(const python::Node& call);

}  // namespace gauger::engine
