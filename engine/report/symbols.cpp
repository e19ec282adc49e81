#include "engine/report/symbols.hpp"

namespace writ::report {

using verdict::Outcome;
using verdict::Verdict;

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail:
      return Ink::red;
    case Verdict::error:
      return Ink::magenta;
    case Verdict::no_evidence:
      return Ink::yellow;
    case Verdict::waived:
      return Ink::blue;
    case Verdict::pass:
      return Ink::green;
    case Verdict::not_applicable:
      return Ink::dim;
  }
  return Ink::plain;
}

std::string_view symbol_of(Verdict verdict, bool unicode) {
  switch (verdict) {
    case Verdict::fail:
      return unicode ? "✗" : "x";
    case Verdict::error:
      return "!";
    case Verdict::no_evidence:
      return "?";
    case Verdict::waived:
      return "~";
    case Verdict::pass:
      return unicode ? "✓" : "+";
    case Verdict::not_applicable:
      return unicode ? "–" : "-";
  }
  return "!";
}

std::string_view words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_evidence:
      return "no evidence";
    case Verdict::not_applicable:
      return "not applicable";
    case Verdict::fail:
    case Verdict::error:
    case Verdict::waived:
    case Verdict::pass:
      return verdict::spelling(verdict);
  }
  return verdict::spelling(verdict);
}

Ink ink_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::holds:
      return Ink::green;
    case Outcome::broken:
      return Ink::red;
    case Outcome::failed:
      return Ink::magenta;
    case Outcome::out_of_scope:
      return Ink::dim;
  }
  return Ink::plain;
}

std::string_view symbol_of(Outcome outcome, bool unicode) {
  switch (outcome) {
    case Outcome::holds:
      return symbol_of(Verdict::pass, unicode);
    case Outcome::broken:
      return symbol_of(Verdict::fail, unicode);
    case Outcome::failed:
      return symbol_of(Verdict::error, unicode);
    case Outcome::out_of_scope:
      return symbol_of(Verdict::not_applicable, unicode);
  }
  return symbol_of(Verdict::error, unicode);
}

}  // namespace writ::report
