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

Value trim(Arguments arguments, CallContext& context) {
  std::string_view text = arguments[0].view();
  const auto first_is_space = [&text] {
    const source::CodePoint character = source::decode_utf8(text);
    return character.valid && is_space(character.value) ? character.length : 0;
  };
  while (!text.empty()) {
    const std::uint32_t length = first_is_space();
    if (length == 0) break;
    text.remove_prefix(length);
  }
  std::size_t kept = 0;  // bytes up to the end of the last character that is no space
  for (std::size_t at = 0; at < text.size();) {
    const source::CodePoint character = source::decode_utf8(text.substr(at));
    at += character.length;
    if (!character.valid || !is_space(character.value)) kept = at;
  }
  return make_text(text.substr(0, kept), context);
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
    {{"trim", "(text: String) -> String", "The text without white space at its ends, as Unicode defines it.",
      "trim(\"  a b \") == \"a b\""},
     trim},
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

Family strings() { return all; }

}  // namespace writ::functions
