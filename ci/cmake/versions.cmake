# The versions of what is compiled in, into the header cli/built_with.hpp.

# gauger_read_version(<variable> <file> <regex with one group>)
function(gauger_read_version variable file regex)
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" text)
  if(text MATCHES "${regex}")
    set(${variable} "${CMAKE_MATCH_1}" PARENT_SCOPE)
  else()
    message(WARNING "${file}: no version in it")
    set(${variable} "of an unknown version" PARENT_SCOPE)
  endif()
endfunction()

set(sources "${PROJECT_SOURCE_DIR}/ci/requirements/sources.txt")
gauger_read_version(tree_sitter_version "${sources}" "tree-sitter==([0-9.]+)")
gauger_read_version(
  grammar_version "${GAUGER_DEPS_DIR}/tree-sitter-python/package.json" "\"version\": \"([0-9.]+)\"")
gauger_read_version(
  pg_query_version "${GAUGER_DEPS_DIR}/libpg_query/pg_query.h" "define PG_VERSION \"([0-9.]+)")
gauger_read_version(
  pqxx_version "${pqxx_include_dir}/pqxx/version.hxx" "define PQXX_VERSION \"([0-9.]+)")
gauger_read_version(
  libpq_version "${libpq_include_dir}/pg_config.h" "define PG_VERSION \"([0-9.]+)")

set(gauger_built_with
    "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    "tree-sitter ${tree_sitter_version}"
    "tree-sitter-python ${grammar_version}"
    "libpg_query of PostgreSQL ${pg_query_version}"
    "libpqxx ${pqxx_version}"
    "libpq ${libpq_version}"
    "fmt ${fmt_VERSION}"
    "tl-expected ${tl-expected_VERSION}"
    "nlohmann-json ${nlohmann_json_VERSION}"
    "toml++ ${tomlplusplus_VERSION}"
    "CLI11 ${CLI11_VERSION}")
list(JOIN gauger_built_with ", " gauger_built_with)
configure_file("${CMAKE_CURRENT_LIST_DIR}/built_with.hpp.in"
               "${gauger_generated}/cli/built_with.hpp" @ONLY)
