#!/usr/bin/env python3
"""Judges the evidence of both organisations by their packs: the sound company breaks nothing, each planted fault is found at
its place and nothing else is, in whatever order records stand, and what is not supplied decides nothing. Arguments: the
command, the repository."""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import faults
from faults import check

command, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
sys.dont_write_bytecode = True
sys.path.insert(0, str(root / "rules/generator"))
import generate  # noqa: E402


def write(folder, files):
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def judge(pack, evidence):
    ran = subprocess.run([command, "eval", str(root / "rules" / pack), "--facts", str(evidence), "--now", "2026-06-30",
                          "--format", "json"], capture_output=True, text=True, check=False)
    check(ran.stderr == "", f"{pack}: standard error", ran.stderr)
    return json.loads(ran.stdout)


def checks_of(results):
    return {f"{control['id']}.{one['name']}": one for control in results["controls"] for one in control["checks"]}


def found_in(results):
    return {(name, finding["key"]): finding for name, one in checks_of(results).items() for finding in one["findings"]}


def at_its_place(finding, folder):
    """The first record of a finding stands where the finding says."""
    record = finding["records"][0]
    place = record["place"]
    lines = (folder / pathlib.Path(place["path"]).name).read_text(encoding="utf-8").splitlines()
    return json.loads(lines[place["line"] - 1])["id"] == record["key"]


def entities_read(pack):
    """By entity: the checks that read it."""
    ran = subprocess.run([command, "facts", str(root / "rules" / pack), "--format", "json"], capture_output=True, text=True,
                         check=True)
    return {need["entity"]: set(need["checks"]) for need in json.loads(ran.stdout)["entities"]}


def same_faults(pack, files, folder, title):
    write(folder, files)
    results = judge(pack, folder / "evidence")
    found = found_in(results)
    included = {control["id"] for control in results["controls"]}
    planted = {(fault["check"], fault["key"]): fault["why"] for fault in json.loads(files["faults.json"])
               if fault["check"].split(".")[0] in included}
    for fault, why in planted.items():
        check(fault in found, f"{pack}, {title}: not found", fault, why)
    for fault, finding in found.items():
        check(fault in planted, f"{pack}, {title}: nobody planted", fault, finding["message"])
        if finding["records"]:
            check(at_its_place(finding, folder / "evidence"), f"{pack}, {title}: another place", fault, finding["records"])
    for name, one in checks_of(results).items():
        check(one["verdict"] in {"pass", "fail", "not_applicable"}, f"{pack}, {title}: {name}", one["verdict"], one["reasons"])
    return collections.Counter(name.split(".")[0] for name, _ in planted), included


def removals(pack, files, folder):
    write(folder, files)
    before = {name: one["verdict"] for name, one in checks_of(judge(pack, folder / "evidence")).items()}
    read = entities_read(pack)
    for path in sorted(folder.glob("evidence/*.ndjson")):
        text = path.read_text(encoding="utf-8")
        entity = json.loads(text.splitlines()[0])["entity"]
        path.unlink()
        after = {name: one["verdict"] for name, one in checks_of(judge(pack, folder / "evidence")).items()}
        for name, verdict in after.items():
            wanted = "no_evidence" if name in read.get(entity, ()) else before[name]
            check(verdict == wanted, f"{pack} without {entity}: {name} is {verdict}, not {wanted}")
        path.write_text(text, encoding="utf-8")


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    planted = collections.Counter()
    controls = set()
    for pack in sorted(generate.SCALES):
        sound = generate.build(pack, sound=True)
        write(place / pack / "sound", sound)
        results = judge(pack, place / pack / "sound/evidence")
        for control in results["controls"]:
            check(control["verdict"] == "pass", f"{pack}, sound: {control['id']} is {control['verdict']}",
                  *[finding["message"] for one in control["checks"] for finding in one["findings"][:2]])
        counts, included = same_faults(pack, generate.build(pack), place / pack / "faults", "with faults")
        planted |= counts
        controls |= included
        same_faults(pack, generate.build(pack, shuffle=11), place / pack / "shuffled", "shuffled")
        removals(pack, sound, place / pack / "sound")
    for control in sorted(controls):
        check(planted[control] >= 2, f"{control} has {planted[control]} planted faults")
    check(len(controls) == 65, f"{len(controls)} controls")

faults.end("organisations: ")
