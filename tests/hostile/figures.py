"""Drawings: which marks and labels have room hangs on the length of names, so that they are not
compared with their twins' but held to what a drawing may have at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tests.hostile.compare import Comparer
from tests.hostile.fields import TWIN
from tests.hostile.page import Event, attributes

_ELEMENTS = {
    "figure", "figcaption", "strong", "section", "details", "summary", "table", "thead", "tbody",
    "tr", "th", "td", "span", "a",
    *(f"svg:{name}" for name in ("svg", "title", "desc", "path", "circle", "rect", "text", "a")),
}  # fmt: skip
_ATTRIBUTES = {
    **dict.fromkeys(("class", "role", "scope", "text-anchor", "id"), r"[a-z][a-z -]*"),
    **dict.fromkeys(("aria-labelledby", "aria-describedby"), r"[a-z-]+"),
    **dict.fromkeys(("width", "height", "x", "y", "cx", "cy", "r", "tabindex"), r"-?[\d.]+"),
    "viewBox": r"[\d. -]+",
    "d": r"[MLHVZAQCTSmlhvzaqcts\d., -]+",
    "transform": r"(?:[a-z]+\([\d., -]+\) ?)+",
    "href": r"(?:\.\./)*(?:[a-z]+/)*[a-z0-9-]+\.html",
    "aria-label": None,
}
"""Attribute -> the form of its values; None: text."""
_NAMED = {"th", "svg:text", "svg:title"}
"""Elements that hold one name, or one of our own words."""


_NUMBER = re.compile(r"\d+")


def words_of_figures(figures: Iterable[list[Event]]) -> frozenset[str]:
    """What the drawings of twins say: each text with `?` for a twin and `0` for a number."""
    return frozenset(
        _NUMBER.sub("0", TWIN.sub("?", text)) for figure in figures for text in _names(figure)
    )


def figure_problems(figure: list[Event], comparer: Comparer, ours: frozenset[str]) -> Iterator[str]:
    """What a drawing holds that it may not hold, and names that are not as they were typed."""
    for event in figure:
        if event[0] == "open":
            yield from _element_problems(event)
    for text in _names(figure):
        if not _is_known(text, comparer, ours):
            yield f"a text that nobody typed: {text!r:.120}"


def _names(figure: list[Event]) -> Iterator[str]:
    """The texts of a drawing that are one name, or some of our own words."""
    within: list[str] = []
    for event in figure:
        if event[0] == "open":
            within.append(event[1])
        elif event[0] == "close":
            within.pop()
        elif event[0] == "text" and within[-1] in _NAMED:
            yield event[1]


def _element_problems(event: Event) -> Iterator[str]:
    if event[1] not in _ELEMENTS:
        yield f"an element {event[1]}"
    for name, value in attributes(event).items():
        form = _ATTRIBUTES.get(name, "")
        if name not in _ATTRIBUTES or (form is not None and not re.fullmatch(form, value)):
            yield f"an attribute {name}={value!r:.80} on {event[1]}"


def _is_known(text: str, comparer: Comparer, ours: frozenset[str]) -> bool:
    if comparer.is_typed(text) or _NUMBER.sub("0", text) in ours:
        return True
    for words in ours:
        before, twin, after = words.partition("?")
        inside = text[len(before) : len(text) - len(after)]
        if twin and text.startswith(before) and text.endswith(after) and comparer.is_typed(inside):
            return True
    return False
