"""The places of a generated page in which text may stand, and the check that it stays in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from readout.text import collapse
from tests.rendered import PARSERS, Event, events

_MARK = "Qzx9"
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")

SLOTS = {
    "heading": "# {x}\n",
    "heading 3": "Before.\n\n### {x}\n\nAfter.\n",
    "paragraph": "{x}\n",
    "later paragraph": "Before.\n\n{x}\n\nAfter.\n",
    "line of a paragraph": "Before\n{x}\nafter\n",
    "middle of a line": "Before {x} after {x}, and (more)\n",
    "list item": "- {x}\n- {x}\n",
    "numbered item": "1. {x}\n2. {x}\n",
    "quote": "> {x}\n",
    "table head": "| {x} | b |\n| --- | --- |\n| c | d |\n",
    "table cell": "| a | b |\n| --- | --- |\n| {x} | d |\n| c | {x} |\n",
    "link's words": "See [{x}](a.md) and [{x}](b.md).\n",
    "link alone": "[{x}](a.md)\n",
    "link in a list": "- [{x}](a.md): {x}\n",
    "before a link": "{x}[words](a.md)\n",
    "after a link": "[words](a.md){x}\n",
    "after strong": "**Name:** {x}\n",
    "HTML block": "<div>{x}</div>\n",
    "HTML of many lines": '<ul>\n<li>{x}</li>\n<li class="b">\n{x}\n</li>\n</ul>\n\nAfter.\n',
    "details": "<details><summary>{x}</summary><p>{x}</p></details>\n\nAfter {x}.\n",
    "attribute": '<div title="{x}">words</div>\n',
    "attribute of a link": 'Before <a href="a.html" title="{x}">{x}</a> after.\n',
}


@cache
def _harmless(slot: str, parser: str) -> list[Event]:
    found = events(PARSERS[parser](SLOTS[slot].replace("{x}", _MARK)))
    assert sum(part.count(_MARK) for event in found for part in event) == SLOTS[slot].count("{x}")
    return found


def as_typed(text: str) -> str:
    """The text as a page can show it: on one line, without control characters."""
    return _UNSHOWN.sub("\ufffd", collapse(text).strip())


def fails(text: str, slot: str, parser: str, encoder: Callable[[str], str]) -> bool:
    """Whether the text is not shown as typed, or makes more or less than a harmless word does."""
    typed = as_typed(text)
    page = SLOTS[slot].replace("{x}", encoder(text))
    expected = [
        tuple(part.replace(_MARK, typed) for part in event) for event in _harmless(slot, parser)
    ]
    return events(PARSERS[parser](page)) != expected
