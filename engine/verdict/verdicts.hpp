// What a run decided. Plain data: reports read it and nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/facts/store.hpp"
#include "language/program.hpp"

namespace writ::verdict {

// In the order of the table: a control's verdict is the worst of its checks', `not_applicable` only when all are.
enum class Verdict : std::uint8_t { fail, error, no_evidence, waived, pass, not_applicable };
std::string_view spelling(Verdict verdict);  // `fail`, `no_evidence`, …
Verdict worst(Verdict a, Verdict b);

// A record bound in a finding: `a = Account "a1" at accounts.json:12:5`.
struct BoundRecord {
  std::string variable;
  std::string entity;      // empty where the variable is no record
  std::string key;         // parts joined with `, `; the value's text where it is no record
  facts::TextPlace place;  // path empty where it is no record
};

// A sub-expression that decided: `a.owner.status` = `terminated`, where in the rules and where in the evidence.
struct Decider {
  std::string expression;  // source text, white space folded
  std::string value;       // as messages show values
  source::Span span;
  std::optional<facts::TextPlace> place;  // of the field in the evidence, where it is one
  std::uint32_t depth = 0;                // nesting, for layout
};

struct Finding {
  std::string key;  // keys of the bound records joined with `, `: what waivers and tests name
  std::vector<BoundRecord> records;
  std::string message;
  std::uint32_t requirement = 0;  // index in the check
  std::vector<Decider> because;
  std::string fingerprint;                   // 16 hex digits of (control, check, key); stable from run to run
  std::optional<language::WaiverId> waiver;  // that covers it; of several in force, the first one written
  std::uint32_t unset = 0;  // in tests: the message reads a value that was left out (facts::Column::unset)
};

// A member whose evaluation failed.
struct Failure {
  std::string key;
  std::vector<BoundRecord> records;
  std::string reason;       // `division by zero`
  source::Span span;        // the expression at fault
  std::uint32_t unset = 0;  // in tests: which value was left out and read (facts::Column::unset)
};

struct CheckResult {
  language::CheckId check{};
  Verdict verdict = Verdict::not_applicable;
  std::uint64_t population = 0;  // members in scope
  std::uint64_t tested = 0;      // members for which every requirement could be decided
  std::uint64_t broken = 0;      // members that break a requirement, waived ones included
  std::uint64_t waived = 0;
  std::vector<Finding> findings;  // in order of the population: by file, then place
  std::vector<Failure> failures;
  std::vector<std::string> reasons;     // why error or no_evidence: "no evidence of `Account` was supplied"
  std::optional<std::string> excluded;  // why the pack leaves it out; it was not evaluated then
};

struct ControlResult {
  language::ControlId control{};
  Verdict verdict = Verdict::not_applicable;
  std::vector<CheckResult> checks;
};

// One member of a check's population, or a record that is not in it, traced on request (`writ explain --key`).
enum class Outcome : std::uint8_t { holds, broken, failed, out_of_scope };
std::string_view spelling(Outcome outcome);  // `holds`, `broken`, `failed`, `out of scope`

struct MemberTrace {
  std::string key;
  std::vector<BoundRecord> records;
  Outcome outcome = Outcome::holds;
  std::string message;  // broken: the finding's; failed: the reason; out of scope: the condition
  std::vector<Decider> because;
};

struct EvidenceUse {
  types::EntityId entity{};
  bool supplied = false;
  std::uint64_t records = 0;
  std::uint64_t bad = 0;
  std::optional<types::Timestamp> collected_at;
};

// What a key of a waiver names: something that breaks the check, a member that holds, or nothing.
enum class KeyOutcome : std::uint8_t { broken, holds, unknown };

enum class WaiverState : std::uint8_t { in_force, not_started, expired };
std::string_view spelling(WaiverState state);  // `in_force`, …

// What became of a waiver.
struct WaiverResult {
  language::WaiverId waiver{};
  WaiverState state{};
  bool decided = false;          // every check that it names was evaluated for every member
  std::uint64_t covered = 0;     // findings that it covers; where it is not in force, those that it would cover
  std::uint64_t matched = 0;     // members that it names or whose condition holds, broken or not
  std::vector<KeyOutcome> keys;  // by WaiverDef::keys
  bool covers_all = false;       // two members or more are in scope, and it covers every one of them

  // Decided, and it covers nothing.
  bool stale() const { return decided && covered == 0; }
};

struct Verdicts {
  types::Timestamp now;
  types::Timestamp period_start, period_end;
  std::vector<ControlResult> controls;    // in order of control id
  std::vector<EvidenceUse> evidence;      // entities that were read, by name
  std::array<std::uint64_t, 6> totals{};  // controls by Verdict
  std::vector<WaiverResult> waivers;      // those of the checks that were asked for, in the order of the source
};

}  // namespace writ::verdict
