#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cli/moments.hpp"

namespace writ::cli {

using diagnostics::Code;

std::optional<std::size_t> parse_number(std::string_view option, const std::string& text, std::size_t least,
                                        std::size_t most, diagnostics::Sink& sink) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most) return value;
  sink.add(Code::invalid_argument, argument_place(std::string(option), text, 0, text.size()),
           most == SIZE_MAX ? fmt::format("`{}` takes a whole number of at least {}", option, least)
                            : fmt::format("`{}` takes a whole number from {} to {}", option, least, most));
  return std::nullopt;
}

std::optional<std::size_t> parse_word(std::string_view option, const std::string& text,
                                      const std::vector<std::string_view>& words, diagnostics::Sink& sink) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    list += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
  }
  auto& diagnostic = sink.add(Code::invalid_argument, argument_place(std::string(option), text, 0, text.size()),
                              fmt::format("`{}` takes {}", option, list));
  const std::string_view nearest = diagnostics::nearest(text, words);
  if (!nearest.empty()) diagnostic.help(fmt::format("did you mean `{}`?", nearest));
  return std::nullopt;
}

}  // namespace writ::cli
