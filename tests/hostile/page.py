"""What a browser makes of a page, as a flat list of events; figures apart.

The parser is html5lib, which follows the HTML Standard's algorithm as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Event = tuple[str, ...]
"""`("open", element, attribute, value...)`, `("close", element)`, `("text", text)`,
`("comment", text)`, or `("figure", "")` for a figure that stands there."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset(
    {"a", "em", "strong", "code", "span", "b", "i", "br", "bdi", "time", "cite", "small"}
)
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(slots=True)
class Shown:
    """A page as a browser sees it."""

    events: list[Event] = field(default_factory=list)
    figures: list[list[Event]] = field(default_factory=list)
    """The drawings of the page (`<figure class="figure ...">`), each by itself."""

    @property
    def all(self) -> Iterator[Event]:
        """Every event, of figures too."""
        yield from self.events
        for one in self.figures:
            yield from one


def read_page(text: str) -> Shown:
    """A whole page."""
    shown = Shown()
    root = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    shown.events = tidy(_walk(root, shown.figures))
    return shown


def read_fragment(text: str) -> list[Event]:
    """What stands inside an element."""
    root = html5lib.parseFragment(text, treebuilder="etree", namespaceHTMLElements=False)
    return tidy(_inside(root, []))


def attributes(event: Event) -> dict[str, str]:
    """The attributes of an `open` event."""
    return dict(zip(event[2::2], event[3::2], strict=True))


def _inside(element: Any, figures: list[list[Event]]) -> Iterator[Event]:
    if element.text:
        yield ("text", element.text)
    for child in element:
        yield from _walk(child, figures)
        if child.tail:
            yield ("text", child.tail)


def _walk(element: Any, figures: list[list[Event]]) -> Iterator[Event]:
    if not isinstance(element, Element) or not isinstance(element.tag, str):
        yield ("comment", element.text or "")
        return
    tag = element.tag.replace(_SVG, "svg:")
    given = (part for name in sorted(element.attrib) for part in (name, element.attrib[name]))
    opened = ("open", tag, *given)
    if tag == "figure" and element.get("class", "").startswith("figure"):
        yield ("figure", "")
        figures.append(tidy([opened, *_inside(element, []), ("close", tag)]))
        return
    yield opened
    yield from _inside(element, figures)
    yield ("close", tag)


def tidy(events: Iterable[Event]) -> list[Event]:
    """Texts joined where they meet, with their white space as it is shown."""
    joined: list[Event] = []
    for event in events:
        if event[0] == "text" and joined and joined[-1][0] == "text":
            event = ("text", joined.pop()[1] + event[1])
        joined.append(event)
    return list(_without_outer_space(joined))


def _without_outer_space(found: list[Event]) -> Iterator[Event]:
    last = len(found) - 1
    for index, event in enumerate(found):
        if event[0] != "text":
            yield event
            continue
        text = _SPACE.sub(" ", event[1])
        if index == 0 or found[index - 1][1] not in _INLINE:
            text = text.lstrip(" ")
        if index == last or found[index + 1][1] not in _INLINE:
            text = text.rstrip(" ")
        if text.strip(" "):  # a space alone between two elements says nothing
            yield ("text", text)
