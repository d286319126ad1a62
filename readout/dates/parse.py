"""Reads EDTF: ISO 8601-2:2019 as profiled by the Library of Congress, levels 0, 1 and 2.

Where the profile is silent:

- Any component may be qualified, from the left or the right, seasons and long years too; a date
  with a time of day may not, and a time of day stands in no interval or set (level 0, "Date and
  Time", "Time Interval").
- `24:00:00` is the end of its day, so the first second of the next (ISO 8601-1/Amd 1:2022).
- Second 60 is read only where UTC had leap seconds, at 23:59:60 UTC, as the second before it.
- `../..` and the like are read and have no bounds; `/` alone is not.
- Ends may differ in precision, in `a..b` as in `a/b`. A space may follow a comma in a set.
- A date that cannot exist whatever its `X` stand for (`2018-02-3X`) is an error, and so is a span
  whose end lies wholly before its start.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from readout.dates.bounds import hull
from readout.dates.hints import hint_for
from readout.dates.model import (
    APPROXIMATE,
    UNCERTAIN,
    Bounds,
    DateProblem,
    Edtf,
    Kind,
    Point,
    Range,
)
from readout.dates.point import Reason, is_instant, read_instant, read_plain, read_point, whole_year

LONGEST_TEXT: Final = 200


def parse(text: str) -> Edtf | DateProblem:
    """The date that a text means, or why it means none. Never raises."""
    if len(text) > LONGEST_TEXT:
        return DateProblem(
            f'"{" ".join(text[:40].split())}…" is too long for a date',
            f"a date has at most {LONGEST_TEXT} characters",
        )
    return _parse(text)


@lru_cache(maxsize=8_192)
def _parse(text: str) -> Edtf | DateProblem:
    plain = read_plain(text)
    if plain is not None:
        return _single(text, plain)
    found = _read(text)
    if isinstance(found, Edtf):
        return found
    shown = " ".join(text.split())
    hint = found or hint_for(text, _check)
    return DateProblem(f'"{shown}" is not an EDTF date', hint)


def whole(year: int, *rest: int) -> Edtf:
    """A whole year, month or day, by its numbers.

    A year beyond four digits stands alone (level 1, "Letter-prefixed calendar year"). It may have
    more digits than one that is read: steps of many years begin before the first year written.
    """
    if abs(year) > 9999:
        return _single(f"Y{year}", whole_year(year))
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    date = _parse("-".join([written, *(f"{number:02}" for number in rest)]))
    assert isinstance(date, Edtf)
    return date


def _check(text: str) -> Reason | None:
    """Empty for a date; the reason, or None, for what is none."""
    found = _read(text)
    return "" if isinstance(found, Edtf) else found


def _read(text: str) -> Edtf | Reason | None:
    if text.startswith("["):
        return _set(text, "within", "]")
    if text.startswith("{"):
        return _set(text, "all", "}")
    if "/" in text:
        return _span(text)
    if "T" in text:
        instant = read_instant(text)
        return _single(text, instant) if isinstance(instant, Point) else instant
    point = read_point(text)
    return _single(text, point) if isinstance(point, Point) else point


def _single(text: str, point: Point) -> Edtf:
    return _edtf(text, point.precision, (point,), point.bounds, point.marks)


def _edtf(
    text: str,
    kind: Kind,
    parts: tuple[Point | Range, ...],
    bounds: Bounds,
    marks: tuple[int, ...],
) -> Edtf:
    uncertain = approximate = False
    if any(marks):
        uncertain = any(mark & UNCERTAIN for mark in marks)
        approximate = any(mark & APPROXIMATE for mark in marks)
    return Edtf(
        text,
        kind,
        parts,
        bounds.earliest,
        bounds.latest,
        bounds.fuzzy_earliest,
        bounds.fuzzy_latest,
        uncertain,
        approximate,
    )


def _span(text: str) -> Edtf | Reason | None:
    """An interval `a/b`; `..` is an open end, nothing an unknown one."""
    ends = text.split("/")
    if len(ends) != 2 or text == "/":
        return None
    if any(is_instant(end) for end in ends):
        return "a span has no times of day; write the days, and tell the times in the text"
    points: list[Point | None] = []
    for end in ends:
        point = None if end in ("", "..") else read_point(end)
        if isinstance(point, str):
            return point
        if point is None and end not in ("", ".."):
            return None
        points.append(point)
    start, end_point = points
    if _is_reversed(start, end_point):
        return f"the end is before the start; write {ends[1]}/{ends[0]}"
    whole = Range(start, end_point, ends[0] == "..", ends[1] == "..")
    return _edtf(text, "span", (whole,), hull((start,), (end_point,)), _marks((whole,)))


def _set(text: str, kind: Kind, closing: str) -> Edtf | Reason | None:
    """`[...]`, one of a set, or `{...}`, all of it (level 2, "Set representation")."""
    if not text.endswith(closing):
        return None
    members = [member.lstrip(" ") for member in text[1:-1].split(",")]
    parts: list[Point | Range] = []
    for number, member in enumerate(members):
        part = _member(member)
        if part is None or isinstance(part, str):
            return part
        if isinstance(part, Range) and (
            (part.open_start and number) or (part.open_end and number < len(members) - 1)
        ):
            return "only the first date of a set may be ..b, and only the last a.."
        parts.append(part)
    found = tuple(parts)
    starts = [part.start if isinstance(part, Range) else part for part in found]
    ends = [part.end if isinstance(part, Range) else part for part in found]
    return _edtf(text, kind, found, hull(starts, ends), _marks(found))


def _member(text: str) -> Point | Range | Reason | None:
    if "T" in text:
        return "a set has no times of day" if is_instant(text) else None
    if ".." not in text:
        return read_point(text)
    first, _, last = text.partition("..")
    start, end = read_point(first) if first else None, read_point(last) if last else None
    for written, point in ((first, start), (last, end)):
        if isinstance(point, str) or (written and point is None):
            return point
    assert not isinstance(start, str)
    assert not isinstance(end, str)
    if start is None and end is None:
        return None
    if _is_reversed(start, end):
        return f"the end is before the start; write {last}..{first}"
    return Range(start, end, open_start=not first, open_end=not last)


def _is_reversed(start: Point | None, end: Point | None) -> bool:
    if start is None or end is None:
        return False
    earliest, latest = start.bounds.earliest, end.bounds.latest
    return earliest is not None and latest is not None and latest < earliest


def _marks(parts: tuple[Point | Range, ...]) -> tuple[int, ...]:
    points: list[Point | None] = []
    for part in parts:
        points += [part.start, part.end] if isinstance(part, Range) else [part]
    return tuple(mark for point in points if point for mark in point.marks)
