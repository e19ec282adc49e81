// The part of Builder that keeps the braced bodies that are open, and recovers from failures in them.
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "language/syntax/builder.hpp"
#include "language/syntax/words.hpp"

namespace writ::syntax {

using diagnostics::Code;

std::string Builder::what_is_open(Block block) const {
  switch (block) {
    case Block::file:
      return "the file";
    case Block::enumeration:
      return fmt::format("enum `{}`", enum_decl.name.text);
    case Block::entity:
      return fmt::format("entity `{}`", entity.name.text);
    case Block::check:
      return fmt::format("check `{}`", check.name.text);
    case Block::control:
      return fmt::format("control `{}`", control.id.text);
    case Block::template_body:
      return fmt::format("template `{}`", template_decl.name.text);
    case Block::derivation:
      return fmt::format("the derivation of `{}`", derive.entity.text);
    case Block::pack:
      return fmt::format("pack `{}`", pack.name.text);
    case Block::section:
      return fmt::format("section \"{}\"", section.title.text);
    case Block::profile:
      return fmt::format("profile `{}`", profile.name.text);
    case Block::test:
      return fmt::format("test \"{}\"", test.title.text);
    case Block::given:
      return fmt::format("the given `{}`", given.entity.text);
  }
  return "";
}

void Builder::open_block(Block block) {
  if (block == Block::entity) records_.emplace_back();
  if (block == Block::file || block == Block::control || block == Block::template_body || block == Block::test) {
    suspect_ = std::nullopt;
  }
  blocks_.push_back({block, brace_, what_is_open(block), false});
}

void Builder::close_block(std::uint32_t brace) {
  const OpenBlock& closed = blocks_.back();
  if (first_on_line(text_, brace) && indentation(text_, brace) < indentation(text_, closed.brace.begin)) {
    suspect_ = Suspect{closed.brace, closed.what, span(brace, brace + 1)};
  }
  blocks_.pop_back();
}

void Builder::leave_block(std::uint32_t offset) {
  const OpenBlock left = blocks_.back();
  blocks_.pop_back();
  if (left.block == Block::file) return;
  if (unclosed_ != nullptr && unclosed_at_ == offset) {
    unclosed_->label(left.brace, fmt::format("nor is the brace of {}", left.what));
    return;
  }
  unclosed_at_ = offset;
  if (suspect_) {
    unclosed_ = &sink_.add(Code::unclosed_block, suspect_->brace, fmt::format("{} is never closed", suspect_->what),
                           "this brace is never closed");
    unclosed_->label(suspect_->close, fmt::format("by its indentation, this one closes {}", left.what));
    suspect_ = std::nullopt;
    return;
  }
  unclosed_ = &sink_.add(Code::unclosed_block, left.brace, fmt::format("{} is never closed", left.what),
                         "this brace is never closed");
  if (offset < text_.size()) {
    const auto word = static_cast<std::uint32_t>(word_at(text_, offset).size());
    unclosed_->label(span(offset, offset + word), "a `}` is missing before this");
  }
}

void Builder::mark_damaged(Block block) {
  switch (block) {
    case Block::file:
      return;
    case Block::enumeration:
      enum_decl.damaged = true;
      return;
    case Block::entity:
      entity.damaged = true;
      return;
    case Block::check:
      check.damaged = true;
      return;
    case Block::control:
      control.damaged = true;
      return;
    case Block::template_body:
      template_decl.damaged = true;
      return;
    case Block::derivation:
      derive.damaged = true;
      return;
    case Block::pack:
      pack.damaged = true;
      return;
    case Block::section:
      section.damaged = true;
      return;
    case Block::profile:
      profile.damaged = true;
      return;
    case Block::test:
      test.damaged = true;
      return;
    case Block::given:
      given.damaged = true;
      return;
  }
}

void Builder::distrust_last_member(Block block) {
  const auto distrust = [this](ExprId& id) {
    if (id != ExprId::none) id = add_error(node_span(id));
  };
  const auto distrust_param = [&distrust](ParamDecl& decl) {
    distrust(decl.bound == ExprId::none ? decl.default_value : decl.bound);
  };
  switch (block) {
    case Block::file:
      if (tree_.declarations.empty()) return;
      if (auto* decl = std::get_if<FnDecl>(&tree_.declarations.back())) distrust(decl->body);
      if (auto* decl = std::get_if<ParamDecl>(&tree_.declarations.back())) distrust_param(*decl);
      return;
    case Block::check:
      if (!check.requirements.empty()) {
        distrust(check.requirements.back().message);
      } else if (!check.steps.empty()) {
        distrust(check.steps.back().value);
      }
      return;
    case Block::control:
    case Block::template_body:
      if (!control.params.empty()) distrust_param(control.params.back());
      if (!control.evidence.empty()) distrust(control.evidence.back().within);
      return;
    case Block::entity: {
      if (records_.back().empty()) return;
      Field& last = records_.back().back();
      if (last.default_value != ExprId::none) {
        distrust(last.default_value);
      } else if (!last.at) {
        last.type = add_error_type(tree_.type(last.type).span);
      }
      return;
    }
    case Block::pack:
      if (!pack.sets.empty()) distrust(pack.sets.back().value);
      return;
    case Block::profile:
      if (!profile.sets.empty()) distrust(profile.sets.back().value);
      return;
    case Block::derivation:
      if (!derive.fields.empty()) distrust(derive.fields.back().value);
      return;
    case Block::given:
      if (!given.fields.empty()) distrust(given.fields.back().value);
      return;
    case Block::test:
      if (!test.expects.empty()) distrust(test.expects.back().condition);
      return;
    case Block::section:
    case Block::enumeration:
      return;
  }
}

void Builder::recover(const Mark& mark, const SyntaxFailure& failure, std::uint32_t begin) {
  const Block block = blocks_[mark.blocks - 1].block;
  restore(mark.heights);
  blocks_.resize(mark.blocks);
  mark_damaged(block);
  // What no member begins with belongs to the member before it, which then is not what was meant.
  const bool leftover = failure.offset == begin && begin < text_.size() &&
                        std::string_view(",;}").find(text_[begin]) == std::string_view::npos &&
                        (!first_on_line(text_, begin) || word_at(text_, begin).empty());
  if (leftover) distrust_last_member(block);
  // A separator that no member needs is said once for a body, not for each of its lines.
  const char found = failure.offset < text_.size() ? text_[failure.offset] : '\0';
  const bool separator = failure.offset == begin && (found == ',' || found == ';');
  if (!separator || !std::exchange(blocks_.back().separator_reported, true)) {
    sink_.add(failure.diagnostic.code, failure.diagnostic.message) = failure.diagnostic;
  }
  if (block != Block::file) return;
  ErrorDecl error;
  error.span = span(begin, std::max(begin, failure.offset));
  error.name = std::exchange(declared_, std::nullopt);
  tree_.declarations.emplace_back(std::move(error));
}

}  // namespace writ::syntax
