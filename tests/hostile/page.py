"""What a browser makes of a page, as a flat list of events; figures apart.

Two parsers follow the HTML Standard's algorithm as browsers do: Lexbor, in C, reads every page, and
html5lib, in Python and sixteen times as slow, a part of them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from selectolax.lexbor import LexborHTMLParser, LexborNode

Event = tuple[str, ...]
"""`("open", element, attribute, value...)`, `("close", element)`, `("text", text)`,
`("comment", text)`, or `("figure", "")` for a figure that stands there."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_INLINE = frozenset(
    {"a", "em", "strong", "code", "span", "b", "i", "br", "bdi", "time", "cite", "small"}
)
_NAMESPACES = {
    "{http://www.w3.org/2000/svg}": "svg:",
    "{http://www.w3.org/1998/Math/MathML}": "math:",
    "{http://www.w3.org/1999/xlink}": "xlink:",
}
_FOREIGN = {"svg": "svg:", "math": "math:"}
"""Elements that begin a part of a page in another language, and how its elements are told."""
_HTML_INSIDE = {"svg:foreignObject", "svg:desc", "svg:title", "math:annotation-xml"}
_HTML_INSIDE |= {f"math:{name}" for name in ("mi", "mo", "mn", "ms", "mtext")}
"""Those in which HTML goes on (HTML Standard, 13.2.6: integration points)."""


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
    """A whole page, as Lexbor reads it."""
    shown = Shown()
    parsed = LexborHTMLParser(text)
    root = parsed.root
    assert root is not None
    events: list[Event] = []
    _put(root, "", events, shown.figures)
    shown.events = tidy(events)
    return shown


def read_again(text: str) -> Shown:
    """The same page, as html5lib reads it."""
    shown = Shown()
    root = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    shown.events = tidy(_walk(root, shown.figures))
    return shown


def attributes(event: Event) -> dict[str, str]:
    """The attributes of an `open` event."""
    return dict(zip(event[2::2], event[3::2], strict=True))


def _put(node: LexborNode, inside: str, events: list[Event], figures: list[list[Event]]) -> None:
    """Adds the events of a node of Lexbor's; `inside`: how elements of the language around it are
    told, nothing for HTML."""
    if node.is_text_node:
        events.append(("text", node.text_content or ""))
        return
    if not node.is_element_node:
        events.append(("comment", node.comment_content or "" if node.is_comment_node else ""))
        return
    name = node.tag or ""
    language = inside or _FOREIGN.get(name, "")
    tag = language + name
    given = node.attributes
    opened = ("open", tag, *(part for key in sorted(given) for part in (key, given[key] or "")))
    within = "" if tag in _HTML_INSIDE else language
    into = events
    is_figure = tag == "figure" and (given.get("class") or "").startswith("figure")
    if is_figure:
        events.append(("figure", ""))
        into = []
    into.append(opened)
    child = node.first_child
    while child is not None:
        _put(child, within, into, [] if is_figure else figures)
        child = child.next
    into.append(("close", tag))
    if is_figure:
        figures.append(tidy(into))


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
    tag = _told(element.tag)
    named = {_told(str(name)): value for name, value in element.attrib.items()}
    opened = ("open", tag, *(part for name in sorted(named) for part in (name, named[name])))
    if tag == "figure" and element.get("class", "").startswith("figure"):
        yield ("figure", "")
        figures.append(tidy([opened, *_inside(element, []), ("close", tag)]))
        return
    yield opened
    yield from _inside(element, figures)
    yield ("close", tag)


def _told(name: str) -> str:
    """A name with a namespace as Lexbor tells it."""
    for namespace, short in _NAMESPACES.items():
        name = name.replace(namespace, short)
    return name


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
