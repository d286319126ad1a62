"""The dates that a text may mean which is no date: other orders, names of months, words between.

Only candidates are made here; `readout.dates.hints` keeps those that the parser accepts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

Check = Callable[[str], str | None]
"""What the parser says of a text: empty for a date, the reason or None for what is none."""

_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_DAY: Final = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_GAP: Final = r"[\s,\-]*(?:of\s+)?"
_TIME: Final = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]+)?"
_WITH_YEAR: Final = "with its year, if it is known"


class Reading(NamedTuple):
    """A date that a text may mean."""

    date: str
    note: str = ""
    """What tells it from the other readings: `day first`."""


def readings_of(text: str, check: Check) -> Iterator[Reading]:
    """What a text may mean, best first; the first rule that finds a date decides."""
    failed: list[Reading] = []
    for rule in (_mended, _single, _several):
        found = list(rule(text, check))
        if any(check(reading.date) == "" for reading in found):
            yield from found
            return
        failed += found
    yield from failed


def _mended(text: str, check: Check) -> Iterator[Reading]:
    """The same characters with a slip mended: spaces, small letters, the draft's keywords."""
    yield Reading(text)
    tight = text.replace(" ", "")
    draft = re.sub(r"\?~|~\?", "%", re.sub(r"(?<=[0-9ux])[ux]|[ux](?=[0-9ux])", "X", tight.lower()))
    draft = re.sub(r"^unknown(?=/)|(?<=/)unknown$", "", draft)
    draft = re.sub(r"^open(?=/)|(?<=/)open$", "..", draft)
    for mended in (tight, tight.upper(), draft.upper(), draft.upper().replace("P", "S")):
        yield Reading(mended)
    if re.fullmatch(r"(?:\.\.)?[0-9\-]+\.\.[0-9\-]*|\.\.[0-9\-]+", tight):
        yield Reading(f"[{tight}]")


def _single(text: str, check: Check) -> Iterator[Reading]:
    """One date in other words or another order."""
    low = text.lower()
    about = re.fullmatch(
        r"(?:circa|ca?\.?|about|around|approx(?:imately|\.)?|~)(?![a-z])\s*(.+)"
        r"|(.+?)\s*(?:approx\.?|~)",
        low,
    )
    doubt = re.fullmatch(
        r"(?:probably|possibly|perhaps|maybe|\?)\s*(.+)|(.+?)\s*(?:\(?\?\)|\?|\(uncertain\))", low
    )
    for match, mark in ((about, "~"), (doubt, "?")):
        if match:
            for reading in _single_or_same(match[1] or match[2], check):
                yield Reading(reading.date + mark, reading.note)
            return
    for rule in (_numbers, _named, _eras, _periods, _timed, _foreign):
        found = list(rule(low))
        if found:
            yield from found
            return


def _single_or_same(text: str, check: Check) -> Iterator[Reading]:
    """A part of a longer text: a date as it stands, else what it may mean."""
    upper = text.strip().upper()
    if check(upper) == "":
        yield Reading(upper)
    else:
        yield from (r for r in _single(text.strip(), check) if check(r.date) == "")


def _numbers(low: str) -> Iterator[Reading]:
    """Numbers in another order, or without their zeros."""
    match = re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?", low)
    if match and (match[3] or int(match[2]) <= 12):
        year, month, day = match[1], int(match[2]), int(match[3] or 0)
        yield Reading(f"{year}-{month:02}" + (f"-{day:02}" if match[3] else ""))
        if match[3] and month > 12:
            yield Reading(f"{year}-{day:02}-{month:02}")
        return
    match = re.fullmatch(r"([0-9]{2})([0-9]{2})/([0-9]{2})", low)
    if match and match[3] > max(match[2], "12"):
        yield Reading(f"{match[1]}{match[2]}/{match[1]}{match[3]}")
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", low)
    if match:
        yield Reading("-".join(match.groups()))
        return
    match = re.fullmatch(r"([0-9]{1,2})([-/. ]) ?([0-9]{1,2})\2 ?([0-9]{4})", low)
    if match:
        numbers = int(match[1]), int(match[3])
        yield from _in_either_order(match[4], *numbers, is_certain=match[2] == ".")
        return
    match = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})", low)
    if match and min(map(int, match.groups())) <= 12:
        yield from _in_either_order("XXXX", int(match[1]), int(match[2]), note=_WITH_YEAR)
        return
    match = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{4})", low)
    if match:
        yield Reading(f"{match[2]}-{int(match[1]):02}")


def _in_either_order(
    year: str, one: int, other: int, is_certain: bool = False, note: str = ""
) -> Iterator[Reading]:
    """A day and a month, in this order or the other: both, where the numbers do not tell.

    `is_certain` is for a way of writing that puts the day first; `note` is on what is alone.
    """
    day_first, month_first = f"{year}-{other:02}-{one:02}", f"{year}-{one:02}-{other:02}"
    if is_certain or one > 12 or other > 12 or one == other:
        yield Reading(day_first if other <= 12 else month_first, note)
    else:
        yield Reading(day_first, "day first")
        yield Reading(month_first, "month first")


def _named(low: str) -> Iterator[Reading]:
    """Dates with the name of a month."""
    bare = re.sub(rf"^{WEEKDAY}[\s,]+", "", low)
    for pattern, order in (
        (rf"{_MONTH}{_GAP}{_DAY}{_GAP}([0-9]{{4}})", "mdy"),
        (rf"{_DAY}{_GAP}{_MONTH}{_GAP}([0-9]{{4}})", "dmy"),
        (rf"([0-9]{{4}}){_GAP}{_MONTH}{_GAP}{_DAY}", "ymd"),
        (rf"{_MONTH}{_GAP}([0-9]{{4}})", "my"),
        (rf"([0-9]{{4}}){_GAP}{_MONTH}", "ym"),
        (rf"{_DAY}{_GAP}{_MONTH}", "dm"),
        (rf"{_MONTH}{_GAP}{_DAY}", "md"),
        (_MONTH, "m"),
    ):
        match = re.fullmatch(pattern, bare)
        if match:
            part = dict(zip(order, match.groups(), strict=True))
            month = _MONTHS.index(part["m"][:3]) + 1
            date = f"{part.get('y', 'XXXX'):0>4}-{month:02}"
            note = "" if "y" in part else _WITH_YEAR
            yield Reading(date + (f"-{int(part['d']):02}" if "d" in part else ""), note)
            return


def _eras(low: str) -> Iterator[Reading]:
    """Years before and after Christ. 1 BC is the year 0000, so 44 BC is -0043."""
    match = re.fullmatch(r"([0-9]{1,4})\s*b\.?\s?c\.?(?:e\.?)?|bce?\s*([0-9]{1,4})", low)
    if match:
        year = 1 - int(match[1] or match[2])
        yield Reading(f"{'-' if year < 0 else ''}{abs(year):04}")
    match = re.fullmatch(
        r"a\.?d\.?\s*([0-9]{1,4})|([0-9]{1,4})\s*(?:a\.?d\.?|c\.?e\.?)", low
    ) or re.fullmatch(r"([0-9]{3})()", low)
    if match:
        yield Reading(f"{int(match[1] or match[2]):04}")
    match = re.fullmatch(r"-([0-9]{1,3})", low)
    if match and int(match[1]):
        year = int(match[1])
        yield Reading(f"-{year:04}", f"which is {year + 1} BC")
        yield Reading(f"{'-' if year > 1 else ''}{year - 1:04}", f"which is {year} BC")
    match = re.fullmatch(r"y?(-?)([0-9]{5,18})", low)
    if match:
        yield Reading(f"Y{match[1]}{match[2].lstrip('0')}", "a year of more than four digits")


def _periods(low: str) -> Iterator[Reading]:
    """Decades, centuries, seasons, quarters."""
    match = re.fullmatch(r"(?:the )?([0-9]{3})0'?s", low)
    if match:
        yield Reading(f"{match[1]}X", "the decade" if match[1][2] == "0" else "")
        if match[1][2] == "0":
            yield Reading(f"{match[1][:2]}XX", "the century")
    match = re.fullmatch(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)[ -]century", low)
    if match and int(match[1]) > 0:
        yield Reading(f"{int(match[1]) - 1:02}XX")
    seasons = "|".join(_SEASONS)
    match = re.fullmatch(rf"({seasons})(?: of)?[ ,-]+([0-9]{{4}})", low)
    if match:
        yield Reading(f"{match[2]}-{_SEASONS[match[1]]}")
    match = re.fullmatch(rf"([0-9]{{4}})[ ,-]+({seasons})", low)
    if match:
        yield Reading(f"{match[1]}-{_SEASONS[match[2]]}")
    match = re.fullmatch(r"q([1-4])[ ,/-]*([0-9]{4})", low)
    if match:
        yield Reading(f"{match[2]}-{int(match[1]) + 32}")
    match = re.fullmatch(r"([0-9]{4})[ ,/-]*q([1-4])", low)
    if match:
        yield Reading(f"{match[1]}-{int(match[2]) + 32}")


def _timed(low: str) -> Iterator[Reading]:
    """Times of day: with a space for `T`, without seconds, with fractions or a bare offset."""
    match = re.fullmatch(
        rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[t ,]+{_TIME}\s*"
        r"(z|utc|gmt|[+\-][0-9]{2}:?(?:[0-9]{2})?)?",
        low,
    )
    if match:
        zone = match[5] or ""
        if zone in ("z", "utc", "gmt") or re.fullmatch(r"[+\-]00(:?00)?", zone):
            zone = "Z"
        elif len(zone) == 5:
            zone = f"{zone[:3]}:{zone[3:]}"
        yield Reading(f"{match[1]}T{int(match[2]):02}:{match[3]}:{match[4] or '00'}{zone}")


def _foreign(low: str) -> Iterator[Reading]:
    """Weeks and ordinal days, which ISO 8601 has and EDTF has not."""
    match = re.fullmatch(r"([0-9]{4})-?w([0-9]{2})(?:-?([1-7]))?", low)
    try:
        if match and match[3]:
            day = datetime.date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
            yield Reading(day.isoformat())
        elif match:
            first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            yield Reading(f"{first}/{first + datetime.timedelta(days=6)}")
        match = re.fullmatch(r"([0-9]{4})-([0-9]{3})", low)
        if match and 0 < int(match[2]) <= 366:
            day = datetime.date(int(match[1]), 1, 1) + datetime.timedelta(days=int(match[2]) - 1)
            yield Reading(day.isoformat())
    except (ValueError, OverflowError):  # no such week, or outside datetime's years
        return


_TWO_DATES: Final = (
    (r"from (.+?) (?:to|until|till|through) (.+)", "{}/{}"),
    (r"between (.+?) and (.+)", "[{}..{}]"),
    (r"(.+?) (?:to|until|till|through|thru) (?!present|now)(.+)", "{}/{}"),
    (r"(.+?) or (.+)", "[{},{}]"),
    (r"(.+?) and (.+)", "{{{},{}}}"),
    (r"(.+?) ?/ ?(.+)", "{}/{}"),
    (r"(.+?) - (.+)", "{}/{}"),
    (r"([0-9]{1,2})-([0-9]{1,2} [a-z].+)", "{}/{}"),
    (r"([0-9]{4})-([0-9]{4})", "{}/{}"),
    (r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{4}-[0-9]{2}-[0-9]{2})", "{}/{}"),
)
_ONE_END: Final = (
    (r"(?:before|by|no later than|not later than) (.+)", "[..{}]"),
    (r"after (.+)|(?:no|not) earlier than (.+)|(.+) or later", "[{}..]"),
    (r"(?:since|from) (.+)|(.+?) ?(?:-|to) ?(?:present|now|ongoing)", "{}/.."),
    (r"(?:until|till|up to) (.+)", "../{}"),
)


def _several(text: str, check: Check) -> Iterator[Reading]:
    """Two dates with a word between them, or one with a word before it."""
    low = text.lower()
    for pattern, form in _ONE_END:
        match = re.fullmatch(pattern, low)
        if match:
            inner = next(part for part in match.groups() if part)
            for one in _single_or_same(inner, check):
                yield Reading(form.format(one.date), one.note)
    low = re.sub(
        rf"^{_MONTH} ([0-9]{{1,2}}) ?- ?([0-9]{{1,2}}),? ([0-9]{{4}})$", r"\2 \1 - \3 \1 \4", low
    )
    for pattern, form in _TWO_DATES:
        match = re.fullmatch(pattern, low)
        if match:
            starts = _starts(match[1], match[2], check)
            ends = list(_single_or_same(match[2], check))
            for start, end in zip(starts, ends, strict=False):
                yield Reading(form.format(start.date, end.date), start.note)
            if starts and ends:
                return


def _starts(first: str, second: str, check: Check) -> list[Reading]:
    """The readings of a first date that may leave its month or year to the second."""
    shared = re.search(rf"({_MONTH}[\s,]+)?([0-9]{{4}})$", second)
    if shared and not re.search(r"[0-9]{4}", first):
        for rest in (shared[0], shared[3]):
            found = list(_single_or_same(f"{first} {rest}", check))
            if found:
                return found
    return list(_single_or_same(first, check))
