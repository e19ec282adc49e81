#include "language/syntax/slips.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "language/diagnostics/diagnostic.hpp"
#include "language/source/utf8.hpp"
#include "language/syntax/words.hpp"

namespace writ::syntax {
namespace {

// Longer ones before those that they begin with.
constexpr std::array operators = {
    Slip{"===", "==", "`===` is no operator"},    Slip{"!==", "!=", "`!==` is no operator"},
    Slip{"&&", "and", "`&&` is no operator"},     Slip{"||", "or", "`||` is no operator"},
    Slip{"<>", "!=", "`<>` is no operator"},      Slip{"=<", "<=", "`=<` is no operator"},
    Slip{"=>", ">=", "`=>` is no operator"},      Slip{"=~", "matches", "`=~` is no operator"},
    Slip{"~=", "matches", "`~=` is no operator"}, Slip{"&", "and", "`&` is no operator"},
    Slip{"|", "or", "`|` is no operator"},        Slip{"=", "==", "`=` does not compare"},
};

constexpr std::array values = {
    Slip{"null", "missing", "the language has no `null`"},
    Slip{"NULL", "missing", "the language has no `NULL`"},
    Slip{"nil", "missing", "the language has no `nil`"},
    Slip{"None", "missing", "the language has no `None`"},
    Slip{"undefined", "missing", "the language has no `undefined`"},
    Slip{"True", "true", "truth values are written small"},
    Slip{"TRUE", "true", "truth values are written small"},
    Slip{"False", "false", "truth values are written small"},
    Slip{"FALSE", "false", "truth values are written small"},
};

constexpr std::array word_operators = {
    Slip{"AND", "and", "operators are written small"}, Slip{"And", "and", "operators are written small"},
    Slip{"OR", "or", "operators are written small"},   Slip{"Or", "or", "operators are written small"},
    Slip{"IN", "in", "operators are written small"},   Slip{"LIKE", "like", "operators are written small"},
    Slip{"equals", "==", "`equals` is no operator"},   Slip{"eq", "==", "`eq` is no operator"},
    Slip{"mod", "%", "`mod` is no operator"},          Slip{"xor", "!=", "`xor` is no operator"},
    Slip{"contains", "", "`contains` is a function"},
};

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array file_words = {
    Pair{"function", "fn"},      Pair{"func", "fn"},         Pair{"fun", "fn"},         Pair{"def", "fn"},
    Pair{"type", "entity"},      Pair{"struct", "entity"},   Pair{"record", "entity"},  Pair{"class", "entity"},
    Pair{"table", "entity"},     Pair{"import", "use"},      Pair{"using", "use"},      Pair{"const", "param"},
    Pair{"let", "fn"},           Pair{"parameter", "param"}, Pair{"policy", "control"}, Pair{"package", "module"},
    Pair{"namespace", "module"},
};

constexpr std::array check_words = {
    Pair{"assert", "require"}, Pair{"must", "require"}, Pair{"ensure", "require"}, Pair{"expect", "require"},
    Pair{"verify", "require"}, Pair{"filter", "where"}, Pair{"if", "where"},       Pair{"foreach", "for"},
    Pair{"forall", "for"},     Pair{"each", "for"},     Pair{"var", "let"},        Pair{"const", "let"},
    Pair{"def", "let"},
};

constexpr std::array units = {
    Pair{"s", "seconds"},   Pair{"sec", "seconds"},  Pair{"secs", "seconds"}, Pair{"m", "minutes"},
    Pair{"min", "minutes"}, Pair{"mins", "minutes"}, Pair{"h", "hours"},      Pair{"hr", "hours"},
    Pair{"hrs", "hours"},   Pair{"d", "days"},       Pair{"w", "weeks"},      Pair{"wk", "weeks"},
    Pair{"wks", "weeks"},   Pair{"mo", "months"},    Pair{"mon", "months"},   Pair{"mths", "months"},
    Pair{"y", "years"},     Pair{"yr", "years"},     Pair{"yrs", "years"},
};

template <typename Slips>
const Slip* find_slip(const Slips& slips, std::string_view word) {
  const auto found =
      std::find_if(slips.begin(), slips.end(), [word](const Slip& slip) { return slip.found == word; });
  return found == slips.end() ? nullptr : &*found;
}

template <typename Pairs>
std::string_view find_pair(const Pairs& pairs, std::string_view word) {
  const auto found =
      std::find_if(pairs.begin(), pairs.end(), [word](const Pair& pair) { return pair.first == word; });
  return found == pairs.end() ? std::string_view() : found->second;
}

}  // namespace

const Slip* operator_slip(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  if (rest.starts_with("==") && !rest.starts_with("===")) return nullptr;
  const auto found = std::find_if(operators.begin(), operators.end(),
                                  [rest](const Slip& slip) { return rest.starts_with(slip.found); });
  return found == operators.end() ? nullptr : &*found;
}

const Slip* value_slip(std::string_view word) { return find_slip(values, word); }

const Slip* word_operator_slip(std::string_view word) { return find_slip(word_operators, word); }

std::string_view meant_member(std::string_view word, Block block) {
  std::string_view meant;
  if (block == Block::file) meant = find_pair(file_words, word);
  if (block == Block::check) meant = find_pair(check_words, word);
  if (!meant.empty()) return meant;
  return diagnostics::nearest(word, member_words(block));
}

std::string_view meant_unit(std::string_view word) {
  const std::string_view meant = find_pair(units, word);
  return meant.empty() ? diagnostics::nearest(word, unit_words()) : meant;
}

Found found_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('"')) {
    // As much of the text as stands on its line.
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != '"' && rest[end] != '\n') end += rest[end] == '\\' ? 2U : 1U;
    return {rest.substr(0, std::min(end + 1, rest.find('\n'))), true};
  }
  std::size_t end = 0;
  while (end < rest.size() && is_word_byte(rest[end])) ++end;
  if (end > 0) return {rest.substr(0, end), false};
  if (const Slip* slip = operator_slip(text, at)) return {slip->found, false};
  for (const std::string_view symbol :
       {"==", "!=", "<=", ">=", "??", "?.", "..", "->", ":=", "//", "/*", "**", "::"}) {
    if (rest.starts_with(symbol)) return {symbol, false};
  }
  return {rest.substr(0, source::decode_utf8(rest).length), false};
}

}  // namespace writ::syntax
