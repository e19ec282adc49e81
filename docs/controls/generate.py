#!/usr/bin/env python3
"""Writes the pages of this folder by what the command says of the library and of the packs of two organisations.

  generate.py COMMAND             writes them
  generate.py COMMAND --check     says whether they are as they would be written

`assertions.md` needs the catalogue of assertions beside the repository (../shared/controls), and stays as it is without.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CATALOGUE = ROOT.parent / "shared/controls/controls.json"

# The Trust Services Criteria of 2017, with the points of focus revised in 2022, by their numbers.
CRITERIA = ([f"CC1.{n}" for n in range(1, 6)] + [f"CC2.{n}" for n in range(1, 4)] + [f"CC3.{n}" for n in range(1, 5)] +
            [f"CC4.{n}" for n in range(1, 3)] + [f"CC5.{n}" for n in range(1, 4)] + [f"CC6.{n}" for n in range(1, 9)] +
            [f"CC7.{n}" for n in range(1, 6)] + ["CC8.1"] + [f"CC9.{n}" for n in range(1, 3)] + [f"A1.{n}" for n in range(1, 4)] +
            [f"C1.{n}" for n in range(1, 3)] + [f"PI1.{n}" for n in range(1, 6)] + ["P1.1"] + [f"P2.{n}" for n in range(1, 2)] +
            [f"P3.{n}" for n in range(1, 3)] + [f"P4.{n}" for n in range(1, 4)] + [f"P5.{n}" for n in range(1, 3)] +
            [f"P6.{n}" for n in range(1, 8)] + ["P7.1", "P8.1"])
DOMAINS = {"ACC": "Access", "AVL": "Availability", "CHG": "Changes", "CNF": "Confidentiality", "COM": "Communication",
           "INC": "Incidents", "NET": "Networks", "ORG": "Organisation and people", "PHY": "Premises", "RSK": "Risk and vendors",
           "VUL": "Vulnerabilities"}


def writ(command, *arguments):
    return subprocess.run([command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout


def controls_of(command):
    """By id: what a run with no evidence says of each control, and how each pack lists it."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        nothing = pathlib.Path(name) / "nothing.json"
        nothing.write_text('{"Person": []}\n')
        for pack in ("organization-a", "organization-b"):
            results = json.loads(writ(command, "eval", f"rules/{pack}", "--facts", str(nothing), "--now", "2026-06-30", "--format", "json"))
            for control in results["controls"]:
                entry = found.setdefault(control["id"], {"control": control, "rows": {}})
                entry["rows"][pack] = control["listed_as"]
    return dict(sorted(found.items()))


def pages(command):
    """What `writ doc` says of each control, its heading first."""
    text = writ(command, "doc", "stdlib/std", "stdlib/soc2")
    out = {}
    for part in re.split(r"^(?=#{2,3} )", text, flags=re.MULTILINE):
        heading = re.match(r"### ([A-Z]+-\d+) ", part)
        if heading:
            out[f"{heading.group(1)}.md"] = re.sub(r"^(#+)", lambda marks: "#" * max(1, len(marks.group(1)) - 2), part.rstrip() + "\n",
                                                  flags=re.MULTILINE)
    return out


def index(controls):
    out = ["# Controls", "", "The controls of the library, each with what it asks for, how it is tested, on which evidence and with which parameters.", "",
           "- [Criteria](criteria.md): which controls speak to which of the Trust Services Criteria",
           "- [Organisations](organizations.md): the lists of two organisations, row by row",
           "- [Assertions](assertions.md): the assertions of the catalogue, and the checks that hold them",
           "- [Sources](../sources/README.md): which exports of vendors become which evidence", ""]
    for prefix, title in DOMAINS.items():
        out += [f"## {title}", "", "| control | title | severity | criteria |", "| --- | --- | --- | --- |"]
        for key, entry in controls.items():
            if key.startswith(prefix):
                control = entry["control"]
                out.append(f"| [{key}]({key}.md) | {control['title']} | {control['severity']} | {', '.join(control['criteria'])} |")
        out.append("")
    return "\n".join(out[:-1]) + "\n"


def criteria(controls):
    by = {one: [key for key, entry in controls.items() if one in entry["control"]["criteria"]] for one in CRITERIA}
    uncovered = [one for one, keys in by.items() if not keys]
    out = ["# Trust Services Criteria", "",
           f"{len(CRITERIA) - len(uncovered)} of {len(CRITERIA)} criteria have a control in the library. Those that have none are listed with a dash; "
           "who needs them adds controls.", "", "| criterion | controls |", "| --- | --- |"]
    out += [f"| {one} | {', '.join(f'[{key}]({key}.md)' for key in keys) or '–'} |" for one, keys in by.items()]
    return "\n".join(out) + "\n"


def organizations(controls):
    rows = {}
    for key, entry in controls.items():
        for pack, row in entry["rows"].items():
            rows.setdefault(pack, []).append((row["reference"], row["section"], row["title"], key))
    both = sum(len(entry["rows"]) == 2 for entry in controls.values())
    out = ["# The lists of two organisations", "",
           f"{len(rows['organization-a'])} rows of organisation A and {len(rows['organization-b'])} of organisation B stand for {len(controls)} controls of the "
           f"library; {both} of these are in both lists.", ""]
    for pack, title in (("organization-a", "Organisation A"), ("organization-b", "Organisation B")):
        out += [f"## {title}", "", f"The pack is [`rules/{pack}`](../../rules/{pack}/README.md).", "", "| row | section | title | control |",
                "| --- | --- | --- | --- |"]
        out += [f"| {reference} | {section} | {name} | [{key}]({key}.md) |" for reference, section, name, key in sorted(rows[pack])]
        out.append("")
    return "\n".join(out[:-1]) + "\n"


def assertions(command):
    """The catalogue's assertions and our checks. One check holds several where the template asks for a document of each kind."""
    checks = {node["name"] for node in json.loads(writ(command, "graph", "stdlib", "--format", "json"))["nodes"] if node["kind"] == "check"}
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    rows, held, missing = [], set(), []
    for control in catalogue["controls"]:
        for one in control["assertions"]:
            check = one["ref"]
            if check not in checks:
                check = re.sub(r"\.exists_.*", ".exists", check)
            if check in checks:
                held.add(check)
            else:
                missing.append(check)
            rows.append(f"| `{one['ref']}` | {f'`{check}`' if check in checks else 'none'} | {one['basis']} | {'/'.join(one['seeds'])} |")
    out = ["# Assertions", "", f"The catalogue of both organisations has {len(rows)} assertions, an assertion of a template counted once for each control that uses "
           f"it. {len(rows) - len(missing)} of them are held by {len(held)} checks of the library, which have the same names: a check that asks for a document of "
           "each of several kinds holds one for each kind.", "", "| assertion | check | basis | organisation |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(out) + "\n"


def main():
    command = str(pathlib.Path(sys.argv[1]).resolve())
    controls = controls_of(command)
    files = pages(command)
    files.update({"README.md": index(controls), "criteria.md": criteria(controls), "organizations.md": organizations(controls)})
    if CATALOGUE.is_file():
        files["assertions.md"] = assertions(command)
    status = 0
    for name, text in files.items():
        target = HERE / name
        if "--check" not in sys.argv:
            target.write_text(text, encoding="utf-8", newline="\n")
        elif not target.is_file() or target.read_text(encoding="utf-8") != text:
            print(f"{target} is not what generate.py writes", file=sys.stderr)
            status = 1
    stray = {path.name for path in HERE.glob("*.md")} - set(files) - {"assertions.md"}
    if stray:
        print(f"no control has these pages: {sorted(stray)}", file=sys.stderr)
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
