#!/usr/bin/env python3
"""Makes an organisation's evidence of twelve months. The same bytes each time; nothing but Python 3 is needed.

  generate.py organization-a                    writes evidence/ and faults.json into that pack's folder
  generate.py organization-a --check            says whether they are as they would be written
  generate.py organization-b --output DIR       writes below DIR instead
  generate.py organization-b --sound            the same company with everything in order
  generate.py organization-a --shuffle 7        the records of each file in another order

organization-a has about 150 people, organization-b about 1,200. faults.json lists what is planted: check, key, and why.
"""

import argparse
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))

from evidence import texts  # noqa: E402
from operations import Program  # noqa: E402
from planted import Planted  # noqa: E402

SCALES = {"organization-a": 1, "organization-b": 8}


def build(pack, sound=False, shuffle=None):
    """The files, by path."""
    company = Program(SCALES[pack])
    faults = [] if sound else Planted(company, pack).expected
    faults.sort(key=lambda fault: (fault["check"], fault["key"]))
    order = None if shuffle is None else random.Random(shuffle).shuffle
    files = {f"evidence/{name}": text for name, text in texts(company.records, order).items()}
    lines = ",\n".join("  " + json.dumps(fault, ensure_ascii=False) for fault in faults)
    files["faults.json"] = f"[\n{lines}\n]\n"
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", choices=sorted(SCALES))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--shuffle", type=int)
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    folder = arguments.output or HERE.parent / arguments.pack
    status = 0
    for path, text in build(arguments.pack, arguments.sound, arguments.shuffle).items():
        target = folder / path
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
