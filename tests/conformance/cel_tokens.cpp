#include "tests/conformance/cel_tokens.hpp"

#include <cctype>
#include <cstdint>
#include <string_view>

#include "stdlib/functions/unicode.hpp"
#include "tests/conformance/cel_expression.hpp"

namespace writ::conformance {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Lexer {
 public:
  explicit Lexer(const std::string& source) : source_(source) {}

  std::vector<CelToken> read() {
    std::vector<CelToken> out;
    while (true) {
      while (at_ < source_.size() && std::isspace(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
      if (at_ == source_.size()) break;
      out.push_back(token());
    }
    out.emplace_back();
    return out;
  }

 private:
  CelToken token() {
    const char c = source_[at_];
    if (c == '"' || c == '\'') return text(false);
    if (is_digit(c)) return number();
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_') return name();
    for (const std::string_view symbol : {"==", "!=", "<=", ">=", "&&", "||"}) {
      if (source_.compare(at_, symbol.size(), symbol) != 0) continue;
      at_ += symbol.size();
      return {CelToken::Kind::symbol, std::string(symbol)};
    }
    ++at_;
    return {CelToken::Kind::symbol, std::string(1, c)};
  }

  CelToken name() {
    const std::size_t start = at_;
    while (at_ < source_.size() && is_name(source_[at_])) ++at_;
    const std::string word = source_.substr(start, at_ - start);
    const bool quoted = at_ < source_.size() && (source_[at_] == '"' || source_[at_] == '\'');
    if (!quoted) return {CelToken::Kind::name, word};
    if (word.find_first_of("bB") != std::string::npos) throw NotHad("bytes");
    return text(true);
  }

  CelToken number() {
    const std::size_t start = at_;
    if (source_.compare(at_, 2, "0x") == 0) {
      at_ += 2;
      while (at_ < source_.size() && std::isxdigit(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
      unsigned_suffix();
      return {CelToken::Kind::integer,
              std::to_string(std::stoull(source_.substr(start, at_ - start), nullptr, 16))};
    }
    bool floating = false;
    const auto digits = [this] {
      while (at_ < source_.size() && is_digit(source_[at_])) ++at_;
    };
    digits();
    if (at_ + 1 < source_.size() && source_[at_] == '.' && is_digit(source_[at_ + 1])) {
      floating = true;
      ++at_;
      digits();
    }
    if (at_ < source_.size() && (source_[at_] == 'e' || source_[at_] == 'E')) {
      floating = true;
      ++at_;
      if (source_[at_] == '+' || source_[at_] == '-') ++at_;
      digits();
    }
    unsigned_suffix();
    return {floating ? CelToken::Kind::floating : CelToken::Kind::integer, source_.substr(start, at_ - start)};
  }

  void unsigned_suffix() {
    if (at_ < source_.size() && (source_[at_] == 'u' || source_[at_] == 'U')) throw NotHad("unsigned numbers");
  }

  CelToken text(bool raw) {
    std::string quote = source_.substr(at_, 1);
    const std::string triple(3, quote[0]);
    if (source_.compare(at_, 3, triple) == 0) quote = triple;
    at_ += quote.size();
    std::string out;
    while (source_.compare(at_, quote.size(), quote) != 0) {
      if (at_ >= source_.size()) throw NotHad("the syntax of CEL's texts");
      if (source_[at_] == '\\' && !raw) {
        ++at_;
        escape(out);
      } else {
        out += source_[at_++];
      }
    }
    at_ += quote.size();
    return {CelToken::Kind::text, out};
  }

  void escape(std::string& out) {
    const char c = source_[at_++];
    constexpr std::string_view names = "abfnrtv";
    constexpr std::string_view values = "\a\b\f\n\r\t\v";
    if (const std::size_t known = names.find(c); known != std::string_view::npos) {
      out += values[known];
    } else if (c == 'x' || c == 'X') {
      code(2, 16, out);
    } else if (c == 'u') {
      code(4, 16, out);
    } else if (c == 'U') {
      code(8, 16, out);
    } else if (is_digit(c)) {
      --at_;
      code(3, 8, out);
    } else {
      out += c;
    }
  }

  void code(std::size_t digits, int base, std::string& out) {
    functions::append_utf8(out, static_cast<char32_t>(std::stoul(source_.substr(at_, digits), nullptr, base)));
    at_ += digits;
  }

  const std::string& source_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<CelToken> cel_tokens(const std::string& source) { return Lexer(source).read(); }

}  // namespace writ::conformance
