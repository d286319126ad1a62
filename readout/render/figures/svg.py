"""Drawing as safe text: elements, numbers, and how much room words take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from readout.text import SafeHtml, SafeMarkdown

WIDTH: Final = 640
"""Of every drawing, in pixels: the width of the text column."""
SIZE: Final = 12
"""Of letters, in pixels as drawn."""
_OURS = re.compile(r"[\w .,:#%/()-]*", re.ASCII)
_NARROW: Final = frozenset("ijlI.,:;'|! ·")
_SLIM: Final = frozenset("frt()[]-")
_BROAD: Final = frozenset("mwMW@%—…жмфшщыюЖМФШЩЫЮ")


def number(value: float) -> str:
    """A coordinate with at most one decimal: `12`, `12.5`, never `-0` or `1e5`."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, /, *content: SafeHtml, **attributes: str | float | SafeHtml) -> SafeHtml:
    """An element of SVG or HTML: `element("text", words, x=3, text_anchor="end", class_="lane")`.

    A bare `str` as an attribute is one of our own words or a path; other text comes encoded, as
    `SafeHtml`. ValueError for a `str` that could be anything else.
    """
    found = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
    )
    inside = "".join(part.text for part in content)
    return SafeHtml(f"<{name}{found}>{inside}</{name}>" if inside else f"<{name}{found}/>")


def _value(value: str | float | SafeHtml) -> str:
    if isinstance(value, SafeHtml):
        return value.text
    if isinstance(value, str):
        if not _OURS.fullmatch(value):
            raise ValueError(f"not a word of our own: {value!r:.60}")
        return value
    return number(value)


def lines(parts: Iterable[SafeHtml]) -> SafeHtml:
    """Elements one below another: a line each, none of them empty."""
    return SafeHtml("\n".join(part.text for part in parts if part))


def said(words: SafeMarkdown) -> SafeHtml:
    """The interface's words inside a drawing."""
    return SafeHtml(words.text)


def room(text: str) -> float:
    """How many pixels a line of text takes, estimated on the generous side.

    No font is known when a page is made; the figures are for the broadest of the common sans-serif
    ones (DejaVu Sans and its like).
    """
    return round(sum(map(_SHARES.__getitem__, text)) * SIZE, 3)


class _Shares(dict[str, float]):
    """What share of its size a character takes, for those that have been met."""

    def __missing__(self, character: str) -> float:
        self[character] = share = _share(character)
        return share


_SHARES: Final = _Shares()


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.32
    if character in _SLIM:
        return 0.42
    if character in _BROAD:
        return 1.0
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.77 if character.isupper() else 0.64


def fitted(text: str, pixels: float) -> str:
    """The text, cut to so many pixels with an ellipsis; empty where not even a letter has room."""
    if room(text) <= pixels:
        return text
    left = pixels - room("…")
    end = 0
    while end < len(text) and (left := left - _SHARES[text[end]] * SIZE) >= 0:
        end += 1
    kept = text[:end].rstrip(" \u200d,;:(–-")
    return f"{kept}…" if kept else ""
