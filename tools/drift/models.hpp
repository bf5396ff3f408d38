// What models need before they can be created.
#pragma once

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"

namespace gauger::tools {

// Makes what models need and cannot make themselves: extensions, schemas, functions, and domains
// that are not among the models' types. What fails is told to `context`.
[[nodiscard]] base::Result<void> prepare_for_models(const cli::Context& context,
                                                    database::Connection& connection,
                                                    const catalog::Catalog& migrated,
                                                    const alembic::EnvironmentSettings& models);

}  // namespace gauger::tools
