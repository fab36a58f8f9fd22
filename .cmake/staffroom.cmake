# What every target of Staffroom shares: the language, the warnings, ccache, the packages, and three
# functions that keep a folder's CMakeLists.txt to a few lines.
include_guard()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(STAFFROOM_CCACHE ccache)
if(STAFFROOM_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${STAFFROOM_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${STAFFROOM_CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(Protobuf REQUIRED)
find_package(RocksDB REQUIRED)
find_package(faiss REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(prometheus-cpp REQUIRED)
find_package(GTest REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(GRPC REQUIRED IMPORTED_TARGET grpc++)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)

# Our own code is held to these; generated code is not.
add_library(staffroom_warnings INTERFACE)
target_compile_options(staffroom_warnings INTERFACE
  -Wall -Wextra -Wnon-virtual-dtor -Wshadow -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wthread-safety-beta>)

# staffroom_library(NAME SOURCES file… DEPS target…): DEPS are PUBLIC only where a header needs them, so
# libraries list what their headers include under DEPS and what only their sources include under PRIVATE_DEPS.
function(staffroom_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS} staffroom_warnings)
endfunction()

# staffroom_program(NAME SOURCES file… DEPS target…): an executable in build/<preset>/bin/.
function(staffroom_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} staffroom_warnings)
endfunction()

# staffroom_test(NAME SOURCES file… DEPS target…): a GoogleTest program that ctest runs as one test.
function(staffroom_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  staffroom_program(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} GTest::gmock_main GTest::gtest)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()
