#!/usr/bin/env python3
"""Writes a pack of many controls over the standard entities: many_rules.py FOLDER [COUNT].

Five kinds of control take turns, with constants of their own: a filter with two conditions, a join over two references,
a query over a list of references, a filter on texts, and a comparison of moments. They fit what bench_company makes up.
The same count gives the same bytes.
"""
import random
import sys
from pathlib import Path

VERBS = ["fix", "add", "remove", "refactor", "rename", "update", "bump", "login", "invoice", "ledger", "cache", "retry"]
KINDS = ["production", "staging", "development"]


def moment(random_):
    return f"202{random_.randrange(4, 7)}-{random_.randrange(1, 13):02d}-{random_.randrange(1, 29):02d}T00:00:00Z"


def without_second_factor(random_):
    return f"""for a in Account
    where a.system.id == "sys-{random_.randrange(40):03d}" and a.kind == human and not a.mfa_enrolled
    require a.last_used_at is missing or a.last_used_at < {moment(random_)} else "{{a.login}} was used without a second factor\""""


def right_of_a_leaver(random_):
    return f"""for g in AccessGrant
    where g.role == "{random_.choice(VERBS)}-admin" and g.account.system.id == "sys-{random_.randrange(40):03d}"
    require g.account.enabled or g.revoked_at is present else "{{g.id}} stands on an account that is off\""""


def deployed_by_its_author(random_):
    return f"""for d in Deployment
    where d.environment.kind == {random_.choice(KINDS)} and d.deployed_at >= {moment(random_)}
    require no c in d.changes where c.author is present and c.author == d.actor else "{{d.id}} was deployed by its author\""""


def failed_test(random_):
    return f"""for t in TestRun
    where t.status == failed and t.name like "{random_.choice(VERBS)} *"
    require t.finished_at is missing or t.finished_at < {moment(random_)} else "{{t.name}} failed\""""


def slow_change(random_):
    return f"""for c in Change
    where c.merged_at is present and c.opened_at >= {moment(random_)} and c.customer_impact
    require c.merged_at - c.opened_at <= {random_.randrange(1, 7)} days else "{{c.id}} took {{c.merged_at - c.opened_at}}\""""


RULES = [without_second_factor, right_of_a_leaver, deployed_by_its_author, failed_test, slow_change]


def controls(count):
    random_ = random.Random(5)
    yield "use std.access\nuse std.changes\n"
    for number in range(count):
        rule = RULES[number % len(RULES)]
        yield f"""
control MANY-{number:05d} "{rule.__name__.replace("_", " ")}, {number}" {{
  severity medium
  statement "Number {number} of many."
  check holds "It holds" {{
    {rule(random_)}
  }}
}}
"""


def write(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "many.writ").write_text("".join(controls(count)), encoding="utf-8")


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: many_rules.py FOLDER [COUNT]")
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5_000)


if __name__ == "__main__":
    main()
