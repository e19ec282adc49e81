#!/usr/bin/env python3
"""Makes the evidence of the sample organisation. The same bytes each time; nothing but Python 3 is needed.

  generate.py                                writes evidence/ and faults.json beside this file
  generate.py --check                        says whether they are as they would be written
  generate.py --output DIR                   writes below DIR instead
  generate.py --without-faults --output DIR  the same company with everything in order
"""

import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "generator"), str(HERE.parent / "generator")]
sys.dont_write_bytecode = True

from company import Company  # noqa: E402
from faults import Faults  # noqa: E402

# Each file: its shape, where it comes from, when it was collected, and the entities in it.
FILES = {
    "hr/person.json": ("envelope", "BambooHR", "2026-06-29T04:10:00Z", ["Person"]),
    "hr/employment.json": ("envelope", "BambooHR", "2026-06-29T04:10:00Z", ["Employment"]),
    "identity/account.ndjson": ("lines", "Okta and the systems behind it", "2026-06-29T22:05:00Z", ["Account"]),
    "identity/access_grant.ndjson": ("lines", "Okta and the systems behind it", "2026-06-29T22:05:00Z", ["AccessGrant"]),
    "identity/credential.ndjson": ("lines", "AWS, GitHub, Teleport, Snowflake", "2026-06-29T22:20:00Z", ["Credential"]),
    "identity/sign-in-rules.json": ("envelope", "Okta, Snowflake", "2026-06-29T22:20:00Z", ["AuthPolicy"]),
    "governance/approval.ndjson": ("lines", "Jira", "2026-06-29T20:00:00Z", ["Approval"]),
    "governance/review.ndjson": ("lines", "Jira, Okta", "2026-06-29T20:00:00Z", ["Review"]),
    "governance/policy.json": ("envelope", "Notion", "2026-06-29T20:10:00Z", ["Policy"]),
    "governance/policy_version.json": ("envelope", "Notion", "2026-06-29T20:10:00Z", ["PolicyVersion"]),
    "governance/publication.json": ("envelope", "Notion", "2026-06-29T20:10:00Z", ["Publication"]),
    "governance/role_assignment.json": ("envelope", "register of roles", "2026-06-15T09:00:00Z", ["RoleAssignment"]),
    "inventory/system.json": ("envelope", "service catalogue", "2026-06-22T08:00:00+02:00", ["System"]),
    "inventory/environment.json": ("envelope", "AWS Organizations", "2026-06-29T21:00:00Z", ["Environment"]),
    "inventory/asset.ndjson": ("lines", "Snipe-IT, AWS, Jamf", "2026-06-29T21:30:00Z", ["Asset"]),
    "scans/endpoint.json": ("envelope", "testssl.sh", "2026-06-27T04:00:00Z", ["Endpoint"]),
    "secrets/secret.json": ("envelope", "AWS, Vault", "2026-05-18T09:00:00Z", ["Secret"]),
    "registers.json": ("arrays", None, None, ["DataStore", "Facility", "Vendor"]),
}


def compact(value):
    return json.dumps(value, ensure_ascii=False)


def indented(records, indent):
    """An array with one record on each line: small, and a place in it is still a line that one can open."""
    if not records:
        return "[]"
    pad = " " * indent
    return "[\n" + ",\n".join(f"{pad}  {compact(r)}" for r in records) + f"\n{pad}]"


def text_of(shape, source, collected_at, entities, records):
    if shape == "arrays":
        members = [f'  "{entity}": {indented(records[entity], 2)}' for entity in entities]
        return "{\n" + ",\n".join(members) + "\n}\n"
    entity = entities[0]
    header = {"entity": entity, "source": source, "collected_at": collected_at}
    if shape == "lines":
        return "".join(compact(line) + "\n" for line in [header, *records[entity]])
    if entity in {"Person", "System", "Endpoint"}:  # as a tool with indentation writes it
        return json.dumps({**header, "records": records[entity]}, ensure_ascii=False, indent=2) + "\n"
    head = ",\n".join(f'  "{key}": {compact(value)}' for key, value in header.items())
    return "{\n" + head + f',\n  "records": {indented(records[entity], 2)}\n' + "}\n"


def build(with_faults):
    company = Company()
    expected = Faults(company).expected if with_faults else []
    expected.sort(key=lambda fault: (fault["check"], fault["key"]))
    texts = {"evidence/" + path: text_of(*plan, company.records) for path, plan in FILES.items()}
    texts["faults.json"] = "[\n" + ",\n".join("  " + compact(fault) for fault in expected) + "\n]\n"
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output", type=pathlib.Path, default=HERE)
    parser.add_argument("--without-faults", action="store_true")
    arguments = parser.parse_args()
    status = 0
    for path, text in build(not arguments.without_faults).items():
        target = arguments.output / path
        if arguments.check:
            if not target.is_file() or target.read_text(encoding="utf-8") != text:
                print(f"{target} is not what generate.py writes", file=sys.stderr)
                status = 1
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
