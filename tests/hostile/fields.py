"""Which text a field of the content gets: a hostile string, or the harmless twin of one.

The twin of a string is a word that no language and no parser knows, `Qz17pz`: 17 is the number of
the string in its batch, `p` says in what form it stands there. A site whose texts are all twins has
the structure that every site must have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Kind = Literal["plain", "prose", "page"]

TWIN: Final = re.compile(r"Qz(\d+)([a-z])z")
PLAIN: Final = "p"
RAW: Final = "r"
WORDS: Final = "w"
ADDRESS: Final = "u"
PAGE: Final = "b"
PROSE_FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    RAW: lambda text: text,
    "i": lambda text: f"- {text}\n- {text}",
    "n": lambda text: f"1986. {text}",
    "q": lambda text: f"> {text}",
    "e": lambda text: f"**{text}**",
    "l": lambda text: f"[{text}](https://example.org/a)",
    "t": lambda text: f'[a](https://example.org/a "{text}")',
    "h": lambda text: f"[a](https://example.org/{text})",
    "s": lambda text: f"First.\n\n{text}\n\nLast.",
}
"""The forms in which prose gets a string: as it is, and inside each part of the Markdown that prose
has."""
IN_TARGETS: Final = frozenset("th")
"""Those in which it stands where no reader sees it: in a link's address or title."""


class Texts(Protocol):
    """Gives every field its text."""

    def plain(self, number: int, field: str) -> str: ...

    def prose(self, number: int, field: str, form: str = RAW) -> str: ...

    def words(self, number: int, field: str) -> str:
        """What stands as words of a reference, `[[zq-hub|...]]`: plain, in one line."""
        ...

    def address(self, number: int, field: str) -> str:
        """The end of a web address."""
        ...


class Twins:
    """A harmless word for every string, the same in every field."""

    def plain(self, number: int, field: str) -> str:
        return twin(number, PLAIN)

    def prose(self, number: int, field: str, form: str = RAW) -> str:
        return twin(number, form)

    def words(self, number: int, field: str) -> str:
        return twin(number, WORDS)

    def address(self, number: int, field: str) -> str:
        return twin(number, ADDRESS)


def twin(number: int, form: str) -> str:
    """`Qz17pz`."""
    return f"Qz{number}{form}z"


@dataclass(frozen=True, slots=True)
class Batch:
    """Strings for one site; those that a form does not take are replaced by their twins there."""

    texts: Sequence[str]
    unfit: frozenset[tuple[int, str]] = frozenset()
    """Number and form of what the product refuses, with a diagnostic."""

    def typed(self, number: int, form: str) -> str:
        """What stands in the content for a twin."""
        if number >= len(self.texts) or (number, form) in self.unfit:
            return twin(number, form)
        make = PROSE_FORMS.get(form)
        text = self.texts[number]
        return make(text) if make else text

    def plain(self, number: int, field: str) -> str:
        return self.typed(number, PLAIN)

    def prose(self, number: int, field: str, form: str = RAW) -> str:
        return self.typed(number, form)

    def words(self, number: int, field: str) -> str:
        return self.typed(number, WORDS)

    def address(self, number: int, field: str) -> str:
        return self.typed(number, ADDRESS)


def kind_of(form: str) -> Kind:
    """Whether a form is plain text, prose, or a page of the desk."""
    if form == PAGE:
        return "page"
    return "prose" if form in PROSE_FORMS else "plain"
