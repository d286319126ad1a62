"""What an author probably meant by a key, a word or a value that the schema does not take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final

from readout.content.characters import shown
from readout.content.record_keys import example_of_keys, required_keys
from readout.content.schema import RELATIONS, Party, Record

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

_OTHER_CHOICES: Final = {"medium": "moderate"}
"""Words that authors use for a choice, and no spelling of it -> the choice."""


_NOTHING: Final = frozenset(["none", "no", "nobody", "nothing", "n/a", "na", "-", "unknown", "nil"])
"""What people write where there is nothing to list."""


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
    other = _OTHER_CHOICES.get(_bare(typed))
    return (
        other if other in choices else did_you_mean(typed, choices, _CLOSER.get(name, _CLOSENESS))
    )


def hint_for_list(owner: type[Record] | None, name: str, value: Any) -> str:
    """How to make a list of what stands in its place: text, or keys with values.

    `name` is the list's key, or the number of the item that it is; `owner` the record that its
    items are, if any.
    """
    if not isinstance(value, str) and next(iter(value), "").startswith("-"):
        return 'write a space after each dash: "- item"'
    if not isinstance(value, str):
        return 'write "- " before each item' + _pair_as_item(owner, value)
    if value.lower() in _NOTHING:
        return "leave the key out where there is nothing to list"
    if value.startswith("-"):
        return 'write a space after each dash: "- item"'
    if owner is not None and owner is not Party:
        example = example_of_keys(required_keys(owner))
        return f'write "- " before each item, and its keys: - {example}'
    if name in RELATIONS:
        return f'write it as a list: ["{"" if "#" in value else "#"}{shown(value)}"]'
    needs_quotes = re.search(r"[^\w ,.-]", value)
    return "write it as a list: " + shown(f'["{value}"]' if needs_quotes else f"[{value}]")


def _pair_as_item(owner: type[Record] | None, value: Any) -> str:
    """`{killed: 7}` where items of two keys are expected: its first, as such an item."""
    names = required_keys(owner) if owner else []
    if len(names) != 2 or not isinstance(value, dict) or not value or set(value) & set(names):
        return ""
    pair = zip(names, next(iter(value.items())), strict=True)
    return f": - {{{', '.join(f'{name}: {shown(str(text), 30)}' for name, text in pair)}}}"


def _bare(word: str) -> str:
    return word.lower().strip().replace("-", "_").replace(" ", "_")
