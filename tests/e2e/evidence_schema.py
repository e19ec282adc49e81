#!/usr/bin/env python3
"""Holds `writ facts --json-schema` against evidence, with a validator that knows nothing of Writ: what the reader takes as
good must fit, in every shape that it takes, and what it sets aside must not. Arguments: the command, the repository.
Ends with 77, which means "skipped", where the validator (python3-jsonschema) is not there."""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import faults

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)
warnings.simplefilter("ignore", DeprecationWarning)

command, root = sys.argv[1], pathlib.Path(sys.argv[2])


def schema_of(*arguments):
    ran = subprocess.run([command, "facts", *map(str, arguments), "--json-schema"], cwd=root, capture_output=True, check=False)
    if ran.returncode != 0:
        faults.fault(f"writ facts {arguments}: status {ran.returncode}\n{ran.stderr.decode()}")
        return {}
    schema = json.loads(ran.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def errors(schema, pointer, document):
    """The faults of a document in the part of the schema that is named, or in its root."""
    part = schema if pointer == "" else {"$ref": f"#/$defs/{pointer}", "$defs": schema["$defs"]}
    if pointer and pointer not in schema["$defs"]:
        return [f"there is no {pointer} in the schema"]
    return [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(part).iter_errors(document)]


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def documents(schema, folder):
    """Each document or line of a folder, with the part of the schema that it is to fit."""
    named = {}
    for name in schema["$defs"]:
        if name.endswith(".file"):
            entity = name[: -len(".file")]
            for stem in (entity, snake(entity), snake(entity) + "s", snake(entity) + "es", re.sub("y$", "ies", snake(entity))):
                named[stem] = entity
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".ndjson":
            part = named[path.stem] + ".line" if path.stem in named else "line"
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if line.strip():
                    yield f"{path}:{number}", part, json.loads(line)
        elif path.suffix == ".json":
            yield str(path), named[path.stem] + ".file" if path.stem in named else "", json.loads(path.read_text())


# What the reader takes as good.
count = 0
starter = pathlib.Path(tempfile.mkdtemp()) / "starter"
subprocess.run([command, "init", str(starter)], capture_output=True, check=True)
for rules, evidence in [("tests/e2e/acme/rules", "tests/e2e/acme/evidence"),
                        ("rules/sample-organization", "rules/sample-organization/evidence"),
                        (starter, starter / "evidence")]:
    schema = schema_of(rules)
    for title, part, document in documents(schema, root / evidence):
        count += 1
        for error in errors(schema, part, document)[:3]:
            faults.fault(f"{title} does not fit {part or 'the root'}: {error}")

# Every shape, good and damaged; the reader has the last word on which is which.
schema = schema_of("tests/e2e/acme/rules")
person = {"id": "p1", "name": "Ana", "status": "terminated", "ended_on": "2026-06-01"}
account = {"id": "a1", "owner": "p1", "system": "aws", "enabled": True, "disabled_at": "2026-06-02T09:30:00+02:00", "sessions": 3}
good = [
    ("Person", person), ("Person", {**person, "ended_on": None}), ("Person", {**person, "nickname": "A", "more": {"x": []}}),
    ("Person", {**person, "ended_on": "2024-02-29"}), ("Person", {"id": "", "name": "", "status": "active"}),
    ("Account", account), ("Account", {**account, "owner": None, "sessions": None}), ("Account", {**account, "sessions": -(2**63)}),
    ("Account", {**account, "disabled_at": "2026-06-02t09:30:00.123456789z"}),
    ("Account", {"id": "a", "system": "s", "enabled": False}),
]
bad = [
    ("Person", {**person, "status": "fired"}), ("Person", {**person, "status": None}), ("Person", {**person, "ended_on": "2026-02-30"}),
    ("Person", {**person, "ended_on": "2025-02-29"}), ("Person", {**person, "ended_on": "2026-06-01T00:00:00Z"}),
    ("Person", {**person, "ended_on": 20260601}), ("Person", {**person, "id": 7}), ("Person", {**person, "name": None}),
    ("Person", {key: value for key, value in person.items() if key != "name"}),
    ("Person", {key: value for key, value in person.items() if key != "id"}), ("Person", ["p1", "Ana"]), ("Person", None),
    ("Account", {**account, "enabled": "true"}), ("Account", {**account, "enabled": 1}), ("Account", {**account, "owner": {"id": "p1"}}),
    ("Account", {**account, "sessions": 1.5}), ("Account", {**account, "sessions": "3"}), ("Account", {**account, "sessions": 2**63}),
    ("Account", {**account, "disabled_at": "2026-06-02T09:30:00"}), ("Account", {**account, "disabled_at": "2026-06-31T09:30:00Z"}),
    ("Account", {**account, "disabled_at": "2026-06-02 09:30:00Z"}), ("Account", {**account, "disabled_at": "2026-06-02"}),
    ("Account", {**account, "system": ["aws"]}),
]
dated = {"source": "a test", "collected_at": "2026-06-29T20:00:00Z"}


def shapes(entity, record):
    """Name of the file, its text, the part of the schema and the documents that are to fit it."""
    whole = {"entity": entity, **dated, "records": [record]}
    array = {**dated, snake(entity) + "s": [record]}
    yield f"{snake(entity)}.json", json.dumps([record]), f"{entity}.file", [[record]]
    yield f"{snake(entity)}s.json", json.dumps({**dated, "records": [record]}), f"{entity}.file", [{**dated, "records": [record]}]
    yield "export.json", json.dumps(array), "", [array]
    yield "export.json", json.dumps({entity: [record]}), "", [{entity: [record]}]
    yield "export.json", json.dumps(whole), "", [whole]
    first = {"entity": entity, **dated}
    yield f"{snake(entity)}.ndjson", json.dumps(first) + "\n" + json.dumps(record), f"{entity}.line", [first, record]
    if isinstance(record, dict):
        mixed = {"entity": entity, **record}
        yield "mixed.ndjson", json.dumps(mixed), "line", [mixed]
        kind = {"kind": snake(entity), **record}
        yield "mixed.ndjson", json.dumps(kind), "line", [kind]


def reader_takes(folder, name, text, entity):
    (folder / name).write_text(text)
    ran = subprocess.run([command, "facts", "tests/e2e/acme/rules", "--facts", str(folder), "--now", "2026-06-30", "--format", "json"],
                         cwd=root, capture_output=True, check=False)
    (folder / name).unlink()
    found = next(one for one in json.loads(ran.stdout)["evidence"] if one["entity"] == entity)
    return found["supplied"] and found["records"] == 1 and found["bad_records"] == 0 and found["broken"] is None


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for wanted, cases in ((True, good), (False, bad)):
        for entity, record in cases:
            for file, text, part, parts in shapes(entity, copy.deepcopy(record)):
                count += 1
                fits = not any(errors(schema, part, document) for document in parts)
                if fits != wanted:
                    faults.fault(f"{file} {text}: {'refused' if wanted else 'taken'} by the schema")
                if reader_takes(folder, file, text, entity) != wanted:
                    faults.fault(f"{file} {text}: {'refused' if wanted else 'taken'} by the reader")

# Documents that are wrong as a whole.
for part, document in [("", {"Person": person}), ("", {"records": [person]}), ("", {"entity": "Persn", "records": [person]}),
                       ("", {"entity": "Person", "records": person}), ("", {"collected_at": "yesterday", "Person": [person]}),
                       ("", {"Persons_of_note": [person]}), ("", "text"), ("Person.file", {"entity": "Account", "records": []}),
                       ("line", person), ("line", {"entity": "Persn", **person}), ("line", [person])]:
    count += 1
    if not errors(schema, part, document):
        faults.fault(f"{document} fits {part or 'the root'}")

# Vendors' documents, as rules with `from` and `at` read them.
rules = """
entity Region { name: String key }
entity Group from "groups*.json" at "Groups[*]" {
  id:     String key at "GroupId"
  region: String at "^.Region.Name"
  tag:    String? at "Tags[0].Value"
  ports:  List<Int> at "Rules[*].Port"
}
control G-1 "Groups" {
  evidence Group
  check ports "Ports" {
    for g in Group
    require g.region != "" and (g.tag ?? "") != "x" and count(p in g.ports where p > 1) >= 0 else "no"
  }
}
"""
vendor_good = {"Region": {"Name": "eu"}, "Groups": [{"GroupId": "g", "Tags": [{"Value": "t"}], "Rules": [{"Port": 1}]},
                                                    {"GroupId": "h", "Rules": []}]}
vendor_bad = [{}, {"Groups": None}, {**vendor_good, "Region": {}}, {**vendor_good, "Groups": [{"GroupId": "g"}]},
              {**vendor_good, "Groups": [{"GroupId": 7, "Rules": []}]}, {**vendor_good, "Groups": [{"Rules": []}]},
              {**vendor_good, "Groups": [{"GroupId": "g", "Rules": [{"Port": "1"}]}]},
              {**vendor_good, "Groups": [{"GroupId": "g", "Rules": [{}]}]},
              {**vendor_good, "Groups": [{"GroupId": "g", "Rules": [], "Tags": [{"Value": 3}]}]}]
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "rules.writ").write_text(rules)
    schema = schema_of(folder / "rules.writ")
    (folder / "facts").mkdir()
    for wanted, document in [(True, vendor_good), *((False, one) for one in vendor_bad)]:
        count += 1
        (folder / "facts/groups.json").write_text(json.dumps(document))
        ran = subprocess.run([command, "facts", str(folder / "rules.writ"), "--facts", str(folder / "facts"), "--format", "json"],
                             capture_output=True, check=False)
        found = json.loads(ran.stdout)["evidence"][0]
        takes = found["supplied"] and found["bad_records"] == 0 and found["broken"] is None
        found_errors = errors(schema, "Group.document", document)
        if takes != wanted or (not found_errors) != wanted:
            faults.fault(f"{document}: reader {takes}, schema {found_errors}")

faults.end(f"{count} documents, ")
