#include "engine/facts/member_names.hpp"

#include <algorithm>

namespace writ::facts {

std::uint16_t MemberNames::add(std::string_view text) {
  Name name;
  name.text = arena_->text(text)->bytes;
  name.length = static_cast<std::uint32_t>(text.size());
  char head[16] = {};
  char mask[16] = {};
  const std::size_t shown = std::min<std::size_t>(text.size(), 16);
  text.copy(head, shown);
  std::fill_n(mask, shown, '\xff');
  if (shown < 16) {
    head[shown] = '"';
    mask[shown] = '\xff';
  }
  // A name that is never written as it is: it is found by its text alone.
  if (text.find_first_of("\"\\") != std::string_view::npos) {
    std::fill_n(mask, 16, '\0');
    head[0] = '\1';
  }
  std::memcpy(name.head.data(), head, 16);
  std::memcpy(name.mask.data(), mask, 16);
  const auto at = static_cast<std::uint16_t>(names_.size());
  name.next = static_cast<std::uint16_t>(at + 1);
  names_.push_back(name);
  by_text_.emplace(std::string_view(name.text, name.length), at);
  return at;
}

std::uint16_t MemberNames::find(std::string_view name) const {
  const auto found = by_text_.find(name);
  return found == by_text_.end() ? none : found->second;
}

bool MemberNames::give(std::string_view name, std::uint16_t position) {
  std::uint16_t at = find(name);
  if (at == none) {
    if (names_.size() + max_learnt >= max_words * 64) return false;
    at = add(name);
    ++given_;
  }
  names_[at].known = true;
  if (position != none) names_[at].position = position;
  return true;
}

std::uint16_t MemberNames::learn(std::string_view name) {
  if (name.size() > max_learnt_length || names_.size() >= given_ + max_learnt) return none;
  return add(name);
}

}  // namespace writ::facts
