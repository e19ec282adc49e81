#include "language/names/styles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace writ::names {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

std::string_view spelling(Style style) {
  switch (style) {
    case Style::pascal_case:
      return "PascalCase";
    case Style::snake_case:
      return "snake_case";
    case Style::control_id:
      return "upper-case letters, digits, `-` and `.`";
  }
  return "";
}

std::string snake(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_upper(c)) {
      const bool word_starts =
          i > 0 && name[i - 1] != '_' && (!is_upper(name[i - 1]) || (i + 1 < name.size() && is_lower(name[i + 1])));
      if (word_starts && name[i - 1] != '-') out += '_';
      out += to_lower(c);
    } else {
      out += c == '-' || c == '.' ? '_' : c;
    }
  }
  return out;
}

std::string pascal(std::string_view name) {
  std::string out;
  bool word_starts = true;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == '.') {
      word_starts = true;
    } else {
      out += word_starts ? to_upper(c) : c;
      word_starts = false;
    }
  }
  return out;
}

}  // namespace

bool has_style(std::string_view name, Style style) {
  if (name.empty()) return false;
  switch (style) {
    case Style::pascal_case:
      return is_upper(name[0]) && std::all_of(name.begin(), name.end(),
                                              [](char c) { return is_upper(c) || is_lower(c) || is_digit(c); });
    case Style::snake_case:
      return (is_lower(name[0]) || name[0] == '_') &&
             std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
    case Style::control_id:
      return is_upper(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
               return is_upper(c) || is_digit(c) || c == '-' || c == '.';
             });
  }
  return false;
}

std::string restyled(std::string_view name, Style style) {
  std::string out;
  switch (style) {
    case Style::pascal_case:
      out = pascal(name);
      break;
    case Style::snake_case:
      out = snake(name);
      break;
    case Style::control_id:
      for (const char c : name) out += c == '_' ? '-' : to_upper(c);
      break;
  }
  return has_style(out, style) ? out : std::string();
}

void check_style(const syntax::Name& name, Style style, std::string_view what, diagnostics::Sink& sink) {
  if (name.text.empty() || has_style(name.text, style)) return;
  auto& diagnostic = sink.add(diagnostics::Code::wrong_name_style, name.span,
                              fmt::format("`{}` is not written as the name of {} is", name.text, what),
                              fmt::format("{} is named in {}", what, spelling(style)));
  const std::string better = restyled(name.text, style);
  if (!better.empty()) diagnostic.fix("write it so", name.span, better);
}

}  // namespace writ::names
