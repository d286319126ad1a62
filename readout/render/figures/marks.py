"""Where the marks of a timeline and their labels stand, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from readout.dates import Edtf
from readout.dates.model import Range
from readout.render.figures.axis import Axis
from readout.render.figures.svg import WIDTH, fitted, room
from readout.site.model import EventBrief
from readout.value import Value

LEFT: Final = 100
"""Pixels for the names of lanes."""
LABEL: Final = 330
"""Pixels of a label at most."""
_STUB: Final = 26
"""Pixels of an end that is not known, or open towards no limit that is drawn."""

End = Literal["sharp", "about", "open", "unknown"]


class Mark(Value, frozen=True):
    """An event as drawn, in pixels."""

    event: EventBrief
    left: float
    right: float
    start: End
    end: End
    shape: Literal["point", "lasted", "within"]
    """A known day; a stretch that it lasted; a stretch within which it was."""
    unsure: bool
    """Its date is about or uncertain."""
    label: str
    x: float
    """Where the label begins, or ends if `before`."""
    before: bool
    """The label stands before the mark."""
    space: tuple[float, float]
    """What the mark and its label take of a row."""


def mark_of(axis: Axis, event: EventBrief) -> Mark:
    """Where the mark of an event with a date stands, and where its label."""
    date = event.date
    assert date
    start, end = _ends(date)
    left = axis.at(date.earliest) if date.earliest is not None else None
    right = axis.at(date.latest) if date.latest is not None else None
    lasted = date.kind in ("span", "all")
    edge = WIDTH - 4
    if left is None:
        assert right is not None
        left = LEFT + 4 if start == "open" and lasted else max(LEFT + 4, right - _STUB)
    if right is None:
        right = edge if end == "open" and lasted else min(edge, left + _STUB)
    point = date.is_one_day and not lasted
    if point:
        left = right = (left + right) / 2
    elif right - left < 8:
        middle = (left + right) / 2
        left, right = middle - 4, middle + 4
    shape: Literal["point", "lasted", "within"] = (
        "point" if point else "lasted" if lasted else "within"
    )
    words, x, before, space = _placed(event.title, left - 6 * point, right + 6 * point, start, end)
    return Mark(
        event,
        left,
        right,
        start,
        end,
        shape,
        date.approximate or date.uncertain,
        words,
        x,
        before,
        space,
    )


def _ends(date: Edtf) -> tuple[End, End]:
    """How a date begins and ends."""
    start: End = "sharp" if date.earliest == date.fuzzy_earliest else "about"
    end: End = "sharp" if date.latest == date.fuzzy_latest else "about"
    first, last = date.parts[0], date.parts[-1]
    if date.earliest is None:
        unknown = date.kind == "span" and isinstance(first, Range) and not first.open_start
        start = "unknown" if unknown else "open"
    if date.latest is None:
        unknown = date.kind == "span" and isinstance(last, Range) and not last.open_end
        end = "unknown" if unknown else "open"
    return start, end


def _placed(
    title: str, left: float, right: float, start: End, end: End
) -> tuple[str, float, bool, tuple[float, float]]:
    """The label, its place, whether it stands before the mark, and what it takes with its mark."""
    outer_left = left - (0 if start == "sharp" else 10)
    outer_right = right + (0 if end == "sharp" else 10)
    words = fitted(title, LABEL)
    width = room(words)
    if width + 14 <= right - left:
        return words, left + 8, False, (outer_left, outer_right)
    before, after = outer_left - 4 - LEFT, WIDTH - outer_right - 4
    if width > after and (width <= before or before > after):
        words = fitted(title, min(before, LABEL))
        return words, outer_left - 4, True, (outer_left - 4 - room(words), outer_right)
    words = fitted(title, min(after, LABEL))
    return words, outer_right + 4, False, (outer_left, outer_right + 4 + room(words))


def packed(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Rows in which no mark or label meets another; each goes into the first with room."""
    rows: list[list[Mark]] = []
    for mark in marks:
        left, right = mark.space
        for found in rows:
            if all(right + 10 <= other.space[0] or other.space[1] + 10 <= left for other in found):
                found.append(mark)
                break
        else:
            rows.append([mark])
    return rows
