// How verdicts and outcomes look: a word, a symbol for terminals with and without Unicode, an ink.
#pragma once

#include "engine/report/page.hpp"
#include "engine/verdict/verdicts.hpp"

namespace writ::report {

Ink ink_of(verdict::Verdict verdict);
std::string_view symbol_of(verdict::Verdict verdict, bool unicode);
// As people read it: `no evidence`, `not applicable`.
std::string_view words_of(verdict::Verdict verdict);
// How a control is judged among others, worst first.
inline constexpr verdict::Verdict all_verdicts[] = {
    verdict::Verdict::fail,   verdict::Verdict::error, verdict::Verdict::no_evidence,
    verdict::Verdict::waived, verdict::Verdict::pass,  verdict::Verdict::not_applicable};

Ink ink_of(verdict::Outcome outcome);
std::string_view symbol_of(verdict::Outcome outcome, bool unicode);

}  // namespace writ::report
