"""The pages of actors (outlets among them), places and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from readout.prose import Link
from readout.render.context import Context, anchor, html
from readout.render.figures import locator, timeline
from readout.render.figures import mentions as mentions_figure
from readout.render.figures.dealings import CARRYING
from readout.render.phrases import KINDS
from readout.render.views.common import (
    ClaimEntry,
    MentionView,
    Row,
    Sections,
    briefing_entry,
    claim_entry,
    direction,
    event_entry,
    how_many_more,
    in_briefings,
    listed,
    mentions,
    published,
    role_words,
    sections,
    some_parties,
    speakers,
)
from readout.site.model import ActorLinks, ClaimKey, EventBrief, Office, PlaceLinks, TopicLinks
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value

LISTED = 8
"""So many of each kind are told of; then come lines that only name them."""
NAMED = 32
"""So many more are named on the page; where there are more than that, all are in its parts."""
CLAIMS = 6
DEALINGS = 12
"""So many rows of what an actor had to do with others."""
STRIP = 5_000
"""Bytes of the timeline."""


class Native(Value, frozen=True):
    """A name in its own language and script."""

    language: PlainText
    name: PlainText
    direction: PlainText
    """`ltr` or `rtl`, by its first letter."""


class Question(Value, frozen=True):
    """What an article leaves unsaid."""

    text: SafeHtml
    link: SafeHtml


class Dealing(Value, frozen=True):
    """One event as a row of who, what, through whom, when."""

    who: SafeHtml
    role: SafeMarkdown
    what: SafeHtml
    via: SafeHtml | None
    when: SafeHtml


class EntityView(Value, frozen=True, kw_only=True):
    """An actor, a place or a topic; what has a value from the outset is not of all of them."""

    kicker: SafeMarkdown
    title: PlainText
    sections: Sections
    native: tuple[Native, ...] = ()
    description: str
    changed: str
    lead: SafeMarkdown | None = None
    state: SafeMarkdown | None = None
    card: tuple[Row, ...]
    offices: tuple[SafeMarkdown, ...] = ()
    dealings: tuple[Dealing, ...] = ()
    """The latest, in order of time."""
    more_dealings: bool = False
    """Whether there are others."""
    members: tuple[SafeHtml, ...]
    briefing_lists: tuple[tuple[str, tuple[SafeHtml, ...]], ...]
    """Section's name with its entries: `published` of an outlet, `briefings`."""
    events: tuple[SafeHtml, ...]
    claim_lists: tuple[tuple[str, tuple[ClaimEntry, ...]], ...] = ()
    """Section's name with its entries: `said`, `said_of`."""
    questions: tuple[Question, ...] = ()
    are_latest: bool = False
    """Whether the questions are those of the latest briefings alone."""
    mentioned: tuple[MentionView, ...]
    figures: Mapping[str, SafeHtml]
    """Section's name with the figure at its head."""
    more: Mapping[str, tuple[SafeMarkdown, ...]]
    """Section's name with a line for each further thing."""
    parts: tuple[SafeHtml, ...]
    """Pages with the whole of what is shown here in part."""


def actor(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of an actor's page."""
    record = ctx.site.corpus.actors[key]
    links = ctx.site.actors[key]
    latest = _latest(ctx, links)
    own = links.published[:LISTED]
    rest = [one for one in links.articles if one not in own]
    dealings, more_dealings = _dealings(ctx, key, links)
    briefings = _briefings(ctx, rest)
    of_it = [one for one in links.said_of if one not in set(links.said)]
    said_of = _claims(ctx, of_it)
    more = _more(
        briefings=_more_briefings(ctx, rest),
        events=_more_events(ctx, links.events, latest),
        said=_more_claims(ctx, links.said),
        said_of=tuple(
            ctx.say(
                "%(who)s: %(claim)s", who=PlainText(speakers(ctx, one)), claim=ctx.claim_link(one)
            )
            for one in of_it[CLAIMS : CLAIMS + NAMED]
        ),
    )
    present = {
        "offices": bool(links.offices),
        "dealings": bool(dealings),
        "members": bool(links.members),
        "published": bool(own),
        "briefings": bool(briefings),
        "events": bool(latest),
        "said": bool(links.said),
        "said_of": bool(said_of),
        "mentioned": bool(links.mentions),
    }
    return EntityView(
        kicker=ctx.say(KINDS[record.kind]),
        title=PlainText(record.name),
        sections=_sections(ctx, record.name, present),
        native=_native(record.names),
        description=ctx.desk.plain_prose(record.description)
        if record.description
        else ctx.desk.words("%(name)s in the reports", name=record.name),
        changed=links.changed,
        lead=ctx.markdown(record.description) if record.description else None,
        card=tuple(_actor_card(ctx, key, links)),
        offices=tuple(_offices(ctx, links)),
        dealings=tuple(dealings),
        more_dealings=more_dealings,
        members=listed(ctx, "actor", links.members, LISTED),
        briefing_lists=_present(("published", _briefings(ctx, own)), ("briefings", briefings)),
        events=tuple(event_entry(ctx, event.id, "sentence") for event in latest),
        claim_lists=_present(("said", _claims(ctx, links.said)), ("said_of", said_of)),
        mentioned=mentions(ctx, links.mentions),
        figures=_figures(
            events=timeline(ctx, latest, "events", STRIP),
            briefings=mentions_figure(ctx, links.articles, "briefings"),
        ),
        more=more,
        parts=tuple(anchor(link) for link in parts),
    )


def place(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of a place's page."""
    record = ctx.site.corpus.places[key]
    links = ctx.site.places[key]
    say = ctx.say
    card = _names_rows(ctx, record.aliases, record.wikidata)
    latest = _latest(ctx, links)
    more = _more(
        briefings=_more_briefings(ctx, links.articles),
        events=_more_events(ctx, links.events, latest),
    )
    if record.within:
        card.insert(0, Row(say("In"), ctx.link("place", record.within)))
    if record.at:
        latitude, longitude = record.at
        card.append(Row(say("Coordinates"), SafeHtml(f"{latitude:.4f}, {longitude:.4f}")))
    present = {
        "members": bool(links.contains),
        "briefings": bool(links.articles),
        "events": bool(links.events),
        "mentioned": bool(links.mentions),
    }
    return EntityView(
        kicker=ctx.say("place"),
        title=PlainText(record.name),
        sections=_sections(ctx, record.name, present),
        native=_native(record.names),
        description=ctx.desk.words("%(name)s in the reports", name=record.name),
        changed=links.changed,
        card=tuple(card),
        members=listed(ctx, "place", links.contains, LISTED),
        briefing_lists=_present(("briefings", _briefings(ctx, links.articles))),
        events=tuple(event_entry(ctx, event.id, "sentence") for event in latest),
        mentioned=mentions(ctx, links.mentions),
        figures=_figures(
            card=locator(ctx, [key, *links.contains], "place"),
            events=timeline(ctx, latest, "events", STRIP),
        ),
        more=more,
        parts=tuple(anchor(link) for link in parts),
    )


def topic(ctx: Context, key: str, parts: Sequence[Link]) -> EntityView:
    """The record of a topic's page."""
    record = ctx.site.corpus.topics[key]
    links = ctx.site.topics[key]
    card = []
    latest = _latest(ctx, links)
    more = _more(
        briefings=_more_briefings(ctx, links.articles),
        events=_more_events(ctx, links.events, latest),
    )
    if record.broader:
        card.append(Row(ctx.say("Part of"), ctx.link("topic", record.broader)))
    questions = _questions(ctx, links.articles[:LISTED])
    present = {
        "state": bool(record.state),
        "members": bool(links.narrower),
        "briefings": bool(links.articles),
        "events": bool(links.events),
        "questions": bool(questions),
        "mentioned": bool(links.mentions),
    }
    return EntityView(
        kicker=ctx.say("topic"),
        title=PlainText(record.name),
        sections=_sections(ctx, record.name, present),
        description=ctx.desk.plain_prose(record.description)
        if record.description
        else ctx.desk.words("%(name)s in the reports", name=record.name),
        changed=links.changed,
        lead=ctx.markdown(record.description) if record.description else None,
        state=ctx.markdown(record.state) if record.state else None,
        card=tuple(card),
        members=listed(ctx, "topic", links.narrower, LISTED),
        briefing_lists=_present(("briefings", _briefings(ctx, links.articles))),
        events=tuple(event_entry(ctx, event.id, "sentence") for event in latest),
        questions=questions,
        are_latest=len(links.articles) > LISTED,
        mentioned=mentions(ctx, links.mentions),
        figures=_figures(
            events=timeline(ctx, latest, "events", STRIP),
            briefings=mentions_figure(ctx, links.articles, "briefings"),
        ),
        more=more,
        parts=tuple(anchor(link) for link in parts),
    )


def _questions(ctx: Context, articles: Sequence[str]) -> tuple[Question, ...]:
    """What is open by these articles."""
    found = [
        (question, article)
        for article in articles
        for question in ctx.site.articles[article].open_questions
    ]
    shown = tuple(
        Question(ctx.html(question, article, inline=True), ctx.link("article", article))
        for question, article in found[:LISTED]
    )
    others = found[LISTED:]
    if not others:
        return shown
    told = in_briefings(ctx, (article for _, article in others))
    return (*shown, Question(html(how_many_more(ctx, others)), told))


def _sections(ctx: Context, name: str, present: Mapping[str, bool]) -> Sections:
    say = ctx.say
    words = {
        "state": say("What is known"),
        "offices": say("Called in the sources"),
        "dealings": say("Dealings"),
        "members": say("Who and what belongs to it"),
        "published": say("Articles"),
        "events": say("Chronology"),
        "said": say("Said"),
        "said_of": say("Said of it"),
        "briefings": say("Briefings"),
        "questions": say("Open questions"),
        "mentioned": say("Mentioned in"),
    }
    return sections(
        PlainText(name).markdown, [(key, words[key]) for key, there in present.items() if there]
    )


def _divided(
    links: ActorLinks | PlaceLinks | TopicLinks,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The dated events of a chronological list, and the undated."""
    boundary = len(links.events) - links.undated
    return links.events[:boundary], links.events[boundary:]


def _latest(ctx: Context, links: ActorLinks | PlaceLinks | TopicLinks) -> list[EventBrief]:
    """The latest dated events of a chronological list, and room for the undated; in its order."""
    dated, rest = _divided(links)
    chosen = dated[-LISTED:] + rest[: max(0, LISTED - len(dated[-LISTED:]))]
    return [ctx.site.briefs[event] for event in chosen]


def _native(names: Mapping[str, str]) -> tuple[Native, ...]:
    return tuple(
        Native(PlainText(tag), PlainText(names[tag]), PlainText(direction(names[tag])))
        for tag in sorted(names)
    )


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
        yield Row(say("Of"), ctx.links("actor", record.of))
    yield from _names_rows(ctx, record.aliases, record.wikidata)
    if record.kind == "outlet" and links.origin_of:
        rests = say.count("%(n)s report", "%(n)s reports", len(links.origin_of))
        yield Row(say("Reports that rest on it"), html(rests))


def _offices(ctx: Context, links: ActorLinks) -> Iterable[SafeMarkdown]:
    """What articles call the actor: the same words once, with the first article and its date."""
    first: dict[str, Office] = {}
    for office in links.offices:
        first.setdefault(office.words, office)
    found = list(first.values())
    for office in found[:LISTED]:
        yield ctx.say(
            "“%(words)s”: %(article)s, %(published)s",
            words=PlainText(office.words),
            article=ctx.link("article", office.article),
            published=published(ctx, office.article),
        )
    if others := found[LISTED:]:
        yield how_many_more(ctx, others)


def _dealings(ctx: Context, key: str, links: ActorLinks) -> tuple[list[Dealing], bool]:
    """Events in which the actor met, called, wrote to or acted on others, in order of time: the
    latest dated ones, then the undated where there is room; and whether there are others."""
    dated, rest = _divided(links)
    latest = [*islice(_dealt(ctx, key, reversed(dated)), DEALINGS + 1)]
    shown = latest[:DEALINGS][::-1]
    room = DEALINGS - len(shown)
    undated = [*islice(_dealt(ctx, key, rest), room + 1)]
    more = len(latest) > DEALINGS or len(undated) > room
    return [*shown, *undated[:room]], more


def _dealt(ctx: Context, key: str, events: Iterable[str]) -> Iterable[Dealing]:
    for event in map(ctx.site.events.__getitem__, events):
        own = next(party for party in event.parties if party.key.actor == key)
        others = [party for party in event.parties if party.key.actor != key]
        # One who carries does so between the others; who carries with it, deals with it.
        carries = not CARRYING.isdisjoint(own.roles)
        carriers = [p for p in others if not carries and not CARRYING.isdisjoint(p.roles)]
        partners = [party for party in others if party not in carriers]
        if not others:
            continue
        yield Dealing(
            who=some_parties(ctx, partners or carriers),
            role=role_words(ctx, own.roles),
            what=ctx.link("event", event.id),
            via=html(ctx.say.join([ctx.party_key(p.key) for p in carriers]))
            if carriers and partners
            else None,
            when=ctx.date(event.date),
        )


def _briefings(ctx: Context, articles: Sequence[str]) -> tuple[SafeHtml, ...]:
    return tuple(briefing_entry(ctx, one, full=False) for one in articles[:LISTED])


def _more(**found: tuple[SafeMarkdown, ...]) -> Mapping[str, tuple[SafeMarkdown, ...]]:
    return {name: lines for name, lines in found.items() if lines}


def _more_briefings(ctx: Context, articles: Sequence[str]) -> tuple[SafeMarkdown, ...]:
    return tuple(
        ctx.say(
            "%(article)s, %(published)s",
            article=ctx.link("article", key),
            published=ctx.date(ctx.site.heads[key].published),
        )
        for key in articles[LISTED : LISTED + NAMED]
    )


def _more_events(
    ctx: Context, events: Sequence[str], latest: Sequence[EventBrief]
) -> tuple[SafeMarkdown, ...]:
    told = {one.id for one in latest}
    rest = [key for key in reversed(events) if key not in told][:NAMED]
    return tuple(
        ctx.say(
            "%(date)s: %(event)s",
            date=ctx.date(ctx.site.event_names[key].date),
            event=ctx.link("event", key),
        )
        for key in reversed(rest)
    )


def _more_claims(ctx: Context, keys: Sequence[ClaimKey]) -> tuple[SafeMarkdown, ...]:
    return tuple(SafeMarkdown(ctx.claim_link(key).text) for key in keys[CLAIMS : CLAIMS + NAMED])


def _figures(**found: SafeHtml | None) -> Mapping[str, SafeHtml]:
    return {name: one for name, one in found.items() if one}


_Entries = TypeVar("_Entries")


def _present(
    *lists: tuple[str, tuple[_Entries, ...]],
) -> tuple[tuple[str, tuple[_Entries, ...]], ...]:
    return tuple(one for one in lists if one[1])


def _claims(ctx: Context, keys: Sequence[ClaimKey]) -> tuple[ClaimEntry, ...]:
    return tuple(claim_entry(ctx, key) for key in keys[:CLAIMS])
