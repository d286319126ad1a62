"""`serve` at work: from the saving of an article to the reloaded page."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.cost import ROOT, as_at_home, children_of, cpu_of

_TIMES = 5
_WHILE = 3.0
"""Seconds; a server begins with the search index after one."""
_IDLE = 0.03
"""CPU seconds that looking whether there is anything to do may take in a while."""
_ADDRESS = re.compile(r"pages? at (http://\S+)")


def reloaded(
    program: Sequence[str | Path], edits: Mapping[str, Callable[[int], None]], folder: Path
) -> list[str]:
    """Lines on what saves cost: `program` is Python and build.py; each of `edits` changes an
    article, by its number, and has a name for that."""
    command = [
        *(*program, "serve", "--port=0"),
        *(f"--{name}={folder / name}" for name in ("content", "seeds")),
        *(f"--{name}={folder / 'served' / name}" for name in ("site", "work")),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=as_at_home(), stdout=subprocess.PIPE, text=True
    ) as server:
        told = server.stdout or ()
        try:
            address = next(one[1] for line in told if (one := _ADDRESS.search(line)))
            _rest(server.pid)
            return [
                _line(what, [_save(server.pid, address, n, edit) for n in range(_TIMES)])
                for what, edit in edits.items()
            ]
        finally:
            server.terminate()


def _line(what: str, costs: Sequence[tuple[float, float, float]]) -> str:
    cpu, wall, after = (median(one) for one in zip(*costs, strict=True))
    most = max(one[0] for one in costs)
    return (
        f"\nserve, from the saving of {what} to the reloaded page: {cpu:.2f} s CPU (at most "
        f"{most:.2f}), {wall:.2f} s wall; until the search knows it: {after:.2f} s CPU more "
        f"(medians of {_TIMES})."
    )


def _save(
    process: int, address: str, n: int, edit: Callable[[int], None]
) -> tuple[float, float, float]:
    """CPU and wall seconds of one save, and the CPU seconds of what the server does afterwards,
    until it is at rest again."""
    number = _number(address, -1)
    cpu, start = cpu_of(process), time.monotonic()
    edit(100 + n)
    while _number(address, number) == number:
        pass
    with urlopen(f"{address}briefings/article-{100 + n}.html") as page:  # noqa: S310 - our own
        page.read()
    shown, wall = cpu_of(process), time.monotonic() - start
    _rest(process)
    return shown - cpu, wall, cpu_of(process) - shown


def _rest(process: int) -> None:
    """Waits until the server has nothing to do: no child, and no work in a while."""
    cpu, since = -1.0, time.monotonic()
    while time.monotonic() - since < _WHILE:
        time.sleep(0.1)
        now = cpu_of(process)
        if now - cpu > _IDLE or children_of(process):
            cpu, since = now, time.monotonic()


def _number(address: str, known: int) -> int:
    """The number of the latest build; waits while it is the known one, as the page does."""
    with urlopen(f"{address}_readout/wait?number={known}") as answer:  # noqa: S310 - our own
        found: int = json.load(answer)["number"]
        return found
