#include "tools/drift/models.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/diff.hpp"
#include "catalog/render.hpp"
#include "tools/drift/scope.hpp"

namespace gauger::tools {
namespace {

using base::Result;
using catalog::Catalog;

// The statements that make what a Catalog does not have. Columns that only some versions of
// PostgreSQL have are read by way of JSON.
constexpr std::string_view makers = R"(
WITH own AS (
  SELECT oid, nspname FROM pg_catalog.pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
of_extension AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'),
collations AS (
  SELECT o.nspname, c.*, to_jsonb(c) AS j
  FROM pg_catalog.pg_collation c JOIN own o ON o.oid = c.collnamespace)
SELECT format('CREATE COLLATION %I.%I (provider = %s, %s%s%s)', nspname, collname,
  CASE collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
  CASE WHEN collprovider IN ('i', 'b')
    THEN format('locale = %L', coalesce(j->>'colllocale', j->>'colliculocale', j->>'collcollate'))
    ELSE format('lc_collate = %L, lc_ctype = %L', j->>'collcollate', j->>'collctype') END,
  CASE WHEN collisdeterministic THEN '' ELSE ', deterministic = false' END,
  ', rules = ' || quote_literal(j->>'collicurules'))
FROM collations
WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.objid = collations.oid
  AND e.classid = 'pg_catalog.pg_collation'::regclass)
UNION ALL
SELECT format('CREATE TYPE %I.%I AS (%s)', o.nspname, c.relname, (
  SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
    ORDER BY a.attnum)
  FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
FROM pg_catalog.pg_class c JOIN own o ON o.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = c.reltype
WHERE c.relkind = 'c' AND NOT EXISTS (SELECT FROM of_extension e WHERE e.objid = t.oid
  AND e.classid = 'pg_catalog.pg_type'::regclass)
UNION ALL
SELECT format('CREATE TYPE %I.%I AS RANGE (subtype = %s%s)', o.nspname, t.typname,
  format_type(r.rngsubtype, NULL),
  CASE WHEN r.rngsubdiff <> 0 THEN ', subtype_diff = ' || r.rngsubdiff::regproc ELSE '' END)
FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
JOIN own o ON o.oid = t.typnamespace
WHERE r.rngcanonical = 0 AND NOT EXISTS (SELECT FROM of_extension e WHERE e.objid = t.oid
  AND e.classid = 'pg_catalog.pg_type'::regclass)
UNION ALL
SELECT format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I%s)', o.nspname, d.dictname,
  n.nspname, t.tmplname, ', ' || d.dictinitoption)
FROM pg_catalog.pg_ts_dict d JOIN own o ON o.oid = d.dictnamespace
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.objid = d.oid
  AND e.classid = 'pg_catalog.pg_ts_dict'::regclass)
UNION ALL
SELECT format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', o.nspname, c.cfgname,
  n.nspname, p.prsname)
FROM pg_catalog.pg_ts_config c JOIN own o ON o.oid = c.cfgnamespace
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.objid = c.oid
  AND e.classid = 'pg_catalog.pg_ts_config'::regclass)
UNION ALL
SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', o.nspname,
  c.cfgname, k.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno))
FROM pg_catalog.pg_ts_config c JOIN own o ON o.oid = c.cfgnamespace
JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = c.oid
JOIN LATERAL ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
GROUP BY o.nspname, c.cfgname, k.alias
)";

std::map<catalog::QualifiedName, catalog::Sequence> unmodelled_sequences(
    const Catalog& catalog, const alembic::EnvironmentSettings& models) {
  std::map<catalog::QualifiedName, catalog::Sequence> result;
  std::copy_if(catalog.sequences.begin(), catalog.sequences.end(),
               std::inserter(result, result.end()), [&](const auto& entry) {
                 return entry.second.owner.name.empty() && !contains(models.sequences, entry.first);
               });
  return result;
}

// What is in `catalog` and must be there before models can be created.
Catalog needed_by_models(const Catalog& catalog, const alembic::EnvironmentSettings& models) {
  Catalog needed{.sequences = unmodelled_sequences(catalog, models),
                 .functions = catalog.functions,
                 .schemas = catalog.schemas,
                 .extensions = catalog.extensions};
  std::copy_if(catalog.domains.begin(), catalog.domains.end(),
               std::inserter(needed.domains, needed.domains.end()),
               [&](const auto& entry) { return !contains(models.types, entry.first); });
  return needed;
}

}  // namespace

Result<void> prepare_for_models(const cli::Context& context, database::Connection& connection,
                                database::Connection& migrations, const Catalog& migrated,
                                const alembic::EnvironmentSettings& models) {
  std::vector<std::string> statements;
  const auto made = migrations.query(makers);
  if (!made) {
    return base::failure(made.error());
  }
  for (const database::Row& row : *made) {
    statements.push_back(row.at(0).value_or(""));
  }
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

void drop_unneeded(database::Connection& connection, const Catalog& migrated,
                   const alembic::EnvironmentSettings& models) {
  for (const auto& [name, sequence] : unmodelled_sequences(migrated, models)) {
    // Refused where a default, a view or a function's body needs it.
    (void)connection.query(fmt::format("DROP SEQUENCE IF EXISTS {}.{}",
                                       database::quote_identifier(name.schema),
                                       database::quote_identifier(name.name)));
  }
}

}  // namespace gauger::tools
