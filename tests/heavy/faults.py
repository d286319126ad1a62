"""Every call to the system refused once: 0 broken sites, 0 tracebacks, one line that names a path.

    python -m tests.heavy.faults            goes on where it was stopped
    python -m tests.heavy.faults --every 7  every seventh call alone

Each call of a first build, and of builds from one state of the content to another and back, is
refused once, with ENOSPC, EIO, EROFS and EACCES in turn, in a child forked just before the build:
the smallest content that has a page of every kind; for every tenth call the small invented site;
and for some this desk's. After each the next build has to come out right, and that is the site
from which the next refusal starts. Then the system itself has no room: files may not grow, no more
of them may be open, a disk has ever less room left, folders are read-only. Then two builds run at
once, files change while they are read, and the clock jumps.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from readout.publish.tree import remove
from tests.builds import ROOT, SMALL
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability.desk import Desk, clean_prints
from tests.reliability.disturbances import (
    ACTS,
    clock_at,
    disturbed_reading,
    redate,
    second_build,
)
from tests.reliability.faulty_builds import build_here, in_a_child, wrong_with
from tests.reliability.folders import in_memory
from tests.reliability.full_disks import fill_up, limited, read_only
from tests.reliability.many_builds import templates_kept
from tests.reliability.namespaces import available, with_own_mounts
from tests.reliability.refused_calls import ERRORS, FIRST, RefusedCalls
from tests.reliability.tiny import tiny

_COMMAND = "python -m tests.heavy.faults"
_AT_ONCE = 50
_SHOWN = 40
_OF_SMALL, _OF_DESK = 10, 500
"""Of the builds of the small site and of this desk's own, every so many-th call."""
_YEAR = 365 * 86_400.0
Prints = Mapping[str, str]


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args(arguments).every
    ledger = Ledger("faults", f"{every} {_AT_ONCE}")
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder, templates_kept():
        for name, original, stride in (
            ("tiny", tiny(Path(folder) / "original"), every),
            ("small", SMALL, every * _OF_SMALL),
            ("desk", ROOT, every * _OF_DESK),
        ):
            place = Path(folder) / name
            prints = clean_prints(place / "clean", original=original)
            build_here(Desk(place / "here", original))
            steps = _refusals(ledger, name, place, prints, original, stride)
            if name != "desk":
                for what, run in _OTHERS.items():
                    where = place / what.replace(" ", "-")
                    steps[f"{name} {what}"] = partial(run, where, prints, original)
            ledger.run(steps)
    publish("faults", _report(f"--every {every}", ledger.steps))
    return int(any(step["findings"] for step in ledger.steps.values()))


_WAYS = ((FIRST, "one"), ("one", "two"), ("two", "one"))


def _refusals(
    ledger: Ledger, name: str, place: Path, prints: Prints, original: Path, stride: int
) -> dict[str, Callable[[], dict[str, Any]]]:
    counts = f"{name} counts"
    if counts not in ledger.steps:
        calls = RefusedCalls(place / "counts", prints, original)
        counted = [calls.count(before, wanted) for before, wanted in _WAYS]
        ledger.done(counts, {"calls": counted, "tried": 0, "findings": []})
    first, *there_and_back = ledger.steps[counts]["calls"]
    return {
        f"{name} {way} {start}": partial(
            _refused, place / f"{way}-{start}", prints, original, numbers[start : start + _AT_ONCE]
        )
        for way, count in (("first", first), ("again", max(there_and_back)))
        for numbers in (range(1, count + 1, stride),)
        for start in range(0, len(numbers), _AT_ONCE)
    }


def _refused(place: Path, prints: Prints, original: Path, numbers: range) -> dict[str, Any]:
    """Of each of these calls, refused once: of a first build, or there and back."""
    calls = RefusedCalls(place, prints, original)
    ways = _WAYS[:1] if place.name.startswith("first") else _WAYS[1:]
    findings, tried, status = [], 0, Counter[int]()
    for at in numbers:
        for before, wanted in ways:
            said, found = calls.refuse(before, wanted, at, ERRORS[tried % len(ERRORS)])
            tried += bool(said.hit)
            status[said.status] += 1
            findings += [
                f"{before} to {wanted}, call {at}, {said.hit:.90}: {one:.300}" for one in found
            ]
    shutil.rmtree(place)
    return {"tried": tried, "failed": status[1], "findings": findings}


def _tried(lines: Iterator[str | None]) -> dict[str, Any]:
    """Of a run that yields None for what went as it should, and else what was wrong."""
    told = list(lines)
    return {"tried": len(told), "failed": 0, "findings": [one for one in told if one]}


def _limits(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """Files that may not grow over so many bytes; so many open files."""

    def run() -> Iterator[str | None]:
        desk = Desk(folder, original)
        in_a_child(desk)
        sizes = [(resource.RLIMIT_FSIZE, int(1.6**n)) for n in range(15, 31)]
        handles = [(resource.RLIMIT_NOFILE, n) for n in range(4, 40)]
        for what, limit in (*sizes, *handles):
            desk.put("one")
            in_a_child(desk)
            desk.put("two")
            said = limited(desk, what, limit)
            wrong = [*wrong_with(said, desk.site, prints, "one", "two")]
            again = in_a_child(desk)
            wrong += wrong_with(again, desk.site, prints, "two", "two")
            if again.status:
                wrong.append(f"the next build: {again.text:.200}")
            yield f"limit {what} of {limit}: {'; '.join(wrong)}" if wrong else None

    return _tried(run())


def _full(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """A disk that has ever less room left."""
    folder.mkdir(parents=True)
    if not available(with_own_mounts):
        return {"tried": 0, "failed": 0, "findings": []}
    *lines, last = fill_up(folder, "one", "two", prints, original)
    failed, _, tried = last.removeprefix("failed: ").partition(" of ")
    return {"tried": int(tried), "failed": int(failed), "findings": lines}


def _read_only(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """Folders that may not be written, alone and together."""
    desk = Desk(folder, original)
    in_a_child(desk)
    several = (desk.site, desk.work, desk.work / "docs", desk.work / "publish", desk.folder)
    if not available(with_own_mounts):
        return {"tried": 0, "failed": 0, "findings": []}

    def run() -> Iterator[str | None]:
        for one in several:
            desk.put("one")
            in_a_child(desk)
            desk.put("two")
            said = read_only(desk, one)
            wrong = list(wrong_with(said, desk.site, prints, "one", "two"))
            if said.status == 0:
                wrong.append("it could write all the same")
            yield f"{one.name} is read-only: {'; '.join(wrong)}" if wrong else None

    return _tried(run())


def _two(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """Two builds at once, ten times."""
    desk = Desk(folder, original)
    in_a_child(desk)

    def run() -> Iterator[str | None]:
        for _ in range(5):
            for before, wanted in (("one", "two"), ("two", "one")):
                yield "; ".join(second_build(desk, prints, before, wanted)) or None

    return _tried(run())


def _changing(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """Each file of content, at each moment of its being read: written to, emptied, gone, a link."""
    desk = Desk(folder, original)
    in_a_child(desk)

    def run() -> Iterator[str | None]:
        for path in sorted(desk.folder.glob("content/**/*.yml")):
            original_bytes = path.read_bytes()
            for name, act in ACTS.items():
                for at in ("open", "read", "close"):
                    path.write_bytes(original_bytes + b"\n")  # so that it is read again
                    said = disturbed_reading(desk, path, partial(act, path), at, 3)
                    wrong = [
                        one
                        for one in wrong_with(said, desk.site, prints, "one", "one")
                        if not one.startswith("it said that all went well")
                    ]
                    remove(path)
                    path.write_bytes(original_bytes)
                    said = in_a_child(desk)
                    wrong += wrong_with(said, desk.site, prints, "one", "one")
                    if said.status:
                        wrong.append(f"the next build: {said.text:.200}")
                    yield f"{path.name} {name} at {at}: {'; '.join(wrong)}" if wrong else None

    return _tried(run())


def _clock(folder: Path, prints: Prints, original: Path) -> dict[str, Any]:
    """Builds in other times, and of files from other times."""
    desk = Desk(folder, original)
    in_a_child(desk)
    jumps = (-30 * _YEAR, -_YEAR, -3600.0, -1.0, 0.0, 1.0, 3600.0, _YEAR, 50 * _YEAR)

    def run() -> Iterator[str | None]:
        for number, jump in enumerate((*jumps, *reversed(jumps))):
            state = ("one", "two", "three")[number % 3]
            desk.put(state)
            for where in (desk.folder / "content", desk.site, desk.work):
                redate(where, jump)
                said = in_a_child(desk, partial(clock_at, jump if number % 2 else -jump))
                wrong = list(wrong_with(said, desk.site, prints, state, state))
                if said.status:
                    wrong.append(said.text)
                yield f"{jump:.0f} s, {where.name}: {'; '.join(wrong)}" if wrong else None

    return _tried(run())


_OTHERS: Mapping[str, Callable[[Path, Prints, Path], dict[str, Any]]] = {
    "limits": _limits,
    "full disk": _full,
    "read-only": _read_only,
    "two builds": _two,
    "changing files": _changing,
    "clock": _clock,
}
_TITLES = {
    "limits": "files that may not grow, and no more open files",
    "full disk": "a disk that has ever less room left",
    "read-only": "read-only folders",
    "two builds": "two builds at once",
    "changing files": "content that changes or goes while it is read",
    "clock": "files from other times, and a clock that jumps",
}


def _report(command: str, steps: Mapping[str, dict[str, Any]]) -> list[str]:
    findings = [f"{name}: {one}" for name, step in steps.items() for one in step["findings"]]

    def line(title: str, *parts: str) -> str:
        chosen = [step for name, step in steps.items() if name.split(" ", 1)[1].startswith(parts)]
        tried = sum(step["tried"] for step in chosen)
        failed = sum(step.get("failed", 0) for step in chosen)
        told = f", of which {failed:,} stopped the build" if failed else ""
        return f"  {title + ':':54}{tried:>6,}{told}"

    return [
        "Faults of the system",
        "",
        *surroundings(f"{_COMMAND} {command}", ("mkdocs", "pagefind-bin")),
        "",
        "calls refused, each once (ENOSPC, EIO, EROFS, EACCES in turn)",
        line("of a first build", "first"),
        line("of a build from one state to another, and back", "again"),
        "and otherwise",
        *(line(title, what) for what, title in _TITLES.items()),
        "",
        "After each: the site whole, the old one where the build failed; one line that names a",
        "path; no traceback; exit status 0 or 1; and the next build comes out right.",
        "",
        f"found:    {len(findings)}",
        *(f"          {one:.400}" for one in findings[:_SHOWN]),
        *(["          ..."] if len(findings) > _SHOWN else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
