"""Links to other sites in a line of prose: `[words](https://example.org "title")`.

The links of CommonMark 0.31, section 6.3, without reference links, to http(s) addresses alone: what
leads elsewhere, or nowhere, is no link. They are found in one pass over the line, so that the time
grows with its length alone, whatever brackets it holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from readout.prose.references import (
    REFERENCE,
    UNCLOSED,
    Malformed,
    Parsed,
    read_reference,
    unclosed,
)
from readout.text import web_address

# `![` opens an image in Markdown: here it is text, and opens nothing.
_MARK = re.compile(r"\\.|`+|!\[(?!\[)|\[|\]", re.DOTALL)
_WHITE_SPACE = re.compile(r"[ \t\n]*")


class WebTarget(NamedTuple):
    """Where a link leads, and where its parts end in the line."""

    end_of_words: int
    """The offset of its `]`."""
    address: str
    title: str
    end: int
    """The offset after its `)`."""


def reference_at(line: str, start: int, end: int) -> tuple[Parsed | Malformed, int] | None:
    """What `[[` means at an offset, and the offset after it; None where it is only brackets."""
    if not line.startswith("[[", start):
        return None
    found = REFERENCE.match(line, start, end)
    if found:
        return read_reference(found[1], found[2]), found.end()
    unfinished = UNCLOSED.match(line, start, end)
    return (unclosed(unfinished[0]), start + 2) if unfinished else None


def find_links(line: str, *, code: bool) -> dict[int, WebTarget]:
    """The links of a line, by the offset of their `[`. Links hold no links and no references.

    With `code`, code spans count, and what they hold does not.
    """
    links: dict[int, WebTarget] = {}
    opened: list[int] = []
    position = 0
    while mark := _MARK.search(line, position):
        position = mark.end()
        if mark[0][0] == "`" and code:
            closing = re.compile(f"(?<!`){mark[0]}(?!`)").search(line, position)
            position = closing.end() if closing else position
        elif mark[0] == "[":
            reference = reference_at(line, mark.start(), len(line))
            if reference is None:
                opened.append(mark.start())
            else:
                position = reference[1]
                if isinstance(reference[0], Parsed):
                    opened.clear()
        elif mark[0] == "]" and opened:
            start = opened.pop()
            target = _target(line, mark.start())
            if target:
                links[start] = target
                position = target.end
                opened.clear()
    return links


def _target(line: str, end_of_words: int) -> WebTarget | None:
    """The target in parentheses after the words; None where there is none, or no web address."""
    if not line.startswith("(", end_of_words + 1):
        return None
    length = len(line)
    destination = parseLinkDestination(line, _skip(line, end_of_words + 2), length)
    address = web_address(destination.str) if destination.ok else None
    if address is None:
        return None
    position = _skip(line, destination.pos)
    title = parseLinkTitle(line, position, length)
    shown = ""
    if title.ok and position > destination.pos:
        shown, position = title.str, _skip(line, title.pos)
    if not line.startswith(")", position):
        return None
    return WebTarget(end_of_words, address, shown, position + 1)


def _skip(line: str, position: int) -> int:
    found = _WHITE_SPACE.match(line, position)
    assert found is not None
    return found.end()
