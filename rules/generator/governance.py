"""Documents, people's duties, risks and vendors of a company that does everything right."""

from datetime import date, timedelta

from company import PERIOD_START, TODAY, Company, at, days, stamp

PROGRAM_START = date(2024, 1, 1)
ASSESSED = (date(2024, 2, 12), date(2025, 2, 10), date(2026, 2, 9))  # the days of risk assessments
REVIEWED = (date(2024, 3, 4), date(2025, 3, 3), date(2026, 3, 2))  # of documents, three weeks later

# key: title, kinds, topics, audience
DOCUMENTS = {
    "internal-control": ("Internal control", ["internal_control"], [
        "control_maintenance", "asset_safeguarding", "operational_efficiency", "policy_adherence"], ["all_personnel"]),
    "security": ("Information security", ["information_security"], [
        "security_requirements", "confidentiality_requirements", "integrity_requirements", "availability_requirements",
        "applications_in_scope", "systems_in_scope", "infrastructure_in_scope", "data_in_scope"], ["all_personnel"]),
    "access": ("Access control", ["access_control"], [
        "authentication", "application_access", "system_access", "data_access", "network_access",
        "access_termination"], ["all_personnel"]),
    "crypto": ("Use of cryptography", ["encryption_and_key_management"], [
        "secret_encryption", "secret_decryption", "cryptographic_controls", "key_management"], ["engineering"]),
    "continuity-plan": ("Business continuity plan", ["business_continuity_plan"], [
        "disruption_response", "continuity_procedures"], ["management", "incident_responders"]),
    "recovery-plan": ("Disaster recovery plan", ["disaster_recovery_plan"], ["recovery_procedures"],
                      ["management", "incident_responders"]),
    "continuity": ("Continuity and recovery", ["continuity_and_recovery"], [
        "service_restoration", "infrastructure_restoration"], ["all_personnel"]),
    "backup": ("Backup", ["backup"], ["backup_schedule", "backup_retention"], ["engineering"]),
    "change": ("Change management", ["change_management"], [
        "change_documentation", "change_tracking", "change_testing", "change_approval", "system_changes",
        "network_changes", "security_changes", "infrastructure_changes"], ["engineering"]),
    "development": ("Secure development", ["secure_development"], [
        "sdlc_milestones", "component_testing", "component_evaluation", "component_authorization",
        "secure_software_development", "secure_system_development", "secure_maintenance"], ["engineering"]),
    "configuration": ("Configuration and assets", ["configuration_management", "asset_management"], [
        "system_design", "system_acquisition", "system_implementation", "system_configuration", "system_modification",
        "system_management", "new_system_configuration", "sensitive_systems", "asset_handling"], ["engineering"]),
    "classification": ("Classes of data", ["data_classification"], [
        "sensitive_data_security", "sensitive_data_handling"], ["all_personnel"]),
    "retention": ("Retention and disposal", ["data_retention_and_disposal"], [
        "retention_requirements", "disposal_requirements", "compliance_requirements", "contractual_obligations"],
                  ["all_personnel"]),
    "incidents": ("Incident response plan", ["incident_response_plan"], [
        "incident_identification", "incident_prioritization", "incident_communication", "incident_assignment",
        "incident_tracking", "incident_resolution"], ["all_personnel"]),
    "networks": ("Networks", ["network_security"], [
        "protection_within_networks", "protection_across_networks"], ["engineering"]),
    "premises": ("Premises", ["physical_security"], ["facility_security_requirements"], ["all_personnel"]),
    "privacy": ("Privacy notice", ["privacy"], ["privacy_commitments"], ["all_personnel", "public"]),
    "risk": ("Assessment and treatment of risk", ["risk_assessment_and_treatment"], [
        "threats", "vulnerabilities", "likelihood", "impact", "asset_risk", "team_member_risk", "customer_risk",
        "vendor_risk", "supplier_risk", "partner_risk", "risk_tolerance", "risk_strategies"], ["management"]),
    "vendors": ("Vendors", ["vendor_risk_management"], [
        "vendor_onboarding", "vendor_management", "vendor_offboarding"], ["management"]),
    "patches": ("Vulnerabilities and patches", ["vulnerability_and_patch_management"], [
        "vulnerability_response", "patch_management"], ["engineering"]),
    "reporting": ("Raising concerns", ["security_reporting"], [
        "complaint_handling", "security_request_handling", "issue_resolution"], ["all_personnel"]),
    "documents": ("Who writes and keeps policies", ["policy_governance"], [
        "policy_development_duty", "policy_maintenance_duty", "policy_change_duty"], ["management"]),
    "roles": ("Roles and responsibilities", ["roles_and_responsibilities"], [
        "security_roles", "availability_roles", "confidentiality_roles"], ["all_personnel"]),
    "chart": ("Organizational chart", ["organizational_chart"], [
        "positions_of_authority", "lines_of_communication"], ["all_personnel"]),
    "conduct": ("Code of conduct", ["code_of_conduct", "disciplinary"], [
        "individual_responsibilities", "disciplinary_action"], ["all_personnel"]),
    "use": ("Acceptable use", ["acceptable_use"], ["individual_responsibilities"], ["all_personnel"]),
    "terms": ("Terms of service", ["terms_of_service"], ["service_terms"], ["customers"]),
}
ACKNOWLEDGED = ("security", "conduct", "use")


class Governance(Company):
    """Needs the people of a Company; gives what management, personnel and compliance keep on record."""

    # ---- people at the top ----------------------------------------------------------------------------------------

    def build_special_people(self):
        super().build_special_people()
        self.ceo = self.new_person()
        self.department[self.ceo["id"]] = "Operations"
        self.add("Employment", id=self.number("e"), person=self.ceo["id"], kind="employee", hire_kind="new_hire",
                 started_on="2018-09-03", title="Chief Executive", country="DE")
        self.director = self.new_person()  # of the board, with no account of any kind
        self.department[self.director["id"]] = None
        self.add("Employment", id=self.number("e"), person=self.director["id"], kind="board_member",
                 hire_kind="new_hire", started_on="2019-01-14", title="Director", country="DE")
        for head in self.heads.values():
            self.one("Employment", person=head["id"])["manager"] = self.ceo["id"]
        self.steady.append(self.ceo)

    def systems_of(self, department):
        return super().systems_of(department) if department else []

    def employments(self, person):
        return sorted(self.of_person.get(person["id"], []), key=lambda e: e["started_on"])

    def engagement(self, person):
        """The job that is held today."""
        running = [e for e in self.employments(person)
                   if e["started_on"] <= str(TODAY) and e.get("ended_on", "9999") >= str(TODAY)]
        return running[-1] if running else None

    def service_start(self, person):
        return date.fromisoformat(max(e["started_on"] for e in self.employments(person)
                                      if e["hire_kind"] != "internal_transfer" and e["started_on"] <= str(TODAY)))

    def personnel(self):
        """Who works here today in a job of the kinds that duties are for, and is not away."""
        for person in self.records["Person"]:
            job = self.engagement(person)
            if job and job["kind"] in {"employee", "contractor"} and person is not self.absent:
                yield person, job

    # ---- roles and documents ----------------------------------------------------------------------------------------

    def build_policies(self):
        self.of_person = {}
        for job in self.records["Employment"]:
            self.of_person.setdefault(job["person"], []).append(job)
        for name in ("RiskAssessment", "Risk", "VendorReview", "Agreement", "TrainingAssignment", "BackgroundCheck",
                     "CandidateAssessment", "PerformanceReview", "Acknowledgement", "Meeting", "Ticket",
                     "ControlCheck", "ReportingChannel", "Finding", "Exercise"):
            self.records[name] = []
        self.officer, self.people_head = self.heads["Security"], self.heads["People"]
        self.privacy, self.compliance = self.current("Security")[1:3]
        self.build_assessments()
        self.build_documents()
        self.build_roles()
        self.build_risks()
        self.build_vendors()
        self.build_duties()
        self.build_hiring()
        self.build_meetings()
        self.build_concerns()

    def role(self, person, role, since, areas=None):
        return self.add("RoleAssignment", id=self.number("ra"), person=person["id"], role=role, areas=areas,
                        policy="roles" if areas else None, assigned_on=since,
                        acknowledged_on=str(date.fromisoformat(since) + days(9)) if areas else None)

    def build_roles(self):
        self.role(self.ceo, "executive", "2018-09-03", ["availability"])
        self.role(self.director, "board", "2019-01-14")
        self.role(self.heads["Sales"], "executive", "2025-12-01")  # the chart was drawn anew a week later
        self.role(self.heads["Finance"], "executive", "2020-06-01")
        self.role(self.officer, "security_officer", "2021-02-01", ["security", "confidentiality"])
        self.role(self.privacy, "privacy_officer", "2022-05-02", ["privacy"])
        self.role(self.compliance, "compliance_manager", "2022-05-02")
        self.role(self.people_head, "hr_manager", "2021-03-01")
        self.role(self.heads["Platform"], "engineering_manager", "2021-09-01")
        self.role(self.heads["Engineering"], "engineering_manager", "2021-09-01")
        self.role(self.heads["Operations"], "facility_manager", "2021-09-01")
        self.role(self.heads["Data"], "data_owner", "2022-01-10")
        self.approvers = self.current("Engineering")[1:6]
        for person in self.approvers:
            self.role(person, "change_approver", "2023-01-09")
        # Who gave a role up, and left since.
        person, end = self.left_before[0]
        self.add("RoleAssignment", id=self.number("ra"), person=person["id"], role="system_owner",
                 areas=["availability"], policy="roles", assigned_on="2022-01-10", ended_on=str(end))

    def version(self, key, number, day, retired=None, aligned=None):
        title, _, topics, audience = DOCUMENTS[key]
        version = self.add("PolicyVersion", id=f"{key}@{number}", policy=key, version=number,
                           status="superseded" if retired else "approved", authors=[self.officer["id"]],
                           effective_on=str(day), retired_on=str(retired) if retired else None, topics=topics,
                           aligned_with=aligned)
        self.add("Approval", id=self.number("pa"), approver=self.ceo["id"], decision="approved",
                 at=stamp(at(day - days(2), 15, 20)), policy_version=version["id"])
        self.add("Publication", id=self.number("pub"), kind="terms" if key == "terms" else "policy",
                 channel="website" if "public" in audience or "customers" in audience else "intranet",
                 audience=audience, published_at=stamp(at(day + days(1), 8)), policy_version=version["id"],
                 withdrawn_at=stamp(at(retired + days(1), 8)) if retired else None)
        return version

    def build_documents(self):
        # Those that changed in the period: what a review or an exercise had called for.
        renewed = {"change": date(2026, 3, 30), "chart": date(2025, 12, 8), "continuity-plan": date(2025, 11, 24), "incidents": date(2025, 12, 15)}
        for key, (title, kinds, _, _) in DOCUMENTS.items():
            self.add("Policy", id=key, title=title, kinds=kinds, status="active", owner=self.officer["id"])
            first, second = date(2023, 3, 13), renewed.get(key)
            aligned = ["security@1.0"] if key == "configuration" else None
            self.version(key, "1.0", first, second, aligned)
            if second:
                self.version(key, "2.0", second, None, aligned)
            for day, assessment in zip(REVIEWED, self.assessments):
                changed = key == "change" and day == REVIEWED[-1]
                self.add("Review", id=self.number("pr"), kind="policy", reviewed_on=str(day), reviewer=self.ceo["id"],
                         decision="changed" if changed else "no_change", policy=key, risk_assessment=assessment["id"])
        # It took effect two weeks ago: there is time yet to publish it.
        self.add("Policy", id="remote", title="Working from elsewhere", kinds=["access_control"], status="active",
                 owner=self.officer["id"])
        self.add("PolicyVersion", id="remote@1.0", policy="remote", version="1.0", status="approved",
                 authors=[self.officer["id"]], effective_on="2026-06-18")
        self.add("Approval", id=self.number("pa"), approver=self.ceo["id"], decision="approved",
                 at=stamp(at(date(2026, 6, 15))), policy_version="remote@1.0")
        self.add("Review", id=self.number("pr"), kind="policy", reviewed_on="2026-06-15", reviewer=self.ceo["id"],
                 decision="no_change", policy="remote", risk_assessment=self.assessments[-1]["id"])
        # Retired before the period: nobody looks at it any more.
        self.add("Policy", id="passwords", title="Choosing passwords", kinds=["access_control"], status="retired")
        self.add("PolicyVersion", id="passwords@0.9", policy="passwords", version="0.9", status="approved",
                 effective_on="2020-03-02")

    # ---- risks and vendors --------------------------------------------------------------------------------------------

    def build_assessments(self):
        self.assessments = []
        for day in ASSESSED:
            made = self.add("RiskAssessment", id=f"ra-{day.year}", performed_on=str(day), lead=self.officer["id"],
                            participants=[self.officer["id"], self.ceo["id"], self.heads["Platform"]["id"]],
                            methodology="risk", threat_origins=["internal", "external"],
                            areas=["security", "availability", "confidentiality", "fraud", "vendor"],
                            report_url=f"https://docs.example/risk/{day.year}")
            self.add("Approval", id=self.number("ra-ap"), approver=self.ceo["id"], decision="approved",
                     at=stamp(at(day + days(14), 11)), risk_assessment=made["id"])
            self.assessments.append(made)
            self.add("Review", id=self.number("rr"), kind="risk_register", reviewed_on=str(day + days(21)),
                     reviewer=self.officer["id"], decision="no_change")

    def build_risks(self):
        titles = ("Loss of the main region", "Ransomware", "Theft of source code", "Leak of customers' data",
                  "Fraud by an insider", "Failure of a carrier's gateway", "Loss of key people", "Phishing",
                  "Outage of the identity provider", "Misuse of privileged access", "Late patches", "Flood in an office")
        for assessment in self.assessments:
            newest = assessment is self.assessments[-1]
            for index, title in enumerate(titles):
                accepted = index in {5, 11}
                risk = self.add("Risk", id=f"{assessment['id']}-{index + 1:02d}", title=title, areas=["security"],
                                assessment=assessment["id"], owner=self.current("Operations", "Platform")[index % 9]["id"],
                                status="closed" if not newest else "accepted" if accepted else "in_treatment",
                                identified_on=assessment["performed_on"], likelihood=1 + index % 5, impact=1 + index % 4,
                                treatment="accept" if accepted else "mitigate",
                                treatment_plan=None if accepted else f"Strengthen what limits “{title}”",
                                controls=None if accepted else ["ACC-07", "NET-02"],
                                due_on=None if accepted or not newest else "2026-12-31")
                if accepted and newest:
                    self.add("Approval", id=self.number("rk-ap"), approver=self.ceo["id"], decision="approved",
                             at=stamp(at(date(2026, 2, 24))), risk=risk["id"], expires_on="2027-02-28")

    def vendor_review(self, vendor, day, kind="periodic", **more):
        fields = {"report_kind": "soc2_type2", "report_received_on": str(day - days(12)),
                  "report_period_end": str(day - days(120)), "opinion": "unqualified", "exceptions_noted": False,
                  "outcome": "approved"}
        fields.update(more)
        return self.add("VendorReview", id=self.number("vr"), vendor=vendor["id"], kind=kind,
                        reviewer=self.compliance["id"], completed_on=str(day), **fields)

    def build_vendors(self):
        owner = self.current("Operations")[2]["id"]
        for vendor in self.records["Vendor"]:
            vendor["owner"] = owner
        for name, tier, data in (("Verifile Screening", "medium", True), ("Rackhaus Data Centers", "high", False),
                                 ("Redlion Security", "low", False)):
            self.add("Vendor", id=self.number("v"), name=name, status="active", tier=tier, data_access=data, owner=owner,
                     onboarded_on="2022-03-01")
        for index, vendor in enumerate(self.records["Vendor"]):
            for year in (2024, 2025):
                review = self.vendor_review(vendor, date(year, 8, 12) - days(3 * index))
                if vendor["name"] == "Zendesk" and year == 2025:
                    review["exceptions_noted"] = True
                    self.add("Finding", id=self.number("f"), title="Late removal of access at the vendor",
                             source="vendor_review", severity="medium", status="resolved", identified_on="2025-08-04",
                             resolved_on="2025-09-30", owner=owner, vendor_review=review["id"])
        newcomer = self.add("Vendor", id=self.number("v"), name="Parcelmap", status="active", tier="high", data_access=True,
                            owner=owner, onboarded_on="2025-11-03")
        self.vendor_review(newcomer, date(2025, 10, 20), "onboarding")
        parted = self.add("Vendor", id=self.number("v"), name="Oldmail", status="terminated", tier="high", data_access=True,
                          owner=owner, onboarded_on="2019-05-06", offboarded_on="2026-01-30")
        self.vendor_review(parted, date(2026, 2, 12), "offboarding", report_kind=None, report_received_on=None,
                           report_period_end=None, opinion=None)
        for vendor in self.records["Vendor"]:
            self.add("Agreement", id=self.number("ag"), kind="vendor_contract", vendor=vendor["id"],
                     signed_on=vendor["onboarded_on"], terminated_on=vendor.get("offboarded_on"))

    # ---- what each person owes ------------------------------------------------------------------------------------------

    def build_duties(self):
        for person, _ in self.personnel():
            start = self.service_start(person)
            late = start > date(2026, 2, 1)
            for key in ACKNOWLEDGED:
                day = start + days(2 + self.dice.below(12)) if late else date(2026, 3, 9) + days(self.dice.below(50))
                if day < TODAY:
                    self.add("Acknowledgement", id=self.number("ack"), person=person["id"],
                             policy_version=f"{key}@1.0", signed_at=stamp(at(day, 10, self.dice.below(60))))
            if start < date(2026, 1, 15):
                done = date(2026, 2, 9) + days(self.dice.below(45))
                self.training(person, "Security 2026", date(2026, 2, 2), date(2026, 3, 31), done)
            if start + days(366) < TODAY and self.engagement(person)["kind"] == "employee":
                reviewer = self.engagement(person).get("manager") or self.director["id"]
                self.add("PerformanceReview", id=self.number("perf"), person=person["id"], reviewer=reviewer,
                         completed_on=str(date(2025, 12, 1) + days(self.dice.below(18))), formal=True, on_file=True)

    def training(self, person, course, assigned, due, done):
        self.add("TrainingAssignment", id=self.number("tr"), person=person["id"], course=course,
                 topics=["security_awareness", "security_responsibilities"], assigned_on=str(assigned),
                 due_on=str(due), completed_on=str(done) if done else None, passed=True if done else None)

    def build_hiring(self):
        screener = self.one("Vendor", name="Verifile Screening")["id"]
        for job in self.records["Employment"]:
            start = date.fromisoformat(job["started_on"])
            if job["kind"] == "board_member" or job.get("ended_on", "9999") < str(PERIOD_START):
                continue
            person = {"id": job["person"]}
            if job["hire_kind"] != "internal_transfer" and start >= PROGRAM_START:
                self.add("BackgroundCheck", id=self.number("bg"), person=job["person"], employment=job["id"],
                         provider=screener, independent=True, components=["identity", "criminal", "employment", "education"],
                         requested_on=str(start - days(24)), completed_on=str(start - days(9)), status="completed",
                         result="clear")
                if self.numbers["bg"] == 4:  # something was found, and somebody decided what it means
                    self.records["BackgroundCheck"][-1].update(
                        result="consider", adjudicated_by=self.people_head["id"], adjudicated_on=str(start - days(6)))
            if start < PERIOD_START:
                continue
            self.add("CandidateAssessment", id=self.number("ca"), person=job["person"], assessed_on=str(start - days(28)),
                     assessor=job.get("manager") or self.people_head["id"], outcome="suitable",
                     areas=["qualifications", "experience", "competency"])
            if job["hire_kind"] == "internal_transfer":
                continue
            self.add("Agreement", id=self.number("ag"), kind="confidentiality", person=job["person"],
                     confidentiality_terms=True, signed_on=str(start - days(3)))
            if start + days(4) < TODAY:
                self.training(person, "Security for newcomers", start, start + days(30),
                              min(start + days(2 + self.dice.below(20)), TODAY - days(1)))

    # ---- meetings, concerns, what is told to whom -----------------------------------------------------------------------

    def build_meetings(self):
        leaders = [self.ceo["id"], self.officer["id"], self.heads["Platform"]["id"], self.heads["Finance"]["id"]]
        for month in range(0, 30):
            day = date(2024 + month // 12, 1 + month % 12, 8)
            if month % 2 == 0:
                self.add("Meeting", id=self.number("m"), kind="management_review", held_on=str(day), attendees=leaders,
                         topics=["internal_control_responsibilities", "performance_measurement", "risk_management",
                                 "accountability"], minutes_url=f"https://docs.example/minutes/{day}")
            else:
                self.add("Meeting", id=self.number("m"), kind="all_hands", held_on=str(day), attendees=leaders,
                         topics=["security_responsibilities"], minutes_url=f"https://docs.example/minutes/{day}")

    def publication(self, kind, channel, audience, moment, **more):
        return self.add("Publication", id=self.number("pub"), kind=kind, channel=channel, audience=audience,
                        published_at=stamp(moment), **more)

    def ticket(self, kind, title, opened, resolved=None, **more):
        return self.add("Ticket", id=self.number("t"), kind=kind, title=title, opened_at=stamp(opened),
                        status="resolved" if resolved else "open", resolved_at=stamp(resolved) if resolved else None, **more)

    def build_concerns(self):
        handler, stand_in = self.officer["id"], self.compliance["id"]
        self.publication("security_commitment", "website", ["public"], at(date(2025, 2, 17)),
                         url="https://ferrow.example/security", reachable_checked_at=stamp(at(date(2026, 6, 28), 5)))
        for key, audience, kind in (("inside", ["all_personnel"], "hotline"), ("outside", ["customers", "public"], "web_form")):
            self.add("ReportingChannel", id=f"rc-{key}", name=f"Concerns from {key}", kind=kind, audience=audience,
                     confidential=True, anonymous=True, active=True, owner=handler, alternate=stand_in,
                     last_tested_on="2026-01-20")
            self.publication("reporting_channel", "website" if key == "outside" else "intranet", audience,
                             at(date(2025, 1, 20)), reporting_channel=f"rc-{key}")
        for index in range(10):
            opened = at(date(2025, 7, 14) + days(33 * index), 10)
            solved = opened + timedelta(days=12 + index)
            self.ticket("security_concern", f"Concern {index + 1}", opened, solved, assignee=handler, confidential=True,
                        channel=f"rc-{('inside', 'outside')[index % 2]}", disposition="answered",
                        acknowledged_at=stamp(opened + timedelta(hours=5 + index)))
        for index in range(2):
            opened = at(date(2025, 10, 6) + days(120 * index), 14)
            self.ticket("policy_violation", "Password shared with a colleague", opened, opened + timedelta(days=20),
                        assignee=self.people_head["id"], subject=self.current("Sales")[5 + index]["id"],
                        disposition="warning", confidential=True)
        for customer in range(12):
            self.add("Agreement", id=self.number("ag"), kind="terms_of_service", customer=f"Customer {customer + 1}",
                     policy_version="terms@1.0", signed_on=str(date(2025, 7, 7) + days(27 * customer)))
        for control in ("ACC-07", "ACC-08", "CHG-01", "NET-02"):
            self.add("ControlCheck", id=f"cc-{control}", tool="compliance monitor", control=control, enabled=True,
                     interval="6 hours", last_run_at=stamp(at(date(2026, 6, 29), 19)), status="passing")
        # One fails since last week, and somebody is at it.
        repair = self.ticket("remediation", "Restore the alert", at(date(2026, 6, 22)), assignee=handler)
        self.find("ControlCheck", control="NET-02")[0].update(
            status="failing", failing_since=stamp(at(date(2026, 6, 22))), ticket=repair["id"])
