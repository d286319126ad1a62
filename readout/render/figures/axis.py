"""The axis of time: where a second lies, where the axis is broken, which dates are named.

Linear, but for long stretches in which nothing begins or ends: those are cut short, and the cut is
marked. So events of 44 BC and of 2026 stand in one figure without lying on each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from readout.dates import in_words, whole
from readout.dates.daycount import SECONDS_A_DAY, date_of, day_number
from readout.dates.point import LONGEST_YEAR
from readout.render.figures.svg import room
from readout.value import Value
from readout.words import Words

BREAK: Final = 26
"""Pixels of a stretch that was cut short."""
_LONG: Final = 0.7
"""A stretch longer than this share of the whole is cut."""
_MOST_BREAKS: Final = 3
_APART: Final = 14
"""Pixels between the names of two dates."""

_NAMED: Final = {"day": 105, "month": 105, "year": 50}
"""Pixels from one date that is named to the next, at least."""

_Step = tuple[str, int]
_STEPS: Final[tuple[tuple[float, _Step], ...]] = (
    *((n * SECONDS_A_DAY, ("day", n)) for n in (1, 2, 5, 10)),
    *((n * 30.4 * SECONDS_A_DAY, ("month", n)) for n in (1, 2, 3, 6)),
    *(
        (n * 365.2 * SECONDS_A_DAY, ("year", n))
        for power in range(LONGEST_YEAR)
        for n in (10**power, 2 * 10**power, 5 * 10**power)
    ),
)


class Tick(Value, frozen=True):
    """A date named on the axis."""

    x: float
    words: str


class Axis(Value, frozen=True):
    """A broken linear scale."""

    pieces: tuple[tuple[int, int, float, float], ...]
    """First and last second, and their places in pixels; ascending, with a break between two."""

    def at(self, second: float) -> float:
        """The place of a second; of one in a stretch that was cut, the middle of the cut."""
        starts = [piece[0] for piece in self.pieces]
        index = max(0, bisect_right(starts, second) - 1)
        first, last, left, right = self.pieces[index]
        if second > last:
            if index + 1 == len(self.pieces):
                return right
            return (right + self.pieces[index + 1][2]) / 2
        if second <= first:
            return left
        return left + (right - left) * (second - first) / max(1, last - first)

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middle of each cut."""
        return tuple((one[3] + other[2]) / 2 for one, other in pairwise(self.pieces))


def make_axis(
    seconds: Iterable[int], left: float, right: float, whole: Sequence[tuple[int, int]] = ()
) -> Axis:
    """The axis on which all these seconds lie, between two places.

    It is not broken inside the stretches of `whole` (first and last second): what lasted from 1941
    to 1945 is not cut short.
    """
    knots = sorted(set(seconds))
    gaps = _long_gaps(knots, whole)
    edges = [knots[0], *(end for gap in gaps for end in gap), knots[-1]]
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    total = sum(last - first for first, last in runs)
    pad = max(total // 50, SECONDS_A_DAY // 2)
    runs = [(first - pad, last + pad) for first, last in runs]
    total = sum(last - first for first, last in runs)
    scale = (right - left - BREAK * len(gaps)) / total
    pieces, x = [], left
    for first, last in runs:
        width = (last - first) * scale
        pieces.append((first, last, x, x + width))
        x += width + BREAK
    return Axis(tuple(pieces))


def _long_gaps(knots: Sequence[int], whole: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches to cut, in order of time."""
    gaps = sorted(
        (
            (b - a, a, b)
            for a, b in pairwise(knots)
            if not any(first <= a and b <= last for first, last in whole)
        ),
        key=lambda gap: (-gap[0], gap[1]),
    )
    left = knots[-1] - knots[0]
    cut = []
    for length, first, last in gaps[:_MOST_BREAKS]:
        if length < 200 * SECONDS_A_DAY or length < _LONG * left:
            break
        cut.append((first, last))
        left -= length
    return sorted(cut)


def ticks(axis: Axis, words: Words) -> tuple[Tick, ...]:
    """The dates to name: evenly, as many as have room, and at least one on each side of a break.

    None has more digits than EDTF may have here: the axis reaches further, to both sides of what is
    about such a year.
    """
    density = max(
        (last - first) / max(1.0, right - left) for first, last, left, right in axis.pieces
    )
    step = next(
        (step for length, step in _STEPS if length / density >= _NAMED[step[0]]), _STEPS[-1][1]
    )
    found: list[Tick] = []
    for first, last, left, right in axis.pieces:
        here = [
            Tick(axis.at(second), in_words(whole(*date), words))
            for second, date in _dates(first, last, step)
            if first <= second and _is_written(date[0])
        ]
        if not here and len(axis.pieces) > 1:
            year = date_of((first + last) // 2 // SECONDS_A_DAY)[0]
            if _is_written(year):
                here = [Tick((left + right) / 2, in_words(whole(year), words))]
        for tick in here:
            if not found or _clear(found[-1], tick):
                found.append(tick)
    return tuple(found)


def _clear(one: Tick, other: Tick) -> bool:
    return other.x - one.x >= (room(one.words) + room(other.words)) / 2 + _APART


def _dates(first: int, last: int, step: _Step) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The dates of a step within a stretch: the second each begins with; its year, month, day."""
    unit, every = step
    year, month, _ = date_of(first // SECONDS_A_DAY)
    if unit == "day":
        start = first // SECONDS_A_DAY
        for number in range(start - start % every, last // SECONDS_A_DAY + 1, every):
            yield number * SECONDS_A_DAY, date_of(number)
    elif unit == "month":
        count = year * 12 + month - 1
        count -= count % every
        while (second := day_number(count // 12, count % 12 + 1, 1) * SECONDS_A_DAY) <= last:
            yield second, (count // 12, count % 12 + 1)
            count += every
    else:
        year -= year % every
        while (second := day_number(year, 1, 1) * SECONDS_A_DAY) <= last:
            yield second, (year,)
            year += every


def _is_written(year: int) -> bool:
    return abs(year) < 10**LONGEST_YEAR
