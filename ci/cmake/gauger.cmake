# The functions that the folders' own CMakeLists.txt call. Dependencies are written by short name: a
# folder of common/ (base, history), rules, or a library of third_party.cmake (fmt, json).
# ci/check_layers reads these calls too.

set(gauger_generated "${PROJECT_BINARY_DIR}/generated")
configure_file(
  "${PROJECT_SOURCE_DIR}/ci/cmake/version.hpp.in" "${gauger_generated}/cli/version.hpp" @ONLY)

# What most files include. Tests are not optimized, so they have a precompiled header of their own.
set(gauger_precompiled_headers
    <algorithm>
    <cstddef>
    <cstdint>
    <filesystem>
    <functional>
    <map>
    <memory>
    <optional>
    <set>
    <span>
    <string>
    <string_view>
    <unordered_map>
    <unordered_set>
    <utility>
    <variant>
    <vector>
    <fmt/format.h>
    <fmt/ranges.h>
    <nlohmann/json.hpp>
    <tl/expected.hpp>)
if(GAUGER_PCH)
  file(CONFIGURE OUTPUT "${gauger_generated}/precompiled.cpp" CONTENT "")
  foreach(name gauger_precompiled gauger_precompiled_test)
    add_library(${name} STATIC EXCLUDE_FROM_ALL "${gauger_generated}/precompiled.cpp")
    target_link_libraries(${name} PRIVATE gauger_warnings fmt expected json)
    target_precompile_headers(${name} PRIVATE ${gauger_precompiled_headers})
  endforeach()
  if(TARGET doctest)
    target_compile_options(gauger_precompiled_test PRIVATE -O0)
    target_link_libraries(gauger_precompiled_test PRIVATE doctest)
    target_precompile_headers(gauger_precompiled_test PRIVATE <doctest/doctest.h>)
  endif()
endif()

# gauger_compile(<target> [TEST] [BATCH <number>]): how a target of our own is compiled, at most so
# many files together.
function(gauger_compile target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "TEST" "BATCH" "")
  if(NOT arg_BATCH)
    set(arg_BATCH 12)
  endif()
  target_link_libraries(${target} PRIVATE gauger_warnings)
  set(precompiled gauger_precompiled)
  if(arg_TEST)
    # A test's own code is nearly all assertions, which take long to optimize and no time to run.
    target_compile_options(${target} PRIVATE -O0)
    set(precompiled gauger_precompiled_test)
  endif()
  if(GAUGER_PCH)
    target_precompile_headers(${target} REUSE_FROM ${precompiled})
  endif()
  set_target_properties(
    ${target} PROPERTIES UNITY_BUILD ${GAUGER_UNITY} UNITY_BUILD_BATCH_SIZE ${arg_BATCH})
endfunction()

function(gauger_add_if_present folder)
  if(EXISTS "${PROJECT_SOURCE_DIR}/${folder}/CMakeLists.txt")
    add_subdirectory(${folder})
  endif()
endfunction()

# With the target `tools`, which is all executables and no tests.
function(gauger_add_tools)
  add_custom_target(tools)
  file(GLOB lists CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tools/*/CMakeLists.txt")
  # These come last, since they link to others.
  foreach(name migration-auto gauger)
    set(list "${PROJECT_SOURCE_DIR}/tools/${name}/CMakeLists.txt")
    if(list IN_LIST lists)
      list(REMOVE_ITEM lists "${list}")
      list(APPEND lists "${list}")
    endif()
  endforeach()
  foreach(list IN LISTS lists)
    cmake_path(GET list PARENT_PATH folder)
    add_subdirectory("${folder}")
  endforeach()
endfunction()

function(gauger_link target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PUBLIC;PRIVATE;INTERFACE")
  foreach(scope PUBLIC PRIVATE INTERFACE)
    foreach(name IN LISTS arg_${scope})
      if(TARGET gauger_${name})
        target_link_libraries(${target} ${scope} gauger_${name})
      elseif(TARGET tool_${name})
        target_link_libraries(${target} ${scope} tool_${name})
      elseif(TARGET ${name})
        target_link_libraries(${target} ${scope} ${name})
      else()
        message(FATAL_ERROR "${target} links to '${name}': not a folder before it, nor a library")
      endif()
    endforeach()
  endforeach()
endfunction()

# gauger_library(<folder> [SOURCES <files>] [PUBLIC <names>] [PRIVATE <names>]): the static library
# gauger_<folder>, of all .cpp files of the folder where none are named. PUBLIC are the folders that
# its headers include.
function(gauger_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  if(NOT arg_SOURCES)
    file(GLOB arg_SOURCES CONFIGURE_DEPENDS "*.cpp")
  endif()
  if(arg_SOURCES)
    add_library(gauger_${name} STATIC ${arg_SOURCES})
    target_include_directories(gauger_${name} PUBLIC "${PROJECT_SOURCE_DIR}/common")
    gauger_compile(gauger_${name})
    gauger_link(gauger_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  else()
    add_library(gauger_${name} INTERFACE)
    target_include_directories(gauger_${name} INTERFACE "${PROJECT_SOURCE_DIR}/common")
    gauger_link(gauger_${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
  endif()
  if(name STREQUAL cli)
    target_include_directories(gauger_cli PUBLIC "${gauger_generated}")
  endif()
endfunction()

# gauger_rules(PUBLIC <names> [PRIVATE <names>]): the static library gauger_rules, of the catalogue
# and every rule's room. Its headers are included as "rules/<rule_name>/<rule_name>.hpp".
function(gauger_rules)
  file(GLOB sources CONFIGURE_DEPENDS "*.cpp" "*/*.cpp")
  add_library(gauger_rules STATIC ${sources})
  target_include_directories(gauger_rules PUBLIC "${PROJECT_SOURCE_DIR}")
  gauger_compile(gauger_rules BATCH 30)
  gauger_link(gauger_rules ${ARGN})
endfunction()

# gauger_tool(<tool> PRIVATE <names>): the executable bin/<tool>, of main.cpp, and its walk as the
# static library tool_<tool>, of the folder's other .cpp files. Its headers are included as
# "tools/<tool>/<name>.hpp", by itself and by a tool that links to it under its name.
function(gauger_tool name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "PRIVATE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "gauger_tool(${name}): only PRIVATE is known")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(tool_${name} STATIC ${sources})
  target_include_directories(tool_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  gauger_compile(tool_${name})
  gauger_link(tool_${name} PUBLIC ${arg_PRIVATE})

  add_executable(${name} main.cpp)
  gauger_compile(${name})
  target_link_libraries(${name} PRIVATE tool_${name})
  add_dependencies(tools ${name})
  gauger_install_tool(${name})
endfunction()

# gauger_test(<folder> [SOURCES <files>] [PRIVATE <names>]): the doctest executable of
# tests/unit/<folder>, linked to the library it mirrors, and its ctest entry unit.<folder>.
function(gauger_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PRIVATE")
  if(NOT arg_SOURCES)
    file(GLOB arg_SOURCES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/unit/${name}/*.cpp")
  endif()
  if(NOT arg_SOURCES)
    return()
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  gauger_compile(test_${name} TEST)
  target_link_libraries(test_${name} PRIVATE gauger_test_main)
  gauger_link(test_${name} PRIVATE ${name} ${arg_PRIVATE})
  set_target_properties(
    test_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/unit")
  add_test(NAME unit.${name} COMMAND test_${name} --no-skip)
endfunction()

# gauger_python_test(<name> <script> [arguments...]): a test written in Python, run with what
# `ci/bootstrap test` installed. It finds the executables in $GAUGER_BIN, the repository in
# $GAUGER_ROOT.
function(gauger_python_test name script)
  cmake_path(ABSOLUTE_PATH script)
  add_test(NAME ${name} COMMAND "${GAUGER_DEPS_DIR}/venv/bin/python" -B "${script}" ${ARGN})
  set_tests_properties(
    ${name}
    PROPERTIES
      ENVIRONMENT
      "GAUGER_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};GAUGER_ROOT=${PROJECT_SOURCE_DIR}")
endfunction()
