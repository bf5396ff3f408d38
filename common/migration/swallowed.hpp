// Keywords that Alembic takes without a word and does nothing with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/value.hpp"

namespace gauger::migration {

// `op.alter_column(…, _type=sa.Text())`: the type stays what it is.
struct Swallowed {
  eval::Place place{};  // of the call
  std::string directive{};
  std::string keyword{};
  std::string meant{};  // the keyword that it stands for; empty: none is near
};

// alter_column and drop_column take any keyword and leave those that no dialect knows (Alembic's
// operations/ops.py, ddl/impl.py); the other directives raise, or hand them to constructs that do.
void find_swallowed(std::string_view directive, const eval::Value& call, bool batch,
                    std::vector<Swallowed>& out);

}  // namespace gauger::migration
