"""Hostile strings in every text field, each page against its twin: 0 nodes that a string brought.

    python -m tests.heavy.hostile 5000        goes on where it was stopped
    python -m tests.heavy.hostile --string 7  repeats one string, and prints what is found

What is looked for: tests/hostile/site.py. Batches of 200 strings are built by the whole pipeline,
with search, on as many cores as there are; every fifth batch is built a second time by stock
MkDocs, without our hook. Then every string is the text of a desk of its own (site.yml, about.md).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile.content import FIELDS
from tests.hostile.fields import ADDRESS, PAGE, PLAIN, WORDS
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.hostile.run import (
    Result,
    check_batch,
    check_desk,
    make_desk_twins,
    make_twins,
)
from tests.hostile.site import Site
from tests.hostile.strings import SEED, Hostile, strings
from tests.reliability.folders import in_memory

BATCH = 200
_STOCK = 5
"""Every so many-th batch is also built without our hook."""
_SHOWN = 40
_COMMAND = "python -m tests.heavy.hostile"
_PACKAGES = (
    "mkdocs",
    "markdown",
    "pyromark",
    "markdown-it-py",
    "selectolax",
    "html5lib",
    "pagefind-bin",
)
_FORMS = {PLAIN: "plain text", WORDS: "words of a reference", ADDRESS: "web address", PAGE: "page"}


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=5000)
    parser.add_argument("--string", type=int)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        if chosen.string is not None:
            return _one(strings(chosen.string + 1)[-1], Path(folder))
        return _all(chosen.count, Path(folder))


def _one(string: Hostile, folder: Path) -> int:
    print(f"string {string.number}, from {string.source}: {string.text!r}")
    twins = make_twins(folder / "twins", 2, search=True)
    desk = make_desk_twins(folder / "desk twins")
    results = [
        check_batch([string.text], twins, folder / "run", 2, search=True),
        check_desk(string.text, desk, folder / "run"),
    ]
    for result in results:
        print(f"refused: {dict(result.refused) or 'nowhere'}")
        print("\n".join(map(str, result.findings)) or "nothing found")
    return int(any(result.findings for result in results))


def _all(count: int, folder: Path) -> int:
    ledger = Ledger("hostile", f"{SEED} {BATCH}")
    found = strings(count)
    batches = {
        f"{start}-{min(start + BATCH, count)}": found[start : start + BATCH]
        for start in range(0, count, BATCH)
    }
    if not batches.keys() <= ledger.steps.keys():
        # Made before the processes part, which all have them then.
        twins = make_twins(folder / "twins", BATCH, search=True)
        desk = make_desk_twins(folder / "desk twins")
        ledger.run(
            {
                step: partial(_step, batch, twins, desk, folder / step, number % _STOCK == 0)
                for number, (step, batch) in enumerate(batches.items())
            },
            lambda told: f"{len(told['findings'])} findings",
        )
    steps = [ledger.steps[step] for step in batches]
    publish("hostile", _report(count, found, steps))
    return int(any(step["findings"] for step in steps))


def _step(
    batch: tuple[Hostile, ...], twins: Site, desk: Site, folder: Path, stock: bool
) -> dict[str, Any]:
    texts = [string.text for string in batch]
    first = batch[0].number
    whole = check_batch(texts, twins, folder, BATCH, search=True, stock=stock)
    findings = [f"batch from {first}: {one}" for one in whole.findings]
    files = whole.files
    refused = _counted(whole)
    for string in batch:
        alone = check_desk(string.text, desk, folder)
        findings += [f"desk of string {string.number}: {one}" for one in alone.findings]
        files += alone.files
        refused += _counted(alone, only=PAGE)
    shutil.rmtree(folder)
    return {
        "findings": findings,
        "files": files,
        "stock": whole.by_stock_mkdocs,
        "refused": dict(refused),
    }


def _counted(result: Result, only: str = "") -> Counter[str]:
    """How often what was refused, and by which code: `TEXT002 plain text`."""
    return Counter(
        f"{code} {_FORMS.get(form, 'prose')}"
        for (_, form), code in result.refused.items()
        if not only or form == only
    )


def _report(count: int, found: tuple[Hostile, ...], steps: list[dict[str, Any]]) -> list[str]:
    findings = [one for step in steps for one in step["findings"]]
    refused = sum((Counter(step["refused"]) for step in steps), Counter[str]())
    sources = Counter(string.source for string in found)
    return [
        "Hostile strings in every text field",
        "",
        *surroundings(f"{_COMMAND} {count}", _PACKAGES),
        f"seed:     {SEED}",
        "",
        f"strings:  {count} distinct, of which",
        *(f"          {number:5} {source}" for source, number in sources.most_common()),
        f"fields:   {len(FIELDS)} of the content model, and about.md; prose in nine forms",
        f"files:    {sum(step['files'] for step in steps)} pages and other files, each against its"
        f" twin's; {sum(step['stock'] for step in steps)} of them built by stock MkDocs",
        "",
        "refused with a diagnostic, or of no use in a form (strings and forms; prose has nine):",
        *(f"          {number:5} {what}" for what, number in sorted(refused.items())),
        "",
        f"found:    {len(findings)}",
        *(f"          {one:.600}" for one in findings[:_SHOWN]),
        *(["          ..."] if len(findings) > _SHOWN else []),
        *([f"repeat:   {_COMMAND} --string N"] if findings else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
