"""Hostile strings in Chromium, with no policy: 0 run.

    python -m tests.heavy.browser 2000        goes on where it was stopped

The strings are the first of tests/hostile/strings.py, in every text field. Every page that a string
has is opened, 24 of them at once in frames of one page and some alone; everything on it is looked
at, hovered over, focused and clicked (tests/hostile/browser.py), and every string is searched for.
Every tenth string is the text of a desk of its own, too. What is counted: scripts, handlers,
dialogs, windows, requests to anywhere but the site, addresses of another scheme, and headings that
are not as typed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.harness import launch
from tests.hostile.browser import Watched, unprotected, watching
from tests.hostile.content import desk
from tests.hostile.expected import plain
from tests.hostile.fields import PAGE, PLAIN, Batch
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.hostile.run import build_batch, build_in, pages_of, refused_by_desk, title_of
from tests.hostile.strings import SEED, Hostile, strings
from tests.reliability.folders import in_memory

BATCH = 200
_DESK = 10
"""Every so many-th string is the text of a desk."""
_TOGETHER = 24
"""So many pages are opened at once."""
_ALONE = 100
"""Every so many-th page is opened again, by itself, and gone over with pointer and keyboard."""
_SHOWN = 40
_COMMAND = "python -m tests.heavy.browser"
_SHARED = ["index.html", "about.html", "404.html"]


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    count = parser.parse_args(arguments).count
    ledger = Ledger("browser", f"{SEED} {BATCH}")
    found = strings(count)
    batches = {
        f"{start}-{min(start + BATCH, count)}": found[start : start + BATCH]
        for start in range(0, count, BATCH)
    }
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        ledger.run(
            {step: partial(_step, batch, Path(folder) / step) for step, batch in batches.items()},
            lambda told: f"{told['pages']} pages, {len(told['findings'])} findings",
        )
    steps = [ledger.steps[step] for step in batches]
    publish("browser", _report(count, steps))
    return int(any(step["findings"] for step in steps))


def _step(batch: tuple[Hostile, ...], folder: Path) -> dict[str, Any]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        told = _batch(batch, browser, folder)
        for string in batch[::_DESK]:
            told["findings"] += _desk(string, browser, folder)
        told["browser"] = f"Chromium {browser.version}"
        browser.close()
    shutil.rmtree(folder)
    return told


def _batch(batch: tuple[Hostile, ...], browser: Browser, folder: Path) -> dict[str, Any]:
    name = f"batch from {batch[0].number}"
    texts = [string.text for string in batch]
    made, _, report = build_batch(texts, folder, BATCH, search=True)
    if report.published is None or report.published.problems:
        return {"findings": [f"{name}: not built"], "pages": 0, "alone": 0, "searched": 0}
    site = folder / "batch" / "site"
    own = [path for number in range(len(texts)) for path in pages_of(number)]
    indexes = [p.relative_to(site).as_posix() for p in sorted(site.glob("*/index*/**/*.html"))]
    paths = [*own, *indexes, *_SHARED]
    alone = [*paths[::_ALONE], "search.html"]
    findings: list[str] = []
    with unprotected(site) as root, watching(browser, root) as watched:
        for at in range(0, len(paths), _TOGETHER):
            findings += _together(watched, paths[at : at + _TOGETHER], made, frozenset(own))
        for path in alone:
            watched.visit(path)
            watched.by_hand()
            findings += [f"{path}: {one}" for one in watched.taken()]
        findings = [f"{name}, {one}" for one in findings]
        findings += _searched(watched, made, batch)  # the last page is that of the search
    return {
        "findings": findings,
        "pages": len(paths) + 1,
        "alone": len(alone),
        "searched": len(batch),
    }


def _together(
    watched: Watched, paths: list[str], made: Batch, own: frozenset[str]
) -> Iterator[str]:
    """What is wrong with pages that are opened at once; `own` are those that have a string's."""
    told = watched.visit_together(paths)
    for path, one in zip(paths, told, strict=bool(told)):
        yield from (f"{path}: {what}" for what in one["found"])
        heading = " ".join(one["heading"].split())
        if path in own and not heading.startswith(title_of(made, path)):
            yield f"{path}: the heading is not as typed: {heading:.100}"
    yield from (f"{paths[0]} and those after it: {what}" for what in watched.taken())


def _searched(watched: Watched, made: Batch, batch: tuple[Hostile, ...]) -> Iterator[str]:
    """The search page is open. Every title that it shows must be one that was typed."""
    known = {" ".join(plain(made.typed(n, PLAIN)).split()) for n in range(BATCH)}
    for string in batch:
        for title in watched.search(string.text[:200]):
            shown = " ".join(title.split())
            if shown not in known and not shown.startswith("Zq"):
                watched.seen.append(f"a title that nobody typed: {title:.100}")
        for one in watched.taken():
            yield f"search for string {string.number}: {one}"


def _desk(string: Hostile, browser: Browser, folder: Path) -> Iterator[str]:
    refused = frozenset(refused_by_desk(string.text, folder))
    others = frozenset((0, form) for form in "pwurinqelths")
    made = Batch(["", string.text], refused | others)
    report = build_in(folder / "desk", desk(made, made.typed(1, PAGE)))
    if report.published is None or report.published.problems:
        yield f"desk of string {string.number}: not built"
        return
    with unprotected(folder / "desk" / "site") as root, watching(browser, root) as watched:
        for path in ("index.html", "about.html", "404.html", "briefings/a-0.html"):
            watched.visit(path)
            for one in watched.taken():
                yield f"desk of string {string.number}, {path}: {one}"


def _report(count: int, steps: list[dict[str, Any]]) -> list[str]:
    findings = [one for step in steps for one in step["findings"]]
    return [
        "Hostile strings in a browser, without a policy",
        "",
        *surroundings(f"{_COMMAND} {count}", ("mkdocs", "playwright", "pagefind-bin")),
        f"browser:  {steps[0]['browser']}",
        f"seed:     {SEED}",
        "",
        f"strings:  {count} distinct, each in every text field",
        f"pages:    {sum(step['pages'] for step in steps)} opened; all that can be hovered over, "
        "focused or clicked was;",
        f"          {sum(step['alone'] for step in steps)} of them by themselves, with pointer and"
        " keyboard too",
        f"searches: {sum(step['searched'] for step in steps)}",
        f"desks:    {sum(len(range(0, step['searched'], _DESK)) for step in steps)}"
        " with a string as their own texts",
        "",
        f"found:    {len(findings)} (scripts, handlers, dialogs, windows, requests, addresses, "
        "headings not as typed)",
        *(f"          {one:.400}" for one in findings[:_SHOWN]),
        *(["          ..."] if len(findings) > _SHOWN else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
