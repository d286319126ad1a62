"""Who and what the articles name, and where: the raw material of every backlink."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from readout.content.facts import Facts
from readout.site.model import ClaimKey, Mention, Office

Target = tuple[str, str]
"""What is named: its kind (`actor`, `event`, `place`, `topic`, `article`) and its id."""
K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Index:
    """Everything that was found, by what it is about, in the order of the articles given."""

    appears: dict[Target, list[str]] = field(default_factory=dict)
    """Articles in which a target has any part."""
    mentions: dict[Target, list[Mention]] = field(default_factory=dict)
    offices: dict[str, list[Office]] = field(default_factory=dict)
    said: dict[str, list[ClaimKey]] = field(default_factory=dict)
    carried: dict[str, list[ClaimKey]] = field(default_factory=dict)
    said_of: dict[str, list[ClaimKey]] = field(default_factory=dict)
    about: dict[str, list[ClaimKey]] = field(default_factory=dict)
    """Claims about an event, or said at it."""
    origin_of: dict[str, list[str]] = field(default_factory=dict)
    published: dict[str, list[str]] = field(default_factory=dict)


def index(articles: Mapping[str, Facts]) -> Index:
    """The facts of all articles turned round: by what they are about."""
    found = Index()
    for id_, facts in articles.items():
        for kind, ids in facts.appears.items():
            for one in ids:
                _add(found.appears, (kind, one), id_)
        for mention in facts.mentions:
            target = (mention.kind, mention.id)
            _add(found.mentions, target, Mention(id_, mention.part, mention.number))
        for actor, several in facts.offices.items():
            for words in several:
                _add(found.offices, actor, Office(words, id_))
        for holders, claims_of in (
            (found.said, facts.said),
            (found.carried, facts.carried),
            (found.said_of, facts.said_of),
            (found.about, facts.about),
        ):
            for holder, claims in claims_of.items():
                for claim in claims:
                    _add(holders, holder, ClaimKey(id_, claim))
        for origin in facts.origins:
            _add(found.origin_of, origin, id_)
        if facts.head.outlet:
            _add(found.published, facts.head.outlet, id_)
    return found


def _add(holders: dict[K, list[V]], holder: K, held: V) -> None:
    there = holders.get(holder)
    if there is None:
        holders[holder] = [held]
    else:
        there.append(held)
