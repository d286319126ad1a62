"""Who dealt with whom: the edges of the network and the cells of the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from readout.site.model import Event

CARRYING = frozenset({"intermediary", "mediator"})
CALLING = frozenset({"caller", "callee"})
SENDING = frozenset({"sender", "recipient", "intermediary"})
PARTIES = 8
"""Of an event with more parties, only the first are paired: a crowd is no dealing."""


@dataclass
class Dealings:
    """All dealings of two actors."""

    events: list[str] = field(default_factory=list)
    shapes: dict[str, int] = field(default_factory=dict)
    """`meeting`, `call`, `message` -> how many."""
    sure: int = 0
    """How many of them are told as having happened."""

    @property
    def shape(self) -> str:
        """The commonest; ties by name."""
        return min(self.shapes, key=lambda name: (-self.shapes[name], name))


def shape_of(event: Event) -> str:
    """What kind of contact an event is, by the roles in it and its kind."""
    roles = {role for party in event.parties for role in party.roles}
    if roles & CALLING or "call" in (event.kind or ""):
        return "call"
    if roles & SENDING or "message" in (event.kind or ""):
        return "message"
    return "meeting"


def dealings_of(events: Iterable[Event]) -> dict[tuple[str, str], Dealings]:
    """Pairs of actors (ids in order) with their dealings, events in the order given."""
    found: dict[tuple[str, str], Dealings] = {}
    for event in events:
        actors = [party for party in event.parties if party.key.actor][:PARTIES]
        shape = shape_of(event)
        carriers = [one for one in actors if CARRYING & set(one.roles)]
        ends = [one for one in actors if one not in carriers]
        pairs = (
            [(carrier, end) for carrier in carriers for end in ends]
            if carriers and len(ends) > 1
            else list(combinations(actors, 2))
        )
        for one, other in pairs:
            first, second = sorted((one.key.actor or "", other.key.actor or ""))
            dealings = found.setdefault((first, second), Dealings())
            dealings.events.append(event.id)
            dealings.shapes[shape] = dealings.shapes.get(shape, 0) + 1
            dealings.sure += event.status in (None, "happened")
    return found
