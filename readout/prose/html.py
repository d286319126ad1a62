"""Prose as HTML, for raw HTML blocks of a Markdown page (and for whatever is HTML itself).

No line break occurs in it: a blank line would end the raw HTML block (CommonMark 0.31, 4.6). Text
is encoded as everywhere (`readout.text.encode`), so that no parser acts inside, should one look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from readout.addresses import ANYWHERE
from readout.prose.nodes import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Items,
    Paragraph,
    Prose,
    Quote,
    Reference,
    Resolver,
    Rule,
    Strong,
    Table,
    Text,
    WebLink,
    lines_of,
    words_of,
)
from readout.text import SafeHtml, encode, encode_inside

_WHITE_SPACE: Final = {" ": " ", "\t": "&#9;", "\n": "&#10;"}


def to_html(prose: Prose, resolve: Resolver, inline: bool = False) -> SafeHtml:
    """Prose as HTML without line breaks.

    As blocks (`<p>`, `<ul>`, `<blockquote>`...), or, with `inline`, as phrasing content alone:
    paragraphs and quotes joined by a space, the items of lists by `; `.
    """
    if inline:
        return SafeHtml(flat(prose.blocks, lambda parts: inline_html(parts, resolve)))
    return SafeHtml(blocks_html(prose.blocks, resolve))


def flat(blocks: tuple[Block, ...], line: Callable[[tuple[Inline, ...]], str]) -> str:
    """Blocks on one line: `line` writes the parts of each paragraph."""
    written: list[str] = []
    for block in blocks:
        match block:
            case Items(items=items):
                written.append("; ".join(filter(None, (flat(item, line) for item in items))))
            case Quote(inner):
                written.append(flat(inner, line))
            case _:
                written += (line(parts) for parts in lines_of((block,)))
    return " ".join(filter(None, written))


def blocks_html(blocks: tuple[Block, ...], resolve: Resolver) -> str:
    """Blocks as HTML without line breaks."""
    return "".join(_block(block, resolve) for block in blocks)


def _block(block: Block, resolve: Resolver) -> str:
    match block:
        case Paragraph(parts):
            return f"<p>{inline_html(parts, resolve)}</p>"
        case Quote(inner):
            return f"<blockquote>{blocks_html(inner, resolve)}</blockquote>"
        case Items():
            return _list(block, resolve)
        case Heading(level, parts):
            return f"<h{level}>{inline_html(parts, resolve)}</h{level}>"
        case Rule():
            return "<hr>"
        case CodeBlock(text):
            return f"<pre><code>{_code(text)}</code></pre>"
        case Table(head, rows):
            return (
                f"<table><thead>{_row(head, 'th', resolve)}</thead><tbody>"
                f"{''.join(_row(row, 'td', resolve) for row in rows)}</tbody></table>"
            )


def _list(block: Items, resolve: Resolver) -> str:
    tag = "ul" if block.start is None else "ol"
    start = "" if block.start in (None, 1) else f' start="{block.start}"'
    items = (
        "".join(
            inline_html(inner.parts, resolve)
            if block.tight and type(inner) is Paragraph
            else _block(inner, resolve)
            for inner in item
        )
        for item in block.items
    )
    return f"<{tag}{start}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _row(cells: tuple[tuple[Inline, ...], ...], tag: str, resolve: Resolver) -> str:
    return f"<tr>{''.join(f'<{tag}>{inline_html(cell, resolve)}</{tag}>' for cell in cells)}</tr>"


def _code(text: str) -> str:
    """Code with its spaces; its tabs and line breaks are references, lest a parser see them."""
    pieces = re.split(r"([ \t\n])", text)  # every second one is the white space
    return "".join(_WHITE_SPACE.get(piece) or encode_inside(piece) for piece in pieces)


def inline_html(parts: tuple[Inline, ...], resolve: Resolver) -> str:
    """Inline parts as HTML; safe inside Markdown paragraphs too."""
    return "".join(_inline(part, resolve) for part in parts)


def _inline(part: Inline, resolve: Resolver) -> str:
    match part:
        case Text(text):
            return encode_inside(text)
        case Emphasis(inner):
            return f"<em>{inline_html(inner, resolve)}</em>"
        case Strong(inner):
            return f"<strong>{inline_html(inner, resolve)}</strong>"
        case Code(text):
            return f"<code>{encode_inside(text)}</code>"
        case WebLink(address, title, inner):
            return anchor(address, title, inline_html(inner, resolve))
        case Reference():
            link = resolve(part)
            words = encode(words_of(part, resolve))
            return anchor(link.href_html, link.title, words) if link else words


def anchor(address: str, title: str | None, words: str) -> str:
    """A link in HTML; `words` is HTML already."""
    titled = f' title="{encode(title)}"' if title else ""
    # The way to a page of this site may be left open, which the encoder would not let pass.
    way = ANYWHERE if address.startswith(ANYWHERE) else ""
    return f'<a href="{way}{encode(address.removeprefix(way))}"{titled}>{words}</a>'
