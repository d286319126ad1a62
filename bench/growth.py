"""What a page costs among more pages: cold builds of all sizes, in turns.

The clock of a machine may change within an hour, by more than what is looked for; so sizes are
compared round by round.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.cost import measured
from bench.sites import Bench

_HEAD = (
    "| articles | pages | CPU ms a page | wall ms a page | CPU, times that of the first | spread "
    "| wall, times that of the first | spread |",
    "|---|---|---|---|---|---|---|---|",
)


def growth(sizes: Sequence[int], rounds: int, where: str | None) -> list[str]:
    """The lines of a table; `where` the corpora are to stand, all at once."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(dir=where))) for _ in sizes]
        benches = [Bench(folder, articles) for folder, articles in zip(folders, sizes, strict=True)]
        for bench in benches:
            bench.prepare()
        found = [[_cold(bench) for bench in benches] for _ in range(rounds)]
        pages = [bench.pages() for bench in benches]
    lines = [f"\nCold, without search, all sizes in turns; medians of {rounds}.\n", *_HEAD]
    for at, articles in enumerate(sizes):
        cpu, wall = ([costs[at][kind] for costs in found] for kind in (0, 1))
        ratios = " | ".join(
            _ratios([costs[at][kind] / costs[0][kind] for costs in found]) for kind in (0, 1)
        )
        lines.append(
            f"| {articles:,} | {pages[at]:,} | {median(cpu):.2f} | {median(wall):.2f} | {ratios} |"
        )
    print(*lines, sep="\n", flush=True)
    return lines


def _cold(bench: Bench) -> tuple[float, float]:
    """Milliseconds a page: of CPU, and by the clock."""
    bench.clean(search=False)
    cost = measured(bench.readout())
    return 1000 * cost.cpu / bench.pages(), 1000 * cost.wall / bench.pages()


def _ratios(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} | {min(ratios):.2f} to {max(ratios):.2f}"
