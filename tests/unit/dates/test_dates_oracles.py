"""Our reading against others': `datetime`, a search through every day, and the edtf package."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from readout.dates import Edtf, parse
from readout.dates.daycount import date_of, day_number, is_leap, month_length
from tests.unit.dates.date_tables import rows

# datetime


def test_day_count_is_datetimes() -> None:
    start = datetime.date(1, 1, 1)
    for ordinal in range(1, 3_000_000, 997):
        date = start + datetime.timedelta(days=ordinal - 1)
        assert day_number(date.year, date.month, date.day) == ordinal + 365
        assert date_of(ordinal + 365) == (date.year, date.month, date.day)


def test_the_calendar_repeats_every_400_years() -> None:
    assert day_number(0, 1, 1) == 0
    for year in (-(10**12), -2000, -401, -400, -100, -4, -1, 0, 3, 4, 100):
        assert is_leap(year) == is_leap(year % 400 + 400)
        assert day_number(year + 400, 3, 1) - day_number(year, 3, 1) == 146_097
        for month in range(1, 13):
            following = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
            length = day_number(*following) - day_number(year, month, 1)
            assert length == month_length(year, month)
            assert date_of(day_number(year, month, length)) == (year, month, length)


def test_every_day_that_datetime_knows_and_no_other() -> None:
    for year, month, day in product((1899, 1900, 2000, 2018, 2024), range(14), range(33)):
        try:
            datetime.date(year, month, day)
        except ValueError:
            known = False
        else:
            known = True
        assert isinstance(parse(f"{year}-{month:02}-{day:02}"), Edtf) == known


# A search through every day


def _masks() -> Iterator[tuple[str, str, str]]:
    years = ("2018", "2016", "201X", "20XX", "2X16", "19X0", "20X1", "200X", "190X")
    months = ("02", "04", "12", "0X", "1X", "X2", "X1", "XX", "X4")
    days = ("01", "28", "29", "30", "31", "2X", "3X", "X9", "X1", "XX", "0X")
    yield from product(years, months, days)


def _fits(mask: str, value: str) -> bool:
    return all(a in ("X", b) for a, b in zip(mask, value, strict=True))


def test_unspecified_digits_are_bounded_as_tightly_as_can_be() -> None:
    lengths = {(y, m): month_length(y, m) for y in range(1900, 2100) for m in range(1, 13)}
    months = {m: [v for v in range(1, 13) if _fits(m, f"{v:02}")] for _, m, _ in _masks()}
    days = {d: [v for v in range(1, 32) if _fits(d, f"{v:02}")] for _, _, d in _masks()}
    for year, month, day in _masks():
        years = [v for v in range(2000 if year[:2] == "20" else 1900, 2100) if _fits(year, f"{v}")]
        if year == "2X16":
            years = [*range(2016, 3000, 100)]
            lengths |= {(y, m): month_length(y, m) for y in years for m in range(1, 13)}
        every = [
            (y, m, d) for y in years for m in months[month] for d in days[day] if d <= lengths[y, m]
        ]
        found = parse(f"{year}-{month}-{day}")
        if not every:
            assert not isinstance(found, Edtf), found
            continue
        assert isinstance(found, Edtf), (year, month, day)
        assert found.earliest == day_number(*every[0]) * 86_400
        assert found.latest == day_number(*every[-1]) * 86_400 + 86_399


# The edtf package


def _dates() -> Iterator[str]:
    yield from (row[0] for row in rows("levels.md"))
    yield from (row[0] for row in rows("approximate.md"))
    yield from (row[0] for row in rows("invalid.md"))
    for year, rest in product(
        ("2018", "1900", "0000", "-0043", "201X", "20XX"),
        ("", "-02", "-05-31", "-02-29", "-XX", "-XX-XX", "-04-XX", "-21", "-34"),
    ):
        yield year + rest
        yield f"{year}{rest}?"
        yield f"{year}{rest}/.."
        yield f"/{year}{rest}"
    for first, second in product(("2018-05-10", "2018-05", "2018"), ("2019", "2018-06", "2017-01")):
        yield f"{first}/{second}"
        yield f"[{first},{second}]"
        yield f"{{{first},{second}}}"
        yield f"[{first}..{second}]"
    for year in range(1, 2100, 151):
        yield f"{year:04}-{year % 12 + 1:02}-{year % 28 + 1:02}"
        yield f"{year:04}-{year % 12 + 1:02}~"


def _theirs(text: str) -> Any:
    try:
        return edtf.parse_edtf(text)
    except (EDTFParseException, TypeError, AttributeError):
        return None  # its grammar lets through what its classes then stumble over


WE_READ = (
    (r".*T.*\+00:00", "an offset of zero: ISO 8601-1, 4.3.13 writes it with +"),
    (r".*:60.*", "a leap second"),
    (r".*-(2[1-9]|3[0-9]|4[01])[?~%]", "a qualified season: any date may be qualified"),
    (r".*-[?~%](2[1-9]|3[0-9]|4[01])", "a qualified season, the mark to the left"),
    (r".*X.*-(21|34).*", "a season of an unspecified year: X may stand in any component"),
    (r"Y[0-9]+~", "a qualified long year"),
    (r".*-(1X|X3)(/.*)?", "a month with one digit: 1984-1X is an example of the specification"),
    (r"-[0-9]*X.*", "an unspecified digit of a negative year"),
    (r".*X.*[?~%]", "unspecified and qualified: nothing forbids it"),
    (r".*X.*/(\.\.)?|/.*X.*", "unspecified digits in an interval with an open or unknown end"),
    (r".*-34/\.\.|/.*-34", "a quarter in an interval with an open or unknown end"),
    (r"\[1984\]", "a set of one"),
    (r"\[.*\.\..*\]", "consecutive dates whose ends differ in precision"),
    (r"\.\./", "an open start with an unknown end: the package raises TypeError"),
)
THEY_READ = (
    (r".*(2018|1900|-0043)-02-29.*", "29 February of a common year: its Februaries have 29 days"),
    (r".*/.*|\[.*\.\..*", "an end before its start: it does not compare them"),
    (r"1950S2-05", "significant digits before a month: they are of years alone"),
    (r"2016-05T10:00:00", "a time of day without a day"),
    (r".*\n|.* ,.*", "white space: it strips, and skips it between members"),
)
OTHER_BOUNDS = (
    (r".*T.*", "it takes the day as written, without its time and offset"),
    (r".*-(24|28|30)", "its winter is December alone"),
    (r"XXXX.*", "a year of which nothing is stated is 0000 to 9999 to it, no bound to us"),
    (r"-000X", "it counts the year -0000, which is none"),
    (r".*/|/.*", "it takes an unknown end for ten years"),
    (r".*S[0-9]~?", "it does not heed significant digits"),
    (r"2018-(X2|0X)-31|2018-02-(2X|X9)", "it raises ValueError"),
    (r"[0-9X]+-02-29", "it does not look whether the first and last year are leap years"),
    (r"-.*-(XX|XX-XX|04-XX)\??", "with negative years it mistakes the first for the last"),
)


def _named(text: str, table: tuple[tuple[str, str], ...], used: set[str]) -> bool:
    for pattern, _ in table:
        if re.fullmatch(pattern, text, re.DOTALL):
            used.add(pattern)
            return True
    return False


def test_what_is_a_date_is_as_in_the_edtf_package_but_for_named_differences() -> None:
    used: set[str] = set()
    unnamed = []
    for text in dict.fromkeys(_dates()):
        theirs, ours = _theirs(text) is not None, isinstance(parse(text), Edtf)
        if theirs != ours and not _named(text, WE_READ if ours else THEY_READ, used):
            unnamed.append(text)
    assert unnamed == []
    assert used == {pattern for pattern, _ in WE_READ + THEY_READ}, "a difference that is no more"


def _day(bound: Any) -> tuple[int, ...] | None:
    return None if isinstance(bound, float) else tuple(bound)[:3]


def test_bounds_are_those_of_the_edtf_package_but_for_named_differences() -> None:
    used: set[str] = set()
    unnamed = []
    compared = 0
    for text in dict.fromkeys(_dates()):
        theirs, ours = _theirs(text), parse(text)
        if theirs is None or not isinstance(ours, Edtf):
            continue
        days = [None if s is None else date_of(s // 86_400) for s in (ours.earliest, ours.latest)]
        try:
            same = [_day(theirs.lower_strict()), _day(theirs.upper_strict())] == days
        except TypeError:
            continue  # open ends of sets and of both sides: it fails on its own infinities
        except ValueError:
            same = False
        compared += 1
        if not same and not _named(text, OTHER_BOUNDS, used):
            unnamed.append(text)
    assert unnamed == []
    assert used == {pattern for pattern, _ in OTHER_BOUNDS}, "a difference that is no more"
    assert compared > 200
