"""An invented world, drawn up before any article is written: who, where, what, when."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Final

from bench.corpus_events import (
    KINDS,
    Event,
    Zipf,
    date_of,
    how_many,
    most_accounts,
    status_of,
    tell,
)
from bench.words import LANGUAGES, TRICKY, Speech

FIRST_PUBLISHED: Final = datetime.date(1987, 11, 1)
DAYS: Final = 1500
"""Articles are published within so many days."""


@dataclass(frozen=True, slots=True)
class Someone:
    """An actor."""

    id: str
    kind: str
    name: str
    """As on its page: now and then with characters that act elsewhere, or in another script."""
    spoken: str
    """Its name as running text has it: Latin letters alone."""
    language: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What others need to know of an article before it is written."""

    id: str
    number: int
    outlet: str
    language: str
    day: datetime.date
    published: str
    """EDTF, or nothing."""
    draft: bool
    bare: bool
    """Whether it has only what the contract requires."""
    claims: tuple[str, ...]
    events: list[int] = field(default_factory=list)
    """The numbers of those that it tells of."""


class World:
    """Everything that articles refer to. `norland` is the state in half of all articles."""

    def __init__(self, articles: int, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(f"world {seed}")
        self.speech = Speech(self.rng)
        self.outlets = [f"outlet-{n}" for n in range(max(4, articles // 150))]
        self.states = ["norland", *(f"state-{n}" for n in range(1, max(6, articles // 200)))]
        self.people = [f"person-{n}" for n in range(24 + articles // 18)]
        self.bodies = [f"body-{n}" for n in range(max(8, articles // 100))]
        self.actors = {
            key: self._someone(key, n)
            for n, key in enumerate([*self.states, *self.people, *self.bodies, *self.outlets])
        }
        self.others = Zipf(_shuffled_in(self.states[1:], self.people, self.bodies), first=8)
        self.media = Zipf(self.outlets)
        self.places = [f"place-{n}" for n in range(max(8, articles // 70))]
        self.place_names = {key: self._place_name(n) for n, key in enumerate(self.places)}
        self.place = Zipf(self.places)
        self.topics = [f"topic-{n}" for n in range(max(6, articles // 160))]
        self.topic = Zipf(self.topics)
        on_day, elsewhere = how_many(articles)
        self.events = [self._event(n, on_day) for n in range(on_day + elsewhere)]
        self.heads = [self._head(n) for n in range(articles)]
        self.quotable = [head for head in self.heads if head.claims and not head.draft]
        self._plan(most_accounts(articles))
        self.also_norland = self._chance_of_norland()

    def _someone(self, key: str, n: int) -> Someone:
        kind = key.partition("-")[0]
        coined = self.speech.coin().capitalize()
        language = ("en", *LANGUAGES)[self.rng.randrange(5)] if n > 4 else ("en", *LANGUAGES)[n]
        if kind == "person":
            spoken = f"{self.speech.coin().capitalize()} {coined}"
        elif kind == "outlet":
            spoken = f"The {coined} {('Courier', 'Mirror', 'Gazette', 'Agency')[n % 4]}"
        elif kind == "body":
            spoken = f"{('Ministry', 'Council', 'League', 'Front')[n % 4]} of {coined}"
        else:
            spoken = "Norland" if n == 0 else f"{coined}land"
        name = spoken
        every = 5 if n < 60 else 17
        if n % every == 4:
            name = TRICKY[n // every % len(TRICKY)].format(spoken)
        elif n % 31 == 12 and language != "en":
            name = f"{self.speech.native(language)} {self.speech.native(language)}"
        of: tuple[str, ...] = ()
        if kind not in ("norland", "state"):
            of = (self.states[int(len(self.states) * self.rng.random() ** 2)],)
        if kind == "person" and n % 3 == 0:
            of = (*of, self.rng.choice(self.bodies))
        kinds = {"person": "person", "body": ("organisation", "group")[n % 2], "outlet": "outlet"}
        return Someone(key, kinds.get(kind, "state"), name, spoken, language, of)

    def _place_name(self, n: int) -> str:
        name = self.speech.coin().capitalize()
        if n == 0:
            return "Norland"
        return TRICKY[n // 9 % len(TRICKY)].format(name) if n % 9 == 5 else name

    def _event(self, n: int, on_day: int) -> Event:
        rng = self.rng
        kind = "" if n % 23 == 11 else list(KINDS)[n % len(KINDS)]
        parties = ["norland"] if n % 4 == 0 else []
        needed = len(KINDS[kind].roles) if kind else 2
        while len(parties) < needed:
            one = self.others.draw(rng)
            if one not in parties:
                parties.append(one)
        if n % 2:
            parties.reverse()
        pattern = KINDS[kind].title if kind else "{} and {}: an affair"
        title = pattern.format(*(self.actors[one].name for one in parties[:2]))
        date = date_of(n, on_day, rng)
        place = self.place.draw(rng) if n % 3 else ""
        return Event(f"event-{n}", n, title, kind, status_of(n, date), date, place, tuple(parties))

    def _head(self, n: int) -> Head:
        rng = self.rng
        outlet = self.media.draw(rng)
        day = FIRST_PUBLISHED + datetime.timedelta(days=rng.randrange(DAYS))
        date = day.isoformat()
        published = {3: date[:7], 10: "", 21: f"{date}?", 27: f"{date}T06:30:00Z"}.get(n % 33, date)
        bare, draft = n % 53 == 17, n % 97 == 41
        claims = () if bare else tuple(f"{self.speech.noun()}-{i + 1}" for i in range(3 + n % 4))
        language = self.actors[outlet].language if n % 2 else ("en", *LANGUAGES)[n // 2 % 5]
        return Head(f"article-{n}", n, outlet, language, day, published, draft, bare, claims)

    def _plan(self, most: int) -> None:
        tellers = [head.number for head in self.heads if not head.bare]
        published = [n for n in tellers if not self.heads[n].draft]
        for article, events in tell(len(self.events), tellers, published, most, self.rng).items():
            self.heads[article].events.extend(events)
        self.first_teller = {
            event: n for n in reversed(published) for event in self.heads[n].events
        }
        """Event -> the first published article that tells of it, both by number."""

    def _chance_of_norland(self) -> float:
        """With what chance it must appear where no event brings it in, for half to have it."""
        has_it = {event.number for event in self.events if "norland" in event.parties}
        by_events = sum(not has_it.isdisjoint(head.events) for head in self.heads)
        others = sum(not head.bare for head in self.heads) - by_events
        return max(0.0, (len(self.heads) / 2 - by_events) / others) if others else 0.0

    def untold(self) -> set[int]:
        """The numbers of events that no published article tells of."""
        told = {n for head in self.heads if not head.draft for n in head.events}
        return {event.number for event in self.events} - told


def _shuffled_in(*lists: list[str]) -> list[str]:
    """One list in which each of the given ones is spread evenly, in its own order."""
    placed = [((n + 0.5) / len(one), one[0], key) for one in lists for n, key in enumerate(one)]
    return [key for _, _, key in sorted(placed)]
