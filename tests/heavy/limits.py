"""The worst content that passes every limit: what a build of it takes, as its files grow.

    python -m tests.heavy.limits 1024        goes on where it was stopped

Each shape of tests/reliability/worst_input.py is built, on one core, with its largest file at a
quarter, a half and all of so many KiB (1024 are the limit), or with 250, 500 and 1000 files. Prose
ends at 50,000 characters a field, which is its own limit. A build that takes more than the seconds
or the memory given here is ended, and told of.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Final

import readout.publish.mkdocs_run  # imported here, so that no child's time is spent on it
import readout.publish.press
import readout.publish.theme
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability.folders import in_memory
from tests.reliability.worst_input import (
    IN_MANY,
    IN_ONE_FILE,
    Cost,
    Shape,
    cost_of_build,
    growth,
    prose,
    put,
    quotations,
    unknown_references,
)

assert readout.publish.mkdocs_run
assert readout.publish.press
assert readout.publish.theme
SECONDS: Final = 180
MEMORY: Final = 3 << 30
_STEEP: Final = 3.0
"""2 is linear, 4 quadratic."""
_TURNS: Final = 3
"""So often what grows too fast is measured: another process beside it is seen in its time, too."""
_FILES: Final = 1000
_PROSE: Final = 48 << 10
"""Bytes of a file of prose no field of which is too long."""
_MOST_VALUES: Final = 95_000
"""Of a record; a few less than the limit."""
_COMMAND = "python -m tests.heavy.limits"


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where a cost grows faster than the content, or a build was ended."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1024)
    kib = parser.parse_args(arguments).count
    ledger = Ledger("limits", f"{kib} {_FILES}")
    for turn in range(_TURNS):
        ledger.run(
            {
                f"{shape.__name__} {part} {turn}": partial(_cost, shape, kib, part)
                for shape in (*IN_ONE_FILE, *IN_MANY)
                if turn == 0 or "!" in _row(_costs(shape, ledger.steps))
                for part in (4, 2, 1)
            }
        )
    publish("limits", _report(kib, ledger.steps))
    return int(any("!" in line for line in _table(ledger.steps)))


def _things(shape: Shape, size: int) -> int:
    """How many things make the largest file of a shape so large."""
    if shape in (prose, quotations, unknown_references):
        size = min(size, _PROSE)
    few, many = 1, size
    while many - few > 1:
        middle = (few + many) // 2
        files = shape(middle)
        largest = max(len(text.encode()) for text in files.values())
        fits = largest <= size and all(_values(text) <= _MOST_VALUES for text in files.values())
        few, many = (middle, many) if fits else (few, middle)
    return few


def _values(text: str) -> int:
    """About how many values a file has: not fewer."""
    return sum(text.count(sign) for sign in ":,[{\n")


def _cost(shape: Shape, kib: int, part: int) -> dict[str, Any]:
    things = (_FILES if shape in IN_MANY else _things(shape, (kib << 10) - 512)) // part
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        files = shape(things)
        settings = put(files, Path(folder))
        cost = cost_of_build(settings, SECONDS, MEMORY)
    told = {"things": things, "bytes": sum(len(text.encode()) for text in files.values())}
    if isinstance(cost, Cost):
        return told | {"seconds": cost.seconds, "memory": cost.memory, "problems": cost.problems}
    return told | {"ended": cost}


def _table(steps: dict[str, dict[str, Any]]) -> list[str]:
    return [
        f"{shape.__name__:16}{_row(_costs(shape, steps))}" for shape in (*IN_ONE_FILE, *IN_MANY)
    ]


def _costs(shape: Shape, steps: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Of a quarter, a half and all, the least that was measured: others may use the machine."""
    return [
        min(
            (found for turn in range(_TURNS) if (found := steps.get(f"{start} {turn}"))),
            key=lambda one: one.get("seconds", SECONDS),
        )
        for start in (f"{shape.__name__} {part}" for part in (4, 2, 1))
    ]


def _row(costs: list[dict[str, Any]]) -> str:
    last = costs[-1]
    start = f"{last['things']:>8,}{last['bytes'] >> 10:>7,}"
    if ended := next((f"{one['things']:,}: {one['ended']}" for one in costs if "ended" in one), ""):
        return f"{start}  ! with {ended}"
    steep = growth(*(one["seconds"] for one in costs)) if costs[0]["seconds"] > 0.5 else 2.0
    seconds = " ".join(f"{one['seconds']:6.1f}" for one in costs)
    memory = " ".join(f"{one['memory'] >> 20:5,}" for one in costs)
    return f"{start}  {seconds}  {memory}{last['problems']:>8,}" + (
        f"  ! {steep:.1f} times as much more" if steep > _STEEP else ""
    )


def _report(kib: int, steps: dict[str, dict[str, Any]]) -> list[str]:
    table = _table(steps)
    return [
        "The worst content that passes every limit",
        "",
        *surroundings(f"{_COMMAND} {kib}", ("pyyaml", "markdown-it-py", "msgspec", "mkdocs")),
        f"ended:    what takes over {SECONDS} s of CPU or {MEMORY >> 20} MB",
        "",
        "Whole builds without search, on one core: a quarter, a half, and all of the content.",
        "A mark (!) is at what grows faster than the content: the second doubling cost over three",
        "times what the first one did (2 is linear, 4 quadratic).",
        "",
        "shape             things    KiB   CPU s                 MB resident    problems",
        *table,
        "",
        f"marked:   {sum('!' in line for line in table)} of {len(table)}",
    ]


if __name__ == "__main__":
    sys.exit(main())
