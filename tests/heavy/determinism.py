"""One hash wherever it is built: TZ, locale, hash seed, umask, folder, order of files, cores, day.

    python -m tests.heavy.determinism 400        goes on where it was stopped

The small invented site, with search, in each place that differs from the first in one thing, then
in places chosen by chance, in which everything may differ; for every tenth of them this desk's own
content. Compared are the names, bytes and modes of all that is in site/ and in the Markdown.
"""

from __future__ import annotations

import argparse
import locale
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

from tests.builds import ROOT, SMALL
from tests.hostile.ledger import Ledger, publish, surroundings
from tests.reliability.elsewhere import ALL, LOCALES, Elsewhere, digest_of, make_locales
from tests.reliability.folders import in_memory

_SEED = "determinism 1"
_OF_DESK = 10
"""Every so many-th place is built in with this desk's own content, too."""
_COMMAND = "python -m tests.heavy.determinism"
_DISK = 4
"""Every so many-th place is on the disk; the others are in memory, which lists files otherwise."""


def main(arguments: list[str] | None = None) -> int:
    """Runs; 1 where any site differs."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=400)
    count = parser.parse_args(arguments).count
    ledger = Ledger("determinism", _SEED)
    places = [*_places(count)]
    with tempfile.TemporaryDirectory() as folder:
        make_locales(Path(folder))
        _run(ledger, places)
        report = _report(count, places, ledger.steps)
    publish("determinism", report)
    return int(any(len(_hashes(name, places, ledger.steps)) != 1 for name in ("small", "desk")))


def _run(ledger: Ledger, places: list[Elsewhere]) -> None:
    ledger.run(
        {
            f"{name} {where}": partial(_digest, where, original, number % _DISK == 0)
            for number, where in enumerate(places)
            for name, original, every in (("small", SMALL, 1), ("desk", ROOT, _OF_DESK))
            if number % every == 0
        }
    )


def _digest(where: Elsewhere, original: Path, on_disk: bool) -> str:
    with tempfile.TemporaryDirectory(dir=None if on_disk else in_memory()) as folder:
        return digest_of(where, Path(folder), original)


def _places(count: int) -> Iterator[Elsewhere]:
    """The first place, those that differ from it in one thing, and some by chance: no two alike."""
    first = Elsewhere()
    seen = {first}
    yield first
    for field, several in zip(fields(Elsewhere), ALL, strict=True):
        for value in several[1:]:
            seen.add(one := replace(first, **{field.name: value}))
            yield one
    chance = random.Random(_SEED)
    while len(seen) < count:
        one = Elsewhere(*(chance.choice(several) for several in ALL))
        if one not in seen:
            seen.add(one)
            yield one


def _hashes(name: str, places: list[Elsewhere], steps: dict[str, str]) -> dict[str, list[str]]:
    """Hash -> where it came out."""
    found: dict[str, list[str]] = {}
    for where in map(str, places):
        if one := steps.get(f"{name} {where}"):
            found.setdefault(one, []).append(where)
    return found


def _report(count: int, places: list[Elsewhere], steps: dict[str, str]) -> list[str]:
    lines = [
        "One hash wherever it is built",
        "",
        *surroundings(f"{_COMMAND} {count}", ("mkdocs", "pagefind-bin", "babel")),
        f"seed:     {_SEED}",
        "",
        f"places:   {len(places)}, each another choice of these:",
        *(f"          {field.name:10}{', '.join(map(_named, several))}"
          for field, several in zip(fields(Elsewhere), ALL, strict=True)),
        f"locales:  that there are: {', '.join(filter(_is_installed, LOCALES))}; others are names"
        " alone",
        "",
    ]  # fmt: skip
    for name, title in (("small", "the small invented site"), ("desk", "this desk's own")):
        found = _hashes(name, places, steps)
        builds = sum(map(len, found.values()))
        lines.append(f"{title}: {builds} builds, {len(found)} hash{'es' * (len(found) != 1)}")
        for one, where in sorted(found.items(), key=lambda item: -len(item[1])):
            lines.append(f"          {one:.400} in {len(where)} places, such as {where[0]}")
    return lines


def _named(value: object) -> str:
    return f"{value:03o}" if value in (0o022, 0o077) else str(value)


def _is_installed(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_ALL, "C")
    return True


if __name__ == "__main__":
    sys.exit(main())
