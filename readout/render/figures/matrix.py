"""Who met, called or wrote to whom, as a table of actors by actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from readout.render.context import Context
from readout.render.figures.dealings import CHANNELS, Channel, Dealing, dealings
from readout.render.figures.frame import BUDGET, caption, label
from readout.render.figures.network import counted_each, how_often
from readout.render.figures.svg import fitted, lines, said
from readout.render.phrases import CHANNEL_WORDS
from readout.site.model import Event
from readout.text import PlainText, SafeHtml, SafeMarkdown

ACTORS: Final = 15
_NAME: Final = 130
"""Pixels for a name at the head of a row or a column."""
_SIGNS: Final[dict[Channel, str]] = {"meeting": "●", "call": "■", "message": "▲", "contact": "◆"}

_Cells = Mapping[tuple[str, str], Sequence[Dealing]]


def matrix(ctx: Context, events: Iterable[Event], prefix: str) -> SafeHtml | None:
    """A table of dealings, who in rows, with whom in columns; None for fewer than three actors.

    A cell gives the number of meetings, calls and messages, and leads to the event, or to the
    actor's page where there are several. What has a direction stands in one cell, from caller,
    sender or visitor; what has none stands in two. At most `ACTORS`, those with most dealings.
    """
    found = dealings(ctx.site, events)
    count: dict[str, int] = {}
    for one in found:
        for actor in one.pair:
            count[actor] = count.get(actor, 0) + 1
    heaviest = sorted(count, key=lambda actor: (-count[actor], actor))
    if len(heaviest) < 3:
        return None
    actors, cells, body = _fitting(ctx, found, heaviest)
    title = ctx.say("Who met, called or wrote to whom")
    used = {one.channel for group in cells.values() for one in group}
    signs = [
        ctx.say(
            "%(sign)s %(words)s.",
            sign=PlainText(_SIGNS[channel]),
            words=ctx.say(CHANNEL_WORDS[channel]),
        )
        for channel in CHANNELS
        if channel in used
    ]
    sentences = [
        *([ctx.say("All meetings, calls and messages together.")] if _crowded(cells) else signs),
        ctx.say("Rows: who called, wrote or visited. Columns: whom."),
    ]
    sentences += counted_each(ctx, ([one.event for one in group] for group in cells.values()))
    if len(actors) < len(heaviest):
        sentences.append(
            ctx.say(
                "Shown are %(shown)s actors with most dealings, of %(all)s.",
                shown=len(actors),
                all=len(heaviest),
            )
        )
    return lines(
        [
            SafeHtml('<figure class="figure figure-matrix">'),
            caption(title, sentences),
            SafeHtml(f'<section class="scroll" tabindex="0" aria-label="{title.text}">'),
            SafeHtml(f'<table id="{prefix}-matrix">'),
            body,
            SafeHtml("</table>\n</section>\n</figure>"),
        ]
    )


def _fitting(
    ctx: Context, found: Sequence[Dealing], heaviest: Sequence[str]
) -> tuple[list[str], _Cells, SafeHtml]:
    """As many of the heaviest actors as `BUDGET` has room for, their dealings, and the table."""
    most = min(ACTORS, len(heaviest))
    while True:
        actors, cells = _kept(found, heaviest[:most])
        body = _body(ctx, actors, cells)
        if len(body.text) <= BUDGET or most == 3:
            return actors, cells, body
        most -= 1


def _crowded(cells: _Cells) -> bool:
    """Whether two actors deal in more ways than a cell has room for."""
    return any(len({one.channel for one in group}) > 2 for group in cells.values())


def _kept(found: Sequence[Dealing], actors: Sequence[str]) -> tuple[list[str], _Cells]:
    """The actors who dealt with each other, and the dealings of each cell."""
    inside = frozenset(actors)
    cells: dict[tuple[str, str], list[Dealing]] = {}
    for one in found:
        if one.one in inside and one.other in inside:
            cells.setdefault((one.one, one.other), []).append(one)
            if not one.directed:
                cells.setdefault((one.other, one.one), []).append(one)
    met = {actor for cell in cells for actor in cell}
    return [actor for actor in actors if actor in met], cells


def _body(ctx: Context, actors: Sequence[str], cells: _Cells) -> SafeHtml:
    columns = [actor for actor in actors if any(other == actor for _, other in cells)]
    rows = [actor for actor in actors if any(one == actor for one, _ in cells)]
    crowded = _crowded(cells)
    heads = "".join(
        f'<th scope="col"><span>{_short(ctx, actor).text}</span></th>' for actor in columns
    )
    return lines(
        [
            SafeHtml(f"<thead><tr><td></td>{heads}</tr></thead>\n<tbody>"),
            *(
                SafeHtml(
                    f'<tr><th scope="row">{_short(ctx, actor).text}</th>'
                    + "".join(_cell(ctx, actor, other, cells, crowded).text for other in columns)
                    + "</tr>"
                )
                for actor in rows
            ),
            SafeHtml("</tbody>"),
        ]
    )


def _short(ctx: Context, actor: str) -> SafeHtml:
    return label(fitted(ctx.desk.name("actor", actor), _NAME))


def _cell(ctx: Context, one: str, other: str, cells: _Cells, crowded: bool) -> SafeHtml:
    if one == other:
        return SafeHtml('<td class="self"></td>')
    found = cells.get((one, other), ())
    if not found:
        return SafeHtml("<td></td>")
    events = {dealing.event for dealing in found}
    link = ctx.thing("event", min(events)) if len(events) == 1 else ctx.thing("actor", one)
    if crowded:
        return SafeHtml(f'<td><a href="{link.href_html}">{len(events)}</a></td>')
    counts = [
        (channel, len({d.event for d in found if d.channel == channel})) for channel in CHANNELS
    ]
    signs = " ".join(f"{_SIGNS[channel]}{count}" for channel, count in counts if count)
    words: list[SafeMarkdown] = [how_often(ctx, channel, n) for channel, n in counts if n]
    named = said(ctx.say("%(signs)s: %(words)s", signs=PlainText(signs), words=ctx.say.join(words)))
    return SafeHtml(f'<td><a href="{link.href_html}" aria-label="{named.text}">{signs}</a></td>')
