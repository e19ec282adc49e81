"""Counts what is not as it should be, and ends a script with a status that says so."""
import sys

count = 0


def fault(what, *more):
    global count
    count += 1
    print(f"fault: {what}", *more)


def check(holds, what, *more):
    if not holds:
        fault(what, *more)


def end(title=""):
    print(f"{title}{count} faults")
    sys.exit(1 if count else 0)
