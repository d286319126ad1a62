"""Related briefings, with the reason.

Only local evidence counts: events told in both articles, and actors that few articles name. A
weight over the whole corpus would make one edit touch every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readout.site.mentions import Index
from readout.site.model import Related

MOST = 5
RARE = 12
"""An actor in more articles than this says little about which belong together."""
CROWD = 12
"""Of an event that more articles tell, only so many neighbours in the list are compared."""


def related_of(articles: Iterable[str], found: Index) -> dict[str, tuple[Related, ...]]:
    """For each article the closest others: by shared events, then shared rare actors."""
    articles = list(articles)
    events: dict[str, dict[str, set[str]]] = {article: {} for article in articles}
    actors: dict[str, dict[str, set[str]]] = {article: {} for article in articles}
    for (kind, identity), crowd in found.appears.items():
        if kind == "event":
            _pair(events, identity, crowd)
        elif kind == "actor" and len(crowd) <= RARE:
            _pair(actors, identity, crowd)
    return {article: _closest(events[article], actors[article]) for article in articles}


def _pair(shared: dict[str, dict[str, set[str]]], identity: str, crowd: list[str]) -> None:
    for n, article in enumerate(crowd):
        start = max(0, min(n - CROWD // 2, len(crowd) - CROWD))
        for other in crowd[start : start + CROWD]:
            if other != article:
                shared[article].setdefault(other, set()).add(identity)


def _closest(events: Mapping[str, set[str]], actors: Mapping[str, set[str]]) -> tuple[Related, ...]:
    candidates = [
        Related(other, tuple(sorted(events.get(other, ()))), tuple(sorted(actors.get(other, ()))))
        for other in events.keys() | actors.keys()
    ]
    candidates.sort(key=lambda one: (-3 * len(one.events) - len(one.actors), one.article))
    return tuple(candidates[:MOST])
