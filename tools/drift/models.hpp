// What models need before they can be created.
#pragma once

#include "alembic/session.hpp"
#include "base/result.hpp"
#include "catalog/catalog.hpp"
#include "cli/run_tool.hpp"
#include "database/connection.hpp"

namespace gauger::tools {

// Makes what models need and cannot make themselves: extensions, schemas, functions, domains and
// sequences that are not among the models', collations, composite and range types, text search
// configurations. What fails is told to `context`. `migrations`: a connection to the database that
// `migrated` was read from.
[[nodiscard]] base::Result<void> prepare_for_models(const cli::Context& context,
                                                    database::Connection& connection,
                                                    database::Connection& migrations,
                                                    const catalog::Catalog& migrated,
                                                    const alembic::EnvironmentSettings& models);

// Once the models are there: without those of the copied sequences that none of them needs, so that
// a sequence which only migrations make is a difference.
void drop_unneeded(database::Connection& connection, const catalog::Catalog& migrated,
                   const alembic::EnvironmentSettings& models);

}  // namespace gauger::tools
