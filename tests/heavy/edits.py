"""Random sequences of edits: the incremental site equals the clean one.

    python -m tests.heavy.edits 5000          goes on where it was stopped

They follow one another in chains of 25 (tests/edit_chains.py), each chain on a desk of its own: a
small one, or every so often one of 60 articles, whose lists fall into parts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.edit_chains import ARTICLES, run_chain
from tests.heavy.chains import Chains
from tests.hostile.ledger import surroundings
from tests.reliability.folders import in_memory

_CHAIN = 25
_STEPS = 2
_SEARCH = 10
"""Every so many-th chain is built with the search index."""
_LARGE = 50
"""Every so many-th is of a large desk."""
_COMMAND = "python -m tests.heavy.edits"


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where any site differs."""
    inputs = f"{_CHAIN} {_STEPS} {_SEARCH} {_LARGE}"
    run = Chains("edits", 5000, _CHAIN, inputs, _chain, _told, _report)
    return run.run(arguments, __doc__)


def _told(chain: dict[str, Any]) -> str:
    return f"{len(chain['edits'])} edits"


def _chain(number: int) -> dict[str, Any]:
    large, search = _is_large(number), number % _SEARCH == 0
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        try:
            done = run_chain(
                Path(folder), f"edits {number}", _CHAIN, _STEPS, large=large, search=search
            )
        except AssertionError as error:
            return {"edits": [], "differs": str(error)}
    return {"edits": [edit for sequence in done for edit in sequence], "differs": None}


def _is_large(number: int) -> bool:
    return number % _LARGE == _LARGE // 2


def _report(steps: list[dict[str, Any]]) -> list[str]:
    differ = [f"chain {n}: {one['differs']}" for n, one in enumerate(steps) if one["differs"]]
    edits = [edit for one in steps for edit in one["edits"]]
    refused = sum(edit.endswith("(refused)") for edit in edits)
    large = sum(map(_is_large, range(len(steps))))
    count = len(steps) * _CHAIN
    return [
        "Random edits: the incremental site equals the clean one",
        "",
        *surroundings(f"{_COMMAND} {count}", ["mkdocs", "msgspec"]),
        "",
        f"sequences                  {count:,}, each of {_STEPS} builds and a clean one to compare",
        f"chains                     {len(steps)} of {_CHAIN} sequences, at whose end the clean one"
        " is built in a new process;",
        f"                           {large} of them of {ARTICLES} articles",
        f"edits                      {len(edits):,}, of which refused as errors {refused:,}",
        f"sites that differ          {len(differ)}",
        *differ,
    ]


if __name__ == "__main__":
    sys.exit(main())
