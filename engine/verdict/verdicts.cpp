#include "engine/verdict/verdicts.hpp"

namespace writ::verdict {

std::string_view spelling(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail:
      return "fail";
    case Verdict::error:
      return "error";
    case Verdict::no_evidence:
      return "no_evidence";
    case Verdict::waived:
      return "waived";
    case Verdict::pass:
      return "pass";
    case Verdict::not_applicable:
      return "not_applicable";
  }
  return "error";
}

Verdict worst(Verdict a, Verdict b) {
  // The enumerators stand in the order of the table, worst first; `pass` outranks `not_applicable`.
  return a < b ? a : b;
}

std::string_view spelling(WaiverState state) {
  switch (state) {
    case WaiverState::in_force:
      return "in_force";
    case WaiverState::not_started:
      return "not_started";
    case WaiverState::expired:
      return "expired";
  }
  return "expired";
}

std::string_view spelling(Outcome outcome) {
  switch (outcome) {
    case Outcome::holds:
      return "holds";
    case Outcome::broken:
      return "broken";
    case Outcome::failed:
      return "failed";
    case Outcome::out_of_scope:
      return "out of scope";
  }
  return "failed";
}

}  // namespace writ::verdict
