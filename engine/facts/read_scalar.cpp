// Texts, numbers and members of enums, and how messages name what is wrong with them.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "engine/facts/entity_names.hpp"
#include "engine/facts/hash.hpp"
#include "engine/facts/json_text.hpp"
#include "engine/facts/record_reader.hpp"
#include "language/diagnostics/diagnostic.hpp"

namespace writ::facts {

std::string_view RecordReader::text(std::uint32_t token) {
  const std::string_view raw = view_.raw_string(token);
  if (!view_.escapes || raw.find('\\') == std::string_view::npos) return raw;
  decode_string(raw, scratch_);
  return decoded_.text(scratch_)->view();
}

// Exports repeat few texts often: those that were read lately are kept once.
const Text* RecordReader::shared_text(std::string_view text) {
  constexpr std::size_t longest = 64;
  if (text.size() > longest) return arena_.text(text);
  const Text*& recent = recent_[hash_text(text) % recent_.size()];
  if (recent == nullptr || recent->view() != text) recent = arena_.text(text);
  return recent;
}

bool RecordReader::integer(const ValuePlan& plan, std::uint32_t token, std::int64_t& out) {
  const char* const begin = view_.text + view_.index[token];
  if (*begin != '-' && (*begin < '0' || *begin > '9')) return wrong_type(token, plan.type);
  // The text ends with a byte that no number holds, so the end need not be known.
  const auto [end, error] = std::from_chars(begin, begin + (view_.length - view_.index[token]), out);
  if (*end == '.' || *end == 'e' || *end == 'E') {
    return fail(token, fmt::format("`{}` is {}, an integer is expected", label(), quoted(token)));
  }
  if (error != std::errc()) {
    return fail(token, fmt::format("`{}` is {}, which does not fit in 64 bits", label(), quoted(token)));
  }
  return true;
}

bool RecordReader::floating(const ValuePlan& plan, std::uint32_t token, double& out) {
  const char* const begin = view_.text + view_.index[token];
  if (*begin != '-' && (*begin < '0' || *begin > '9')) return wrong_type(token, plan.type);
  const auto [end, error] = std::from_chars(begin, begin + (view_.length - view_.index[token]), out);
  if (error == std::errc()) return true;
  // Too near to zero, or too large.
  const std::string digits(begin, end);
  out = std::strtod(digits.c_str(), nullptr);
  if (std::abs(out) < 1) return true;
  return fail(token, fmt::format("`{}` is {}, which is too large for a Float", label(), quoted(token)));
}

bool RecordReader::enum_member(Column& column, const ValuePlan& plan, std::uint32_t token) {
  if (view_.at(token) != '"') return wrong_type(token, plan.type);
  const std::string_view spelling = text(token);
  const EnumPlan& enumeration = *plan.enumeration;
  const std::vector<std::string>& members = enumeration.def->members;
  if (!column.members.empty() && members[column.members.back()] == spelling) {
    const std::uint16_t again = column.members.back();
    column.members.push_back(again);
    return true;
  }
  const auto found = enumeration.ordinals.find(spelling);
  if (found != enumeration.ordinals.end()) {
    column.members.push_back(found->second);
    return true;
  }
  const std::vector<std::string_view> candidates(members.begin(), members.end());
  const std::string_view near = nearest_name(spelling, candidates);
  std::string what =
      fmt::format("`{}` is {}, which is no member of {}", label(), quoted(token), enumeration.def->name);
  if (!near.empty()) what += fmt::format("; `{}` may be meant", near);
  return fail(token, std::move(what));
}

bool RecordReader::fail(std::uint32_t token, std::string what) {
  reason = std::move(what);
  fault = view_.index[token];
  return false;
}

bool RecordReader::wrong_type(std::uint32_t token, types::TypeId expected) {
  return fail(token, fmt::format("`{}` is {}, {} expected", label(), view_.what_stands(token),
                                 language::spelling(*plan_.program, expected)));
}

bool RecordReader::not_a(std::uint32_t token, std::string_view what) {
  return fail(token, fmt::format("`{}` is {}, which is no {}", label(), quoted(token), what));
}

// `tags[2]`, `address.city`
std::string RecordReader::label() const {
  std::string out;
  for (const Step& step : steps_) {
    if (step.name.data() == nullptr) {
      out += fmt::format("[{}]", step.index);
    } else {
      if (!out.empty()) out += '.';
      out += step.name;
    }
  }
  return out;
}

// A scalar as it stands in the text, cut where it is long.
std::string RecordReader::quoted(std::uint32_t token) const {
  constexpr std::size_t longest = 40;
  const char* const begin = view_.text + view_.index[token];
  std::string_view raw;
  if (*begin == '"') {
    raw = view_.raw_string(token);
  } else {
    JsonFault ignored;
    const char* const end = number_end(begin, ignored, view_.text);
    raw = {begin, end == nullptr ? 1 : static_cast<std::size_t>(end - begin)};
  }
  std::string shown(raw.substr(0, longest));
  if (raw.size() > longest) {
    std::size_t whole = longest;
    while (whole > 0 && (static_cast<unsigned char>(raw[whole]) & 0xc0) == 0x80) --whole;
    shown = std::string(raw.substr(0, whole)) + "…";
  }
  return *begin == '"' ? '"' + shown + '"' : shown;
}

}  // namespace writ::facts
