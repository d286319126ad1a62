"""Every byte of a cache of 100 entries flipped: no row ever says anything else.

python -m tests.heavy.cache          goes on where it was stopped
python -m tests.heavy.cache 8192     so many bytes alone, at even distances over the whole file
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.corpus import generate
from tests.flipped import make, wrong
from tests.hostile.ledger import Ledger, publish, surroundings

_ENTRIES = 100
_STEP = 512


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where any flip was believed."""
    parser = argparse.ArgumentParser(prog="python -m tests.heavy.cache", description=__doc__)
    parser.add_argument("count", nargs="?", type=int)
    wanted = parser.parse_args(arguments).count
    ledger = Ledger("cache", f"{_ENTRIES} {wanted}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, 60)
        file = folder / "cache.sqlite"
        rows = make(folder, file, _ENTRIES)
        data = file.read_bytes()
        count = min(wanted or len(data), len(data))
        flipped = [number * len(data) // count for number in range(count)]
        for start in range(0, count, _STEP):
            if str(start) not in ledger.steps:
                offsets = flipped[start : start + _STEP]
                ledger.done(str(start), wrong(data, rows, offsets, folder / "spoilt.sqlite"))
    found = [one for step in ledger.steps.values() for one in step]
    publish(
        "cache",
        [
            "A cache with one bit wrong",
            "",
            *surroundings(f"python -m tests.heavy.cache {wanted or ''}".rstrip(), ["msgspec"]),
            "",
            f"entries        {len(rows)}",
            f"bytes flipped  {count}, one at a time, of {len(data)}",
            f"rows believed that were not as written: {len(found)}",
            *found,
        ],
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
