// Templates: checked once, and in each control as if their checks stood there.
#include <catch2/catch.hpp>
#include <string>

#include "compiling.hpp"

using writ::language::index;
using writ::testing::compile_text;
using writ::testing::Compiled;
using writ::testing::dump;

namespace {

const std::string entities = R"(
enum Kind { backup, access }
entity Policy {
  id: String key
  kind: Kind
  approver: String?
  reviewed_on: Date?
}
)";

const std::string shape = R"(
template in_force(kind: Kind, strict: Bool = true) {
  evidence Policy within review_interval + 0 months
  param review_interval: Period = 12 months where review_interval <= 24 months
  param approvers: Set<String>
  check exists {
    for organization
    require some p in Policy where p.kind == kind else "there is no {kind}"
  }
  check approved {
    for p in Policy where p.kind == kind and strict
    let by = p.approver
    require by is present and by in approvers else "{p.id} was approved by {by}"
  }
}
)";

std::string checks_of(const Compiled& compiled, std::string_view id) {
  std::string out;
  for (const auto& control : compiled.program.controls) {
    if (control.id != id) continue;
    for (const auto check : control.checks) out += compiled.program.checks[index(check)].qualified_name + " ";
  }
  return out;
}

std::string params_of(const Compiled& compiled, std::string_view id) {
  std::string out;
  for (const auto& control : compiled.program.controls) {
    if (control.id != id) continue;
    for (const auto param : control.params) {
      const auto& def = compiled.program.params[index(param)];
      out += def.qualified_name + "=" +
             (def.default_value == writ::language::ExprId::none ? "?"
                                                                : dump(compiled.program, def.default_value, {})) +
             " ";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a control has the checks of what it includes, in the place of the include") {
  const Compiled compiled = compile_text(entities + shape + R"(
control A-1 "Access" {
  check first { for p in Policy require p.id != "" else "x" }
  include in_force(access, approvers: {"ciso"})
  check last { for p in Policy require p.id != "" else "x" }
}
control A-2 "Backup" { include in_force(kind: backup, strict: false, review_interval: 6 months) }
pack p { set A-2.approvers = {"cto"} }
)");
  CHECK(compiled.text() == "");
  CHECK(checks_of(compiled, "A-1") == "A-1.first A-1.exists A-1.approved A-1.last ");
  CHECK(checks_of(compiled, "A-2") == "A-2.exists A-2.approved ");
  CHECK(params_of(compiled, "A-1") == "A-1.review_interval=12 months A-1.approvers=(set \"ciso\") ");
  CHECK(params_of(compiled, "A-2") == "A-2.review_interval=6 months A-2.approvers=? ");
  const auto& control = compiled.program.controls[0];
  REQUIRE(control.evidence.size() == 1);
  // The template's own text stays as it was checked; the control's has the values.
  const auto& check = compiled.program.checks[index(control.checks[2])];
  CHECK(check.locals.size() == 2);
  CHECK(dump(compiled.program, check.steps[1].value, check.locals) ==
        "(logical_and (equal p.kind Kind.access) true)");
  CHECK(dump(compiled.program, check.requirements[0].condition, check.locals).find("A-1.approvers") !=
        std::string::npos);
  CHECK(compiled.program.sources->text(check.name_span) == "approved");
  REQUIRE(check.included_at);
  CHECK(compiled.program.sources->text(*check.included_at) == "in_force");
}

TEST_CASE("an argument may speak of the control's parameters, and of nothing that is read") {
  const std::string head = entities + shape + "control A-1 \"Access\" {\n  param loose: Bool = false\n";
  CHECK(compile_text(head + "  include in_force(access, not loose, approvers: {\"a\"})\n}\n").text() == "");
  CHECK(compile_text(head + "  include in_force(access, today > 2026-01-01, approvers: {\"a\"})\n}\n").codes() ==
        "not-constant");
  CHECK(compile_text(head + "  include in_force(access, some p in Policy, approvers: {\"a\"})\n}\n").codes() ==
        "not-constant");
  // The default of a parameter is a constant.
  CHECK(compile_text(head + "  include in_force(access, approvers: if loose then {\"a\"} else {\"b\"})\n}\n")
            .codes() == "unknown-name");
}

TEST_CASE("what is wrong with an include is said there") {
  const auto codes = [](const std::string& include) {
    return compile_text(entities + shape + "control A-1 \"Access\" { include " + include + " }\n").codes();
  };
  CHECK(codes("in_force(kind: access)") == "");  // `approvers` is for a pack to set
  CHECK(codes("in_force()") == "wrong-arguments");
  CHECK(codes("in_force(access, true, 3)") == "wrong-arguments");
  CHECK(codes("in_force(kind: access, true)") == "wrong-arguments");
  CHECK(codes("in_force(access, kind: backup)") == "wrong-arguments");
  CHECK(codes("in_force(access, aprovers: {\"a\"})") == "wrong-arguments");
  CHECK(codes("in_force(3)") == "type-mismatch");
  CHECK(codes("in_force(acces)") == "unknown-member");
  CHECK(codes("in_forced(access)") == "unknown-template");
}

TEST_CASE("two includes of one template need names of their own") {
  const std::string twice = entities + shape + R"(
control A-1 "Both" {
  include in_force(access, approvers: {"a"}) as access
  include in_force(backup, approvers: {"a"})
}
)";
  const Compiled compiled = compile_text(twice);
  CHECK(compiled.text() == "");
  CHECK(checks_of(compiled, "A-1") == "A-1.access_exists A-1.access_approved A-1.exists A-1.approved ");
  CHECK(params_of(compiled, "A-1") ==
        "A-1.access_review_interval=12 months A-1.access_approvers=(set \"a\") A-1.review_interval=12 months "
        "A-1.approvers=(set \"a\") ");
  CHECK(compile_text(entities + shape + R"(
control A-1 "Both" {
  include in_force(access, approvers: {"a"})
  include in_force(backup, approvers: {"a"})
}
)")
            .codes()
            .starts_with("duplicate-name"));
  CHECK(compile_text(entities + shape + R"(
control A-1 "Both" {
  param approvers: Set<String> = {}
  include in_force(access, approvers: {"a"})
  check more { for p in Policy where p.id in approvers require p.id != "" else "x" }
}
)")
            .codes() == "duplicate-name");
}

TEST_CASE("a mistake in a template is said once, in its own text") {
  const Compiled compiled = compile_text(entities + R"(
template bad(kind: Kind) {
  check wrong { for p in Policy where p.kind == kind require p.aprover is present else "x" }
}
control A-1 "One" { include bad(access) }
control A-2 "Two" { include bad(backup) }
)");
  CHECK(compiled.codes() == "unknown-field");
}

TEST_CASE("templates have checks, use what they are told, and are included somewhere") {
  CHECK(compile_text(entities + "template empty(k: Kind) { }\ncontrol A-1 \"A\" { include empty(access) }\n")
            .codes()
            .starts_with("check-without-requirement"));
  CHECK(compile_text(entities + R"(
template idle(k: Kind) { check c { for p in Policy require p.id != "" else "x" } }
control A-1 "A" { include idle(access) }
)")
            .codes() == "unused-name");
  CHECK(compile_text(entities + R"(
template lonely(k: Kind) { check c { for p in Policy where p.kind == k require p.id != "" else "x" } }
control A-1 "A" { check c { for p in Policy require p.id != "" else "x" } }
)")
            .codes() == "unused-name");
  // A bound speaks of its own parameter.
  CHECK(compile_text(entities + R"(
template bounded(least: Int) {
  param count: Int = 1 where count >= least
  check c { for organization require count(p in Policy) >= count else "x" }
}
control A-1 "A" { include bounded(2) }
)")
            .codes()
            .find("not-constant") != std::string::npos);
}
