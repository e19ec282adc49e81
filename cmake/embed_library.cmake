# Writes a C++ source that holds the texts of .writ files.
# In: ROOT, the folder that paths are relative to; FILES, relative paths joined by `|`; OUTPUT.
string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(entries "")
set(count 0)
foreach(file IN LISTS files)
  # As numbers: no text can then end its own literal, and none is too long for one.
  file(READ "${ROOT}/${file}" bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(REGEX REPLACE "\\.writ$" "" module "${file}")
  string(REPLACE "/" "." module "${module}")
  string(APPEND arrays "constexpr char text_${count}[] = {${bytes}'\\0'};\n")
  string(APPEND entries "    {\"${module}\", \"${file}\", {text_${count}, sizeof text_${count} - 1}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Written by cmake/embed_library.cmake from the .writ files of stdlib.
#include \"stdlib/modules.hpp\"

namespace writ::stdlib {

namespace {

${arrays}
constexpr language::LibraryModule all[] = {
${entries}};

}  // namespace

std::span<const language::LibraryModule> modules() { return all; }

}  // namespace writ::stdlib
")
