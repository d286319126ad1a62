"""Order and comparison of dates, and the periods that lists are split by."""

from __future__ import annotations

from typing import Final

from readout.dates.daycount import SECONDS_A_DAY, date_of
from readout.dates.model import Edtf, Point, Range

SortKey = tuple[int, int, int, int]

_UNDATED: Final[SortKey] = (1, 0, 0, 0)


def sort_key(date: Edtf | None) -> SortKey:
    """The place of a date in order: earliest strict bound, then latest; undated ones last.

    An open or unknown start sorts by its end; an open or unknown end comes after any other.
    Dates of equal bounds have equal keys: append an id to break the tie.
    """
    if date is None:
        return _UNDATED
    earliest, latest = date.earliest, date.latest
    start = latest if earliest is None else earliest
    if start is None:
        return _UNDATED
    return (0, start, 1, 0) if latest is None else (0, start, 0, latest)


def disagree(a: Edtf, b: Edtf) -> bool:
    """Whether two dates cannot both be right: their bounds, widened by `~`, do not overlap.

    An open or unknown end reaches without limit, and a set reaches from its first date to its
    last. What has no bounds disagrees with nothing: `XXXX-01-16` not even with `2026-03-05`.
    Where only one of the two states an offset from UTC, it is compared by its local time as well:
    `2018-05-10T01:30:00+03:00` is on 10 May where it was written, and on 9 May in UTC.
    """
    if a.is_undated or b.is_undated:
        return False
    ours, theirs = _offset(a), _offset(b)
    if not _apart(a, b, 0):
        return False
    if ours is not None and theirs is None:
        return _apart(a, b, ours)
    if theirs is not None and ours is None:
        return _apart(a, b, -theirs)
    return True


def is_before(a: Edtf, b: Edtf) -> bool:
    """Whether one date lies wholly before another, and the two disagree (see `disagree`)."""
    return _before(a.fuzzy_latest, b.fuzzy_earliest, 0) and disagree(a, b)


def _offset(date: Edtf) -> int | None:
    """Seconds east of UTC that a date-time states."""
    part = date.parts[0]
    if isinstance(part, Range) or part.time is None or part.time.offset is None:
        return None
    return part.time.offset * 60


def _apart(a: Edtf, b: Edtf, shift: int) -> bool:
    """Whether `a`, so many seconds later, lies wholly before or after `b`."""
    return _before(a.fuzzy_latest, b.fuzzy_earliest, shift) or _before(
        b.fuzzy_latest, a.fuzzy_earliest, -shift
    )


def _before(end: int | None, start: int | None, shift: int) -> bool:
    return end is not None and start is not None and end + shift < start


def year_of(date: Edtf | None) -> int | None:
    """The astronomical year in which the date sorts; None for an undated one."""
    position = _position(date)
    return None if position is None else date_of(position // SECONDS_A_DAY)[0]


def month_of(date: Edtf | None) -> int | None:
    """The month (1-12) in which the date sorts; None where its start is not so precise."""
    within = _start_within(date)
    return within[0][1] if within and within[0][:2] == within[1][:2] else None


def day_of(date: Edtf | None) -> int | None:
    """The day of the month on which the date sorts; None where its start is not so precise."""
    within = _start_within(date)
    return within[0][2] if within and within[0] == within[1] else None


def year_label(year: int) -> str:
    """The year as addresses name it: 1987 -> `1987`, 0 -> `1bc`, -43 -> `44bc`."""
    return str(year) if year > 0 else f"{1 - year}bc"


def _position(date: Edtf | None) -> int | None:
    if date is None:
        return None
    return date.latest if date.earliest is None else date.earliest


def _start_within(date: Edtf | None) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """The first and last day of the written date by which a date sorts."""
    position = _position(date)
    if date is None or position is None:
        return None
    from_start = date.earliest is not None
    widest: tuple[int, int] | None = None
    for part in date.parts:
        point = part if isinstance(part, Point) else part.start if from_start else part.end
        if point is None or point.bounds.earliest is None or point.bounds.latest is None:
            continue
        reach = (point.bounds.earliest, point.bounds.latest)
        if position not in reach:
            continue
        if widest is None or reach[1] - reach[0] > widest[1] - widest[0]:
            widest = reach
    if widest is None:
        return None
    return date_of(widest[0] // SECONDS_A_DAY), date_of(widest[1] // SECONDS_A_DAY)


def html_datetime(date: Edtf) -> str | None:
    """The value for HTML's `<time datetime>` (WHATWG HTML, "The time element"), or None.

    Only where the date is exactly that: one unqualified year, month, day or date-time of the
    years 1 to 9999, every digit stated, without a leap second or 24:00:00.
    """
    point = date.parts[0]
    if isinstance(point, Range) or date.kind not in ("instant", "day", "month", "year"):
        return None
    if any(point.marks) or point.significant or "X" in point.year + point.month + point.day:
        return None
    if len(point.year) != 4 or point.year == "0000":
        return None
    text = "-".join(part for part in (point.year, point.month, point.day) if part)
    time = point.time
    if time is None:
        return text
    if time.hour == 24 or time.second == 60:
        return None
    zone = "" if time.offset is None else "Z" if time.offset == 0 else offset_text(time.offset)
    return f"{text}T{time.hour:02}:{time.minute:02}:{time.second:02}{zone}"


def offset_text(minutes: int) -> str:
    """An offset from UTC as ISO 8601 writes it: 180 -> `+03:00`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
