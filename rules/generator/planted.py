"""What goes wrong in the whole program of a company. Each fault changes a few records of a sound one, and says which
findings must come of it. Nothing else may be found.
"""

from datetime import date, timedelta

from company import NOW, TODAY, at, days, stamp
from governance import ACKNOWLEDGED

# Document: the controls that look at it, and a topic that each of them asks for.
DOCUMENT_CONTROLS = {
    "internal-control": {"ORG-01": "asset_safeguarding"},
    "security": {"ORG-13": "systems_in_scope"},
    "access": {"ACC-01": "access_termination"},
    "crypto": {"ACC-06": "key_management"},
    "recovery-plan": {"AVL-01": "recovery_procedures"},
    "continuity": {"AVL-02": "service_restoration"},
    "backup": {"AVL-04": "backup_retention"},
    "change": {"CHG-03": "change_testing", "CHG-04": "change_testing"},
    "development": {"CHG-07": "component_testing", "CHG-08": "secure_maintenance"},
    "configuration": {"CHG-09": "system_design", "CHG-10": "asset_handling"},
    "classification": {"CNF-01": "sensitive_data_handling"},
    "retention": {"CNF-03": "disposal_requirements"},
    "incidents": {"INC-01": "incident_assignment"},
    "networks": {"NET-01": "protection_across_networks"},
    "premises": {"PHY-02": "facility_security_requirements"},
    "privacy": {"COM-03": "privacy_commitments"},
    "risk": {"RSK-03": "supplier_risk"},
    "vendors": {"RSK-04": "vendor_offboarding"},
    "patches": {"VUL-01": "patch_management"},
    "reporting": {"COM-01": "complaint_handling"},
    "documents": {"ORG-11": "policy_change_duty"},
    "roles": {"ORG-09": "availability_roles"},
    "chart": {"ORG-12": "lines_of_communication"},
}
EXTRA_AUDIENCE = {"security": ["ORG-02"]}


class Planted:
    def __init__(self, company, pack):
        self.c, self.pack = company, pack
        self.expected = []
        self.people = iter([p for p in company.current("Support", "Sales", "Product", "Marketing", "Operations")
                            if p not in company.heads.values() and p is not company.ceo][12:])
        self.documents()
        self.governance()
        self.personnel()
        self.hiring()
        self.risks_and_vendors()
        self.changes()
        self.environments_and_configuration()
        self.data()
        self.availability()
        self.alerts_and_incidents()
        self.networks_and_premises()
        self.access()
        self.weaknesses()
        self.communication()

    # ---- small tools ----------------------------------------------------------------------------------------------------

    def expect(self, why, key, *checks, only=None):
        """`only`: the pack whose values make a fault of it."""
        for check in checks:
            if only in {None, self.pack}:
                self.expected.append({"check": check, "key": key if isinstance(key, str) else key["id"], "why": why})

    def person(self):
        return next(self.people)

    def employee(self):
        return next(p for p in self.people if self.c.engagement(p)["kind"] == "employee")

    def changes_of(self, kind, index, urgency="normal"):
        rows = [c for c in self.c.records["Change"] if c["kind"] == kind and c["urgency"] == urgency
                and not c.get("automated") and not c.get("customer_impact")]
        return rows[index]

    def live(self, change):
        return min(d["deployed_at"] for d in self.c.records["Deployment"]
                   if change["id"] in d.get("changes", []) and d["environment"].endswith("production"))

    # ---- documents --------------------------------------------------------------------------------------------------------

    def documents(self):
        c = self.c
        for index, (key, controls) in enumerate(DOCUMENT_CONTROLS.items()):
            current = c.find("PolicyVersion", policy=key, status="approved")[0]
            # A section is gone.
            for control, topic in controls.items():
                current["topics"] = [t for t in current["topics"] if t != topic]
            for control in controls:
                self.expect(f"no section of “{key}” treats it", "organization", f"{control}.covers_topics")
            approval = c.one("Approval", policy_version=current["id"])
            if index % 4 == 0:  # signed by somebody without the right to
                approval["approver"] = c.current("Support")[1]["id"]
                self.expect("approved by a support specialist", current, *[f"{x}.approved" for x in controls])
            elif index % 4 == 1 and key != "chart":  # the writer agreed with himself
                current["authors"] = [c.ceo["id"]]
                self.expect("its only approver wrote it", current, *[f"{x}.approved_independently" for x in controls])
            elif index % 4 == 2:  # approved, and then no more
                approval["withdrawn_at"] = stamp(at(date(2026, 4, 1)))
                self.expect("its approval was withdrawn", current, *[f"{x}.approved" for x in controls])
            else:  # taken off the page on which it could be read
                c.one("Publication", policy_version=current["id"])["withdrawn_at"] = stamp(at(date(2026, 5, 4)))
                self.expect("nobody can read it any more", current, *[f"{x}.communicated" for x in controls],
                            *[f"{x}.communicated" for x in EXTRA_AUDIENCE.get(key, [])])

    # ---- how the program is run ------------------------------------------------------------------------------------------------

    def governance(self):
        c = self.c
        # The review that was due in March came in May.
        late = c.one("Review", kind="policy", policy="use", reviewed_on="2026-03-02")
        late["reviewed_on"] = "2026-05-11"
        self.expect("reviewed ten weeks late", "use", "ORG-07.cadence_kept")
        # Reviewed by somebody who is not management.
        c.one("Review", kind="policy", policy="internal-control", reviewed_on="2026-03-02")["reviewer"] = c.current("Sales")[2]["id"]
        c.one("Review", kind="policy", policy="retention", reviewed_on="2026-03-02")["reviewer"] = c.current("Sales")[2]["id"]
        self.expect("reviewed by a salesman", "retention", "ORG-07.reviewed_by_management")
        # Reviewed against last year's risks.
        c.one("Review", kind="policy", policy="networks", reviewed_on="2026-03-02")["risk_assessment"] = "ra-2025"
        self.expect("the review used the assessment of the year before", "networks", "ORG-07.reviewed_against_risk", only="organization-a")
        # Nobody in management answers for it.
        c.one("Policy", id="premises")["owner"] = c.current("Support")[4]["id"]
        self.expect("owned by a support specialist", "premises", "ORG-07.owned_by_management")
        c.one("Policy", id="backup").pop("owner")
        self.expect("owned by nobody", "backup", "ORG-07.owned_by_management", "ORG-11.every_policy_owned")
        # Automated checks of controls.
        c.one("ControlCheck", id="cc-ACC-07")["last_run_at"] = stamp(at(date(2026, 6, 26)))
        self.expect("has not run for days", "cc-ACC-07", "ORG-08.running")
        c.one("ControlCheck", id="cc-ACC-08").update(status="failing", failing_since=stamp(at(date(2026, 4, 20))))
        self.expect("fails, and nobody works on it", "cc-ACC-08", "ORG-08.failures_triaged", "ORG-08.failures_fixed")
        c.one("ControlCheck", id="cc-CHG-01")["enabled"] = False
        self.expect("nothing watches a control any more", "organization", "ORG-08.controls_watched")
        # Roles.
        leaver, _ = c.left_in_period[3]
        c.role(leaver, "system_owner", "2023-01-09", ["availability"])
        self.expect("left, and holds a role still", c.records["RoleAssignment"][-1], "ORG-09.holders_current")
        unaware = c.role(c.current("Data")[5], "data_owner", "2025-02-03", ["confidentiality"])
        unaware.pop("acknowledged_on")
        self.expect("does not know of the duty", unaware, "ORG-09.duties_accepted")
        # Meetings.
        meeting = c.one("Meeting", held_on="2026-03-08")
        meeting.pop("minutes_url")
        self.expect("no minutes", meeting, "ORG-10.meetings_recorded")
        lonely = c.one("Meeting", held_on="2025-11-08")
        lonely["attendees"] = lonely["attendees"][:1]
        self.expect("one attendee", lonely, "ORG-10.meetings_recorded")
        # Somebody who does not write policies wrote one.
        version = c.one("PolicyVersion", id="continuity-plan@2.0")
        version["authors"] = [c.current("Marketing")[3]["id"]]
        self.expect("written by a marketing manager", version, "ORG-11.changed_by_the_appropriate")
        # Reporting lines.
        for person, manager in ((self.employee(), None), (self.employee(), c.left_in_period[5][0])):
            job = c.engagement(person)
            job.pop("manager")
            if manager:
                job["manager"] = manager["id"]
            self.expect("reports to nobody who works here", person, "ORG-12.reporting_lines_known")
        first, second = self.person(), self.person()
        c.engagement(first)["manager"], c.engagement(second)["manager"] = second["id"], first["id"]
        for person in (first, second):
            self.expect("is above themselves", person, "ORG-12.reporting_lines_sound")

    # ---- what each person owes ---------------------------------------------------------------------------------------------------

    def personnel(self):
        c = self.c
        # Signed the version before, which is good no longer.
        who = self.person()
        c.version("conduct", "2.0", date(2026, 5, 4))
        old = c.one("PolicyVersion", id="conduct@1.0")
        old.update(status="superseded", retired_on="2026-05-04")
        for signed in c.find("Acknowledgement", policy_version="conduct@1.0"):
            signed["policy_version"] = "conduct@2.0"
            signed["signed_at"] = max(signed["signed_at"], stamp(at(date(2026, 5, 11))))
        c.one("Acknowledgement", person=who["id"], policy_version="conduct@2.0").update(
            policy_version="conduct@1.0", signed_at=stamp(at(date(2026, 3, 10))))
        self.expect("signed an older version", f"{who['id']}, conduct@2.0", "ORG-02.acknowledged")
        who = self.person()
        c.one("Acknowledgement", person=who["id"], policy_version="security@1.0").pop("signed_at")
        self.expect("was asked and never signed", f"{who['id']}, security@1.0", "ORG-02.acknowledged")
        # Trained more than a year ago, or not with success.
        who = self.person()
        c.one("TrainingAssignment", person=who["id"], course="Security 2026").update(
            course="Security 2025", assigned_on="2025-02-03", due_on="2025-03-31", completed_on="2025-03-10")
        self.expect("trained last year", who, "ORG-02.trained", "ORG-03.completed_within_interval")
        who = self.person()
        c.one("TrainingAssignment", person=who["id"], course="Security 2026")["passed"] = False
        self.expect("did not pass", who, "ORG-02.trained", "ORG-03.completed_within_interval")
        who = self.person()
        overdue = c.add("TrainingAssignment", id=c.number("tr"), person=who["id"], course="Phishing",
                        topics=["security_awareness"], assigned_on="2026-05-04", due_on="2026-06-05")
        self.expect("due in June, not done", overdue, "ORG-03.nothing_overdue")
        # Appraisals.
        who = self.employee()
        c.one("PerformanceReview", person=who["id"])["completed_on"] = "2025-06-16"
        self.expect("last appraised more than a year ago", who, "ORG-06.reviewed_within_interval")
        who = self.employee()
        own = c.one("PerformanceReview", person=who["id"])
        own["reviewer"] = who["id"]
        self.expect("appraised themselves", own, "ORG-06.not_by_oneself")
        lost = c.find("PerformanceReview")[3]
        lost["on_file"] = False
        self.expect("not in the file", lost, "ORG-06.kept_on_file", only="organization-a")
        # Violations.
        cases = c.find("Ticket", kind="policy_violation")
        cases[0]["assignee"] = cases[0]["subject"]
        self.expect("handled by the one it is about", cases[0], "ORG-14.violations_answered")
        cases[1].pop("disposition")
        self.expect("closed without a decision", cases[1], "ORG-14.violations_answered")

    def hiring(self):
        c = self.c
        jobs = [j for j in c.records["Employment"] if j["hire_kind"] == "new_hire" and j["kind"] == "employee"
                and "2025-07-01" <= j["started_on"] <= "2026-05-20"]
        job = jobs[0]  # the report came weeks after the first day
        screening = c.one("BackgroundCheck", employment=job["id"])
        screening["completed_on"] = str(date.fromisoformat(job["started_on"]) + days(45))
        self.expect("screened after the start", job, "ORG-04.completed_in_time")
        job = jobs[1]
        screening = c.one("BackgroundCheck", employment=job["id"])
        screening["components"] = ["identity", "education"]
        self.expect("no look at criminal records", job, "ORG-04.comprehensive")
        job = jobs[2]
        screening = c.one("BackgroundCheck", employment=job["id"])
        screening["independent"] = False
        self.expect("screened by the company itself", job, "ORG-04.independent_provider", only="organization-a")
        job = jobs[3]
        screening = c.one("BackgroundCheck", employment=job["id"])
        screening.update(result="adverse")
        self.expect("an adverse result that nobody decided on", screening, "ORG-04.result_adjudicated")
        # A rehire without a new check: the old one is too old.
        job = c.one("Employment", hire_kind="rehire")
        screening = c.one("BackgroundCheck", employment=job["id"])
        screening.update(employment=c.find("Employment", person=job["person"])[0]["id"], requested_on="2022-04-04",
                         completed_on="2022-04-20")
        self.expect("came back, and was not screened again", job, "ORG-04.completed_in_time", "ORG-04.ordered_before_start")
        job = jobs[4]
        assessment = c.one("CandidateAssessment", person=job["person"])
        assessment["areas"] = ["qualifications", "experience"]
        self.expect("competency was not assessed", job, "ORG-05.assessed")
        job = jobs[5]
        c.one("CandidateAssessment", person=job["person"])["assessor"] = c.current("Support")[5]["id"]
        self.expect("assessed by a colleague", job, "ORG-05.by_a_hiring_manager")
        job = jobs[6]
        c.one("Agreement", person=job["person"])["signed_on"] = str(date.fromisoformat(job["started_on"]) + days(8))
        self.expect("signed a week late", job, "ORG-05.confidentiality_signed")
        job = jobs[7]  # trained in time, but half a year late
        training = c.one("TrainingAssignment", person=job["person"], course="Security for newcomers")
        training["completed_on"] = str(min(date.fromisoformat(job["started_on"]) + days(40), TODAY - days(1)))
        self.expect("trained after forty days", job, "ORG-03.newcomers_in_time")

    # ---- risks and vendors ----------------------------------------------------------------------------------------------------------

    def risks_and_vendors(self):
        c = self.c
        risk = lambda index: c.one("Risk", id=f"ra-2026-{index:02d}")
        risk(1).pop("treatment_plan")
        self.expect("nothing says how", risk(1), "RSK-01.strategy_recorded")
        risk(2)["owner"] = c.left_in_period[6][0]["id"]
        self.expect("its owner left", risk(2), "RSK-01.strategy_recorded")
        risk(3).pop("controls")
        self.expect("names no control", risk(3), "RSK-01.controls_linked")
        c.one("Approval", risk="ra-2026-06")["approver"] = c.officer["id"]
        self.expect("accepted by somebody without the right to", risk(6), "RSK-01.acceptance_authorized")
        c.one("Approval", risk="ra-2026-12")["expires_on"] = "2026-05-31"
        self.expect("the acceptance has run out", risk(12), "RSK-01.acceptance_authorized")
        risk(4)["due_on"] = "2026-06-15"
        self.expect("treatment overdue", risk(4), "RSK-01.treatment_not_overdue")
        assessment = c.one("RiskAssessment", id="ra-2026")
        assessment["threat_origins"] = ["external"]
        self.expect("only threats from outside", assessment, "RSK-02.covers_threats")
        assessment.pop("methodology")
        self.expect("follows no method", assessment, "RSK-02.formal")
        c.one("Approval", risk_assessment="ra-2026")["at"] = stamp(at(date(2026, 5, 20)))
        self.expect("approved three months later", assessment, "RSK-02.approved")
        assessment["participants"] = [c.officer["id"], c.heads["Platform"]["id"]]
        self.expect("nobody of senior management took part", assessment, "ORG-10.senior_management_identifies_risk")
        vendor = lambda name: c.one("Vendor", name=name)
        c.one("Agreement", vendor=vendor("Snowflake")["id"])["terminated_on"] = "2026-03-31"
        self.expect("the contract has ended", vendor("Snowflake"), "RSK-04.contracted")
        c.one("VendorReview", vendor=vendor("Parcelmap")["id"], kind="onboarding")["completed_on"] = "2025-11-20"
        self.expect("reviewed after it was taken on", vendor("Parcelmap"), "RSK-04.onboarded_after_review")
        c.records["VendorReview"].remove(c.one("VendorReview", vendor=vendor("Oldmail")["id"]))
        self.expect("parted from without a review", vendor("Oldmail"), "RSK-04.offboarded_in_order")
        vendor("Slack")["owner"] = c.left_in_period[7][0]["id"]
        self.expect("its owner left", vendor("Slack"), "RSK-04.owned")
        reviews = lambda name: c.find("VendorReview", vendor=vendor(name)["id"])
        reviews("Okta")[1]["completed_on"] = "2025-10-06"
        self.expect("reviewed two months late", vendor("Okta"), "RSK-05.reviewed_within_interval")
        reviews("Datadog")[1]["report_period_end"] = "2024-01-31"
        self.expect("the report was old", reviews("Datadog")[1], "RSK-05.report_collected_and_current")
        reviews("Salesforce")[1].pop("outcome")
        self.expect("no conclusion", reviews("Salesforce")[1], "RSK-05.reviewer_and_outcome")
        reviews("Amazon Web Services")[1]["opinion"] = "qualified"
        self.expect("a qualified opinion that nobody followed up", reviews("Amazon Web Services")[1], "RSK-05.exceptions_followed")
        reviews("BambooHR")[1]["outcome"] = "rejected"
        self.expect("rejected, and in use", vendor("BambooHR"), "RSK-05.rejected_not_used")

    # ---- changes ---------------------------------------------------------------------------------------------------------------------

    def changes(self):
        c = self.c
        runs = lambda change: c.find("TestRun", change=change["id"])
        change = self.changes_of("application", 0)
        for run in runs(change):
            run["status"] = "failed"
        self.expect("deployed with failed tests", change, "CHG-01.tested_before_production", "CHG-01.tested_what_went_live",
                    "CHG-01.required_tests_green")
        change = self.changes_of("application", 1)
        for run in runs(change):
            run["revision"] = "0" * 24
        self.expect("another revision was tested", change, "CHG-01.tested_what_went_live")
        change = self.changes_of("database", 0)
        runs(change)[-1]["status"] = "failed"
        self.expect("one required test was red", change, "CHG-01.required_tests_green")
        # Approvals.
        change = self.changes_of("application", 2)
        change["author"] = c.one("Approval", change=change["id"])["approver"]
        self.expect("approved by its author", change, "CHG-02.approved_before_production", "CHG-02.final_revision_approved",
                    "CHG-03.properly_approved")
        change = self.changes_of("application", 3)
        approval = c.one("Approval", change=change["id"])
        change["contributors"] = [approval["approver"]]
        self.expect("approved by one of its writers", change, "CHG-02.approved_before_production",
                    "CHG-02.final_revision_approved")
        change = self.changes_of("application", 4)
        c.one("Approval", change=change["id"])["at"] = "2026-06-29T10:00:00Z"
        self.expect("approved afterwards", change, "CHG-02.approved_before_production", "CHG-03.properly_approved")
        change = self.changes_of("infrastructure", 0)
        c.one("Approval", change=change["id"])["revision"] = "f" * 24
        self.expect("changed after it was approved", change, "CHG-02.final_revision_approved")
        change = self.changes_of("application", 0, "emergency")
        change.pop("ticket")
        self.expect("an emergency without a ticket", change, "CHG-02.emergency_approved", "CHG-03.ticket_before_production")
        change = self.changes_of("application", 1, "emergency")
        c.one("Approval", change=change["id"])["withdrawn_at"] = self.live(change)
        self.expect("its approval was withdrawn", change, "CHG-02.emergency_approved", "CHG-02.final_revision_approved",
                    "CHG-03.properly_approved")
        change = self.changes_of("database", 1)
        change.pop("author")
        self.expect("nobody knows who wrote it", change, "CHG-02.author_known")
        change = self.changes_of("application", 5)
        c.one("Ticket", id=change["ticket"])["opened_at"] = "2026-06-28T10:00:00Z"
        self.expect("its ticket came later", change, "CHG-03.ticket_before_production")
        change = self.changes_of("application", 6)
        c.one("Ticket", id=change["ticket"]).pop("description")
        self.expect("its ticket says nothing", change, "CHG-03.ticket_before_production")
        rollout = c.find("Deployment", environment="tracking-production")[4]
        silent = c.add("Deployment", id=c.number("dep", 6), environment="tracking-production", revision="a" * 24,
                       status="succeeded", deployed_at=rollout["deployed_at"])
        self.expect("a rollout that leads back to nothing", silent, "CHG-03.every_rollout_logged")
        c.one("Repository", id="repo-portal")["production"] = False
        self.expect("no repository holds its code", "portal", "CHG-03.code_in_the_tool")
        c.one("Repository", id="repo-rates").update(required_checks=False)
        self.expect("takes changes before their checks", "repo-rates", "CHG-01.checks_demanded")
        c.one("Repository", id="repo-tracking").update(admins_enforced=False)
        self.expect("administrators can go around", "repo-tracking", "CHG-02.bypass_closed")
        c.one("Repository", id="repo-platform").update(force_push_allowed=True)
        self.expect("its history can be rewritten", "repo-platform", "CHG-02.bypass_closed", "CHG-11.codebases_protected")
        c.one("Repository", id="repo-infrastructure").update(visibility="public")
        self.expect("all the world can read it", "repo-infrastructure", "CHG-11.codebases_protected")
        change = self.changes_of("infrastructure", 1)
        change["milestones"] = [m for m in change["milestones"] if m["stage"] != "authorization"]
        self.expect("never authorised", change, "CHG-07.milestones_reached")
        change = self.changes_of("database", 2)
        change["milestones"][1]["completed_at"] = self.live(change)
        self.expect("authorised before its tests ended", change, "CHG-07.milestones_in_order")

    def environments_and_configuration(self):
        c = self.c
        c.one("Environment", id="rates-staging")["boundary"] = "aws:412233445566"
        for system in ("platform", "tracking", "portal", "rates"):
            self.expect("staging lies in production's account", f"{system}-production", "CHG-05.boundaries_apart")
        c.one("Environment", id="portal-staging")["networks"] = c.one("Environment", id="portal-production")["networks"]
        self.expect("networks overlap", "portal-production", "CHG-05.networks_apart")
        robot = c.one("Account", system="aws", login="svc-terraform")
        inside = c.one("AccessGrant", account=robot["id"])
        c.grant(robot, "automation", "non_console", NOW - timedelta(days=400), "platform-staging")
        self.expect("one identity on both sides", inside, "CHG-05.identities_apart")
        # Real data outside of production.
        copy = c.copies[0]
        copy["purpose"] = "testing"
        self.expect("taken for tests", copy, "CHG-06.only_for_customer_debugging")
        copy = c.copies[1]
        c.one("Approval", data_copy=copy["id"])["approver"] = copy["requested_by"]
        self.expect("approved by who asked for it", copy, "CHG-06.approved")
        c.one("Ticket", id=copy["ticket"])["opened_at"] = stamp(at(date(2026, 1, 13)))
        self.expect("the case was opened afterwards", copy, "CHG-06.linked_to_customer_ticket")
        copy = c.copies[2]
        copy["copied_at"] = stamp(at(date(2026, 5, 4), 14))
        c.one("Ticket", id=copy["ticket"])["opened_at"] = stamp(at(date(2026, 5, 4), 9))
        c.one("Approval", data_copy=copy["id"])["at"] = stamp(at(date(2026, 5, 4), 12))
        self.expect("kept for two months", copy, "CHG-06.removed")
        c.add("DataStore", id="db-shadow", name="shadow database", kind="relational_database", environment="rates-development",
              created_on="2026-05-04", customer_data=False, production_data=True, backup_required=False,
              backup_exclusion_reason="not production")
        self.expect("holds real data for no case", "db-shadow", "CHG-06.no_unexplained_data")
        # Components and their configurations.
        new = lambda kind: next(a for a in c.records["Asset"] if a["name"].startswith(f"new-{kind}"))
        new("server").pop("introduced_by")
        self.expect("came in by no change", new("server"), "CHG-07.components_authorized", "CHG-09.introduced_by_change")
        arrival = c.one("Approval", change=new("storage")["introduced_by"])
        arrival["at"] = stamp(at(date.fromisoformat(new("storage")["commissioned_on"]) + days(3)))
        self.expect("put to work before the approval", new("storage"), "CHG-07.components_authorized")
        self.expect("the change went live before its approval", new("storage")["introduced_by"],
                    "CHG-02.approved_before_production")
        version = c.one("PolicyVersion", id="configuration@1.0")
        version.pop("aligned_with")
        self.expect("not checked against the security policy", version, "CHG-09.consistent_with_security_policy")
        baseline = lambda kind: c.one("ConfigurationBaseline", id=f"bl-{kind}")
        c.one("Approval", baseline="bl-storage")["approver"] = baseline("storage")["author"]
        self.expect("approved by its author alone", baseline("storage"), "CHG-11.baseline_approved")
        baseline("load_balancer")["repository"] = "repo-edi-codec"
        self.expect("lies in an open repository", baseline("load_balancer"), "CHG-11.baseline_kept_securely")
        c.one("Review", baseline="bl-network_device", reviewed_on="2026-02-24")["reviewed_on"] = "2025-05-05"
        self.expect("not gone through for a year", baseline("network_device"), "CHG-11.baseline_reviewed")
        scans = [k for k in c.records["ControlCheck"] if k["id"].startswith("scan-")]
        scans[0]["last_run_at"] = stamp(at(date(2026, 6, 12)))
        self.expect("not compared for weeks", scans[0], "CHG-11.conformance_checked")
        scans[1].update(status="failing", failing_since=stamp(at(date(2026, 6, 1))),
                        ticket=c.ticket("remediation", "Drift", at(date(2026, 6, 2)), assignee=c.officer["id"])["id"])
        self.expect("departs from its configuration for a month", scans[1], "CHG-11.drift_handled")
        database = new("database")
        database.pop("baseline")
        c.records["ControlCheck"].remove(c.one("ControlCheck", asset=database["id"]))
        self.expect("no agreed configuration", database, "CHG-11.every_component_has_one",
                    "CHG-10.new_sensitive_systems_baselined")

    # ---- data ---------------------------------------------------------------------------------------------------------------------------

    def data(self):
        c = self.c
        store = lambda name: c.one("DataStore", id=f"db-{name}")
        store("portal").pop("classification")
        self.expect("holds customers' data, and has no class", store("portal"), "CNF-01.stores_classified")
        store("rates")["classification"] = "public"
        self.expect("customers' data, classed public", store("rates"), "CNF-01.stores_classified")
        store("tracking").pop("retention")
        self.expect("kept without end", store("tracking"), "CNF-03.retention_set")
        requests = c.records["DisposalRequest"]
        requests[0]["completed_on"] = str(date.fromisoformat(requests[0]["received_on"]) + days(33))
        requests[0]["confirmed_on"] = str(date.fromisoformat(requests[0]["received_on"]) + days(35))
        self.expect("three days late", requests[0], "CNF-02.completed_on_time")
        requests[1]["actions"] = requests[1]["actions"][:-1]
        self.expect("one store was not purged", requests[1], "CNF-02.every_store_purged")
        requests[2]["excluded_stores"] = []
        self.expect("one store was forgotten", requests[2], "CNF-02.no_store_forgotten")
        requests[3]["actions"][0]["verified_by"] = requests[3]["actions"][0]["performed_by"]
        self.expect("verified by who did it", requests[3], "CNF-02.verified")
        requests[4].pop("confirmed_on")
        self.expect("the customer was not told", requests[4], "CNF-02.confirmed")
        requests[-1].pop("hold_ticket")
        self.expect("held back without a record", requests[-1], "CNF-02.hold_recorded")

    def availability(self):
        c = self.c
        c.one("Exercise", held_on="2025-10-14")["participants"] = [c.ceo["id"]]
        self.expect("one participant", c.one("Exercise", held_on="2025-10-14"), "AVL-03.documented")
        c.one("Exercise", held_on="2025-10-14")["reviewed_by"] = c.heads["Operations"]["id"]
        self.expect("evaluated by nobody of management", c.one("Exercise", held_on="2025-10-14"), "AVL-03.results_evaluated")
        c.one("Exercise", held_on="2024-10-15")["plans"] = ["continuity-plan"]
        self.expect("not exercised for more than a year", "recovery-plan", "AVL-03.tested", "AVL-01.tested")
        grave = c.one("Incident", id="inc-5")
        grave["resolved_at"] = grave["updated_at"] = stamp(at(date.fromisoformat(grave["detected_at"][:10]), 12))
        self.expect("took longer than allowed", grave, "AVL-01.disruptions_recovered_in_time")
        stores = {s["id"]: s for s in c.backed_up}
        backups = lambda name: c.find("Backup", data_store=f"db-{name}")
        gap = [b for b in backups("rates") if "2026-02-10" <= b["started_at"][:10] <= "2026-02-13"]
        for backup in gap:
            c.records["Backup"].remove(backup)
        self.expect("no backup for four days in February", stores["db-rates"], "AVL-04.no_gap_in_period")
        clear = backups("tracking")[10]
        clear["encrypted"] = False
        self.expect("in clear", clear, "AVL-04.encrypted")
        stores["db-portal"]["backup_plan"] = dict(stores["db-portal"]["backup_plan"], approved_by=c.current("Support")[6]["id"])
        self.expect("nobody of management set the retention", stores["db-portal"], "AVL-04.retention_set_by_management")
        c.add("DataStore", id="db-events", name="events", kind="nosql_database", system="platform",
              environment="platform-production", created_on="2026-03-02", customer_data=False, production_data=True,
              backup_required=False)
        self.expect("nobody decided on backups", "db-events", "AVL-04.every_store_decided")
        early = backups("orders")[100]
        early["deleted_at"] = stamp(at(date.fromisoformat(early["completed_at"][:10]) + days(20)))
        self.expect("deleted too early", early, "AVL-05.retained")
        stores["db-tracking"]["backup_plan"] = dict(stores["db-tracking"]["backup_plan"], automated=False)
        self.expect("made by hand", stores["db-tracking"], "AVL-05.automated")
        c.one("RestoreTest", data_store="db-portal", performed_on="2025-09-09")["environment"] = "portal-production"
        self.expect("restored into production", c.one("RestoreTest", data_store="db-portal", performed_on="2025-09-09"),
                    "AVL-06.outside_production")
        unverified = c.one("RestoreTest", data_store="db-rates", performed_on="2025-09-09")
        unverified["integrity_verified"] = False
        self.expect("nobody looked at the data", unverified, "AVL-06.integrity_checked")
        self.expect("no verified restore for more than a year", "db-rates", "AVL-06.restored_within_interval")
        lingering = c.one("DataCopy", purpose="restore_test")
        lingering["removed_at"] = stamp(at(date(2025, 10, 1)))
        self.expect("kept for three weeks", lingering, "AVL-06.copies_removed")
        balancer = c.find("Asset", kind="load_balancer")[0]
        balancer["redundancy"] = {"instances": 1, "zones": ["a", "b"], "automatic_failover": True}
        self.expect("one instance", balancer, "AVL-07.redundant")
        database = c.find("Asset", kind="database")[0]
        database["redundancy"] = dict(database["redundancy"], automatic_failover=False)
        self.expect("has to be switched over by hand", database, "AVL-07.fails_over")
        c.one("System", id="rates").pop("ha_rationale")
        self.expect("nobody said why not", "rates", "AVL-07.decision_recorded")
        c.one("Monitor", id="up-rates").update(third_party=False)
        self.expect("watched from inside alone", "rates", "AVL-08.watched", only="organization-a")
        c.one("Monitor", id="up-portal")["metrics"] = ["uptime", "downtime", "latency"]
        self.expect("errors are not counted", "portal", "AVL-08.metrics_covered", only="organization-a")
        c.one("Monitor", id="up-tracking")["muted_until"] = stamp(NOW + timedelta(days=30))
        self.expect("muted for a month", "up-tracking", "AVL-08.working")
        slow = next(a for a in c.records["Alert"] if a["monitor"].startswith("up-") and a["severity"] == "critical")
        slow["acknowledged_at"] = slow["resolved_at"] = stamp(NOW - timedelta(hours=1))
        self.expect("answered too late", slow, "AVL-08.alerts_answered")

    # ---- alerts and incidents -----------------------------------------------------------------------------------------------------------

    def alerts_and_incidents(self):
        c = self.c
        alerts = [a for a in c.records["Alert"] if a["monitor"].startswith("sec-")]
        alerts[0].pop("notified_at")
        self.expect("nobody was told", alerts[0], "NET-02.teams_notified")
        alerts[1]["recipients"] = ["marketing"]
        self.expect("the wrong team was told", alerts[1], "NET-02.teams_notified")
        alerts[2]["acknowledged_at"] = stamp(NOW - timedelta(hours=1))
        self.expect("waited for months", alerts[2], "NET-02.triaged")
        c.one("Monitor", id="sec-portal")["last_evaluated_at"] = stamp(at(date(2026, 6, 20)))
        self.expect("blind for ten days", "sec-portal", "NET-02.monitors_reach_people")
        incident = lambda index: c.one("Incident", id=f"inc-{index}")
        incident(1).pop("assignee")
        self.expect("assigned to nobody", incident(1), "INC-01.prioritized_and_assigned")
        incident(3)["communicated_at"] = stamp(NOW - timedelta(days=30))
        self.expect("communicated too late", incident(3), "INC-01.communicated_inside")
        incident(4).pop("ticket")
        self.expect("tracked nowhere", incident(4), "INC-01.tracked_to_resolution")
        c.one("Exercise", held_on="2025-11-11").pop("report_url")
        self.expect("no report", c.one("Exercise", held_on="2025-11-11"), "INC-02.documented")
        c.one("Exercise", held_on="2025-11-11")["reviewed_on"] = "2026-01-20"
        self.expect("evaluated after two months", c.one("Exercise", held_on="2025-11-11"), "INC-02.results_evaluated")
        lessons = lambda index: c.one("Postmortem", id=f"pm-{index}")
        lessons(1)["sections"] = ["summary", "timeline"]
        self.expect("no lessons in it", incident(1), "INC-03.provided")
        lessons(3)["author"] = c.current("Support")[7]["id"]
        self.expect("nobody of management stands behind it", lessons(3), "INC-03.by_management")
        lessons(4)["shared_with"] = ["customers"]
        self.expect("the team did not get it", lessons(4), "INC-03.shared_with_the_team")
        lessons(6).pop("action_items")
        self.expect("leads to nothing", lessons(6), "INC-03.improvements_followed")
        incident(6).pop("external_notice_required")
        self.expect("nobody decided whether to tell", incident(6), "COM-04.decision_recorded")
        c.records["Publication"].remove(c.one("Publication", kind="incident_notice", incident="inc-3"))
        self.expect("customers were not told", incident(3), "COM-04.incident_notice_sent")
        change = next(x for x in c.records["Change"] if x.get("customer_impact"))
        c.one("Publication", kind="change_notice", change=change["id"])["published_at"] = stamp(NOW - timedelta(hours=3))
        self.expect("customers were told afterwards", change, "COM-04.change_notice_sent")

    # ---- networks and premises ----------------------------------------------------------------------------------------------------------

    def networks_and_premises(self):
        c = self.c
        rule = lambda system, name: c.one("FirewallRule", id=f"fw-{system}-{name}")
        rule("rates", "ssh")["sources"] = ["0.0.0.0/0"]
        self.expect("SSH from everywhere", rule("rates", "ssh"), "NET-03.nothing_open_to_all", "NET-03.sensitive_ports_closed")
        rule("portal", "ssh")["sources"] = ["198.51.0.0/16"]
        self.expect("SSH from a whole provider", rule("portal", "ssh"), "NET-03.sensitive_ports_closed")
        rule("tracking", "web").pop("justification")
        self.expect("nobody said why", rule("tracking", "web"), "NET-03.justified")
        rule("platform", "web")["last_reviewed_on"] = "2025-06-02"
        self.expect("not gone through for a year", rule("platform", "web"), "NET-03.reviewed")
        c.one("Environment", id="tracking-production")["default_deny_inbound"] = False
        self.expect("lets in what no rule names", "tracking-production", "NET-03.default_deny")
        badge = lambda person: c.one("Account", owner=person["id"], kind="badge")
        door = lambda account: c.find("AccessGrant", account=account["id"])[0]
        joined = [p for p in c.joined if c.one("Employment", person=p["id"])["started_on"] < "2026-06-01"]
        right = door(badge(joined[0]))
        c.one("Approval", access_grant=right["id"])["at"] = stamp(NOW - timedelta(days=2))
        self.expect("agreed to afterwards", right, "PHY-01.approved_before_entry")
        right = door(badge(joined[1]))
        c.one("Approval", access_grant=right["id"])["approver"] = c.current("Support")[8]["id"]
        self.expect("agreed to by a colleague", right, "PHY-01.approved_before_entry")
        right = door(badge(self.person()))
        right.pop("justification")
        self.expect("nobody said why", right, "PHY-01.based_on_need")
        person, end = c.left_in_period[8]
        pass_of = badge(person)
        pass_of["disabled_at"] = door(pass_of)["revoked_at"] = stamp(at(end + days(5)))
        self.expect("could enter for five days more", door(pass_of), "PHY-01.removed_on_leaving")
        lost = badge(c.left_in_period[9][0])
        lost["enabled"] = True
        lost.pop("disabled_at")
        self.expect("works, and its owner left", lost, "PHY-01.badges_known")
        right = door(badge(self.person()))
        c.records["Review"].remove(c.one("Review", access_grant=right["id"]))
        self.expect("never gone through", right, "PHY-01.reviewed")
        spare = c.one("AccessGrant", role="archive")
        spare["revoked_at"] = stamp(at(date(2026, 4, 20)))
        self.expect("taken away after two months", c.one("Review", kind="physical_access", decision="remove"),
                    "PHY-01.changes_carried_out")

    # ---- access -------------------------------------------------------------------------------------------------------------------------

    def access(self):
        c = self.c
        leavers = [(p, end) for p, end in c.left_in_period[10:] if c.department[p["id"]] in {"Support", "Sales", "Marketing", "Product"}]
        person, end = leavers[0]
        account = c.one("Account", owner=person["id"], system="slack")
        account["enabled"] = True
        account.pop("disabled_at")
        self.expect("left, and the account still works", account, "ACC-07.leavers_disabled")
        person, end = leavers[1]
        account = c.one("Account", owner=person["id"], system="jira")
        account["disabled_at"] = stamp(at(end + days(6)))
        self.expect("switched off six days later", account, "ACC-07.leavers_disabled")
        person, end = leavers[2]
        account = c.one("Account", owner=person["id"], system="jira")
        account["last_used_at"] = stamp(at(end + days(3)))
        self.expect("used after its owner had left", account, "ACC-07.not_used_after_leaving")
        host = c.find("Asset", kind="server", environment="tracking-production")[0]
        host["remote_password_login"] = True
        self.expect("takes passwords", host, "ACC-02.hosts_refuse_passwords")
        key = next(k for k in c.records["Credential"] if k["kind"] == "access_key" and k["enabled"]
                   and c.one("Account", id=k["account"])["kind"] == "service")
        key["rotated_at"] = stamp(NOW - timedelta(days=500))
        self.expect("not changed for more than a year", key, "ACC-02.keys_rotated")
        who = self.person()
        twin = c.one("Account", owner=who["id"], system="google")
        shared = c.add("Account", id=c.number("google"), system="google", login="office@ferrow.example", kind="shared",
                       owner=who["id"], enabled=True, created_at=twin["created_at"])
        self.expect("several people use it", shared, "ACC-03.nothing_shared")
        double = c.add("Account", id=c.number("bamboohr"), system="bamboohr", login=twin["login"].upper(), kind="service",
                       owner=who["id"], enabled=True, created_at=twin["created_at"])
        self.expect("one login for two", double, "ACC-03.login_unique")
        self.expect("one login for two", c.one("Account", owner=who["id"], system="bamboohr", kind="human"), "ACC-03.login_unique")
        weak = c.one("Account", owner=self.person()["id"], system="okta")
        weak.update(mfa_enrolled=False)
        for name in ("okta", "google", "bamboohr", "zendesk", "github", "aws", "teleport"):
            for account in c.find("Account", owner=weak["owner"], system=name, kind="human"):
                self.expect("no second factor at the identity provider", account, "ACC-04.second_factor_enrolled")
        c.one("AuthPolicy", id="edi-gateway")["min_length"] = 8
        self.expect("eight characters are enough", "edi-gateway", "ACC-04.passwords_strong")
        laptop = c.find("Asset", kind="workstation", status="in_use")[5]
        laptop["owner"] = c.left_in_period[11][0]["id"]
        self.expect("its owner left", laptop, "ACC-05.owned")
        server = c.find("Asset", kind="server", environment="rates-production")[0]
        server["last_reviewed_on"] = "2025-03-11"
        self.expect("not gone through for a year", server, "ACC-05.reviewed_within_interval")
        secret = c.records["Secret"][0]
        secret["store"] = "source_code"
        self.expect("lies in the source code", secret, "ACC-06.kept_safely")
        secret = c.records["Secret"][1]
        secret.update(rotation_enabled=False, rotated_on="2024-10-01")
        self.expect("not changed for a year", secret, "ACC-06.rotated")
        endpoint = c.one("Endpoint", id="track.ferrow.example:443")
        endpoint["tls_versions"] = ["tls1_0", "tls1_2"]
        self.expect("accepts an old version", endpoint, "ACC-08.strong_versions")
        endpoint = c.one("Endpoint", id="quote.ferrow.example:443")
        endpoint["certificate_expires_at"] = stamp(NOW - timedelta(days=1))
        self.expect("the certificate has ended", endpoint, "ACC-08.certificate_valid")

    # ---- weaknesses -------------------------------------------------------------------------------------------------------------------------

    def weaknesses(self):
        c = self.c
        found = lambda title: c.one("Finding", title=title)
        found("CVE-2025-1000").update(status="open")
        found("CVE-2025-1000").pop("resolved_on")
        self.expect("open for months", found("CVE-2025-1000"), "VUL-01.handled_in_time")
        late = found("CVE-2025-1005")
        late["resolved_on"] = str(date.fromisoformat(late["identified_on"]) + days(44))
        self.expect("mended two weeks late", late, "VUL-01.handled_in_time")
        c.one("Approval", finding=found("CVE-2025-0999")["id"])["approver"] = found("CVE-2025-0999")["owner"]
        self.expect("accepted by its owner", found("CVE-2025-0999"), "VUL-01.handled_in_time")
        found("PT-2026-1").pop("verified_on")
        self.expect("nobody tried it again", found("PT-2026-1"), "VUL-02.findings_resolved")
        found("PT-2026-2").pop("ticket")
        self.expect("no ticket", found("PT-2026-2"), "VUL-02.findings_tracked")
        test = c.one("PenetrationTest", id="pt-2026")
        test["environment"] = "platform-staging"
        self.expect("not in production", test, "VUL-02.in_production")
        c.one("PenetrationTest", id="pt-2025")["systems"] = ["platform", "tracking", "rates"]
        self.expect("left out of the test of 2025", "portal", "VUL-02.tested_within_interval")

    # ---- communication ----------------------------------------------------------------------------------------------------------------------

    def communication(self):
        c = self.c
        concerns = c.find("Ticket", kind="security_concern")
        concerns[0].pop("acknowledged_at")
        self.expect("nobody answered", concerns[0], "COM-01.taken_up")
        concerns[1].pop("disposition")
        self.expect("closed without a word", concerns[1], "COM-01.settled")
        page = c.one("Publication", kind="security_commitment")
        page["reachable_checked_at"] = stamp(at(date(2026, 4, 1)))
        self.expect("nobody knows whether it can be read", page, "COM-02.readable")
        page["published_at"] = stamp(at(date(2024, 3, 1)))
        self.expect("more than two years old", page, "COM-02.kept_fresh")
        signed = c.find("Agreement", kind="terms_of_service")
        signed[0].pop("policy_version")
        self.expect("nobody knows which terms", signed[0], "COM-05.accepted_version_in_force")
        terms = c.one("PolicyVersion", id="terms@1.0")
        c.one("Approval", policy_version="terms@1.0")["approver"] = c.officer["id"]
        self.expect("approved by the wrong office", terms, "COM-05.approved")
        concerns[2]["confidential"] = False
        self.expect("others can read it", concerns[2], "COM-06.kept_confidential")
        c.one("ReportingChannel", id="rc-outside")["last_tested_on"] = "2025-04-01"
        self.expect("not tried for a year", "rc-outside", "COM-06.works")
