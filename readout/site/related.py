"""Related briefings, with the reason.

Only local evidence counts: events told in both articles, and actors that few articles name. A
weight over the whole corpus would make one edit touch every page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest

from readout.site.mentions import Index
from readout.site.model import Related, Site

MOST = 5
RARE = 12
"""An actor in more articles than this says little about which belong together."""
CROWD = 12
"""Of an event that more articles tell, only so many neighbours in the list are compared."""


def crowds_of(found: Index) -> dict[tuple[str, str], tuple[str, ...]]:
    """The articles of every event and of every rare actor; of other actors, none."""
    return {
        target: crowd_of(target[0], found.appears[target])
        for target in sorted(found.appears)
        if target[0] in ("event", "actor")
    }


def crowd_of(kind: str, articles: Sequence[str]) -> tuple[str, ...]:
    """Those of the articles of an event or an actor that are compared with each other."""
    return tuple(articles) if kind == "event" or len(articles) <= RARE else ()


def related(site: Site, article_id: str) -> tuple[Related, ...]:
    """The closest other articles: by shared events, then by shared rare actors."""
    appears = site.appears[article_id]
    events = {
        event: _neighbours(site.crowds["event", event], article_id)
        for event in appears.get("event", ())
    }
    actors = {actor: site.crowds["actor", actor] for actor in appears.get("actor", ())}
    weights: dict[str, int] = {}
    for weight, crowds in ((3, events), (1, actors)):
        for crowd in crowds.values():
            for other in crowd:
                weights[other] = weights.get(other, 0) - weight
    weights.pop(article_id, None)
    return tuple(
        Related(other, _shared(events, other), _shared(actors, other))
        for _, other in nsmallest(MOST, zip(weights.values(), weights, strict=True))
    )


def _neighbours(crowd: tuple[str, ...], article_id: str) -> tuple[str, ...]:
    if len(crowd) <= CROWD:
        return crowd
    start = max(0, min(crowd.index(article_id) - CROWD // 2, len(crowd) - CROWD))
    return crowd[start : start + CROWD]


def _shared(crowds: Mapping[str, tuple[str, ...]], other: str) -> tuple[str, ...]:
    return tuple(sorted(identity for identity, crowd in crowds.items() if other in crowd))
