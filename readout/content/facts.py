"""What the rest of a site needs to know of an article: whom and what it names, and what it tells.

Facts are to an article what an index is to a book. Links, events and most rules are worked out
from the facts of all articles, so that no article has to be held in memory for it; the article
itself is read again only where its words are shown. Facts follow from one article alone: they are
kept with it in the cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

import msgspec

from readout.content.corpus import Step
from readout.content.quotes import Quotation, quotations_of
from readout.content.schema import RELATIONS, Account, Article, Claim, Party
from readout.dates import Edtf, parse
from readout.prose.named import is_plain, survey
from readout.prose.references import Parsed


class _Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Immutable, and kept as MessagePack by position."""


class FigureFact(_Fact, frozen=True, array_like=True, gc=False):
    """A number that an account gives."""

    label: str
    value: str


class PartyFact(_Fact, frozen=True, array_like=True, gc=False):
    """A party of an account: an actor's id, or what the article calls somebody unnamed."""

    id: str | None
    called: str
    """The first of its names in the article; empty for an actor."""
    role: str | None


class MayBeFact(_Fact, frozen=True, array_like=True, gc=False):
    """Another event that is possibly the same."""

    event: str
    why: str | None


class AccountFact(_Fact, frozen=True, array_like=True, gc=False):
    """An account without its words."""

    id: str
    title: str | None
    kind: str | None
    status: str | None
    date_text: str | None
    place: str | None
    actors: tuple[PartyFact, ...]
    figures: tuple[FigureFact, ...]
    origin: tuple[str, ...]
    may_be: tuple[MayBeFact, ...]

    @property
    def date(self) -> Edtf | None:
        """When, as this account has it."""
        return read_date(self.date_text)


class ClaimFact(_Fact, frozen=True, array_like=True, gc=False):
    """A claim without its words."""

    id: str
    on_text: str | None
    relations: dict[str, tuple[str, ...]]
    """Kind of relation -> the other claims, as written."""


class QuoteFact(_Fact, frozen=True, array_like=True, gc=False):
    """A quotation: what it is checked by."""

    claim: int
    """The index of its claim."""
    key: str
    """`quote` or `excerpt`."""
    sha256: str
    words: int
    """How many are quoted."""


class MentionFact(_Fact, frozen=True, array_like=True, gc=False):
    """A reference in prose."""

    kind: Literal["actor", "event", "place", "topic", "article"]
    id: str
    part: str
    """The field: `claims/0/text`."""
    number: int
    """Which reference of the field, from 0."""


class Head(_Fact, frozen=True, array_like=True, gc=False):
    """What lists say of an article beside its title."""

    published_text: str | None
    outlet: str | None
    origin: tuple[str, ...]
    topics: tuple[str, ...]
    changed: str
    """The EDTF text of its latest review or correction, or nothing."""

    @property
    def published(self) -> Edtf | None:
        """When the article was published."""
        return read_date(self.published_text)


class Facts(_Fact, frozen=True, array_like=True, gc=False):
    """The facts of one article. Ids are in the order in which the article has them, each once."""

    title: str
    head: Head
    draft: bool
    url: str | None
    seed: str | None
    corrections: tuple[str, ...]
    """Their dates."""
    claims: tuple[ClaimFact, ...]
    accounts: tuple[AccountFact, ...]
    quotes: tuple[QuoteFact, ...]
    appears: dict[str, tuple[str, ...]]
    """Kind -> the ids of everything that has any part in it."""
    mentions: tuple[MentionFact, ...]
    offices: dict[str, tuple[str, ...]]
    """Actor -> what the article calls it."""
    said: dict[str, tuple[str, ...]]
    """Actor -> claims; so are the next two."""
    carried: dict[str, tuple[str, ...]]
    said_of: dict[str, tuple[str, ...]]
    about: dict[str, tuple[str, ...]]
    """Event -> claims about it, or said at it."""
    origins: tuple[str, ...]
    """Actors that it, a claim or an account rests on."""
    uses: dict[str, tuple[str, ...]]
    """Every other id that it names, but for its own claims: kind (`readout.content.names.Named`)
    -> ids, of a claim in full."""
    has_bad_prose: bool


def read_date(text: str | None) -> Edtf | None:
    """A date that was checked before."""
    if text is None:
        return None
    date = parse(text)
    if not isinstance(date, Edtf):
        raise ValueError(f"not a date: {text!r}")
    return date


def facts_of(id_: str, article: Article) -> Facts:
    """The facts of one article. Pure."""
    found = _Names(id_, article)
    source = article.source
    return Facts(
        title=article.title,
        head=Head(
            published_text=source.published.text if source.published else None,
            outlet=source.outlet,
            origin=source.origin,
            topics=article.topics,
            changed=_changed(article),
        ),
        draft=article.draft,
        url=source.url,
        seed=source.seed,
        corrections=tuple([one.date.text for one in article.corrections]),
        claims=tuple([_claim(claim) for claim in article.claims]),
        accounts=tuple([_account(account) for account in article.events]),
        quotes=tuple(_quotes(article)),
        appears=_lists(found.appears),
        mentions=tuple(found.mentions),
        offices=_lists(found.offices),
        said=_lists(found.said),
        carried=_lists(found.carried),
        said_of=_lists(found.said_of),
        about=_lists(found.about),
        origins=tuple(found.origins),
        uses=_lists(_Uses(id_, article, found).found),
        has_bad_prose=found.has_bad_prose,
    )


def _changed(article: Article) -> str:
    dates = [one.date for one in article.corrections]
    if article.reviewed:
        dates.append(article.reviewed)
    known = [date for date in dates if date.latest is not None]
    return max(known, key=lambda date: (date.latest or 0, date.text)).text if known else ""


def _claim(claim: Claim) -> ClaimFact:
    relations = {kind: others for kind in RELATIONS if (others := getattr(claim, kind))}
    return ClaimFact(claim.id, claim.on.text if claim.on else None, relations)


def _account(account: Account) -> AccountFact:
    return AccountFact(
        id=account.id,
        title=account.title,
        kind=account.kind,
        status=account.status,
        date_text=account.date.text if account.date else None,
        place=account.place,
        actors=tuple(
            PartyFact(party.id, "" if party.id else party.called[0], party.role)
            for party in account.actors
        ),
        figures=tuple(FigureFact(one.label, one.value) for one in account.figures),
        origin=account.origin,
        may_be=tuple(MayBeFact(one.event, one.why) for one in account.may_be),
    )


def _quotes(article: Article) -> Iterator[QuoteFact]:
    for n, key, text in quotations_of(article):
        quotation = Quotation.of(text)
        yield QuoteFact(n, key, quotation.sha256, quotation.count)


_Sets: TypeAlias = dict[str, dict[str, None]]
"""What is held, by its holder. The inner dictionaries serve as ordered sets."""


def _lists(sets: _Sets) -> dict[str, tuple[str, ...]]:
    return {holder: tuple(held) for holder, held in sets.items()}


def prose_of(article: Article) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every prose field of an article with its path, in the order of the page."""
    yield ("bottom_line",), article.bottom_line
    for n, point in enumerate(article.key_points):
        yield ("key_points", n, "text"), point.text
    if article.summary:
        yield ("summary",), article.summary
    for n, account in enumerate(article.events):
        if account.text:
            yield ("events", n, "text"), account.text
    for n, claim in enumerate(article.claims):
        yield ("claims", n, "text"), claim.text
    for n, question in enumerate(article.open_questions):
        yield ("open_questions", n), question
    if article.background:
        yield ("background",), article.background
    for n, assessment in enumerate(article.assessments):
        yield ("assessments", n, "text"), assessment.text
    for n, correction in enumerate(article.corrections):
        yield ("corrections", n, "text"), correction.text


def parties_of(article: Article) -> tuple[Party, ...]:
    """Everyone in the article, as often as it has them: those listed, then those of claims (who
    says it, and who carried it) and those of events, named or not."""
    return (
        *article.actors,
        *(party for claim in article.claims for party in (*claim.by, *claim.via)),
        *(party for account in article.events for party in account.actors),
    )


def text_at(article: object, part: str) -> str:
    """The prose field of an article, or of a part of one, at a path there: `claims/0/text`."""
    value: Any = article
    for step in part.split("/"):
        value = value[int(step)] if step.isdecimal() else getattr(value, step)
    assert isinstance(value, str)
    return value


class _Names:
    """Whom and what one article names, by how."""

    def __init__(self, id_: str, article: Article) -> None:
        self._id = id_
        self.appears: _Sets = {}
        self.mentions: list[MentionFact] = []
        self.offices: _Sets = {}
        self.said: _Sets = {}
        self.carried: _Sets = {}
        self.said_of: _Sets = {}
        self.about: _Sets = {}
        self.origins: dict[str, None] = {}
        self.references: dict[str, list[Parsed]] = {}
        """Of each prose text that has any."""
        self.has_bad_prose = False
        if article.source.outlet:
            self._appear("actor", article.source.outlet)
        self._origins(article.source.origin)
        self._parties(article.actors)
        for place in article.places:
            self._appear("place", place)
        for topic in article.topics:
            self._appear("topic", topic)
        self._claims(article)
        self._accounts(article)
        for part, text in prose_of(article):
            if not is_plain(text):
                self._prose(article, part, text)

    def _appear(self, kind: str, id_: str) -> None:
        self.appears.setdefault(kind, {})[id_] = None

    def _origins(self, origins: Iterable[str]) -> None:
        for origin in origins:
            self.origins[origin] = None
            self._appear("actor", origin)

    def _parties(self, parties: Iterable[Party]) -> None:
        for party in parties:
            if party.id is not None:
                self._appear("actor", party.id)
                for words in party.called:
                    self.offices.setdefault(party.id, {})[words] = None

    def _claims(self, article: Article) -> None:
        for claim in article.claims:
            for parties, claims in ((claim.by, self.said), (claim.via, self.carried)):
                self._parties(parties)
                for party in parties:
                    if party.id is not None:
                        claims.setdefault(party.id, {})[claim.id] = None
            self._origins(claim.origin)
            for event in (*claim.about, claim.at) if claim.at else claim.about:
                self.about.setdefault(event, {})[claim.id] = None
                self._appear("event", event)

    def _accounts(self, article: Article) -> None:
        for account in article.events:
            self._appear("event", account.id)
            self._parties(account.actors)
            self._origins(account.origin)
            if account.place:
                self._appear("place", account.place)

    def _prose(self, article: Article, part: tuple[Step, ...], text: str) -> None:
        """One mention of each thing in each field; later references to it there add nothing."""
        references, is_bad = survey(text)
        self.has_bad_prose = self.has_bad_prose or is_bad
        if not references:
            return
        self.references[text] = references
        seen = set()
        for number, reference in enumerate(references):
            kind = "article" if reference.kind == "claim" else reference.kind
            target = (kind, reference.id or self._id)
            if target == ("article", self._id):
                continue
            if target not in seen:
                seen.add(target)
                where = "/".join(map(str, part))
                self.mentions.append(MentionFact(kind, target[1], where, number))
            self._appear(*target)
            if kind == "actor" and part[0] == "claims" and isinstance(part[1], int):
                claim = article.claims[part[1]].id
                self.said_of.setdefault(reference.id, {})[claim] = None


class _Uses:
    """What an article names beside what appears in it and its own claims, in the schema's order.

    Actors, places, topics and events that it names by a key appear in it, all of them.
    """

    def __init__(self, id_: str, article: Article, names: _Names) -> None:
        self.found: _Sets = {}
        self._id = id_
        self._appears = names.appears
        self._references = names.references
        self._own = {f"{id_}#{claim.id}" for claim in article.claims}
        if article.source.outlet:
            self._use("outlet", article.source.outlet)
        self._prose(article.bottom_line)
        for point in article.key_points:
            self._prose(point.text)
            for claim_id in point.claims:
                self._use("own_claim", f"{id_}#{claim_id}")
        self._prose(article.summary)
        for claim in article.claims:
            self._claim(claim)
        for account in article.events:
            if account.kind:
                self._use("event_kind", account.kind)
            self._prose(account.text)
            for other in account.may_be:
                self._use("event", other.event)
        self._prose(article.background)
        for question in article.open_questions:
            self._prose(question)
        for judgement in article.assessments:
            self._prose(judgement.text)
        for correction in article.corrections:
            self._prose(correction.text)

    def _use(self, kind: str, named: str) -> None:
        if named not in self._own and named not in self._appears.get(kind, ()):
            self.found.setdefault(kind, {})[named] = None

    def _claim(self, claim: Claim) -> None:
        self._prose(claim.text)
        for relation in RELATIONS:
            for other in getattr(claim, relation):
                self._use("claim", f"{self._id}{other}" if other.startswith("#") else other)

    def _prose(self, text: str | None) -> None:
        for one in self._references.get(text, ()) if text else ():
            if one.kind == "claim":
                self._use("claim", f"{one.id or self._id}#{one.claim}")
            else:
                self._use(one.kind, one.id)
