#!/usr/bin/env python3
"""Reads the pages that `writ doc` writes with a parser of its own: tags nest, ids are unique and every link within the page
leads somewhere, nothing outside is named, nothing runs, headings step by one, tables have heads, and texts of rules come
out as text. Arguments: the command, the repository."""
import html.parser
import pathlib
import subprocess
import sys
import tempfile

import faults

command, root = sys.argv[1], pathlib.Path(sys.argv[2])
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(html.parser.HTMLParser):
    def __init__(self, title):
        super().__init__(convert_charrefs=True)
        self.title, self.open, self.ids, self.links, self.headings, self.text = title, [], [], [], [], []
        self.tables = self.heads = 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base"):
            faults.fault(f"{self.title}: <{tag}> in the page")
        for name, value in attributes.items():
            if name.startswith("on") or name == "src" or (value and "://" in value):
                faults.fault(f"{self.title}: {name}={value}")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and "nav" not in self.open:
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.heads += tag == "thead"
        if tag == "th" and "scope" not in attributes:
            faults.fault(f"{self.title}: a head of a table without scope")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            faults.fault(f"{self.title}: </{tag}> closes <{self.open[-1] if self.open else 'nothing'}> at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def page_of(title, *rules):
    ran = subprocess.run([command, "doc", *map(str, rules), "--format", "html"], cwd=root, capture_output=True, check=False)
    if ran.returncode != 0:
        faults.fault(f"{title}: status {ran.returncode}: {ran.stderr.decode()}")
    again = subprocess.run([command, "doc", *map(str, rules), "--format", "html"], cwd=root, capture_output=True, check=False)
    if again.stdout != ran.stdout:
        faults.fault(f"{title}: two runs differ")
    text = ran.stdout.decode()
    page = Page(title)
    page.feed(text)
    page.close()
    if not text.startswith("<!DOCTYPE html>") or '<html lang="en">' not in text or "url(" in text or "@import" in text:
        faults.fault(f"{title}: the head is not as it should be")
    if page.open:
        faults.fault(f"{title}: never closed: {page.open}")
    if len(set(page.ids)) != len(page.ids):
        faults.fault(f"{title}: ids stand twice: {sorted(i for i in page.ids if page.ids.count(i) > 1)[:5]}")
    for link in page.links:
        if not link.startswith("#") or link[1:] not in page.ids:
            faults.fault(f"{title}: the link {link} leads nowhere")
    if page.headings.count(1) != 1:
        faults.fault(f"{title}: {page.headings.count(1)} headings of the first level")
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            faults.fault(f"{title}: a heading of level {after} below one of level {before}")
    if page.tables == 0 or page.tables != page.heads:
        faults.fault(f"{title}: {page.tables} tables, {page.heads} heads")
    return "".join(page.text)


page_of("acme", "tests/e2e/acme/rules")
sample = page_of("sample", "rules/sample-organization")
for wanted in ("ACC-07 Removal of access", "it is required that", "at most 7 days", "removal_grace", "What to do about a finding"):
    if wanted not in sample:
        faults.fault(f"sample: `{wanted}` is not in it")

# Texts that would like to be something else.
evil = '<script>alert(1)</script> & "quotes" <b>'
with tempfile.TemporaryDirectory() as name:
    rules = pathlib.Path(name) / "evil.writ"
    rules.write_text(f"""
pack evil "A <i>pack</i> & more" {{ version "<1>" }}
## {evil}
entity Thing {{ id: String key
  ## {evil}
  size: Int }}
## {evil}
control X-1 "Things <u>fit</u>" {{
  criteria A<B
  owner r"{evil.replace('"', "'")}"
  references "javascript:alert(1)", "<img src=x>"
  evidence Thing
  check small "Small & <em>fine</em>" {{
    for t in Thing where t.size < 10 and "<x>" != "&"
    require t.size > 0 else "<{{t.id}}> is \\"too\\" small"
  }}
}}
""".replace("criteria A<B", "criteria CC1.1"))
    text = page_of("hostile texts", rules)
    for wanted in (evil, "A <i>pack</i> & more", "Things <u>fit</u>", 't.size < 10 and "<x>" != "&"', "<img src=x>"):
        if wanted not in text:
            faults.fault(f"hostile texts: `{wanted}` does not come out as text")
    markdown = subprocess.run([command, "doc", str(rules)], capture_output=True, check=True).stdout.decode()
    outside_code = "".join(part for i, part in enumerate(markdown.split("`")) if i % 2 == 0)
    if "<script" in outside_code or "<img" in outside_code or "<u>" in outside_code:
        faults.fault("hostile texts: HTML in the Markdown")

faults.end()
