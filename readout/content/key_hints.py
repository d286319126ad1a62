"""What an author probably meant by a key or a word that the schema does not have."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_LONGEST_COMPARED: Final = 60
_CLOSENESS: Final = 0.6
"""`difflib`'s ratio from which a spelling counts as close."""
_NEARLY_EQUAL: Final = 0.85
_CLOSER: Final = {"likelihood": _NEARLY_EQUAL, "role": 0.7}
"""Keys whose words resemble what they are not: `unlikely` is close to "quite likely", and
`recipient` to "President"."""
_OTHER_WORDS: Final = {
    "date": ("on", "published"),
    "when": ("on", "date", "published"),
    "time": ("on", "date"),
    "on": ("date",),
    "speaker": ("by",),
    "who": ("by", "id"),
    "author": ("authors", "by"),
    "byline": ("authors",),
    "name": ("title", "id"),
    "title": ("name", "headline"),
    "headline": ("title",),
    "type": ("kind",),
    "link": ("url",),
    "address": ("url",),
    "where": ("place", "in"),
    "location": ("place", "at"),
    "participants": ("actors",),
    "people": ("actors",),
    "parties": ("actors",),
    "description": ("text", "summary"),
    "summary": ("text", "description"),
    "claim": ("text",),
    "point": ("text",),
    "statement": ("text",),
    "quotation": ("quote",),
    "words": ("quote", "date_words"),
    "called": ("as",),
    "office": ("as",),
    "number": ("value",),
    "country": ("of", "in"),
    "parent": ("in", "broader", "part_of"),
    "reason": ("why", "basis"),
}
"""Words that authors use for a key -> the keys that it may be, the likelier first."""


def did_you_mean(typed: str, known: Iterable[str], closeness: float = _CLOSENESS) -> str | None:
    """The known word that is spelt most like this, None where nothing is close."""
    if len(typed) > _LONGEST_COMPARED:
        return None
    simple = {_bare(word): word for word in known}
    close = get_close_matches(_bare(typed), list(simple), n=1, cutoff=closeness)
    return simple[close[0]] if close else None


def key_meant(typed: str, known: Iterable[str]) -> str | None:
    """The known key that was probably meant: another spelling of it, or another word for it."""
    keys = sorted(known)
    if close := did_you_mean(typed, keys, _NEARLY_EQUAL):
        return close
    other = (key for key in _OTHER_WORDS.get(_bare(typed), ()) if key in keys)
    return next(other, None) or did_you_mean(typed, keys)


def choice_meant(name: str, typed: str, choices: list[str]) -> str | None:
    """The choice that was probably meant by the value of the key `name`."""
    return did_you_mean(typed, choices, _CLOSER.get(name, _CLOSENESS))


def _bare(word: str) -> str:
    return word.lower().strip().replace("-", "_").replace(" ", "_")
