#include "unit/effect/replay.hpp"

#include "catalog/apply.hpp"
#include "migration/from_sql.hpp"

namespace gauger::tests {

std::vector<migration::Operation> operations(std::string_view sql) {
  std::vector<migration::Operation> result;
  migration::append_sql(sql, migration::Operation{}, result);
  return result;
}

void replay(std::string_view sql, catalog::Catalog& catalog) {
  for (const auto& operation : operations(sql)) {
    catalog::apply(operation, catalog);
  }
}

}  // namespace gauger::tests
