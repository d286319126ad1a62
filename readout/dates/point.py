"""Reads one date: a year, month, day, season or date-time, with marks and unspecified digits.

`readout.dates.parse` states the choices made where the profile of EDTF is silent.
"""

from __future__ import annotations

import re
from typing import Final

import readout.dates.bounds as limits
from readout.dates.daycount import SECONDS_A_DAY, first_second, last_second, month_length
from readout.dates.model import (
    APPROXIMATE,
    NO_BOUNDS,
    UNCERTAIN,
    Bounds,
    Point,
    Precision,
    TimeOfDay,
)

LONGEST_YEAR: Final = 18
"""Digits of a year written with `Y`: no input may be slow."""

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_POINT = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_YEAR = re.compile(
    r"([?~%]?)(?:(-?[0-9]{4})|Y(-?[1-9][0-9]*)(?:E([1-9][0-9]*))?)(?:S([1-9][0-9]*))?([?~%]?)"
)
_INSTANT = re.compile(
    r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)
_MARKS: Final = {"": 0, "?": UNCERTAIN, "~": APPROXIMATE, "%": UNCERTAIN | APPROXIMATE}
_YEAR_PRECISIONS: Final[tuple[Precision, ...]] = ("year", "decade", "century", "millennium", "year")

Reason = str
"""Why a text that has the form of a date is none."""


def read_plain(text: str) -> Point | None:
    """The hot path: a date without signs, marks or unspecified digits; None where it is none."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    number = int(year)
    if month is None:
        return Point(year, "", "", "year", _exactly((number, 1, 1), (number, 12, 31)))
    in_year = int(month)
    if not 1 <= in_year <= 12:
        return None
    length = month_length(number, in_year)
    if day is None:
        limit = _exactly((number, in_year, 1), (number, in_year, length))
        return Point(year, month, "", "month", limit)
    in_month = int(day)
    if not 1 <= in_month <= length:
        return None
    date = (number, in_year, in_month)
    return Point(year, month, day, "day", _exactly(date, date))


def whole_year(year: int) -> Point:
    """A year of more than four digits."""
    return Point(str(year), "", "", "year", _exactly((year, 1, 1), (year, 12, 31)))


def _exactly(first: tuple[int, int, int], last: tuple[int, int, int]) -> Bounds:
    earliest, latest = first_second(*first), last_second(*last)
    return Bounds(earliest, latest, earliest, latest)


def read_point(text: str) -> Point | Reason | None:
    """One date without a time of day; None where the text has not even its form."""
    match = _POINT.fullmatch(text)
    if match is None:
        return _year(text)
    year, month, day = match[2], match[5] or "", match[8] or ""
    if year == "-0000":
        return "there is no year -0000; 1 BC is 0000, 2 BC is -0001"
    left = tuple(_MARKS[match[n] or ""] for n in (1, 4, 7))
    right = tuple(_MARKS[match[n] or ""] for n in (3, 6, 9))
    # A mark to the right of a component holds for all before it; one to its left, for it alone.
    marks = (
        left[0] | right[0] | right[1] | right[2],
        left[1] | right[1] | right[2],
        left[2] | right[2],
    )
    at = next((n for n in range(3) if (left[n] | right[n]) & APPROXIMATE), None)
    unspecified = len(year) - len(year.rstrip("X"))
    of_year = _YEAR_PRECISIONS[unspecified] if "X" not in year.rstrip("X") else "year"
    precision: Precision = "day" if day else "month" if month else of_year
    unit_months = 1
    strict: tuple[int, int] | Reason | None
    if month.isdecimal() and int(month) in limits.GROUPINGS:
        if day:
            return f"{month} is a season or other part of a year, which has no days"
        precision, unit_months = "season", limits.GROUPINGS[int(month)][1]
        strict = _grouping(year, int(month))
    elif not month:
        years = limits.year_range(year)
        strict = years and _whole_years(*years)
    else:
        reason = _wrong_component(year, month, day)
        if reason:
            return reason
        strict = limits.day_bounds(year, month, day or "XX")
    if isinstance(strict, str):
        return strict
    reach = limits.widened(strict, at, 10**unspecified, unit_months) if strict else NO_BOUNDS
    return Point(year, month, day, precision, reach, marks)


def _wrong_component(year: str, month: str, day: str) -> Reason | None:
    if month not in limits.MONTHS:
        if "X" in month:
            return f"no month is written {month}; a season cannot have unspecified digits"
        if month == "00":
            nothing = year == "0000" and day in ("00", "")
            unknown = "leave the key out where no date is known"
            instead = year if day in ("00", "") else f"{year}-XX-{day}"
            return f"there is no month 00; {unknown if nothing else f'write {instead}'}"
        if day in limits.MONTHS and month in limits.DAYS and "X" not in year + day:
            return f"there is no month {month}; if {month} is the day, write {year}-{day}-{month}"
        if not day and year.isdecimal() and month > year[-2:]:
            return f"there is no month {month}; a span of years is {year}/{year[:-2]}{month}"
        return f"there is no month {month}; months are 01 to 12, seasons 21 (spring) to 24 (winter)"
    if day and day not in limits.DAYS:
        return f"there is no day {day}" + (f"; write {year}-{month}" if day == "00" else "")
    return None


def _whole_years(first: int, last: int) -> tuple[int, int]:
    return first_second(first, 1, 1), last_second(last, 12, 31)


def _grouping(year: str, code: int) -> tuple[int, int] | None:
    years = limits.year_range(year)
    if years is None:
        return None
    first, months = limits.GROUPINGS[code]
    carry, last = divmod(first + months - 2, 12)
    end = years[1] + carry
    return (
        first_second(years[0], first, 1),
        last_second(end, last + 1, month_length(end, last + 1)),
    )


def _year(text: str) -> Point | Reason | None:
    """A year with significant digits (`1950S2`), or of more than four digits (`Y-17E7`)."""
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    left, short, long, exponent, digits, right = match.groups(default="")
    if short == "-0000":
        return "there is no year -0000; 1 BC is 0000, 2 BC is -0001"
    written = short or long
    if len(written.lstrip("-")) > LONGEST_YEAR or len(exponent) > 2:
        return f"a year has at most {LONGEST_YEAR} digits"
    number = int(written) * 10 ** int(exponent or 0)
    if len(str(abs(number))) > LONGEST_YEAR:
        return f"a year has at most {LONGEST_YEAR} digits"
    if long and not exponent and abs(number) < 10_000:
        sign = "-" if number < 0 else ""
        return f"Y is for years of more than four digits; write {sign}{abs(number):04}"
    significant = int(digits[:3] or 0)
    if significant > max(4, len(str(abs(number)))):
        return f"the year {number} has not got {digits} digits"
    unit = limits.significant_unit(number, significant) if significant else 1
    strict = _whole_years(
        *(limits.significant_range(number, significant) if significant else (number, number))
    )
    mark = _MARKS[left] | _MARKS[right]
    reach = limits.widened(strict, 0 if mark & APPROXIMATE else None, unit, 1)
    name = f"{'-' if number < 0 else ''}{abs(number):04}"
    return Point(name, "", "", "year", reach, (mark, 0, 0), significant=significant)


def is_instant(text: str) -> bool:
    """Whether a text has the form of a date with a time of day."""
    return _INSTANT.fullmatch(text) is not None


def read_instant(text: str) -> Point | Reason | None:
    """A date with a time of day (level 0)."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    year, month, day = match[1], match[2], match[3]
    date = read_point(f"{year}-{month}-{day}")
    if not isinstance(date, Point):
        return date
    hour, minute, second = int(match[4]), int(match[5]), int(match[6])
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return "a time of day is 00:00:00 to 23:59:59, or 24:00:00 for the end of the day"
    offset: int | None = 0 if match[7] else None
    if match[8]:
        size = int(match[9]) * 60 + int(match[10] or 0)
        if size > 14 * 60 or int(match[10] or 0) > 59:
            return "an offset from UTC is at most 14 hours: +03:00"
        if match[8] == "-" and not size:
            return "write Z for UTC, not -00:00"
        offset = -size if match[8] == "-" else size
    assert date.bounds.earliest is not None
    seconds = hour * 3600 + minute * 60 + min(second, 59) - (offset or 0) * 60
    if second == 60 and seconds % SECONDS_A_DAY != SECONDS_A_DAY - 1:
        return "second 60 is a leap second, which is at 23:59:60 UTC"
    at = date.bounds.earliest + seconds
    time = TimeOfDay(hour, minute, second, offset)
    return Point(year, month, day, "instant", Bounds(at, at, at, at), time=time)
