"""Quotations and the texts they come from (docs/content.md, "Seeds").

A text and a quotation are both *normalised*, so that typography never decides whether words are
verbatim; then the quotation is looked for, whole words, in its text. What is kept of it in the
repository is its hash and its place, never the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from readout.content.schema import Article
from readout.value import Value

LEFT_OUT: Final = "[...]"
"""The normalised mark for words left out; authors write it, or `[…]`."""
MOST_WORDS: Final = 40
"""Words in one quotation above which a warning says that a briefing summarises."""
MOST_SHARE: Final = 0.15
"""The share of a text, all its quotations together, above which a warning says so."""

_MAP: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)
_MAPPED = re.compile(f"[{''.join(map(chr, _MAP))}]")
_WHITE_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text in NFC, each run of white space one space, quotes, dashes and ellipses plain.

    White space is Unicode's (U+00A0, U+202F and U+2028 belong to it), also at the ends, where a
    run becomes one space as anywhere. Nothing else changes: not case, not punctuation.
    """
    return _WHITE_SPACE.sub(" ", _with_plain_signs(text))


def _with_plain_signs(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _MAPPED.search(text):
            text = text.translate(_MAP)
    return text


class Quotation(Value, frozen=True):
    """A quote or excerpt, normalised."""

    words: str
    """Trimmed; with `[...]` where words are left out: `I told him [...] that it must stop`."""

    @classmethod
    def of(cls, text: str) -> Quotation:
        """The quotation that an author typed."""
        return cls(" ".join(_with_plain_signs(text).split()))

    @property
    def sha256(self) -> str:
        """Of `words`, its marks for words left out among them, in UTF-8; 64 hex digits."""
        return sha256(self.words.encode()).hexdigest()

    @property
    def parts(self) -> tuple[str, ...]:
        """The stretches of words between the marks; empty ones do not count."""
        return tuple(part for part in map(str.strip, self.words.split(LEFT_OUT)) if part)

    @property
    def count(self) -> int:
        """How many words are quoted, separated by white space; what is left out does not count."""
        if LEFT_OUT not in self.words:
            return len(self.words.split())
        return sum(len(part.split()) for part in self.parts)


def find(quotation: Quotation, text: str) -> int | None:
    """Where the quotation begins in a normalised text, in characters; None where it is not there.

    Its parts must follow one another. No part may begin or end inside a word: `were` is not
    verbatim where the text has `weren't`. That holds in scripts that have capital and small
    letters, and for digits; the others join words in ways that no simple rule knows (`ו` is "and"
    in Hebrew; Chinese has no spaces), and there any stretch of characters counts.
    """
    first: int | None = None
    position = 0
    for part in quotation.parts:
        at = _find_words(part, text, position)
        if at is None:
            return None
        if first is None:
            first = at
        position = at + len(part)
    return first


def _find_words(part: str, text: str, start: int) -> int | None:
    at = text.find(part, start)
    while at >= 0:
        end = at + len(part)
        if not _splits_word(text, at) and not _splits_word(text, end):
            return at
        at = text.find(part, at + 1)
    return None


def _splits_word(text: str, at: int) -> bool:
    """Whether a word goes on across this place: `wo|rd`, `1|8`, `can|'t`."""
    if not 0 < at < len(text):
        return False
    if unicodedata.combining(text[at]):
        return True
    return _in_word(text[at - 1]) and (_in_word(text[at]) or text.startswith("'t", at))


def _in_word(character: str) -> bool:
    return character.isdecimal() or character.lower() != character.upper()


def quotations_of(article: Article) -> Iterator[tuple[int, str, str]]:
    """Each quote and excerpt of an article's claims: the claim's index, the key, the text."""
    for n, claim in enumerate(article.claims):
        if claim.quote:
            yield n, "quote", claim.quote
        if claim.excerpt:
            yield n, "excerpt", claim.excerpt


def count_words(text: str) -> int:
    """How many words a text has, separated by white space."""
    return len(text.split())
