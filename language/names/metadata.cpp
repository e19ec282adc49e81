// What a control and a check say about themselves.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "language/names/declare.hpp"

namespace writ::names {

using diagnostics::Code;
using diagnostics::Sink;
using language::ControlDef;

namespace {

constexpr std::array<std::string_view, 9> keys = {
    "criteria", "severity", "owner", "frequency", "statement", "rationale", "references", "remediation", "tags"};

std::string listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
    text += fmt::format("`{}`", words[i]);
  }
  return text;
}

// The index of a word among the words that are allowed, or -1 after a report.
int choose(const syntax::Name& word, std::string_view key, const std::vector<std::string_view>& allowed,
           Sink& sink) {
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (word.text == allowed[i]) return static_cast<int>(i);
  }
  auto& diagnostic =
      sink.add(Code::invalid_metadata, word.span, fmt::format("`{}` is not a value of `{}`", word.text, key),
               fmt::format("{} expected", listed(allowed)));
  const std::string_view near = diagnostics::nearest(word.text, allowed);
  if (!near.empty()) diagnostic.fix("a similar value", word.span, std::string(near));
  return -1;
}

std::vector<std::string> texts(const syntax::MetadataEntry& entry) {
  std::vector<std::string> out;
  for (const syntax::Name& value : entry.values) out.push_back(value.text);
  return out;
}

}  // namespace

void declare_metadata(const syntax::ControlDecl& decl, ControlDef& control, Sink& sink) {
  std::map<std::string_view, Span> seen;
  for (const syntax::MetadataEntry& entry : decl.metadata) {
    const std::string& key = entry.key.text;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      auto& diagnostic =
          sink.add(Code::unknown_metadata, entry.key.span, fmt::format("a control has no `{}`", key), "not known");
      const std::string_view near = diagnostics::nearest(key, {keys.begin(), keys.end()});
      if (!near.empty()) {
        diagnostic.fix("a similar key", entry.key.span, std::string(near));
      } else {
        diagnostic.note(fmt::format("a control may say its {}", listed({keys.begin(), keys.end()})));
      }
      continue;
    }
    const auto [first, is_new] = seen.emplace(key, entry.key.span);
    if (!is_new) {
      sink.add(Code::duplicate_name, entry.key.span, fmt::format("`{}` says its `{}` twice", control.id, key),
               "said again here")
          .label(first->second, "first said here");
      continue;
    }
    if (key == "criteria") {
      control.criteria = texts(entry);
    } else if (key == "references") {
      control.references = texts(entry);
    } else if (key == "tags") {
      control.tags = texts(entry);
    } else {
      if (entry.values.empty()) continue;
      if (entry.values.size() > 1) {
        sink.add(Code::invalid_metadata, entry.values[1].span, fmt::format("`{}` takes one value", key),
                 "one too many");
      }
      const syntax::Name& value = entry.values[0];
      if (key == "severity") {
        const int level = choose(value, key, {"info", "low", "medium", "high", "critical"}, sink);
        if (level >= 0) control.severity = static_cast<language::ControlSeverity>(level);
      } else if (key == "owner") {
        control.owner = value.text;
      } else if (key == "frequency") {
        control.frequency = value.text;
      } else if (key == "statement") {
        control.statement = value.text;
      } else if (key == "rationale") {
        control.rationale = value.text;
      } else {
        control.remediation = value.text;
      }
    }
  }
}

void declare_check_metadata(const syntax::CheckDecl& decl, language::CheckDef& check, Sink& sink) {
  if (decl.when_empty) {
    const int value = choose(*decl.when_empty, "when empty", {"not_applicable", "pass", "fail"}, sink);
    if (value >= 0) check.when_empty = static_cast<language::WhenEmpty>(value);
  }
  if (decl.basis) {
    const int value = choose(*decl.basis, "basis", {"stated", "implied"}, sink);
    if (value >= 0) check.basis = static_cast<language::Basis>(value + 1);
  }
  if (decl.nature) {
    const int value = choose(*decl.nature, "nature", {"design", "operation"}, sink);
    if (value >= 0) check.nature = static_cast<language::Nature>(value + 1);
  }
}

}  // namespace writ::names
