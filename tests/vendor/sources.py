#!/usr/bin/env python3
"""Reads vendors' responses as they were recorded through the library's sources, and compares what is derived with what is worked out
here from the same files. Arguments: the command, the repository. Skipped (77) where the recordings are not there."""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests/e2e"))
import faults  # noqa: E402
from faults import check  # noqa: E402

command = str(pathlib.Path(sys.argv[1]).resolve())
recorded = (pathlib.Path(sys.argv[2]).resolve().parent / "shared/data/vendor")
if not recorded.is_dir():
    print("skipped: there are no recordings")
    sys.exit(77)


def value(modules, files, expression):
    """What an expression is over rules that use these modules and a folder with these files."""
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        (place / "rules.writ").write_text("".join(f"use {module}\n" for module in modules))
        for path, text in files.items():
            target = place / "exports" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text if isinstance(text, str) else json.dumps(text))
        ran = subprocess.run([command, "eval", "--expr", expression, "rules.writ", "--facts", "exports", "--now", "2026-06-30",
                              "--format", "json"], cwd=place, capture_output=True, text=True, check=False)
        if not ran.stdout:
            faults.fault(expression, ran.stderr)
            return None
        result = json.loads(ran.stdout)
        check(result["outcome"] == "value", expression, result["reasons"], ran.stderr)
        return result["value"]


def same(title, found, wanted):
    check(found == wanted, title, "found", found, "wanted", wanted)


SYSTEMS = {"systems.json": {"System": [{"id": key, "name": key, "in_scope": True, "tier": "high"} for key in ("aws", "okta", "github")]},
           "people.json": {"Person": []}}

# ---- AWS: credential reports. What stands in the recordings is the table itself.
reports = 0
for path in sorted(recorded.glob("aws-recorded/iam/GetCredentialReport/*.json")):
    content = json.loads(path.read_text()).get("Content")
    if not isinstance(content, str) or "password_enabled" not in content:
        continue
    lines = list(csv.DictReader(io.StringIO(content)))
    if len({line["arn"] for line in lines}) != len(lines):
        continue
    reports += 1
    files = {**SYSTEMS, "aws/credential-report.json": path.read_text()}
    accounts = value(["sources.aws", "std.access"], files,
                     '["{a.login} {a.kind} {a.mfa_enrolled} {a.password_enabled}" for a in Account by a.login]')
    kind = lambda line: "break_glass" if line["user"] == "<root_account>" else "human" if line["password_enabled"].lower() == "true" else "service"
    wanted = sorted((f"{line['user']} {kind(line)} {line['mfa_active'].lower()} "
                     f"{'true' if line['user'] == '<root_account>' or line['password_enabled'] == 'true' else 'false'}"
                     for line in lines), key=lambda text: text.split(" ")[0])
    same(path.name, accounts, wanted)
    keys = value(["sources.aws", "std.access"], files, "count(c in Credential where c.kind == access_key and c.enabled)")
    same(f"{path.name}: keys", keys, sum(line[f"access_key_{n}_active"].lower() == "true" for line in lines for n in (1, 2)))
check(reports >= 3, "credential reports", reports)

# ---- AWS: security groups.
groups = 0
for path in sorted(recorded.glob("aws-recorded/ec2/DescribeSecurityGroups/*.json")):
    response = json.loads(path.read_text())
    entries = [(group["GroupId"], entry) for group in response.get("SecurityGroups", []) for entry in group["IpPermissions"]]
    ids = [f"aws:{group}/{e['IpProtocol']}/{e.get('FromPort', 0)}-{e.get('ToPort', 65535)}" for group, e in entries]
    if not entries or len(set(ids)) != len(ids):
        continue
    groups += 1
    files = {"aws/security-groups.json": path.read_text(), "systems.json": {"System": [], "Environment": []}}
    found = value(["sources.aws_networks", "std.networks"], files,
                  "[r.id for r in FirewallRule where some n in r.sources where prefix_length(n) == 0 by r.id]")
    world = lambda e: any(r["CidrIp"].endswith("/0") for r in e.get("IpRanges", [])) or any(
        r["CidrIpv6"].endswith("/0") for r in e.get("Ipv6Ranges", []))
    same(path.name, found, sorted(i for i, (_, e) in zip(ids, entries) if world(e)))
check(groups >= 10, "security groups", groups)

# ---- Terraform: plans of security groups.
plans = 0
for path in sorted(recorded.glob("terraform-plan/*/*plan*.json")):
    document = json.loads(path.read_text())
    if not any(one["type"] == "aws_security_group" for one in document.get("resource_changes", [])):
        continue
    plans += 1
    entries = [(one["address"], entry) for one in document["resource_changes"] if one["type"] == "aws_security_group"
               for entry in one["change"]["after"]["ingress"]]
    found = value(["sources.terraform.security_groups", "std.networks"],
                  {"terraform/plan.json": path.read_text(), "systems.json": {"System": [], "Environment": []}},
                  '["{r.id} {r.protocol} {r.port_from} {r.port_to} {r.sources}" for r in FirewallRule by r.id]')
    same(path.name, found, sorted(
        f"terraform:{address}/{e['protocol']}/{e['from_port']}-{e['to_port']}/{','.join(e['cidr_blocks'])} {e['protocol']} "
        f"{e['from_port']} {e['to_port']} {{{', '.join(e['cidr_blocks'])}}}" for address, e in entries))
check(plans >= 4, "plans", plans)

# ---- Trivy.
scans = 0
for path in sorted(recorded.glob("trivy/*.json.golden")):
    report = json.loads(path.read_text())
    rows = [(v["VulnerabilityID"], v["PkgName"], v.get("Severity", "UNKNOWN").lower().replace("unknown", "low"),
             (v.get("PublishedDate") or report["CreatedAt"])[:10])
            for result in report.get("Results") or [] for v in result.get("Vulnerabilities") or []]
    if not rows or "CreatedAt" not in report:
        continue
    scans += 1
    found = value(["sources.trivy", "std.incidents"], {"trivy/scan.json": path.read_text()},
                  '["{f.title} {f.severity} {f.identified_on}" for f in Finding]')
    titles = sorted((text.split(" in ")[0], text.split(" in ")[1].split(" ")[0], *text.split(" ")[-2:]) for text in found or [])
    same(path.name, titles, sorted(rows))
check(scans >= 5, "scans", scans)

# ---- Okta: examples of its own description.
examples = {}
for line in (recorded / "okta/examples.jsonl").read_text().splitlines():
    example = json.loads(line)
    examples[example["name"]] = example["value"]
users = {}
for name in ("ListUsersResponse", "ListUsersSearchResponse", "ListUsersQResponse", "ListUsersFilterResponse", "list-user-example",
             "user-example", "ExpirePwdResponse"):
    for user in examples[name] if isinstance(examples[name], list) else [examples[name]]:
        users.setdefault(user["id"], user)
factors = {}
for name, one in examples.items():
    for factor in one if isinstance(one, list) else [one]:
        if isinstance(factor, dict) and "factorType" in factor and "status" in factor and "id" in factor:
            factors.setdefault(factor["id"], factor)
files = {**SYSTEMS, "okta/users.json": list(users.values()), "okta/factors.json": list(factors.values())}
found = value(["sources.okta", "std.access"], files, '["{a.id} {a.login} {a.enabled}" for a in Account by a.id]')
same("Okta's users", found, sorted(f"okta:{u['id']} {u['profile']['login']} {str(u['status'] not in ('SUSPENDED', 'DEPROVISIONED')).lower()}"
                                   for u in users.values()))
found = value(["sources.okta"], files, "count(f in OktaFactor where okta_user_of(f) is present)")
same("Okta's factors", found, sum("/users/" in json.dumps(f.get("_links", {})) for f in factors.values()))

# ---- GitHub: what webhooks carry of a pull request and of a review is what the API gives.
payload = json.loads((recorded / "github-webhooks/pull_request_review/submitted.payload.json").read_text())
protections = [one["response"] for one in json.loads((recorded / "github-rest/branch-protection.json").read_text())
               if isinstance(one.get("response"), dict) and "url" in one["response"]]
address = protections[-1]["url"].split("/branches/")[0]
fixture = {"id": 1, "node_id": "fixture", "name": "fixture", "full_name": "fixture", "url": address, "default_branch": "main",
           "visibility": "private"}
pull = payload["pull_request"]
files = {**SYSTEMS, "github/pulls/1.json": [dict(pull, base=dict(pull["base"], repo=payload["repository"]))],
         "github/pull-reviews/1.json": [dict(payload["review"], state="approved")], "github/repos.json": [fixture],
         "github/branch-protection/1.json": protections[-1], "github/rulesets/1.json": []}
modules = ["sources.github", "std.changes", "std.decisions", "std.access"]
change = f"{payload['repository']['full_name']}#{pull['number']}"
same("pull requests", value(modules, files, '["{c.id} {c.title} {c.revision}" for c in Change]'),
     [f"{change} {pull['title']} {pull['head']['sha']}"])
same("reviews", value(modules, files, '["{a.decision} {a.change?.id} {a.revision}" for a in Approval]'),
     [f"approved {change} {payload['review']['commit_id']}"])
last = protections[-1]
same("protection", value(modules, files, '["{r.branch_protected} {r.required_checks} {r.admins_enforced}" for r in Repository where r.production]'),
     [f"true {str(bool(last.get('required_status_checks', {}).get('checks'))).lower()} {str(last['enforce_admins']['enabled']).lower()}"])

faults.end("sources: ")
