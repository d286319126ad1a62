"""What readers see of generated Markdown: through both parsers that publish it, as a DOM.

MkDocs parses pages with Python-Markdown and its own default extensions; the fast hook parses them
with pyromark (CommonMark and tables). A browser's parser (html5lib, the HTML Standard's algorithm)
reads what they make.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pyromark

Event = tuple[str, ...]
"""`("open", tag, attribute, value...)`, `("close", tag)` or `("text", text)`."""

_PYTHON_MARKDOWN = markdown.Markdown(extensions=["toc", "tables", "fenced_code"])
_ENTRY = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset({"a", "em", "strong", "code", "span", "b", "i", "br"})


def python_markdown(text: str) -> str:
    return str(_PYTHON_MARKDOWN.reset().convert(text))


def commonmark(text: str) -> str:
    return str(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES))


PARSERS: dict[str, Callable[[str], str]] = {
    "Python-Markdown": python_markdown,
    "CommonMark": commonmark,
}


def events(html: str) -> list[Event]:
    """What a browser makes of HTML: elements with attributes, and text, its white space collapsed.

    Dropped: white space beside the tags of blocks, and the ids Python-Markdown gives headings.
    """
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found: list[Event] = []
    for event in _walk(fragment):
        if event[0] == "text" and found and found[-1][0] == "text":
            event = ("text", found.pop()[1] + event[1])
        found.append(event)
    return list(_without_outer_space(found))


def _walk(element: Any) -> Iterator[Event]:
    if element.text:
        yield ("text", element.text)
    for child in element:
        if not isinstance(child, Element) or not isinstance(child.tag, str):
            yield ("open", "!comment", child.text or "")
        else:
            attributes = {
                name: value
                for name, value in child.attrib.items()
                if not (name == "id" and re.fullmatch("h[1-6]", child.tag))
            }
            yield (
                "open",
                child.tag,
                *(part for pair in sorted(attributes.items()) for part in pair),
            )
            yield from _walk(child)
            yield ("close", child.tag)
        if child.tail:
            yield ("text", child.tail)


def _without_outer_space(found: list[Event]) -> Iterator[Event]:
    for index, event in enumerate(found):
        if event[0] != "text":
            yield event
            continue
        text = _ENTRY.sub(" ", event[1])
        if index == 0 or found[index - 1][1] not in _INLINE:
            text = text.lstrip(" ")
        if index + 1 == len(found) or found[index + 1][1] not in _INLINE:
            text = text.rstrip(" ")
        if text:
            yield ("text", text)


def shown(html: str) -> str:
    """The text that readers see, on one line."""
    return " ".join(event[1] for event in events(html) if event[0] == "text")
