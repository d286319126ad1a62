"""Events in time: a lane for each category of events, a mark for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

from readout.dates import in_words, sort_key
from readout.render.context import Context
from readout.render.figures.axis import Axis, Tick, make_axis, ticks
from readout.render.figures.frame import (
    BUDGET,
    MOST,
    Frame,
    figure,
    label,
    linked,
    marked,
    row,
    table,
)
from readout.render.figures.marks import LABEL, LEFT, Mark, mark_of, packed
from readout.render.figures.svg import WIDTH, element, fitted, lines, room, said
from readout.render.phrases import CATEGORIES, STATUS
from readout.site.model import EventBrief
from readout.text import PlainText, SafeHtml, SafeMarkdown, encode

LANES: Final = 8
"""Lanes at most; events of the rarest categories share the last."""
_ROW: Final = 24
_TOP: Final = 24
_BAR: Final = 16
_OTHER: Final = "other"


def timeline(
    ctx: Context, events: Iterable[EventBrief], prefix: str, budget: int = BUDGET
) -> SafeHtml | None:
    """Swimlanes of events; None for fewer than two with a date.

    A dot is a day, a filled bar what lasted, an outline a stretch within which the day lies; broken
    lines are about or uncertain; an arrow is an end left open. Of many events those with the most
    independent sources are drawn: at most `MOST`, in so many bytes.
    """
    events = list(events)
    dated = [one for one in events if one.date is not None and not one.date.is_undated]
    if len(dated) < 2:
        return None
    chosen = _weightiest(ctx, dated, budget)
    axis = make_axis(_seconds(chosen), LEFT + 8, WIDTH - 8, list(_stretches(chosen)))
    lanes = _lanes(ctx, chosen)
    drawing, height = _draw(ctx, axis, lanes)
    frame = Frame(
        kind="timeline",
        title=ctx.say.count("Timeline of %(n)s event", "Timeline of %(n)s events", len(chosen)),
        description=ctx.say(
            "From %(first)s to %(last)s, in lanes: %(lanes)s.",
            first=_edge(ctx, chosen[0]),
            last=_edge(ctx, chosen[-1]),
            lanes=ctx.say.join([name for name, _ in lanes]),
        ),
        caption=_caption(ctx, events, dated, chosen, axis),
        table=table(
            [ctx.say("Event"), ctx.say("Date")],
            [_row(ctx, one) for one in chosen],
        ),
    )
    return figure(ctx, prefix, frame, drawing, height)


def _weightiest(ctx: Context, dated: Sequence[EventBrief], budget: int) -> list[EventBrief]:
    """The events to draw, in order of time."""
    heavy = sorted(dated, key=lambda e: (e.independent, e.reports, _order(e)), reverse=True)
    chosen: list[EventBrief] = []
    size = 0
    for one in heavy[:MOST]:
        size += len(_row(ctx, one).text) + len(ctx.thing("event", one.id).href_html) + 165
        size += (
            len(encode(one.title)) if room(one.title) < LABEL else 17 + 2 * len(encode(one.title))
        )
        if len(chosen) > 1 and size > budget:
            break
        chosen.append(one)
    return sorted(chosen, key=_order)


def _order(event: EventBrief) -> tuple[object, str]:
    return sort_key(event.date), event.id


def _seconds(events: Iterable[EventBrief]) -> Iterator[int]:
    for one in events:
        assert one.date
        date = one.date
        for second in (date.fuzzy_earliest, date.earliest, date.latest, date.fuzzy_latest):
            if second is not None:
                yield second


def _stretches(events: Iterable[EventBrief]) -> Iterator[tuple[int, int]]:
    """From when to when, of the dates that have both ends."""
    for one in events:
        assert one.date
        if one.date.earliest is not None and one.date.latest is not None:
            yield one.date.earliest, one.date.latest


def _edge(ctx: Context, event: EventBrief) -> PlainText:
    return PlainText(in_words(event.date, ctx.desk.words))


def _lanes(
    ctx: Context, events: Sequence[EventBrief]
) -> list[tuple[SafeMarkdown, list[EventBrief]]]:
    """The categories in PLOVER's order, from agreement to assault; others last."""
    found: dict[str, list[EventBrief]] = {}
    for one in events:
        kind = ctx.site.corpus.event_kinds.get(one.kind) if one.kind else None
        found.setdefault((kind.category if kind else None) or _OTHER, []).append(one)
    kept = sorted((key for key in found if key != _OTHER), key=lambda key: (-len(found[key]), key))
    for rare in kept[LANES - 1 :]:
        found.setdefault(_OTHER, []).extend(found.pop(rare))
    lanes = [(ctx.say(words), found[key]) for key, words in CATEGORIES.items() if key in found]
    if _OTHER in found:
        lanes.append((ctx.say("other"), sorted(found[_OTHER], key=_order)))
    return lanes


def _draw(
    ctx: Context, axis: Axis, lanes: Sequence[tuple[SafeMarkdown, list[EventBrief]]]
) -> tuple[SafeHtml, float]:
    parts: list[SafeHtml] = []
    y: float = _TOP
    rules = []
    for name, events in lanes:
        rows = packed([mark_of(axis, one) for one in events])
        parts.append(element("text", label(_fitted_name(name)), x=0, y=y + 16, class_="lane"))
        for index, marks in enumerate(rows):
            parts += [_shape(ctx, mark, y + index * _ROW + _ROW / 2) for mark in marks]
        y += len(rows) * _ROW + 6
        rules.append(f"M0 {round(y - 3)}H{WIDTH}")
    named = ticks(axis, ctx.desk.words)
    grid = "".join(f"M{round(tick.x)} {_TOP - 4}V{round(y)}" for tick in named)
    frame = [
        element("path", d=grid, class_="grid"),
        element("path", d="".join(rules[:-1]) or "M0 0", class_="rule"),
        *(_named(tick) for tick in named),
    ]
    breaks = [
        element("path", d=f"M{round(x - 4)} {_TOP - 6}V{round(y)}h8V{_TOP - 6}", class_="break")
        for x in axis.breaks
    ]
    return lines([*frame, *breaks, *parts]), y


def _named(tick: Tick) -> SafeHtml:
    """A date over its line; at the right edge it ends there, however wide the reader's font is."""
    inside = tick.x + room(tick.words) / 2 < WIDTH
    x, end = (round(tick.x), "middle") if inside else (WIDTH, "end")
    return element("text", label(tick.words), x=x, y=14, text_anchor=end, class_="tick")


def _fitted_name(name: SafeMarkdown) -> str:
    """The name of a lane, cut to its column."""
    return fitted(unescape(name.text), LEFT - 6)


def _shape(ctx: Context, mark: Mark, y: float) -> SafeHtml:
    """An event: its mark and its label, both leading to its page."""
    kind = mark.shape + (" unsure" if mark.unsure else "")
    if mark.shape == "point":
        drawn = element("circle", cx=mark.left, cy=y, r=5, class_=kind)
    else:
        drawn = element("path", d=_outline(mark, y), class_=kind)
    whiskers = "".join(
        f"M{round(x)} {round(y)}h{10 * way}"
        for x, way, end in ((mark.left, -1, mark.start), (mark.right, 1, mark.end))
        if end in ("about", "unknown")
    )
    about = element("path", d=whiskers, class_="about") if whiskers else SafeHtml("")
    words = SafeHtml("")
    if mark.label:
        end = {"text_anchor": "end"} if mark.before else {}
        words = element("text", label(mark.label), x=round(mark.x), y=y + 4, **end)
    link = ctx.thing("event", mark.event.id)
    if mark.label == mark.event.title:
        return marked(link, drawn, about, words)
    return linked(link, PlainText(mark.event.title).markdown, drawn, about, words)


def _outline(mark: Mark, y: float) -> str:
    """A bar; an arrow where its end is open."""
    half = _BAR / 2
    left, right = mark.left, mark.right
    start = "l-8 8 8 8" if mark.start == "open" else f"v{_BAR}"
    end = "l8 -8-8-8" if mark.end == "open" else f"v-{_BAR}"
    if mark.start == "open":
        left += 4
    if mark.end == "open":
        right -= 4
    return f"M{round(left)} {round(y - half)}{start}H{round(max(right, left + 1))}{end}z"


def _caption(
    ctx: Context,
    events: Sequence[EventBrief],
    dated: Sequence[EventBrief],
    chosen: Sequence[EventBrief],
    axis: Axis,
) -> Iterator[SafeMarkdown]:
    say = ctx.say
    shapes = {mark_of(axis, one).shape for one in chosen}
    if "point" in shapes:
        yield say("Dot: a day.")
    if "lasted" in shapes:
        yield say("Filled bar: what lasted.")
    if "within" in shapes:
        yield say("Outline: the time within which it was.")
    if any(one.date and (one.date.approximate or one.date.uncertain) for one in chosen):
        yield say("Broken lines: about, or uncertain.")
    if any(one.date and None in (one.date.earliest, one.date.latest) for one in chosen):
        yield say("Arrow: that time or beyond.")
    if axis.breaks:
        yield say("Double lines cut out years in which nothing begins or ends.")
    if len(chosen) < len(dated):
        yield say(
            "Of %(all)s with a date, these have the most independent sources, or are the newest.",
            all=len(dated),
        )
    undated = len(events) - len(dated)
    if undated:
        yield say.count(
            "%(n)s event without a date is not drawn.",
            "%(n)s events without a date are not drawn.",
            undated,
        )


def _row(ctx: Context, event: EventBrief) -> SafeHtml:
    title = label(event.title)
    if event.status not in (None, "happened"):
        how = ctx.say(STATUS[event.status or ""])
        title = said(ctx.say("%(event)s (%(how)s)", event=title, how=how))
    return row(title, label(in_words(event.date, ctx.desk.words)))
