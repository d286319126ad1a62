"""A table of who dealt with whom, and how often."""

from __future__ import annotations

from collections.abc import Iterable

from readout.render.context import Context, anchor
from readout.render.drawings.dealings import dealings_of
from readout.render.drawings.frame import frame
from readout.site.model import Event
from readout.text import SafeHtml

ACTORS = 12


def matrix(ctx: Context, events: Iterable[Event], prefix: str) -> SafeHtml | None:
    """Counts of dealings, each leading to the latest; None for fewer than three actors."""
    found = dealings_of(events)
    weight: dict[str, int] = {}
    for pair, dealings in found.items():
        for actor in pair:
            weight[actor] = weight.get(actor, 0) + len(dealings.events)
    actors = sorted(weight, key=lambda one: (-weight[one], one))[:ACTORS]
    if len(actors) < 3:
        return None
    heads = "".join(f'<th scope="col">{n}</th>' for n in range(1, len(actors) + 1))
    rows = []
    for n, row in enumerate(actors, 1):
        cells = []
        for column in actors:
            dealings_here = found.get((min(row, column), max(row, column)))
            if row == column:
                cells.append('<td class="self">·</td>')
            elif dealings_here is None:
                cells.append("<td></td>")
            else:
                link = ctx.to(
                    f"events/{dealings_here.events[-1]}",
                    str(len(dealings_here.events)),
                    title=ctx.desk.name("event", dealings_here.events[-1]),
                )
                cells.append(f"<td>{anchor(link).text}</td>")
        name = anchor(ctx.thing("actor", row)).text
        rows.append(f'<tr><th scope="row">{n}. {name}</th>{"".join(cells)}</tr>')
    title = ctx.say("Who dealt with whom, and how often")
    drawn = (
        f'<section class="scroll" tabindex="0" aria-label="{title.text}">'
        f'<table id="{prefix}-matrix">'
        f'<thead><tr><th scope="col">{ctx.say("Actor").text}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></section>"
    )
    caption = ctx.say(
        "%(title)s: the number of events in which two had part together; columns are numbered as "
        "rows are. Each number leads to the latest. %(shown)s of %(all)s actors with dealings.",
        title=title,
        shown=len(actors),
        all=len(weight),
    )
    return frame(ctx, "matrix", title, drawn, caption)
