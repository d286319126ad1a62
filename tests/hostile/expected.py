"""What a reader should see of a text, worked out apart from all that writes pages.

`plain` is a text with its white space as browsers collapse it. Prose is what the parser of prose
makes of it, turned into a page's events here, without any encoder; that the parser itself loses
nothing but the Markdown that docs/content.md grants is `lost_of_prose`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from readout.prose import DeskPage, parse_page, parse_prose
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
    Rule,
    Strong,
    Table,
    Text,
    WebLink,
    lines_of,
)
from tests.hostile.page import Event, tidy

_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """The text as it should be read: NFC, on one line. Every kind of line break is a space there,
    and white space at the ends is dropped, no-break spaces too."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def prose_blocks(text: str) -> list[Event]:
    """Prose as elements of their own: paragraphs, lists, quotes."""
    return tidy(_blocks(_parsed(text).blocks))


def prose_line(text: str) -> list[Event]:
    """Prose inside a line, where paragraphs follow each other and items are parted by `; `."""
    return _line(_parsed(text).blocks)


def prose_text(text: str) -> str:
    """Prose as text without any markup."""
    return plain("".join(event[1] for event in prose_line(text) if event[0] == "text"))


def _parsed(text: str) -> Prose:
    return parse_prose(unicodedata.normalize("NFC", text))


def desk_page(text: str) -> tuple[str | None, list[Event]]:
    """The title of a page of the desk (about.md), and the rest of it.

    A byte order mark at the start of a file is no part of its text.
    """
    page: DeskPage = parse_page(unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    title = None
    if page.title:
        title = plain("".join(e[1] for e in _parts(page.title.parts) if e[0] == "text"))
    return title, tidy(_blocks(page.body.blocks, top=True))


def _element(tag: str, inside: Iterator[Event], *attributes: str) -> Iterator[Event]:
    yield ("open", tag, *attributes)
    yield from inside
    yield ("close", tag)


def _blocks(blocks: tuple[Block, ...], top: bool = False) -> Iterator[Event]:
    for block in blocks:
        yield from _block(block, top)


def _block(block: Block, top: bool = False) -> Iterator[Event]:
    match block:
        case Paragraph(parts):
            yield from _element("p", _parts(parts))
        case Quote(inner):
            yield from _element("blockquote", _blocks(inner))
        case Items():
            start = () if block.start in (None, 1) else ("start", str(block.start))
            yield from _element("ul" if block.start is None else "ol", _items(block), *start)
        case Heading(level, parts):
            # MkDocs gives the headings of a page ids; those in lists and quotes have none.
            yield from _element(f"h{level}", _parts(parts), *(("id", "") if top else ()))
        case Rule():
            yield from _element("hr", iter(()))
        case CodeBlock(text):
            yield from _element("pre", _element("code", iter([("text", text)])))
        case Table(head, rows):
            yield from _element("table", _table(head, rows))


def _items(block: Items) -> Iterator[Event]:
    for item in block.items:
        yield ("open", "li")
        for inner in item:
            if block.tight and type(inner) is Paragraph:
                yield from _parts(inner.parts)
            else:
                yield from _block(inner)
        yield ("close", "li")


_Cells = tuple[tuple[Inline, ...], ...]


def _table(head: _Cells, rows: tuple[_Cells, ...]) -> Iterator[Event]:
    yield from _element("thead", _row(head, "th"))
    yield ("open", "tbody")
    for row in rows:
        yield from _row(row, "td")
    yield ("close", "tbody")


def _row(cells: _Cells, tag: str) -> Iterator[Event]:
    yield ("open", "tr")
    for cell in cells:
        yield from _element(tag, _parts(cell))
    yield ("close", "tr")


def _parts(parts: tuple[Inline, ...]) -> Iterator[Event]:
    for part in parts:
        match part:
            case Text(text):
                yield ("text", _SPACE.sub(" ", text))
            case Code(text):
                yield from _element("code", iter([("text", _SPACE.sub(" ", text))]))
            case Emphasis(inner):
                yield from _element("em", _parts(inner))
            case Strong(inner):
                yield from _element("strong", _parts(inner))
            case WebLink(address, title, inner):
                titled = () if not title else ("title", plain(title))
                yield from _element("a", _parts(inner), "href", address, *titled)
            case Reference():
                raise ValueError("strings with references are refused before they get here")


def _line(blocks: tuple[Block, ...]) -> list[Event]:
    """As `readout.prose.html.flat` joins blocks: by a space, items of a list by `; `."""
    pieces: list[list[Event]] = []
    for block in blocks:
        match block:
            case Items(items=items):
                pieces.append(_joined([_line(item) for item in items], "; "))
            case Quote(inner):
                pieces.append(_line(inner))
            case _:
                pieces += [list(_parts(parts)) for parts in lines_of((block,))]
    return _joined(pieces, " ")


def _joined(pieces: list[list[Event]], between: str) -> list[Event]:
    found: list[Event] = []
    for piece in pieces:
        if piece and found:
            found.append(("text", between))
        found += piece
    return found


_TARGET = re.compile(r"\]\((?:[^()\\]|\\.|\([^()]*\))*\)", re.DOTALL)
_LIST_NUMBER = re.compile(r"^[ \t>*+-]*(?:\d{1,9}[.)][ \t>*+-]*)+", re.MULTILINE)


def lost_of_prose(text: str) -> str | None:
    """What prose loses of a text beyond the marks that docs/content.md grants; None where nothing.

    Every character shown must stand in the text, in its order, and what is not shown can only be
    white space, marks of emphasis, lists, quotes, links and escapes, and the targets of links.
    """
    typed = "".join(unicodedata.normalize("NFC", text).split())
    blocks = _parsed(text).blocks
    shown = "".join("".join(e[1] for e in _parts(p) if e[0] == "text") for p in lines_of(blocks))
    shown = "".join(shown.split())
    rest = iter(typed)
    for at, character in enumerate(shown):
        if character not in rest:  # takes characters from `rest` up to this one
            return f"{shown[at : at + 20]!r} is shown and was not typed there"
    lost = Counter(typed) - Counter(shown)
    granted = set("*_\\>+-[]()")
    if any(e[0] == "open" and e[1] == "a" for p in lines_of(blocks) for e in _parts(p)):
        granted |= set("".join(_TARGET.findall(typed)))
    if any(event[:2] == ("open", "ol") for event in _blocks(blocks)):
        granted |= set("".join(_LIST_NUMBER.findall(text)))
    rest_of_it = {c: n for c, n in lost.items() if c not in granted}
    return f"lost: {rest_of_it}" if rest_of_it else None
