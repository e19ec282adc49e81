# How every target is built: warnings, sanitizers, the include root.
add_library(writ_options INTERFACE)
target_include_directories(writ_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(writ_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wswitch
  $<$<BOOL:${WRIT_WERROR}>:-Werror>
  # libstdc++ 12's own std::stable_sort calls what it has marked as deprecated, which clang lays at our door.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
  # g++ 12 warns of overlaps in its own std::string at -O3 (its bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
if(WRIT_SANITIZE)
  # g++ 12 sees uninitialised members in its own <regex> once the sanitizers are on.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(writ_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  target_compile_options(writ_options INTERFACE -fsanitize=${WRIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(writ_options INTERFACE -fsanitize=${WRIT_SANITIZE})
endif()
if(WRIT_FUZZ)
  target_compile_options(writ_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# writ_library(name FOLDERS … LINKS …): a static library of every source below the folders.
function(writ_library name)
  cmake_parse_arguments(arg "" "" "FOLDERS;LINKS" ${ARGN})
  set(sources)
  foreach(folder ${arg_FOLDERS})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC writ_options ${arg_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE writ_options ${arg_LINKS})
  endif()
endfunction()
