"""Long lists in parts: by year, month and day, or by letter; `-p2`, `-p3` where one is still long.

No list grows without bound. Keys are those of the addresses: `1987`, `1987-03`, `1987-03-21`,
`44bc`, `undated`, `a`, `u05d1` (a letter outside a-z by its code point), `other`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from readout.dates import Edtf, day_of, month_of, year_label, year_of

MOST = 60
"""Entries on one part's page: entries of the heaviest kind stay within the weight of a page."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One part of a long list."""

    key: str
    """The end of its address."""
    period: tuple[int, ...]
    """Year, month, day as far as it goes; empty for letters and undated ones."""
    page: int
    """1-based, where one period has several pages."""
    items: tuple[T, ...]


def by_date(
    items: Iterable[T], date: Callable[[T], Edtf | None], most: int = MOST
) -> list[Part[T]]:
    """Splits by year, then month, then day where a part would be longer than `most`.

    Items keep their order within a part; parts are chronological, undated ones last.
    """
    years: dict[int | None, list[T]] = {}
    for item in items:
        when = date(item)
        years.setdefault(year_of(when) if when else None, []).append(item)
    undated = years.pop(None, [])
    parts: list[Part[T]] = []
    for year in sorted(y for y in years if y is not None):
        parts += _finer(years[year], date, (year,), most)
    return parts + _pages("undated", (), undated, most)


def _finer(
    items: Sequence[T], date: Callable[[T], Edtf | None], period: tuple[int, ...], most: int
) -> list[Part[T]]:
    if len(items) <= most or len(period) == 3:
        return _pages(period_key(period), period, items, most)
    finer: dict[int | None, list[T]] = {}
    read = month_of if len(period) == 1 else day_of
    for item in items:
        when = date(item)
        finer.setdefault(read(when) if when else None, []).append(item)
    parts = _pages(period_key(period), period, finer.pop(None, []), most)
    for number in sorted(n for n in finer if n is not None):
        parts += _finer(finer[number], date, (*period, number), most)
    return parts


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
