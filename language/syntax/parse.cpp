#include "language/syntax/parse.hpp"

#include <tao/pegtl.hpp>

#include "language/syntax/actions.hpp"
#include "language/syntax/clean_text.hpp"
#include "language/syntax/expectations.hpp"

namespace writ::syntax {

Tree parse(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink) {
  const CleanText clean(sources, file, sink);
  Builder builder(file, clean.text(), sink);
  const std::string_view text = clean.text();
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf_crlf, const char*> in(
      text.data(), text.data() + text.size(), "");
  static_cast<void>(tao::pegtl::parse<grammar::file, grammar::action, grammar::control>(in, builder));
  return builder.take_tree();
}

}  // namespace writ::syntax
