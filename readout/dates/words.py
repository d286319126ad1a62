"""Dates in words, as a reader meets them: `between 23 April and 28 May 2023`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from readout.dates.cldr import DateParts, calendar_of
from readout.dates.model import Edtf, Point, Range
from readout.dates.one_date import point_in_words
from readout.words import Words


@lru_cache(maxsize=8_192)
def in_words(date: Edtf | None, words: Words) -> str:
    """A date in the words of a language, never sharper than it was written.

    Names, order, digits and lists are CLDR's for `words.locale`; the sentence around them is a
    message of the catalogue. No date at all is "not stated".
    """
    if date is None:
        return words("not stated")
    first = date.parts[0]
    if date.kind == "span":
        assert isinstance(first, Range)
        return _span(first, words)
    if len(date.parts) > 1:
        return _several(date, words)
    if isinstance(first, Point):
        return point_in_words(first, words)
    return _one_within(first, words) if date.kind == "within" else _all_within(first, words)


def _span(span: Range, words: Words) -> str:
    start, end = span.start, span.end
    if start and end:
        if start == end:
            return point_in_words(start, words)
        first, last = _together((start, end), words)
        return words("from %(start)s to %(end)s", start=first, end=last)
    if start:
        shown = point_in_words(start, words)
        if span.open_end:
            return words("from %(start)s, still going on", start=shown)
        return words("from %(start)s, end not stated", start=shown)
    if end:
        shown = point_in_words(end, words)
        if span.open_start:
            return words("until %(end)s", end=shown)
        return words("until %(end)s, start not stated", end=shown)
    if span.open_end:
        return words("still going on, start not stated")
    return words("start and end not stated")


def _one_within(within: Range, words: Words) -> str:
    if within.start and within.end:
        if within.start == within.end:
            return point_in_words(within.start, words)
        first, last = _together((within.start, within.end), words)
        return words("between %(start)s and %(end)s", start=first, end=last)
    if within.start:
        return words("%(date)s or later", date=point_in_words(within.start, words))
    assert within.end
    return words("by %(date)s", date=point_in_words(within.end, words))


def _all_within(within: Range, words: Words) -> str:
    if within.start and within.end:
        first, last = _together((within.start, within.end), words)
        precisions = {within.start.precision, within.end.precision}
        if precisions == {"day"}:
            return words("every day from %(start)s to %(end)s", start=first, end=last)
        if precisions == {"month"}:
            return words("every month from %(start)s to %(end)s", start=first, end=last)
        if precisions == {"year"}:
            return words("every year from %(start)s to %(end)s", start=first, end=last)
        return words("all of the time from %(start)s to %(end)s", start=first, end=last)
    if within.start:
        return words("%(date)s and all after it", date=point_in_words(within.start, words))
    assert within.end
    return words("%(date)s and all before it", date=point_in_words(within.end, words))


def _several(date: Edtf, words: Words) -> str:
    calendar = calendar_of(words.locale)
    points = [part for part in date.parts if isinstance(part, Point)]
    if len(points) == len(date.parts):
        items: Sequence[str] = _together(points, words)
    else:
        items = [_member(part, date.kind == "all", words) for part in date.parts]
    return calendar.both(items) if date.kind == "all" else calendar.either(items)


def _member(part: Point | Range, is_all: bool, words: Words) -> str:
    if isinstance(part, Point):
        return point_in_words(part, words)
    if part.start and part.end:
        first, last = _together((part.start, part.end), words)
        return words("%(start)s to %(end)s", start=first, end=last)
    if part.start:
        date = point_in_words(part.start, words)
        if is_all:
            return words("%(date)s and all after it", date=date)
        return words("%(date)s or later", date=date)
    assert part.end
    date = point_in_words(part.end, words)
    if is_all:
        return words("%(date)s and all before it", date=date)
    return words("%(date)s or earlier", date=date)


def _together(points: Sequence[Point], words: Words) -> Sequence[str]:
    """Dates that stand side by side; what plain ones share is said once: `23`, `28 May 2023`."""
    parts = [_plain(point) for point in points]
    dates = [part for part in parts if part]
    if len(dates) == len(points) and len({point.precision for point in points}) == 1:
        shared = calendar_of(words.locale).sharing(dates)
        if shared:
            return shared
    return [point_in_words(point, words) for point in points]


def _plain(point: Point) -> DateParts | None:
    """A day or month of which all is stated, without marks."""
    if point.precision not in ("day", "month") or any(point.marks):
        return None
    if "X" in point.year + point.month + point.day:
        return None
    return int(point.year), int(point.month), int(point.day or 0)
