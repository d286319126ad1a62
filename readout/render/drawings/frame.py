"""What all figures have: a title, a description, a caption, and their data as a table."""

from __future__ import annotations

from collections.abc import Sequence

from readout.render.context import Context
from readout.text import SafeHtml, SafeMarkdown

WIDTH = 640
"""Units of every drawing's width: the pixels of the text column."""


def number(value: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def mark(href: str, label: str, shape: str, kind: str = "") -> str:
    """A mark that leads somewhere; `label`, encoded, is its name and its tooltip."""
    classes = f' class="{kind}"' if kind else ""
    return f'<a href="{href}"{classes}><title>{label}</title>{shape}</a>'


def reach(x: float, y: float, width: float) -> str:
    """A transparent box of 24 units' height around a mark: easy to hit (WCAG 2.2, 2.5.8)."""
    return (
        f'<rect class="reach" x="{number(x)}" y="{number(y - 12)}" width="{number(width)}" '
        'height="24"/>'
    )


def name(x: float, y: float, text: str, side: str) -> str:
    """A name beside a mark; `side` is `start` or `end`, `text` is encoded."""
    return f'<text class="name {side}" x="{number(x)}" y="{number(y)}">{text}</text>'


def drawing(
    kind: str, prefix: str, height: float, title: SafeMarkdown, desc: SafeMarkdown, body: str
) -> str:
    """An `<svg>` that scrolls by itself where the window is narrow."""
    ids = f"{prefix}-{kind}"
    return (
        f'<section class="scroll" tabindex="0" aria-label="{title.text}">'
        f'<svg class="drawing" viewBox="0 0 {WIDTH} {number(height)}" role="group" '
        f'aria-labelledby="{ids}_title {ids}_desc"><title id="{ids}_title">{title.text}</title>'
        f'<desc id="{ids}_desc">{desc.text}</desc>{body}</svg></section>'
    )


def table(heads: Sequence[SafeMarkdown], rows: Sequence[Sequence[str]]) -> str:
    """Encoded cells as a table; the first of each row names it."""
    head = "".join(f'<th scope="col">{one.text}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def frame(
    ctx: Context, kind: str, title: SafeMarkdown, drawn: str, caption: SafeMarkdown, data: str = ""
) -> SafeHtml:
    """The whole figure; `data` is its table, folded."""
    parts = [f'<figure class="figure figure-{kind}">', drawn]
    if data:
        summary = ctx.say("Data as a table")
        label = ctx.say("%(title)s: %(table)s", title=title, table=summary)
        scroll = f'<section class="scroll" tabindex="0" aria-label="{label.text}">{data}</section>'
        parts.append(f"<details><summary>{summary.text}</summary>{scroll}</details>")
    parts += [f"<figcaption>{caption.text}</figcaption>", "</figure>"]
    return SafeHtml("\n".join(parts))
