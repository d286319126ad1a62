"""Random edits: what is linked again is what linking everything comes to.

    python -m tests.heavy.links 20000         goes on where it was stopped

They follow one another in chains of 100 (tests/link_chains.py); one chain in five is of a desk of
60 articles, whose lists fall into parts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.edit_chains import ARTICLES
from tests.heavy.chains import Chains
from tests.hostile.ledger import surroundings
from tests.link_chains import run_links
from tests.reliability.folders import in_memory

_CHAIN = 100
_LARGE = 5
"""Every so many-th is of a large desk."""
_COMMAND = "python -m tests.heavy.links"


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything differs."""
    run = Chains("links", 20_000, _CHAIN, f"{_CHAIN} {_LARGE}", _chain, _told, _report)
    return run.run(arguments, __doc__)


def _told(chain: dict[str, Any]) -> str:
    return f"{chain['again']} linked again"


def _chain(number: int) -> dict[str, Any]:
    found = {"again": 0, "wholly": 0, "refused": 0}
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        try:
            found |= run_links(Path(folder), f"links {number}", _CHAIN, large=_is_large(number))
        except AssertionError as error:
            return {**found, "differs": str(error)[:2000]}
    return {**found, "differs": None}


def _is_large(number: int) -> bool:
    return number % _LARGE == _LARGE - 1


def _report(steps: list[dict[str, Any]]) -> list[str]:
    differ = [f"chain {n}: {one['differs']}" for n, one in enumerate(steps) if one["differs"]]
    large = sum(map(_is_large, range(len(steps))))
    counts = {name: sum(one[name] for one in steps) for name in ("again", "wholly", "refused")}
    return [
        "Random edits: what is linked again is what linking everything comes to",
        "",
        *surroundings(f"{_COMMAND} {len(steps) * _CHAIN}", ["msgspec"]),
        "",
        f"steps                      {sum(counts.values()):,}, each of an edit or two",
        f"chains                     {len(steps)} of {_CHAIN} steps, {large} of them of {ARTICLES}"
        " articles",
        f"linked again               {counts['again']:,}",
        f"linked wholly              {counts['wholly']:,}",
        f"refused as errors          {counts['refused']:,}",
        f"chains that differ         {len(differ)}",
        *differ,
    ]


if __name__ == "__main__":
    sys.exit(main())
