// Regular expressions: what is found by one, and what can be done with it. `matches` asks whether there is
// anything. The language hands over only expressions that compile (Regex in a signature).
#include <re2/re2.h>

#include <map>
#include <string>
#include <vector>

#include "language/source/utf8.hpp"
#include "stdlib/functions/family.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;
using re2::StringPiece;

namespace {

// Compiled once a thread: an expression is written out in the rules, so there are few. A process that sees many
// rules forgets all of them now and then.
const RE2& compiled(std::string_view pattern) {
  constexpr std::size_t most = 256;
  thread_local std::map<std::string, RE2, std::less<>> known;
  const auto found = known.find(pattern);
  if (found != known.end()) return found->second;
  if (known.size() == most) known.clear();
  RE2::Options options;
  options.set_log_errors(false);
  return known.try_emplace(std::string(pattern), std::string(pattern), options).first->second;
}

StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(StringPiece text) { return {text.data(), text.size()}; }

// Calls `take` with the groups of each match from left to right, the whole match first, until it gives false. An
// empty match at the end of the one before it does not count. `groups` says how many are wanted.
template <typename Take>
void each_match(const RE2& regex, std::string_view text, int groups, Take take) {
  std::vector<StringPiece> found(static_cast<std::size_t>(groups));
  const StringPiece input = piece(text);
  std::size_t at = 0;
  std::size_t last_end = std::string_view::npos;
  while (at <= text.size() && regex.Match(input, at, text.size(), RE2::UNANCHORED, found.data(), groups)) {
    const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
    const std::size_t end = begin + found[0].size();
    const bool empty = begin == end;
    if (!empty || begin != last_end) {
      if (!take(found)) return;
      last_end = end;
    }
    at = end;
    if (empty) at += end < text.size() ? source::decode_utf8(text.substr(end)).length : 1;
  }
}

// What is taken of a match: its first group, or all of it where the expression has none.
int wanted_group(const RE2& regex) { return regex.NumberOfCapturingGroups() > 0 ? 1 : 0; }

Value regex_extract(Arguments arguments, CallContext& context) {
  const RE2& regex = compiled(arguments[1].view());
  const int group = wanted_group(regex);
  Value out = Value::missing();
  each_match(regex, arguments[0].view(), group + 1, [&](const std::vector<StringPiece>& found) {
    const StringPiece part = found[static_cast<std::size_t>(group)];
    if (part.data() != nullptr) out = make_text(view(part), context);
    return false;
  });
  return out;
}

Value regex_extract_all(Arguments arguments, CallContext& context) {
  const RE2& regex = compiled(arguments[1].view());
  const int group = wanted_group(regex);
  std::vector<Value> parts;
  each_match(regex, arguments[0].view(), group + 1, [&](const std::vector<StringPiece>& found) {
    const StringPiece part = found[static_cast<std::size_t>(group)];
    if (part.data() != nullptr) parts.push_back(make_text(view(part), context));
    return true;
  });
  return Value::of(context.arena->list(parts.data(), static_cast<std::uint32_t>(parts.size())));
}

Value regex_replace(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  const RE2& regex = compiled(arguments[1].view());
  const StringPiece with = piece(arguments[2].view());
  std::string fault;
  if (!regex.CheckRewriteString(with, &fault)) return Value::error(EvalError::bad_argument);
  const int groups = RE2::MaxSubmatch(with) + 1;
  std::string out;
  std::size_t at = 0;
  each_match(regex, text, groups, [&](const std::vector<StringPiece>& found) {
    const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
    out.append(text, at, begin - at);
    regex.Rewrite(&out, with, found.data(), groups);
    at = begin + found[0].size();
    return out.size() <= max_text;
  });
  if (out.size() > max_text) return Value::error(EvalError::overflow);
  out.append(text, at);
  return make_text(out, context);
}

Value regex_split(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  std::vector<Value> parts;
  std::size_t at = 0;
  each_match(compiled(arguments[1].view()), text, 1, [&](const std::vector<StringPiece>& found) {
    if (found[0].empty()) return true;
    const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
    parts.push_back(Value::of(context.arena->text(text.substr(at, begin - at))));
    at = begin + found[0].size();
    return true;
  });
  parts.push_back(Value::of(context.arena->text(text.substr(at))));
  return Value::of(context.arena->list(parts.data(), static_cast<std::uint32_t>(parts.size())));
}

constexpr Function all[] = {
    {{"regex_extract", "(text: String, pattern: Regex) -> String?",
      "What the first match of the regular expression holds: its first group, or all of the match where it has no "
      "group. Missing where nothing matches, or the group has no part in the match.",
      "regex_extract(\"arn:aws:iam::1234:user/ana\", r\"user/(.+)$\") == \"ana\""},
     regex_extract},
    {{"regex_extract_all", "(text: String, pattern: Regex) -> List<String>",
      "The same of every match, from left to right; matches do not overlap.",
      "regex_extract_all(\"OPS-12, OPS-7\", r\"[A-Z]+-[0-9]+\") == [\"OPS-12\", \"OPS-7\"]"},
     regex_extract_all},
    {{"regex_replace", "(text: String, pattern: Regex, with: String) -> String",
      "The text with every match replaced. In `with`, `\\1` to `\\9` stand for what the groups hold, and `\\0` for "
      "all of the match; a number without a group is an error of the member, and so is a result of more than 16 "
      "MiB.",
      "regex_replace(\"Ana Diaz\", r\"(\\w+) (\\w+)\", with: r\"\\2, \\1\") == \"Diaz, Ana\""},
     regex_replace},
    {{"regex_split", "(text: String, pattern: Regex) -> List<String>",
      "The parts of the text between the matches; the text itself where there are none. Parts may be empty. A "
      "match "
      "of nothing parts nothing.",
      "regex_split(\"a; b,c\", r\"[;,]\\s*\") == [\"a\", \"b\", \"c\"]"},
     regex_split},
};

}  // namespace

Family patterns() { return {"Regular expressions", all}; }

}  // namespace writ::functions
