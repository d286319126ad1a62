"""Random sequences of edits: the incremental site equals the clean one.

python -m tests.heavy.edits 1000          goes on where it was stopped
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.edits import run_sequence
from tests.hostile.ledger import Ledger, publish, surroundings

_STEPS = 5
_SEARCH = 10
"""Every so many-th sequence is built with the search index."""


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where any site differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.heavy.edits", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    count = parser.parse_args(arguments).count
    ledger = Ledger("edits", f"{_STEPS}")
    for number in range(count):
        if str(number) in ledger.steps:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                done = run_sequence(
                    Path(folder), f"edits {number}", _STEPS, search=number % _SEARCH == 0
                )
                ledger.done(str(number), {"edits": done, "differs": None})
            except AssertionError as error:
                ledger.done(str(number), {"edits": [], "differs": str(error)})
                print(f"{number}: {error}", flush=True)
    steps = [ledger.steps[str(number)] for number in range(count)]
    differ = [f"sequence {n}: {one['differs']}" for n, one in enumerate(steps) if one["differs"]]
    edits = [edit for one in steps for edit in one["edits"]]
    kinds = Counter("refused" if edit.endswith("(refused)") else "built" for edit in edits)
    publish(
        "edits",
        [
            "Random edits: the incremental site equals the clean one",
            "",
            *surroundings(f"python -m tests.heavy.edits {count}", ["mkdocs", "msgspec"]),
            "",
            f"sequences                  {count}",
            f"edits                      {len(edits)}, of which refused as errors "
            f"{kinds['refused']}",
            f"sites that differ          {len(differ)}",
            *differ,
        ],
    )
    return int(bool(differ))


if __name__ == "__main__":
    sys.exit(main())
