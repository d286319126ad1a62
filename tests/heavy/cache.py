"""Every byte of a cache of 100 entries flipped: no row ever says anything else.

    python -m tests.heavy.cache                 goes on where it was stopped
    python -m tests.heavy.cache 8192            so many bytes alone, evenly over the whole file
    python -m tests.heavy.cache --builds 1000   so many whole builds

One bit of every byte, one at a time, and the cache read whole. Then bytes of the cache of a whole
build, evenly over all of it, and a build over each: half of them with the site before still there,
half with nothing else left. The site is compared byte for byte.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.corpus import generate
from tests.flipped import BuiltOver, flip, make, wrong
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability.folders import in_memory

_ENTRIES = 100
_STEP = 4096
_AT_ONCE = 100
_COMMAND = "python -m tests.heavy.cache"


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where any flip was believed."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int)
    parser.add_argument("--builds", type=int, default=1000)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=in_memory()) as name:
        folder = Path(name)
        generate(folder, 60)
        rows = make(folder, folder / "cache.sqlite", _ENTRIES)
        data = (folder / "cache.sqlite").read_bytes()
        built = BuiltOver(folder / "built")
        count = min(chosen.count or len(data), len(data))
        ledger = Ledger("cache", f"{_ENTRIES} {count} {chosen.builds}")
        flips = _evenly(count, len(data))
        builds = _evenly(chosen.builds, len(built.data))
        steps = {
            f"bytes from {flips[at]}": partial(
                wrong, data, rows, flips[at : at + _STEP], folder / f"{at}.sqlite"
            )
            for at in range(0, count, _STEP)
        } | {
            f"builds from {builds[at]}": partial(
                _builds, folder / f"built {at}", builds[at : at + _AT_ONCE]
            )
            for at in range(0, chosen.builds, _AT_ONCE)
        }
        ledger.run(steps, lambda told: f"{len(told)} believed")
    found = [f"{step}: {one}" for step in steps for one in ledger.steps[step]]
    publish(
        "cache",
        [
            "A cache with one bit wrong",
            "",
            *surroundings(_COMMAND, ["msgspec"]),
            "",
            f"entries        {len(rows)}",
            f"bytes flipped  {count:,}, one at a time, of {len(data):,}; the cache read whole each"
            " time",
            f"builds         {chosen.builds:,}, each over the cache of a whole build with one byte"
            f" flipped, of {len(built.data):,}",
            f"rows believed that were not as written, and sites that came out otherwise:"
            f" {len(found)}",
            *found,
        ],
    )
    return int(bool(found))


def _evenly(count: int, size: int) -> list[int]:
    return [number * size // count for number in range(count)]


def _builds(folder: Path, offsets: list[int]) -> list[str]:
    built = BuiltOver(folder)
    return [
        f"byte {offset}: {path}"
        for number, offset in enumerate(offsets)
        for path in built.wrong(flip(built.data, offset), anew=number % 2 == 1)
    ]


if __name__ == "__main__":
    sys.exit(main())
