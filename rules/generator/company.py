"""A made-up company that does everything right: Ferrow, which writes software for freight forwarders.

Gives a `Company`: for each entity a list of records as they stand in the evidence. Deterministic. Every record that a
check of the access controls looks at is sound; faults.py breaks some of them on purpose.
"""

from datetime import date, datetime, timedelta, timezone

NOW = datetime(2026, 6, 30, tzinfo=timezone.utc)
TODAY = NOW.date()
PERIOD_START = date(2025, 7, 1)
DOMAIN = "ferrow.example"

FIRST = """Amara Ines Tomasz Priya Jonas Leila Mateo Hannah Kofi Yuki Elena Samuel Noor Viktor Grace Dmitri Aisha Felix
Marta Owen Chiara Rahul Ingrid Daniel Zofia Malik Clara Henrik Fatima Lucas Nadia Peter Sofia Anders Mei Gabriel Olga
Thomas Ruth Emil""".split()
LAST = """Okafor Fabre Nowak Raman Keller Haddad Rojas Lindqvist Mensah Tanaka Petrova Adeyemi Rahman Horvat Whitfield
Sokolov Bello Brandt Kowalska Byrne Ricci Iyer Solberg Marsh Wozniak Farouk Dubois Nilsson Aziz Moreau Kaya Vogel
Santos Berg Chen Almeida Ivanova Ashford Cohen Falk""".split()

# Department: people in it today, title, country of work.
DEPARTMENTS = {
    "Engineering": (38, "Software Engineer", "DE"),
    "Platform": (9, "Platform Engineer", "DE"),
    "Security": (4, "Security Engineer", "NL"),
    "Data": (7, "Data Engineer", "PL"),
    "Product": (8, "Product Manager", "DE"),
    "Support": (18, "Support Specialist", "IE"),
    "Sales": (17, "Account Executive", "IE"),
    "Marketing": (7, "Marketing Manager", "NL"),
    "Finance": (5, "Accountant", "DE"),
    "People": (4, "People Partner", "DE"),
    "Operations": (9, "Operations Analyst", "PL"),
}
TECHNICAL = {"Engineering", "Platform", "Security", "Data"}

# id: name, sensitive, identity provider, written in house, tier
SYSTEMS = {
    "okta": ("Okta", True, None, False, "critical"),
    "google": ("Google Workspace", True, "okta", False, "high"),
    "aws": ("AWS", True, "okta", False, "critical"),
    "teleport": ("Teleport", True, "okta", False, "critical"),
    "github": ("GitHub", True, "okta", False, "critical"),
    "zendesk": ("Zendesk", True, "okta", False, "high"),
    "snowflake": ("Snowflake", True, None, False, "high"),
    "edi": ("Carrier EDI gateway", True, None, False, "medium"),
    "bamboohr": ("BambooHR", True, "okta", False, "medium"),
    "slack": ("Slack", False, "okta", False, "medium"),
    "jira": ("Jira", False, "okta", False, "medium"),
    "salesforce": ("Salesforce", False, "okta", False, "medium"),
    "platform": ("Ferrow Platform", True, "okta", True, "critical"),
    "tracking": ("Tracking API", False, "okta", True, "high"),
    "portal": ("Partner Portal", False, "okta", True, "medium"),
    "rates": ("Rate Engine", False, "okta", True, "high"),
}


class Dice:
    """A small generator of its own, so that the same seed gives the same company on every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def choice(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.below(100) < percent


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def at(day, hour=9, minute=0, second=0):
    """An instant on a day; what lies in the evidence as a timestamp."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone.utc)


def days(count):
    return timedelta(days=count)


class Company:
    def __init__(self, scale=1):
        """`scale`: how many times as many people as Ferrow has."""
        self.scale = scale
        self.dice = Dice(20260630)
        self.records = {name: [] for name in (
            "Person", "Employment", "System", "Environment", "Account", "AccessGrant", "Credential", "AuthPolicy",
            "Approval", "Review", "Asset", "Endpoint", "Vendor", "DataStore", "Secret", "Facility", "Policy",
            "PolicyVersion", "Publication", "RoleAssignment")}
        self.logins = set()
        self.numbers = {}
        self.used_names = set()
        self.department = {}
        self.heads = {}
        self.build_systems()
        self.build_people()
        self.build_accounts()
        self.build_rights()
        self.build_transfers()
        self.build_reviews()
        self.build_assets()
        self.build_endpoints()
        self.build_registers()
        self.build_policies()

    # ---- small tools ----------------------------------------------------------------------------------------

    def add(self, entity, **fields):
        record = {name: value for name, value in fields.items() if value is not None}
        self.records[entity].append(record)
        return record

    def number(self, prefix, width=4):
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}-{self.numbers[prefix]:0{width}d}"

    def find(self, entity, **wanted):
        return [r for r in self.records[entity] if all(r.get(k) == v for k, v in wanted.items())]

    def one(self, entity, **wanted):
        return self.find(entity, **wanted)[0]

    def current(self, *departments):
        """People who work here today and did so all through the period: safe to break things for."""
        return [p for p in self.steady if not departments or self.department[p["id"]] in departments]

    def fingerprint(self):
        alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
        return "SHA256:" + "".join(self.dice.choice(alphabet) for _ in range(43))

    def working_day(self, start, length):
        day = start + days(self.dice.below(length))
        return day if day.weekday() < 5 else day - days(2)

    # ---- systems --------------------------------------------------------------------------------------------

    def build_systems(self):
        for key, (name, sensitive, provider, in_house, tier) in SYSTEMS.items():
            self.add("System", id=key, name=name, in_scope=True, developed_in_house=in_house, sensitive=sensitive,
                     tier=tier, team="platform" if in_house else "it", identity_provider=provider)
        for system, boundary in (("platform", "aws:412233445566"), ("tracking", "aws:412233445566"),
                                 ("portal", "aws:412233445566"), ("rates", "aws:412233445566")):
            for kind in ("production", "staging", "development"):
                account = boundary if kind == "production" else "aws:778899001122"
                self.add("Environment", id=f"{system}-{kind}", name=f"{system} {kind}", kind=kind, system=system,
                         boundary=account, networks=[f"10.{len(self.records['Environment']) + 20}.0.0/16"],
                         default_deny_inbound=True)
        self.add("AuthPolicy", id="okta-default", system="okta", password_login=True, min_length=14,
                 character_classes=3, checks_breached=True, mfa_required=True, mfa_methods=["push", "webauthn", "totp"])
        self.add("AuthPolicy", id="snowflake-account", system="snowflake", password_login=True, min_length=16,
                 character_classes=2, checks_breached=True, mfa_required=True, mfa_methods=["totp"])
        self.add("AuthPolicy", id="edi-gateway", system="edi", password_login=True, min_length=12,
                 character_classes=4, mfa_required=True, mfa_methods=["totp"])
        # Not sensitive, and signed in to through Okta: what it would ask for itself does not matter.
        self.add("AuthPolicy", id="jira-local", system="jira", password_login=True, min_length=8,
                 character_classes=1, mfa_required=False)

    # ---- people ---------------------------------------------------------------------------------------------

    def new_person(self):
        while True:
            first, last = self.dice.choice(FIRST), self.dice.choice(LAST)
            if (first, last) not in self.used_names:
                break
        self.used_names.add((first, last))
        email = f"{first}.{last}@{DOMAIN}".lower()
        return self.add("Person", id=self.number("p"), name=f"{first} {last}", email=email)

    def hire(self, person, department, title, start, end=None, kind="employee", hire_kind="new_hire"):
        head = self.heads.get(department)
        self.department[person["id"]] = department
        return self.add("Employment", id=self.number("e"), person=person["id"], kind=kind, hire_kind=hire_kind,
                        started_on=str(start), ended_on=str(end) if end else None, title=title,
                        manager=head["id"] if head and head is not person else None,
                        country=DEPARTMENTS[department][2])

    def build_people(self):
        self.steady, self.left_in_period, self.left_before, self.joined = [], [], [], []
        for department, (size, title, _) in DEPARTMENTS.items():
            for index in range(size * self.scale):
                person = self.new_person()
                start = self.working_day(date(2019, 3, 1), 2200)
                kind = "contractor" if index and self.dice.chance(8) else "employee"
                self.hire(person, department, f"Head of {department}" if index == 0 else title, start, kind=kind)
                if index == 0:
                    self.heads[department] = person
                self.steady.append(person)
        names = list(DEPARTMENTS)
        for index in range(14 * self.scale):  # joined within the period
            person = self.new_person()
            department = names[index % len(names)]
            self.hire(person, department, DEPARTMENTS[department][1], self.working_day(date(2025, 7, 7), 330))
            self.joined.append(person)
        for index in range(20 * self.scale):  # left within the period
            person = self.new_person()
            department = names[(index * 3) % len(names)]
            end = self.working_day(date(2025, 7, 14), 320)
            self.hire(person, department, DEPARTMENTS[department][1], self.working_day(date(2020, 1, 6), 1700), end)
            self.left_in_period.append((person, end))
        for index in range(8 * self.scale):  # left before it
            person = self.new_person()
            department = names[(index * 5) % len(names)]
            end = self.working_day(date(2024, 10, 7), 240)
            self.hire(person, department, DEPARTMENTS[department][1], self.working_day(date(2019, 2, 4), 1500), end)
            self.left_before.append((person, end))
        self.build_special_people()

    def build_special_people(self):
        """Cases at the edge, all of them sound."""
        # Left and came back: two employments with two weeks between.
        self.rehired = self.new_person()
        self.hire(self.rehired, "Support", "Support Specialist", date(2022, 5, 2), date(2025, 10, 31))
        self.hire(self.rehired, "Support", "Support Specialist", date(2025, 11, 17), hire_kind="rehire")
        # Has given notice for a day to come.
        self.leaving = self.new_person()
        self.hire(self.leaving, "Sales", "Account Executive", date(2021, 9, 6), date(2026, 7, 31))
        # Last day on the 28th of June: what is not sensitive may work until the report begins.
        self.just_left = self.new_person()
        self.hire(self.just_left, "Marketing", "Marketing Manager", date(2021, 4, 12), date(2026, 6, 28))
        # A contractor who went on as an employee.
        self.converted = self.new_person()
        self.hire(self.converted, "Engineering", "Software Engineer", date(2024, 11, 4), date(2025, 12, 31),
                  kind="contractor")
        self.hire(self.converted, "Engineering", "Software Engineer", date(2026, 1, 1), hire_kind="new_hire")
        # Begins next month.
        self.future = self.new_person()
        self.hire(self.future, "Engineering", "Software Engineer", date(2026, 7, 6))
        # On parental leave.
        self.absent = self.new_person()
        employment = self.hire(self.absent, "Product", "Product Manager", date(2020, 8, 3))
        employment["leaves"] = [{"from": "2026-04-13"}]

    # ---- accounts -------------------------------------------------------------------------------------------

    def systems_of(self, department):
        systems = ["okta", "google", "slack", "jira", "bamboohr"]
        if department in TECHNICAL:
            systems += ["github", "aws"]
        if department in {"Platform", "Security"}:
            systems += ["teleport"]
        if department in {"Data", "Finance"}:
            systems += ["snowflake"]
        if department in {"Support", "Operations"}:
            systems += ["zendesk"]
        if department in {"Sales", "Marketing"}:
            systems += ["salesforce"]
        if department == "Operations":
            systems += ["edi"]
        return systems

    def login(self, person, system):
        first, last = person["name"].lower().split()
        return {"github": f"{first[0]}{last}", "aws": f"{first}.{last}", "teleport": f"{first}.{last}",
                "snowflake": f"{first[0]}{last}".upper(), "edi": f"{first[:3]}{last[:4]}"}.get(system, person["email"])

    def open_account(self, person, system, created, disabled=None, used=None):
        provider = SYSTEMS[system][2]
        login = self.login(person, system)
        while (system, login) in self.logins:
            login = login.replace("@", "2@") if "@" in login else login + "2"
        self.logins.add((system, login))
        local = provider is None
        factors = [["push"], ["webauthn", "push"], ["totp"]][self.dice.below(3)] if system == "okta" else ["totp"]
        return self.add("Account", id=self.number(system), system=system, login=login, kind="human",
                        owner=person["id"], enabled=disabled is None, created_at=stamp(created),
                        disabled_at=stamp(disabled) if disabled else None, last_used_at=stamp(used) if used else None,
                        password_enabled=True if local else None, sso=None if local else True,
                        mfa_enrolled=True if local else None, mfa_methods=factors if local else None)

    def build_accounts(self):
        leavers = {p["id"]: end for p, end in self.left_in_period + self.left_before + [(self.just_left, date(2026, 6, 28))]}
        for person in self.records["Person"]:
            if person is self.future:
                continue
            start = min(date.fromisoformat(e["started_on"]) for e in self.find("Employment", person=person["id"]))
            end = leavers.get(person["id"])
            for system in self.systems_of(self.department[person["id"]]):
                created = at(start, 7, 30 + self.dice.below(25), self.dice.below(60))
                disabled = used = None
                if end:
                    used = at(end - days(self.dice.below(4)), 10 + self.dice.below(6), self.dice.below(60))
                    disabled = at(end, 17, self.dice.below(60), self.dice.below(60))
                    if self.dice.chance(20):  # the next morning is soon enough
                        disabled += timedelta(hours=16)
                elif not self.dice.chance(6):
                    used = NOW - timedelta(minutes=200 + self.dice.below(60 * 24 * 20))
                account = self.open_account(person, system, created, disabled, used)
                if person is self.just_left and not SYSTEMS[system][1]:
                    account["enabled"] = True
                    del account["disabled_at"]
        # An account made yesterday, whose owner has not set up a second factor yet.
        newcomer = self.joined[-1]
        fresh = self.add("Account", id=self.number("snowflake"), system="snowflake", login="NEWCOMER",
                         kind="human", owner=newcomer["id"], enabled=True, created_at=stamp(NOW - timedelta(hours=20)),
                         password_enabled=True)
        fresh["login"] = self.login(newcomer, "snowflake")
        self.build_machine_accounts()

    def build_machine_accounts(self):
        platform, security = self.heads["Platform"], self.heads["Security"]
        for name in ("ci-runner", "terraform", "backup-agent", "log-shipper", "cost-report"):
            self.add("Account", id=self.number("aws"), system="aws", login=f"svc-{name}", kind="service",
                     owner=platform["id"], enabled=True, created_at=stamp(at(date(2023, 2, 14))),
                     last_used_at=stamp(NOW - timedelta(hours=1 + self.dice.below(9))))
        for name in ("dependabot", "release-bot"):
            self.add("Account", id=self.number("github"), system="github", login=f"ferrow-{name}", kind="service",
                     owner=platform["id"], enabled=True, created_at=stamp(at(date(2022, 6, 1))))
        self.add("Account", id=self.number("snowflake"), system="snowflake", login="LOADER", kind="service",
                 owner=self.heads["Data"]["id"], enabled=True, created_at=stamp(at(date(2023, 9, 4))))
        for system in ("aws", "okta", "snowflake"):  # for emergencies
            self.add("Account", id=self.number(system), system=system, login={"snowflake": "RESCUE"}.get(system, "root"),
                     kind="break_glass", owner=security["id"], enabled=True, created_at=stamp(at(date(2019, 3, 1))),
                     last_used_at=stamp(at(date(2026, 2, 3), 13)), password_enabled=True, mfa_enrolled=True,
                     mfa_methods=["hardware_token"])
        # Shared on purpose where nothing sensitive is kept.
        self.add("Account", id=self.number("jira"), system="jira", login=f"lobby-screen@{DOMAIN}", kind="shared",
                 enabled=True, created_at=stamp(at(date(2021, 5, 17))))

    # ---- rights and credentials ------------------------------------------------------------------------------

    def grant(self, account, role, method, granted, environment=None, privileged=None, approver=None, **more):
        grant = self.add("AccessGrant", id=self.number("g"), account=account["id"], role=role, privileged=privileged,
                         method=method, environment=environment, granted_at=stamp(granted), **more)
        if approver:
            self.add("Approval", id=self.number("ap"), approver=approver["id"], decision="approved",
                     at=stamp(granted - timedelta(hours=2 + self.dice.below(40))), access_grant=grant["id"])
        return grant

    def credential(self, account, kind, created, enabled=True, use="non_console", rotated=None):
        return self.add("Credential", id=self.number("key"), account=account["id"], kind=kind, use=use,
                        fingerprint=None if kind == "password" else self.fingerprint(), enabled=enabled,
                        created_at=stamp(created), rotated_at=stamp(rotated) if rotated else None)

    def recent(self, within=330):
        return NOW - timedelta(days=1 + self.dice.below(within), minutes=self.dice.below(1400))

    def build_rights(self):
        people = {p["id"]: p for p in self.records["Person"]}
        leavers = {p["id"]: end for p, end in self.left_in_period + self.left_before}
        for account in list(self.records["Account"]):
            created = datetime.fromisoformat(account["created_at"].replace("Z", "+00:00"))
            owner = account.get("owner")
            department = self.department.get(owner)
            gone = leavers.get(owner) if account["kind"] == "human" else None
            ends = {"revoked_at": account.get("disabled_at")} if gone else {}
            later = created + timedelta(days=1, hours=1 + self.dice.below(5))
            if account["kind"] == "service" and account["system"] == "aws":
                self.grant(account, "automation", "non_console", created, "platform-production")
                self.credential(account, "access_key", created, rotated=self.recent(200))
            elif account["kind"] != "human":
                continue
            elif account["system"] in {"github", "zendesk", "salesforce", "snowflake", "edi"}:
                role = {"github": "write", "zendesk": "agent", "salesforce": "standard user",
                        "snowflake": "ANALYST", "edi": "operator"}[account["system"]]
                self.grant(account, role, "application", later, **ends)
                if account["system"] == "github":
                    self.credential(account, "ssh_key", later, enabled=not gone, rotated=None if gone else self.recent())
                if account.get("password_enabled"):
                    self.credential(account, "password", created, enabled=not gone, use="console")
            elif account["system"] == "aws":
                self.grant(account, "ViewOnlyAccess", "console", later, "platform-production", **ends)
                self.grant(account, "PowerUserAccess", "non_console", later, "platform-staging", **ends)
                self.build_production_right(account, people[owner], department, later, gone, ends)
            elif account["system"] == "teleport":
                self.build_production_right(account, people[owner], department, later, gone, ends)

    def build_production_right(self, account, person, department, granted, gone, ends):
        """Access keys in AWS, short-lived certificates in Teleport; those given in the period were asked for."""
        teleport = account["system"] == "teleport"
        if not teleport and department not in {"Platform", "Data"} and not self.dice.chance(25):
            return
        if not gone and granted.date() < PERIOD_START and self.dice.chance(40):
            granted = self.recent(300)
        approver = self.heads["Security"] if person is not self.heads["Security"] else self.heads["Platform"]
        environment = self.dice.choice(["platform-production", "tracking-production", "rates-production"])
        self.grant(account, "node-admin" if teleport else "ProductionOperator", "non_console", granted, environment,
                   privileged=True, approver=approver if granted.date() >= PERIOD_START else None, **ends)
        if teleport:
            issued = NOW - timedelta(hours=3 + self.dice.below(150))
            self.credential(account, "certificate", granted if gone else issued, enabled=not gone)
        else:
            self.credential(account, "access_key", granted, enabled=not gone, rotated=None if gone else self.recent(250))

    def build_transfers(self):
        """Four people changed jobs in the period; their earlier rights were gone through within the month."""
        self.transferred = []
        moves = [("Support", "Operations", date(2025, 9, 1)), ("Engineering", "Platform", date(2025, 11, 3)),
                 ("Sales", "Marketing", date(2026, 2, 2)), ("Engineering", "Data", date(2026, 4, 1)),
                 ("Support", "Product", date(2026, 6, 15))]
        for index, (origin, target, day) in enumerate(moves):
            person = self.current(origin)[index + 3]
            old = self.one("Employment", person=person["id"])
            old["ended_on"] = str(day - days(1))
            self.hire(person, target, DEPARTMENTS[target][1], day, hire_kind="internal_transfer")
            self.transferred.append((person, day))
            if day + days(30) >= TODAY:
                continue  # there is time yet
            for account in self.find("Account", owner=person["id"]):
                for grant in self.find("AccessGrant", account=account["id"]):
                    if grant["granted_at"] < stamp(at(day + days(1), 0)):
                        self.add("Review", id=self.number("r"), kind="access", reviewed_on=str(day + days(12)),
                                 reviewer=self.heads[target]["id"], decision="retain", access_grant=grant["id"])
        moved = {p["id"] for p, _ in self.transferred}
        self.steady = [p for p in self.steady if p["id"] not in moved]

    # ---- reviews ---------------------------------------------------------------------------------------------

    def build_reviews(self):
        lead = self.heads["Security"]["id"]
        for day in ("2024-03-26", "2025-03-18", "2026-03-03"):
            self.add("Review", id=self.number("r"), kind="asset_inventory", reviewed_on=day, reviewer=lead,
                     decision="changed")
        for day in ("2025-06-16", "2025-12-08", "2026-06-08"):
            self.add("Review", id=self.number("r"), kind="firewall_rules", reviewed_on=day, reviewer=lead,
                     decision="no_change")
        privileged = [g for g in self.records["AccessGrant"] if g.get("privileged")]
        for day in ("2025-06-16", "2025-09-15", "2025-12-12", "2026-03-10", "2026-06-09"):
            for grant in privileged:
                if grant["granted_at"][:10] < day and grant.get("revoked_at", "9999") > day:
                    self.add("Review", id=self.number("r"), kind="access", reviewed_on=day, reviewer=lead,
                             decision="retain", access_grant=grant["id"])
        # Some rights turned out to be needless, and were taken away: the last of them on the last day allowed.
        for index, person in enumerate(self.current("Support")[8:12]):
            account = self.one("Account", owner=person["id"], system="zendesk")
            grant = self.grant(account, "billing viewer", "application", at(date(2024, 5, 6) + days(index)))
            self.add("Review", id=self.number("r"), kind="access", reviewed_on="2026-03-10", reviewer=lead,
                     decision="remove", access_grant=grant["id"])
            grant["revoked_at"] = stamp(at(date(2026, 3, 11 + 2 * index), 15, 20))
        # Rights for a time: one was removed when it ran out, one on the next day, one runs still.
        for index, (until, revoked) in enumerate((((2026, 1, 16), (2026, 1, 16)), ((2026, 4, 10), (2026, 4, 10)),
                                                  ((2026, 9, 30), None))):
            account = self.one("Account", owner=self.current("Data")[1 + index]["id"], system="snowflake")
            self.grant(account, "AUDIT_EXPORT", "application", at(date(*until) - days(90)),
                       expires_at=stamp(at(date(*until), 18)),
                       revoked_at=stamp(at(date(*revoked), 20 + index)) if revoked else None)

    # ---- components ------------------------------------------------------------------------------------------

    def asset(self, name, kind, owner, seen, registered, status="in_use", **more):
        return self.add("Asset", id=self.number("as"), name=name, kind=kind, status=status,
                        owner=owner["id"] if owner else None, first_seen_on=str(seen),
                        registered_on=str(registered) if registered else None, **more)

    def build_assets(self):
        review, seen_last = "2026-03-03", "2026-06-28"
        platform = self.current("Platform")
        for index in range(26):
            system = ("platform", "tracking", "rates", "portal")[index % 4]
            kind = "production" if index < 18 else "staging"
            seen = self.working_day(date(2022, 1, 10), 1000)
            self.asset(f"{system}-{kind[:4]}-{index + 1:02d}", "server", platform[index % len(platform)], seen,
                       seen + days(4), system=system, environment=f"{system}-{kind}", last_seen_on=seen_last,
                       last_reviewed_on=review, remote_password_login=False)
        for kind, names in (("database", ("orders", "tracking", "rates", "portal")),
                            ("load_balancer", ("edge-eu", "edge-us")),
                            ("container_platform", ("eks-prod", "eks-stage")),
                            ("storage", ("documents", "exports", "backups"))):
            for name in names:
                seen = self.working_day(date(2021, 6, 1), 900)
                self.asset(f"{name}-{kind.replace('_', '-')}", kind, platform[self.dice.below(len(platform))], seen,
                           seen + days(3), system="platform", environment="platform-production", sensitive=True,
                           last_seen_on=seen_last, last_reviewed_on=review)
        for person in self.steady + self.joined:
            start = date.fromisoformat(self.one("Employment", person=person["id"])["started_on"])
            old = start < date(2025, 4, 1)
            self.asset(f"laptop {person['name']}", "workstation", person, start, start + days(self.dice.below(10)),
                       last_seen_on=str(TODAY - days(1 + self.dice.below(9))), last_reviewed_on=review if old else None)
        for index, (person, end) in enumerate(self.left_in_period[:10]):
            status = "retired" if index % 3 == 0 else "spare"
            self.asset(f"laptop {person['name']}", "workstation", None, end - days(700), end - days(698), status,
                       last_seen_on=str(end), retired_on=str(end) if status == "retired" else None)
        # Found three weeks ago: there is time yet to enter it.
        self.asset("build-cache-03", "server", None, date(2026, 6, 8), None, system="platform",
                   environment="platform-staging", last_seen_on=seen_last)

    def build_endpoints(self):
        def endpoint(host, port, protocol, system, public=True, service=True, days_left=60, **more):
            tls = protocol in {"https", "tls"}
            fields = {"tls_versions": ["tls1_2", "tls1_3"], "weak_ciphers": False, "certificate_trusted": True,
                      "certificate_expires_at": stamp(NOW + timedelta(days=days_left, hours=7))} if tls else {}
            fields.update(more)
            self.add("Endpoint", id=f"{host}:{port}", host=host, port=port, protocol=protocol, system=system,
                     environment=f"{system}-production" if system else None, public=public,
                     carries_service_data=service, scanned_at=stamp(at(date(2026, 6, 27), 3, self.dice.below(60))), **fields)

        for name, system in (("app", "platform"), ("api", "platform"), ("admin", "platform"), ("files", "platform"),
                             ("track", "tracking"), ("hooks", "tracking"), ("rates", "rates"), ("quote", "rates"),
                             ("partners", "portal")):
            endpoint(f"{name}.{DOMAIN}", 443, "https", system, days_left=30 + self.dice.below(50))
            endpoint(f"{name}.{DOMAIN}", 80, "http", system, redirects_to_tls=True)
        endpoint(f"edi.{DOMAIN}", 22, "sftp", "platform")
        endpoint(f"mqtt.{DOMAIN}", 8883, "tls", "tracking", tls_versions=["tls1_3"])
        endpoint(f"www.{DOMAIN}", 80, "http", None, service=False)
        endpoint("10.20.4.17", 8080, "http", "platform", public=False)

    # ---- registers -------------------------------------------------------------------------------------------

    def build_registers(self):
        owners = self.current("Operations", "Platform", "Finance")
        for index, (name, tier, data) in enumerate((
                ("Amazon Web Services", "critical", True), ("Okta", "critical", False), ("Snowflake", "high", True),
                ("Zendesk", "high", True), ("Slack", "medium", True), ("BambooHR", "medium", False),
                ("Salesforce", "medium", True), ("Datadog", "high", False), ("Cleanline Offices", "low", False))):
            self.add("Vendor", id=self.number("v"), name=name, status="active", tier=tier, data_access=data,
                     owner=owners[index % len(owners)]["id"], onboarded_on=str(date(2020, 1, 15) + days(97 * index)))
        for name in ("orders", "tracking", "rates", "portal"):
            system = "platform" if name == "orders" else name
            self.add("DataStore", id=f"db-{name}", name=f"{name} database", kind="relational_database", system=system,
                     environment=f"{system}-production", created_on="2022-02-01", classification="confidential",
                     customer_data=True, production_data=True, backup_required=True)
        for name, kind, store in (("orders/db-password", "database_credential", "secrets_manager"),
                                  ("tracking/db-password", "database_credential", "secrets_manager"),
                                  ("rates/carrier-token", "application_secret", "vault"),
                                  ("portal/session-key", "signing_key", "kms"), ("documents", "encryption_key", "kms"),
                                  ("app/tls", "tls_private_key", "secrets_manager")):
            self.add("Secret", id=self.number("s"), name=name, kind=kind, store=store, encrypted=True,
                     owner=self.heads["Platform"]["id"], rotation_enabled=True, created_on="2024-08-12")

    # ---- governed documents ------------------------------------------------------------------------------------

    def policy(self, key, title, kinds, topics, versions, reviewed, audience, status="active"):
        """A document through its versions, each (number, first day, authors): the last one is in force, the ones before
        it superseded. Approved by the security officer two days before, read by its audience the day after."""
        self.add("Policy", id=key, title=title, kinds=kinds, status=status, owner=self.heads["Security"]["id"])
        for index, (number, day, authors) in enumerate(versions):
            last = index == len(versions) - 1
            version = self.add("PolicyVersion", id=f"{key}@{number}", policy=key, version=number,
                               status="approved" if last else "superseded", authors=[a["id"] for a in authors],
                               effective_on=str(day), retired_on=None if last else str(versions[index + 1][1]),
                               topics=topics)
            self.add("Approval", id=self.number("pa"), approver=self.heads["Security"]["id"], decision="approved",
                     at=stamp(at(day - days(2), 15, 20)), policy_version=version["id"])
            self.add("Publication", id=self.number("pub"), kind="policy", channel="intranet", audience=audience,
                     published_at=stamp(at(day + days(1), 8)), policy_version=version["id"],
                     withdrawn_at=None if last else stamp(at(versions[index + 1][1] + days(1), 8)))
        for day in reviewed:
            self.add("Review", id=self.number("pr"), kind="policy", reviewed_on=day,
                     reviewer=self.heads["Security"]["id"], decision="no_change", policy=key)

    def build_policies(self):
        for department, role, since in (("Security", "security_officer", "2021-02-01"), ("Finance", "executive", "2020-06-01"),
                                        ("Operations", "executive", "2022-01-10"), ("Platform", "engineering_manager", "2021-09-01")):
            self.add("RoleAssignment", id=self.number("ra"), person=self.heads[department]["id"], role=role, assigned_on=since)
        writers = self.current("Security")[1:3]
        access = ["authentication", "application_access", "system_access", "data_access", "network_access"]
        # Reviewed on the last day allowed, once in the period.
        self.policy("pol-access", "Access control policy", ["access_control"], access,
                    [("1.0", date(2023, 5, 2), writers), ("2.0", date(2025, 5, 12), writers)],
                    ["2024-05-06", "2026-05-12"], ["all_personnel"])
        # What the policy does not treat, this one does.
        self.policy("pol-leavers", "Joiners, movers and leavers", ["access_control"], ["access_termination"],
                    [("1.3", date(2024, 11, 4), [self.heads["People"]])], ["2025-10-20"], ["all_personnel"])
        self.policy("pol-crypto", "Use of cryptography", ["encryption_and_key_management"],
                    ["secret_encryption", "secret_decryption", "cryptographic_controls", "key_management"],
                    [("1.1", date(2025, 2, 3), writers[:1])], ["2026-01-19"], ["engineering"])
        # It took effect two weeks ago: there is time yet to publish it.
        self.policy("pol-remote", "Working from elsewhere", ["access_control"], [],
                    [("1.0", date(2026, 6, 16), writers[:1])], [], ["all_personnel"])
        self.records["Publication"].pop()
        # Retired before the period: nobody looks at it any more.
        self.policy("pol-passwords", "Choosing passwords", ["access_control"], [],
                    [("0.9", date(2020, 3, 2), writers[:1])], [], ["all_personnel"], status="retired")
