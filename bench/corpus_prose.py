"""Invented prose: mostly plain, some of it with references, a little with Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Final

from bench.corpus_plan import Plan
from bench.corpus_world import World

_REFERRING: Final = 0.18
"""The share of prose fields with references."""
_MARKED: Final = 0.07
"""The share with Markdown that a parser has to read, as measured in news text."""
_NATIVE: Final = 0.03
"""The share of sentences that quote words of another script."""
_ODDITIES: Final = (
    "The margin was < 5 & > 2, wrote the O'Bryn paper.",
    "\u201cNot yet\u201d \u2014 that was the answer; R&D would take until May\u2026",
    "Some 1,200 people (3.5 % of the island) had left by 6:30.",
    "One line reads: \u2018sold to Smith & Sons\u2019.",
)
_LANGUAGES: Final = ("he", "ar", "fa", "ru")
Mark = Callable[[str, str], str]
_INLINE: Final[tuple[Mark, ...]] = (
    lambda a, b: f"{a} *{b}*",
    lambda a, b: f"{a} **{b}**",
    lambda a, b: f"{a} [As printed](https://archive.example/page?a=1&b=2). {b}",
    lambda a, b: f"{a} It was marked \\*secret\\*. {b}",
    lambda a, b: f'{a} See [the *second* note](https://archive.example/b "a title"). {b}',
    lambda a, b: f"{a} The file is named a_b_c and _not_ abc. {b}",
)
_BLOCKS: Final[tuple[Mark, ...]] = (
    lambda a, b: f"{a}\n\n- {b}\n- {a}",
    lambda a, b: f"{a}\n\n> {b}",
    lambda a, b: f"{a}\n\n1. {b}\n2. {a}\n   - {b}",
    lambda a, b: f"> {a}\n>\n> - {b}",
    lambda a, b: f"{a}\n\n* {b}\n\n* **{a}**",
)


class Pen:
    """Writes prose for the world, and counts on: each form comes up in its turn."""

    def __init__(self, world: World, plans: Sequence[Plan]) -> None:
        self.world = world
        self._speech = world.speech
        self._rng = world.rng
        self._plans = plans
        self._turn = count()

    def sentence(self) -> str:
        """One plain sentence; now and then with words of another script."""
        if self._rng.random() >= _NATIVE:
            return self._speech.sentence()
        turn = next(self._turn)
        if turn % 3 == 0:
            return _ODDITIES[turn // 3 % len(_ODDITIES)]
        words = self.native(_LANGUAGES[turn % 4], 3)
        return f"The paper itself wrote \u00ab{words}\u00bb and left it there."

    def native(self, language: str, words: int) -> str:
        """Words of another script: `he`, `ar`, `fa` or `ru`."""
        lexicon = self.world.lexicon[language]
        return " ".join(self._rng.choice(lexicon) for _ in range(words))

    def line(self, sentences: int, plan: Plan | None = None) -> str:
        """One paragraph; with references and Markdown now and then."""
        chance = self._rng.random()
        if chance < _MARKED:
            first, *rest = (self.sentence() for _ in range(max(2, sentences)))
            return _INLINE[next(self._turn) % len(_INLINE)](first, " ".join(rest))
        refers = chance < _MARKED + _REFERRING
        return self._paragraph(sentences, plan, int(refers))

    def text(self, paragraphs: int, plan: Plan | None = None) -> str:
        """Several paragraphs of four sentences or so, with a list or a block quote now and then."""
        chance = self._rng.random()
        refers = int(chance > 0.6)
        found = [
            self._paragraph(3 + self._rng.randrange(3), plan, refers) for _ in range(paragraphs)
        ]
        if chance < _MARKED:
            mark = _BLOCKS[next(self._turn) % len(_BLOCKS)]
            found.append(mark(self._paragraph(1, plan, 1), self.sentence()))
        return "\n\n".join(found)

    def _paragraph(self, sentences: int, plan: Plan | None, references: int) -> str:
        found = [self.sentence() for _ in range(sentences)]
        if references:
            found[0] = f"{self.reference(plan)} had a part in it. {found[0]}"
        return " ".join(found)

    def other(self, plan: Plan | None) -> Plan | None:
        """Another article that is published, near in number; None where there is none."""
        at = plan.number if plan else self._rng.randrange(len(self._plans))
        for step in range(1, 4):
            for number in (at - step * (1 + self._rng.randrange(9)), at + step):
                if 0 <= number < len(self._plans) and number != at:
                    found = self._plans[number]
                    if not found.draft:
                        return found
        return None

    def reference(self, plan: Plan | None = None) -> str:
        """A reference; without a plan, one that can stand anywhere."""
        rng, world = self._rng, self.world
        turn = next(self._turn)
        words = f"|{self._speech.office()}" if turn % 3 == 0 else ""
        match turn % 7:
            case 0:
                return f"[[place:{world.place.draw(rng)}{words}]]"
            case 1:
                return f"[[topic:{world.topic.draw(rng)}{words}]]"
            case 2:
                event = rng.choice(plan.events if plan and plan.events else world.events)
                return f"[[event:{event.id}{words}]]"
            case 3 if plan and plan.claims:
                return f"[[#{rng.choice(plan.claims)}{words}]]"
            case 4 | 5:
                return self._to_article(plan, words, claim=turn % 7 == 4)
            case _:
                cast = plan.cast if plan else (world.actors.draw(rng),)
                return f"[[{rng.choice(cast)}{words}]]"

    def _to_article(self, plan: Plan | None, words: str, *, claim: bool) -> str:
        other = self.other(plan)
        if other is None:
            return f"[[{self.world.actors.draw(self._rng)}{words}]]"
        at = f"#{self._rng.choice(other.claims)}" if claim and other.claims else ""
        return f"[[article:{other.id}{at}{words}]]"
