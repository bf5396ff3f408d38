# Third-party libraries under the short names that gauger_library() takes. Each has one folder:
#
#   fmt, expected    anywhere           tree_sitter, tree_sitter_python   common/python
#   json             common/base        pg_query                          common/sql
#   toml             common/project     pqxx                              common/database
#   cli11            common/cli         doctest                           tests

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
if(NOT SKBUILD)
  find_package(doctest REQUIRED)
endif()
# Debian has no CMake package of these, and CMake's own of PostgreSQL wants the server's headers too.
find_path(pqxx_include_dir pqxx/pqxx REQUIRED)
find_library(pqxx_library NAMES libpqxx.a pqxx REQUIRED)
find_path(libpq_include_dir libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_library(libpq_library pq REQUIRED)

if(SKBUILD AND NOT EXISTS "${GAUGER_DEPS_DIR}/tree-sitter/include")
  # pip knows one command only.
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env "GAUGER_DEPS_DIR=${GAUGER_DEPS_DIR}"
            "${PROJECT_SOURCE_DIR}/ci/bootstrap" sources COMMAND_ERROR_IS_FATAL ANY)
endif()
if(NOT EXISTS "${GAUGER_DEPS_DIR}/tree-sitter/include")
  message(FATAL_ERROR "Run ci/bootstrap first: ${GAUGER_DEPS_DIR} has no tree-sitter")
endif()

# gauger_vendored(<target> INCLUDE <folders> PRIVATE_INCLUDE <folders> SOURCES <files>): C code of
# others, optimized whatever the build type, with its warnings and symbols kept to itself.
function(gauger_vendored target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "INCLUDE;PRIVATE_INCLUDE;SOURCES")
  add_library(${target} STATIC EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_include_directories(${target} SYSTEM PUBLIC ${arg_INCLUDE})
  target_include_directories(${target} PRIVATE ${arg_PRIVATE_INCLUDE})
  if(GAUGER_SANITIZE)
    # What is undefined in others' code is theirs to mend; where it writes is ours to know.
    target_compile_options(${target} PRIVATE -w -fno-sanitize=undefined)
  else()
    target_compile_options(${target} PRIVATE -w -O3)
  endif()
  target_compile_definitions(${target} PRIVATE NDEBUG _DEFAULT_SOURCE _POSIX_C_SOURCE=200112L)
  set_target_properties(${target} PROPERTIES C_VISIBILITY_PRESET hidden EXPORT_COMPILE_COMMANDS OFF)
endfunction()

set(tree_sitter_dir "${GAUGER_DEPS_DIR}/tree-sitter")
gauger_vendored(
  tree_sitter
  INCLUDE "${tree_sitter_dir}/include"
  PRIVATE_INCLUDE "${tree_sitter_dir}/src"
  SOURCES "${tree_sitter_dir}/src/lib.c")

set(grammar_dir "${GAUGER_DEPS_DIR}/tree-sitter-python")
set(grammar_header_dir "${PROJECT_BINARY_DIR}/generated/tree-sitter-python")
# The package has the grammar's sources without the header that goes with them.
file(
  CONFIGURE OUTPUT "${grammar_header_dir}/tree_sitter/tree-sitter-python.h"
  CONTENT [[
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_python(void);

#ifdef __cplusplus
}
#endif
]])
gauger_vendored(
  tree_sitter_python
  INCLUDE "${grammar_header_dir}"
  PRIVATE_INCLUDE "${grammar_dir}/src"
  SOURCES "${grammar_dir}/src/parser.c" "${grammar_dir}/src/scanner.c")

# PostgreSQL's own parser, of version 18.
set(pg_query_dir "${GAUGER_DEPS_DIR}/libpg_query")
file(GLOB pg_query_sources "${pg_query_dir}/src/*.c" "${pg_query_dir}/src/postgres/*.c")
# Without what writes trees as SQL, reads them from protobuf or tells them apart.
list(FILTER pg_query_sources EXCLUDE REGEX "_(deparse|fingerprint|normalize|readfuncs_protobuf)\\.c$")
list(FILTER pg_query_sources EXCLUDE REGEX "/pg_query_summary[a-z_]*\\.c$")
# Only tests call them.
file(GLOB pg_query_printers "${pg_query_dir}/src/pg_query_outfuncs_*.c")
set_source_files_properties(${pg_query_printers} PROPERTIES COMPILE_OPTIONS -O0)
gauger_vendored(
  pg_query
  INCLUDE "${pg_query_dir}"
  PRIVATE_INCLUDE
    "${pg_query_dir}/vendor"
    "${pg_query_dir}/vendor/upb"
    "${pg_query_dir}/vendor/upb/third_party/utf8_range"
    "${pg_query_dir}/src/include"
    "${pg_query_dir}/src/postgres/include"
  SOURCES
    ${pg_query_sources}
    "${pg_query_dir}/vendor/upb/upb.c"
    "${pg_query_dir}/vendor/upb/third_party/utf8_range/utf8_range.c"
    "${pg_query_dir}/protobuf/pg_query.upb_minitable.c")
target_compile_options(pg_query PRIVATE -fno-strict-aliasing -fwrapv)
target_link_libraries(pg_query PUBLIC Threads::Threads)

if(fmt_VERSION VERSION_LESS 10)
  add_library(fmt STATIC EXCLUDE_FROM_ALL "${CMAKE_CURRENT_LIST_DIR}/fmt.cpp")
  target_include_directories(
    fmt SYSTEM PUBLIC $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)
else()
  add_library(fmt ALIAS fmt::fmt)
endif()
add_library(expected ALIAS tl::expected)
add_library(json ALIAS nlohmann_json::nlohmann_json)
# The system's target would load a shared library for the one file that includes toml++.
add_library(toml INTERFACE)
target_compile_definitions(toml INTERFACE TOML_HEADER_ONLY=1)
target_include_directories(
  toml SYSTEM INTERFACE $<TARGET_PROPERTY:tomlplusplus::tomlplusplus,INTERFACE_INCLUDE_DIRECTORIES>)
# With libpqxx's static library where there is one: its exceptions then belong to our own libstdc++.
add_library(pqxx INTERFACE)
target_include_directories(pqxx SYSTEM INTERFACE "${pqxx_include_dir}" "${libpq_include_dir}")
target_link_libraries(pqxx INTERFACE "${pqxx_library}" "${libpq_library}")
add_library(cli11 ALIAS CLI11::CLI11)
if(TARGET doctest::doctest)
  add_library(doctest ALIAS doctest::doctest)
endif()
