"""The network of actors: who met, called or wrote to whom, as the reports tell it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from readout.render.context import Context, anchor
from readout.render.drawings.dealings import Dealings, dealings_of
from readout.render.drawings.frame import WIDTH, drawing, frame, mark, name, number, reach, table
from readout.site.model import Event
from readout.text import SafeHtml, encode

ACTORS = 24
EDGES = 36
_NAME = 20


def network(ctx: Context, events: Iterable[Event], prefix: str) -> SafeHtml | None:
    """Actors in an ellipse, a line for the dealings of two; None for fewer than three actors."""
    found = dealings_of(events)
    weight: dict[str, int] = {}
    for pair, dealings in found.items():
        for actor in pair:
            weight[actor] = weight.get(actor, 0) + len(dealings.events)
    chosen = sorted(weight, key=lambda one: (-weight[one], one))[:ACTORS]
    if len(chosen) < 3:
        return None
    inside = {pair: one for pair, one in found.items() if set(pair) <= set(chosen)}
    kept = sorted(inside, key=lambda pair: (-len(inside[pair].events), pair))[:EDGES]
    actors = _ordered(chosen, kept)
    places, height = _ellipse(actors)
    lines = "".join(_edge(ctx, pair, inside[pair], places) for pair in kept)
    nodes = "".join(_node(ctx, actor, *places[actor]) for actor in actors)
    title = ctx.say("Who dealt with whom")
    desc = ctx.say(
        "%(actors)s actors and %(pairs)s pairs of them with dealings.",
        actors=len(actors),
        pairs=len(kept),
    )
    caption = ctx.say(
        "A circle on a line is a meeting or the like, a square a call, a triangle a message; a "
        "dashed line: nothing of it is told as having simply happened. %(shown)s of %(all)s actors "
        "with dealings are drawn.",
        shown=len(actors),
        all=len(weight),
    )
    rows = [_row(ctx, pair, inside[pair]) for pair in kept]
    heads = [ctx.say("Between"), ctx.say("Dealings"), ctx.say("Latest")]
    drawn = drawing("network", prefix, height, title, desc, lines + nodes)
    return frame(ctx, "network", title, drawn, caption, table(heads, rows))


def _ordered(actors: list[str], pairs: list[tuple[str, str]]) -> list[str]:
    """Actors round the ellipse so that those with dealings stand near each other.

    A few rounds of the barycentre heuristic (Sugiyama, Tagawa and Toda 1981), on a circle.
    """
    order = list(actors)
    near: dict[str, list[str]] = {one: [] for one in actors}
    for first, second in pairs:
        near[first].append(second)
        near[second].append(first)
    for _ in range(8):
        place = {one: 2 * math.pi * n / len(order) for n, one in enumerate(order)}
        angle = {}
        for one in order:
            x = math.cos(place[one]) + sum(math.cos(place[o]) for o in near[one])
            y = math.sin(place[one]) + sum(math.sin(place[o]) for o in near[one])
            angle[one] = round(math.atan2(y, x) % (2 * math.pi), 6)
        order.sort(key=lambda one: (angle[one], one))
    return order


def _ellipse(actors: list[str]) -> tuple[dict[str, tuple[float, float]], float]:
    """A place for each, half of them at either side, a line's height apart."""
    half = (len(actors) + 1) // 2
    height = max(180.0, half * 30.0)
    places = {}
    for n, actor in enumerate(actors):
        right = n < half
        rank = n if right else n - half
        count = half if right else len(actors) - half
        y = 14 + (rank + 0.5) * (height - 8) / count
        share = 2 * (y - 14) / (height - 8) - 1
        reach = 150 * math.sqrt(max(0.05, 1 - share * share))
        places[actor] = (WIDTH / 2 + (reach if right else -reach), y if right else height + 20 - y)
    return places, height + 20


def _node(ctx: Context, actor: str, x: float, y: float) -> str:
    link = ctx.thing("actor", actor)
    short = link.label if len(link.label) <= _NAME else link.label[: _NAME - 1].rstrip() + "…"
    right = x >= WIDTH / 2
    at = "start" if right else "end"
    text = name(x + (12 if right else -12), y + 4, encode(short), at)
    box = reach(x - (12 if right else 152), y, 164)
    circle = f'<circle class="node" cx="{number(x)}" cy="{number(y)}" r="6"/>'
    return mark(
        link.href_html,
        encode(link.label),
        box + circle + text,
    )


def _edge(
    ctx: Context,
    pair: tuple[str, str],
    dealings: Dealings,
    places: dict[str, tuple[float, float]],
) -> str:
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    # Bent towards the middle, so that lines of neighbours do not hide each other.
    cx, cy = (x1 + x2 + WIDTH / 2) / 3, (y1 + y2) / 2
    mx, my = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    shape = {
        "meeting": f'<circle cx="{number(mx)}" cy="{number(my)}" r="5"/>',
        "call": f'<rect x="{number(mx - 5)}" y="{number(my - 5)}" width="10" height="10"/>',
        "message": f'<path d="M{number(mx)} {number(my - 6)}l6 11h-12z"/>',
    }[dealings.shape]
    kind = "edge" if dealings.sure else "edge fuzzy"
    line = (
        f'<path class="line" d="M{number(x1)} {number(y1)}Q{number(cx)} {number(cy)} '
        f'{number(x2)} {number(y2)}"/>'
    )
    link = ctx.thing("event", dealings.events[-1])
    names = [encode(ctx.desk.name("actor", one)) for one in pair]
    label = f"{names[0]} – {names[1]}: {encode(link.label)}"
    return mark(link.href_html, label, line + shape, kind)


def _row(ctx: Context, pair: tuple[str, str], dealings: Dealings) -> tuple[str, str, str]:
    names = ctx.anchors(ctx.thing("actor", one) for one in pair)
    return (
        names.text,
        str(len(dealings.events)),
        anchor(ctx.thing("event", dealings.events[-1])).text,
    )
