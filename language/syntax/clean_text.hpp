// A text made safe to read. In: a loaded text, any bytes. Out: valid UTF-8 of the same length, so that offsets
// stay: a byte-order mark, invalid bytes and control characters are blanked out. The latter two are reported.
#pragma once

#include <string>
#include <string_view>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::syntax {

class CleanText {
 public:
  CleanText(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink);

  std::string_view text() const { return mended_.empty() ? text_ : std::string_view(mended_); }

 private:
  std::string_view text_;
  std::string mended_;  // empty where nothing had to be mended
};

}  // namespace writ::syntax
