#!/usr/bin/env python3
"""Validates what the command writes for programs against docs/schemas. Arguments: the command, the repository.
Ends with 77, which means "skipped", where the validator (python3-jsonschema) is not there."""
import json
import pathlib
import subprocess
import sys
import warnings

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)
warnings.simplefilter("ignore", DeprecationWarning)

command, root = sys.argv[1], pathlib.Path(sys.argv[2])
schemas = {}
for path in sorted((root / "docs/schemas").glob("*.schema.json")):
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    schemas[schema["$id"]] = schema

moment = ["--now", "2026-06-30"]
acme = ["tests/e2e/acme/rules", "--facts", "tests/e2e/acme/evidence"]
sample = ["rules/sample-organization", "--facts", "rules/sample-organization/evidence"]
packs = ["--facts", "tests/e2e/packs/evidence", *moment, "--collected-at", "2026-06-29"]
# Schema, arguments, whether diagnostics (standard error) are what is validated.
calls = [
    ("results", ["eval", *acme, *moment, "--format", "json"], False),
    ("results", ["eval", *acme, *moment, "--format", "json", "--max-findings", "0"], False),
    ("results", ["eval", *sample, *moment, "--format", "json"], False),
    ("results", ["eval", "tests/e2e/acme/rules", "--facts", "tests/e2e/acme/evidence/vendor.json", *moment, "--format", "json"], False),
    ("explanation", ["explain", "ACC-07", *acme, *moment, "--format", "json"], False),
    ("explanation", ["explain", "LOG-01", *acme, *moment, "--format", "json"], False),
    *[("explanation", ["explain", control, *acme, *moment, "--key", key, "--format", "json"], False)
      for control, key in [("ACC-07", "a1"), ("ACC-07", "a2"), ("ACC-07", "a6"), ("LOG-01", "a6"), ("ACC-09", "p1")]],
    ("results", ["eval", "tests/e2e/packs/acme", "tests/e2e/packs/library", *packs, "--format", "json"], False),
    ("pack-results", ["eval", "tests/e2e/packs", *packs, "--format", "json"], False),
    ("explanation", ["explain", "ACC-07", "tests/e2e/packs", *packs, "--format", "json"], False),
    ("needs", ["facts", "tests/e2e/acme/rules", "--format", "json"], False),
    ("needs", ["facts", *acme, *moment, "--format", "json"], False),
    ("needs", ["facts", "rules/sample-organization", "--format", "json"], False),
    *[("value", ["eval", *acme, *moment, "--format", "json", "--expr", expression], False)
      for expression in ["count(a in Account)", "[a for a in Account]", "[a.owner for a in Account]", "period", "1 / 0", "1.5",
                         "count(r in RestoreTest)", "[p.ended_on for p in Person]", "Account", "\"x\""]],
    ("tests", ["test", "tests/e2e/tested", "--format", "json"], False),
    ("tests", ["test", "tests/e2e/tested/rules.writ", "tests/e2e/tested_failing", "--format", "json"], False),
    ("coverage", ["test", "tests/e2e/tested", "-o", "/dev/null", "--coverage-format", "json"], False),
    ("coverage", ["test", "stdlib/soc2", "-o", "/dev/null", "--coverage-format", "json"], False),
    ("diagnostics", ["check", "tests/e2e/mistakes/ten", "--diagnostics", "json"], True),
    ("diagnostics", ["evla", "--diagnostics", "json"], True),
]
failures = 0
for name, arguments, errors in calls:
    ran = subprocess.run([command, *arguments], cwd=root, capture_output=True, check=False)
    text = ran.stderr if errors else ran.stdout
    title = " ".join(arguments)
    try:
        document = json.loads(text)
    except ValueError as error:
        print(f"writ {title}: no JSON: {error}\n{ran.stderr.decode(errors='replace')}")
        failures += 1
        continue
    schema = schemas[f"{name}.schema.json"]
    resolver = jsonschema.RefResolver.from_schema(schema, store=dict(schemas))
    for error in jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(document):
        print(f"writ {title}: {error.json_path}: {error.message}")
        failures += 1

# A schema that accepts anything would prove nothing.
spoiled = json.loads(subprocess.run([command, "eval", *acme, *moment, "--format", "json"], cwd=root,
                                    capture_output=True, check=False).stdout)
spoiled["controls"][0]["verdict"] = "good"
del spoiled["controls"][0]["checks"][0]["population"]
schema = schemas["results.schema.json"]
resolver = jsonschema.RefResolver.from_schema(schema, store=dict(schemas))
if len(list(jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(spoiled))) != 2:
    print("the schema of results accepts a spoiled document")
    failures += 1

print(f"{len(calls)} documents, {failures} faults")
sys.exit(1 if failures else 0)
