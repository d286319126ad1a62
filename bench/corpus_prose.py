"""The prose of one article or record: mostly plain, now and then with Markdown and references."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from bench.corpus_world import Head, World

_MARKDOWN: Final = (
    (" the ", " *the* "),
    (" the ", " **the** "),
    ("of the", "of [the](https://example.org/a?b=1&c=2)"),
    (" and the ", " & the "),
    ("The ", "<b>The</b> "),
    (" the ", " \\*the\\* "),
)
"""What stands instead of what: emphasis, strong, a link, and characters shown as typed."""


class Prose:
    """Writes prose that may refer to a cast of actors and, in an article, to its claims."""

    def __init__(
        self, world: World, rng: random.Random, cast: Sequence[str], head: Head | None = None
    ) -> None:
        self._world, self._rng, self._cast, self._head = world, rng, cast, head

    def short(self, sentences: int = 1) -> str:
        """A paragraph: one in fifteen has Markdown, one in thirty a reference."""
        text = self._world.speech.sentences(sentences)
        chance = self._rng.random()
        if chance < 0.066:
            return self._marked(text)
        if chance < 0.1:
            return self._referring(text)
        return self._naming(text) if chance < 0.3 else text

    def long(self, paragraphs: int) -> str:
        """Several paragraphs, most with a reference; one in eight has a list and a quotation."""
        speech, rng = self._world.speech, self._rng
        found = []
        for n in range(paragraphs):
            text = speech.sentences(2 + rng.randrange(3))
            found.append(self._referring(text) if n == 0 else self._naming(text))
        if rng.random() < 0.12:
            found[-1] = self._marked(found[-1])
            found.append(f"- {self._reference()} spoke.\n- {speech.sentence()}\n- *Nobody* else.")
            found.append(f"> {speech.sentence()}")
        return "\n\n".join(found)

    def _marked(self, text: str) -> str:
        old, new = self._rng.choice(_MARKDOWN)
        marked = text.replace(old, new, 1)
        return marked if marked != text else f"{text} *So it is said.*"

    def _naming(self, text: str) -> str:
        """The same with somebody's name in it."""
        if not self._cast:
            return text
        name = self._world.actors[self._rng.choice(self._cast)].spoken
        return text.replace(".", f", as {name} had it.", 1)

    def _referring(self, text: str) -> str:
        return text.replace(".", f", according to {self._reference()}.", 1)

    def _reference(self) -> str:
        """A reference of any kind (docs/content.md, "References")."""
        world, rng, head = self._world, self._rng, self._head
        form = rng.randrange(12 if head and head.claims else 7)
        actor = rng.choice(self._cast) if self._cast else "norland"
        words = world.speech.office()
        match form:
            case 0:
                return f"[[{actor}]]"
            case 1 | 2:
                return f"[[{actor}|{words}]]"
            case 3:
                return f"[[event:{self._event()}|{words}]]"
            case 4:
                return f"[[event:{self._event()}]]"
            case 5:
                return f"[[place:{world.place.draw(rng)}]]"
            case 6:
                return f"[[topic:{world.topic.draw(rng)}|{words}]]"
        return self._to_claim(form, words, head.claims if head else ())

    def _to_claim(self, form: int, words: str, own: Sequence[str]) -> str:
        """A reference to a claim of this article or of another, or to another article."""
        rng, quotable = self._rng, self._world.quotable
        if form < 9:
            claim = rng.choice(own)
            return f"[[#{claim}]]" if form == 7 else f"[[#{claim}|{words}]]"
        other = rng.choice(quotable)
        if form == 9:
            return f"[[article:{other.id}]]"
        bar = f"|{words}" if form == 10 else ""
        return f"[[article:{other.id}#{rng.choice(other.claims)}{bar}]]"

    def _event(self) -> str:
        head, events = self._head, self._world.events
        if head and head.events and self._rng.random() < 0.7:
            return events[self._rng.choice(head.events)].id
        return self._rng.choice(events).id
