"""What goes wrong at Ferrow. Each fault changes records of a sound company, and says which findings must come of it:
control and check, key of the record, and why. Nothing else may be found.
"""

from datetime import date, timedelta

from company import DOMAIN, NOW, TODAY, at, days, stamp


class Faults:
    def __init__(self, company):
        self.c = company
        self.expected = []
        self.taken = set()
        self.leavers = [(p, end) for p, end in company.left_in_period]
        self.leavers_keep_access()
        self.shared_and_nameless_accounts()
        self.rights_in_production()
        self.keys_and_passwords()
        self.hosts()
        self.sign_in_rules()
        self.second_factors()
        self.register_of_assets()
        self.decisions_not_carried_out()
        self.endpoints()
        self.documents()

    def expect(self, check, record, why):
        self.expected.append({"check": check, "key": record["id"], "why": why})

    # ---- picking records that no other fault has touched --------------------------------------------------------

    def take(self, person):
        self.taken.add(person["id"])
        return person

    def person(self, *departments):
        return self.take(next(p for p in self.c.current(*departments)
                              if p["id"] not in self.taken and p not in self.c.heads.values()))

    def leaver(self, *departments):
        for person, end in self.leavers:
            if person["id"] not in self.taken and self.c.department[person["id"]] in departments:
                return self.take(person), end
        raise LookupError(departments)

    def account(self, person, system):
        return self.c.one("Account", owner=person["id"], system=system)

    def production_right(self, department="Platform", system="teleport"):
        """Someone with a right in production outside the browser: their account, the right and its key."""
        for person in self.c.current(department):
            if person["id"] in self.taken or person in self.c.heads.values():
                continue
            for account in self.c.find("Account", owner=person["id"], system=system):
                for grant in self.c.find("AccessGrant", account=account["id"], privileged=True):
                    self.take(person)
                    return account, grant, self.c.one("Credential", account=account["id"], enabled=True)
        raise LookupError(department)

    def reopen(self, account):
        account["enabled"] = True
        del account["disabled_at"]
        for grant in self.c.find("AccessGrant", account=account["id"]):
            grant.pop("revoked_at", None)

    # ---- ACC-07, and ACC-03 where the system is sensitive -------------------------------------------------------

    def leavers_keep_access(self):
        c = self.c
        for system, departments in (("slack", ("Support", "Sales", "Product")), ("zendesk", ("Support", "Operations")),
                                    ("salesforce", ("Sales", "Marketing"))):
            person, end = self.leaver(*departments)
            account = self.account(person, system)
            self.reopen(account)
            self.expect("ACC-07.leavers_disabled", account, f"left on {end}, the account was never switched off")
            if system == "zendesk":
                self.expect("ACC-03.owned_by_a_person", account, f"its owner left on {end}")
                # It signs in through Okta, where the leaver has nothing left that works.
                self.expect("ACC-04.second_factor_enrolled", account, "its owner's account at Okta is switched off")

        # An engineer left, and the cloud account stayed, key and production right and all.
        person, end = self.leaver("Platform", "Data", "Engineering", "Security")
        account = self.account(person, "aws")
        self.reopen(account)
        account["mfa_enrolled"], account["mfa_methods"] = True, ["totp"]
        grant = c.grant(account, "ProductionOperator", "non_console", at(end - days(500)), "rates-production",
                        privileged=True)
        key = c.credential(account, "access_key", at(end - days(500)), rotated=at(end - days(20)))
        for old in c.find("Credential", account=account["id"], enabled=False):
            c.records["Credential"].remove(old)
        for old in c.find("AccessGrant", account=account["id"], privileged=True):
            if old is not grant and old["method"] == "non_console":
                c.records["AccessGrant"].remove(old)
        self.expect("ACC-07.leavers_disabled", account, f"left on {end}, the account still works")
        self.expect("ACC-03.owned_by_a_person", account, f"its owner left on {end}")
        self.expect("ACC-07.credentials_revoked", key, f"left on {end}, the access key still works")
        self.expect("ACC-02.belongs_to_someone", grant, "a right in production of somebody who left")

        # Switched off, but late: by days, by a minute, and nobody knows when.
        person, end = self.leaver("Finance", "People", "Operations", "Product")
        account = self.account(person, "google")
        account["disabled_at"] = stamp(at(end + days(9), 11, 42))
        account["last_used_at"] = stamp(at(end + days(4), 22, 8))
        self.expect("ACC-07.leavers_disabled", account, "switched off nine days after the last working day")
        self.expect("ACC-07.not_used_after_leaving", account, "used four days after the last working day")
        person, end = self.leaver("Marketing", "Sales", "Support", "Engineering")
        account = self.account(person, "jira")
        account["disabled_at"] = stamp(at(end + days(2), 0, 1))
        self.expect("ACC-07.leavers_disabled", account, "switched off one minute after the grace had ended")
        account = self.account(person, "google")
        account["disabled_at"] = stamp(at(end + days(2), 0, 0))  # the last moment at which it is still in time
        person, _ = self.leaver("Data", "Support", "Product", "Finance", "People", "Engineering")
        account = self.account(person, "slack")
        del account["disabled_at"]
        self.expect("ACC-07.leavers_disabled", account, "switched off, and nobody knows when")

        # A token outlived the account that it belonged to.
        person, end = self.leaver("Engineering", "Platform", "Security", "Data")
        account = self.account(person, "github")
        token = c.credential(account, "api_token", at(end - days(90)))
        self.expect("ACC-07.credentials_revoked", token, "the account was switched off, its token was not")

        # One who left before the period began.
        person, end = next((p, e) for p, e in c.left_before if c.find("Account", owner=p["id"], system="slack"))
        account = self.account(person, "slack")
        self.reopen(account)
        self.expect("ACC-07.long_gone_disabled", account, f"left on {end}, before the period, and the account works")

    # ---- ACC-03 and ACC-07.no_orphans -----------------------------------------------------------------------------

    def shared_and_nameless_accounts(self):
        c = self.c
        for login, system in ((f"support-night@{DOMAIN}", "zendesk"), ("REPORTING_TEAM", "snowflake")):
            account = c.add("Account", id=c.number(system), system=system, login=login, kind="shared",
                            owner=c.heads["Support"]["id"], enabled=True, created_at=stamp(at(date(2023, 3, 6))),
                            password_enabled=True)
            self.expect("ACC-03.nothing_shared", account, "used by a whole shift")
        # Owned by nobody, and by somebody whom the personnel records do not know.
        for owner, login, system in ((None, f"test.user3@{DOMAIN}", "jira"), ("p-9917", "jschmidt-ext", "edi")):
            account = c.add("Account", id=c.number(system), system=system, login=login, kind="human", owner=owner,
                            enabled=True, created_at=stamp(at(date(2024, 1, 22))), mfa_enrolled=True,
                            mfa_methods=["totp"])
            self.expect("ACC-07.no_orphans", account, "belongs to nobody in the personnel records")
            if system == "edi":
                self.expect("ACC-03.owned_by_a_person", account, "its owner is not in the personnel records")
        # The same login twice, but for case.
        person = self.person("Support")
        first = self.account(person, "zendesk")
        second = c.add("Account", id=c.number("zendesk"), system="zendesk", login=first["login"].title(), kind="human",
                       owner=person["id"], enabled=True, created_at=stamp(at(date(2025, 2, 10))), sso=True)
        for account in (first, second):
            self.expect("ACC-03.login_unique", account, "two accounts whose logins differ in case alone")
        # A program whose keeper left, and an emergency account without a second factor.
        person, end = self.leaver("Engineering", "Data", "Platform", "Security", "Product", "Support")
        account = c.one("Account", system="github", login="ferrow-release-bot")
        account["owner"] = person["id"]
        self.expect("ACC-03.machine_ids_owned", account, f"its keeper left on {end}")
        account = c.one("Account", system="snowflake", login="RESCUE")
        account["mfa_enrolled"], account["mfa_methods"] = False, []
        self.expect("ACC-03.machine_ids_owned", account, "an emergency account without a second factor")

    # ---- ACC-02 ---------------------------------------------------------------------------------------------------

    def rights_in_production(self):
        c = self.c
        # One account for everybody who deploys, on a system that is not sensitive itself.
        shared = c.add("Account", id=c.number("jira"), system="jira", login="deploy-hook", kind="shared",
                       owner=c.heads["Platform"]["id"], enabled=True, created_at=stamp(at(date(2022, 10, 3))))
        grant = c.grant(shared, "deploy", "non_console", at(date(2022, 10, 3)), "portal-production")
        c.credential(shared, "ssh_key", at(date(2022, 10, 3)), rotated=NOW - days(120))
        self.expect("ACC-02.belongs_to_someone", grant, "several people deploy with it")

        people = c.current("Engineering")
        approver = c.heads["Security"]
        for index, why in enumerate(("nobody approved it", "approved by its owner alone",
                                     "approved an hour after it was given", "the approval had been withdrawn",
                                     "the approver asked for changes")):
            person = next(p for p in people if p["id"] not in self.taken and p not in c.heads.values()
                          and not any(g.get("privileged") for g in c.find(
                              "AccessGrant", account=self.account(p, "aws")["id"])))
            self.take(person)
            account = self.account(person, "aws")
            granted = at(date(2025, 9, 22) + days(47 * index), 14, 5)
            grant = c.grant(account, "ProductionOperator", "non_console", granted, "tracking-production",
                            privileged=True)
            c.credential(account, "access_key", granted)
            if index:
                when = granted + timedelta(hours=1) if index == 2 else granted - timedelta(hours=3)
                c.add("Approval", id=c.number("ap"), approver=person["id"] if index == 1 else approver["id"],
                      decision="changes_requested" if index == 4 else "approved", at=stamp(when),
                      withdrawn_at=stamp(granted - timedelta(hours=1)) if index == 3 else None,
                      access_grant=grant["id"])
            self.expect("ACC-02.granted_on_request", grant, why)

    def keys_and_passwords(self):
        c = self.c
        account, grant, key = self.production_right()
        key["enabled"] = False
        self.expect("ACC-02.by_key_only", grant, "the only certificate is switched off")
        account, grant, key = self.production_right("Data", "aws")
        c.credential(account, "password", at(date(2024, 8, 1)), use="both")
        self.expect("ACC-02.by_key_only", grant, "a password works beside the key")
        # One key in two hands.
        _, _, first = self.production_right()
        _, _, second = self.production_right()
        second["fingerprint"] = first["fingerprint"]
        for key in (first, second):
            self.expect("ACC-02.keys_unique", key, "two accounts have a key with the same fingerprint")
        _, _, key = self.production_right()
        del key["fingerprint"]
        self.expect("ACC-02.keys_unique", key, "it has no fingerprint")
        # Never changed.
        _, _, key = self.production_right("Data", "aws")
        key["created_at"] = stamp(NOW - days(412))
        key.pop("rotated_at", None)
        self.expect("ACC-02.keys_rotated", key, "412 days old and never changed")
        service = c.one("Account", system="aws", login="svc-log-shipper")
        key = c.one("Credential", account=service["id"])
        key["created_at"], key["rotated_at"] = stamp(at(date(2023, 2, 14))), stamp(NOW - days(365) - timedelta(minutes=1))
        self.expect("ACC-02.keys_rotated", key, "last changed a minute more than 365 days ago")
        service = c.one("Account", system="aws", login="svc-backup-agent")
        c.one("Credential", account=service["id"])["rotated_at"] = stamp(NOW - days(365))  # still in time

    def hosts(self):
        for name, value in (("platform-prod-05", True), ("rates-prod-11", None)):
            host = self.c.one("Asset", name=name)
            host["remote_password_login"] = value
            if value is None:
                del host["remote_password_login"]
            self.expect("ACC-02.hosts_refuse_passwords", host, "lets people log in with a password" if value else
                        "nobody looked whether it does")

    # ---- ACC-04 ---------------------------------------------------------------------------------------------------

    def sign_in_rules(self):
        c = self.c
        system = c.add("System", id="metabase", name="Metabase", in_scope=True, sensitive=True, tier="medium", team="data")
        self.expect("ACC-04.rules_enforced", system, "no sign-in rules are known for it")
        rules = c.one("AuthPolicy", id="snowflake-account")
        rules["min_length"] = 10
        self.expect("ACC-04.passwords_strong", rules, "ten characters of two classes")
        rules = c.one("AuthPolicy", id="edi-gateway")
        rules["mfa_required"] = False
        self.expect("ACC-04.second_factor_enforced", rules, "a second factor is not demanded")

    def second_factors(self):
        c = self.c
        # At the identity provider: then nothing behind it is protected either.
        for why, methods in (("none at Okta", []), ("security questions only", ["security_question"])):
            person = self.person("Support" if methods else "Engineering")
            okta = self.account(person, "okta")
            okta["mfa_enrolled"], okta["mfa_methods"] = bool(methods), methods
            for account in c.find("Account", owner=person["id"], enabled=True):
                if c.one("System", id=account["system"])["sensitive"]:
                    self.expect("ACC-04.second_factor_enrolled", account, f"second factor: {why}")
        # On an account that does not sign in through it.
        account = self.account(self.person("Finance"), "snowflake")
        account["mfa_enrolled"], account["mfa_methods"] = False, []
        self.expect("ACC-04.second_factor_enrolled", account, "none on a local account")
        # A local password left behind when single sign-on came.
        for system, department in (("github", "Engineering"), ("bamboohr", "People")):
            account = self.account(self.person(department), system)
            account["password_enabled"] = True
            self.expect("ACC-04.no_back_door_beside_sso", account, "a local password works beside single sign-on")

    # ---- ACC-05 ---------------------------------------------------------------------------------------------------

    def register_of_assets(self):
        c = self.c
        for name, kind, seen in (("old-jenkins", "server", date(2024, 10, 2)), ("mac-mini-lab", "workstation", TODAY - days(31))):
            asset = c.asset(name, kind, None, seen, None, last_seen_on="2026-06-28")
            self.expect("ACC-05.registered", asset, f"seen since {seen}, and not in the register")
        c.asset("printer-2f", "other", None, TODAY - days(30), None, last_seen_on="2026-06-28")  # still in time
        asset = c.one("Asset", name="exports-storage")
        asset["owner"] = c.left_in_period[0][0]["id"]
        self.expect("ACC-05.owned", asset, "its owner left")
        asset = c.one("Asset", name="edge-us-load-balancer")
        asset["owner"] = "platform-team"
        self.expect("ACC-05.owned", asset, "its owner is a mailing list")
        asset = c.one("Asset", name="tracking-prod-02")
        asset["last_reviewed_on"] = "2025-06-29"
        self.expect("ACC-05.reviewed_within_interval", asset, "last gone through a year and a day ago")
        c.one("Asset", name="platform-prod-01")["last_reviewed_on"] = "2025-06-30"  # still in time
        asset = c.one("Asset", name="rates-prod-03")
        del asset["last_reviewed_on"]
        self.expect("ACC-05.reviewed_within_interval", asset, "never gone through")
        asset = c.find("Asset", status="retired")[1]
        asset["last_seen_on"] = str(date.fromisoformat(asset["retired_on"]) + days(40))
        self.expect("ACC-05.retired_is_gone", asset, "seen forty days after it was retired")

    # ---- ACC-07: reviews, transfers, rights for a time ------------------------------------------------------------

    def decisions_not_carried_out(self):
        c = self.c
        removals = [r for r in c.records["Review"] if r["decision"] == "remove"]
        grant = c.one("AccessGrant", id=removals[1]["access_grant"])
        grant["revoked_at"] = stamp(at(date(2026, 3, 18), 0, 30))
        self.expect("ACC-07.review_decisions_carried_out", removals[1], "removed on the eighth day")
        grant = c.one("AccessGrant", id=removals[2]["access_grant"])
        del grant["revoked_at"]
        self.expect("ACC-07.review_decisions_carried_out", removals[2], "never removed")

        person, day = c.transferred[1]
        account = self.account(person, "github")
        grant = c.find("AccessGrant", account=account["id"])[0]
        for review in c.find("Review", access_grant=grant["id"], reviewed_on=str(day + days(12))):
            review["reviewed_on"] = str(day + days(31))
        employment = c.one("Employment", person=person["id"], hire_kind="internal_transfer")
        self.expect("ACC-07.transfers_rechecked", employment, "one right from before was confirmed a day late")

        temporary = [g for g in c.records["AccessGrant"] if g.get("role") == "AUDIT_EXPORT"]
        del temporary[0]["revoked_at"]
        self.expect("ACC-07.expired_rights_ended", temporary[0], "ran out on 2026-01-16 and was never removed")

    # ---- ACC-08 ---------------------------------------------------------------------------------------------------

    def endpoints(self):
        c = self.c
        ftp = c.add("Endpoint", id=f"files.{DOMAIN}:21", host=f"files.{DOMAIN}", port=21, protocol="ftp",
                    system="platform", environment="platform-production", public=True, carries_service_data=True,
                    scanned_at="2026-06-27T03:31:00Z")
        self.expect("ACC-08.encrypted", ftp, "an FTP server for one old customer")
        old = c.one("Endpoint", id=f"hooks.{DOMAIN}:443")
        old["tls_versions"] = ["tls1_0", "tls1_1", "tls1_2"]
        self.expect("ACC-08.strong_versions", old, "TLS 1.0 and 1.1 are still accepted")
        unknown = c.one("Endpoint", id=f"mqtt.{DOMAIN}:8883")
        del unknown["weak_ciphers"]
        self.expect("ACC-08.strong_versions", unknown, "nobody looked for weak ciphers")
        ending = c.one("Endpoint", id=f"quote.{DOMAIN}:443")
        ending["certificate_expires_at"] = "2026-07-05T12:00:00Z"
        self.expect("ACC-08.certificate_valid", ending, "the certificate ends within the margin of 14 days")
        untrusted = c.one("Endpoint", id=f"admin.{DOMAIN}:443")
        untrusted["certificate_trusted"] = False
        self.expect("ACC-08.certificate_valid", untrusted, "a certificate that it signed itself")
        stale = c.one("Endpoint", id=f"edi.{DOMAIN}:22")
        stale["scanned_at"] = "2026-05-12T03:14:00Z"
        self.expect("ACC-08.recently_scanned", stale, "last scanned in May")
        for endpoint in c.find("Endpoint", system="portal"):
            c.records["Endpoint"].remove(endpoint)
        self.expect("ACC-08.every_system_scanned", c.one("System", id="portal"), "no endpoint of it was scanned")

    # ---- ACC-01 and ACC-06: documents ------------------------------------------------------------------------------

    def documents(self):
        c = self.c
        writers = c.current("Security")[1:3]
        # Approved by somebody whose role approves nothing.
        c.policy("pol-vpn", "Remote access", ["access_control"], [], [("1.0", date(2025, 9, 15), writers)], [],
                 ["all_personnel"])
        c.one("Approval", policy_version="pol-vpn@1.0")["approver"] = c.heads["Platform"]["id"]
        self.expect("ACC-01.approved", c.one("PolicyVersion", id="pol-vpn@1.0"), "approved by an engineering manager")
        # Approved by its author.
        c.policy("pol-admin", "Privileged access", ["access_control"], [],
                 [("2.1", date(2025, 8, 4), [c.heads["Security"]])], [], ["all_personnel"])
        self.expect("ACC-01.approved_independently", c.one("PolicyVersion", id="pol-admin@2.1"),
                    "approved by its author alone")
        # Not gone through for longer than a year; and once, a month too late.
        c.policy("pol-visitors", "Guest accounts", ["access_control"], [], [("1.0", date(2024, 4, 8), writers)],
                 ["2025-04-02"], ["all_personnel"])
        self.expect("ACC-01.reviewed", c.one("Policy", id="pol-visitors"), "last gone through in April of last year")
        c.policy("pol-shared", "Shared mailboxes", ["access_control"], [], [("1.0", date(2024, 9, 2), writers)],
                 ["2025-10-01"], ["all_personnel"])
        self.expect("ACC-01.reviewed", c.one("Policy", id="pol-shared"), "gone through a month late in the period")
        # In force for longer than two weeks, and only engineers can read it.
        c.policy("pol-tokens", "Access tokens", ["access_control"], [], [("1.0", date(2026, 5, 4), writers)], [],
                 ["engineering"])
        self.expect("ACC-01.communicated", c.one("PolicyVersion", id="pol-tokens@1.0"), "published to engineers alone")
        # A section that was dropped with the last version; and a page that was taken down.
        version = c.one("PolicyVersion", id="pol-crypto@1.1")
        version["topics"] = [t for t in version["topics"] if t != "key_management"]
        self.expect("ACC-06.covers_topics", {"id": "organization"}, "nothing in force treats the management of keys")
        c.one("Publication", policy_version="pol-crypto@1.1")["withdrawn_at"] = "2026-06-02T07:30:00Z"
        self.expect("ACC-06.communicated", version, "its page was taken down in June")
