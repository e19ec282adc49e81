// How the grammar passes over what does not parse. `members<block, member>` reads the members of a braced body (or
// of the file) one by one. A member that fails has thrown SyntaxFailure: its diagnostic goes to the sink, what it
// left in the builder is dropped, and reading goes on at the next place where a member can begin. It never fails
// itself, and always advances.
#pragma once

#include <cstdint>
#include <string_view>
#include <tao/pegtl.hpp>

#include "language/diagnostics/diagnostic.hpp"

namespace writ::syntax {

enum class Block : std::uint8_t {
  file,
  enumeration,
  entity,
  check,
  control,
  template_body,
  derivation,
  pack,
  section,
  profile,
  test,
  given,
};

// One member or declaration did not parse. Thrown by the grammar's `must`, caught by `members`.
struct SyntaxFailure {
  diagnostics::Diagnostic diagnostic;
  std::uint32_t offset = 0;  // where reading stopped
};

// True when the word at `offset` begins something that stands outside a body of this kind: then the body's brace
// was never closed.
bool leaves_block(std::string_view text, std::uint32_t offset, Block block);

// True when the line of `offset` begins there, and begins a declaration, a member or a field, so that the word at
// `offset` is no part of an expression from the lines before.
bool begins_anew(std::string_view text, std::size_t offset);

// Where to read on in a body after a failure at `stopped` in a member that began at `begin`: the beginning of the
// next member, the brace that closes the body, a place that leaves the body, or the end of the text. Greater than
// `begin` unless that is the end.
std::uint32_t resume_after(std::string_view text, std::uint32_t begin, std::uint32_t stopped, Block block);

namespace grammar {

struct gap;

template <Block block, typename Member>
struct members {
  using rule_t = members;
  using subs_t = tao::pegtl::type_list<Member>;

  template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode, template <typename...> class Action,
            template <typename...> class Control, typename Input, typename Builder>
  static bool match(Input& in, Builder& builder) {
    builder.open_block(block);
    for (;;) {
      const std::uint32_t begin = builder.offset(in.current());
      if (in.empty() || (block != Block::file && leaves_block(builder.text(), begin, block))) {
        builder.leave_block(begin);
        return true;
      }
      if (block != Block::file && *in.current() == '}') {
        builder.close_block(begin);
        in.bump(1);
        return Control<gap>::template match<A, tao::pegtl::rewind_mode::dontcare, Action, Control>(in, builder);
      }
      const auto mark = builder.mark();
      try {
        if (!Control<Member>::template match<A, tao::pegtl::rewind_mode::required, Action, Control>(in, builder)) {
          Control<Member>::raise(static_cast<const Input&>(in), builder);
        }
      } catch (const SyntaxFailure& failure) {
        builder.recover(mark, failure, begin);
        in.iterator() = builder.text().data() + resume_after(builder.text(), begin, failure.offset, block);
        static_cast<void>(
            Control<gap>::template match<A, tao::pegtl::rewind_mode::dontcare, Action, Control>(in, builder));
      }
    }
  }
};

}  // namespace grammar
}  // namespace writ::syntax
