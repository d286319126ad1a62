"""Who met, called or wrote to whom: what the network and the matrix draw.

Only the roles of an event and its kind are read, never its prose. An event that is part of another
in which the same two deal in the same way does not count again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from readout.site.model import Event, Site
from readout.value import Value

Channel = Literal["meeting", "call", "message", "contact"]
CHANNELS: Final[tuple[Channel, ...]] = ("meeting", "call", "message", "contact")

_BY_KIND: Final[Mapping[str, Channel]] = {
    "call": "call", "phone-call": "call",
    "message": "message", "letter": "message",
    "visit": "meeting", "meeting": "meeting", "talks": "meeting", "summit": "meeting",
}  # fmt: skip
"""Ids of kinds that say the channel by themselves; of any other consultation it is not stated."""
_LEVELS: Final = 20
"""So many events above one another count: the work for a chain of thousands stays in bounds."""
CARRYING: Final = frozenset({"intermediary", "mediator"})
"""Roles of those through whom others deal."""


class Dealing(Value, frozen=True):
    """Two actors in one event."""

    event: str
    channel: Channel
    one: str
    """Who called, wrote or visited, where that is directed."""
    other: str
    via: tuple[str, ...]
    """Who carried it, sorted."""
    directed: bool
    unsure: bool
    """It is not told as having simply happened: reported, alleged, planned, denied, disputed."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two, sorted."""
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


def may_be_twice(site: Site, events: Iterable[str]) -> bool:
    """Whether some of these events may be one and the same."""
    known = {*events}
    return any(same.event in known for one in known for same in site.events[one].may_be)


def dealings(site: Site, events: Iterable[Event]) -> tuple[Dealing, ...]:
    """All dealings between named actors, in the order of the events."""
    found = []
    known: dict[str, _Deals] = {}
    for event in events:
        above = list(_above(site, event, known))
        found += [
            one for one in _of(site, event) if not any(_deal(one) in deals for deals in above)
        ]
    return tuple(found)


_Deals = frozenset[tuple[tuple[str, str], Channel]]
"""Who deal with each other, and how."""


def _deal(one: Dealing) -> tuple[tuple[str, str], Channel]:
    return one.pair, one.channel


def _above(site: Site, event: Event, known: dict[str, _Deals]) -> Iterator[_Deals]:
    """The dealings of each event that this one is part of, up to the highest that counts; `known`
    has what has been worked out before."""
    seen = {event.id}
    part_of = event.part_of
    while part_of is not None and part_of not in seen and len(seen) <= _LEVELS:
        seen.add(part_of)
        whole = site.events[part_of]
        deals = known.get(part_of)
        if deals is None:
            deals = known[part_of] = frozenset(map(_deal, _of(site, whole)))
        if deals:
            yield deals
        part_of = whole.part_of


def _of(site: Site, event: Event) -> Iterator[Dealing]:
    by_role: dict[str, list[str]] = {}
    for party in event.parties:
        if party.key.actor is not None:
            for role in party.roles:
                by_role.setdefault(role, []).append(party.key.actor)

    def who(*roles: str) -> list[str]:
        return sorted({actor for role in roles for actor in by_role.get(role, ())})

    via = tuple(who(*CARRYING))
    told = event.status in (None, "happened")
    unsure = not told or any(one.matter == "status" for one in event.disagreements)
    done: set[tuple[Channel, str, str]] = set()

    def between(
        channel: Channel, ones: list[str], others: list[str], via: tuple[str, ...], directed: bool
    ) -> Iterator[Dealing]:
        for one in ones:
            for other in others:
                key = (channel, min(one, other), max(one, other))
                if one != other and key not in done:
                    done.add(key)
                    yield Dealing(event.id, channel, one, other, via, directed, unsure)

    yield from between("call", who("caller"), who("callee"), via, True)
    yield from between("message", who("sender"), who("recipient"), via, True)
    yield from between("meeting", who("visitor"), who("host", "recipient"), (), True)
    kind = site.corpus.event_kinds.get(event.kind) if event.kind else None
    if done or kind is None or event.kind is None:
        return
    parties = who("signatory")
    if kind.category == "CONSULT":
        parties = who("participant", "signatory", "caller", "callee", "visitor", "host")
    channel = _BY_KIND.get(event.kind)
    if via and channel is None:  # somebody who goes between does not bring all the others together
        yield from between("contact", list(via), parties, (), False)
    else:
        channel = "contact" if via or channel is None else channel
        yield from between(channel, parties, parties, via, False)


def unnamed(events: Iterable[Event]) -> int:
    """Events of which a caller, sender, visitor or the like is not named."""
    roles = {"caller", "callee", "sender", "recipient", "visitor", "host", *CARRYING}
    return sum(
        any(party.key.actor is None and roles.intersection(party.roles) for party in event.parties)
        for event in events
    )
