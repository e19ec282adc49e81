"""Records as files of evidence: for each entity one of lines, whose first says whose records they are and when they were
collected."""

import json

from company import NOW, stamp
from datetime import timedelta

SOURCES = {"Person": "BambooHR", "Employment": "BambooHR", "Account": "Okta and the systems behind it"}


def file_name(entity):
    return "".join(("_" if index and c.isupper() else "") + c.lower() for index, c in enumerate(entity)) + ".ndjson"


def texts(records, shuffle=None):
    """By name of file. `shuffle`: puts the records of a file into another order."""
    collected = stamp(NOW - timedelta(hours=2))
    out = {}
    for entity, rows in sorted(records.items()):
        rows = list(rows)
        if shuffle:
            shuffle(rows)
        head = {"entity": entity, "source": SOURCES.get(entity, "registers"), "collected_at": collected}
        out[file_name(entity)] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [head, *rows])
    return out
