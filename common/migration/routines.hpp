// The functions and procedures that a migration has created so far, for when it calls them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "sql/statement.hpp"

namespace gauger::migration {

struct Routines {
  // CREATE FUNCTION or PROCEDURE, by the name without its schema: those that may write.
  std::map<std::string, sql::Statement, std::less<>> created{};
};

}  // namespace gauger::migration
