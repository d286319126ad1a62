"""Swimlanes of events over time: a point for a day, a bar for a stretch, open ends as arrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape

from readout.dates import Edtf, in_words
from readout.render.context import Context, anchor
from readout.render.drawings.axis import Axis
from readout.render.drawings.frame import WIDTH, drawing, frame, mark, number, reach, table
from readout.render.phrases import STATUS
from readout.site.model import Event
from readout.text import SafeHtml, encode

MOST = 40
LANES = 6
ROWS = 5
"""Rows in one lane: what does not fit is left out, and counted."""
_ROW = 24
_LEFT = 124
_TOP = 26
_NAME = 18


def timeline(
    ctx: Context, events: Iterable[Event], prefix: str, most: int = MOST
) -> SafeHtml | None:
    """Events by kind, over time; those in most reports where there are many."""
    dated = [one for one in events if one.date is not None and not one.date.is_undated]
    heaviest = sorted(dated, key=lambda one: (-len(one.accounts), one.id))[:most]
    if len(heaviest) < 2:
        return None
    chosen = {one.id for one in heaviest}
    shown = [one for one in dated if one.id in chosen]
    moments = [m for one in shown for m in _ends(one.date) if m is not None]
    axis = Axis(moments, _LEFT, WIDTH - 14, ctx.desk.words)
    body, placed, height = _lanes(ctx, shown, axis)
    title = ctx.say("Events over time")
    desc = ctx.say.count(
        "%(n)s event, by kind from top to bottom and by date from one side to the other.",
        "%(n)s events, by kind from top to bottom and by date from one side to the other.",
        len(placed),
    )
    caption = ctx.say(
        "Events by kind. A point is a day; a bar, a stretch of time, or one day within it; an "
        "arrow, an open end. Hollow: reported, alleged, planned or denied. Pale: about, or "
        "uncertain. "
        "A wavy line: time left out. %(shown)s of %(all)s dated events are drawn.",
        shown=len(placed),
        all=len(dated),
    )
    rows = [
        (anchor(ctx.thing("event", one.id)).text, ctx.date(one.date).text, _kind(ctx, one))
        for one in placed
    ]
    data = table([ctx.say("Event"), ctx.say("Date"), ctx.say("Kind")], rows)
    drawn = drawing("timeline", prefix, height, title, desc, _grid(axis, height) + body)
    return frame(ctx, "timeline", title, drawn, caption, data)


def _ends(date: Edtf | None) -> tuple[int | None, int | None]:
    return (date.earliest, date.latest) if date else (None, None)


def _kind(ctx: Context, one: Event) -> str:
    known = ctx.site.corpus.event_kinds.get(one.kind) if one.kind else None
    return encode(known.name) if known else ctx.say("Other").text


def _lanes(ctx: Context, events: Sequence[Event], axis: Axis) -> tuple[str, list[Event], float]:
    """The marks, the events that found room, and the height."""
    lanes: dict[str, list[Event]] = {}
    for one in events:
        lanes.setdefault(_kind(ctx, one), []).append(one)
    order = sorted(lanes, key=lambda name: (-len(lanes[name]), name))
    if len(order) > LANES:
        others = ctx.say("Other kinds").text
        rest = {one.id for name in order[LANES - 1 :] for one in lanes[name]}
        lanes[others] = [one for one in events if one.id in rest]
        order = [*order[: LANES - 1], others]
    parts, placed, top = [], [], float(_TOP)
    for name in order:
        rows: list[float] = []
        drawn = []
        for one in lanes[name]:
            left, right = _span(one, axis)
            row = next((n for n, end in enumerate(rows) if end < left - 4), len(rows))
            if row == ROWS:
                continue
            rows[row : row + 1] = [right]
            drawn.append(_mark(ctx, one, left, right, top + row * _ROW + _ROW / 2))
            placed.append(one)
        height = max(1, len(rows)) * _ROW
        y = number(top + height)
        parts.append(
            f'<text class="lane" x="0" y="{number(top + _ROW / 2 + 4)}">{_cut(name)}</text>'
            f'<line class="rule" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>' + "".join(drawn)
        )
        top += height + 2
    return "".join(parts), placed, top + 4


def _cut(encoded: str) -> str:
    """A lane's name, short enough for its place."""
    text = unescape(encoded)
    return encoded if len(text) <= _NAME else encode(text[: _NAME - 1].rstrip() + "…")


def _span(one: Event, axis: Axis) -> tuple[float, float]:
    earliest, latest = _ends(one.date)
    left = axis.x(earliest if earliest is not None else latest or 0)
    right = axis.x(latest if latest is not None else earliest or 0)
    if earliest is None:
        left -= 18
    if latest is None:
        right += 18
    if right - left < 14:
        middle = (left + right) / 2
        return middle - 7, middle + 7
    return left, min(right, WIDTH - 4)


def _mark(ctx: Context, one: Event, left: float, right: float, y: float) -> str:
    date = one.date
    assert date is not None
    kind = "sure" if one.status in (None, "happened") else "hollow"
    if date.fuzzy_earliest != date.earliest or date.uncertain or date.approximate:
        kind += " fuzzy"
    shape = _shape(date, left, right, y)
    label = f"{encode(one.title)}, {encode(in_words(date, ctx.desk.words))}"
    if one.status and one.status != "happened":
        label += f", {ctx.say(STATUS[one.status]).text}"
    href = ctx.thing("event", one.id).href_html
    return mark(href, label, reach(left - 5, y, right - left + 10) + shape, kind)


def _shape(date: Edtf, left: float, right: float, y: float) -> str:
    top, middle = number(y - 5), number(y)
    a, b = number(left), number(right)
    if date.is_one_day:
        return f'<circle cx="{number((left + right) / 2)}" cy="{middle}" r="6"/>'
    if date.earliest is None:
        tip = number(left + 8)
        return f'<path d="M{b} {top}v10H{tip}L{a} {middle}L{tip} {top}z"/>'
    if date.latest is None:
        tip = number(right - 8)
        return f'<path d="M{a} {top}v10H{tip}L{b} {middle}L{tip} {top}z"/>'
    width = number(right - left)
    return f'<rect x="{a}" y="{top}" width="{width}" height="10" rx="2"/>'


def _grid(axis: Axis, height: float) -> str:
    parts = []
    for band in axis.bands:
        middle = number((band.left + band.right) / 2)
        parts.append(f'<text class="tick" x="{middle}" y="14">{encode(band.label)}</text>')
        x = number(band.left)
        if band.is_after_gap:
            waves = "q3 3 0 6t0 6" * int((height - 22) // 12)
            parts.append(f'<path class="gap" d="M{x} 20{waves}"/>')
        else:
            parts.append(f'<line class="rule" x1="{x}" x2="{x}" y1="20" y2="{number(height)}"/>')
    return "".join(parts)
