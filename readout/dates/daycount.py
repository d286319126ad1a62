"""Days and seconds of the proleptic Gregorian calendar, for any year.

Years are astronomical (ISO 8601): year 0 is 1 BC, year -43 is 44 BC. Day 0 is 0000-01-01, and
second 0 is its midnight. There are no leap seconds and no limits: `datetime` stops at the years
1 and 9999, EDTF does not.
"""

from __future__ import annotations

import datetime
from typing import Final

SECONDS_A_DAY: Final = 86_400
DAYS_IN_400_YEARS: Final = 146_097
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE_MONTH: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days of a month (1-12)."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Days from 0000-01-01 to a date; negative before it."""
    leap_days = (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    this_year = 1 if month > 2 and is_leap(year) else 0
    return 365 * year + leap_days + _DAYS_BEFORE_MONTH[month - 1] + this_year + day - 1


def date_of(number: int) -> tuple[int, int, int]:
    """The year, month and day of a day number: the inverse of `day_number`."""
    cycles, rest = divmod(number, DAYS_IN_400_YEARS)
    # The calendar repeats every 400 years; years 400 to 799 are safely inside datetime's range.
    date = datetime.date.fromordinal(rest + DAYS_IN_400_YEARS - 365)
    return date.year - 400 + 400 * cycles, date.month, date.day


def first_second(year: int, month: int, day: int) -> int:
    """The second at which a day begins."""
    return day_number(year, month, day) * SECONDS_A_DAY


def last_second(year: int, month: int, day: int) -> int:
    """The last second of a day."""
    return day_number(year, month, day) * SECONDS_A_DAY + SECONDS_A_DAY - 1


def months_earlier(second: int, months: int) -> int:
    """The same day and time, so many months before; the month's last day where it is shorter."""
    number, time = divmod(second, SECONDS_A_DAY)
    year, month, day = date_of(number)
    year, month = _shift(year, month, -months)
    day = min(day, month_length(year, month))
    return day_number(year, month, day) * SECONDS_A_DAY + time


def months_later(second: int, months: int) -> int:
    """The same day and time, so many months after; a month's last day stays a last day."""
    number, time = divmod(second, SECONDS_A_DAY)
    year, month, day = date_of(number)
    was_last = day == month_length(year, month)
    year, month = _shift(year, month, months)
    length = month_length(year, month)
    return day_number(year, month, length if was_last else min(day, length)) * SECONDS_A_DAY + time


def _shift(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(year * 12 + month - 1 + months, 12)
    return years, index + 1
