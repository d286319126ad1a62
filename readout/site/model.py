"""The derived site, as values.

`readout.content.schema` holds what people wrote; these types hold what follows from it. Links
are ids, never objects. Every tuple has one order, stated at the field; ties are broken by id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from readout.content.articles import ArticlesById
from readout.content.corpus import Corpus
from readout.content.facts import Head, read_date
from readout.content.schema import Account, Claim
from readout.dates import Edtf
from readout.value import Value


class _Linked(Value, frozen=True, array_like=True):
    """A value that is kept by the order of its fields."""


class ClaimKey(NamedTuple):
    """A claim anywhere: `("moscow-times-2018-05-10", "forewarned")`."""

    article: str
    claim: str


class Relation(NamedTuple):
    """One end of a relation between claims."""

    kind: str
    """One of `schema.RELATIONS`."""
    claim: ClaimKey
    """The claim at the other end."""


class ClaimLinks(_Linked, frozen=True):
    """How a claim stands to others. The inverse of each `out` is an `into` at its other end."""

    out: tuple[Relation, ...] = ()
    """What this claim says of others; as written."""
    into: tuple[Relation, ...] = ()
    """What others say of this claim; by kind, then claim."""


class Mention(NamedTuple):
    """A place in an article's prose that refers to something."""

    article: str
    part: str
    """Which field: `claims/0/text`, `summary`."""
    number: int
    """Which reference in it, from 0."""


class Office(NamedTuple):
    """What an article calls an actor."""

    words: str
    """`Israeli Prime Minister`, as printed."""
    article: str


class PartyKey(NamedTuple):
    """A party of an event: an actor, or somebody unnamed in one article."""

    actor: str | None
    words: str
    """For an unnamed party, what the article calls it; else empty."""
    article: str
    """For an unnamed party, the article; else empty."""


class EventParty(_Linked, frozen=True):
    """Who had part in an event, over all its accounts."""

    key: PartyKey
    roles: tuple[str, ...]
    """In the order in which the accounts give them; `participant` only where nothing else."""
    articles: tuple[str, ...]
    """Whose accounts name the party; in the order of the accounts."""


class EventAccount(_Linked, frozen=True):
    """One article's account of an event."""

    article: str
    number: int
    """Which of the article's accounts, from 0."""
    origins: tuple[str, ...]
    """What it rests on: actors' ids, or `article:<id>` where nothing is known; sorted."""
    group: int
    """0-based number of its group of accounts that share an origin."""


class Disagreement(_Linked, frozen=True):
    """A matter on which accounts of one event differ."""

    matter: Literal["date", "place", "figure", "status"]
    label: str
    """For a figure, what is counted; else empty."""
    values: tuple[tuple[str, tuple[str, ...]], ...]
    """Each value as written (EDTF text, place id, figure, status) with the articles giving it."""


class MayBe(_Linked, frozen=True):
    """Another event that is possibly the same."""

    event: str
    why: str | None
    article: str
    """The article that says so."""


class Event(_Linked, frozen=True):
    """An event: its head values by the rule of the contract, and all its accounts."""

    id: str
    title: str
    kind: str | None
    status: str | None
    date: Edtf | None
    date_account: str | None
    """The article whose account gave `date`."""
    place: str | None
    part_of: str | None
    summary: str | None
    accounts: tuple[EventAccount, ...]
    """Most precisely dated first, then earliest published, then by article id."""
    parties: tuple[EventParty, ...]
    """In the order of the accounts."""
    independent: int
    """The number of independent sources: groups of accounts that share any origin."""
    disagreements: tuple[Disagreement, ...]
    may_be: tuple[MayBe, ...]
    """Said in its own accounts or in the other event's; by event, article and reason."""
    changed: str = ""
    """The EDTF text of the latest review or correction of the articles that tell of it, or
    nothing."""

    @property
    def is_undated(self) -> bool:
        """Whether no account gives a date with a start or an end."""
        return self.date is None or self.date.is_undated


class EventName(_Linked, frozen=True):
    """What links to an event say of it."""

    title: str
    date_text: str | None

    @property
    def date(self) -> Edtf | None:
        """When it was."""
        return read_date(self.date_text)


class EventBrief(EventName, frozen=True):
    """What lists and figures say of an event, whoever tells of it."""

    id: str
    kind: str | None
    status: str | None
    place: str | None
    reports: int
    """How many accounts there are of it."""
    independent: int
    differ: tuple[str, ...]
    """The matters on which they differ (as in `Disagreement`), each once."""

    @property
    def is_undated(self) -> bool:
        """See `Event`."""
        date = self.date
        return date is None or date.is_undated


class EventLinks(_Linked, frozen=True):
    """What points at an event."""

    parts: tuple[str, ...] = ()
    """Events that are part of it; chronological."""
    claims: tuple[ClaimKey, ...] = ()
    """Claims about it, or said at it; by article (newest first), as written."""
    mentions: tuple[Mention, ...] = ()


class ActorLinks(_Linked, frozen=True):
    """What points at an actor."""

    articles: tuple[str, ...] = ()
    """Articles in which it has any part; newest first."""
    offices: tuple[Office, ...] = ()
    """Each different name once per article; oldest article first."""
    events: tuple[str, ...] = ()
    """Events it had part in; chronological, undated ones last."""
    undated: int = 0
    """How many of them are undated."""
    said: tuple[ClaimKey, ...] = ()
    carried: tuple[ClaimKey, ...] = ()
    said_of: tuple[ClaimKey, ...] = ()
    """Claims whose text refers to it."""
    members: tuple[str, ...] = ()
    """Actors that are `of` this one; by id."""
    published: tuple[str, ...] = ()
    """For an outlet, its articles; newest first."""
    origin_of: tuple[str, ...] = ()
    """Articles that rest on it, whole or in part; newest first."""
    mentions: tuple[Mention, ...] = ()
    changed: str = ""
    """The EDTF text of the latest review or correction of its articles, or nothing."""


class PlaceLinks(_Linked, frozen=True):
    """What points at a place."""

    articles: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    """Events that some account puts here; chronological, undated ones last. Not those of places
    within."""
    undated: int = 0
    contains: tuple[str, ...] = ()
    """Places directly within; by id."""
    mentions: tuple[Mention, ...] = ()
    changed: str = ""


class TopicLinks(_Linked, frozen=True):
    """What points at a topic."""

    articles: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    """Events told in those articles; chronological, undated ones last."""
    undated: int = 0
    narrower: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    changed: str = ""


class Dates(_Linked, frozen=True):
    """The dates of an article and its claims, as EDTF texts: what long lists are divided by."""

    published: str | None
    claims: Mapping[str, str | None]
    """By claim; where the day of saying is not stated, that of publication."""


class Related(_Linked, frozen=True):
    """Another briefing worth reading after one, and why."""

    article: str
    events: tuple[str, ...]
    """Events that both tell of; by id."""
    actors: tuple[str, ...]
    """Actors in both, where few articles have them; by id."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages are made from."""

    corpus: Corpus
    articles: ArticlesById
    """Published articles (no drafts), newest first; each is read when it is asked for."""
    appears: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Kind -> the ids of all that appears in each; newest first."""
    corrections: Mapping[str, tuple[str, ...]]
    """The dates of the corrections of each that has any."""
    titles: Mapping[str, str]
    """Of the articles; newest first."""
    heads: Mapping[str, Head]
    """What lists say of them beside, without their being read; newest first."""
    events: Mapping[str, Event]
    """In chronological order; undated ones last."""
    event_names: Mapping[str, EventName]
    """The same events: pages that show no more of them need not be made again for the rest."""
    briefs: Mapping[str, EventBrief]
    event_links: Mapping[str, EventLinks]
    actors: Mapping[str, ActorLinks]
    places: Mapping[str, PlaceLinks]
    topics: Mapping[str, TopicLinks]
    claims: Mapping[str, Mapping[str, ClaimLinks]]
    """By article and claim; only claims that stand in some relation."""
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """Prose that refers to an article or a claim of it, by article id."""
    dates: Mapping[str, Dates] = field(default_factory=dict)
    """By article id."""
    event_dates: Mapping[str, str | None] = field(default_factory=dict)
    """By event id: the EDTF text of its date; None for an undated one."""
    crowds: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The articles, newest first, that have an event (`("event", id)`) in common, or an actor that
    few have: those that `related` compares."""
    latest: Mapping[str, str] = field(default_factory=dict)
    """`changed`: the EDTF text of the latest review or correction of all articles, or nothing."""
    reports: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """In how many articles each actor, place and topic appears, by kind and id: pages that show the
    number alone need not be made again for each other change of what links to it."""

    def account(self, told: EventAccount) -> Account:
        """An article's account of an event, with its words."""
        return self.articles.account(told.article, told.number)

    def claim(self, key: ClaimKey) -> Claim:
        """A claim, with its words."""
        return self.articles.claim(key.article, key.claim)

    def text(self, mention: Mention) -> str:
        """The prose field in which something is mentioned, as typed."""
        return self.articles.text(mention.article, mention.part)
