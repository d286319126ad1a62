"""The claims of an invented article, and the words that they quote."""

from __future__ import annotations

import datetime
import random
from typing import Final

from bench.corpus_account import party
from bench.corpus_prose import Prose
from bench.corpus_world import Head, World
from bench.yaml_out import Value

LIKELIHOODS: Final = (
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable",
    "roughly even chance", "roughly even odds", "likely", "probable", "very likely",
    "highly probable", "almost certain", "nearly certain",
)  # fmt: skip
CONFIDENCES: Final = ("low", "moderate", "high")
_RELATIONS: Final = ("denies", "confirms", "supports", "disputes", "repeats")
_STANCES: Final = {"denies": "denies", "confirms": "confirms"}


class Quotes:
    """Words taken from sentences of a text, each sentence at most once."""

    def __init__(self, sentences: list[str], rng: random.Random) -> None:
        """Some of the sentences get the typography that texts have and quotations need not."""
        for n in range(0, len(sentences), 9):
            sentences[n] = f"\u201c{sentences[n][:-1]}\u2026\u201d \u2013 {sentences[n + 1]}"
        for n in range(2, len(sentences), 9):
            sentences[n] = sentences[n].replace("'", "\u2019").replace(" ", "\u00a0", 1)
        self._left = [one for n, one in enumerate(sentences) if n % 9]
        self._rng = rng
        self.taken: list[str] = []
        rng.shuffle(self._left)

    def take(self) -> str:
        """Some of a text's words: a sentence, most of one, or its ends with a gap between."""
        words = self._left.pop().rstrip(".").replace("\u2019", "'").split()
        form = self._rng.randrange(4)
        if form == 0 and len(words) > 9:
            gap = ("[...]", "[\u2026]")[len(words) % 2]
            words[4:-3] = [gap]
        taken = " ".join(words[1:] if form == 1 else words)
        self.taken.append(taken)
        return taken


def claim(
    world: World,
    head: Head,
    i: int,
    cast: list[str],
    prose: Prose,
    quotes: Quotes | None,
    rng: random.Random,
) -> dict[str, Value]:
    """The i-th claim of an article; its first is often the outlet's own."""
    n = head.number + i
    made: dict[str, Value] = {"id": head.claims[i], "text": prose.short()}
    if i or n % 2:
        made["by"] = _speakers(world, cast, rng)
    if i and n % 5 == 0:
        via: Value = rng.choice(world.outlets)
        made["via"] = via if n % 2 else [via, party(world, "", rng)]
    if n % 5 < 3:
        made["on"] = _said(head.day, rng)
    if n % 6 == 0:
        made["at"] = _event(world, head, rng)
    relation = _RELATIONS[n % 5] if i and rng.random() < 0.4 else ""
    if n % 3 or relation in _STANCES:
        made["stance"] = _STANCES.get(relation, "no-comment" if n % 11 == 1 else "asserts")
    if quotes and i < 3 and n % 4:
        made["quote" if "by" in made and n % 8 < 6 else "excerpt"] = quotes.take()
    if "quote" in made and (head.language != "en" or n % 3 == 0):
        made["translated"] = "false" if head.language == "en" else "true"
    if n % 10 == 3:
        made["origin"] = [rng.choice(world.outlets[:3])]
    if n % 2:
        made["about"] = sorted({_event(world, head, rng), _event(world, head, rng)})
    if relation:
        made[relation] = _related(world, head, i, rng)
    if n % 7 == 4:
        made["likelihood"] = LIKELIHOODS[n // 7 % len(LIKELIHOODS)]
    if n % 9 == 4:
        made["confidence"] = CONFIDENCES[n // 9 % 3]
    return made


def _speakers(world: World, cast: list[str], rng: random.Random) -> Value:
    """One, now and then one whom the article does not name, or two."""
    chance = rng.random()
    if chance < 0.15:
        return party(world, "", rng)
    if chance < 0.3:
        return [party(world, one, rng) for one in rng.sample(cast, min(2, len(cast)))]
    return party(world, rng.choice(cast), rng)


def _said(day: datetime.date, rng: random.Random) -> str:
    said = (day - datetime.timedelta(days=rng.randrange(4))).isoformat()
    return (said, said, said, said[:7], f"[..{said}]", f"{said}~")[rng.randrange(6)]


def _event(world: World, head: Head, rng: random.Random) -> str:
    known = head.events and rng.random() < 0.8
    return world.events[rng.choice(head.events)].id if known else rng.choice(world.events).id


def _related(world: World, head: Head, i: int, rng: random.Random) -> list[str]:
    """One claim of the same article before this one, or of an article near it."""
    if rng.random() < 0.4:
        return [f"#{head.claims[rng.randrange(i)]}"]
    near = world.quotable
    at = min(len(near) - 1, head.number) + rng.randrange(-20, 21)
    other = near[at % len(near)]
    if other.id == head.id:
        return [f"#{head.claims[rng.randrange(i)]}"]
    return [f"{other.id}#{rng.choice(other.claims)}"]
