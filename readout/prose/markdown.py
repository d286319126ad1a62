"""Prose as the Markdown of a generated page, which two parsers must read alike.

MkDocs parses pages with Python-Markdown, our fast hook with a CommonMark parser. So Markdown's own
forms are written only where both provably agree, and inline HTML, which both pass through,
elsewhere. Lists and quotes are raw HTML blocks of one line: the two differ on nesting.
"""

from __future__ import annotations

import re

from readout.addresses import ANYWHERE
from readout.prose.html import anchor, blocks_html, flat, inline_html
from readout.prose.nodes import (
    Emphasis,
    Heading,
    Inline,
    Paragraph,
    Prose,
    Reference,
    Resolver,
    Rule,
    Strong,
    Text,
    WebLink,
    words_of,
)
from readout.text import SafeMarkdown, encode, encode_inside

_NATIVE_ADDRESS = re.compile(ANYWHERE + r"?[A-Za-z0-9/.#?=%+,:;@~_&-]+")
_ACTS_IN_TITLE = str.maketrans({c: f"&#{ord(c)};" for c in "'()"})
# Before and after a star, what leaves no doubt whether it opens or closes (CommonMark 0.31, 6.2).
_BEFORE_STAR = frozenset(" (")
_AFTER_STAR = frozenset(" .,;:?)")


def to_markdown(prose: Prose, resolve: Resolver) -> SafeMarkdown:
    """Prose as blocks of a Markdown page, at the start of a line: no line end after the last."""
    return SafeMarkdown("\n\n".join(markdown_blocks(prose, resolve)))


def markdown_blocks(prose: Prose, resolve: Resolver) -> list[str]:
    """The blocks of prose as Markdown, each on one line."""
    written: list[str] = []
    for block in prose.blocks:
        match block:
            case Paragraph(parts):
                written.append(_line(parts, resolve, edges=True))
            case Heading(level, parts):
                written.append(f"{'#' * level} {_line(parts, resolve, edges=True)}")
            case Rule():
                written.append("<hr>")
            case _:
                written.append(blocks_html((block,), resolve))
    return written


def to_inline_markdown(prose: Prose, resolve: Resolver) -> SafeMarkdown:
    """Prose on one line, for a list item, a heading or a table's cell.

    Paragraphs and quotes are joined by a space, the items of lists by `; `.
    """
    return SafeMarkdown(flat(prose.blocks, lambda parts: _line(parts, resolve, edges=False)))


def _line(parts: tuple[Inline, ...], resolve: Resolver, *, edges: bool) -> str:
    """Inline parts as Markdown. `edges`: whether the line starts and ends here."""
    written: list[str] = []
    before = " " if edges else "?"
    for index, part in enumerate(parts):
        after = parts[index + 1] if index + 1 < len(parts) else None
        text = _inline(part, before, _first_shown(after, edges), resolve)
        if text:
            written.append(text)
            before = text[-1]
    return "".join(written)


def _first_shown(part: Inline | None, edges: bool) -> str:
    """The character that comes next, or one that leaves everything in doubt."""
    if part is None:
        return " " if edges else "x"
    return encode_inside(part.text)[:1] if type(part) is Text else "x"


def _inline(part: Inline, before: str, after: str, resolve: Resolver) -> str:
    match part:
        case Text(text):
            return encode_inside(text)
        case Emphasis(inner) | Strong(inner):
            star = "*" if type(part) is Emphasis else "**"
            words = _simple_words(inner)
            if words and before in _BEFORE_STAR and after in _AFTER_STAR:
                return f"{star}{encode(words)}{star}"
            return inline_html((part,), resolve)
        case WebLink(address, title, inner):
            words = inline_html(inner, resolve)
            return _link(address, title, words) or anchor(address, title, words)
        case Reference():
            link = resolve(part)
            words = encode(words_of(part, resolve))
            if link is None:
                return words
            native = _link(link.href_md, link.title, words)
            if native is None:
                raise ValueError(f"no address of a page of this site: {link.href_md!r}")
            return native
        case _:
            return inline_html((part,), resolve)


def _simple_words(parts: tuple[Inline, ...]) -> str | None:
    """The text of a single part that starts and ends with a letter or digit."""
    if len(parts) == 1 and type(parts[0]) is Text:
        text = parts[0].text
        if text[0].isalnum() and text[-1].isalnum():
            return text
    return None


def _link(address: str, title: str | None, words: str) -> str | None:
    """A link in Markdown; None where the address could be read in two ways."""
    if not _NATIVE_ADDRESS.fullmatch(address):
        return None
    titled = f' "{encode(title).translate(_ACTS_IN_TITLE)}"' if title else ""
    return f"[{words}]({address.replace('&', '&#38;')}{titled})"
