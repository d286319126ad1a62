"""Invented words: sentences of natural length, names in four scripts, and what trips parsers."""

from __future__ import annotations

import random
from collections.abc import Callable

_NOUNS = [
    "harbour",
    "envoy",
    "letter",
    "minister",
    "border",
    "treaty",
    "embassy",
    "convoy",
    "delegation",
    "ceasefire",
    "message",
    "bridge",
    "pipeline",
    "radio",
    "garrison",
    "parliament",
    "summit",
    "hotline",
    "frontier",
    "convoy",
    "island",
    "strait",
    "grain",
    "railway",
    "consul",
    "newspaper",
    "committee",
    "airfield",
    "proposal",
    "guarantee",
    "prisoner",
    "exchange",
    "protocol",
    "archive",
]
_VERBS = [
    "told",
    "promised",
    "wrote",
    "denied",
    "repeated",
    "asked",
    "warned",
    "offered",
    "described",
    "confirmed",
    "carried",
    "sent",
    "received",
    "rejected",
    "discussed",
    "mentioned",
    "postponed",
    "opened",
    "closed",
    "followed",
    "awaited",
    "recalled",
]
_REST = [
    "quietly before the meeting",
    "on the eve of the talks",
    "in a long interview",
    "without giving a date",
    "for the second time this year",
    "after a night of shelling",
    "at the request of both sides",
    "as several papers had reported",
    "while the assembly was in session",
    "through a third party",
    "in the presence of the press",
    "although nobody had asked",
    "to the surprise of observers",
]
_ADJECTIVES = [
    "old",
    "northern",
    "secret",
    "foreign",
    "public",
    "divided",
    "distant",
    "joint",
    "former",
    "neutral",
    "senior",
    "local",
    "temporary",
    "official",
    "unnamed",
    "regional",
    "maritime",
]
_SYLLABLES = [
    "ka",
    "ro",
    "ven",
    "dal",
    "mi",
    "sor",
    "ta",
    "lu",
    "bre",
    "no",
    "fen",
    "gar",
    "il",
    "os",
    "ter",
    "ya",
    "zan",
    "qu",
    "el",
    "dor",
]
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC = "ابتثجحدرزسشصطعغفقكلمنهوي"
_PERSIAN = "ابپتجچدرزژسشفکگلمنوهی"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшэюя"
_TRICKY = ("O'Bra{}n", "<{}>", "{} & Sons", "*{}*", "[{}]", "{}_the_elder", "1. {}", "# {}")


class Speech:
    """Draws words from one stream of chance."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def noun(self) -> str:
        return self._rng.choice(_NOUNS)

    def sentence(self) -> str:
        """Sixteen words or so, plain."""
        rng = self._rng
        return (
            f"The {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)} {rng.choice(_VERBS)} the "
            f"{rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)} of the {rng.choice(_NOUNS)} "
            f"{rng.choice(_REST)}."
        )

    def paragraph(self, sentences: int, reference: Callable[[], str]) -> str:
        """Sentences; one in three names somebody, one in fourteen has Markdown."""
        rng = self._rng
        found = []
        for _ in range(sentences):
            text = self.sentence()
            chance = rng.randrange(42)
            if chance < 14:
                text = text.replace("The ", f"{reference()} and the ", 1)
            elif chance < 17:
                text = (
                    text.replace(" the ", " *the* ", 1),
                    text.replace(" the ", " **the** ", 1),
                    text.replace("of the", "of [the](https://example.org/a?b=1&c=2)", 1),
                )[chance - 14]
            found.append(text)
        return " ".join(found)

    def list(self, reference: Callable[[], str]) -> str:
        """A list and a block quote."""
        return "\n".join(
            [f"- {reference()} spoke.", f"- {self.sentence()}", "", f"> {self.sentence()}"]
        )

    def title(self) -> str:
        rng = self._rng
        title = f"The {rng.choice(_NOUNS)} {rng.choice(_VERBS)} the {rng.choice(_ADJECTIVES)} one"
        if rng.randrange(25) == 0:
            return rng.choice(_TRICKY).format(title)
        return title

    def fixed(self, n: int) -> str:
        """A title that depends on its number alone."""
        return f"{_ADJECTIVES[n % len(_ADJECTIVES)].capitalize()} {_NOUNS[n * 7 % len(_NOUNS)]}"

    def office(self) -> str:
        return f"the {self._rng.choice(_ADJECTIVES)} {self._rng.choice(_NOUNS)}"

    def person(self) -> str:
        return f"{self._word().capitalize()} {self._word().capitalize()}"

    def place(self, n: int) -> str:
        return self._word().capitalize() if n % 9 else _TRICKY[n // 9 % 4].format("Bay")

    def name(self, n: int) -> str:
        """A name that no other has; now and then with characters that act in Markdown or HTML."""
        if n == 0:
            return "Norland"
        name = f"{self.person()} {n}"
        return _TRICKY[n // 40 % len(_TRICKY)].format(name) if n % 40 == 13 else name

    def natives(self, n: int) -> dict[str, str]:
        """Names in other scripts."""
        return {
            "he": self._letters(_HEBREW, n),
            "ar": self._letters(_ARABIC, n),
            "fa": f"{self._letters(_PERSIAN, n)}\u200c{self._letters(_PERSIAN, n)}",
            "ru": self._letters(_CYRILLIC, n).capitalize(),
        }

    def _letters(self, alphabet: str, n: int) -> str:
        return "".join(self._rng.choice(alphabet) for _ in range(5 + n % 3))

    def _word(self) -> str:
        return "".join(self._rng.choice(_SYLLABLES) for _ in range(self._rng.randrange(2, 4)))
