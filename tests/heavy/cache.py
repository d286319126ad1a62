"""Every byte of a cache of 100 entries flipped: no row ever says anything else.

python -m tests.heavy.cache          goes on where it was stopped
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.corpus import generate
from tests.flipped import make, wrong
from tests.hostile.ledger import Ledger, publish, surroundings

_ENTRIES = 100
_STEP = 4096


def main() -> int:
    """Runs; 1 where any flip was believed."""
    ledger = Ledger("cache", f"{_ENTRIES}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, 60)
        file = folder / "cache.sqlite"
        rows = make(folder, file, _ENTRIES)
        data = file.read_bytes()
        for start in range(0, len(data), _STEP):
            if str(start) not in ledger.steps:
                offsets = range(start, min(start + _STEP, len(data)))
                ledger.done(str(start), wrong(data, rows, offsets, folder / "spoilt.sqlite"))
    found = [one for step in ledger.steps.values() for one in step]
    publish(
        "cache",
        [
            "A cache with one bit wrong",
            "",
            *surroundings("python -m tests.heavy.cache", ["msgspec"]),
            "",
            f"entries        {len(rows)}",
            f"bytes flipped  {len(data)}, one at a time, the whole file",
            f"rows believed that were not as written: {len(found)}",
            *found,
        ],
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
