"""Dates of any year in the patterns, names, lists and digits of a language (CLDR, through Babel).

Babel formats `datetime` values, which stop at the years 1 and 9999 and know no part of a date;
so the patterns of CLDR are filled in here (UTS 35, part 4, "Date Format Patterns").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import tokenize_pattern
from babel.lists import format_list
from babel.localedata import LocaleDataDict
from babel.numbers import format_decimal

DateParts = tuple[int, int, int]
"""Year, month and day; 0 for a month or day that there is none of."""

_FIRST_DIGIT: Final = {
    "arab": 0x0660, "arabext": 0x06F0, "nkoo": 0x07C0, "deva": 0x0966, "beng": 0x09E6,
    "tibt": 0x0F20, "mymr": 0x1040, "olck": 0x1C50, "mtei": 0xABF0, "cakm": 0x11136,
    "hmnp": 0x1E140, "adlm": 0x1E950,
}  # fmt: skip
"""The digit 0 of the numbering systems (UTS 35, part 3) that are a language's default."""
_SEPARATOR = re.compile(r"[\s–—~～-]+$")


class Calendar:
    """The Gregorian calendar in one language."""

    def __init__(self, locale: Locale) -> None:
        # English without a territory: day, month, year, as newsrooms outside the USA write it.
        plain_english = locale.language == "en" and locale.territory is None
        self._locale = Locale("en", "GB") if plain_english else locale
        self._months: dict[int, str] = dict(self._locale.months["format"]["wide"])
        self._stand_alone = _months_alone(self._locale)
        zero = _FIRST_DIGIT.get(self._locale.default_numbering_system)
        self._digits = {ord("0") + n: zero + n for n in range(10)} if zero else {}

    def year(self, year: int) -> str:
        """`2018`, `79 AD`, `44 BC`; beyond four digits the astronomical number: `170,000,002`."""
        if abs(year) > 9999:
            return format_decimal(year, locale=self._locale).translate(self._digits)
        return self._fill(self._skeleton("Gy" if year < 1000 else "y"), (year, 0, 0))

    def month_of_year(self, year: int, month: int) -> str:
        """`May 2018`."""
        return self._fill(self._skeleton("GyMMM" if year < 1000 else "yMMMM"), (year, month, 0))

    def day(self, year: int, month: int, day: int) -> str:
        """`10 May 2018`."""
        long = str(self._locale.date_formats["long"].pattern)
        return self._fill(self._skeleton("GyMMMd") if year < 1000 else long, (year, month, day))

    def day_of_month(self, month: int, day: int) -> str:
        """`16 January`."""
        return self._fill(self._skeleton("MMMMd"), (0, month, day))

    def month(self, month: int) -> str:
        """`January`, standing alone."""
        return self._stand_alone[month]

    def number(self, number: int) -> str:
        """A number in the language's digits."""
        return str(number).translate(self._digits)

    def time(self, hour: int, minute: int, second: int) -> str:
        """`03:30`; with seconds where there are any."""
        pattern = self._skeleton("Hms" if second else "Hm")
        return self._fill(pattern, (0, 0, 0), (hour, minute, second))

    def either(self, items: Sequence[str]) -> str:
        """`10, 11 or 12 May`."""
        return format_list(items, "or", self._locale)

    def both(self, items: Sequence[str]) -> str:
        """`10, 11 and 12 May`."""
        return format_list(items, "standard", self._locale)

    def sharing(self, dates: Sequence[DateParts]) -> list[str] | None:
        """Dates of one year, each without what it shares: `23`, `28 May 2023`.

        Which end keeps the shared part is the language's (CLDR's interval formats). None where
        nothing is shared, or where the language does not shorten in a way that is safe to reuse.
        """
        (year, month, day), last = dates[0], dates[-1]
        if len(dates) < 2 or year < 1000 or any(date[0] != year for date in dates):
            return None
        same_month = all(date[1] == month for date in dates)
        if day and same_month:
            intervals, difference = "yMMMd", "d"
        else:
            intervals, difference = ("yMMMd" if day else "yMMMM"), "M"
        parts = self._locale.interval_formats.get(intervals, {}).get(difference, ())
        if len(parts) != 2 or ("y" in parts[0]) == ("y" in parts[1]):
            return None
        short_first = "y" not in parts[0]
        pattern: str | None = None
        if day and same_month:
            pattern = self._day_pattern(parts[0] if short_first else parts[1])
            if pattern is None:
                return None

        def short(date: DateParts) -> str:
            if pattern is not None:
                return self._fill(pattern, date)
            return self.day_of_month(date[1], date[2]) if date[2] else self.month(date[1])

        def full(date: DateParts) -> str:
            return self.day(*date) if date[2] else self.month_of_year(date[0], date[1])

        if short_first:
            return [*map(short, dates[:-1]), full(last)]
        return [full(dates[0]), *map(short, dates[1:])]

    def _day_pattern(self, part: str) -> str | None:
        """The day alone, from one end of an interval format: `d–` gives `d`, `d.–` gives `d.`."""
        fallback = str(self._locale.interval_formats.get(None, ""))
        separator = fallback.partition("{0}")[2].partition("{1}")[0]
        if separator and part.endswith(separator):
            part = part[: -len(separator)]
        part = _SEPARATOR.sub("", part)
        return part if re.fullmatch(r"d(\.|日|일)?", part) else None

    def _skeleton(self, name: str) -> str:
        return str(self._locale.datetime_skeletons[name].pattern)

    def _fill(self, pattern: str, date: DateParts, time: DateParts = (0, 0, 0)) -> str:
        pieces = []
        for _, token in tokenize_pattern(pattern):
            if isinstance(token, str):
                pieces.append(token)
            else:
                pieces.append(self._field(str(token[0]), int(token[1]), date, time))
        return "".join(pieces)

    def _field(self, letter: str, count: int, date: DateParts, time: DateParts) -> str:
        year, month, day = date
        if letter == "G":
            return str(self._locale.eras["abbreviated"][1 if year > 0 else 0])
        if letter in "ML" and count > 2:
            return (self._months if letter == "M" else self._stand_alone)[month]
        values = {"y": year if year > 0 else 1 - year, "M": month, "L": month, "d": day}
        values |= {"H": time[0], "k": time[0], "m": time[1], "s": time[2]}
        return f"{values[letter]:0{count}}".translate(self._digits)


def _months_alone(locale: Locale) -> dict[int, str]:
    """The names of months standing alone, where the language has its own.

    Where it has none, they are those inside a date. Babel (2.18) puts that answer where all
    languages share it, and gives the next language the names of the first; `base` is the data
    that an answer came from, so names equal to those inside *its* dates are nobody's own.
    """
    inside: dict[int, str] = dict(locale.months["format"]["wide"])
    alone = locale.months["stand-alone"]["wide"]
    origin = dict(LocaleDataDict(alone.base)["months"]["format"]["wide"])
    return inside if dict(alone) == origin else dict(alone)


@lru_cache(maxsize=32)
def calendar_of(locale: Locale) -> Calendar:
    """The calendar in the language of a locale."""
    return Calendar(locale)
