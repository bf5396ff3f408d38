// What of two catalogs is compared.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "alembic/session.hpp"
#include "catalog/catalog.hpp"

namespace gauger::tools {

enum class Comparison : std::uint8_t {
  with_models,        // only what MetaData can express
  between_databases,  // all that a Catalog has
};

struct Scope {
  Comparison comparison = Comparison::with_models;
  alembic::EnvironmentSettings settings{};
  std::vector<std::string> ignored_tables{};  // globs
};

[[nodiscard]] bool contains(const std::vector<alembic::SchemaName>& names,
                            const catalog::QualifiedName& name);

// The tables of both sides, for env.py's filters; `left` is the database of their session.
[[nodiscard]] std::vector<alembic::Candidate> candidates(const catalog::Catalog& left,
                                                         const catalog::Catalog& right,
                                                         const Scope& scope);

// Takes out of both what is not compared: Alembic's version table and `seed_versions`, ignored
// tables, what env.py leaves out, schemas that are not the project's; with models also what
// MetaData cannot express, unless it reads columns: that is the same on both. Types and sequences
// that only such tables have go with them. A serial column's sequence gets the right side's name,
// since it keeps the name that its table once had. Returns the schemas that are not the project's.
[[nodiscard]] std::set<std::string> restrict(catalog::Catalog& left, catalog::Catalog& right,
                                             const Scope& scope,
                                             const std::vector<alembic::Excluded>& excluded);

// "views, functions, …"
[[nodiscard]] std::string_view not_compared(Comparison comparison);

}  // namespace gauger::tools
