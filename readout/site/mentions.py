"""Who and what each article names, and where: the raw material of every backlink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from readout.content.corpus import Step
from readout.content.schema import Article, Party
from readout.prose import parse_prose
from readout.site.model import ClaimKey, Mention, Office

Target = tuple[str, str]
"""What is named: its kind (`actor`, `event`, `place`, `topic`, `article`) and its id."""


@dataclass
class Index:
    """Everything that was found, by what it is about, in the order of the articles walked.

    Inner dictionaries serve as ordered sets.
    """

    appears: dict[Target, dict[str, None]] = field(default_factory=dict)
    """Articles in which a target has any part."""
    mentions: dict[Target, list[Mention]] = field(default_factory=dict)
    offices: dict[str, dict[Office, None]] = field(default_factory=dict)
    said: dict[str, dict[ClaimKey, None]] = field(default_factory=dict)
    carried: dict[str, dict[ClaimKey, None]] = field(default_factory=dict)
    said_of: dict[str, dict[ClaimKey, None]] = field(default_factory=dict)
    about: dict[str, dict[ClaimKey, None]] = field(default_factory=dict)
    """Claims about an event, or said at it."""
    origin_of: dict[str, dict[str, None]] = field(default_factory=dict)
    published: dict[str, dict[str, None]] = field(default_factory=dict)


def index(articles: Mapping[str, Article]) -> Index:
    """Walks every article once, in the order given."""
    found = Index()
    for article_id, article in articles.items():
        _source(found, article_id, article)
        _parties(found, article_id, article.actors)
        for place in article.places:
            _appears(found, ("place", place), article_id)
        for topic in article.topics:
            _appears(found, ("topic", topic), article_id)
        _claims(found, article_id, article)
        _accounts(found, article_id, article)
        for part, text in prose_of(article):
            _prose(found, article_id, article, part, text)
    return found


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


def _appears(found: Index, target: Target, article_id: str) -> None:
    found.appears.setdefault(target, {})[article_id] = None


def _source(found: Index, article_id: str, article: Article) -> None:
    outlet = article.source.outlet
    if outlet:
        found.published.setdefault(outlet, {})[article_id] = None
        _appears(found, ("actor", outlet), article_id)
    _origins(found, article_id, article.source.origin)


def _origins(found: Index, article_id: str, origins: Iterable[str]) -> None:
    for origin in origins:
        found.origin_of.setdefault(origin, {})[article_id] = None
        _appears(found, ("actor", origin), article_id)


def _parties(found: Index, article_id: str, parties: Iterable[Party]) -> None:
    for party in parties:
        if party.id is not None:
            _appears(found, ("actor", party.id), article_id)
            for words in party.called:
                found.offices.setdefault(party.id, {})[Office(words, article_id)] = None


def _claims(found: Index, article_id: str, article: Article) -> None:
    for claim in article.claims:
        key = ClaimKey(article_id, claim.id)
        for parties, claims in ((claim.by, found.said), (claim.via, found.carried)):
            _parties(found, article_id, parties)
            for party in parties:
                if party.id is not None:
                    claims.setdefault(party.id, {})[key] = None
        _origins(found, article_id, claim.origin)
        for event in (*claim.about, *((claim.at,) if claim.at else ())):
            found.about.setdefault(event, {})[key] = None
            _appears(found, ("event", event), article_id)


def _accounts(found: Index, article_id: str, article: Article) -> None:
    for account in article.events:
        _appears(found, ("event", account.id), article_id)
        _parties(found, article_id, account.actors)
        _origins(found, article_id, account.origin)
        if account.place:
            _appears(found, ("place", account.place), article_id)


def _prose(
    found: Index, article_id: str, article: Article, part: tuple[Step, ...], text: str
) -> None:
    for number, reference in enumerate(parse_prose(text).references):
        kind = "article" if reference.kind == "claim" else reference.kind
        target = (kind, reference.id or article_id)
        if target == ("article", article_id):
            continue
        mentions = found.mentions.setdefault(target, [])
        if not mentions or mentions[-1][:2] != (article_id, part):
            mentions.append(Mention(article_id, part, text, number))
        _appears(found, target, article_id)
        if kind == "actor" and part[0] == "claims" and isinstance(part[1], int):
            key = ClaimKey(article_id, article.claims[part[1]].id)
            found.said_of.setdefault(reference.id, {})[key] = None
