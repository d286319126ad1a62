"""What the rest of a site needs to know of an article: whom and what it names, and what it tells.

Facts are to an article what an index is to a book. Links, events and most rules are worked out
from the facts of all articles, so that no article has to be held in memory for it; the article
itself is read again only where its words are shown. Facts follow from one article alone: they are
kept with it in the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal

import msgspec

from readout.content.corpus import Step
from readout.content.names import is_plain, walk
from readout.content.quotes import Quotation, quotations_of
from readout.content.schema import RELATIONS, Account, Article, Claim, Party
from readout.dates import Edtf, parse
from readout.prose import parse_prose


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
    """What lists say of an article."""

    title: str
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

    head: Head
    draft: bool
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
    uses, has_bad_prose = _uses(id_, article, found.appears)
    source = article.source
    return Facts(
        head=Head(
            title=article.title,
            published_text=source.published.text if source.published else None,
            outlet=source.outlet,
            origin=source.origin,
            topics=article.topics,
            changed=_changed(article),
        ),
        draft=article.draft,
        seed=source.seed,
        corrections=tuple(one.date.text for one in article.corrections),
        claims=tuple(_claim(claim) for claim in article.claims),
        accounts=tuple(_account(account) for account in article.events),
        quotes=tuple(_quotes(article)),
        appears=_lists(found.appears),
        mentions=tuple(found.mentions),
        offices=_lists(found.offices),
        said=_lists(found.said),
        carried=_lists(found.carried),
        said_of=_lists(found.said_of),
        about=_lists(found.about),
        origins=tuple(found.origins),
        uses=uses,
        has_bad_prose=has_bad_prose,
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


def _lists(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Pairs by the first of each."""
    found: dict[str, list[str]] = {}
    for holder, held in pairs:
        found.setdefault(holder, []).append(held)
    return {holder: tuple(held) for holder, held in found.items()}


def _uses(
    id_: str, article: Article, appears: Collection[tuple[str, str]]
) -> tuple[dict[str, tuple[str, ...]], bool]:
    """What an article names beside what appears in it, and whether any of its prose is wrong."""
    found: dict[tuple[str, str], None] = {}
    own = {f"{id_}#{claim.id}" for claim in article.claims}
    bad = False

    def on_id(kind: str, named: str, where: tuple[Step, ...]) -> None:
        if kind == "own_claim" or (kind == "claim" and named.startswith("#")):
            named = f"{id_}#{named}" if kind == "own_claim" else f"{id_}{named}"
        if named not in own and (kind, named) not in appears:
            found[kind, named] = None

    def on_prose(text: str, where: tuple[Step, ...]) -> None:
        nonlocal bad
        if is_plain(text):
            return
        prose = parse_prose(text)
        bad = bad or bool(prose.problems)
        for one in prose.references:
            full = f"{one.id or id_}#{one.claim}" if one.kind == "claim" else one.id
            if full not in own and (one.kind, full) not in appears:
                found[one.kind, full] = None

    walk(article, (), on_id, on_prose)
    return _lists(found), bad


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


def text_at(article: Article, part: str) -> str:
    """The prose field of an article at the path of a mention: `claims/0/text`."""
    value: Any = article
    for step in part.split("/"):
        value = value[int(step)] if step.isdecimal() else getattr(value, step)
    assert isinstance(value, str)
    return value


class _Names:
    """Whom and what one article names, by how. Dictionaries serve as ordered sets."""

    def __init__(self, id_: str, article: Article) -> None:
        self._id = id_
        self.appears: dict[tuple[str, str], None] = {}
        self.mentions: list[MentionFact] = []
        self.offices: dict[tuple[str, str], None] = {}
        self.said: dict[tuple[str, str], None] = {}
        self.carried: dict[tuple[str, str], None] = {}
        self.said_of: dict[tuple[str, str], None] = {}
        self.about: dict[tuple[str, str], None] = {}
        self.origins: dict[str, None] = {}
        if article.source.outlet:
            self.appears["actor", article.source.outlet] = None
        self._origins(article.source.origin)
        self._parties(article.actors)
        for place in article.places:
            self.appears["place", place] = None
        for topic in article.topics:
            self.appears["topic", topic] = None
        self._claims(article)
        self._accounts(article)
        for part, text in prose_of(article):
            if "[[" in text:
                self._prose(article, part, text)

    def _origins(self, origins: Iterable[str]) -> None:
        for origin in origins:
            self.origins[origin] = None
            self.appears["actor", origin] = None

    def _parties(self, parties: Iterable[Party]) -> None:
        for party in parties:
            if party.id is not None:
                self.appears["actor", party.id] = None
                for words in party.called:
                    self.offices[party.id, words] = None

    def _claims(self, article: Article) -> None:
        for claim in article.claims:
            for parties, claims in ((claim.by, self.said), (claim.via, self.carried)):
                self._parties(parties)
                for party in parties:
                    if party.id is not None:
                        claims[party.id, claim.id] = None
            self._origins(claim.origin)
            for event in (*claim.about, *((claim.at,) if claim.at else ())):
                self.about[event, claim.id] = None
                self.appears["event", event] = None

    def _accounts(self, article: Article) -> None:
        for account in article.events:
            self.appears["event", account.id] = None
            self._parties(account.actors)
            self._origins(account.origin)
            if account.place:
                self.appears["place", account.place] = None

    def _prose(self, article: Article, part: tuple[Step, ...], text: str) -> None:
        """One mention of each thing in each field; later references to it there add nothing."""
        seen = set()
        for number, reference in enumerate(parse_prose(text).references):
            kind = "article" if reference.kind == "claim" else reference.kind
            target = (kind, reference.id or self._id)
            if target == ("article", self._id):
                continue
            if target not in seen:
                seen.add(target)
                where = "/".join(map(str, part))
                self.mentions.append(MentionFact(kind, target[1], where, number))
            self.appears[target] = None
            if kind == "actor" and part[0] == "claims" and isinstance(part[1], int):
                self.said_of[reference.id, article.claims[part[1]].id] = None
