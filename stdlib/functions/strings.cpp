// Texts. Equal texts have equal bytes; lengths count characters (Unicode code points).
#include <string>
#include <vector>

#include "language/source/utf8.hpp"
#include "stdlib/functions/family.hpp"
#include "stdlib/functions/unicode.hpp"

namespace writ::functions {

using facts::CallContext;
using facts::EvalError;
using facts::Value;

namespace {

Value lower(Arguments arguments, CallContext& context) {
  return make_text(mapped(arguments[0].view(), to_lower), context);
}

Value upper(Arguments arguments, CallContext& context) {
  return make_text(mapped(arguments[0].view(), to_upper), context);
}

// The text without the characters at its ends that `goes` says.
template <typename Goes>
std::string_view trimmed(std::string_view text, Goes goes) {
  std::size_t first = 0;
  std::size_t last = 0;  // up to the end of the last character that stays
  bool leading = true;
  for (std::size_t at = 0; at < text.size();) {
    const source::CodePoint character = source::decode_utf8(text.substr(at));
    const bool stays = !goes(text.substr(at, character.length), character);
    if (stays && leading) first = at;
    at += character.length;
    leading = leading && !stays;
    if (stays) last = at;
  }
  return text.substr(first, leading ? 0 : last - first);
}

Value trim(Arguments arguments, CallContext& context) {
  const auto goes = [](std::string_view, const source::CodePoint& character) {
    return character.valid && is_space(character.value);
  };
  return make_text(trimmed(arguments[0].view(), goes), context);
}

Value trim_characters(Arguments arguments, CallContext& context) {
  const std::string_view characters = arguments[1].view();
  const auto goes = [&](std::string_view bytes, const source::CodePoint&) {
    return characters.find(bytes) != std::string_view::npos;
  };
  return make_text(trimmed(arguments[0].view(), goes), context);
}

Value trim_prefix(Arguments arguments, CallContext& context) {
  std::string_view text = arguments[0].view();
  if (text.starts_with(arguments[1].view())) text.remove_prefix(arguments[1].view().size());
  return make_text(text, context);
}

Value trim_suffix(Arguments arguments, CallContext& context) {
  std::string_view text = arguments[0].view();
  if (text.ends_with(arguments[1].view())) text.remove_suffix(arguments[1].view().size());
  return make_text(text, context);
}

Value casefold(Arguments arguments, CallContext& context) {
  return make_text(folded(arguments[0].view()), context);
}

Value index_of(Arguments arguments, CallContext&) {
  const std::string_view text = arguments[0].view();
  const std::size_t found = text.find(arguments[1].view());
  if (found == std::string_view::npos) return Value::missing();
  return Value::integer(static_cast<std::int64_t>(count_characters(text.substr(0, found))));
}

// The text behind its first characters.
Value substring(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  const std::int64_t start = arguments[1].i;
  if (start < 0) return Value::error(EvalError::bad_argument);
  return make_text(text.substr(bytes_of_characters(text, static_cast<std::uint64_t>(start))), context);
}

Value bounded_substring(Arguments arguments, CallContext& context) {
  const std::int64_t length = arguments[2].i;
  const Value rest = substring(arguments, context);
  if (rest.is_error()) return rest;
  if (length < 0) return Value::error(EvalError::bad_argument);
  return make_text(rest.view().substr(0, bytes_of_characters(rest.view(), static_cast<std::uint64_t>(length))),
                   context);
}

Value length(Arguments arguments, CallContext&) {
  return Value::integer(static_cast<std::int64_t>(count_characters(arguments[0].view())));
}

Value contains(Arguments arguments, CallContext&) {
  return Value::boolean(arguments[0].view().find(arguments[1].view()) != std::string_view::npos);
}

Value starts_with(Arguments arguments, CallContext&) {
  return Value::boolean(arguments[0].view().starts_with(arguments[1].view()));
}

Value ends_with(Arguments arguments, CallContext&) {
  return Value::boolean(arguments[0].view().ends_with(arguments[1].view()));
}

Value replace(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  const std::string_view old = arguments[1].view();
  const std::string_view with = arguments[2].view();
  if (old.empty()) return Value::error(EvalError::bad_argument);
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = text.find(old); found != std::string_view::npos; found = text.find(old, at)) {
    out.append(text, at, found - at);
    out.append(with);
    if (out.size() > max_text) return Value::error(EvalError::overflow);
    at = found + old.size();
  }
  out.append(text, at);
  return make_text(out, context);
}

Value split(Arguments arguments, CallContext& context) {
  const std::string_view text = arguments[0].view();
  const std::string_view by = arguments[1].view();
  if (by.empty()) return Value::error(EvalError::bad_argument);
  std::vector<Value> parts;
  std::size_t at = 0;
  for (std::size_t found = text.find(by); found != std::string_view::npos; found = text.find(by, at)) {
    parts.push_back(Value::of(context.arena->text(text.substr(at, found - at))));
    at = found + by.size();
  }
  parts.push_back(Value::of(context.arena->text(text.substr(at))));
  return Value::of(context.arena->list(parts.data(), static_cast<std::uint32_t>(parts.size())));
}

Value join(Arguments arguments, CallContext& context) {
  const std::uint32_t size = facts::list_size(arguments[0]);
  const std::string_view by = arguments[1].view();
  std::string out;
  for (std::uint32_t i = 0; i < size; ++i) {
    if (i != 0) out.append(by);
    out.append(facts::list_element(arguments[0], i).view());
    if (out.size() > max_text) return Value::error(EvalError::overflow);
  }
  return make_text(out, context);
}

constexpr Function all[] = {
    {{"lower", "(text: String) -> String",
      "The text in small letters, character by character (Unicode's simple case mapping, the same in every "
      "language).",
      "lower(\"ÄB\") == \"äb\""},
     lower},
    {{"upper", "(text: String) -> String",
      "The text in capitals, character by character (Unicode's simple case mapping: `ß` stays `ß`).",
      "upper(\"äb\") == \"ÄB\""},
     upper},
    {{"casefold", "(text: String) -> String",
      "The text as it is compared where case does not count (Unicode's full case folding: `ß` becomes `ss`). Two "
      "texts differ only in case where their foldings are equal.",
      "casefold(\"Straße\") == casefold(\"STRASSE\")"},
     casefold},
    {{"trim", "(text: String) -> String", "The text without white space at its ends, as Unicode defines it.",
      "trim(\"  a b \") == \"a b\""},
     trim},
    {{"trim", "(text: String, characters: String) -> String", "The text without any of the characters at its ends.",
      "trim(\"/var/log/\", \"/\") == \"var/log\""},
     trim_characters},
    {{"trim_prefix", "(text: String, prefix: String) -> String",
      "The text without the prefix; the text itself where it does not begin with it.",
      "trim_prefix(\"refs/heads/main\", \"refs/heads/\") == \"main\""},
     trim_prefix},
    {{"trim_suffix", "(text: String, suffix: String) -> String",
      "The text without the suffix; the text itself where it does not end with it.",
      "trim_suffix(\"example.com.\", \".\") == \"example.com\""},
     trim_suffix},
    {{"length", "(text: String) -> Int", "How many characters (Unicode code points) the text has.",
      "length(\"naïve\") == 5"},
     length},
    {{"contains", "(text: String, part: String) -> Bool",
      "Whether the part stands anywhere in the text. Every text contains the empty one.",
      "contains(\"payroll\", \"roll\")"},
     contains},
    {{"starts_with", "(text: String, part: String) -> Bool", "Whether the text begins with the part.",
      "starts_with(\"svc-backup\", \"svc-\")"},
     starts_with},
    {{"ends_with", "(text: String, part: String) -> Bool", "Whether the text ends with the part.",
      "ends_with(\"ana@example.com\", \"@example.com\")"},
     ends_with},
    {{"index_of", "(text: String, part: String) -> Int?",
      "How many characters stand before the first occurrence of the part; missing where there is none.",
      "index_of(\"ana@example.com\", \"@\") == 3"},
     index_of},
    {{"substring", "(text: String, start: Int) -> String",
      "The text without its first `start` characters; empty where it has no more. A negative `start` is an error "
      "of "
      "the member.",
      "substring(\"naïve\", 3) == \"ve\""},
     substring},
    {{"substring", "(text: String, start: Int, length: Int) -> String",
      "At most `length` characters behind the first `start` ones. A negative `start` or `length` is an error of "
      "the "
      "member.",
      "substring(\"CC6.1\", start: 0, length: 2) == \"CC\""},
     bounded_substring},
    {{"replace", "(text: String, old: String, with: String) -> String",
      "The text with every occurrence of `old`, from left to right, replaced. An empty `old` is an error of the "
      "member, and so is a result of more than 16 MiB.",
      "replace(\"a.b.c\", old: \".\", with: \"-\") == \"a-b-c\""},
     replace},
    {{"split", "(text: String, by: String) -> List<String>",
      "The parts of the text between the occurrences of `by`; the text itself where there are none. Parts may be "
      "empty. An empty `by` is an error of the member.",
      "split(\"a,b,,c\", \",\") == [\"a\", \"b\", \"\", \"c\"]"},
     split},
    {{"join", "(items: Collection<String>, by: String) -> String",
      "The items, with `by` between them. A result of more than 16 MiB is an error of the member.",
      "join([\"a\", \"b\"], \", \") == \"a, b\""},
     join},
};

}  // namespace

Family strings() { return {"Texts", all}; }

}  // namespace writ::functions
