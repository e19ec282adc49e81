#!/usr/bin/env python3
"""Validates the XML that `writ test` writes, with xmllint: JUnit's by the schemas of Ant and of Jenkins, where a folder of
recorded data beside the checkout has them, and Cobertura's by the format's document type, which is spelled here.
Arguments: the command, the repository. Ends with 77, which means "skipped", where xmllint is not there."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

if shutil.which("xmllint") is None:
    print("skipped: xmllint is not installed")
    sys.exit(77)

command, root = sys.argv[1], pathlib.Path(sys.argv[2])
schemas = root / "../shared/data/reference/junit"

# Cobertura's document type, version 04: of each element its content and its attributes; `=value` is a default, and
# without one an attribute must be there.
rates = ["line-rate", "branch-rate"]
cobertura = {
    "coverage": ("(sources?,packages)", [*rates, "lines-covered", "lines-valid", "branches-covered", "branches-valid",
                                         "complexity", "version", "timestamp"]),
    "sources": ("(source*)", []),
    "source": ("(#PCDATA)", []),
    "packages": ("(package*)", []),
    "package": ("(classes)", ["name", *rates, "complexity"]),
    "classes": ("(class*)", []),
    "class": ("(methods,lines)", ["name", "filename", *rates, "complexity"]),
    "methods": ("(method*)", []),
    "method": ("(lines)", ["name", "signature", *rates, "complexity"]),
    "lines": ("(line*)", []),
    "line": ("(conditions*)", ["number", "hits", "branch=false", "condition-coverage=100%"]),
    "conditions": ("(condition*)", []),
    "condition": ("EMPTY", ["number", "type", "coverage"]),
}


def document_type():
    for element, (content, attributes) in cobertura.items():
        yield f"<!ELEMENT {element} {content}>"
        for attribute in attributes:
            name, _, default = attribute.partition("=")
            value = f'"{default}"' if default else "#REQUIRED"
            yield f"<!ATTLIST {element} {name} CDATA {value}>"


def output(*arguments):
    ran = subprocess.run([command, "test", *arguments], cwd=root, capture_output=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr.decode(errors="replace")
    return ran.stdout


failures = 0
checked = 0


def validate(title, text, options, spoil):
    """The document must be valid, and must not be once `spoil` (a text and another) has been replaced in it."""
    global failures, checked
    checked += 1
    for document, wanted in ((text, True), (text.replace(*(part.encode() for part in spoil)), False)):
        ran = subprocess.run(["xmllint", "--nonet", "--noout", *options, "-"], input=document, capture_output=True, check=False)
        if (ran.returncode == 0) == wanted:
            continue
        failures += 1
        print(f"{title}: {ran.stderr.decode(errors='replace')}" if wanted else f"{title}: a spoiled document is taken as valid")


passing, failing = ["tests/e2e/tested"], ["tests/e2e/tested/rules.writ", "tests/e2e/tested_failing"]
for name, paths in (("passing", passing), ("failing", failing), ("the library's", ["stdlib/soc2"])):
    for schema in ("windyroad-JUnit.xsd", "jenkins-junit-10.xsd"):
        if not (schemas / schema).exists():
            print(f"skipped: there is no {schema} beside the checkout")
            continue
        validate(f"{name} tests by {schema}", output(*paths, "--format", "junit"), ["--schema", str(schemas / schema)],
                 (' tests="', ' test="'))
with tempfile.TemporaryDirectory() as folder:
    dtd = pathlib.Path(folder) / "cobertura.dtd"
    dtd.write_text("\n".join(document_type()) + "\n")
    for name, paths in (("passing", passing), ("the library's", ["stdlib/soc2"])):
        written = pathlib.Path(folder) / "coverage.xml"
        output(*paths, "--coverage-format", "cobertura", "--coverage-output", str(written))
        validate(f"coverage of {name} tests", written.read_bytes(), ["--dtdvalid", str(dtd)], (' hits="', ' hit="'))

print(f"{checked} documents, {failures} faults")
sys.exit(1 if failures else 0)
