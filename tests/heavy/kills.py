"""SIGKILL at random moments: site/ is whole after each, and the next build recovers.

    python -m tests.heavy.kills 10000 --builds 500      goes on where it was stopped

A third of the kills of the publishing step fall anywhere in a publication, a third on the swap
alone, and a third after the moment at which the new site is about to take the old one's place; half
of them on a disk, half in memory. Besides, a publication is killed before each of its calls to the
system, once. Whole builds, with search, are killed, half of them anywhere, half while they hold the
lock; some with all that they started (each is a process group of its own), some alone: most of them
of the small invented site, forked from a process that has imported all; others from the command
line, of this desk's own content, or of so much that the builds part into processes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from bench.corpus import generate
from tests.builds import ROOT, SMALL
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability import desk
from tests.reliability.faulty_builds import build_here
from tests.reliability.folders import in_memory
from tests.reliability.killed_builds import KilledBuilds
from tests.reliability.killing import (
    MARKS,
    Rounds,
    calls_of,
    clean_prints,
    killed_before_call,
    publishing,
    swapping,
)
from tests.reliability.many_builds import templates_kept
from tests.unit.publish.sites import fingerprint

SEED = "kills 1"
_STEP = 100
_BUILDS = 20
_LARGE = 150
"""Articles of the generated content, whose builds part into processes."""
_KINDS = ("publication", "swap", "end")
_BUILT = (*("small",) * 4, "build", *("small",) * 7, "large")
_COMMAND = "python -m tests.heavy.kills"


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--builds", type=int, default=500)
    chosen = parser.parse_args(arguments)
    ledger = Ledger("kills", f"{SEED} {_STEP} {_BUILDS}")
    steps = _steps(chosen.count, chosen.builds)
    ledger.run({name: partial(_placed, name) for name in steps})
    done = {name: ledger.steps[name] for name in steps}
    publish("kills", _report(f"{chosen.count} --builds {chosen.builds}", done))
    return int(any(step["findings"] for step in done.values()))


def _steps(kills: int, builds: int) -> list[str]:
    """Names of the steps: what is killed, where, and a number."""
    return [
        *(
            f"{_KINDS[n % len(_KINDS)]} {('memory', 'disk')[n // len(_KINDS) % 2]} {n}"
            for n in range(-(-kills // _STEP))
        ),
        "calls memory",
        *(f"{_BUILT[n % len(_BUILT)]} {n}" for n in range(-(-builds // _BUILDS))),
    ]


def _placed(name: str) -> dict[str, Any]:
    """A step, on a disk or in memory."""
    in_what = in_memory() if {"memory", "large", "small"} & set(name.split()) else None
    with tempfile.TemporaryDirectory(dir=in_what) as folder, templates_kept():
        return _step(name, Path(folder))


def _step(name: str, folder: Path) -> dict[str, Any]:
    kind = name.split()[0]
    if kind in _KINDS:
        return _kills(kind, folder, f"{SEED} {name}")
    return _before_each_call(folder) if kind == "calls" else _builds(folder, name)


def _kills(kind: str, folder: Path, seed: str) -> dict[str, Any]:
    prints = clean_prints(folder / "clean")
    build = swapping(folder) if kind == "swap" else publishing(folder)
    rounds = Rounds(folder / "site", prints, build, seed)
    findings = []
    while rounds.killed < _STEP:
        if wrong := rounds.kill(late=kind == "end"):
            findings.append(wrong)
    return _counts(rounds, findings)


def _counts(of: Rounds | KilledBuilds, findings: list[str]) -> dict[str, Any]:
    return {
        "killed": of.killed,
        "new": of.left_new,
        "recovered": of.recovered,
        "findings": findings,
    }


def _before_each_call(folder: Path) -> dict[str, Any]:
    """Kills a publication before each of its calls, and the next one goes through."""
    prints = clean_prints(folder / "clean")
    build = publishing(folder)
    build(MARKS[1])
    count = calls_of(lambda: build(MARKS[0]))
    build(MARKS[1])
    build(MARKS[0])  # as it will be each time: from state to state
    killed, left_new, findings = 0, 0, []
    for at in range(1, count + 1):
        build(MARKS[1])
        killed += killed_before_call(lambda: build(MARKS[0]), at)
        found = fingerprint(folder / "site")
        left_new += found == prints[MARKS[0]]
        if found not in (prints[MARKS[0]], prints[MARKS[1]]):
            findings.append(f"call {at}: the site is broken")
        build(MARKS[2])
        if fingerprint(folder / "site") != prints[MARKS[2]]:
            findings.append(f"call {at}: the next build is not the clean one")
    return {"killed": killed, "new": left_new, "recovered": killed, "findings": findings}


def _builds(folder: Path, name: str) -> dict[str, Any]:
    original = SMALL if name.startswith("small") else ROOT
    if name.startswith("large"):
        original = folder / "original"
        generate(original, _LARGE)
    prints = desk.clean_prints(folder / "clean", original=original)
    warm = original == SMALL
    if warm:
        build_here(desk.Desk(folder / "here", original))
    builds = KilledBuilds(folder / "desk", prints, f"{SEED} {name}", original, warm)
    findings = []
    while builds.killed < _BUILDS:
        if wrong := builds.round():
            findings.append(wrong)
    shutil.rmtree(folder / "desk")
    return _counts(builds, findings) | {"locked": builds.on_the_lock}


def _report(command: str, done: dict[str, dict[str, Any]]) -> list[str]:
    findings = [f"{name}: {one}" for name, step in done.items() for one in step["findings"]]

    def of(kind: str) -> str:
        steps = [step for name, step in done.items() if name.split()[0] == kind]
        killed, new, recovered = (
            sum(step[key] for step in steps) for key in ("killed", "new", "recovered")
        )
        return (
            f"{killed:,}; after {killed - new:,} of them the old site stood, after {new:,} the new"
            f" one; {recovered:,} next builds were left alone and came out right"
        )

    builds = [step for name, step in done.items() if name.split()[0] in _BUILT]
    return [
        "SIGKILL at random moments",
        "",
        *surroundings(f"{_COMMAND} {command}", ("mkdocs", "pagefind-bin")),
        f"seed:     {SEED}",
        "",
        "kills of the publishing step (a site of some pages), at random moments",
        f"  of a whole publication:      {of('publication')}",
        f"  of the swap alone:           {of('swap')}",
        f"  once the swap is due:        {of('end')}",
        "kills of a publication before each of its calls to the system, once",
        f"                               {of('calls')}",
        "kills of whole builds, with search",
        f"  of the small site, warm:     {of('small')}",
        f"  of this desk, build.py:      {of('build')}",
        f"  of {_LARGE} articles, build.py:  {of('large')}",
        f"  {sum(step['locked'] for step in builds)} of these while the build held its lock",
        "",
        f"found:    {len(findings)}",
        *(f"          {one:.400}" for one in findings[:40]),
    ]


if __name__ == "__main__":
    sys.exit(main())
