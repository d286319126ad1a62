"""Who dealt with whom: actors and their dealings, each mark telling the channel by its shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import atan2, degrees, hypot
from typing import Final

from readout.dates import in_words
from readout.render.context import Context
from readout.render.figures.dealings import (
    CHANNELS,
    Channel,
    dealings,
    may_be_twice,
    unnamed,
)
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
from readout.render.figures.layout import Point, places
from readout.render.figures.svg import WIDTH, element, fitted, lines, room, said
from readout.render.figures.ties import Tie, shared_out, ties
from readout.site.model import Event
from readout.text import PlainText, SafeHtml, SafeMarkdown

_SHORT: Final = 160
"""Pixels that every name has at least."""
_TIE, _ACTOR = 190, 110
"""About how many bytes the drawing takes for each, beside addresses and names."""
_CLEAR: Final = 17
"""Pixels that two marks keep from each other."""


def network(ctx: Context, events: Iterable[Event], prefix: str) -> SafeHtml | None:
    """Actors and their dealings; None where no two named actors dealt with each other.

    A circle is a meeting, a square a call, a triangle a message (pointing to who received it), a
    diamond a contact whose form no report states; a broken line: not told as certain. What went
    through somebody is drawn as two lines.
    """
    events = list(events)
    all_ties = ties(dealings(ctx.site, events))
    if not all_ties:
        return None
    shown = _weightiest(ctx, all_ties)
    actors = _actors(shown)
    frame = Frame(
        kind="network",
        title=ctx.say.count(
            "Dealings between %(n)s actor", "Dealings between %(n)s actors", len(actors)
        ),
        description=ctx.say(
            "Lines join those who dealt with each other. Those with most dealings: %(actors)s.",
            actors=ctx.say.join([PlainText(ctx.desk.name("actor", one)) for one in actors[:5]]),
        ),
        caption=_caption(ctx, events, all_ties, shown),
        table=table(
            [ctx.say("Who"), ctx.say("How"), ctx.say("With whom"), ctx.say("When, or when last")],
            [_row(ctx, tie) for tie in shown],
        ),
    )
    drawing, height = _draw(ctx, shown, actors)
    return figure(ctx, prefix, frame, drawing, height)


def _weightiest(ctx: Context, found: Sequence[Tie]) -> list[Tie]:
    """The ties to draw, as many as there is room for."""
    shown: list[Tie] = []
    seen: set[str] = set()
    size = 0
    for tie in shared_out(found):
        more = seen | {tie.one, tie.other}
        size += _TIE + len(_row(ctx, tie).text) + len(_told(ctx, tie).text)
        for actor in sorted(more - seen):
            name = ctx.desk.name("actor", actor)
            times = 2 if room(name) > _SHORT else 1  # one that is cut is given in full, too
            size += _ACTOR + len(actor) + times * len(label(name).text)
        if shown and (size > BUDGET or len(more) > MOST):
            break
        seen = more
        shown.append(tie)
    return shown


def _actors(shown: Sequence[Tie]) -> list[str]:
    """By the number of their dealings."""
    count: dict[str, int] = {}
    for tie in shown:
        for one in (tie.one, tie.other):
            count[one] = count.get(one, 0) + len(tie.events)
    return sorted(count, key=lambda actor: (-count[actor], actor))


def _draw(ctx: Context, shown: Sequence[Tie], actors: Sequence[str]) -> tuple[SafeHtml, float]:
    pairs: dict[tuple[str, str], int] = {}
    for tie in shown:
        pair = (min(tie.one, tie.other), max(tie.one, tie.other))
        pairs[pair] = pairs.get(pair, 0) + 1
    place, height = places(actors, pairs)
    middle = (WIDTH / 2, height / 2)
    curves = {pair: _bend(place[pair[0]], place[pair[1]], middle) for pair in pairs}
    taken = list(place.values())
    strings: dict[bool, list[str]] = {False: [], True: []}
    done: set[tuple[tuple[str, str], bool]] = set()
    marks = []
    for tie in shown:
        pair = (min(tie.one, tie.other), max(tie.one, tie.other))
        start, bend, end = place[pair[0]], curves[pair], place[pair[1]]
        if (pair, tie.unsure) not in done:
            done.add((pair, tie.unsure))
            strings[tie.unsure].append(f"M{_at(start)}Q{_at(bend)} {_at(end)}")
        share = _free(start, bend, end, taken)
        spot = _on(start, bend, end, share)
        taken.append(spot)
        marks.append(_mark(ctx, tie, spot, _turn(start, bend, end, share, tie.one == pair[0])))
    paths = [
        element("path", d="".join(strings[unsure]), class_="unsure" if unsure else "tie")
        for unsure in (False, True)
        if strings[unsure]
    ]
    names = [_name(ctx, actor, place[actor]) for actor in actors]
    return lines([*paths, *marks, *names]), height


def _at(point: Point) -> str:
    return f"{round(point[0])} {round(point[1])}"


def _bend(one: Point, other: Point, middle: Point) -> Point:
    """The control point of a curve between two places: bent towards the middle."""
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    beside = (one[0] - middle[0]) * (other[0] - middle[0]) > 0
    pull = 0.9 if beside else 0.35
    return (x + (middle[0] - x) * pull, y + (middle[1] - y) * pull)


def _on(start: Point, bend: Point, end: Point, share: float) -> Point:
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (
        a * start[0] + b * bend[0] + c * end[0],
        a * start[1] + b * bend[1] + c * end[1],
    )


def _free(start: Point, bend: Point, end: Point, taken: Sequence[Point]) -> float:
    """Where on a curve a mark has most room: near its middle if there is enough."""
    best, most = 0.5, -1.0
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8):
        x, y = _on(start, bend, end, share)
        clear = min(hypot(x - a, y - b) for a, b in taken)
        if clear >= _CLEAR + 7:
            return share
        if clear > most:
            best, most = share, clear
    return best


def _turn(start: Point, bend: Point, end: Point, share: float, forward: bool) -> float:
    """Degrees by which a mark that points along the curve is turned from pointing right."""
    x = (1 - share) * (bend[0] - start[0]) + share * (end[0] - bend[0])
    y = (1 - share) * (bend[1] - start[1]) + share * (end[1] - bend[1])
    return degrees(atan2(y, x) if forward else atan2(-y, -x))


def _mark(ctx: Context, tie: Tie, spot: Point, turn: float) -> SafeHtml:
    x, y = round(spot[0]), round(spot[1])
    count = len(tie.events)
    if tie.channel == "meeting":
        drawn = element("circle", cx=x, cy=y, r=8)
    elif tie.channel == "call":
        drawn = element("path", d=f"M{x - 7} {y - 7}h14v14h-14z")
    elif tie.channel == "contact":
        drawn = element("path", d=f"M{x} {y - 9}l9 9-9 9-9-9z")
    else:
        drawn = element(
            "path",
            d="M-10-8v16L13 0z",
            transform=f"translate({x} {y})" + (f" rotate({round(turn)})" if round(turn) else ""),
        )
    number = (
        element("text", SafeHtml(str(count)), x=x, y=y + 4, text_anchor="middle", class_="count")
        if count > 1
        else SafeHtml("")
    )
    link = ctx.thing("event", tie.events[0]) if count == 1 else ctx.thing("actor", tie.other)
    return linked(link, _told(ctx, tie), drawn, number)


def _told(ctx: Context, tie: Tie) -> SafeMarkdown:
    """What a mark says: the event, or how many and between whom."""
    if len(tie.events) == 1:
        return PlainText(ctx.site.events[tie.events[0]].title).markdown
    return ctx.say(
        "%(one)s and %(other)s: %(how)s",
        one=PlainText(ctx.desk.name("actor", tie.one)),
        other=PlainText(ctx.desk.name("actor", tie.other)),
        how=how_often(ctx, tie.channel, len(tie.events)),
    )


def how_often(ctx: Context, channel: Channel, count: int) -> SafeMarkdown:
    """`3 calls`."""
    say = ctx.say.count
    if channel == "meeting":
        return say("%(n)s meeting", "%(n)s meetings", count)
    if channel == "call":
        return say("%(n)s call", "%(n)s calls", count)
    if channel == "message":
        return say("%(n)s message", "%(n)s messages", count)
    return say("%(n)s contact", "%(n)s contacts", count)


def _name(ctx: Context, actor: str, place: Point) -> SafeHtml:
    """An actor: a dot and a name beside it, leading to the actor's page."""
    x, y = place
    name = ctx.desk.name("actor", actor)
    right = x >= WIDTH / 2
    words = fitted(name, WIDTH - x - 14 if right else x - 14)
    text = element(
        "text",
        label(words),
        x=round(x + (9 if right else -9)),
        y=round(y + 4),
        text_anchor="start" if right else "end",
    )
    dot = element("circle", cx=round(x), cy=round(y), r=4, class_="actor")
    link = ctx.thing("actor", actor)
    if words == name:
        return marked(link, dot, text)
    return linked(link, PlainText(name).markdown, dot, text)


def _caption(
    ctx: Context, events: Sequence[Event], found: Sequence[Tie], shown: Sequence[Tie]
) -> Iterator[SafeMarkdown]:
    say = ctx.say
    legend = {
        "meeting": say("Circle: meeting."),
        "call": say("Square: call."),
        "message": say("Triangle: message, pointing to who received it."),
        "contact": say("Diamond: contact in a form not stated."),
    }
    used = {tie.channel for tie in shown}
    yield from (legend[channel] for channel in CHANNELS if channel in used)
    if any(len(tie.events) > 1 for tie in shown):
        yield say("A number: so many.")
    yield from counted_each(ctx, (tie.events for tie in shown))
    if any(tie.unsure for tie in shown):
        yield say("Broken line: reported, alleged, planned or denied.")
    if any(tie.carried for tie in shown):
        yield say("What went through somebody is drawn as two lines.")
    if len(shown) < len(found):
        yield say(
            "Drawn are the %(shown)s weightiest ties of %(all)s.",
            shown=len(shown),
            all=len(found),
        )
    missing = unnamed(events)
    if missing:
        yield say.count(
            "In %(n)s event somebody who dealt is not named, and not drawn.",
            "In %(n)s events somebody who dealt is not named, and not drawn.",
            missing,
        )


def counted_each(ctx: Context, counts: Iterable[Iterable[str]]) -> Iterator[SafeMarkdown]:
    """A note where events that are counted together may be one and the same."""
    if any(may_be_twice(ctx.site, events) for events in counts):
        yield ctx.say("Events that are possibly the same are counted each.")


def _row(ctx: Context, tie: Tie) -> SafeHtml:
    last = ctx.site.events[tie.events[-1]]
    how = how_often(ctx, tie.channel, len(tie.events))
    if tie.unsure:
        how = ctx.say("%(how)s, not certain", how=how)
    other = label(ctx.desk.name("actor", tie.other))
    if tie.carried:
        start, *via, end = tie.carried[0]
        other = said(
            ctx.say(
                "%(other)s (from %(start)s through %(via)s to %(end)s)",
                other=other,
                start=PlainText(ctx.desk.name("actor", start)),
                via=ctx.say.join([PlainText(ctx.desk.name("actor", one)) for one in via]),
                end=PlainText(ctx.desk.name("actor", end)),
            )
        )
    return row(
        label(ctx.desk.name("actor", tie.one)),
        said(how),
        other,
        label(in_words(last.date, ctx.desk.words)),
    )
