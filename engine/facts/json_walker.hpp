// Walks JSON values by their index and tests the whole grammar of RFC 8259, in what is not read as well: numbers,
// literals, escapes, nesting, and that no object has a member name twice. On the way it notes where the members of
// one object lie that somebody wants to read.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/facts/json_index.hpp"
#include "engine/facts/json_text.hpp"
#include "engine/facts/member_names.hpp"

namespace writ::facts {

class JsonWalker {
 public:
  static constexpr std::uint32_t failed = 0xffffffff;
  static constexpr std::uint32_t no_token = 0xffffffff;

  JsonWalker();

  // The text that the following values stand in. It must outlive their walks.
  void bind(const JsonView& view) { view_ = view; }
  const JsonView& view() const { return view_; }

  // Walks the value that starts at a token, `depth` levels deep, and gives the token behind it; `failed` with
  // `fault` where it is no JSON. Where the text ends before the value does, `incomplete` is set.
  std::uint32_t value(std::uint32_t token, std::uint32_t depth) { return start(token, *unread_, depth, nullptr); }
  // The same, for an object whose members are wanted: those that have a position are noted in `positions` (no_token
  // where there is none), and `seen` tells which names it has.
  std::uint32_t object(std::uint32_t token, MemberNames& names, std::uint32_t depth, std::uint32_t* positions) {
    return start(token, names, depth, positions);
  }

  JsonFault fault;
  bool incomplete = false;
  std::uint32_t duplicate = no_token;  // the first name that stands twice in an object of the last value

  // Of the last call of `object`: which of its names it had, and the tokens of those that could not be learnt.
  std::array<std::uint64_t, MemberNames::max_words> seen{};
  std::vector<std::uint32_t> others;

  // The text of a string, with escapes resolved. Lives until the next walk, or as long as the view.
  std::string_view name_text(std::uint32_t token);

  // Names with nothing learnt yet; owned by the walker.
  MemberNames& make_names();

 private:
  std::uint32_t start(std::uint32_t token, MemberNames& names, std::uint32_t depth, std::uint32_t* positions);
  std::uint32_t any(std::uint32_t token, MemberNames& inner, std::uint32_t depth);
  template <bool noting>
  std::uint32_t members(std::uint32_t token, MemberNames& names, std::uint32_t depth, std::uint32_t* positions);
  std::uint32_t elements(std::uint32_t token, MemberNames& inner, std::uint32_t depth);
  bool scalar(std::uint32_t token);
  bool string(std::uint32_t token);
  std::uint16_t look_up(std::uint32_t token, MemberNames& names, std::string_view& text);
  bool is_repeated(std::string_view name, std::size_t first,
                   std::unique_ptr<std::unordered_set<std::string_view>>& index);
  MemberNames& inner_names(MemberNames& names, std::uint16_t name);
  std::uint32_t fail(std::uint32_t token, const char* what);

  JsonView view_;
  Arena names_arena_;
  Arena decoded_;  // names with escapes, of the value that is being walked
  bool decoded_used_ = false;
  std::string scratch_;
  std::vector<std::string_view> strangers_;  // names that could not be learnt, of the objects that are open
  std::deque<MemberNames> all_names_;
  MemberNames* unread_;   // of values that nobody reads
  MemberNames* no_more_;  // learns nothing: used where there are too many kinds of object
};

}  // namespace writ::facts
