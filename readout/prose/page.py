"""The desk's own page (about.md): prose that may have headings, rules, tables and code too."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from readout.prose.markdown import to_markdown
from readout.prose.nodes import (
    Block,
    Heading,
    Items,
    Prose,
    Quote,
    Resolver,
    plain_text,
    words_of,
)
from readout.prose.parse import MAX_LENGTH, TOO_LONG, as_typed, normal_lines
from readout.text import SafeMarkdown
from readout.value import Value


class DeskPage(Value, frozen=True):
    """A page of the desk, parsed."""

    title: Heading | None
    """Its first block, where that is a heading of level 1: the template prints it."""
    body: Prose
    """The rest; its headings start at level 2 and leave no level out. It has the references and
    problems of the whole text."""


@lru_cache(maxsize=4)
def parse_page(text: str) -> DeskPage:
    """The page in a Markdown text. Pure; never raises."""
    from readout.prose.tokens import read_page  # imports markdown-it-py

    whole = as_typed(text, TOO_LONG) if len(text) > MAX_LENGTH else read_page(normal_lines(text))
    blocks = whole.blocks
    title = blocks[0] if blocks and isinstance(blocks[0], Heading) else None
    if title is not None and title.level == 1:
        blocks = blocks[1:]
    else:
        title = None
    return DeskPage(title, replace(whole, blocks=_below_title(blocks)))


def page_title(text: str, resolve: Resolver) -> str | None:
    """The page's own title as plain text; None where it does not start with one."""
    title = parse_page(text).title
    return plain_text(title.parts, lambda ref: words_of(ref, resolve)) if title else None


def page_to_markdown(text: str, resolve: Resolver) -> SafeMarkdown:
    """The page without its title, as blocks of a Markdown page. Its headings are Markdown's own,
    so that MkDocs gives them ids; lists, quotes, tables, rules and code are raw HTML."""
    return to_markdown(parse_page(text).body, resolve)


def _below_title(blocks: tuple[Block, ...], above: int = 1) -> tuple[Block, ...]:
    """The blocks, with headings that start at level 2 and go down by one level at most; those in
    lists and quotes are of the level below the heading that they stand under."""
    levelled: list[Block] = []
    for block in blocks:
        match block:
            case Heading(level=level):
                above = min(max(level, 2), above + 1)
                levelled.append(replace(block, level=above))
            case Items(items=items):
                inner = tuple(_below_title(item, above) for item in items)
                levelled.append(replace(block, items=inner))
            case Quote(blocks=quoted):
                levelled.append(replace(block, blocks=_below_title(quoted, above)))
            case _:
                levelled.append(block)
    return tuple(levelled)
