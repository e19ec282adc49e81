#!/usr/bin/env python3
"""Judges a folder with exports of AWS and of Okta's system log by the library's controls, and again with one fault in it at a time.
Arguments: the command, the repository. What each check finds was worked out by hand."""
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

PACK = """use sources.aws.backup
use sources.aws.cloudtrail
use sources.aws.listeners
use sources.aws.rds_settings
use sources.aws.rds_snapshots
use sources.okta.deleted_users
use sources.okta.removed_assignments

pack judged "What the exports say" {
  version "1"
  include ACC-07
  include ACC-08
  include AVL-04
  include AVL-05
  include CNF-01
  include NET-03
  include ORG-08
  set program_started_on = 2024-01-01
  set ORG-08.monitored_controls = {"rds-storage-encrypted", "cloudtrail-enabled", "multi-region-cloudtrail-enabled"}
}
"""
SYSTEM = {"in_scope": True, "tier": "critical"}
STORE = {"environment": "prod", "customer_data": True, "production_data": True, "backup_required": True}
CARTS, PAPERS = "aws:arn:aws:dynamodb:eu-west-1:111122223333:table/carts", "aws:arn:aws:s3:::papers"
REGISTER = {
    "System": [{"id": "shop", "name": "Shop", "developed_in_house": True, **SYSTEM}, {"id": "okta", "name": "Okta", **SYSTEM},
               {"id": "payroll", "name": "Payroll", **SYSTEM}],
    "Environment": [{"id": "prod", "name": "production", "kind": "production", "boundary": "111122223333", "system": "shop"},
                    {"id": "lab", "name": "lab", "kind": "testing", "boundary": "elsewhere"}],
    "DataStore": [{"id": CARTS, "name": "carts", "kind": "nosql_database", **STORE}, {"id": PAPERS, "name": "papers", "kind": "object_store", **STORE}],
    "Person": [{"id": "1001", "name": "Ana Lind", "email": "ana.lind@octo.example"},
               {"id": "1002", "name": "Ben Okafor", "email": "ben@octo.example", "aliases": ["bokafor"]}],
    "Employment": [{"id": "e1", "person": "1001", "kind": "employee", "hire_kind": "new_hire", "started_on": "2024-01-01", "title": "Engineer", "country": "DE"},
                   {"id": "e2", "person": "1002", "kind": "employee", "hire_kind": "new_hire", "started_on": "2024-01-01", "ended_on": "2026-05-27",
                    "title": "Engineer", "country": "DE"}],
    **{entity: [] for entity in ("Approval", "Change", "Credential", "FirewallRule", "Policy", "PolicyVersion", "Publication", "Review", "RoleAssignment", "Ticket")}}
R, E, L = "aws:arn:aws:rds:eu-west-1:111122223333:", "aws:arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/", "aws:444455556666/"
SHOP, ORDERS, DOCUMENTS = R + "db:shop", R + "cluster:orders", R + "cluster:papers"
CARTS_2, CONTINUOUS = CARTS + "/backup/0002", "aws:arn:aws:backup:eu-west-1:111122223333:recovery-point:continuous:papers-1a2b"
TRAIL, OLD = "aws:arn:aws:cloudtrail:eu-west-1:444455556666:trail/lab/", "aws:arn:aws:cloudtrail:us-east-1:111122223333:trail/old/"
FAILING = {R + "db:scratch/rds-storage-encrypted", R + "db:scratch/db-instance-backup-enabled", R + "db:scratch/rds-instance-public-access-check",
           R + "db:orders-1/rds-instance-public-access-check", DOCUMENTS + "/rds-storage-encrypted",
           *(f"{of}{name}" for of in (L, "aws:unknown/") for name in (
               "cloudtrail-enabled", "multi-region-cloudtrail-enabled", "cloudtrail-security-trail-enabled")),
           *(f"{of}{name}" for of in (TRAIL, OLD) for name in ("cloud-trail-encryption-enabled", "cloud-trail-cloud-watch-logs-enabled")),
           OLD + "cloud-trail-log-file-validation-enabled"}
FOUND = {
    # What RDS makes no backups of by itself has no plan that anybody knows of.
    "AVL-04.every_store_decided": {CARTS, PAPERS}, "AVL-05.planned": {CARTS, PAPERS},
    # Of the documents there is one snapshot that is being copied; of the others there is nothing from before June.
    "AVL-04.on_time": {DOCUMENTS}, "AVL-04.no_gap_in_period": {SHOP, ORDERS, DOCUMENTS},
    "AVL-04.retention_set_by_management": {SHOP, ORDERS, DOCUMENTS},
    # A job whose point is gone did not say; the bucket's is not.
    "AVL-04.encrypted": {CARTS_2, CONTINUOUS},
    # 36 hours before now is noon of the 28th; the last whole snapshot of the shop is from three in the morning.
    "AVL-05.full_backup_recent": {SHOP, DOCUMENTS}, "AVL-05.plan_meets_policy": {ORDERS, DOCUMENTS}, "AVL-05.automated": set(), "AVL-05.retained": set(),
    "CNF-01.stores_classified": {ORDERS, CARTS, PAPERS},
    # Plain HTTP on 80 only redirects; what answers on 8080 is of the lab, and carries nothing of customers.
    "NET-03.services_restricted": set(), "ACC-08.encrypted": set(), "ACC-08.every_system_scanned": set(), "ACC-08.recently_scanned": set(),
    # Which ciphers it accepts, a setting does not tell.
    "ACC-08.strong_versions": {E + "app/shop/50dc/a1"},
    "ORG-08.controls_watched": set(), "ORG-08.running": set(), "ORG-08.failures_triaged": FAILING,
    # That of the lab has been failing for 18 days; of the others nobody knows since when.
    "ORG-08.failures_fixed": FAILING - {L + "cloudtrail-enabled"},
    # Who left on the 27th had until the end of the 28th. No list knows these two any more.
    "ACC-07.leavers_disabled": {"okta:00u8", "okta:0oa1:00u8"}, "ACC-07.not_used_after_leaving": set(),
}


def judged(change=lambda place: None):
    """The results over the folder, after a change of it."""
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        (place / "rules").mkdir()
        (place / "rules/pack.writ").write_text(PACK)
        for vendor in ("aws_backup", "aws_cloudtrail", "aws_listeners", "aws_rds", "aws_snapshots", "okta_log"):
            shutil.copytree(exports / vendor / "evidence", place / "exports", dirs_exist_ok=True)
        (place / "exports/registers.json").write_text(json.dumps(REGISTER))
        change(place / "exports")
        ran = subprocess.run([command, "eval", "rules", "--facts", "exports", "--now", "2026-06-30", "--period", "2025-07-01..2026-06-30",
                              "--collected-at", "2026-06-29T22:00:00Z", "--format", "json"], cwd=place, capture_output=True, text=True, check=False)
        check(ran.stdout != "", "no results", ran.stderr)
        return json.loads(ran.stdout)


def verdicts_of(result):
    return {f"{control['id']}.{one['name']}": one["verdict"] for control in result["controls"] for one in control["checks"]}


def found_by(result):
    return {f"{control['id']}.{one['name']}": {finding["key"] for finding in one["findings"]}
            for control in result["controls"] for one in control["checks"]}


whole = judged()
check(whole["bad_records"] == [], "bad records", whole["bad_records"])
undecided = {name for name, verdict in verdicts_of(whole).items() if verdict in ("error", "no_evidence")}
check(undecided == set(), "undecided", undecided)
for title, keys in FOUND.items():
    check(found_by(whole)[title] == keys, title, "found", found_by(whole)[title], "wanted", keys)

# ---- A listener that carries customers' data in clear.
clear = found_by(judged(lambda place: (place / "aws/load-balancer-tags.json").write_text('{"TagDescriptions": []}')))
for title in ("ACC-08.encrypted", "NET-03.services_restricted"):
    check(clear[title] == {E + "app/shop/50dc/a3"}, "in clear", title, clear[title])


def edited(file, edit):
    def change(place):
        document = json.loads((place / file).read_text())
        edit(document)
        (place / file).write_text(json.dumps(document, indent=1))
    return change


def without(file):
    return lambda place: (place / file).unlink()


# ---- What cannot be read passes nothing: the checks that decided something, and must not hold any more.
STORES, BACKUPS = ("CNF-01.stores_classified", "AVL-05.planned"), ("AVL-04.encrypted", "AVL-05.retained", "AVL-05.automated")
ENDPOINTS, CHECKS = ("ACC-08.encrypted", "ACC-08.recently_scanned", "NET-03.services_restricted"), ("ORG-08.running",)
ACCOUNTS = ("ACC-07.not_used_after_leaving", "ACC-07.no_orphans")
FAULTS = {
    "the last page of the instances": (without("aws/db-instances-2.json"), STORES + BACKUPS + CHECKS),
    "the clusters of a cluster's instance": (edited("aws/db-clusters.json", lambda d: d["DBClusters"].pop(0)), STORES + BACKUPS + CHECKS),
    "whether a database is encrypted": (edited("aws/db-instances-2.json", lambda d: d["DBInstances"][0].pop("StorageEncrypted")), STORES + CHECKS),
    "what an engine is": (edited("aws/db-instances-2.json", lambda d: d["DBInstances"][0].update(Engine="redis")), STORES + BACKUPS),
    "the next page of the snapshots": (edited("aws/db-snapshots-central.json", lambda d: d.update(NextToken="x")), BACKUPS),
    "how far a snapshot is": (edited("aws/db-snapshots-2.json", lambda d: d["DBSnapshots"][1].update(Status="lost")), BACKUPS),
    "the next page of the jobs": (edited("aws/backup-jobs.json", lambda d: d.update(NextToken="x")), BACKUPS),
    "how a job went": (edited("aws/backup-jobs.json", lambda d: d["BackupJobs"][3].update(State="DONE")), BACKUPS),
    "a time that is a text": (edited("aws/backup-jobs.json", lambda d: d["BackupJobs"][0].update(CreationDate=1782000000.5)), BACKUPS),
    "of what a point is": (edited("aws/recovery-points-main.json", lambda d: d["RecoveryPoints"][0].pop("ResourceArn")), BACKUPS),
    "the listeners of a load balancer": (without("aws/listeners-shop.json"), ENDPOINTS),
    "a load balancer": (edited("aws/load-balancers.json", lambda d: d["LoadBalancers"].pop(0)), ENDPOINTS),
    "the next page of the load balancers": (edited("aws/load-balancers.json", lambda d: d.update(NextMarker="x")), ENDPOINTS),
    "what a policy accepts": (edited("aws/listeners-shop.json", lambda d: d["Listeners"][0].update(SslPolicy="mine")), ENDPOINTS),
    "whether a trail is logging": (without("aws/trail-status-all.json"), CHECKS),
    "whose a status is": (edited("aws/trail-status-all.json", lambda d: d.pop("TrailARN")), CHECKS),
    "what a trail records": (without("aws/event-selectors-all.json"), CHECKS),
    "whether a deletion succeeded": (edited("okta/logs-2026-06.json", lambda d: d[1]["outcome"].update(result="MAYBE")), ACCOUNTS),
    "who was taken out of an application": (edited("okta/logs-2026-05.json", lambda d: d[3].update(target=None)), ACCOUNTS),
}
for title, (change, names) in FAULTS.items():
    result = judged(change)
    verdicts = verdicts_of(result)
    settled = {name: verdicts[name] for name in names if verdicts[name] not in ("error", "fail")}
    check(settled == {}, title, settled)
    check("error" in {verdicts[name] for name in names}, title, {name: verdicts[name] for name in names})
    check(result["bad_records"] and all(record["reason"] and record["place"]["line"] >= 1 for record in result["bad_records"]), title)

# ---- An export that is not there at all: nothing is known, or what others tell of it leads nowhere.
for title, file, name in (("no snapshots", "aws/db-cluster-snapshots.json", "AVL-05.retained"), ("no points", "aws/recovery-points-main.json", "AVL-05.retained"),
                          ("no load balancers", "aws/load-balancers.json", "ACC-08.encrypted"), ("no tags", "aws/load-balancer-tags.json", "ACC-08.encrypted")):
    verdict = verdicts_of(judged(without(file)))[name]
    check(verdict in ("no_evidence", "error"), title, verdict)

faults.end("judged exports of AWS: ")
