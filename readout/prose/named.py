"""What prose names, without the prose: enough for indexes, at a fraction of the cost."""

from __future__ import annotations

import re

from readout.prose.parse import MAX_LENGTH, parse_prose
from readout.prose.references import REFERENCE, Parsed, read_reference

_SIGNS = "*_>-+.)"
_NESTING = re.compile(r"[*_>]|[-+](?=\s|\Z)|\d[.)]")
"""Marks that may nest, and be nested too deep: of emphasis, quotes and lists."""
_FEW = 10
"""So many are never too deep."""


def is_plain(text: str) -> bool:
    """Whether it is seen at a glance that prose has neither references nor problems: most has."""
    return "[[" not in text and _is_shallow(text)


def _is_shallow(text: str) -> bool:
    if len(text) > MAX_LENGTH:
        return False
    if text[:1].isalpha() and "\n" not in text and "*" not in text and "_" not in text:
        return True  # a line that opens neither list nor quote, without emphasis
    if len(text) <= _FEW or sum(map(text.count, _SIGNS)) <= _FEW:
        return True
    return len(_NESTING.findall(text)) <= _FEW


def survey(text: str) -> tuple[list[Parsed], bool]:
    """The references of `parse_prose(text)`, in order, and whether it has any problem.

    Where every `[` belongs to a well-formed reference on one line, nothing beside it takes it away
    or makes it another: lists and quotes mark the starts of lines, and emphasis leaves brackets
    alone. Only a backslash before them acts on them.
    """
    if "\\[" not in text and "\r" not in text and "|]]" not in text and _is_shallow(text):
        found = REFERENCE.findall(text)
        if text.count("[") == 2 * len(found):
            references = [read_reference(target, words or None) for target, words in found]
            sound = [one for one in references if type(one) is Parsed]
            if len(sound) == len(found) and not any("\n" in words for _, words in found):
                return sound, False
    prose = parse_prose(text)
    named = [Parsed(one.kind, one.id, one.claim, one.words) for one in prose.references]
    return named, bool(prose.problems)
