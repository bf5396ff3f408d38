#include "tools/drift/models.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/diff.hpp"
#include "catalog/render.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using catalog::Catalog;

// What is in `catalog` and must be there before models can be created.
Catalog needed_by_models(const Catalog& catalog, const alembic::EnvironmentSettings& models) {
  Catalog needed{
      .functions = catalog.functions, .schemas = catalog.schemas, .extensions = catalog.extensions};
  for (const auto& [name, domain] : catalog.domains) {
    const alembic::SchemaName type{name.schema == "public" ? "" : name.schema, name.name};
    if (std::find(models.types.begin(), models.types.end(), type) == models.types.end()) {
      needed.domains.emplace(name, domain);
    }
  }
  return needed;
}

}  // namespace

Result<void> prepare_for_models(const cli::Context& context, database::Connection& connection,
                                const Catalog& migrated,
                                const alembic::EnvironmentSettings& models) {
  std::vector<std::string> statements;
  for (const catalog::Difference& missing : diff({}, needed_by_models(migrated, models))) {
    for (std::string& line : catalog::sql(missing)) {
      statements.push_back(std::move(line));
    }
  }
  // A function's body may name tables that come later.
  if (auto set = connection.query("SET check_function_bodies = off"); !set) {
    return base::failure(std::move(set.error()));
  }
  // They may need each other, in any order: as long as one succeeds, the others are tried again.
  std::vector<std::string> messages;
  std::size_t left = statements.size() + 1;
  while (!statements.empty() && statements.size() < left) {
    left = statements.size();
    messages.clear();
    std::erase_if(statements, [&](const std::string& statement) {
      const auto done = connection.query(statement);
      if (!done) {
        messages.push_back(done.error().message);
      }
      return done.has_value();
    });
  }
  for (std::size_t i = 0; i < statements.size(); ++i) {
    context.detail(fmt::format("not copied for the models: {}: {}", statements[i], messages[i]));
  }
  return {};
}

}  // namespace gauger::tools
