"""One date in words: `10 May 2018`, `the 2010s`, `about May 2023`, `3 May 2023 (year uncertain)`.

Nothing is sharpened: what is not stated is said not to be.
"""

from __future__ import annotations

from typing import Final

from readout.dates.bounds import DAYS, MONTHS, significant_range, year_range
from readout.dates.cldr import calendar_of
from readout.dates.daycount import month_length
from readout.dates.model import APPROXIMATE, UNCERTAIN, Point
from readout.dates.order import offset_text
from readout.words import Words

_GROUPINGS: Final = {
    21: "spring %(year)s",
    22: "summer %(year)s",
    23: "autumn %(year)s",
    24: "winter %(year)s",
    25: "spring %(year)s (northern hemisphere)",
    26: "summer %(year)s (northern hemisphere)",
    27: "autumn %(year)s (northern hemisphere)",
    28: "winter %(year)s (northern hemisphere)",
    29: "spring %(year)s (southern hemisphere)",
    30: "summer %(year)s (southern hemisphere)",
    31: "autumn %(year)s (southern hemisphere)",
    32: "winter %(year)s (southern hemisphere)",
    33: "first quarter of %(year)s",
    34: "second quarter of %(year)s",
    35: "third quarter of %(year)s",
    36: "fourth quarter of %(year)s",
    37: "first four months of %(year)s",
    38: "middle four months of %(year)s",
    39: "last four months of %(year)s",
    40: "first half of %(year)s",
    41: "second half of %(year)s",
}
_NOTES: Final = {
    ("year",): ("year uncertain", "year approximate", "year uncertain and approximate"),
    ("month",): ("month uncertain", "month approximate", "month uncertain and approximate"),
    ("day",): ("day uncertain", "day approximate", "day uncertain and approximate"),
    ("season",): ("season uncertain", "season approximate", "season uncertain and approximate"),
    ("part",): (
        "part of the year uncertain",
        "part of the year approximate",
        "part of the year uncertain and approximate",
    ),
    ("year", "month"): (
        "year and month uncertain",
        "year and month approximate",
        "year and month uncertain and approximate",
    ),
    ("year", "day"): (
        "year and day uncertain",
        "year and day approximate",
        "year and day uncertain and approximate",
    ),
    ("month", "day"): (
        "month and day uncertain",
        "month and day approximate",
        "month and day uncertain and approximate",
    ),
}
"""What is said of the components that bear one mark: `?`, `~`, `%`."""


def point_in_words(point: Point, words: Words) -> str:
    """A date with its qualifications."""
    date = _unqualified(point, words)
    written = 3 if point.day else 2 if point.month else 1
    marks = point.marks[:written]
    if not any(marks):
        return date
    if len(set(marks)) > 1:
        return words("%(date)s (%(notes)s)", date=date, notes=_notes(point, marks, words))
    if marks[0] == APPROXIMATE:
        return words("about %(date)s", date=date)
    if marks[0] == UNCERTAIN:
        return words("%(date)s (uncertain)", date=date)
    return words("about %(date)s (uncertain)", date=date)


def _notes(point: Point, marks: tuple[int, ...], words: Words) -> str:
    second = "month"
    if point.precision == "season":
        second = "season" if int(point.month) < 33 else "part"
    names = ("year", second, "day")
    notes = []
    for mark in dict.fromkeys(mark for mark in marks if mark):
        marked = tuple(name for name, own in zip(names, marks, strict=False) if own == mark)
        notes.append(words(_NOTES[marked][mark - 1]))
    told = notes[0]
    for note in notes[1:]:
        told = words("%(first)s, %(second)s", first=told, second=note)
    return told


def _unqualified(point: Point, words: Words) -> str:
    if point.time is not None:
        return _instant(point, words)
    if point.significant:
        return _significant(point, words)
    if point.precision == "season":
        return _grouping(point, words)
    if not point.month:
        return _year(point.year, words)
    year, months, days = point.known_year, MONTHS[point.month], DAYS.get(point.day, ())
    if "X" not in point.month + point.day and year is not None:
        calendar = calendar_of(words.locale)
        if not point.day:
            return calendar.month_of_year(year, months[0])
        return calendar.day(year, months[0], days[0])
    if point.month == "XX":
        return _without_month(point, words)
    if len(months) == 1:
        return _in_month(point, months[0], words)
    return _choice_of_months(point, months, words) if not point.day else _as_written(point, words)


def _instant(point: Point, words: Words) -> str:
    calendar, time = calendar_of(words.locale), point.time
    assert time is not None
    date = calendar.day(int(point.year), int(point.month), int(point.day))
    clock = calendar.time(time.hour, time.minute, time.second)
    if time.offset is None:
        return words("%(date)s, %(time)s", date=date, time=clock)
    if time.offset == 0:
        return words("%(date)s, %(time)s UTC", date=date, time=clock)
    offset = offset_text(time.offset)
    return words("%(date)s, %(time)s (UTC%(offset)s)", date=date, time=clock, offset=offset)


def _known(year: int, words: Words) -> str:
    shown = calendar_of(words.locale).year(year)
    return words("the year %(year)s", year=shown) if abs(year) > 9999 else shown


def _year(year: str, words: Words) -> str:
    """A year, or the years that it may be, as a noun: `2018`, `the 2010s`."""
    if "X" not in year:
        return _known(int(year), words)
    years = year_range(year)
    if years is None:
        return words("year not stated")
    if "X" in year.rstrip("X"):
        return words("%(date)s (X: digit not stated)", date=year)
    first, last = years
    # "The 2000s" may be a decade or a century: only other decades are called so.
    if last - first == 9 and first >= 1000 and first % 100:
        return words("the %(year)ss", year=calendar_of(words.locale).number(first))
    return words(
        "a year from %(start)s to %(end)s", start=_known(first, words), end=_known(last, words)
    )


def _significant(point: Point, words: Words) -> str:
    year = int(point.year)
    first, last = significant_range(year, point.significant)
    if first == last:
        return _known(year, words)
    return words(
        "about %(year)s (between %(start)s and %(end)s)",
        year=_known(year, words),
        start=_known(first, words),
        end=_known(last, words),
    )


def _grouping(point: Point, words: Words) -> str:
    year = point.known_year
    message = _GROUPINGS[int(point.month)]
    if year is not None:
        return words(message, year=_known(year, words))
    date = words(message, year=point.year)
    return words("%(date)s (X: digit not stated)", date=date)


def _without_month(point: Point, words: Words) -> str:
    """`2018-XX`, `2018-XX-XX`, `2018-XX-10`; the year may be unspecified too."""
    if point.day and "X" in point.day and point.day != "XX":
        return _as_written(point, words)
    unknown = year_range(point.year) is None
    if point.day and point.day != "XX":
        day = calendar_of(words.locale).number(int(point.day))
        if unknown:
            return words("day %(day)s of a month, month and year not stated", day=day)
        year = _year(point.year, words)
        return words("day %(day)s of a month in %(year)s, month not stated", day=day, year=year)
    if unknown:
        return words("date not stated") if point.day else words("month and year not stated")
    year = _year(point.year, words)
    if point.day:
        return words("a day in %(year)s, month and day not stated", year=year)
    return words("a month in %(year)s, month not stated", year=year)


def _in_month(point: Point, month: int, words: Words) -> str:
    """A month that is known, of a year or with a day that is not."""
    calendar, year = calendar_of(words.locale), point.known_year
    days = DAYS.get(point.day, ())
    if point.day and point.day != "XX" and len(days) > 1:
        return _choice_of_days(point, month, days, words)
    if year is not None:
        shown = calendar.month_of_year(year, month)
        if point.day == "XX":
            return words("a day in %(month)s, day not stated", month=shown)
        return calendar.day(year, month, days[0]) if point.day else shown
    bare = calendar.month(month)
    if year_range(point.year) is None:
        if point.day == "XX":
            return words("a day in %(month)s, day and year not stated", month=bare)
        date = calendar.day_of_month(month, days[0]) if point.day else bare
        return words("%(date)s, year not stated", date=date)
    years = _year(point.year, words)
    if point.day == "XX":
        return words("a day in %(month)s, in %(years)s", month=bare, years=years)
    date = calendar.day_of_month(month, days[0]) if point.day else bare
    return words("%(date)s, in %(years)s", date=date, years=years)


def _choice_of_days(point: Point, month: int, days: tuple[int, ...], words: Words) -> str:
    """`2018-05-1X`: between 10 and 19 May 2018; `2018-05-X1`: 1, 11, 21 or 31 May 2018."""
    calendar, year = calendar_of(words.locale), point.known_year
    if year is None:
        return _as_written(point, words)
    days = tuple(day for day in days if day <= month_length(year, month))
    if days[-1] - days[0] == len(days) - 1 > 1:
        ends = [(year, month, days[0]), (year, month, days[-1])]
        start, end = calendar.sharing(ends) or [calendar.day(*date) for date in ends]
        return words("between %(start)s and %(end)s", start=start, end=end)
    dates = [(year, month, day) for day in days]
    return calendar.either(calendar.sharing(dates) or [calendar.day(*date) for date in dates])


def _choice_of_months(point: Point, months: tuple[int, ...], words: Words) -> str:
    """`1984-1X`: October, November or December 1984."""
    calendar, year = calendar_of(words.locale), point.known_year
    if year is not None:
        shared = calendar.sharing([(year, month, 0) for month in months])
        return calendar.either(shared or [calendar.month_of_year(year, m) for m in months])
    date = calendar.either([calendar.month(month) for month in months])
    if year_range(point.year) is None:
        return words("%(date)s, year not stated", date=date)
    return words("%(date)s, in %(years)s", date=date, years=_year(point.year, words))


def _as_written(point: Point, words: Words) -> str:
    """What would take too many words: `2018-1X-0X (X: digit not stated)`."""
    date = "-".join(part for part in (point.year, point.month, point.day) if part)
    return words("%(date)s (X: digit not stated)", date=date)
