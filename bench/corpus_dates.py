"""Dates of invented events: one of each form that EDTF has, with the words that might give it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final, NamedTuple

Day = datetime.date

THE_DAY: Final = datetime.date(1987, 3, 21)
"""The day on which most events fall."""
FIRST: Final = datetime.date(1984, 1, 1)
"""No plain date is earlier, but for that of the event that everybody reports."""
DAYS: Final = 1_700
"""How many days from `FIRST` events and articles are spread over."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LAG: Final = datetime.timedelta(days=400)


class When(NamedTuple):
    """When an event was."""

    date: str
    """EDTF: `1987-03-21`, `-0043`, `[1987-02..]`."""
    words: str
    """As an article might print it: `on 21 March`."""
    reported: Day
    """No article tells of it as past before this day."""
    plain: bool = True
    """Whether `date` is a day and no more."""


def on_day(day: Day, time: str = "") -> When:
    """A plain date, or with a time of day such as `T03:30:00Z`."""
    return When(day.isoformat() + time, f"on {_in_words(day)}", day, not time)


def _in_words(day: Day) -> str:
    return (
        f"{day.day} {_name(day)}"
        if day.year == THE_DAY.year
        else f"{day.day} {_name(day)} {day.year}"
    )


def _name(day: Day) -> str:
    """The month's name; `strftime` would ask the locale."""
    return _MONTHS[day.month - 1]


def _month(day: Day) -> str:
    return day.isoformat()[:7]


def _later(day: Day, days: int) -> str:
    return (day + datetime.timedelta(days=days)).isoformat()


Form = Callable[[Day], tuple[str, str]]
FORMS: Final[tuple[Form, ...]] = (
    lambda d: ("-0043", "in the year 44 BC"),
    lambda d: ("XXXX-01-16", "every 16 January, says the plaque"),
    lambda d: (f"{d}/..", "ever since"),
    lambda d: (f"{d:%Y}-21", f"in the spring of {d.year}"),
    lambda d: (f"{_month(d)}~", f"around {_name(d)}"),
    lambda d: (f"{d}?", f"it seems on {_in_words(d)}"),
    lambda d: (f"{_month(d)}%", f"perhaps about {_name(d)}"),
    lambda d: (f"[{d}..{_later(d, 20)}]", f"some day after {_in_words(d)}"),
    lambda d: (f"[{d},{_later(d, 2)}]", "on the Saturday or the Monday"),
    lambda d: (f"[..{_month(d)}]", f"by {_name(d)} {d.year}"),
    lambda d: (f"[{_month(d)}..]", f"in {_name(d)} {d.year} or later"),
    lambda d: (f"{d}/{_later(d, 12)}", f"for twelve days from {_in_words(d)}"),
    lambda d: (f"{_month(d)}/{_later(d, 70)[:7]}", f"from {_name(d)} on, for months"),
    lambda d: (f"{d}T03:30:00Z", f"at half past three on {_in_words(d)}"),
    lambda d: (f"{d:%Y}?-{d:%m-%d}", f"on {d.day} {_name(d)}, of which year is not said"),
    lambda d: (f"{{{d},{_later(d, 7)}}}", "on two Fridays"),
    lambda d: ("197X", "in the seventies"),
    lambda d: (f"{d:%Y}", f"in {d.year}"),
    lambda d: (_month(d), f"in {_name(d)} {d.year}"),
    lambda d: (f"../{_month(d)}", f"until {_name(d)} {d.year}"),
    lambda d: ("-0043-03", "in the March of 44 BC"),
    lambda d: (f"{d:%Y}-24", f"in the winter of {d.year}"),
    lambda d: (f"{_month(d)}-XX", f"one day in {_name(d)}"),
    lambda d: ("18XX", "in the last century"),
)
"""Before the common era, without a year, open, a season, about, uncertain, both, sets, spans, a
time of day, a part that is uncertain, decades and centuries."""


def odd(form: int, day: Day) -> When:
    """A date of the form with this number, near a day."""
    date, words = FORMS[form % len(FORMS)](day)
    return When(date, words, day + _LAG, plain=False)


def told(when: When, reading: int) -> tuple[str, str]:
    """An account's own date and words: mostly the event's; it may be vaguer, or another day.

    `reading` is 0-99. Another day is an earlier one, so that nothing is told before it happened.
    An empty date is none.
    """
    if reading < 8:
        return "", ""
    if not when.plain or reading >= 24:
        return when.date, when.words
    if reading < 16:
        return when.date[:7], f"in {_name(when.reported)}"
    earlier = when.reported - datetime.timedelta(days=1 + reading % 3)
    return earlier.isoformat(), f"on {_in_words(earlier)}"
