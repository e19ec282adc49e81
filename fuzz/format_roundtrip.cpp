// The layout of any text: what parses says the same when it is laid out, and is then laid out for good.
#include <string_view>

#include "fuzz/invariants.hpp"
#include "language/format/format.hpp"
#include "language/syntax/parse.hpp"
#include "tests/support/dump_tree.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace writ;
  source::SourceSet sources;
  diagnostics::Sink sink;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const source::FileId file = sources.add("a.writ", text);
  const auto once = format::format(sources, file, sink);
  if (!once) {
    fuzz::require(sink.has_errors(), "what is not laid out is said to be wrong");
    return 0;
  }
  const source::FileId laid_out = sources.add("b.writ", *once);
  const auto twice = format::format(sources, laid_out, sink);
  fuzz::require(twice && *twice == *once, "a second time changes nothing");
  fuzz::require(
      tests::dump(syntax::parse(sources, file, sink)) == tests::dump(syntax::parse(sources, laid_out, sink)),
      "the layout says what the text says");
  return 0;
}
