"""The events of an invented world: kinds, dates of every form, and who tells of which."""

from __future__ import annotations

import datetime
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

THE_DAY: Final = datetime.date(1987, 3, 21)
"""On it a great part of all events falls."""
ODD_DATES: Final = (
    "-0043", "-0043-03", "XXXX-01-16", "197X", "1985-21", "1987-03~", "1987-03-15?", "1986%",
    "1986-11/..", "1986-11/1987-02", "[1987-01-04..1987-01-20]", "[1987-01-04,1987-01-06]",
    "[..1987-02]", "[1987-02..]", "1987-03-10T03:30:00Z", "1987?-05-03", "../1985",
    "{1987-01-04,1987-01-06}", "Y-12000", "1987-02-1X", "1986-24", "-0584-05-28", "XXXX-XX-16",
    "1986-11~/1987-02?", "1987-02-11T21:05:00+02:00", "1986-34",
)  # fmt: skip
"""Dates of every form that EDTF has (ISO 8601-2:2019, levels 0 to 2)."""
_STATUSES: Final = (
    "happened", "happened", "reported", "happened", "alleged", "happened", "denied", "happened",
    "planned", "happened",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event that this desk uses."""

    category: str
    """A PLOVER category, or nothing."""
    roles: tuple[str, ...]
    """Of its parties, in order."""
    title: str
    """With room for two names."""


KINDS: Final = {
    "visit": Kind("CONSULT", ("visitor", "host"), "{} visits {}"),
    "call": Kind("CONSULT", ("caller", "callee"), "{} telephones {}"),
    "message": Kind("CONSULT", ("sender", "recipient", "intermediary"), "{} writes to {}"),
    "strike": Kind("ASSAULT", ("attacker", "target", "victim"), "{} strikes {}"),
    "talks": Kind("COOPERATE", ("", "participant", "mediator"), "{} and {} hold talks"),
    "treaty": Kind("AGREE", ("signatory", "signatory", "mediator"), "{} and {} sign a treaty"),
    "delivery": Kind("AID", ("supplier", "receiver"), "{} supplies {}"),
    "speech": Kind("ACCUSE", ("speaker", "subject"), "{} speaks of {}"),
    "publication": Kind("", ("publisher", "subject"), "{} publishes a book on {}"),
    "endorsement": Kind("SUPPORT", ("speaker", "subject"), "{} stands by {}"),
    "concession": Kind("CONCEDE", ("", "recipient"), "{} yields to {}"),
    "withdrawal": Kind("RETREAT", ("", "host"), "{} leaves {}"),
    "appeal": Kind("REQUEST", ("sender", "recipient"), "{} appeals to {}"),
    "refusal": Kind("REJECT", ("sender", "recipient"), "{} turns {} down"),
    "ultimatum": Kind("THREATEN", ("sender", "target"), "{} threatens {}"),
    "rally": Kind("PROTEST", ("participant", "target"), "{} rallies against {}"),
    "embargo": Kind("SANCTION", ("", "target"), "{} closes its ports to {}"),
    "exercise": Kind("MOBILIZE", ("", "subject"), "{} exercises on the border of {}"),
    "blockade": Kind("COERCE", ("attacker", "victim"), "{} blocks the harbour of {}"),
}
"""Every PLOVER category and every role occurs."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is true of an event in this world, whatever the accounts say."""

    id: str
    number: int
    title: str
    kind: str
    """An id, or nothing: then no account says what kind it is."""
    status: str
    date: str
    """EDTF, or nothing."""
    place: str
    """An id, or nothing."""
    parties: tuple[str, ...]
    """Ids of actors, as many as its kind has roles."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Of its parties, in order; an empty one is not stated."""
        return KINDS[self.kind].roles if self.kind else ("", "")


class Zipf:
    """Draws ids so that the n-th comes up with a weight of 1 / n to some power.

    It begins with the `first`-th, as if heavier ones were left out (Mandelbrot's form of the law).
    """

    def __init__(self, ids: Sequence[str], power: float = 1.0, first: int = 1) -> None:
        self.ids = ids
        self._sums = list(accumulate(1 / (n + first) ** power for n in range(len(ids))))

    def draw(self, rng: random.Random) -> str:
        return self.ids[self.number(rng)]

    def number(self, rng: random.Random) -> int:
        return bisect(self._sums, rng.random() * self._sums[-1])

    def some(self, rng: random.Random, n: int) -> list[str]:
        """Up to `n` different ones."""
        return list(dict.fromkeys(self.draw(rng) for _ in range(n)))


def how_many(articles: int) -> tuple[int, int]:
    """How many events fall on the day, and how many elsewhere."""
    on_day = 1500 if articles >= 5000 else max(1, articles // 7)
    return on_day, min(60, 4 * articles) + articles * 24 // 1000


def most_accounts(articles: int) -> int:
    """How many accounts the most reported event has: 300 of 10,000 articles."""
    return 300 if articles >= 5000 else max(3, articles // 50)


def date_of(number: int, on_day: int, rng: random.Random) -> str:
    """The date of an event in EDTF; of some, nothing."""
    n = number - on_day
    if n < 0:
        hour = f"T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z"
        return THE_DAY.isoformat() + (hour if number % 12 == 5 else "")
    if n < len(ODD_DATES) or n % 8 == 0:
        return ODD_DATES[n % len(ODD_DATES)]
    found = datetime.date(1986, 6, 1) + datetime.timedelta(days=rng.randrange(500))
    day = (found if found != THE_DAY else datetime.date(1987, 3, 22)).isoformat()
    return {1: day[:7], 2: "", 3: f"199{n % 10}-07"}.get(n % 8, day)


def status_of(number: int, date: str) -> str:
    """How its accounts present it, most of them: what lies ahead is planned."""
    if date.startswith("199"):
        return "planned"
    return _STATUSES[number % len(_STATUSES)]


def tell(
    events: int, tellers: Sequence[int], published: Sequence[int], most: int, rng: random.Random
) -> dict[int, list[int]]:
    """Which events each article tells of, by number: article -> events.

    `tellers` are the articles that tell of any, `published` those of them that are no drafts. The
    first event has exactly `most` accounts (or one in every article), no other has more; every
    event has one as far as four in each article suffice.
    """
    told: dict[int, dict[int, None]] = {article: {} for article in tellers}
    accounts = [0] * events
    head = min(most, len(published))
    for n in range(head):
        told[published[n * len(published) // head]][0] = None
    accounts[0] = most
    for event in range(1, min(events, 3 * len(published))):
        told[published[event * 7919 % len(published)]][event] = None
        accounts[event] += 1
    zipf = Zipf([str(n) for n in range(events)], 0.5)
    for article in tellers:
        for _ in range(max(0, rng.randrange(1, 5) - len(told[article]))):
            event = zipf.number(rng)
            if accounts[event] < most and event not in told[article]:
                told[article][event] = None
                accounts[event] += 1
    return {article: list(found) for article, found in told.items()}
