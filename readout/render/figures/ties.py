"""Dealings put together by who dealt directly with whom: the lines of a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readout.render.figures.dealings import Channel, Dealing
from readout.value import Value


class Tie(Value, frozen=True):
    """All dealings of one kind between two actors who dealt with each other directly."""

    one: str
    other: str
    channel: Channel
    unsure: bool
    events: tuple[str, ...]
    """In order of time."""
    carried: tuple[tuple[str, ...], ...]
    """For a leg of dealings through somebody: from whom, through whom, to whom; else empty."""


def ties(found: Iterable[Dealing]) -> list[Tie]:
    """Dealings put together by who dealt directly with whom, and how; the most frequent first."""
    together: dict[tuple[str, str, Channel, bool], list[tuple[Dealing, bool]]] = {}
    for one in found:
        for start, end in _legs(one):
            low, high = min(start, end), max(start, end)
            key = (low, high, one.channel, one.unsure)
            together.setdefault(key, []).append((one, start == low))
    made = [_tie(key, group) for key, group in together.items()]
    return sorted(made, key=lambda t: (-len(t.events), t.one, t.other, t.channel, t.unsure))


def _legs(one: Dealing) -> Iterator[tuple[str, str]]:
    carriers = [via for via in one.via if via not in (one.one, one.other)]
    if not carriers:
        yield one.one, one.other
    for via in carriers:
        yield one.one, via
        yield via, one.other


def _tie(key: tuple[str, str, Channel, bool], group: Sequence[tuple[Dealing, bool]]) -> Tie:
    low, high, channel, unsure = key
    ways = {forward if one.directed else None for one, forward in group}
    turned = ways == {False}
    carried = dict.fromkeys((one.one, *one.via, one.other) for one, _ in group if one.via)
    return Tie(
        one=high if turned else low,
        other=low if turned else high,
        channel=channel,
        unsure=unsure,
        events=tuple(dict.fromkeys(one.event for one, _ in group)),
        carried=tuple(carried),
    )


def shared_out(found: Sequence[Tie]) -> list[Tie]:
    """Ties of the pairs with most dealings first; a pair's second way of dealing weighs half.

    So a few pairs who deal in every way do not keep all others out.
    """
    together: dict[tuple[str, str], list[Tie]] = {}
    for tie in found:
        together.setdefault((min(tie.one, tie.other), max(tie.one, tie.other)), []).append(tie)
    weighed = [
        (-sum(len(tie.events) for tie in group) / (rank + 1), pair, rank, tie)
        for pair, group in together.items()
        for rank, tie in enumerate(group)
    ]
    return [tie for *_, tie in sorted(weighed, key=lambda one: one[:3])]
