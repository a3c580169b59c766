# How a library, a test and a program of this project are declared.
#
#   foramen_library(axon SOURCES cable.cpp HEADERS cable.hpp DEPENDS stimulus PRIVATE PkgConfig::HWY)
#     A static library foramen_<name> with namespace foramen::<name> and includes "<name>/<file>.hpp".
#     DEPENDS names the libraries of this project it may see (scripts/check_layers.py holds the same
#     table), PUBLIC and PRIVATE third-party targets. A library without SOURCES is an interface.
#   foramen_test(axon_cable SOURCES cable_test.cpp DEPENDS axon LABELS unit)
#     One Catch2 program, registered as one CTest per LABELS.

add_library(foramen_flags INTERFACE)
target_compile_options(foramen_flags INTERFACE -Wall -Wextra -Wconversion -Wno-sign-conversion)
if(FORAMEN_WARNINGS_AS_ERRORS)
  target_compile_options(foramen_flags INTERFACE -Werror)
endif()
if(FORAMEN_ASSERTIONS)
  target_compile_definitions(foramen_flags INTERFACE FORAMEN_ASSERTIONS _GLIBCXX_ASSERTIONS)
endif()
if(FORAMEN_SANITIZE)
  target_compile_options(foramen_flags INTERFACE -fsanitize=address,undefined
                                                 -fno-sanitize-recover=undefined
                                                 -fno-omit-frame-pointer
                                                 # gcc 12 raises it in std headers when sanitizing
                                                 -Wno-error=maybe-uninitialized)
  target_link_options(foramen_flags INTERFACE -fsanitize=address,undefined)
endif()
# Results must not depend on how the compiler reassociates: no fast-math anywhere.
target_compile_options(foramen_flags INTERFACE -fno-math-errno -ffp-contract=off)

function(foramen_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;DEPENDS;PUBLIC;PRIVATE" ${ARGN})
  list(TRANSFORM ARG_DEPENDS PREPEND foramen_)
  if(ARG_SOURCES)
    add_library(foramen_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(foramen_${name} PRIVATE foramen_flags ${ARG_PRIVATE})
  else()
    add_library(foramen_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(foramen_${name} ${scope} ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(foramen_${name} ${scope} ${ARG_DEPENDS} ${ARG_PUBLIC})
  target_sources(foramen_${name} ${scope} FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/lib
                                          FILES ${ARG_HEADERS})
endfunction()

function(foramen_test name)
  cmake_parse_arguments(ARG "UNLOADS_PLUGINS" "TIMEOUT;COST" "SOURCES;DEPENDS;PRIVATE;LABELS;ARGUMENTS" ${ARGN})
  list(TRANSFORM ARG_DEPENDS PREPEND foramen_)
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE foramen_flags foramen_catch_main ${ARG_DEPENDS}
                                             ${ARG_PRIVATE})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(test_${name} PRIVATE
    FORAMEN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" FORAMEN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND test_${name} ${ARG_ARGUMENTS})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
  if(ARG_COST) # what takes longest starts first
    set_tests_properties(${name} PROPERTIES COST ${ARG_COST})
  endif()
  if(FORAMEN_SANITIZE AND ARG_UNLOADS_PLUGINS)
    # MPI unloads its plugins before leaks are looked for: theirs have no name left to suppress them by.
    # valgrind (--leak-check=full) sees the program's own.
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
  elseif(FORAMEN_SANITIZE)
    set_tests_properties(${name} PROPERTIES ENVIRONMENT
      "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/scripts/sanitizers/lsan.supp:print_suppressions=0")
  endif()
  # `cmake --build . --target unit_tests` builds the programs of one label.
  foreach(label ${ARG_LABELS})
    if(NOT TARGET ${label}_tests)
      add_custom_target(${label}_tests)
    endif()
    add_dependencies(${label}_tests test_${name})
  endforeach()
endfunction()
