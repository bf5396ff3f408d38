# How everything is compiled: the language, the build types, ccache, warnings and sanitizers.

option(GAUGER_WERROR "Treat warnings as errors, as CI does" OFF)
set(GAUGER_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")
if(DEFINED ENV{GAUGER_DEPS_DIR})
  set(GAUGER_DEPS_DIR "$ENV{GAUGER_DEPS_DIR}")
else()
  set(GAUGER_DEPS_DIR "${PROJECT_SOURCE_DIR}/.deps")
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# Asserts, the standard library's too, stay in a release: a check that walks on past a broken
# invariant could pass what it should not.
add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

# What base::executable_id() reads.
add_link_options(-Wl,--build-id=sha1)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The base folder makes paths relative, so that a fresh clone elsewhere finds what another one
  # compiled. The sloppiness is what ccache's manual asks for with precompiled headers.
  set(launcher
      "${CMAKE_COMMAND}"
      -E
      env
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}"
      CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros
      "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

if(GAUGER_SANITIZE)
  add_compile_options(
    -fsanitize=${GAUGER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${GAUGER_SANITIZE})
  add_compile_definitions(GAUGER_SANITIZED) # which the compilers say in different ways
else()
  # A tool starts in half the time, and runs where another libstdc++ is installed.
  add_link_options(-static-libstdc++ -static-libgcc)
endif()

# A precompiled header of what most files include takes a third off a build. Only GCC's builds have
# it: clang's show the #include that a file forgot.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(gauger_pch_default ON)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>) # for ccache
else()
  set(gauger_pch_default OFF)
endif()
option(GAUGER_PCH "Precompile the headers that most files include" ${gauger_pch_default})

# Most of a file's time goes into the templates of the standard library and of our value types, which
# its neighbours use as well: compiled together they take half of it. Therefore what is in an unnamed
# namespace has a name that no other file of the folder has. The preset "clang" compiles each file alone.
option(GAUGER_UNITY "Compile the files of a folder together" ${gauger_pch_default})

# What every target of our own is compiled with; third-party code is not.
add_library(gauger_warnings INTERFACE)
target_compile_options(
  gauger_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wconversion
            -Wsign-conversion
            -Wold-style-cast
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wcast-qual
            -Wcast-align
            -Wformat=2
            -Wimplicit-fallthrough
            -Wundef
            -Wmissing-declarations
            # Designated initializers that leave the rest to their defaults are how plain values are
            # written here.
            -Wno-missing-field-initializers
            $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
            $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
            # What GCC's optimizer sees in std::string's and tl::expected's insides, wrongly: GCC
            # bugs 105329, 105651 and their kin. The sanitizers' build looks for the real ones.
            $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-dangling-pointer>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-free-nonheap-object>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>
            # Files compiled together take each other's unnamed namespaces for a header's, and each
            # other's functions for what a parameter hides.
            $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${GAUGER_UNITY}>>:-Wno-subobject-linkage>
            $<$<NOT:$<BOOL:${GAUGER_UNITY}>>:-Wshadow>
            $<$<BOOL:${GAUGER_WERROR}>:-Werror>)
