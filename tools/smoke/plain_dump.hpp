// What psql itself would do with a dump that is SQL text.
#pragma once

#include <istream>
#include <optional>
#include <string>

namespace gauger::tools {

struct PlainDump {
  // The first command for psql, as "\! ls", that pg_dump does not write: such as lead to another
  // database, read another file or run a shell. Also a setting under which psql would read the text
  // otherwise than it is read here. Empty: there is none.
  std::string command{};
  bool complete = false;  // it ends as pg_dump ends a dump
};

// Reads quotes, comments and COPY's rows as psql does, standard_conforming_strings being on.
[[nodiscard]] PlainDump read_plain_dump(std::istream& stream);

}  // namespace gauger::tools
