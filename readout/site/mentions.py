"""Who and what the articles name, and where: the raw material of every backlink."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import astuple

from readout.content.facts import Facts
from readout.site.model import ClaimKey, Mention, Office

Target = tuple[str, str]
"""What is named: its kind (`actor`, `event`, `place`, `topic`, `article`) and its id."""


@dataclass
class Index:
    """Everything that was found, by what it is about, in the order of the articles given."""

    appears: dict[Target, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Articles in which a target has any part."""
    mentions: dict[Target, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[str, list[Office]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, list[ClaimKey]] = field(default_factory=lambda: defaultdict(list))
    carried: dict[str, list[ClaimKey]] = field(default_factory=lambda: defaultdict(list))
    said_of: dict[str, list[ClaimKey]] = field(default_factory=lambda: defaultdict(list))
    about: dict[str, list[ClaimKey]] = field(default_factory=lambda: defaultdict(list))
    """Claims about an event, or said at it."""
    origin_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    published: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def index(articles: Mapping[str, Facts]) -> Index:
    """The facts of all articles turned round: by what they are about."""
    found = Index()
    appears, mentions, offices = found.appears, found.mentions, found.offices
    for id_, facts in articles.items():
        for kind, ids in facts.appears.items():
            for one in ids:
                appears[kind, one].append(id_)
        for kind, target, part, number in map(astuple, facts.mentions):
            mentions[kind, target].append(Mention(id_, part, number))
        for actor, several in facts.offices.items():
            offices[actor] += [Office(words, id_) for words in several]
        for holders, claims_of in (
            (found.said, facts.said),
            (found.carried, facts.carried),
            (found.said_of, facts.said_of),
            (found.about, facts.about),
        ):
            for holder, claims in claims_of.items():
                holders[holder] += [ClaimKey(id_, claim) for claim in claims]
        for origin in facts.origins:
            found.origin_of[origin].append(id_)
        if facts.head.outlet:
            found.published[facts.head.outlet].append(id_)
    return found
