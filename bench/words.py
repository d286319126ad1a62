"""Invented words: sentences of natural length in five languages' scripts, and names for all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS: Final = _split(
    "harbour envoy letter minister border treaty embassy convoy delegation ceasefire message bridge"
    " pipeline radio garrison parliament summit hotline frontier island strait grain railway consul"
    " newspaper committee airfield proposal guarantee prisoner exchange protocol archive canal"
    " ferry governor census lighthouse mission observer patrol quarry reservoir senate tariff"
    " union vessel warehouse yard assembly battery cabinet depot engineer fishery glacier hospital"
    " inquiry journal kiln ledger mandate notice office passport quota register signal tribunal"
    " visa wharf agenda barrier corridor decree"
)
VERBS: Final = _split(
    "told promised denied repeated asked warned offered described confirmed carried sent received"
    " rejected discussed mentioned postponed opened closed followed awaited recalled inspected"
    " signed questioned welcomed praised feared counted mapped moved named noted ordered paid"
    " reached recorded refused released replaced returned searched shared watched"
)
ADJECTIVES: Final = _split(
    "old northern secret foreign public divided distant joint former neutral senior local temporary"
    " official regional maritime annual broken careful coastal costly deputy early eastern empty"
    " federal formal hidden inland lower modest narrow open quiet recent rural second southern"
    " upper vacant western younger"
)
_ENDS: Final = (
    "quietly before the meeting", "on the eve of the talks", "in a long interview",
    "without giving a date", "for the second time this year", "after a night of shelling",
    "at the request of both sides", "as several papers had reported", "through a third party",
    "while the assembly was in session", "in the presence of the press", "late in the evening",
    "although nobody had asked", "to the surprise of observers", "for reasons that were not given",
    "by way of the island", "within a week", "in spite of the weather", "and said so in writing",
)  # fmt: skip
_TEMPLATES: Final = (
    "The {a} {n} {v} the {c} {n} of the {n} {e}.",
    "The {c} {n} {v} the {a} {n}, and the {n} {v} the {n} {e}.",
    "Nobody {v} the {n}.",
    "A {c} {n} {v} the {n} {e}.",
    "According to the {n}, the {a} {c} {n} {v} the {n} {e}, but not the {n}.",
    "The {n} isn't {a}, the {c} {n} said {e}.",
    "When the {a} {n} {v} the {n}, the {c} {n} had {v} the {n} of the {a} {n} {e}.",
    "It was the {c} {n} that {v} the {a} {n} {e}.",
    "Three {c} officials and a {a} {n} {v} the {n} of the {n}.",
    "Of the {a} {n} and the {n} that the {c} {n} {v}, only the {n} was {a}.",
)
_SYLLABLES: Final = _split(
    "ka ro ven dal mi sor ta lu bre no fen gar vil os ter ya zan qu el dor sha pe ru mon ti kel"
    " ba ser hol wen"
)
TRICKY: Final = ("O'{}n", "<{}>", "{} & Sons", "*{}*", "[{}]", "{}_the_elder", "1. {}", "# {}",
                 "{}: a life", "`{}`", "- {}", "</b>{}")  # fmt: skip
"""What acts in Markdown, HTML or YAML and is plain in a name or title."""
_LETTERS: Final = {
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "ar": "ابتثجحدرزسشصطعغفقكلمنهوي",
    "fa": "ابپتجچدرزژسشفکگلمنوهی",
    "ru": "абвгдежзиклмнопрстуфхцчшэюя",
}
LANGUAGES: Final = tuple(_LETTERS)
"""The languages with a script of their own; the other one is English."""
_COINED: Final = 3000
_FOREIGN: Final = 700


class Speech:
    """Words, drawn from one stream of chance."""

    def __init__(self, rng: random.Random) -> None:
        """Coins the words that are this world's own: a few are common, most are rare."""
        self._rng = rng
        self._taken: set[str] = set()
        coined = [self.coin().capitalize() + "ish" for _ in range(_COINED)]
        weights = [1 / (n + 1) for n in range(_COINED)]
        self._foreign = {
            language: [self._letters(letters) for _ in range(_FOREIGN)]
            for language, letters in _LETTERS.items()
        }
        pools = {
            "a": ADJECTIVES,
            "c": rng.choices(coined, weights, k=8192),
            "n": NOUNS,
            "v": VERBS,
            "e": _ENDS,
        }
        self._templates = [_parts(template, pools) for template in _TEMPLATES]

    def draw_from(self, rng: random.Random) -> None:
        """From here on draws from another stream; the coined words stay."""
        self._rng = rng

    def noun(self) -> str:
        return self._rng.choice(NOUNS)

    def office(self) -> str:
        """What somebody is called: "the northern envoy"."""
        return f"the {self._rng.choice(ADJECTIVES)} {self._rng.choice(NOUNS)}"

    def sentence(self, language: str = "en") -> str:
        """Four to twenty words without anything that Markdown acts on."""
        draw = self._rng.random
        if language in self._foreign:
            words = self._foreign[language]
            count = len(words)
            return " ".join([words[int(draw() * count)] for _ in range(8 + int(draw() * 8))]) + "."
        templates = self._templates
        return "".join(
            [
                part if isinstance(part, str) else part[int(draw() * len(part))]
                for part in templates[int(draw() * len(templates))]
            ]
        )

    def sentences(self, count: int) -> str:
        """A paragraph, plain."""
        return " ".join([self.sentence() for _ in range(count)])

    def title(self, language: str = "en") -> str:
        """A headline; one in twenty-five has characters that act elsewhere."""
        rng = self._rng
        if language in self._foreign:
            return " ".join(rng.choices(self._foreign[language], k=6))
        verb = f"{rng.choice(VERBS)} the {rng.choice(ADJECTIVES)}"
        title = f"{rng.choice(NOUNS).capitalize()} {verb} {rng.choice(NOUNS)}"
        return rng.choice(TRICKY).format(title) if rng.randrange(25) == 0 else title

    def coin(self) -> str:
        """A word of this world alone, in small letters; never the same one twice."""
        rng = self._rng
        while True:
            syllables = 2 + (rng.random() < 0.6) + (rng.random() < 0.2)
            word = "".join(rng.choice(_SYLLABLES) for _ in range(syllables))
            if word not in self._taken:
                self._taken.add(word)
                return word

    def native(self, language: str) -> str:
        """A name in the script of a language; of two words, in Persian often joined by a ZWNJ."""
        letters = _LETTERS[language]
        first, last = self._letters(letters), self._letters(letters)
        if language == "ru":
            return f"{first.capitalize()} {last.capitalize()}"
        joint = "\u200c" if language == "fa" and self._rng.random() < 0.5 else " "
        return f"{first}{joint}{last}"

    def _letters(self, alphabet: str) -> str:
        return "".join(self._rng.choices(alphabet, k=3 + self._rng.randrange(5)))


def _parts(template: str, pools: dict[str, Sequence[str]]) -> list[str | Sequence[str]]:
    """A template as texts and the pools between them, ready to be drawn from."""
    first, *rest = template.split("{")
    parts: list[str | Sequence[str]] = [first]
    for one in rest:
        pool, _, text = one.partition("}")
        parts += [pools[pool], text]
    return [part for part in parts if part]
