"""The pages of actors (outlets among them), places and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readout.prose import Link
from readout.render.context import Context, anchor, html
from readout.render.phrases import KINDS
from readout.render.views.common import (
    BriefingEntry,
    ClaimView,
    EventEntry,
    Row,
    briefing_entry,
    claim_view,
    event_entry,
    find_claim,
    role_words,
)
from readout.site.model import ActorLinks, ClaimKey, Event
from readout.text import PlainText, SafeHtml, SafeMarkdown, encode

LISTED = 40
"""So many of each kind on the page itself; all are in its parts."""
CLAIMS = 15


@dataclass(frozen=True, slots=True)
class Native:
    """A name in its own language and script."""

    language: str
    name: PlainText


@dataclass(frozen=True, slots=True)
class Dealing:
    """One event as a row of who, what, through whom, when."""

    who: SafeHtml
    role: SafeMarkdown
    what: SafeHtml
    via: SafeHtml | None
    when: SafeHtml


@dataclass(frozen=True, slots=True)
class EntityView:
    """An actor, a place or a topic."""

    kind: str
    title: PlainText
    native: tuple[Native, ...]
    description: str
    changed: str
    lead: SafeMarkdown | None
    state: SafeMarkdown | None
    card: tuple[Row, ...]
    offices: tuple[tuple[PlainText, SafeHtml, SafeHtml], ...]
    dealings: tuple[Dealing, ...]
    members: tuple[SafeHtml, ...]
    published: tuple[BriefingEntry, ...]
    events: tuple[EventEntry, ...]
    briefings: tuple[BriefingEntry, ...]
    said: tuple[ClaimView, ...]
    said_of: tuple[ClaimView, ...]
    questions: tuple[tuple[SafeMarkdown, Link], ...]
    mentioned: tuple[tuple[Link, PlainText], ...]
    parts: tuple[Link, ...]
    """Pages with the whole of what is shown here in part."""


def actor(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of an actor's page."""
    record = ctx.site.corpus.actors[key]
    links = ctx.site.actors[key]
    latest = _latest(ctx, links.events)
    published = links.published[:LISTED]
    return EntityView(
        kind=record.kind,
        title=PlainText(record.name),
        native=_native(record.names),
        description=ctx.desk.plain_prose(record.description)
        if record.description
        else ctx.desk.words("%(name)s in the reports", name=record.name),
        changed="",
        lead=ctx.markdown(record.description) if record.description else None,
        state=None,
        card=tuple(_actor_card(ctx, key, links)),
        offices=tuple(_offices(ctx, links)),
        dealings=tuple(_dealings(ctx, key, latest)),
        members=tuple(anchor(ctx.thing("actor", one)) for one in links.members[:60]),
        published=tuple(briefing_entry(ctx, one, full=False) for one in published),
        events=tuple(event_entry(ctx, event) for event in latest),
        briefings=_briefings(ctx, [one for one in links.articles if one not in published]),
        said=_claims(ctx, links.said),
        said_of=_claims(ctx, [one for one in links.said_of if one not in links.said]),
        questions=(),
        mentioned=_mentioned(ctx, links.mentions),
        parts=tuple(parts),
    )


def place(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of a place's page."""
    record = ctx.site.corpus.places[key]
    links = ctx.site.places[key]
    say = ctx.say
    card = _names_rows(ctx, record.aliases, record.wikidata)
    if record.within:
        card.insert(0, Row(say("In"), anchor(ctx.thing("place", record.within))))
    if record.at:
        latitude, longitude = record.at
        card.append(Row(say("Coordinates"), SafeHtml(f"{latitude:.4f}, {longitude:.4f}")))
    return EntityView(
        kind="place",
        title=PlainText(record.name),
        native=_native(record.names),
        description=ctx.desk.words("%(name)s in the reports", name=record.name),
        changed="",
        lead=None,
        state=None,
        card=tuple(card),
        offices=(),
        dealings=(),
        members=tuple(anchor(ctx.thing("place", one)) for one in links.contains[:60]),
        published=(),
        events=tuple(event_entry(ctx, event) for event in _latest(ctx, links.events)),
        briefings=_briefings(ctx, links.articles),
        said=(),
        said_of=(),
        questions=(),
        mentioned=_mentioned(ctx, links.mentions),
        parts=tuple(parts),
    )


def topic(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of a topic's page."""
    record = ctx.site.corpus.topics[key]
    links = ctx.site.topics[key]
    card = []
    if record.broader:
        card.append(Row(ctx.say("Part of"), anchor(ctx.thing("topic", record.broader))))
    questions = [
        (ctx.line(question, article), ctx.thing("article", article))
        for article in links.articles[:LISTED]
        for question in ctx.site.articles[article].open_questions
    ]
    return EntityView(
        kind="topic",
        title=PlainText(record.name),
        native=(),
        description=ctx.desk.plain_prose(record.description)
        if record.description
        else ctx.desk.words("%(name)s in the reports", name=record.name),
        changed="",
        lead=ctx.markdown(record.description) if record.description else None,
        state=ctx.markdown(record.state) if record.state else None,
        card=tuple(card),
        offices=(),
        dealings=(),
        members=tuple(anchor(ctx.thing("topic", one)) for one in links.narrower[:60]),
        published=(),
        events=tuple(event_entry(ctx, event) for event in _latest(ctx, links.events)),
        briefings=_briefings(ctx, links.articles),
        said=(),
        said_of=(),
        questions=tuple(questions[:LISTED]),
        mentioned=_mentioned(ctx, links.mentions),
        parts=tuple(parts),
    )


def _latest(ctx: Context, events: Sequence[str]) -> list[Event]:
    """The latest dated events of a chronological list, and room for the undated; in its order."""
    undated = frozenset(ctx.site.undated)
    dated = [event for event in events if event not in undated]
    rest = [event for event in events if event in undated]
    chosen = dated[-LISTED:] + rest[: max(0, LISTED - len(dated[-LISTED:]))]
    return [ctx.site.events[event] for event in chosen]


def _native(names: Mapping[str, str]) -> tuple[Native, ...]:
    return tuple(Native(tag, PlainText(names[tag])) for tag in sorted(names))


def _names_rows(ctx: Context, aliases: Sequence[str], wikidata: str | None) -> list[Row]:
    rows = []
    if aliases:
        names = ctx.say.join([PlainText(alias) for alias in aliases])
        rows.append(Row(ctx.say("Also written"), html(names)))
    if wikidata:
        url = f"https://www.wikidata.org/wiki/{wikidata}"
        rows.append(Row(ctx.say("Wikidata"), anchor(Link(wikidata, url, url, None))))
    return rows


def _actor_card(ctx: Context, key: str, links: ActorLinks) -> Iterable[Row]:
    record = ctx.site.corpus.actors[key]
    say = ctx.say
    yield Row(say("Kind"), html(say(KINDS[record.kind])))
    if record.of:
        yield Row(say("Of"), ctx.anchors(ctx.thing("actor", one) for one in record.of))
    yield from _names_rows(ctx, record.aliases, record.wikidata)
    if record.kind == "outlet" and links.origin_of:
        rests = say.count("%(n)s report", "%(n)s reports", len(links.origin_of))
        yield Row(say("Reports that rest on it"), html(rests))


def _offices(ctx: Context, links: ActorLinks) -> Iterable[tuple[PlainText, SafeHtml, SafeHtml]]:
    """What articles call the actor: the same words once, with the first article and its date."""
    seen = set()
    for office in links.offices:
        if office.words in seen:
            continue
        seen.add(office.words)
        if len(seen) > LISTED:
            return
        article = ctx.site.articles[office.article]
        yield (
            PlainText(office.words),
            anchor(ctx.thing("article", office.article)),
            ctx.date(article.source.published),
        )


def _dealings(ctx: Context, key: str, events: Iterable[Event]) -> Iterable[Dealing]:
    """Events in which the actor met, called, wrote to or acted on others."""
    for event in events:
        own = next(party for party in event.parties if party.key.actor == key)
        others = [party for party in event.parties if party.key.actor != key]
        carriers = [p for p in others if {"intermediary", "mediator"} & set(p.roles)]
        partners = [party for party in others if party not in carriers]
        if not others:
            continue
        shown = partners or carriers
        yield Dealing(
            who=html(ctx.say.join([ctx.party_key(party.key) for party in shown[:8]])),
            role=role_words(ctx, own.roles),
            what=anchor(ctx.thing("event", event.id)),
            via=html(ctx.say.join([ctx.party_key(p.key) for p in carriers]))
            if carriers and partners
            else None,
            when=ctx.date(event.date),
        )


def _briefings(ctx: Context, articles: Sequence[str]) -> tuple[BriefingEntry, ...]:
    return tuple(briefing_entry(ctx, one, full=False) for one in articles[:LISTED])


def _claims(ctx: Context, keys: Sequence[ClaimKey]) -> tuple[ClaimView, ...]:
    return tuple(
        claim_view(ctx, key, find_claim(ctx.site.articles[key.article], key.claim), False)
        for key in keys[:CLAIMS]
    )


def _mentioned(ctx: Context, mentions: Sequence) -> tuple[tuple[Link, PlainText], ...]:  # type: ignore[type-arg]
    return tuple(
        (ctx.thing("article", one.article), PlainText(one.sentence)) for one in mentions[:20]
    )
