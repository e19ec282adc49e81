// Values of options that the command line library does not judge: numbers, words of a closed set.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::cli {

// A whole number from `least` to `most`; a diagnostic where it is none.
std::optional<std::size_t> parse_number(std::string_view option, const std::string& text, std::size_t least,
                                        std::size_t most, diagnostics::Sink& sink);

// The index of `text` in `words`; a diagnostic that names the nearest, and lists them, where it is none.
std::optional<std::size_t> parse_word(std::string_view option, const std::string& text,
                                      const std::vector<std::string_view>& words, diagnostics::Sink& sink);

}  // namespace writ::cli
