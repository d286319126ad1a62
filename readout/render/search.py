"""What the search knows: a record for each briefing, event, actor, place and topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from readout.content.facts import parties_of, prose_of
from readout.content.schema import Actor, Article, Place
from readout.dates import Edtf, in_words, year_label, year_of
from readout.render.context import FOLDERS, Desk
from readout.value import Value

LONGEST = 6000
"""Characters of one record's text: what follows adds little but weight."""

SHARD = 800
"""Records in one part of the index, about: so many take some 130 MB while it is made."""


def how_many(records: int) -> int:
    """The number of parts of an index of so many records."""
    return max(1, -(-records // SHARD))


class Record(Value, frozen=True):
    """One thing that can be found. All of it is plain text."""

    address: str
    """`actors/putin`."""
    content: str
    """What is searched."""
    meta: Mapping[str, str]
    """What is shown: `title`, `kind`, `when`, `text`; and, a line each, the other `names` by which
    it comes first."""
    filters: Mapping[str, tuple[str, ...]]
    """`kind`, `actor`, `topic`, `place`, `year`, `outlet` -> values in words."""
    date: str
    """For sorting; empty for what has none."""


def record_makers(desk: Desk) -> Iterator[tuple[str, Callable[[], Record]]]:
    """The address of everything that can be found, with what makes its record."""
    site = desk.plain
    for kind, keys, make in (
        ("article", site.heads, _briefing),
        ("event", site.events, _event),
        ("actor", site.actors, _actor),
        ("place", site.places, _place),
        ("topic", site.topics, _topic),
    ):
        for key in keys:
            yield f"{FOLDERS[kind]}/{key}", partial(make, desk, key)


def _briefing(desk: Desk, key: str) -> Record:
    words = desk.words
    article = desk.site.articles[key]
    text = " ".join(desk.plain_prose(text) for _, text in prose_of(article))
    called = " ".join(word for party in article.actors for word in party.called)
    quotes = " ".join(q for c in article.claims for q in (c.quote, c.excerpt) if q)
    source = article.source
    return Record(
        f"briefings/{key}",
        _cut(article.title, source.headline or "", text, called, quotes),
        {
            "title": article.title,
            "kind": words("Briefing"),
            "when": in_words(source.published, words)
            if source.published
            else words("publication date not stated"),
            "text": desk.first_sentence(article.bottom_line),
        },
        {
            "kind": (words("Briefing"),),
            "actor": _names(desk, "actor", _actors(article)),
            "topic": _names(desk, "topic", article.topics),
            "place": _names(desk, "place", article.places),
            "year": _year(source.published),
            "outlet": _names(desk, "actor", [source.outlet] if source.outlet else []),
        },
        _sortable(source.published),
    )


def _event(desk: Desk, key: str) -> Record:
    words = desk.words
    event = desk.site.events[key]
    told = [desk.site.account(one).text or "" for one in event.accounts[:10]]
    texts = [desk.plain_prose(text) for text in (event.summary or "", *told) if text]
    actors = [party.key.actor for party in event.parties if party.key.actor]
    outlets = dict.fromkeys(
        outlet for one in event.accounts[:40] if (outlet := desk.site.heads[one.article].outlet)
    )
    return Record(
        f"events/{key}",
        _cut(event.title, *texts, *_names(desk, "actor", actors)),
        {
            "title": event.title,
            "kind": words("Event"),
            "when": in_words(event.date, words) if event.date else words("date not stated"),
            "text": desk.first_sentence(event.summary or next(iter(told), "")),
        },
        {
            "kind": (words("Event"),),
            "actor": _names(desk, "actor", actors),
            "place": _names(desk, "place", [event.place] if event.place else []),
            "year": _year(event.date),
            "outlet": _names(desk, "actor", outlets),
        },
        _sortable(event.date),
    )


def _actor(desk: Desk, key: str) -> Record:
    words, actor = desk.words, desk.site.corpus.actors[key]
    called = {office.words for office in desk.site.actors[key].offices}
    text = desk.plain_prose(actor.description) if actor.description else ""
    kind = words("Outlet") if actor.kind == "outlet" else words("Actor")
    return _thing(f"actors/{key}", actor.name, kind, text, _all_names(actor), sorted(called))


def _place(desk: Desk, key: str) -> Record:
    place = desk.site.corpus.places[key]
    return _thing(f"places/{key}", place.name, desk.words("Place"), "", _all_names(place), ())


def _topic(desk: Desk, key: str) -> Record:
    topic = desk.site.corpus.topics[key]
    texts = [desk.plain_prose(text) for text in (topic.description, topic.state) if text]
    return _thing(f"topics/{key}", topic.name, desk.words("Topic"), " ".join(texts), (), ())


def _thing(
    address: str, name: str, kind: str, text: str, names: Sequence[str], called: Iterable[str]
) -> Record:
    shown = {"title": name, "kind": kind, "when": "", "text": text[:280]}
    return Record(
        address,
        _cut(name, *names, text, *called),
        {**shown, "names": "\n".join(names)} if names else shown,
        {"kind": (kind,)},
        "",
    )


def _all_names(record: Actor | Place) -> tuple[str, ...]:
    return (*record.names.values(), *record.aliases)


def _actors(article: Article) -> Iterable[str]:
    return dict.fromkeys(party.id for party in parties_of(article) if party.id)


def _names(desk: Desk, kind: str, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(desk.name(kind, key) for key in keys)


def _year(date: Edtf | None) -> tuple[str, ...]:
    year = year_of(date) if date else None
    return () if year is None else (year_label(year).replace("bc", " BC"),)


def _sortable(date: Edtf | None) -> str:
    """Seconds, shifted so that text sorts as they do."""
    bound = None if date is None else date.earliest if date.earliest is not None else date.latest
    return "" if bound is None else f"{bound + 10**15:018d}"


def _cut(*texts: str) -> str:
    return ". ".join(text for text in texts if text)[:LONGEST]
