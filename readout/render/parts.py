"""Long lists in parts: by year, month and day, or by letter; `-p2`, `-p3` where one is still long.

No list grows without bound. Keys are those of the addresses: `1987`, `1987-03`, `1987-03-21`,
`44bc`, `undated`, `a`, `u05d1` (a letter outside a-z by its code point), `other`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from readout.content.facts import read_date
from readout.dates import day_of, month_of, year_label, year_of
from readout.value import Value

MOST = 60
"""Entries on one part's page: entries of the heaviest kind stay within the weight of a page."""
T = TypeVar("T")


PAGES = 5
"""A period of more pages than this is split into finer ones."""


class Part(Value, Generic[T], frozen=True):
    """One part of a long list: its entries, or the finer parts that have them."""

    key: str
    """The end of its address."""
    period: tuple[int, ...]
    """Year, month, day as far as it goes; empty for letters and undated ones."""
    page: int
    """1-based, where one period has several pages."""
    items: tuple[T, ...]
    parts: tuple[Part[T], ...] = ()
    """Finer parts; then `items` are those without a closer date."""

    @property
    def count(self) -> int:
        """How many entries it has, in its finer parts too."""
        return len(self.items) + sum(part.count for part in self.parts)


def walk(parts: Iterable[Part[T]]) -> Iterator[Part[T]]:
    """All parts, each before its finer ones."""
    for part in parts:
        yield part
        yield from walk(part.parts)


def front(parts: Sequence[Part[T]]) -> Sequence[Part[T]]:
    """The parts that a list's own page links to: those of its one year, if it has only one."""
    while len(parts) == 1 and parts[0].parts:
        parts = parts[0].parts
    return parts


def by_date(items: Iterable[T], date: Callable[[T], str | None], most: int = MOST) -> list[Part[T]]:
    """Splits by year, then month, then day where a part would be too long.

    `date` gives an item's date, as EDTF that has been checked. Items keep their order within a
    part; parts are chronological, undated ones last. A period of up to `PAGES` pages is not split
    into finer ones: many days have but an entry or two.
    """
    years: dict[int | None, list[T]] = {}
    for item in items:
        years.setdefault(_place(date(item))[0], []).append(item)
    undated = years.pop(None, [])
    parts: list[Part[T]] = []
    for year in sorted(y for y in years if y is not None):
        parts += _finer(years[year], date, (year,), most)
    return parts + _pages("undated", (), undated, most)


@lru_cache(maxsize=8_192)
def _place(text: str | None) -> tuple[int | None, int | None, int | None]:
    """The year, month and day in which a date sorts."""
    date = read_date(text)
    return year_of(date), month_of(date), day_of(date)


def _finer(
    items: Sequence[T], date: Callable[[T], str | None], period: tuple[int, ...], most: int
) -> list[Part[T]]:
    if len(items) <= most * PAGES or len(period) == 3:
        return _pages(period_key(period), period, items, most)
    finer: dict[int | None, list[T]] = {}
    for item in items:
        finer.setdefault(_place(date(item))[len(period)], []).append(item)
    whole = finer.pop(None, [])
    found: list[Part[T]] = []
    for number in sorted(n for n in finer if n is not None):
        found += _finer(finer[number], date, (*period, number), most)
    coarse = _pages(period_key(period), period, whole, most)
    own = coarse[0].items if coarse else ()
    return [Part(period_key(period), period, 1, own, (*found, *coarse[1:]))]


def period_key(period: Sequence[int]) -> str:
    """`1987-03`; years before 1 are `44bc`."""
    year, *rest = period
    return "-".join([year_label(year), *(f"{number:02}" for number in rest)])


def by_letter(items: Iterable[T], name: Callable[[T], str], most: int = MOST) -> list[Part[T]]:
    """Splits by a name's first letter, without its accents; digits and the like are `other`."""
    letters: dict[str, list[T]] = {}
    for item in items:
        letters.setdefault(letter_key(name(item)), []).append(item)
    keys = sorted(letters, key=lambda key: (key == "other", len(key) > 1, key))
    return [part for key in keys for part in _pages(key, (), letters[key], most)]


def letter_key(name: str) -> str:
    """The key of a name's first letter."""
    for char in unicodedata.normalize("NFKD", name).casefold():
        if "a" <= char <= "z":
            return char
        if char.isalpha():
            return f"u{ord(char):04x}"
        if char.isdecimal():
            return "other"
    return "other"


def letter_of(key: str) -> str | None:
    """The letter that a key stands for, upper case; none for `other`."""
    if key == "other":
        return None
    return (key if len(key) == 1 else chr(int(key[1:], 16))).upper()


def _pages(key: str, period: tuple[int, ...], items: Sequence[T], most: int) -> list[Part[T]]:
    return [
        Part(
            key if page == 1 else f"{key}-p{page}", period, page, tuple(items[start : start + most])
        )
        for page, start in enumerate(range(0, len(items), most), 1)
    ]
