// SQLAlchemy's schema objects that create and drop themselves, and its DDL constructs.
#pragma once

#include <string_view>

#include "eval/interpreter.hpp"
#include "migration/recorder.hpp"

namespace gauger::migration {

// `object.create(bind)` or `object.drop(bind)` of an Enum, DOMAIN, Table, class, Index or Sequence.
// False for all else.
[[nodiscard]] bool read_schema_object(Call& call, const eval::Value& object,
                                      std::string_view method, const eval::Value& given,
                                      eval::Interpreter& interpreter);

// An executed CreateTable(table), DropTable, CreateIndex, CreateSequence, CreateSchema,
// AddConstraint and the like. False for all else.
[[nodiscard]] bool read_ddl(Call& call, const eval::Value& construct,
                            eval::Interpreter& interpreter);

}  // namespace gauger::migration
