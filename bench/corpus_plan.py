"""Which article tells of which events, and when: settled before the first is written.

So an article can refer to any other, and to its claims, whichever is written first.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from bench.corpus_dates import DAYS, FIRST
from bench.corpus_world import NORLAND, Event, World

_CLAIMS: Final = (
    "no-talks", "letter-sent", "route-changed", "told-beforehand", "not-consulted", "boats-seen",
    "line-open", "terms-agreed", "no-reply", "visit-planned", "cause-unknown", "numbers-low",
)  # fmt: skip
_NEAR: Final = 40
"""How many events back an article looks for others to mention."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An article before it is written."""

    id: str
    number: int
    draft: bool
    bare: bool
    """Nothing but what is required."""
    outlet: str
    published: datetime.date
    events: tuple[Event, ...]
    owns: frozenset[str]
    """Events that it tells of by their full title and date, so that somebody does."""
    foretold: str
    """The event that is still to come when it is published, or nothing."""
    claims: tuple[str, ...]
    """The ids of its claims."""
    cast: tuple[str, ...]
    """Who may appear in it."""


def is_draft(number: int) -> bool:
    """Whether the article with this number is one of the few drafts."""
    return number % 97 == 41


def is_bare(number: int) -> bool:
    """Whether the article with this number has only the required keys."""
    return number % 31 == 17


class Planner:
    """Draws up the plans."""

    def __init__(self, world: World) -> None:
        self.world = world
        whole = [n for n in range(world.articles) if not is_draft(n) and not is_bare(n)]
        self._owners = _spread(world.events, whole)
        star = 200 if world.articles >= 5000 else 2
        wanted = min(len(whole), max(star, world.articles // 50))
        step = len(whole) // wanted if wanted else 1
        self._tell_of_star = frozenset(whole[: wanted * step : step])
        reported = sorted((e.when.reported, e.number) for e in world.events[1:])
        self._by_day = [world.events[number] for _, number in reported]
        self._days = [day for day, _ in reported]

    def plans(self) -> tuple[Plan, ...]:
        """One for each article."""
        return tuple(self._plan(number) for number in range(self.world.articles))

    def _plan(self, number: int) -> Plan:
        world, rng = self.world, self.world.rng
        own = self._owners.get(number, ())
        events = {} if is_bare(number) else {one.id: one for one in own or self._subject(number)}
        foretold = ""
        if events:
            day = max(one.when.reported for one in events.values())
            only = next(iter(events.values()))
            if number % 29 == 3 and len(events) == 1 and only.when.plain and only.number:
                foretold, day = only.id, day - datetime.timedelta(days=4)
            else:
                day += datetime.timedelta(days=self._lag())
        else:
            day = FIRST + datetime.timedelta(days=rng.randrange(DAYS))
        if number in self._tell_of_star:
            events[world.events[0].id] = world.events[0]
        if events:
            events |= {one.id: one for one in self._also(day)}
        outlet = world.media.draw(rng)
        return Plan(
            id=f"{outlet}-{day}-{number}",
            number=number,
            draft=is_draft(number),
            bare=is_bare(number),
            outlet=outlet,
            published=day,
            events=tuple(events.values()),
            owns=frozenset(one.id for one in own),
            foretold=foretold,
            claims=_claims(number),
            cast=self._cast(events),
        )

    def _subject(self, number: int) -> list[Event]:
        """An event of the crowded day for one in three; now and then none."""
        events, rng = self.world.events, self.world.rng
        others = self.world.others
        if number % 37 == 20 or number in self._tell_of_star:
            return []
        if rng.random() < 0.35:
            return [events[rng.randrange(others, len(events))]]
        return [events[rng.randrange(1, others)]]

    def _lag(self) -> int:
        """Days from an event to a report: few, and sometimes many."""
        rng = self.world.rng
        return int(rng.expovariate(0.2)) + (rng.randrange(300) if rng.random() < 0.08 else 0)

    def _also(self, day: datetime.date) -> list[Event]:
        """Up to two more events, already reported; mostly late ones."""
        rng = self.world.rng
        past = bisect_right(self._days, day)
        found = []
        for chance in (0.45, 0.2):
            if past and rng.random() < chance:
                start = max(0, past - _NEAR) if rng.random() < 0.7 else 0
                found.append(self._by_day[rng.randrange(start, past)])
        return found

    def _cast(self, events: dict[str, Event]) -> tuple[str, ...]:
        world, rng = self.world, self.world.rng
        cast = [NORLAND] if rng.random() < 0.5 else []
        cast += [world.nations.draw(rng), *world.actors.some(rng, 4)]
        cast += [actor for one in events.values() for actor in one.cast]
        return tuple(dict.fromkeys(cast))


def _spread(events: tuple[Event, ...], articles: list[int]) -> dict[int, tuple[Event, ...]]:
    """Article -> the events that it owns; every event has one owner."""
    owners: dict[int, tuple[Event, ...]] = {}
    for k, event in enumerate(events):
        if len(events) <= len(articles):
            owner = articles[k * len(articles) // len(events)]
        else:
            owner = articles[k % len(articles)]
        owners[owner] = (*owners.get(owner, ()), event)
    return owners


def _claims(number: int) -> tuple[str, ...]:
    """Three to six; some articles have none."""
    if is_bare(number) or number % 23 == 5:
        return ()
    return tuple(_CLAIMS[(number * 5 + i) % len(_CLAIMS)] for i in range(3 + number % 4))
