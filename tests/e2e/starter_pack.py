#!/usr/bin/env python3
"""Begins a pack with `writ init` and does with it what its own CI files say, in the shell, from its folder. Arguments: the
command, the repository."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import faults
from faults import check

command = pathlib.Path(sys.argv[1]).resolve()


def writ(folder, *arguments):
    return subprocess.run([str(command), *arguments], cwd=folder, capture_output=True, text=True, check=False)


def steps(text):
    """The commands of a CI file: behind `run:`, or in the list below `script:`."""
    return re.findall(r"^\s+(?:run:|-) (writ .*)$", text, re.MULTILINE)


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    ran = writ(place, "init", "acme")
    check(ran.returncode == 0 and ran.stderr == "" and "pack.writ" in ran.stdout, "init", ran)
    pack = place / "acme"
    files = {str(path.relative_to(pack)): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    check({"pack.writ", "controls.writ", "tests.writ", "README.md", ".gitlab-ci.yml", ".github/workflows/controls.yml"} <= set(files), "files", files.keys())
    environment = {**os.environ, "PATH": f"{command.parent}:/usr/bin:/bin"}
    for path in (".github/workflows/controls.yml", ".gitlab-ci.yml"):
        commands = steps(files[path].decode())
        check(len(commands) >= 6 and commands[0] == "writ check ." and any(one.startswith("writ test .") for one in commands), f"{path}: its commands", commands)
        for one in commands:
            ran = subprocess.run(["sh", "-ec", one], cwd=pack, env=environment, capture_output=True, text=True, check=False)
            check(ran.returncode == 0, f"{path}: {one}", ran)
        try:
            import yaml
            check(isinstance(yaml.safe_load(files[path]), dict), f"{path} is YAML")
        except ImportError:
            pass
        (pack / "controls.html").unlink()
    ran = writ(pack, "check", ".")
    check("warning" not in ran.stderr, "the rules are clean", ran)
    # What the README says of it.
    ran = writ(pack, "eval", ".", "--facts", "evidence", "--now", "2026-03-31", "--format", "json")
    results = json.loads(ran.stdout)
    found = [(control["id"], check["name"], finding["key"]) for control in results["controls"] for check in control["checks"]
             for finding in check["findings"]]
    check(found == [("LAP-01", "encrypted", "C02-1003")], "one finding", found)
    verdicts = {control["verdict"] for control in results["controls"]}
    check(verdicts <= {"fail", "pass", "not_applicable"} and len(results["controls"]) > 5, "verdicts", verdicts)
    check(results["unknown_fields"] == [] and results["bad_records"] == [], "clean evidence")
    for line in re.findall(r"^    (writ .*)$", files["README.md"].decode(), re.MULTILINE):
        ran = subprocess.run(["sh", "-c", line], cwd=pack, env=environment, capture_output=True, text=True, check=False)
        check(ran.returncode in (0, 1) and ran.stderr == "", f"README: {line}", ran)
    # A test that does not pass shows that tests are run on the control.
    changed = files["controls.writ"].decode().replace("require laptop.encrypted\n", "require laptop.encrypted or true\n")
    (pack / "controls.writ").write_text(changed)
    ran = writ(pack, "test", ".")
    check(ran.returncode == 1 and "open" in ran.stdout, "a control that was weakened", ran)
    (pack / "controls.writ").write_bytes(files["controls.writ"])

    # A second time, nothing is touched.
    (pack / "pack.writ").write_text("mine")
    ran = writ(place, "init", "acme")
    check(ran.returncode == 2 and "would be written over" in ran.stderr and ran.stdout == "", "a second time", ran)
    check((pack / "pack.writ").read_text() == "mine", "what was there")
    (place / "half").mkdir()
    (place / "half/controls.writ").write_text("mine")
    ran = writ(place, "init", "half")
    check(ran.returncode == 2 and os.listdir(place / "half") == ["controls.writ"], "nothing is written where one file is there", ran)
    (place / "file").write_text("")
    ran = writ(place, "init", "file")
    check(ran.returncode == 2 and "is no folder" in ran.stderr, "a file in the way", ran)
    ran = writ(place, "init", "file/below")
    check(ran.returncode == 2 and ran.stderr.startswith("error"), "a folder below a file", ran)

    # Names of all kinds make a pack that holds.
    for number, title in enumerate(["Acme \"Ltd\" {x}", "9 Lives", "Größe & Söhne", "@now@", "\\", "snake_case", "end"]):
        ran = writ(place, "init", str(number), "--name", title)
        check(ran.returncode == 0, f"--name {title}", ran)
        ran = writ(place, "check", str(number))
        check(ran.returncode == 0 and "warning" not in ran.stderr, f"--name {title}: check", ran)
    here = place / "Some Folder"
    here.mkdir()
    ran = writ(here, "init")
    check(ran.returncode == 0 and "pack some_folder \"Some Folder's controls\"" in (here / "pack.writ").read_text(), "this folder", ran)

faults.end()
