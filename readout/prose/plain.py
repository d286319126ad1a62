"""Prose as plain text: for descriptions, the search, and a backlink's sentence."""

from __future__ import annotations

import re
from typing import Final

from readout.prose.html import flat
from readout.prose.nodes import (
    Inline,
    Prose,
    Reference,
    Resolver,
    Text,
    lines_of,
    plain_text,
    words_of,
)
from readout.text import collapse, shortened

_END = re.compile(
    r"(?<![.!?…؟۔])(?P<stops>[.!?…؟۔]++)[\"'”’»)\]]*+\s+(?=[\"'“‘«(\[]*+(?P<next>\w))"
    r"|[。！？]++[」』”’]*+"
)
_ABBREVIATIONS: Final = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "cf", "ca", "approx", "sen", "rep", "gov",
    "gen", "lt", "col", "maj", "capt", "sgt", "adm",
})  # fmt: skip
_LONG: Final = 280
_LAST_WORD = re.compile(r"\w+\Z")


def to_plain(prose: Prose, resolve: Resolver) -> str:
    """Prose as text on one line, without markup: a reference is its words or its label."""
    text = flat(prose.blocks, lambda parts: plain_text(parts, lambda ref: words_of(ref, resolve)))
    return collapse(text).strip()


def sentence_of(prose: Prose, reference: Reference, resolve: Resolver) -> str:
    """The sentence of the prose in which a reference stands, as plain text.

    It tells readers of the page referred to in what context it is mentioned. A sentence ends at a
    full stop (or `!`, `?`, `…`) that white space and anything but a small letter follows, except
    after a single letter or a well-known abbreviation ("U.S. Navy", "Gen. Milley").
    """
    for parts in lines_of(prose.blocks):
        before = _text_before(parts, reference, resolve)
        if before is not None:
            text = plain_text(parts, lambda ref: words_of(ref, resolve))
            return _sentence_at(text, len(before), words_of(reference, resolve))
    raise ValueError(f"the prose does not hold {reference.target}")


def first_sentence(text: str) -> str:
    """The first sentence of plain text on one line, cut at a word where it is very long."""
    return shortened(_sentence_at(text, 0, ""), _LONG)


def _text_before(parts: tuple[Inline, ...], reference: Reference, resolve: Resolver) -> str | None:
    """The text of a line before the reference; None where it does not stand in the line."""
    text = ""
    for part in parts:
        if part == reference:
            return text
        if not isinstance(part, Text | Reference) and hasattr(part, "parts"):
            inner = _text_before(part.parts, reference, resolve)
            if inner is not None:
                return text + inner
        text += plain_text((part,), lambda ref: words_of(ref, resolve))
    return None


def _sentence_at(text: str, position: int, words: str) -> str:
    start, end = 0, len(text)
    for stop in _END.finditer(text):
        if not _ends_sentence(stop):
            continue
        if stop.end() <= position:
            start = stop.end()
        elif stop.start() >= position + len(words) - 1:
            end = stop.end()
            break
    return collapse(text[start:end]).strip()


def _ends_sentence(stop: re.Match[str]) -> bool:
    following = stop["next"]
    if following is None:  # a full stop of Chinese or Japanese needs no space
        return True
    if following.islower():
        return False
    word = _LAST_WORD.search(stop.string, max(0, stop.start() - 10), stop.start())
    if stop["stops"] != "." or word is None:
        return True
    return not (word[0].lower() in _ABBREVIATIONS or (len(word[0]) == 1 and word[0].isalpha()))
