"""The files of the fuzzing run: file number n is always the same bytes under the same name."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from readout.content.codes import CODES
from tests.builds import ROOT
from tests.reliability.from_schema import generated
from tests.reliability.mutations import mutated

SEED: Final = "fuzz 1"
BATCH: Final = 100
"""So many files are read together, as one folder of content."""
_SINGLE: Final = (
    "places.yml", "topics.yml", "events.yml", "event_kinds.yml", "site.yml", "redirects.yml",
)  # fmt: skip
_SCHEMAS: Final = {
    "articles": "article.json", "actors": "actor.json", "seeds": "seed.json",
    "places.yml": "places.json", "topics.yml": "topics.json", "events.yml": "events.json",
    "event_kinds.yml": "event-kinds.json", "site.yml": "site.json",
    "redirects.yml": "redirects.json",
}  # fmt: skip
_LEAST: Final = "title: A title\nsource: {}\nbottom_line: A line.\n"
_SMALL: Final = 3000
_BLOCK = re.compile(rb"^(?=[a-z_]+:)", re.MULTILINE)
_ITEM = re.compile(rb"^(?=  ?- |- )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """One file."""

    number: int
    file: str
    """Relative: `articles/f-7.yml`, `places.yml`, `seeds/f-9.yml`."""
    data: bytes


def fuzzed(number: int) -> Fuzzed:
    """File number n of the run."""
    chance = random.Random(f"{SEED} {number}")
    batch, at = divmod(number, BATCH)
    if at < len(_SINGLE) and batch % 2 == 0:
        kind = file = _SINGLE[at]
    else:
        kind = chance.choices(("articles", "actors", "seeds"), (75, 20, 5))[0]
        file = f"{kind}/f-{at}.yml"
    by_kind, everything = originals()
    if chance.random() < 0.15:
        data = generated(chance, _SCHEMAS[kind], _ids())
        if chance.random() < 0.5:
            return Fuzzed(number, file, data)
    else:
        several = by_kind[kind][chance.choices((0, 1, 2), (6, 2, 2))[0]]
        data = _smaller(chance, chance.choice(several)) if several else b""
    return Fuzzed(number, file, mutated(chance, data, everything))


def _smaller(chance: random.Random, data: bytes) -> bytes:
    """A few parts of a long file: most are to be small, so that many can be read."""
    if len(data) <= _SMALL or chance.random() < 0.03:
        return data
    kept = []
    for block in _BLOCK.split(data):
        head, *items = _ITEM.split(block)
        some = chance.sample(items, min(len(items), chance.choice((0, 1, 1, 2))))
        needed = block.startswith((b"title", b"source", b"bottom_line"))
        if (some or needed or not items) and (needed or chance.random() < 0.4):
            kept.append(head + b"".join(some))
    return b"".join(kept)


@cache
def originals() -> tuple[Mapping[str, Sequence[Sequence[bytes]]], Sequence[bytes]]:
    """What files are made from. By kind: this desk's, an invented site's, and examples of mistakes;
    and all of them."""
    found: dict[str, tuple[list[bytes], ...]] = {kind: ([], [], []) for kind in _SCHEMAS}
    invalid = sorted((ROOT / "tests" / "sites_invalid").iterdir())
    for number, folder in enumerate((ROOT, ROOT / "tests" / "site", *invalid)):
        for path in (*sorted(folder.glob("content/**/*.yml")), *sorted(folder.glob("seeds/*.yml"))):
            is_small = path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 16
            if (kind := _kind_of(path)) in found and is_small:
                found[kind][min(number, 2)].append(path.read_bytes())
    for code in CODES.values():
        for example in (code.bad, code.good):
            if not example.startswith("#"):
                text = f"{_LEAST}{example}\n".encode("utf-8", "surrogatepass")
                found["articles"][2].append(text)
    return found, [data for three in found.values() for several in three for data in several]


def _kind_of(path: Path) -> str:
    return path.name if path.name in _SCHEMAS else path.parent.name


@cache
def _ids() -> Sequence[str]:
    names = {path.stem for path in (ROOT / "content").glob("*/*.yml")}
    for name in ("places", "topics", "events"):
        text = (ROOT / "content" / f"{name}.yml").read_text(encoding="utf-8")
        names.update(re.findall(r"^([a-z0-9-]+):", text, re.MULTILINE))
    return sorted(names)
