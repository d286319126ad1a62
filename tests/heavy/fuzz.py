"""A million broken files of content: 0 tracebacks, 0 over 2 s, under 512 MB, every problem placed.

    python -m tests.heavy.fuzz 1000000        goes on where it was stopped
    python -m tests.heavy.fuzz --file 7       repeats file number 7, and prints what is told of it
    python -m tests.heavy.fuzz --built 2000   builds sites of the files that nothing is wrong with

Files are mutated (tests/reliability/mutations.py) from this repository's content and examples, or
made from the JSON Schemas. A hundred at a time are read and checked together with this desk's own
content, as a build reads them, in a process of limited memory. Where a process dies, a batch raises
or takes long, its files are tried one by one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability.folders import in_memory
from tests.reliability.fuzz_building import BuiltFiles
from tests.reliability.fuzz_reading import Reader
from tests.reliability.fuzz_worker import MEMORY, SECONDS, judged_apart
from tests.reliability.fuzzed_files import BATCH, SEED, fuzzed

STEP = 10_000
_SHOWN = 30
_COMMAND = "python -m tests.heavy.fuzz"
_PACKAGES = ("pyyaml", "pydantic", "msgspec", "markdown-it-py", "mkdocs")


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--file", type=int)
    parser.add_argument("--built", type=int, default=2000)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        if chosen.file is not None:
            return _one(chosen.file, Path(folder))
        return _all(chosen.count, chosen.built, Path(folder))


def _one(number: int, folder: Path) -> int:
    one = fuzzed(number)
    print(f"file {number}, {one.file}, {len(one.data)} bytes:")
    print(one.data.decode("utf-8", "backslashreplace"))
    reader = Reader(folder / "f")
    batch = [fuzzed(n) for n in range(number - number % BATCH, number - number % BATCH + BATCH)]
    found = 0
    for name, files in (("alone", [one]), ("with its batch", batch)):
        judged = reader.judge(files)
        print(f"{name}: {judged.seconds:.3f} s; told: {dict(judged.codes)}")
        print("\n".join(map(str, judged.findings)) or "nothing found")
        found += len(judged.findings)
    return int(found > 0)


def _all(count: int, built: int, folder: Path) -> int:
    ledger = Ledger("fuzz", f"{SEED} {BATCH} {STEP}")
    starts = range(0, count, STEP)
    for start in starts:
        step = f"{start}-{min(start + STEP, count)}"
        if step not in ledger.steps:
            numbers = range(start, min(start + STEP, count))
            ledger.done(step, judged_apart(numbers, folder / "f"))
            done = ledger.steps[step]
            print(f"{step}: {done['cpu']:.0f} s, {len(done['findings'])} findings", flush=True)
    sites = BuiltFiles(folder / "built")
    steps = [ledger.steps[f"{start}-{min(start + STEP, count)}"] for start in starts]
    sound = [number for step in steps for number in step["sound"]]
    for at in range(0, min(built, len(sound)), sites.AT_ONCE):
        step = f"built {at}"
        if step not in ledger.steps:
            chosen = sound[at : min(at + sites.AT_ONCE, built)]
            ledger.done(step, sites.build([fuzzed(number) for number in chosen]))
            print(f"{step}: {len(ledger.steps[step]['findings'])} findings", flush=True)
    of_sites = [
        ledger.steps[f"built {at}"] for at in range(0, min(built, len(sound)), sites.AT_ONCE)
    ]
    publish("fuzz", _report(count, steps, of_sites))
    return int(any(step["findings"] for step in (*steps, *of_sites)))


def _report(count: int, steps: list[dict[str, Any]], of_sites: list[dict[str, Any]]) -> list[str]:
    findings = [one for step in (*steps, *of_sites) for one in step["findings"]]
    codes = sum((Counter(step["codes"]) for step in steps), Counter[str]())
    kinds = Counter(": ".join(one.split(": ")[1:3])[:60] for one in findings)
    files = sum(step["files"] for step in of_sites)
    return [
        "Fuzzed files of content",
        "",
        *surroundings(f"{_COMMAND} {count}", _PACKAGES),
        f"seed:     {SEED}",
        "",
        f"files:    {count:,}, {sum(step['bytes'] for step in steps) // count:,} bytes on average,"
        f" the largest {max(step['largest'] for step in steps):,}",
        f"time:     {sum(step['cpu'] for step in steps):,.0f} s of CPU to read and check them;"
        f" no file over {SECONDS} s: the slowest batch of {BATCH} took"
        f" {max(step['slowest batch'] for step in steps):.2f} s, the slowest file tried alone"
        f" {max(step['slowest file'] for step in steps):.2f} s",
        f"memory:   at most {max(step['memory'] for step in steps) >> 10} MB resident in any"
        f" process, with a limit of {MEMORY >> 20} MB on all that a process has",
        f"sound:    {sum(step['sound files'] for step in steps):,} files had no error",
        f"told:     {sum(codes.values()):,} problems, each with file, line, column and code; of"
        f" {len(codes)} codes:",
        *_in_columns(codes),
        f"built:    {files:,} of the files without an error, through link, render and the press:"
        f" {sum(step['pages'] for step in of_sites):,} pages",
        "",
        f"found:    {len(findings)}",
        *(f"          {number:6} {kind}" for kind, number in kinds.most_common()),
        *(f"          file {one:.400}" for one in findings[:_SHOWN]),
        *(["          ..."] if len(findings) > _SHOWN else []),
        *([f"repeat:   {_COMMAND} --file N"] if findings else []),
    ]


def _in_columns(codes: Counter[str]) -> list[str]:
    cells = [f"{code} {number:,}" for code, number in sorted(codes.items())]
    return ["          " + "".join(f"{one:<20}" for one in cells[at : at + 5]).rstrip()
            for at in range(0, len(cells), 5)]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
