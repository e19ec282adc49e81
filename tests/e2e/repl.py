#!/usr/bin/env python3
"""Types at `writ repl` as a person does, at a terminal of its own, and writes to it as a script does. Arguments: the command,
the repository."""
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

import faults
from faults import check

command, root = sys.argv[1], pathlib.Path(sys.argv[2])
rules = [str(root / "tests/e2e/acme/rules"), "--facts", str(root / "tests/e2e/acme/evidence"), "--now", "2026-06-30"]


def piped(text, *arguments):
    return subprocess.run([command, "repl", *arguments], input=text.encode(), capture_output=True, cwd=root, check=False,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nowhere"})


class Terminal:
    """A session at a terminal. Waits for what is to be seen, not for time."""

    def __init__(self, state, *arguments):
        self.seen = ""
        pid, self.fd = pty.fork()
        if pid == 0:
            # libedit never frees a few texts of its own.
            environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm", "XDG_STATE_HOME": state, "NO_COLOR": "1",
                           "ASAN_OPTIONS": "detect_leaks=0"}
            os.chdir(root)
            os.execve(command, ["writ", "repl", *arguments], environment)
        self.pid = pid
        self.wait_for("writ> ")

    def wait_for(self, text, seconds=120):
        """What was shown up to and with `text`."""
        end = time.monotonic() + seconds
        while text not in self.seen:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                check(False, f"waited for {text!r}", repr(self.seen[-300:]))
                return self.seen
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                data = b""
            if not data:
                check(False, f"ended before {text!r}", repr(self.seen[-300:]))
                return self.seen
            # What moves the cursor is no text.
            self.seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", data.decode(errors="replace"))
        at = self.seen.index(text) + len(text)
        out, self.seen = self.seen[:at], self.seen[at:]
        return out

    def type(self, text):
        os.write(self.fd, text.encode())

    def ask(self, text, wanted):
        self.type(text + "\n")
        self.wait_for(wanted)
        self.wait_for("writ> ")

    def end(self, seconds=120):
        self.type("\x04")
        end = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                check(False, "waited for the end", repr(self.seen[-300:]))
                os.kill(self.pid, signal.SIGKILL)
                break
            try:
                if not os.read(self.fd, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


# From a pipe: each input answered, on standard output and nothing else there.
ran = piped("1 + 1\ncount(a in Account)\n", *rules)
check(ran.stdout == b"2\n6\n" and ran.stderr == b"" and ran.returncode == 0, "two expressions", ran)
ran = piped("let on = [a for a in Account where a.enabled]\ncount(a in on)\nlet n = count(a in on) + 1\nn * 2\n", *rules)
check(ran.stdout == b"on: List<Account>\n4\nn: Int\n10\n", "names last", ran)
ran = piped("let x = 1\nlet y = x + 1\nlet x = 10\ny\nlet x = y\n", *rules)
check(ran.stdout.startswith(b"x: Int\ny: Int\nx: Int\n11\n") and ran.returncode == 2, "a name that is given again", ran)
ran = piped("fn off(a: Account): Bool =\n  not a.enabled\ncount(a in Account where off(a))\n", *rules)
check(ran.stdout == b"2\n", "a function", ran)
ran = piped("enum Size { small,\n  large }\nlet s = Size.large\ns == Size.small\n", *rules)
check(ran.stdout == b"s: Size\nfalse\n", "an enum", ran)
ran = piped("count(a in Account\n  where a.enabled\n)\n", *rules)
check(ran.stdout == b"4\n", "an input of several lines", ran)
ran = piped("count(a in Account\n\n1\n", *rules)
check(ran.stdout == b"1\n" and b"unclosed-block" in ran.stderr and ran.returncode == 2, "an empty line ends an input", ran)
ran = piped(":type [a.owner for a in Account]\n:entities\n:names\nlet z = 3\n:names\n", *rules)
check(ran.stdout == b"List<Person?>\nAccount  6 records\nPerson   4 records\nVendor   0 records\nz: Int\nlet z = 3\n", "commands", ran)
ran = piped("first(a in Account where a.id == \"a2\")\n[a for a in Account where a.system == \"jira\"]\n", *rules)
check(b"account.ndjson:3:1" in ran.stdout and b"  system = github\n" in ran.stdout and b"Account a5 at " in ran.stdout and
      b"1 record\n" in ran.stdout, "records with their places", ran)
ran = piped("1 / 0\n", *rules)
check(ran.stdout == b"" and b"division by zero" in ran.stderr and b"input:1:1" in ran.stderr and ran.returncode == 2, "an error has its place", ran)
ran = piped("let a1 = 5 +\n\nnope\n1 }\n)\n:frob\n:load\n:load /nowhere\n\"\n\n#\n", *rules)
check(ran.returncode == 2 and ran.stdout == b"", "nonsense", ran)
ran = piped("count(r in RestoreTest)\n", *rules)
check(ran.stdout == b"" and b"no evidence of `RestoreTest` was supplied" in ran.stderr, "evidence that is not there", ran)
ran = piped("2 weeks < 15 days\nlower(\"\u00c4B\")\n")
check(ran.stdout == "true\n\u00e4b\n".encode() and ran.returncode == 0, "without rules", ran)
ran = piped("1\n", "/nowhere/rules")
check(ran.returncode == 2 and ran.stdout == b"", "rules that are not there", ran)
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "account.json").write_text('[{"id": "x", "system": "s", "enabled": true}]')
    ran = piped(f"count(a in Account)\n:load {folder}\ncount(a in Account)\n", *rules)
    check(ran.stdout == b"6\nAccount  1 record\n1\n", "other evidence", ran)

# At a terminal.
with tempfile.TemporaryDirectory() as state:
    one = Terminal(state, *rules)
    one.ask("count(a in Account)", "6")
    one.type("Acc\t")  # a name
    one.wait_for("Account")
    one.type("\x03")   # given up
    one.wait_for("writ> ")
    one.type("count(a in Account where a.ena\t")  # a field, of what the query runs over
    one.wait_for("a.enabled")
    one.ask(")", "4")
    one.type("count(a in Account where a.owner is present and a.owner.stat\t")  # through a reference
    one.wait_for("a.owner.status")
    one.ask(" == terminated)", "3")
    one.type("[p.\t\t")  # nothing is known of p
    one.type("\x03")
    one.wait_for("writ> ")
    one.type("some a in Account where a.s\t\t")  # several: they are listed
    listed = one.wait_for("system")
    listed += one.wait_for("some a in Account where a.s")
    check("sessions" in listed, "the list of fields", repr(listed))
    one.type("\x03")
    one.wait_for("writ> ")
    one.type(":ent\t")
    one.wait_for(":entities")
    one.ask("", "Vendor")
    one.ask("let idle = 90 days", "idle: Duration")
    one.type("idl\t")
    one.wait_for("idle")
    one.ask("", "90 days")
    one.type("count(a in\n")
    one.wait_for("  ... ")
    one.type("Account)\n")
    one.wait_for("6")
    one.wait_for("writ> ")
    one.type("\x1b[A")  # the arrow up brings it back whole
    one.wait_for("count(a in Account)")
    one.ask("", "6")
    one.ask("\"\u00e4\u00f6\"", "\u00e4\u00f6")
    one.type("count(a in Account\n")
    one.wait_for("  ... ")
    one.type("\x03")
    one.wait_for("writ> ")
    one.ask("1 / 0", "division by zero")
    check(one.end() == 0, "the end of a session")

    history = pathlib.Path(state, "writ/history")
    lines = history.read_text().splitlines()
    check("count(a in Account)" in lines and "count(a in Account where a.enabled)" in lines and "let idle = 90 days" in lines,
          "what is remembered", lines)
    check(not any(line.startswith("[p.") for line in lines), "what was given up is not", lines)
    check(history.stat().st_mode & 0o077 == 0, "nobody else reads it", oct(history.stat().st_mode))

    two = Terminal(state, *rules)
    two.type("\x1b[A\x1b[A")  # from the session before
    two.wait_for("\u00e4\u00f6")
    two.type("\x03")
    two.wait_for("writ> ")
    two.type("\x12let idl\n")  # looked for
    two.wait_for("idle: Duration")
    two.wait_for("writ> ")
    check(two.end() == 0, "the end of the second session")

faults.end()
