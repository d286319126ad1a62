"""The bounds of one date: the tightest that every date it may stand for keeps.

`2018-XX-10` lies between 10 January and 10 December 2018, `201X-02-29` between 29 February 2012
and 2016, and `2018-02-3X` is no date at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from readout.dates.daycount import (
    SECONDS_A_DAY,
    first_second,
    is_leap,
    last_second,
    month_length,
    months_earlier,
    months_later,
)
from readout.dates.model import Bounds, Point

_DIGITS: Final = "0123456789"
_Day = tuple[int, int, int]


def _masks(values: Iterable[int]) -> dict[str, tuple[int, ...]]:
    """What each two-character mask may stand for: `1X` -> 10, 11, 12."""
    found: dict[str, list[int]] = {}
    for value in values:
        tens, ones = str(value // 10), str(value % 10)
        for mask in (tens + ones, "X" + ones, tens + "X", "XX"):
            found.setdefault(mask, []).append(value)
    return {mask: tuple(sorted(set(fits))) for mask, fits in found.items()}


MONTHS: Final = _masks(range(1, 13))
"""Month masks and the months they may stand for, ascending."""
DAYS: Final = _masks(range(1, 32))
"""Day masks and the days they may stand for, ascending."""
GROUPINGS: Final = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip
"""Sub-year groupings (ISO 8601-2, 4.8): first month and number of months. Seasons 21-24 name no
hemisphere and are read as northern (25-28); 29-32 are southern; 33-36 quarters, 37-39 thirds,
40-41 halves of the year. The standard dates no season: these are the meteorological ones."""


def year_range(year: str) -> tuple[int, int] | None:
    """The first and last year a mask may stand for; None where no digit is stated."""
    if "X" not in year:
        return int(year), int(year)
    if year.endswith("XXXX"):
        return None
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    # -0000 is not a year, so -000X begins at -0001.
    return (low, high) if year[0] != "-" else (high, min(low, -1))


def significant_range(year: int, digits: int) -> tuple[int, int]:
    """The years that agree in so many significant digits: 1950, 2 -> 1900, 1999."""
    unit = significant_unit(year, digits)
    low = abs(year) // unit * unit
    return (low, low + unit - 1) if year >= 0 else (1 - low - unit, -low)


def significant_unit(year: int, digits: int) -> int:
    """How many years share so many significant digits: 1950, 2 -> 100."""
    unit: int = 10 ** max(0, len(str(abs(year))) - digits)
    return unit


def day_bounds(year: str, month: str, day: str) -> tuple[int, int] | str | None:
    """Strict bounds of a year-month-day with unspecified digits.

    None where the year is not stated at all; the reason, as text, where no such day exists.
    """
    months, days, years = MONTHS[month], DAYS[day], year_range(year)
    low, high = years or (2000, 2000)
    first, last = _first_in(low, months, days), _last_in(high, months, days)
    if (first is None or last is None) and months == (2,) and days[0] == 29:
        leaps = [(y, 2, 29) for y in _ends_that_leap(year)] if years else []
        first, last = (leaps[0], leaps[1]) if leaps else (None, None)
    if first is None or last is None:
        return _why_impossible(year, months, days)
    return (first_second(*first), last_second(*last)) if years else None


def _first_in(year: int, months: tuple[int, ...], days: tuple[int, ...]) -> _Day | None:
    for month in months:
        if days[0] <= month_length(year, month):
            return year, month, days[0]
    return None


def _last_in(year: int, months: tuple[int, ...], days: tuple[int, ...]) -> _Day | None:
    for month in reversed(months):
        length = month_length(year, month)
        if days[0] <= length:
            return year, month, max(day for day in days if day <= length)
    return None


def _ends_that_leap(year: str) -> tuple[int, int] | tuple[()]:
    """The first and last leap year that a mask may stand for, if any."""
    if year[-1] in "13579":  # spares a search through a thousand years
        return ()
    first = next((y for y in _years(year, forwards=True) if is_leap(y)), None)
    last = next((y for y in _years(year, forwards=False) if is_leap(y)), None)
    return () if first is None or last is None else (first, last)


def _years(year: str, *, forwards: bool) -> Iterator[int]:
    """Every year that a mask may stand for, in order of time."""
    sign, digits = (-1, year[1:]) if year[0] == "-" else (1, year)
    choice = _DIGITS if forwards == (sign > 0) else _DIGITS[::-1]
    for chosen in product(*(choice if digit == "X" else digit for digit in digits)):
        number = int("".join(chosen))
        if number or sign > 0:
            yield sign * number


_MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _why_impossible(year: str, months: tuple[int, ...], days: tuple[int, ...]) -> str:
    names = " and ".join(_MONTH_NAMES[month - 1] for month in months)
    if months == (2,) and "X" not in year:
        return f"February {year} has {month_length(int(year), 2)} days"
    if months == (2,) and days[0] == 29:
        return f"no February of {year} has 29 days"
    longest = max(month_length(2000, month) for month in months)
    return f"{names} {'has' if len(months) == 1 else 'have'} {longest} days at most"


def widened(strict: tuple[int, int], at: int | None, unit_years: int, unit_months: int) -> Bounds:
    """Bounds with their fuzzy ones: wider by one unit where the date is approximate.

    `at` is the coarsest component that bears a mark of approximation: 0 the year (a unit is
    `unit_years`), 1 the month or grouping (`unit_months`), 2 the day; None where there is none.
    """
    earliest, latest = strict
    if at is None:
        return Bounds(earliest, latest, earliest, latest)
    if at == 2:
        return Bounds(earliest, latest, earliest - SECONDS_A_DAY, latest + SECONDS_A_DAY)
    months = 12 * unit_years if at == 0 else unit_months
    return Bounds(earliest, latest, months_earlier(earliest, months), months_later(latest, months))


def hull(starts: Iterable[Point | None], ends: Iterable[Point | None]) -> Bounds:
    """The bounds of several dates together; an absent or unbounded one opens that end."""
    first = [point.bounds if point else None for point in starts]
    last = [point.bounds if point else None for point in ends]
    return Bounds(
        _least(b.earliest if b else None for b in first),
        _greatest(b.latest if b else None for b in last),
        _least(b.fuzzy_earliest if b else None for b in first),
        _greatest(b.fuzzy_latest if b else None for b in last),
    )


def _least(seconds: Iterable[int | None]) -> int | None:
    known: list[int] = []
    for second in seconds:
        if second is None:
            return None
        known.append(second)
    return min(known)


def _greatest(seconds: Iterable[int | None]) -> int | None:
    known: list[int] = []
    for second in seconds:
        if second is None:
            return None
        known.append(second)
    return max(known)
