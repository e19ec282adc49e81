// The standard library compiles without a word: as a library, and as a user's own files, which are warned of more.
#include <catch2/catch.hpp>

#include "compiling.hpp"
#include "stdlib/modules.hpp"

using writ::testing::compile_text;
using writ::testing::compile_texts;

TEST_CASE("each module of the library stands on its own") {
  for (const writ::language::LibraryModule& module : writ::stdlib::modules()) {
    INFO(module.path);
    const auto compiled =
        compile_texts({{std::string(module.path), std::string(module.text)}}, writ::stdlib::modules());
    CHECK(compiled.text() == "");
  }
}

TEST_CASE("the access controls are included by a pack") {
  const auto compiled = compile_text(
      "pack acme \"Acme\" { version \"1\" include soc2.access set program_started_on = 2024-01-01 set "
      "ACC-07.removal_grace = 4 hours }\n");
  CHECK(compiled.text() == "");
  std::string ids;
  for (const auto& control : compiled.program.controls) {
    if (control.selected) ids += control.id + " ";
  }
  CHECK(ids == "ACC-01 ACC-02 ACC-03 ACC-04 ACC-05 ACC-06 ACC-07 ACC-08 ");
}

TEST_CASE("the shared functions of the catalogue compile as they are written there") {
  const auto compiled = compile_text(R"(
module catalogue
use std.access
use std.changes
use std.data
use std.people
use std.program
use std.policies
use std.decisions
use std.systems

fn employed_on_(p: Person, d: Date): Bool = some e in p.employments where e.started_on <= d and (e.ended_on is missing or e.ended_on >= d)
fn is_current_(p: Person): Bool = employed_on_(p, today)
fn engagement_(p: Person): Employment? = latest(e in p.employments where e.started_on <= today and (e.ended_on is missing or e.ended_on >= today) by e.started_on)
fn service_started_on_(p: Person): Date? = max(e.started_on for e in p.employments where e.hire_kind != internal_transfer and e.started_on <= today)
fn left_on_(p: Person): Date? = if is_current_(p) then missing else max(e.ended_on for e in p.employments where e.ended_on is present and e.ended_on < today)
fn on_leave_(p: Person, d: Date): Bool = some e in p.employments, l in e.leaves where l.from <= d and (l.until is missing or l.until >= d)
fn back_since_(p: Person): Date? = max(l.until for e in p.employments, l in e.leaves where l.until is present and l.until < today)
fn holds_(p: Person, roles: Set<RoleKind>, d: Date): Bool = some r in p.roles where r.role in roles and r.assigned_on <= d and (r.ended_on is missing or r.ended_on >= d)
fn standing_(a: Approval): Bool = a.decision == approved and a.withdrawn_at is missing
fn version_on_(p: Policy, d: Date): PolicyVersion? = latest(v in p.versions where v.status in {approved, superseded} and v.effective_on is present and v.effective_on <= d and (v.retired_on is missing or v.retired_on > d) by v.effective_on)
fn current_version_(p: Policy): PolicyVersion? = version_on_(p, today)
fn is_in_force_(v: PolicyVersion): Bool = v.policy.status == active and current_version_(v.policy) == v
fn serves_(v: PolicyVersion, k: PolicyKind): Bool = is_in_force_(v) and k in v.policy.kinds
fn topics_in_force_(k: PolicyKind): Set<PolicyTopic> = {t for v in PolicyVersion, t in v.topics where serves_(v, k)}
fn still_good_(old: PolicyVersion, grace: Duration): Bool = old.effective_on is present and (no w in old.policy.versions where w.material and w.status in {approved, superseded} and w.effective_on is present and w.effective_on > old.effective_on and w.effective_on <= today - grace)
fn first_effective_on_(p: Policy): Date? = min(v.effective_on for v in p.versions where v.status in {approved, superseded} and v.effective_on is present)
fn review_dates_(p: Policy): List<Date> = [x for x in union([r.reviewed_on for r in p.reviews where r.kind == policy and r.reviewer is present], [v.effective_on for v in p.versions where v.status in {approved, superseded} and v.effective_on is present])]
fn last_reviewed_on_(p: Policy): Date? = max(d for d in review_dates_(p) where d <= today)
fn approved_by_(v: PolicyVersion, roles: Set<RoleKind>): Bool = some a in v.approvals where standing_(a) and a.approver is present and holds_(a.approver, roles, date(a.at)) and (v.effective_on is missing or date(a.at) <= v.effective_on)
fn approved_independently_(v: PolicyVersion, roles: Set<RoleKind>): Bool = some a in v.approvals where standing_(a) and a.approver is present and a.approver not in v.authors and holds_(a.approver, roles, date(a.at)) and (v.effective_on is missing or date(a.at) <= v.effective_on)
fn reaches_(q: Publication, x: Audience): Bool = q.withdrawn_at is missing and q.published_at <= now and (x in q.audience or public in q.audience or (all_personnel in q.audience and x in {engineering, management, security_team, incident_responders, hr}))
fn communicated_(v: PolicyVersion, to: Set<Audience>): Bool = every x in to satisfies some q in v.publications where reaches_(q, x)
fn live_at_(c: Change): Timestamp? = min(d.deployed_at for d in c.deployments where d.environment.kind == production)
fn independent_approvers_(c: Change, by_when: Timestamp): Set<Person> = {a.approver for a in c.approvals where standing_(a) and a.approver is present and (c.author is missing or a.approver != c.author) and a.approver not in c.contributors and employed_on_(a.approver, date(a.at)) and a.at <= by_when}
fn authorized_approvers_(c: Change, roles: Set<RoleKind>, self_approval: Bool, by_when: Timestamp): Set<Person> = {a.approver for a in c.approvals where standing_(a) and a.approver is present and holds_(a.approver, roles, date(a.at)) and a.at <= by_when and (self_approval or c.author is missing or a.approver != c.author)}
fn in_production_(a: Asset): Bool = a.environment is present and a.environment.kind == production
fn runs_in_production_(s: System): Bool = some e in s.environments where e.kind == production
fn backup_covers_(d: DataStore): Bool = d.backup_required and d.environment.kind == production
fn grant_active_(g: AccessGrant): Bool = g.account.enabled and (g.revoked_at is missing or g.revoked_at > now) and (g.expires_at is missing or g.expires_at > now)
fn is_open_to_world_(n: Network): Bool = not is_private(n) and prefix_length(n) <= (if ip_version(n) == 4 then 8 else 16)
fn is_wide_(n: Network): Bool = not is_private(n) and prefix_length(n) < (if ip_version(n) == 4 then 24 else 48)
)");
  CHECK(compiled.text() == "");
}
