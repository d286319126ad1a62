"""Prose as authors type it -> `Prose`.

Most prose holds nothing that Markdown acts on. It takes a fast path, which the tests hold equal to
the parser's own result; so does prose whose only markup is references, escapes and emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from readout.prose.nodes import (
    Block,
    Emphasis,
    Inline,
    Paragraph,
    Prose,
    ProseProblem,
    Reference,
    Strong,
    Text,
)
from readout.prose.references import Malformed, read_reference
from readout.text import collapse

MAX_LENGTH: Final = 50_000
"""The longest prose in characters, some 8,000 words. The parser takes at most 0.5 s for that."""
TOO_LONG: Final = ProseProblem(
    f"more than {MAX_LENGTH:,} characters of prose in one place",
    "divide it, or shorten it: a briefing summarises",
    MAX_LENGTH,
)

# What the inline rules of readout.prose.syntax act on, but for what `_SIMPLE` is; and what
# markdown-it itself changes.
_ACTS = re.compile(r"[_\x00]")
# What opens a list, a quote or (without its own rule) nothing that a paragraph would not show.
_OPENS_BLOCK = re.compile(r"^[ \t]*(?:[-+>]|\d+[.)])", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# References, escapes, and emphasis whose stars are free of doubt: those before it can only open
# (they stand before a letter or digit and after a space or parenthesis), those after it close it.
_SIMPLE = re.compile(
    r"\[\[(?P<target>[^\[\]|]*)(?:\|(?P<words>[^\[\]]*))?\]\]"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<stars>\*(?<![^ \t\n(]\*)\*?)"
    r"(?P<emphasis>(?!_)\w(?:[^*\\\[\]\n]*(?!_)\w)?(?:[.,;:?!](?=\*+(?:[ \t\n]|\Z)))?)"
    r"(?P=stars)(?=[ \t\n.,;:?!)]|\Z)"
)
_LEFT = re.compile(r"[\\*\[]")
"""What is left of markup between."""
_ONE_LINE = re.compile(
    r"(?![ \t]*(?:[-+>]|\d+[.)]))"
    r"(?:[^\\*_\x00\[\r\n]++|\n(?![ \t]*(?:[-+>]|\d+[.)]|\n)))*+"
)
"""One paragraph, in which nothing is what the two above find, nor a bracket."""


def parse_prose(text: str) -> Prose:
    """The prose in a text. Pure: equal texts give equal values. Never raises."""
    line = line_of(text)
    if line is not None:
        return Prose((Paragraph((Text(line),)),) if line else ())
    if len(text) > MAX_LENGTH:
        return as_typed(text, TOO_LONG)
    text = normal_lines(text)
    if not (_ACTS.search(text) or _OPENS_BLOCK.search(text)):
        quick = _quickly(text)
        if quick is not None:
            return quick
    return _parse_in_full(text)


def line_of(text: str) -> str | None:
    """The line that prose of one paragraph without any markup is; None for what may be more."""
    if len(text) > MAX_LENGTH or not _ONE_LINE.fullmatch(text):
        return None
    return collapse(text).strip()


def normal_lines(text: str) -> str:
    """The text with `\n` alone as line end; offsets in it stay what they are."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def as_typed(text: str, problem: ProseProblem) -> Prose:
    """Prose that is not parsed, for a reason: one paragraph with the text."""
    line = collapse(text).strip()
    return Prose((Paragraph((Text(line),)),) if line else (), (), (problem,))


@lru_cache(maxsize=1024)
def _parse_in_full(text: str) -> Prose:
    from readout.prose.tokens import read_prose  # imports markdown-it-py, which is seldom needed

    return read_prose(text)


def _quickly(text: str) -> Prose | None:
    """Prose of paragraphs, text and simple markup; None where there is more."""
    if not _LEFT.search(text):
        lines = (collapse(part).strip() for part in _BLANK_LINES.split(text))
        return Prose(tuple(Paragraph((Text(line),)) for line in lines if line))
    blocks: list[Block] = []
    references: list[Reference] = []
    for start, end in _paragraphs(text):
        parts = _parts(text, start, end)
        if parts is None:
            return None
        if parts:
            blocks.append(Paragraph(parts))
            references += (part for part in parts if type(part) is Reference)
    return Prose(tuple(blocks), tuple(references))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for blank in _BLANK_LINES.finditer(text):
        yield start, blank.start()
        start = blank.end()
    yield start, len(text)


def _parts(text: str, start: int, end: int) -> tuple[Inline, ...] | None:
    """Text and simple markup between two offsets; None where there is other markup."""
    parts: list[Inline] = []
    shown = ""
    done = start
    for found in _SIMPLE.finditer(text, start, end):
        between = text[done : found.start()]
        if _LEFT.search(between):
            return None
        shown += between
        done = found.end()
        if found["escaped"]:
            shown += found["escaped"]
            continue
        parts.append(Text(collapse(shown)))
        shown = ""
        if found["emphasis"]:
            kind = Emphasis if found["stars"] == "*" else Strong
            parts.append(kind((Text(collapse(found["emphasis"])),)))
            continue
        meaning = read_reference(found["target"], found["words"])
        if isinstance(meaning, Malformed):
            return None
        parts.append(Reference(*meaning, found.start(), done - found.start()))
    if _LEFT.search(text, done, end):
        return None
    parts.append(Text(collapse(shown + text[done:end])))
    return trimmed(parts)


def trimmed(parts: list[Inline]) -> tuple[Inline, ...]:
    """The parts of a line, without white space at its ends and without empty texts."""
    if parts and type(parts[0]) is Text:
        parts[0] = Text(parts[0].text.lstrip())
    if parts and type(parts[-1]) is Text:
        parts[-1] = Text(parts[-1].text.rstrip())
    return tuple(part for part in parts if type(part) is not Text or part.text)
