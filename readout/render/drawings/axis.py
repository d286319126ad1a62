"""An axis of time with breaks: only years (or months) in which something happened have room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from readout.dates import Edtf, date_of, first_second, in_words, last_second, parse, year_label
from readout.words import Words

MOST = 10
"""Bands on one axis; more years than that share them."""
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time without a break."""

    label: str
    start: int
    """Seconds since 1970, as bounds of dates are."""
    end: int
    left: float
    right: float
    is_after_gap: bool
    """Whether time was left out before it."""


class Axis:
    """From seconds to horizontal places, band by band."""

    def __init__(self, moments: Iterable[int], left: float, right: float, words: Words) -> None:
        days = {date_of(moment // _DAY)[:2] for moment in moments}
        units: list[tuple[int, ...]] = sorted({(year,) for year, _ in days})
        if len(units) < 3:
            units = sorted(days)
        groups = _chunks(units, MOST)
        width = (right - left) / max(1, len(groups))
        self.bands = tuple(
            Band(
                _label(group, words),
                _start(group[0]),
                _end(group[-1]),
                left + n * width,
                left + (n + 1) * width,
                n > 0 and not _follows(groups[n - 1][-1], group[0]),
            )
            for n, group in enumerate(groups)
        )
        self._starts = [band.start for band in self.bands]

    def x(self, moment: int) -> float:
        """Where a moment stands; what was left out stands at the break."""
        band = self.bands[max(0, bisect_right(self._starts, moment) - 1)]
        share = (moment - band.start) / max(1, band.end - band.start)
        return band.left + min(1.0, max(0.0, share)) * (band.right - band.left)


def _start(unit: tuple[int, ...]) -> int:
    return first_second(unit[0], unit[1] if len(unit) == 2 else 1, 1)


def _end(unit: tuple[int, ...]) -> int:
    if len(unit) == 1:
        return last_second(unit[0], 12, 31)
    year, month = unit
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return first_second(*after, 1) - 1


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    if len(before) == 1:
        return after[0] == before[0] + 1
    return after[0] * 12 + after[1] == before[0] * 12 + before[1] + 1


def _chunks(units: list[tuple[int, ...]], most: int) -> list[list[tuple[int, ...]]]:
    """The units in at most so many groups of neighbours, as even as can be."""
    groups = min(most, len(units))
    ends = [len(units) * (n + 1) // groups for n in range(groups)]
    return [units[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _label(group: list[tuple[int, ...]], words: Words) -> str:
    first, last = _name(group[0], words), _name(group[-1], words)
    return first if first == last else f"{first} – {last}"


def _name(unit: tuple[int, ...], words: Words) -> str:
    if len(unit) == 1:
        return year_label(unit[0]).replace("bc", " BC")
    date = parse(f"{'-' if unit[0] < 0 else ''}{abs(unit[0]):04}-{unit[1]:02}")
    return in_words(date, words) if isinstance(date, Edtf) else ""
