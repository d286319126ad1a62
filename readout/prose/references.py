"""The grammar of references in prose (docs/content.md, "References").

`[[netanyahu]]` is an actor; `[[event:ID]]`, `[[article:ID]]`, `[[place:ID]]` and `[[topic:ID]]` are
the others; `[[#claim]]` is a claim of the same article, `[[article:ID#claim]]` one of another. Any
of them may say with which words: `[[netanyahu|the prime minister]]`. The words are plain text.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final, NamedTuple

from readout.addresses import slug
from readout.prose.nodes import ReferenceKind
from readout.text import collapse

REFERENCE: Final = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
"""What is taken for a reference: its target and, in the second group, its words."""
UNCLOSED: Final = re.compile(
    r"\[\[[a-z0-9:#-]*[a-z:#-](?:\|[^\[\]]*+(?!\]\])|\](?![\](])(?![^\[\]]*\]))"
)
"""What was surely meant for one, and lacks a closing bracket: `[[netanyahu]`, `[[a|b c`."""

ID_PATTERN: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
ID_LENGTH: Final = 80
_TARGET = re.compile(
    rf"(?P<actor>{ID_PATTERN})|(?P<kind>event|place|topic):(?P<id>{ID_PATTERN})"
    rf"|article:(?P<article>{ID_PATTERN})(?:\#(?P<claim>{ID_PATTERN}))?|\#(?P<own>{ID_PATTERN})",
    re.VERBOSE,
)
_PREFIXES = ("event", "article", "place", "topic")
_FORMS = "[[actor]], [[event:ID]], [[article:ID]], [[place:ID]], [[topic:ID]], [[#claim]]"


class Parsed(NamedTuple):
    """A reference, before it is known where it stands."""

    kind: ReferenceKind
    id: str
    claim: str | None
    words: str | None


class Malformed(NamedTuple):
    """What has the brackets of a reference and is none."""

    message: str
    hint: str


def read_reference(target: str, words: str | None) -> Parsed | Malformed:
    """The meaning of `[[target]]` or `[[target|words]]`."""
    found = _TARGET.fullmatch(target)
    shown = collapse(words).strip() if words is not None else None
    if found is None:
        return Malformed(f'"[[{_short(target)}]]" is not a reference', _hint(target))
    if shown == "":
        return Malformed(
            f'"[[{_short(target)}|]]" has no words', f"leave out the bar: [[{target}]]"
        )
    if found["actor"]:
        return Parsed("actor", found["actor"], None, shown)
    if found["own"]:
        return Parsed("claim", "", found["own"], shown)
    if found["claim"]:
        return Parsed("claim", found["article"], found["claim"], shown)
    if found["article"]:
        return Parsed("article", found["article"], None, shown)
    kind: ReferenceKind = (
        "event" if found["kind"] == "event" else "place" if found["kind"] == "place" else "topic"
    )
    return Parsed(kind, found["id"], None, shown)


def unclosed(typed: str) -> Malformed:
    """The problem of a reference without its closing brackets."""
    return Malformed(
        f'"{_short(typed)}" is not closed',
        r"a reference ends with two brackets: [[netanyahu]]; for a bracket as such, type \[",
    )


def _short(text: str) -> str:
    text = collapse(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _hint(target: str) -> str:
    prefix, colon, rest = target.partition(":")
    is_actor = colon and prefix.strip() in ("actor", "person", "outlet")
    if is_actor and _TARGET.fullmatch(slug(rest)):
        return f"an actor has no prefix: [[{_short(slug(rest))}]]"
    if colon and (close := get_close_matches(prefix.strip().lower(), _PREFIXES, 1)):
        target = close[0] + colon + rest
    mended = re.sub(r"[^:#]+", lambda part: slug(part[0]), re.sub(r"\s*([:#])\s*", r"\1", target))
    if _TARGET.fullmatch(mended) and max(map(len, re.split("[:#]", mended))) <= ID_LENGTH:
        return f"did you mean [[{mended}]]?"
    return f"write one of {_FORMS}, [[article:ID#claim]]; for a bracket as such, type \\["
