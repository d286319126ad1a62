"""Related briefings, with the reason.

Only local evidence counts: events told in both articles, and actors that few articles name. A
weight over the whole corpus would make one edit touch every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        target: tuple(crowd) if target[0] == "event" or len(crowd) <= RARE else ()
        for target, crowd in found.appears.items()
        if target[0] in ("event", "actor")
    }


def related(site: Site, article_id: str) -> tuple[Related, ...]:
    """The closest other articles: by shared events, then by shared rare actors."""
    events: dict[str, set[str]] = {}
    actors: dict[str, set[str]] = {}
    appears = site.appears[article_id]
    for event in appears.get("event", ()):
        crowd = _neighbours(site.crowds["event", event], article_id)
        _share(events, event, crowd, article_id)
    for actor in appears.get("actor", ()):
        _share(actors, actor, site.crowds["actor", actor], article_id)
    return _closest(events, actors)


def _neighbours(crowd: tuple[str, ...], article_id: str) -> tuple[str, ...]:
    if len(crowd) <= CROWD:
        return crowd
    start = max(0, min(crowd.index(article_id) - CROWD // 2, len(crowd) - CROWD))
    return crowd[start : start + CROWD]


def _share(
    shared: dict[str, set[str]], identity: str, crowd: Iterable[str], article_id: str
) -> None:
    for other in crowd:
        if other != article_id:
            shared.setdefault(other, set()).add(identity)


def _closest(events: Mapping[str, set[str]], actors: Mapping[str, set[str]]) -> tuple[Related, ...]:
    weighed = [
        (-3 * len(events.get(other, ())) - len(actors.get(other, ())), other)
        for other in events.keys() | actors.keys()
    ]
    return tuple(
        Related(other, tuple(sorted(events.get(other, ()))), tuple(sorted(actors.get(other, ()))))
        for _, other in nsmallest(MOST, weighed)
    )
