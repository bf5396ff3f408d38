# Where an installation has what: `gauger` on the PATH; the executables, whose names are too common
# for that, in libexec/gauger; the documentation. A wheel has the same below the environment's root,
# and the component `libraries`: the shared libraries beside glibc that the live tools need.

include(GNUInstallDirs)
if(SKBUILD)
  set(gauger_front_dir "${SKBUILD_SCRIPTS_DIR}")
  set(gauger_root "${SKBUILD_DATA_DIR}/")
else()
  set(gauger_front_dir "${CMAKE_INSTALL_BINDIR}")
  set(gauger_root "")
endif()
# The front looks for them beside the folder that it lies in.
set(gauger_tool_dir "${gauger_root}libexec/gauger")
set(gauger_library_dir "${gauger_root}lib/gauger")
set(gauger_share_dir "${gauger_root}share")

function(gauger_install_tool name)
  if(name STREQUAL gauger)
    install(TARGETS ${name} DESTINATION "${gauger_front_dir}" COMPONENT gauger)
    return()
  endif()
  # RPATH, not RUNPATH: a library that is found by it is looked for by its neighbours, too.
  target_link_options(${name} PRIVATE -Wl,--disable-new-dtags)
  set_target_properties(${name} PROPERTIES INSTALL_RPATH "$ORIGIN/../../lib/gauger")
  install(TARGETS ${name} DESTINATION "${gauger_tool_dir}" COMPONENT gauger)
  set_property(GLOBAL APPEND PROPERTY gauger_installed_tools "$<TARGET_FILE:${name}>")
endfunction()

# README.md and all that it leads to, in the folders that its links name.
function(gauger_install_documentation)
  set(documentation "${gauger_share_dir}/doc/gauger")
  install(FILES LICENSE README.md DESTINATION "${documentation}" COMPONENT gauger)
  install(FILES LICENSE DESTINATION "${documentation}" COMPONENT gauger RENAME copyright)
  install(FILES common/README.md DESTINATION "${documentation}/common" COMPONENT gauger)
  install(
    DIRECTORY tools rules
    DESTINATION "${documentation}"
    COMPONENT gauger
    FILES_MATCHING
    PATTERN README.md
    PATTERN cases EXCLUDE)
  # The licences of what is compiled in.
  foreach(name tree-sitter tree-sitter-python libpg_query)
    install(
      FILES "${GAUGER_DEPS_DIR}/${name}/LICENSE"
      DESTINATION "${documentation}/licences"
      COMPONENT gauger
      RENAME ${name})
  endforeach()
  foreach(
    package
    libfmt-dev
    libexpected-dev
    nlohmann-json3-dev
    libtomlplusplus-dev
    libcli11-dev
    libpqxx-dev)
    if(EXISTS "/usr/share/doc/${package}/copyright") # on another system it came from elsewhere
      install(
        FILES "/usr/share/doc/${package}/copyright"
        DESTINATION "${documentation}/licences"
        COMPONENT gauger
        RENAME ${package})
    endif()
  endforeach()
endfunction()

# The libraries are those of the machine that builds, each under the one name that it is asked for.
function(gauger_install_libraries)
  get_property(tools GLOBAL PROPERTY gauger_installed_tools)
  set(DESTINATION "${gauger_library_dir}")
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/libraries.cmake.in" CONTENT [[
file(
  GET_RUNTIME_DEPENDENCIES
  EXECUTABLES @tools@
  RESOLVED_DEPENDENCIES_VAR libraries
  # glibc's own, which have to be the machine's.
  PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread|resolv|util)\\.so\\.")
# The executables' RPATH is enough for the loader. auditwheel looks at each library by itself.
find_program(patchelf patchelf)
set(folder "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/@DESTINATION@")
if(IS_ABSOLUTE "@DESTINATION@")
  # The executables' RPATH is enough for the loader. auditwheel looks at each library by itself.
find_program(patchelf patchelf)
set(folder "$ENV{DESTDIR}@DESTINATION@")
endif()
file(MAKE_DIRECTORY "${folder}")
foreach(library IN LISTS libraries)
  cmake_path(GET library FILENAME name)
  message(STATUS "Installing: ${folder}/${name}")
  file(REAL_PATH "${library}" real)
  file(COPY_FILE "${real}" "${folder}/${name}")
  if(patchelf)
    execute_process(
      COMMAND "${patchelf}" --set-rpath "$ORIGIN" "${folder}/${name}" COMMAND_ERROR_IS_FATAL ANY)
  endif()
  # With its licence, where the system is a Debian.
  execute_process(
    COMMAND dpkg-query --search "*/${name}" OUTPUT_VARIABLE owner ERROR_QUIET RESULT_VARIABLE status)
  if(status EQUAL 0 AND owner MATCHES "^([a-z0-9.+-]+)")
    set(package "${CMAKE_MATCH_1}")
    file(COPY_FILE "/usr/share/doc/${package}/copyright" "${folder}/${package}.copyright")
  endif()
endforeach()
]] @ONLY)
  file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/generated/libraries.cmake"
       INPUT "${PROJECT_BINARY_DIR}/generated/libraries.cmake.in")
  set(exclude EXCLUDE_FROM_ALL)
  if(SKBUILD)
    set(exclude)
  endif()
  install(SCRIPT "${PROJECT_BINARY_DIR}/generated/libraries.cmake" COMPONENT libraries ${exclude})
endfunction()
