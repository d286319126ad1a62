"""What there is in the invented world before anybody writes about it: who, where, when."""

from __future__ import annotations

import datetime
import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from bench.corpus_dates import DAYS, FIRST, FORMS, THE_DAY, When, odd, on_day
from bench.words import Speech

NORLAND: Final = "norland"
"""The state that is in half of all articles."""
KINDS: Final = {
    "visit": "CONSULT", "call": "CONSULT", "treaty": "AGREE", "endorsement": "SUPPORT",
    "concession": "CONCEDE", "exercise": "COOPERATE", "delivery": "AID", "withdrawal": "RETREAT",
    "appeal": "REQUEST", "inquiry": "ACCUSE", "veto": "REJECT", "ultimatum": "THREATEN",
    "march": "PROTEST", "embargo": "SANCTION", "parade": "MOBILIZE", "arrest": "COERCE",
    "strike": "ASSAULT", "ceremony": "", "storm": "",
}  # fmt: skip
"""Kinds of event and their categories, of which two have none."""
TRICKY: Final = (
    "O'{}", "<{}>", "{} & Sons", "*{}*", "[{}]", "{}_the_elder", "{} <b>", "1. {}", "# {}",
    "d'{} [sic]", "`{}`", "{}'s \"own\"",
)  # fmt: skip
"""Plain text that would be markup if anybody took it for that."""
_FIGURES: Final = (
    ("boats", "7", "9"), ("delegates", "about 1,200", "some 900"), ("share of the vote", "3.5 %",
    "4 %"), ("prisoners", "12", "at least 12"),
)  # fmt: skip


class Zipf:
    """Draws ids so that the n-th comes up with a weight of 1/n."""

    def __init__(self, ids: Sequence[str], first: int = 1) -> None:
        """`first` is the n of the first id: from 2 on, none is far ahead of the others."""
        self.ids = tuple(ids)
        self._sums = list(accumulate(1 / (n + first) for n in range(len(ids))))

    def draw(self, rng: random.Random) -> str:
        """One of them."""
        return self.ids[bisect(self._sums, rng.random() * self._sums[-1])]

    def some(self, rng: random.Random, n: int) -> list[str]:
        """At most `n` different ones."""
        return list(dict.fromkeys(self.draw(rng) for _ in range(n)))


@dataclass(frozen=True, slots=True)
class Event:
    """What really happened, as far as anything does here."""

    id: str
    number: int
    title: str
    kind: str
    when: When
    place: str
    cast: tuple[str, ...]
    """Ids of two or three actors."""
    figure: tuple[str, str, str]
    """What was counted, the number and another number: `("boats", "7", "9")`."""


class World:
    """Everything that articles refer to but the articles themselves."""

    def __init__(self, articles: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.speech = Speech(self.rng)
        self.articles = articles
        self.names: dict[str, str] = {}
        """Id -> name: actors and places."""
        self._seen: set[str] = set()
        self._tricks = 0
        self.states = (NORLAND, *self._named("state", max(12, articles // 200) - 1))
        self.names[NORLAND] = "Norland"
        self.people = self._named("person", max(12, articles // 18))
        self.bodies = self._named("body", max(8, articles // 80))
        self.outlets = self._named("outlet", max(6, articles // 150))
        self.places = self._named("place", max(8, articles // 70))
        self.topics = tuple(f"topic-{n}" for n in range(max(6, articles // 160)))
        self.nations = Zipf(self.states[1:], 2)
        self.actors = Zipf(_shuffled(self.rng, self.people + self.bodies), 2)
        self.media, self.place, self.topic = map(Zipf, (self.outlets, self.places, self.topics))
        natives = [self.speech.natives(n) for n in range(150)]
        self.lexicon = {tag: [one[tag] for one in natives] for tag in ("he", "ar", "fa", "ru")}
        """Language -> invented words of its script."""
        self.offices = {
            key: tuple(self.speech.office() for _ in range(3)) for key in self.all_actors()
        }
        """Actor -> what articles call it; few words, as in life."""
        self.others = max(articles // 20, min(40, 2 * articles))
        """How many events do not fall on the crowded day; they come first."""
        self.events = self._events()

    def all_actors(self) -> tuple[str, ...]:
        """Every actor's id."""
        return (*self.states, *self.people, *self.bodies, *self.outlets)

    def _named(self, kind: str, n: int) -> tuple[str, ...]:
        """So many new ids, each with a name that no other has or looks like."""
        ids = []
        while len(ids) < n:
            name = self._name(kind)
            # Capital I and small l look alike, which is a warning (NAME001).
            look = name.casefold().replace("i", "l")
            if look in self._seen:
                continue
            self._seen.add(look)
            ids.append("-".join(name.casefold().split()))
            self.names[ids[-1]] = self._tricked(name) if len(ids) % 9 == 5 else name
        return tuple(ids)

    def _name(self, kind: str) -> str:
        name = self.speech.person()
        match kind:
            case "state":
                return f"{name.split()[0]}land"
            case "body":
                return f"{name.split()[0]} {self.speech.noun().capitalize()} Office"
            case "outlet":
                return f"{name.split()[0]} {self.rng.choice(('Herald', 'Times', 'Courier'))}"
            case "place":
                return f"Port {name.split()[0]}"
            case _:
                return name

    def _tricked(self, name: str) -> str:
        self._tricks += 1
        return TRICKY[self._tricks % len(TRICKY)].format(name)

    def _events(self) -> tuple[Event, ...]:
        """First the one that everybody reports, then those of other days, then those of the day."""
        crowd = 1500 if self.articles >= 5000 else max(1, self.articles // 7)
        star = on_day(FIRST - datetime.timedelta(days=23))
        times = [star, *(self._when(n) for n in range(self.others - 1))]
        for n in range(crowd):
            times.append(on_day(THE_DAY, f"T{n % 24:02}:{n % 60:02}:00Z" if n % 19 == 4 else ""))
        return tuple(self._event(number, when) for number, when in enumerate(times))

    def _when(self, n: int) -> When:
        day = FIRST + datetime.timedelta(days=self.rng.randrange(DAYS))
        return odd(n, day) if n < len(FORMS) or n % 3 == 0 else on_day(day)

    def _event(self, number: int, when: When) -> Event:
        rng = self.rng
        cast = dict.fromkeys([self.nations.draw(rng), *self.actors.some(rng, 2)])
        kind = tuple(KINDS)[number % len(KINDS)]
        about = f"{self.speech.fixed(rng.randrange(600)).lower()}"
        title = f"{kind.capitalize()} of {self.names[next(reversed(cast))]} over the {about}"
        return Event(
            id=f"{kind}-{number}",
            number=number,
            title=title,
            kind=kind,
            when=when,
            place=self.place.draw(rng),
            cast=tuple(cast),
            figure=_FIGURES[number % len(_FIGURES)],
        )


def _shuffled(rng: random.Random, ids: Iterable[str]) -> list[str]:
    mixed = list(ids)
    rng.shuffle(mixed)
    return mixed
