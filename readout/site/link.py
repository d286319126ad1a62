"""From what people wrote to what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from readout.content.articles import ArticlesById
from readout.content.corpus import Corpus
from readout.content.facts import Facts, Head
from readout.content.schema import Article
from readout.site.claims import links_of_claims
from readout.site.events import brief_of, events_of, latest_change, name_of, sort_key_of
from readout.site.mentions import Index, index
from readout.site.model import (
    ActorLinks,
    Dates,
    Event,
    EventLinks,
    PlaceLinks,
    Site,
    TopicLinks,
)
from readout.site.related import crowds_of


def link(corpus: Corpus, facts: Mapping[str, Facts]) -> Site:
    """Derives the site. Pure; the corpus has passed every check, and `facts` are its articles'."""
    articles = _newest_first(facts)
    events = events_of(corpus, articles)
    event_dates = {one.id: date_of(one) for one in events.values()}
    dated = event_dates.__getitem__
    found = index(articles)
    return Site(
        corpus=corpus,
        articles=InOrder(dict.fromkeys(articles), corpus.articles),
        appears={id_: one.appears for id_, one in articles.items()},
        corrections={id_: one.corrections for id_, one in articles.items() if one.corrections},
        titles={id_: one.title for id_, one in articles.items()},
        heads={id_: one.head for id_, one in articles.items()},
        events=events,
        event_names={id_: name_of(one) for id_, one in events.items()},
        briefs={id_: brief_of(one) for id_, one in events.items()},
        event_links=_events(events, found),
        actors=_actors(corpus, articles, events, found, dated),
        places=_places(corpus, articles, events, found, dated),
        topics=_topics(corpus, articles, events, found, dated),
        claims=links_of_claims(articles),
        mentions={id_: tuple(found.mentions.get(("article", id_), ())) for id_ in articles},
        dates={id_: dates_of(one) for id_, one in articles.items()},
        event_dates=event_dates,
        crowds=crowds_of(found),
        latest={"changed": latest_change(articles, articles)},
        reports={
            (kind, key): len(found.appears.get((kind, key), ()))
            for kind, keys in (
                ("actor", corpus.actors),
                ("place", corpus.places),
                ("topic", corpus.topics),
            )
            for key in sorted(keys)
        },
    )


class InOrder(ArticlesById):
    """Some articles in an order of their own; none is read before it is asked for."""

    def __init__(self, order: Collection[str], articles: Mapping[str, Article]) -> None:
        self._order = order
        self._articles = articles

    def __getitem__(self, id_: str) -> Article:
        if id_ not in self._order:
            raise KeyError(id_)
        return self._articles[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


def _newest_first(facts: Mapping[str, Facts]) -> dict[str, Facts]:
    """The published articles in their order."""
    published = [(key, article) for key, article in facts.items() if not article.draft]
    published.sort(key=lambda one: newest_first(one[0], one[1].head))
    return dict(published)


def newest_first(id_: str, head: Head) -> tuple[int, int, int, int, str]:
    """The place of an article: by date of publication, newest first; undated last; ties by id."""
    undated, start, is_open, latest = sort_key_of(head.published_text)
    return undated, -start, -is_open, -latest, id_


def _inverse(pairs: Iterable[tuple[str | None, str]]) -> dict[str, tuple[str, ...]]:
    """From (holder, held) pairs the held ones of each holder, each once, in the order given."""
    found: dict[str, dict[str, None]] = {}
    for holder, held in pairs:
        if holder is not None:
            found.setdefault(holder, {})[held] = None
    return {holder: tuple(held) for holder, held in found.items()}


def dates_of(article: Facts) -> Dates:
    """The dates by which long lists are divided."""
    published = article.head.published_text
    return Dates(published, {one.id: one.on_text or published for one in article.claims})


def date_of(event: Event) -> str | None:
    """The EDTF text of an event's date; None for an undated one."""
    return event.date.text if event.date and not event.is_undated else None


def undated_of(chosen: Sequence[str], date: Callable[[str], str | None]) -> int:
    """How many stand at the end of a chronological list without a date."""
    return sum(1 for _ in takewhile(lambda one: date(one) is None, reversed(chosen)))


def _events(events: Mapping[str, Event], found: Index) -> dict[str, EventLinks]:
    parts = _inverse((event.part_of, event.id) for event in events.values())
    return {
        event: EventLinks(
            parts=parts.get(event, ()),
            claims=tuple(found.about.get(event, ())),
            mentions=tuple(found.mentions.get(("event", event), ())),
        )
        for event in events
    }


def _actors(
    corpus: Corpus,
    articles: Mapping[str, Facts],
    events: Mapping[str, Event],
    found: Index,
    dated: Callable[[str], str | None],
) -> dict[str, ActorLinks]:
    had_part = _inverse(
        (party.key.actor, event.id) for event in events.values() for party in event.parties
    )
    members = _inverse((body, key) for key, actor in corpus.actors.items() for body in actor.of)
    rank = {article: n for n, article in enumerate(articles)}
    return {
        key: ActorLinks(
            articles=tuple(found.appears.get(("actor", key), ())),
            offices=tuple(sorted(found.offices.get(key, ()), key=lambda one: -rank[one.article])),
            events=had_part.get(key, ()),
            undated=undated_of(had_part.get(key, ()), dated),
            said=tuple(found.said.get(key, ())),
            carried=tuple(found.carried.get(key, ())),
            said_of=tuple(found.said_of.get(key, ())),
            members=members.get(key, ()),
            published=tuple(found.published.get(key, ())),
            origin_of=tuple(found.origin_of.get(key, ())),
            mentions=tuple(found.mentions.get(("actor", key), ())),
            changed=latest_change(articles, found.appears.get(("actor", key), ())),
        )
        for key in corpus.actors
    }


def _places(
    corpus: Corpus,
    articles: Mapping[str, Facts],
    events: Mapping[str, Event],
    found: Index,
    dated: Callable[[str], str | None],
) -> dict[str, PlaceLinks]:
    here = _inverse(
        (articles[told.article].accounts[told.number].place, event.id)
        for event in events.values()
        for told in event.accounts
    )
    contains = _inverse((place.within, key) for key, place in corpus.places.items())
    return {
        key: PlaceLinks(
            articles=tuple(found.appears.get(("place", key), ())),
            events=here.get(key, ()),
            undated=undated_of(here.get(key, ()), dated),
            contains=contains.get(key, ()),
            mentions=tuple(found.mentions.get(("place", key), ())),
            changed=latest_change(articles, found.appears.get(("place", key), ())),
        )
        for key in corpus.places
    }


def _topics(
    corpus: Corpus,
    articles: Mapping[str, Facts],
    events: Mapping[str, Event],
    found: Index,
    dated: Callable[[str], str | None],
) -> dict[str, TopicLinks]:
    narrower = _inverse((topic.broader, key) for key, topic in corpus.topics.items())
    told = _inverse(
        (topic, event.id)
        for event in events.values()
        for account in event.accounts
        for topic in articles[account.article].head.topics
    )
    return {
        key: TopicLinks(
            articles=tuple(found.appears.get(("topic", key), ())),
            events=told.get(key, ()),
            undated=undated_of(told.get(key, ()), dated),
            narrower=narrower.get(key, ()),
            mentions=tuple(found.mentions.get(("topic", key), ())),
            changed=latest_change(articles, found.appears.get(("topic", key), ())),
        )
        for key in corpus.topics
    }
