"""What stands around every drawing: title, description, caption, and its data as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from readout.prose import Link
from readout.render.context import Context
from readout.render.figures.svg import WIDTH, element, lines, said
from readout.text import SafeHtml, SafeMarkdown, encode
from readout.value import Value

BUDGET: Final = 8_800
"""Bytes of marks and rows of one figure, so that it stays below 10 kB: a page may have 50."""
MOST: Final = 40
"""Marks (events, actors, places) of one figure, however few bytes they take."""


class Frame(Value, frozen=True):
    """The words around a drawing."""

    kind: str
    """`timeline`: the class and the ids are made of it."""
    title: SafeMarkdown
    description: SafeMarkdown
    """What a reader who cannot see it should know of it."""
    caption: Iterable[SafeMarkdown]
    """Sentences."""
    table: SafeHtml


def figure(ctx: Context, prefix: str, frame: Frame, drawing: SafeHtml, height: float) -> SafeHtml:
    """A figure as a raw HTML block: no empty line, none indented, no line break in a tag.

    `prefix` is a word that makes its ids unique on the page: letters, digits and hyphens.
    """
    name = f"{prefix}-{frame.kind}"
    svg = lines(
        [
            SafeHtml(
                f'<svg viewBox="0 0 {WIDTH} {round(height)}" width="{WIDTH}" '
                f'height="{round(height)}" role="group" '
                f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
            ),
            element("title", said(frame.title), id=f"{name}-title"),
            element("desc", said(frame.description), id=f"{name}-desc"),
            drawing,
            SafeHtml("</svg>"),
        ]
    )
    return lines(
        [
            SafeHtml(f'<figure class="figure figure-{frame.kind}">'),
            caption(frame.title, frame.caption),
            SafeHtml(f'<section class="scroll" tabindex="0" aria-label="{frame.title.text}">'),
            svg,
            SafeHtml("</section>"),
            SafeHtml(f"<details>\n<summary>{ctx.say('Data as a table').text}</summary>"),
            frame.table,
            SafeHtml("</details>\n</figure>"),
        ]
    )


def caption(title: SafeMarkdown, sentences: Iterable[SafeMarkdown]) -> SafeHtml:
    """What a figure shows, and how to read it; HTML wants it first or last in the figure."""
    texts = [f"<strong>{title.text}.</strong>", *(one.text for one in sentences)]
    return SafeHtml(f"<figcaption>{' '.join(texts)}</figcaption>")


def table(heads: Sequence[SafeMarkdown], rows: Iterable[SafeHtml]) -> SafeHtml:
    """A table of rows made by `row`."""
    top = "".join(f'<th scope="col">{head.text}</th>' for head in heads)
    return lines(
        [
            SafeHtml(f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>"),
            *rows,
            SafeHtml("</tbody>\n</table>"),
        ]
    )


def row(*cells: SafeHtml) -> SafeHtml:
    """A row; the first cell names it."""
    first, *others = cells
    return SafeHtml(
        f'<tr><th scope="row">{first.text}</th>'
        + "".join(f"<td>{cell.text}</td>" for cell in others)
        + "</tr>"
    )


def linked(link: Link, name: SafeMarkdown, *content: SafeHtml) -> SafeHtml:
    """Marks that lead somewhere; `name` says where, to the pointer and to a screen reader."""
    inside = "".join(part.text for part in content)
    return SafeHtml(f'<a href="{link.href_html}"><title>{name.text}</title>{inside}</a>')


def marked(link: Link, *content: SafeHtml) -> SafeHtml:
    """Marks that lead somewhere and hold words that say where."""
    inside = "".join(part.text for part in content)
    return SafeHtml(f'<a href="{link.href_html}">{inside}</a>')


def label(text: str) -> SafeHtml:
    """Somebody's words as the content of an element."""
    return SafeHtml(encode(text))
