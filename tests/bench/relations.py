#!/usr/bin/env python3
"""Measures relations: the closures of two graphs against DuckDB's recursive query, whole and asked from one node, and three
rules that use each other.

In: a build folder with the command, and DuckDB's package for Python (without it, only what needs no peer is measured).
Out: a table, and the ratios that docs/performance.md holds. The programs take turns. Writ's time is that of the whole
process, with reading the evidence and counting the tuples; DuckDB's is that of the query alone, over a table in memory.
"""
import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MODEL = """entity Node { id: String key }
entity Edge { from: Node  to: Node }
"""
CLOSURE = MODEL + """rule reaches(a: Node, b: Node) when some e in Edge where e.from == a and e.to == b
rule reaches(a: Node, b: Node) when some e in Edge where reaches(a, e.from) and e.to == b
"""
# Which nodes the first one comes to in one, two or three steps more than a multiple of three.
THREE = MODEL + """rule red(n: Node) when n.id == "0"
rule red(n: Node) when some e in Edge where blue(e.from) and e.to == n
rule green(n: Node) when some e in Edge where red(e.from) and e.to == n
rule blue(n: Node) when some e in Edge where green(e.from) and e.to == n
"""
QUERY = """with recursive r(a, b) as (
  select a, b from edge union select r.a, e.b from r join edge e on r.b = e.a) select count(*) from r"""


def knot(seed=7, nodes=2_000, count=10_000):
    """Graph A: random edges, nearly all nodes in one circle."""
    chance, edges = random.Random(seed), {}
    while len(edges) < count:
        edges[chance.randrange(nodes), chance.randrange(nodes)] = None
    return nodes, list(edges)


def layers(seed=7, depth=11, width=30_000):
    """Graph B: layers without circles, one or two edges from each node into the next layer."""
    chance, edges = random.Random(seed), {}
    for layer in range(depth - 1):
        for node in range(width):
            for _ in range(chance.choice([1, 2, 2])):
                edges[layer * width + node, (layer + 1) * width + chance.randrange(width)] = None
    return depth * width, list(edges)


def sparse(count, seed=3):
    chance, nodes = random.Random(seed), count // 3
    return nodes, [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(count)]


def chain(count):
    return count + 1, [(at, at + 1) for at in range(count)]


def write(folder, name, graph, rules):
    nodes, edges = graph
    place = folder / name
    (place / "facts").mkdir(parents=True, exist_ok=True)
    (place / "rules.writ").write_text(rules)
    with open(place / "facts/Node.ndjson", "w") as out:
        out.writelines(json.dumps({"id": str(node)}) + "\n" for node in range(nodes))
    with open(place / "facts/Edge.ndjson", "w") as out:
        out.writelines(json.dumps({"from": str(a), "to": str(b)}) + "\n" for a, b in edges)
    return place


def writ(build, place, expression):
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([build / "cli/writ", "eval", place / "rules.writ", "--facts", place / "facts", "--expr",
                           expression], capture_output=True, text=True)
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"writ ended with {done.returncode}\n{done.stderr}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return int(done.stdout.split()[-1]), seconds, processor


def duck(connection):
    begin = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF)
    count = connection.execute(QUERY).fetchone()[0]
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF)
    return count, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_closure(name, graph, arguments):
    place = write(arguments.data, name, graph, CLOSURE)
    connection = None
    try:
        import duckdb
        connection = duckdb.connect()
        table = place / "edges.csv"
        table.write_text("a,b\n" + "".join(f"{a},{b}\n" for a, b in graph[1]))
        connection.execute("create table edge as select * from read_csv(?)", [str(table)])
    except ImportError:
        print("DuckDB's package for Python is not installed: nothing to compare with")
    ours, asked, theirs = [], [], []
    for _ in range(arguments.runs):
        ours.append(writ(arguments.build, place, "count(t in reaches)"))
        asked.append(writ(arguments.build, place, "count((a, b) in reaches where a.id == \"7\")"))
        if connection is not None:
            theirs.append(duck(connection))
            if ours[-1][0] != theirs[-1][0]:
                sys.exit(f"{name}: writ finds {ours[-1][0]} pairs, DuckDB {theirs[-1][0]}")
    print(f"{name}: {ours[0][0]:,} pairs; writ {median(ours, 1):.2f} s, processor {median(ours, 2):.2f} s")
    print(f"  asked from one node: {asked[0][0]:,} pairs; time / time of the whole  "
          f"{median(asked, 1) / median(ours, 1):.2f}, processor time likewise  {median(asked, 2) / median(ours, 2):.2f}")
    if theirs:
        print(f"  DuckDB {median(theirs, 1):.2f} s, processor {median(theirs, 2):.2f} s")
        print(f"  time of writ / time of DuckDB  {median(ours, 1) / median(theirs, 1):.2f}, processor time likewise  "
              f"{median(ours, 2) / median(theirs, 2):.2f}")


def measure_three(name, make, arguments):
    figures = []
    for count in (100_000, 200_000):
        place = write(arguments.data, f"{name}-{count}", make(count), THREE)
        figures.append([writ(arguments.build, place, "count(t in red)") for _ in range(arguments.runs)])
        print(f"three rules over {name}, {count:,} edges: {figures[-1][0][0]:,} red nodes; processor "
              f"{median(figures[-1], 2):.3f} s")
    print(f"  processor time at 200,000 edges / at 100,000  {median(figures[1], 2) / median(figures[0], 2):.2f}")


def median(runs, what):
    return statistics.median(run[what] for run in runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--data", type=Path, default=ROOT / "build/bench/relations")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    arguments.build, arguments.data = arguments.build.resolve(), arguments.data.resolve()
    measure_closure("A", knot(), arguments)
    measure_closure("B", layers(), arguments)
    measure_three("sparse", sparse, arguments)
    measure_three("chain", chain, arguments)


if __name__ == "__main__":
    main()
