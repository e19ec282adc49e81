"""Changes, systems, data, incidents and premises of a company that does everything right."""

from datetime import date, datetime, timedelta, timezone

from company import NOW, PERIOD_START, TODAY, at, days, stamp
from governance import Governance

IN_HOUSE = ("platform", "tracking", "rates", "portal")
BASELINED = {"server", "container_platform", "database", "storage", "network_device", "load_balancer"}
SERVING = {"server", "container_platform", "database", "load_balancer"}
LAST_NIGHT = date(2026, 6, 29)


def hours(count):
    return timedelta(hours=count)


class Program(Governance):
    """Every record that a control of either organisation looks at."""

    def __init__(self, scale=1):
        super().__init__(scale)
        for name in ("Repository", "Change", "TestRun", "Deployment", "ConfigurationBaseline", "FirewallRule", "Monitor",
                     "Alert", "Backup", "RestoreTest", "DataCopy", "DisposalRequest", "Incident", "Postmortem",
                     "PenetrationTest"):
            self.records[name] = []
        self.build_premises()
        self.build_repositories()
        self.build_changes()
        self.build_configuration()
        self.build_data()
        self.build_exercises()
        self.build_monitoring()
        self.build_incidents()
        self.build_findings()
        self.build_disposal()

    # ---- premises -----------------------------------------------------------------------------------------------------

    def build_premises(self):
        self.add("System", id="doors", name="Door control", in_scope=True, tier="low", team="it")
        self.add("Facility", id="f-berlin", name="Berlin office", kind="office", operator="own")
        self.add("Facility", id="f-rack", name="Rackhaus FRA2", kind="data_center", operator="vendor",
                 vendor=self.one("Vendor", name="Rackhaus Data Centers")["id"])
        for person in self.records["Person"]:
            jobs = self.employments(person)
            if person is self.director or not jobs or jobs[0]["started_on"] > str(TODAY):
                continue
            running = self.engagement(person)
            start = date.fromisoformat(jobs[0]["started_on"])
            end = None if running else date.fromisoformat(jobs[-1]["ended_on"])
            badge = self.add("Account", id=self.number("badge"), system="doors", login=f"B{self.numbers['badge']:05d}",
                             kind="badge", owner=person["id"], enabled=running is not None,
                             created_at=stamp(at(start, 8)), disabled_at=None if running else stamp(at(end, 18)))
            grant = self.add("AccessGrant", id=self.number("door"), account=badge["id"], role="office", method="physical",
                             facility="f-berlin", granted_at=stamp(at(start, 9)), justification="works there",
                             revoked_at=None if running else stamp(at(end, 18)))
            approver = self.people_head if person is not self.people_head else self.officer
            self.add("Approval", id=self.number("door-ap"), approver=approver["id"], decision="approved",
                     at=stamp(at(start - days(1), 12)), access_grant=grant["id"])
            if running and start + days(365) < TODAY:
                self.add("Review", id=self.number("dr"), kind="physical_access", reviewed_on="2026-02-17",
                         reviewer=self.heads["Operations"]["id"], decision="retain", access_grant=grant["id"])
        # A second right that a review found needless, and that was taken away.
        person = self.current("Finance")[2]
        badge = self.one("Account", owner=person["id"], kind="badge")
        spare = self.add("AccessGrant", id=self.number("door"), account=badge["id"], role="archive", method="physical",
                         facility="f-berlin", granted_at=stamp(at(date(2024, 4, 2))), justification="audit of 2024",
                         revoked_at=stamp(at(date(2026, 2, 20))))
        self.add("Review", id=self.number("dr"), kind="physical_access", reviewed_on="2026-02-17", decision="remove",
                 reviewer=self.heads["Operations"]["id"], access_grant=spare["id"])

    # ---- changes ------------------------------------------------------------------------------------------------------

    def build_repositories(self):
        def repository(name, system, production=True, **more):
            fields = {"branch_protected": True, "required_approvals": 1, "required_checks": True, "admins_enforced": True,
                      "force_push_allowed": False, "visibility": "private"}
            fields.update(more)
            self.add("Repository", id=f"repo-{name}", name=name, system=system, production=production, **fields)

        for system in IN_HOUSE:
            repository(system, system)
        repository("infrastructure", None)
        repository("baselines", None, production=False)
        repository("edi-codec", None, production=False, visibility="public", open_source=True, branch_protected=False,
                   required_approvals=0, required_checks=False, admins_enforced=False)
        repository("old-portal", "portal", archived=True, branch_protected=False)

    def change(self, kind, system, live, urgency="normal", **more):
        """One that reached production at `live`, with everything before it in order."""
        staff = [p for p in self.current("Engineering", "Platform")[6:] if p not in self.approvers]
        author = more.pop("author", staff[self.dice.below(len(staff))])
        approver = self.approvers[self.dice.below(len(self.approvers))]
        key = self.number("chg")
        revision = f"{self.dice.below(2**48):012x}{self.dice.below(2**48):012x}"
        opened = live - hours(6) if urgency == "emergency" else live - days(2 + self.dice.below(6))
        tested, agreed = live - timedelta(minutes=100), live - timedelta(minutes=40)
        ticket = self.ticket("change", f"{kind} change {key}", opened - hours(2), live + hours(1), description="What and why",
                             assignee=(author or approver)["id"])
        change = self.add("Change", id=key, title=f"Change {key} of {system}", kind=kind, urgency=urgency, system=system,
                          repository="repo-infrastructure" if kind == "infrastructure" else f"repo-{system}",
                          author=author["id"] if author else None, ticket=ticket["id"], revision=revision,
                          opened_at=stamp(opened), merged_at=stamp(live - timedelta(minutes=20)),
                          milestones=[{"stage": "code_review", "completed_at": stamp(tested - hours(1))},
                                      {"stage": "testing", "completed_at": stamp(tested)},
                                      {"stage": "authorization", "completed_at": stamp(agreed), "by": approver["id"]}], **more)
        self.add("Approval", id=self.number("chg-ap"), approver=approver["id"], decision="approved", at=stamp(agreed),
                 revision=revision, change=key)
        for name, sort in (("unit", "unit"), ("checkout", "end_to_end")):
            # The first try of some failed, and the second passed.
            if self.dice.chance(12):
                self.add("TestRun", id=self.number("run", 6), change=key, name=name, kind=sort, required=True,
                         revision=revision, status="failed", finished_at=stamp(tested - hours(1)))
            self.add("TestRun", id=self.number("run", 6), change=key, name=name, kind=sort, required=True,
                     revision=revision, status="passed", finished_at=stamp(tested - timedelta(minutes=self.dice.below(9))))
        for kind_of, moment in (("staging", live - hours(1)), ("production", live)):
            self.add("Deployment", id=self.number("dep", 6), environment=f"{system}-{kind_of}", changes=[key],
                     revision=revision, status="succeeded", deployed_at=stamp(moment))
        return change

    def build_changes(self):
        for index in range(150 * self.scale):
            live = at(PERIOD_START + days(1 + self.dice.below(360)), 9 + self.dice.below(8), self.dice.below(60))
            system = IN_HOUSE[index % 4]
            kind = ("application", "application", "application", "database", "infrastructure")[index % 5]
            change = self.change(kind, system, live)
            if index % 25 == 2:
                change["customer_impact"] = True
                self.publication("change_notice", "email", ["customers"], live - days(5), change=change["id"])
        for index in range(4):
            self.change("application", IN_HOUSE[index], at(date(2025, 9, 3) + days(60 * index), 22), urgency="emergency")
        for index in range(5):
            self.change("application", IN_HOUSE[index % 4], at(date(2025, 8, 5) + days(55 * index), 11), author=None,
                        automated=True, core=False)
        # Rolled back to a revision that had been out before.
        first = self.find("Deployment", environment="rates-production")[0]
        moment = datetime.fromisoformat(first["deployed_at"].replace("Z", "+00:00"))
        self.add("Deployment", id=self.number("dep", 6), environment="rates-production", revision=first["revision"],
                 status="rolled_back", deployed_at=stamp(moment + hours(7)))

    # ---- configuration --------------------------------------------------------------------------------------------------

    def build_configuration(self):
        author, approver = self.current("Platform")[1], self.heads["Platform"]
        for kind in sorted(BASELINED):
            self.add("ConfigurationBaseline", id=f"bl-{kind}", name=f"Hardening of a {kind}", covers=[kind], version="3.1",
                     status="active", author=author["id"], repository="repo-baselines", effective_on="2024-09-02")
            self.add("Approval", id=self.number("bl-ap"), approver=approver["id"], decision="approved",
                     at=stamp(at(date(2024, 8, 28))), baseline=f"bl-{kind}")
            for day in ("2025-03-11", "2026-02-24"):
                self.add("Review", id=self.number("br"), kind="baseline", reviewed_on=day, reviewer=self.officer["id"],
                         decision="no_change", baseline=f"bl-{kind}")
        for index, (kind, system) in enumerate((("server", "tracking"), ("database", "platform"), ("storage", "platform"))):
            day = date(2025, 9, 16) + days(70 * index)
            change = self.change("infrastructure", system, at(day - days(1), 15))
            self.asset(f"new-{kind}-{index + 1}", kind, self.current("Platform")[2], day, day + days(2), system=system,
                       environment=f"{system}-production", sensitive=True, commissioned_on=str(day),
                       introduced_by=change["id"], last_seen_on="2026-06-28",
                       remote_password_login=False if kind == "server" else None)
        for asset in self.records["Asset"]:
            if not asset.get("environment", "").endswith("-production") or asset["status"] != "in_use":
                continue
            if asset["kind"] in SERVING:
                asset["redundancy"] = {"instances": 3, "zones": ["a", "b", "c"], "automatic_failover": True}
            if asset["kind"] in BASELINED:
                asset["baseline"] = f"bl-{asset['kind']}"
                self.add("ControlCheck", id=f"scan-{asset['id']}", tool="configuration scanner", baseline=asset["baseline"],
                         asset=asset["id"], enabled=True, last_run_at=stamp(at(date(2026, 6, 28), 3)), status="passing")
        for system in self.records["System"]:
            if system["id"] in {"platform", "tracking"}:
                system.update(ha_required=True, recovery_time_objective="4 hours")
            elif system["id"] == "rates":
                system.update(ha_required=False, ha_rationale="quotes are kept for a day", recovery_time_objective="1 day")
        for environment in self.find("Environment", kind="production"):
            system = environment["system"]
            self.add("FirewallRule", id=f"fw-{system}-web", environment=environment["id"], direction="inbound",
                     action="allow", protocol="tcp", port_from=443, port_to=443, sources=["0.0.0.0/0", "::/0"],
                     justification="customers", created_on="2023-02-01", last_reviewed_on="2026-06-08")
            self.add("FirewallRule", id=f"fw-{system}-ssh", environment=environment["id"], direction="inbound",
                     action="allow", protocol="tcp", port_from=22, port_to=22, sources=["10.9.0.0/16", "203.0.113.7/32"],
                     justification="bastion", created_on="2023-02-01", last_reviewed_on="2026-06-08")
            self.add("FirewallRule", id=f"fw-{system}-out", environment=environment["id"], direction="outbound",
                     action="allow", protocol="any", port_from=0, port_to=65535, sources=["0.0.0.0/0"])
        # The connection that carriers use is for them alone; the page in front sends everyone on to the encrypted one.
        for endpoint in self.records["Endpoint"]:
            if endpoint["id"] == "www.ferrow.example:80":
                endpoint["redirects_to_tls"] = True
            if endpoint["id"] in {"edi.ferrow.example:22", "mqtt.ferrow.example:8883"}:
                endpoint["public"] = False

    # ---- data -------------------------------------------------------------------------------------------------------------

    def build_data(self):
        plan = {"frequency": "1 day", "full_frequency": "7 days", "retention": "35 days", "automated": True,
                "approved_by": self.heads["Platform"]["id"], "approved_on": "2023-01-16"}
        for store in self.records["DataStore"]:
            store.update(retention="1095 days", backup_plan=plan)
        self.backed_up = list(self.records["DataStore"])
        self.add("DataStore", id="cache-sessions", name="session cache", kind="cache", system="platform",
                 environment="platform-production", created_on="2022-02-01", customer_data=False, production_data=True,
                 backup_required=False, backup_exclusion_reason="rebuilt from the database")
        for key, kind, real in (("db-debug", "development", True), ("db-restore", "staging", False)):
            self.add("DataStore", id=key, name=f"{kind} database", kind="relational_database", system="platform",
                     environment=f"platform-{kind}", created_on="2024-02-01", customer_data=False, production_data=real,
                     backup_required=False, backup_exclusion_reason="not production")
        for store in self.backed_up:
            for offset in range(371):
                started = at(LAST_NIGHT - days(offset), 2, 10)
                full = started.weekday() == 6
                if offset == 40 and store is self.backed_up[0]:  # failed, and made up for in the morning
                    self.add("Backup", id=self.number("b", 6), data_store=store["id"], kind="full" if full else "incremental",
                             automated=True, status="failed", started_at=stamp(started))
                    started += hours(6)
                done = started + timedelta(minutes=35)
                gone = done + days(36)
                self.add("Backup", id=self.number("b", 6), data_store=store["id"], kind="full" if full else "incremental",
                         automated=True, status="completed", started_at=stamp(started), completed_at=stamp(done),
                         encrypted=True, expires_at=stamp(gone), deleted_at=stamp(gone) if gone < NOW else None)
            for year in (2024, 2025):
                used = next(b for b in self.find("Backup", data_store=store["id"])
                            if b["started_at"][:10] == "2025-09-08") if year == 2025 else None
                self.add("RestoreTest", id=self.number("rt"), data_store=store["id"], backup=used["id"] if used else None,
                         environment="platform-staging", performed_on=f"{year}-09-{9 if year == 2025 else 17:02d}",
                         outcome="passed", integrity_verified=True)
        self.copies = []
        for index, (day, kept) in enumerate(((date(2025, 8, 18), 9), (date(2026, 1, 12), 20), (date(2026, 6, 15), None))):
            case = self.ticket("customer_support", f"Customer's case {index + 1}", at(day, 9),
                               at(day + days(kept - 1)) if kept else None, customer=f"Customer {index + 1}",
                               assignee=self.current("Support")[2]["id"])
            copy = self.add("DataCopy", id=self.number("dc"), source="db-orders", target="db-debug",
                            copied_at=stamp(at(day, 14)), requested_by=self.current("Engineering")[8]["id"],
                            purpose="customer_debugging", masked=False, ticket=case["id"],
                            removed_at=stamp(at(day + days(kept), 9)) if kept else None)
            self.add("Approval", id=self.number("dc-ap"), approver=self.heads["Data"]["id"], decision="approved",
                     at=stamp(at(day, 12)), data_copy=copy["id"])
            self.copies.append(copy)
        self.add("DataCopy", id=self.number("dc"), source="db-orders", target="db-restore", masked=False,
                 copied_at=stamp(at(date(2025, 9, 9), 9)), purpose="restore_test",
                 removed_at=stamp(at(date(2025, 9, 10), 9)))

    def build_disposal(self):
        stores = [s["id"] for s in self.backed_up]
        worker, checker = self.current("Data")[2]["id"], self.current("Data")[3]["id"]
        for index in range(6):
            day = date(2025, 7, 21) + days(58 * index)
            done = day + days(14)
            self.add("DisposalRequest", id=self.number("dq"), customer=f"Customer {40 + index}", trigger="customer_request",
                     status="completed", received_on=str(day), due_on=str(day + days(30)), data_stores=stores[:3],
                     excluded_stores=stores[3:], completed_on=str(done), confirmed_on=str(done + days(2)),
                     actions=[{"data_store": store, "method": "logical_deletion", "completed_at": stamp(at(done, 11)),
                               "performed_by": worker, "verified_by": checker} for store in stores[:3]])
        hold = self.ticket("exception", "Legal hold", at(date(2026, 2, 3)), assignee=self.officer["id"])
        self.add("DisposalRequest", id=self.number("dq"), customer="Customer 90", trigger="customer_request", status="open",
                 received_on="2026-02-02", legal_hold=True, hold_ticket=hold["id"], data_stores=stores)

    # ---- exercises, monitors, incidents ----------------------------------------------------------------------------------------

    def build_exercises(self):
        crew = [self.ceo["id"], self.heads["Platform"]["id"], self.officer["id"], self.heads["Operations"]["id"]]
        for plans, days_of in ((["continuity-plan", "recovery-plan"], (date(2024, 10, 15), date(2025, 10, 14))),
                               (["incidents"], (date(2024, 11, 12), date(2025, 11, 11)))):
            for day in days_of:
                self.add("Exercise", id=self.number("ex"), kind="tabletop" if day.year == 2024 else "simulation", plans=plans,
                         held_on=str(day), participants=crew, report_url=f"https://docs.example/exercises/{day}",
                         reviewed_by=self.ceo["id"], reviewed_on=str(day + days(20)), plan_change_needed=day.year == 2025)
        ticket = self.ticket("remediation", "Call tree is out of date", at(date(2025, 10, 20)), at(date(2025, 11, 10)),
                             assignee=self.heads["Operations"]["id"])
        self.add("Finding", id=self.number("f"), title="Call tree out of date", source="exercise", severity="medium",
                 status="resolved", identified_on="2025-10-14", due_on="2025-12-31", resolved_on="2025-11-10",
                 owner=self.heads["Operations"]["id"], ticket=ticket["id"], exercise="ex-0002")

    def build_monitoring(self):
        for system in IN_HOUSE:
            looked = stamp(NOW - timedelta(minutes=4))
            self.add("Monitor", id=f"up-{system}", name=f"{system} from outside", kind="uptime", tool="Pingcloud",
                     third_party=True, system=system, metrics=["uptime", "downtime", "latency", "error_rate"],
                     threshold=99.9, enabled=True, recipients=["platform"], last_evaluated_at=looked)
            self.add("Monitor", id=f"sec-{system}", name=f"{system} security events", kind="security", tool="Datadog",
                     system=system, enabled=True, recipients=["platform", "security"], last_evaluated_at=looked)
        for index in range(60):
            fired = at(PERIOD_START + days(2 + 6 * index), 3, self.dice.below(60))
            kind = "sec" if index % 3 else "up"
            self.add("Alert", id=self.number("al"), monitor=f"{kind}-{IN_HOUSE[index % 4]}",
                     severity=("medium", "high", "critical")[index % 3], fired_at=stamp(fired),
                     notified_at=stamp(fired + timedelta(minutes=3)), recipients=["platform"],
                     acknowledged_at=stamp(fired + timedelta(minutes=12 + self.dice.below(30))),
                     resolved_at=stamp(fired + hours(2)))

    def build_incidents(self):
        for index, (kind, severity) in enumerate((("security", "medium"), ("availability", "high"), ("privacy", "high"),
                                                  ("security", "low"), ("availability", "critical"), ("security", "critical"))):
            found = at(date(2025, 8, 11) + days(52 * index), 6, 20)
            settled = found + hours(3)
            ticket = self.ticket("incident", f"Incident {index + 1}", found, settled, assignee=self.officer["id"])
            incident = self.add("Incident", id=f"inc-{index + 1}", title=f"{kind} incident", kind=kind, severity=severity,
                                status="closed", system="platform", detected_at=stamp(found),
                                confirmed_at=stamp(found + timedelta(minutes=30)),
                                prioritized_at=stamp(found + timedelta(minutes=45)), assignee=self.officer["id"],
                                communicated_at=stamp(found + hours(1)), updated_at=stamp(settled),
                                resolved_at=stamp(settled), ticket=ticket["id"],
                                external_notice_required=severity in {"high", "critical"})
            if severity in {"high", "critical"}:
                self.publication("incident_notice", "email", ["customers"], found + hours(20), incident=incident["id"])
            if kind == "availability":
                self.add("Alert", id=self.number("al"), monitor="up-platform", severity="critical", fired_at=stamp(found),
                         notified_at=stamp(found), recipients=["platform"], incident=incident["id"],
                         acknowledged_at=stamp(found + timedelta(minutes=9)), resolved_at=stamp(settled))
            else:
                action = self.ticket("remediation", f"After incident {index + 1}", settled, settled + days(15),
                                     assignee=self.heads["Platform"]["id"])
                self.add("Postmortem", id=f"pm-{index + 1}", incident=incident["id"], author=self.officer["id"],
                         published_at=stamp(settled + days(8)), shared_with=["engineering"], action_items=[action["id"]],
                         sections=["summary", "timeline", "root_cause", "impact", "lessons_learned", "action_items"])
        self.add("Incident", id="inc-7", title="suspicious login", kind="security", status="false_positive",
                 detected_at=stamp(at(date(2026, 3, 3))))

    # ---- weaknesses -----------------------------------------------------------------------------------------------------------------

    def build_findings(self):
        owner = self.current("Platform")[3]["id"]
        allowed = {"critical": 15, "high": 30, "medium": 90, "low": 180}
        servers = self.find("Asset", kind="server", status="in_use")
        for index in range(80):
            severity = ("critical", "high", "medium", "low")[index % 4]
            found = PERIOD_START + days(3 + 4 * index)
            done = found + days(allowed[severity] - index % 3)  # the last of them on the last day allowed
            settled = done <= TODAY
            self.add("Finding", id=self.number("f"), title=f"CVE-2025-{1000 + index}", source="vulnerability_scan",
                     severity=severity, status="resolved" if settled else "open", identified_on=str(found),
                     resolved_on=str(done) if settled else None, owner=owner, asset=servers[index % len(servers)]["id"])
        accepted = self.add("Finding", id=self.number("f"), title="CVE-2025-0999", source="vulnerability_scan",
                            severity="high", status="risk_accepted", identified_on="2025-09-01", owner=owner)
        self.add("Approval", id=self.number("f-ap"), approver=self.officer["id"], decision="approved",
                 at=stamp(at(date(2025, 9, 20))), finding=accepted["id"], expires_on="2026-09-30")
        tester = self.one("Vendor", name="Redlion Security")["id"]
        for year, last in ((2024, date(2024, 5, 24)), (2025, date(2025, 5, 16)), (2026, date(2026, 5, 8))):
            test = self.add("PenetrationTest", id=f"pt-{year}", tester=tester, independent=True,
                            scopes=["network", "application", "api"], systems=list(IN_HOUSE),
                            environment="platform-production", started_on=str(last - days(11)), completed_on=str(last),
                            report_url=f"https://docs.example/pentest/{year}")
            for index, severity in enumerate(("high", "critical", "medium")):
                ticket = self.ticket("remediation", f"Pen test {year}", at(last), at(last + days(20)), assignee=owner)
                self.add("Finding", id=self.number("f"), title=f"PT-{year}-{index + 1}", source="penetration_test",
                         severity=severity, status="resolved", identified_on=str(last), resolved_on=str(last + days(20)),
                         verified_on=str(last + days(24)), owner=owner, ticket=ticket["id"], penetration_test=test["id"])
