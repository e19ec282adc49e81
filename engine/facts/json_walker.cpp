#include "engine/facts/json_walker.hpp"

#include <algorithm>
#include <cstring>

namespace writ::facts {

namespace {

constexpr std::size_t max_kinds = 4096;  // of objects that names are learnt for

// What may follow a scalar.
constexpr auto ends_scalar = [] {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\n', '\r', ',', ']', '}', ':', '\0'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

constexpr const char* expected_value = "a value is expected";
constexpr const char* expected_name = "the name of a member is expected";

}  // namespace

JsonWalker::JsonWalker() {
  unread_ = &all_names_.emplace_back(names_arena_);
  no_more_ = &all_names_.emplace_back(names_arena_);
}

MemberNames& JsonWalker::make_names() { return all_names_.emplace_back(names_arena_); }

std::uint32_t JsonWalker::fail(std::uint32_t token, const char* what) {
  if (token >= view_.count) {
    incomplete = true;
    fault = {view_.length, "the text ends before the value does"};
  } else {
    fault = {view_.index[token], what};
  }
  return failed;
}

std::uint32_t JsonWalker::start(std::uint32_t token, MemberNames& names, std::uint32_t depth,
                                std::uint32_t* positions) {
  incomplete = false;
  duplicate = no_token;
  strangers_.clear();
  if (decoded_used_) decoded_.clear();
  decoded_used_ = false;
  if (positions == nullptr) return any(token, names, depth);
  others.clear();
  return members<true>(token, names, depth, positions);
}

std::string_view JsonWalker::name_text(std::uint32_t token) {
  const std::string_view raw = view_.raw_string(token);
  if (!view_.escapes || raw.find('\\') == std::string_view::npos) return raw;
  decode_string(raw, scratch_);
  decoded_used_ = true;
  return decoded_.text(scratch_)->view();
}

bool JsonWalker::string(std::uint32_t token) {
  if (view_.sound_escapes) return true;
  const std::string_view raw = view_.raw_string(token);
  return check_escapes(raw.data(), raw.data() + raw.size(), fault, view_.text);
}

bool JsonWalker::scalar(std::uint32_t token) {
  const char* const at = view_.text + view_.index[token];
  const char* end = at;
  const auto literal = [&](std::string_view word) {
    if (std::memcmp(at, word.data(), word.size()) == 0) end = at + word.size();
  };
  switch (*at) {
    case 't':
      literal("true");
      break;
    case 'f':
      literal("false");
      break;
    case 'n':
      literal("null");
      break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      end = number_end(at, fault, view_.text);
      if (end == nullptr) return false;
      break;
    default:
      break;
  }
  const bool ends =
      ends_scalar[static_cast<unsigned char>(*end)] && (*end != '\0' || end == view_.text + view_.length);
  if (end != at && ends) return true;
  fail(token, end != at && (*at == '-' || (*at >= '0' && *at <= '9')) ? "this is not a number as JSON writes them"
                                                                      : expected_value);
  return false;
}

std::uint32_t JsonWalker::any(std::uint32_t token, MemberNames& inner, std::uint32_t depth) {
  switch (view_.at(token)) {
    case '"':
      return string(token) ? token + 1 : failed;
    case '{':
      return members<false>(token, inner, depth, nullptr);
    case '[':
      return elements(token, inner, depth);
    default:
      return scalar(token) ? token + 1 : failed;
  }
}

std::uint32_t JsonWalker::elements(std::uint32_t token, MemberNames& inner, std::uint32_t depth) {
  if (depth >= max_depth) return fail(token, "values are nested more than 512 deep");
  ++token;
  if (view_.at(token) == ']') return token + 1;
  while (true) {
    token = any(token, inner, depth + 1);
    if (token == failed) return failed;
    const char c = view_.at(token);
    ++token;
    if (c == ',') continue;
    if (c == ']') return token;
    return fail(token - 1, "`,` or `]` is expected");
  }
}

MemberNames& JsonWalker::inner_names(MemberNames& names, std::uint16_t name) {
  if (name == MemberNames::none) return *no_more_;
  MemberNames*& inner = names[name].inner;
  if (inner == nullptr) inner = all_names_.size() < max_kinds ? &all_names_.emplace_back(names_arena_) : no_more_;
  return *inner;
}

// A name that did not come in its usual place. Gives its number, `none` where it has none.
std::uint16_t JsonWalker::look_up(std::uint32_t token, MemberNames& names, std::string_view& text) {
  text = name_text(token);
  const std::uint16_t known = names.find(text);
  if (known != MemberNames::none || &names == no_more_) return known;
  // Only a name that is written without escapes can be compared byte by byte.
  if (text.data() != view_.text + view_.index[token] + 1) return MemberNames::none;
  return names.learn(text);
}

bool JsonWalker::is_repeated(std::string_view name, std::size_t first,
                             std::unique_ptr<std::unordered_set<std::string_view>>& index) {
  constexpr std::size_t worth_hashing = 32;
  const auto begin = strangers_.begin() + static_cast<std::ptrdiff_t>(first);
  if (index == nullptr && strangers_.size() - first >= worth_hashing) {
    index = std::make_unique<std::unordered_set<std::string_view>>(begin, strangers_.end());
  }
  const bool repeated =
      index != nullptr ? !index->insert(name).second : std::find(begin, strangers_.end(), name) != strangers_.end();
  strangers_.push_back(name);
  return repeated;
}

template <bool noting>
std::uint32_t JsonWalker::members(std::uint32_t token, MemberNames& names, std::uint32_t depth,
                                  std::uint32_t* positions) {
  if (depth >= max_depth) return fail(token, "values are nested more than 512 deep");
  std::uint64_t had[MemberNames::max_words];
  std::size_t words = names.words();
  std::fill_n(had, words, 0);
  const std::size_t first_stranger = strangers_.size();
  std::unique_ptr<std::unordered_set<std::string_view>> index;
  ++token;
  const auto finish = [&](std::uint32_t next) {
    strangers_.resize(first_stranger);
    if constexpr (noting) {
      seen.fill(0);
      std::copy_n(had, words, seen.begin());
    }
    return next;
  };
  if (view_.at(token) == '}') return finish(token + 1);
  std::uint16_t expected = names.first;
  std::uint16_t before = MemberNames::none;
  while (true) {
    if (view_.at(token) != '"') return fail(token, expected_name);
    const char* const raw = view_.text + view_.index[token] + 1;
    std::uint16_t name = expected;
    if (name >= names.size() ||
        !names.matches(name, raw, view_.length - view_.index[token] + JsonView::slack - 1)) {
      if (!string(token)) return failed;
      std::string_view text;
      const std::size_t known = names.size();
      name = look_up(token, names, text);
      if (name == MemberNames::none) {
        if (is_repeated(text, first_stranger, index) && duplicate == no_token) duplicate = token;
        if constexpr (noting) others.push_back(token);
      } else {
        if (words < names.words()) had[words++] = 0;
        // Spelt with escapes it may stand among those that were not learnt.
        const auto strangers = strangers_.begin() + static_cast<std::ptrdiff_t>(first_stranger);
        if (names.size() > known && duplicate == no_token &&
            std::find(strangers, strangers_.end(), text) != strangers_.end()) {
          duplicate = token;
        }
        (before == MemberNames::none ? names.first : names[before].next) = name;
      }
    }
    if (name != MemberNames::none) {
      std::uint64_t& word = had[name / 64];
      const std::uint64_t bit = std::uint64_t{1} << (name % 64);
      if ((word & bit) != 0 && duplicate == no_token) duplicate = token;
      word |= bit;
      before = name;
      expected = names[name].next;
    }
    if (view_.at(token + 1) != ':') return fail(token + 1, "`:` is expected");
    token += 2;
    if constexpr (noting) {
      if (name != MemberNames::none && names[name].position != MemberNames::none) {
        positions[names[name].position] = token;
      }
    }
    const char c = view_.at(token);
    if (c == '"') {
      if (!string(token)) return failed;
      ++token;
    } else if (c == '{') {
      token = members<false>(token, inner_names(names, name), depth + 1, nullptr);
      if (token == failed) return failed;
    } else if (c == '[') {
      token = elements(token, inner_names(names, name), depth + 1);
      if (token == failed) return failed;
    } else {
      if (!scalar(token)) return failed;
      ++token;
    }
    const char next = view_.at(token);
    ++token;
    if (next == ',') continue;
    if (next == '}') return finish(token);
    return fail(token - 1, "`,` or `}` is expected");
  }
}

}  // namespace writ::facts
