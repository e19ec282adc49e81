#!/usr/bin/env python3
"""Judges folders of exports as vendors write them by the library's controls. Arguments: the command, the repository."""
import base64
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
repository = pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(repository / "tests/e2e"))
import faults  # noqa: E402
from faults import check  # noqa: E402

command = str(pathlib.Path(sys.argv[1]).resolve())
exports = repository / "tests/vendor/sources"


def evaluated(place):
    """The results of `writ eval rules --facts exports` in a folder."""
    ran = subprocess.run([command, "eval", "rules", "--facts", "exports", "--now", "2026-06-30", "--period", "2025-07-01..2026-06-30",
                          "--collected-at", "2026-06-29T22:00:00Z", "--format", "json"], cwd=place, capture_output=True, text=True,
                         check=False)
    check(ran.stdout != "", "no results", ran.stderr)
    return json.loads(ran.stdout)


def verdicts_of(result):
    return {f"{control['id']}.{one['name']}": one["verdict"] for control in result["controls"] for one in control["checks"]}


# ---- A credential report that cannot be read passes nothing: what has no evidence without a report is in error with it.
PACK = """use sources.aws
use sources.aws.password_policy

pack judged "Access" {
  version "1"
  include soc2.access
  set program_started_on = 2024-01-01
}
"""
POLICY = {"PasswordPolicy": {"MinimumPasswordLength": 14}}
HEAD = ("user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,"
        "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
        "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
        "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated")
ROW = ("ana,arn:aws:iam::1:user/ana,2025-01-01T00:00:00+00:00,true,N/A,N/A,N/A,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,"
       "false,N/A,false,N/A")


def judged(report):
    """The verdict of each check, and the bad records, over a folder with this report; without one where it is None."""
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        (place / "rules").mkdir()
        (place / "rules/pack.writ").write_text(PACK)
        (place / "exports/aws").mkdir(parents=True)
        registers = {"System": [{"id": "aws", "name": "AWS", "in_scope": True, "tier": "high"}], "Person": [], "Employment": [], "Environment": []}
        (place / "exports/registers.json").write_text(json.dumps(registers))
        (place / "exports/aws/password-policy.json").write_text(json.dumps(POLICY))
        if report is not None:
            (place / "exports/aws/credential-report.json").write_text(json.dumps(report, indent=2))
        result = evaluated(place)
        return verdicts_of(result), result["bad_records"]


encoded = lambda text: base64.b64encode(text.encode()).decode()
without, _ = judged(None)
good, none = judged({"Content": encoded(f"{HEAD}\n{ROW}\n"), "ReportFormat": "text/csv", "GeneratedTime": "2026-06-29T00:00:00+00:00"})
check(none == [], "bad records of a good report", none)
on_accounts = {name for name, verdict in without.items() if verdict == "no_evidence" and good[name] != "no_evidence"}
check(len(on_accounts) >= 5, "checks on accounts", on_accounts)
BAD = {"no base64": {"Content": "dXNlcixhcm4!"}, "nothing": {"Content": ""}, "no table": {"Content": encoded("<html>busy</html>")},
       "no content": {"State": "STARTED", "Description": "No report exists. Starting a new report generation task"},
       "another head": {"Content": encoded(f"arn,{HEAD[9:]}\n{ROW}")}, "a head alone": {"Content": encoded(HEAD + "\n")},
       "a row that is cut off": {"Content": encoded(f"{HEAD}\n{ROW[:-8]}")},
       "not complete": {"Content": encoded(f"{HEAD}\n{ROW}"), "State": "INPROGRESS"}}
for title, report in BAD.items():
    verdicts, bad = judged(report)
    settled = {name: verdicts[name] for name in on_accounts if verdicts[name] not in ("error", "fail")}
    check(settled == {}, title, settled)
    places = {record["place"]["path"] for record in bad}
    check(places == {"exports/aws/credential-report.json"}, title, bad)
    check(all(record["place"]["line"] >= 1 and record["reason"] for record in bad), title, bad)

# ---- Exports of several vendors in one folder, and a register of what none of them knows. What each check finds was worked out by hand.
ALL = """use sources.github.access
use sources.github.members
use sources.github.outside_collaborators
use sources.grype
use sources.grype.folders
use sources.pagerduty
use sources.statuspage
use sources.terraform

pack judged "What the exports say" {
  version "1"
  include INC-01
  include INC-03
  include COM-04
  include VUL-01
  include NET-03
  include CNF-01
  include ORG-08
  set program_started_on = 2024-01-01
  set ORG-08.monitored_controls = {"rds-storage-encrypted", "s3-bucket-level-public-access-prohibited"}
}
"""
SYSTEM = {"in_scope": True, "tier": "critical"}
REGISTER = {"System": [{"id": "shop", "name": "shop", **SYSTEM}, {"id": "github", "name": "GitHub", **SYSTEM}],
            "Environment": [{"id": "prod", "name": "production", "kind": "production", "boundary": "cloud-1"},
                            {"id": "staging", "name": "staging", "kind": "staging", "boundary": "cloud-2"}],
            "Person": [{"id": "p1", "name": "Ana Lind", "email": "ana@octo.example", "aliases": ["AnaLind"]}],
            "Change": [{"id": "octo/shop#12", "title": "New address", "kind": "application", "urgency": "normal",
                        "opened_at": "2026-05-20T08:00:00Z"}],
            **{entity: [] for entity in ("Asset", "Ticket", "Employment", "Approval", "Review", "RoleAssignment", "Policy", "PolicyVersion",
                                         "Deployment")}}
T = "terraform:"
FOUND = {
    # PT0003 is assigned to nobody whom the register knows, and no stakeholder was told of it; PT0001's ticket is not there.
    "INC-01.prioritized_and_assigned": {"pagerduty:PT0003"},
    "INC-01.communicated_inside": {"pagerduty:PT0003"},
    "INC-01.tracked_to_resolution": {"pagerduty:PT0001", "pagerduty:PT0003"},
    # Nobody said of which kind PT0004 was.
    "INC-03.provided": {"pagerduty:PT0001", "pagerduty:PT0004"},
    "COM-04.decision_recorded": {"pagerduty:PT0002"},
    "CNF-01.stores_classified": {T + "module.reports.aws_rds_cluster.main"},
    "NET-03.services_restricted": {T + "aws_alb_listener.legacy"},
    "NET-03.justified": {T + "aws_security_group.web/tcp/22-22/10.0.0.0/8", T + "aws_security_group_rule.admin"},
    # Critical, found on 31 May, gone on 29 June.
    "VUL-01.handled_in_time": {"grype:registry.example/app:1.4/libcrypto3@3.3.1-r0/lib/apk/db/installed/alpine:distro:alpine:3.20/CVE-2026-0001"},
    "ORG-08.failures_triaged": {T + f"aws_db_instance.scratch/{name}" for name in (
        "rds-storage-encrypted", "db-instance-backup-enabled", "rds-instance-public-access-check")} | {
            T + "module.reports.aws_rds_cluster.main/rds-storage-encrypted", T + "aws_s3_bucket.site/s3-bucket-level-public-access-prohibited"},
}
with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    (place / "rules").mkdir()
    (place / "rules/pack.writ").write_text(ALL)
    for vendor in ("grype", "pagerduty", "statuspage", "terraform", "github_access"):
        shutil.copytree(exports / vendor / "evidence", place / "exports", dirs_exist_ok=True)
    (place / "exports/registers.json").write_text(json.dumps(REGISTER))
    result = evaluated(place)
    check(result["bad_records"] == [], "bad records", result["bad_records"])
    undecided = {name for name, verdict in verdicts_of(result).items() if verdict in ("error", "no_evidence")}
    check(undecided == set(), "undecided", undecided)
    found = {f"{control['id']}.{one['name']}": {finding["key"] for finding in one["findings"]}
             for control in result["controls"] for one in control["checks"]}
    for name, keys in FOUND.items():
        check(found[name] == keys, name, "found", found[name], "wanted", keys)
    check(verdicts_of(result)["ORG-08.controls_watched"] == "pass", "controls watched")

faults.end("judged exports: ")
