#!/usr/bin/env python3
"""Measures `writ eval` on generated companies against a simdjson program that reads the same fields of the same file.

In: a build folder with the three programs, and scales. Each run is a process of its own; the two programs take turns, so
that what else the machine does falls on both. Out: a table of medians, and the ratios that docs/performance.md holds.
Times are wall-clock time from fork to exit; memory is the peak resident size that the kernel reports for the process.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import many_rules

ROOT = Path(__file__).resolve().parents[2]
# What the command ends with when it has done its work: all well, a control failed, or one could not be decided.
DONE = {"writ": (0, 1, 3), "simdjson": (0,)}


class Run:
    def __init__(self, seconds, processor, mebibytes):
        self.seconds, self.processor, self.mebibytes = seconds, processor, mebibytes


def run(name, command):
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
    message = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in DONE[name.split()[0]]:
        sys.exit(f"{name} ended with {child.returncode}: {' '.join(map(str, command))}\n{message}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def generate(build, folder, scale):
    generator, made = build / "tests/bench/bench_company", folder / "company.ndjson"
    if made.exists() and made.stat().st_mtime > generator.stat().st_mtime:
        return
    print(f"generating a company of scale {scale:g} in {folder}", flush=True)
    subprocess.run([generator, folder, str(scale), "--by-entity"], check=True, stdout=subprocess.DEVNULL)


def writ(build, facts, *more, rules="tests/bench/rules"):
    return [build / "cli/writ", "eval", rules, "--facts", facts, "--now", "2026-06-30T00:00:00Z", "--period",
            "2025-07-01..2026-06-30", "--collected-at", "2026-06-30T00:00:00Z", "--format", "json", *more]


def median(runs, what):
    return statistics.median(getattr(r, what) for r in runs)


def measure_many_rules(build, data, runs):
    """Many controls over a hundredth of a company: the time that they add, and whether twice as many add twice as much."""
    folder = data / "company-0.01"
    generate(build, folder, 0.01)
    counts = [50, 2_500, 5_000, 10_000]
    commands = {}
    for count in counts:
        rules = data / f"many-rules-{count}"
        many_rules.write(rules, count)
        commands[count] = writ(build, folder / "company.ndjson", "--max-findings", "0", rules=rules)
    taken = {count: [] for count in counts}
    for turn in range(runs + 1):
        for count, command in commands.items():
            result = run("writ", command)
            if turn > 0:
                taken[count].append(result)
    print(f"\nmany rules: medians of {runs} runs")
    print(f"{'rules':<16}{'seconds':>9}{'processor':>11}{'peak MiB':>10}")
    for count, results in taken.items():
        print(f"{count:<16}{median(results, 'seconds'):>9.3f}{median(results, 'processor'):>11.3f}"
              f"{median(results, 'mebibytes'):>10.0f}")
    base = median(taken[50], "processor")
    print(f"processor time that 10,000 rules add / that 5,000 add   "
          f"{(median(taken[10_000], 'processor') - base) / (median(taken[5_000], 'processor') - base):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scales", nargs="*", type=float, default=[1.0, 2.0])
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--data", type=Path, default=ROOT / "build/bench")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--by-entity", action="store_true", help="also a folder with a file for each entity")
    parser.add_argument("--many-rules", action="store_true", help="also thousands of controls over a small company")
    arguments = parser.parse_args()
    build, data = arguments.build.resolve(), arguments.data.resolve()
    base = {}
    for scale in arguments.scales:
        folder = data / f"company-{scale:g}"
        generate(build, folder, scale)
        mixed = folder / "company.ndjson"
        mebibytes = mixed.stat().st_size / 2**20
        commands = {"writ": writ(build, mixed), "simdjson": [build / "tests/bench/bench_simdjson_visit", mixed, "4000000"]}
        if arguments.by_entity:
            commands["writ by entity"] = writ(build, folder / "by-entity")
        runs = {name: [] for name in commands}
        for turn in range(arguments.runs + 1):
            for name, command in commands.items():
                result = run(name, command)
                if turn > 0:  # the first turn warms the page cache
                    runs[name].append(result)
        print(f"\nscale {scale:g}: {mebibytes:.0f} MiB, medians of {arguments.runs} runs")
        print(f"{'':<16}{'seconds':>9}{'least':>9}{'processor':>11}{'peak MiB':>10}")
        for name, results in runs.items():
            least = min(r.seconds for r in results)
            print(f"{name:<16}{median(results, 'seconds'):>9.3f}{least:>9.3f}{median(results, 'processor'):>11.3f}"
                  f"{median(results, 'mebibytes'):>10.0f}")
        seconds, peak = median(runs["writ"], "seconds"), median(runs["writ"], "mebibytes")
        print(f"time of writ / time of simdjson     {seconds / median(runs['simdjson'], 'seconds'):.2f}")
        processor = median(runs["writ"], "processor") / median(runs["simdjson"], "processor")
        print(f"processor time, likewise            {processor:.2f}")
        print(f"peak memory of writ / size of file  {peak / mebibytes:.2f}")
        base[scale] = runs["writ"]
    if 1.0 in base and 2.0 in base:
        for what in ("seconds", "processor"):
            print(f"{what:<10} at scale 2 / at scale 1   {median(base[2.0], what) / median(base[1.0], what):.2f}")
    if arguments.many_rules:
        measure_many_rules(build, data, arguments.runs)


if __name__ == "__main__":
    main()
