#include "cli/session.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "language/diagnostics/render.hpp"

namespace writ::cli {

namespace {

constexpr std::uint32_t width_without_terminal = 100;
constexpr std::uint32_t least_width = 20;
constexpr std::uint32_t most_width = 400;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// COLUMNS where it is exported, else the terminal's own width.
std::uint32_t width_of(int descriptor) {
  std::uint32_t width = 0;
  const std::string_view columns = environment("COLUMNS");
  std::from_chars(columns.data(), columns.data() + columns.size(), width);
  winsize size{};
  if (width == 0 && isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width == 0 ? width_without_terminal : std::clamp(width, least_width, most_width);
}

bool colored(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  return environment("NO_COLOR").empty() && environment("TERM") != "dumb" && isatty(descriptor) == 1;
}

bool unicode_locale() {
  if (std::setlocale(LC_CTYPE, "") == nullptr) return false;
  const bool unicode = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  // Nothing else of Writ depends on the locale.
  std::setlocale(LC_CTYPE, "C");
  return unicode;
}

}  // namespace

Session::Session(ColorChoice color, DiagnosticFormat format)
    : color_(color), format_(format), sources_(std::make_shared<const source::SourceSet>()) {
  const bool unicode = unicode_locale();
  output_ = {colored(color, STDOUT_FILENO), unicode, width_of(STDOUT_FILENO)};
  errors_ = {colored(color, STDERR_FILENO), unicode, width_of(STDERR_FILENO)};
}

report::TextStyle Session::file_output() const {
  return {color_ == ColorChoice::always, output_.unicode, width_without_terminal};
}

void Session::take(const diagnostics::Sink& sink) {
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) sink_.add(diagnostic.code, "") = diagnostic;
}

void Session::tell() {
  if (sink_.all().empty()) return;
  const std::string text = format_ == DiagnosticFormat::json
                               ? diagnostics::render_json(sink_, *sources_)
                               : diagnostics::render_text(sink_, *sources_, {errors_.color, errors_.width});
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (!text.ends_with('\n')) std::fputc('\n', stderr);
  sink_ = {};
}

void Session::remark(const std::string& line) const {
  if (format_ == DiagnosticFormat::json) return;
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fputc('\n', stderr);
}

}  // namespace writ::cli
