#include <functional>

#include "tests/support/oracle_case.hpp"

namespace writ::support {

namespace {

class Shrinker {
 public:
  Shrinker(OracleCase start, int attempts)
      : best_(std::move(start)), left_(attempts), about_(run_case(best_).about) {}

  OracleCase run() {
    for (bool smaller = true; smaller && left_ > 0;) {
      smaller = false;
      smaller |= leave_out([](OracleCase& c) -> auto& { return c.program.controls; });
      smaller |= leave_out([](OracleCase& c) -> auto& { return c.program.declarations; });
      for (std::size_t f = 0; f < best_.files.size(); ++f)
        smaller |= leave_out([f](OracleCase& c) -> auto& { return c.files[f].records; });
      for (std::size_t k = 0; k < best_.program.controls.size(); ++k) {
        smaller |= leave_out([k](OracleCase& c) -> auto& { return c.program.controls[k].checks; });
        smaller |= shrink_text([k](OracleCase& c) -> std::string& { return c.program.controls[k].head; });
        for (std::size_t i = 0; i < best_.program.controls[k].checks.size(); ++i)
          smaller |= shrink_text([=](OracleCase& c) -> std::string& { return c.program.controls[k].checks[i]; });
      }
      for (std::size_t i = 0; i < best_.program.declarations.size(); ++i)
        smaller |= shrink_text([i](OracleCase& c) -> std::string& { return c.program.declarations[i]; });
    }
    return best_;
  }

 private:
  bool accept(OracleCase candidate) {
    if (left_-- <= 0) return false;
    const CaseReport report = run_case(candidate);
    // A smaller case with another difference is no smaller case of this one.
    if (report.outcome != CaseOutcome::differs || report.about != about_) return false;
    best_ = std::move(candidate);
    return true;
  }

  // Leaves out runs of items, long ones first.
  template <typename Of>
  bool leave_out(Of of) {
    bool smaller = false;
    for (std::size_t length = (of(best_).size() + 1) / 2; length > 0; length /= 2) {
      for (std::size_t at = 0; at < of(best_).size() && left_ > 0;) {
        OracleCase candidate = best_;
        auto& rest = of(candidate);
        const auto first = rest.begin() + static_cast<std::ptrdiff_t>(at);
        rest.erase(first, first + static_cast<std::ptrdiff_t>(std::min(length, rest.size() - at)));
        if (accept(std::move(candidate))) {
          smaller = true;
        } else {
          at += length;
        }
      }
    }
    return smaller;
  }

  using TextOf = std::function<std::string&(OracleCase&)>;

  bool replace(const TextOf& of, std::size_t begin, std::size_t end, const std::string& by) {
    OracleCase candidate = best_;
    std::string& text = of(candidate);
    if (end > text.size() || end - begin <= by.size()) return false;
    text.replace(begin, end - begin, by);
    return accept(std::move(candidate));
  }

  bool shrink_text(const TextOf& of) {
    bool smaller = false;
    // Lines, one by one.
    for (std::size_t begin = 0; begin < of(best_).size() && left_ > 0;) {
      const std::string& text = of(best_);
      const std::size_t newline = text.find('\n', begin);
      const std::size_t end = newline == std::string::npos ? text.size() : newline + 1;
      if (replace(of, begin, end, "")) {
        smaller = true;
      } else {
        begin = end;
      }
    }
    // Requirements are two lines, and groups in parentheses give way to constants or to a group within.
    for (std::size_t begin = 0; begin < of(best_).size() && left_ > 0; ++begin) {
      const std::string text = of(best_);
      if (text.compare(begin, 12, "    require ") == 0) {
        const std::size_t end = text.find('\n', text.find('\n', begin) + 1);
        if (end != std::string::npos) smaller |= replace(of, begin, end + 1, "");
      } else if (text[begin] == '(') {
        smaller |= shrink_group(of, begin);
      }
    }
    return smaller;
  }

  // Where the parenthesis that opens at `begin` closes, or npos.
  static std::size_t closing(const std::string& text, std::size_t begin) {
    int depth = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
      if (text[i] == '(') ++depth;
      if (text[i] == ')' && --depth == 0) return i + 1;
    }
    return std::string::npos;
  }

  bool shrink_group(const TextOf& of, std::size_t begin) {
    const std::string text = of(best_);
    const std::size_t end = closing(text, begin);
    if (end == std::string::npos) return false;
    for (const char* constant : {"true", "false", "0", "1", "\"a\"", "1 day"}) {
      if (replace(of, begin, end, constant)) return true;
    }
    for (std::size_t inner = begin + 1; inner < end; ++inner) {
      if (text[inner] != '(') continue;
      const std::size_t inner_end = closing(text, inner);
      if (inner_end < end && replace(of, begin, end, text.substr(inner, inner_end - inner))) return true;
    }
    // One side of ` and ` or ` or ` alone.
    for (const std::string& word : {std::string(" and "), std::string(" or ")}) {
      for (std::size_t at = text.find(word, begin); at < end; at = text.find(word, at + 1)) {
        if (replace(of, begin, end, text.substr(begin, at - begin) + ")")) return true;
        if (replace(of, begin, end, "(" + text.substr(at + word.size(), end - at - word.size()))) return true;
      }
    }
    return false;
  }

  OracleCase best_;
  int left_;
  Difference about_;
};

}  // namespace

OracleCase shrink(OracleCase oracle_case, int attempts) { return Shrinker(std::move(oracle_case), attempts).run(); }

}  // namespace writ::support
