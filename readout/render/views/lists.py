"""Pages that lead on: home, indexes, the chronology, their parts, search, about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readout.prose import Link, page_to_markdown
from readout.render.context import Context, html
from readout.render.views.briefing import CorrectionView
from readout.render.views.common import (
    BriefingEntry,
    Difference,
    EventEntry,
    Headings,
    briefing_entry,
    differences,
    event_entry,
)
from readout.site.model import Event
from readout.text import PlainText, SafeHtml, SafeMarkdown


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: a year, a letter; or under none."""

    heading: SafeMarkdown | None
    events: tuple[EventEntry, ...] = ()
    briefings: tuple[BriefingEntry, ...] = ()
    things: tuple[tuple[Link, SafeMarkdown], ...] = ()
    """Actors, places or topics, each with a few words."""


@dataclass(frozen=True, slots=True)
class ListView:
    """An index, or a part of a long list."""

    title: SafeMarkdown
    description: str
    changed: str
    lead: SafeMarkdown | None
    up: Link | None
    groups: tuple[Group, ...]
    parts: tuple[tuple[Link, int], ...]
    """Where the whole of it is, with how many entries each."""
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class HomeView:
    title: PlainText
    description: str
    changed: str
    bottom_line: SafeMarkdown | None
    counts: SafeMarkdown
    first: BriefingEntry | None
    briefings: tuple[BriefingEntry, ...]
    events: tuple[EventEntry, ...]
    differences: tuple[Difference, ...]
    actors: tuple[tuple[Link, SafeMarkdown], ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    title: SafeMarkdown
    description: str
    changed: str
    ways: tuple[tuple[Link, SafeMarkdown], ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    heading: Headings
    title: PlainText
    description: str
    changed: str
    text: SafeMarkdown
    publisher: PlainText | None
    licence: PlainText | None
    corrections: tuple[tuple[CorrectionView, Link], ...]


DIFFERENCES = 6


def home(ctx: Context) -> HomeView:
    """The file's bottom line, what is new, what is disputed, who matters."""
    site = ctx.site
    desk = site.corpus.site
    newest = list(site.articles)[:5]
    undated = frozenset(site.undated)
    latest = [event for key, event in site.events.items() if key not in undated][-6:]
    disputed = [event for event in reversed(site.events.values()) if event.disagreements]
    weight = sorted(site.actors, key=lambda key: (-len(site.actors[key].articles), key))
    title = desk.title or ctx.desk.words("Readout")
    return HomeView(
        title=PlainText(title),
        description=ctx.desk.plain_prose(desk.bottom_line) if desk.bottom_line else title,
        changed="",
        bottom_line=ctx.line(desk.bottom_line) if desk.bottom_line else None,
        counts=ctx.say(
            "%(briefings)s, %(events)s, %(actors)s.",
            briefings=ctx.say.count("%(n)s briefing", "%(n)s briefings", len(site.articles)),
            events=ctx.say.count("%(n)s event", "%(n)s events", len(site.events)),
            actors=ctx.say.count("%(n)s actor", "%(n)s actors", len(site.actors)),
        ),
        first=briefing_entry(ctx, newest[0]) if newest else None,
        briefings=tuple(briefing_entry(ctx, one, full=False) for one in newest[1:]),
        events=tuple(event_entry(ctx, event) for event in reversed(latest)),
        differences=tuple(
            one for event in disputed[:DIFFERENCES] for one in differences(ctx, event)
        )[:DIFFERENCES],
        actors=tuple(thing_entry(ctx, "actor", key) for key in weight[:8]),
    )


def thing_entry(ctx: Context, kind: str, key: str) -> tuple[Link, SafeMarkdown]:
    """An actor, place or topic in a list, with the number of its reports."""
    links = {"actor": ctx.site.actors, "place": ctx.site.places, "topic": ctx.site.topics}[kind][key]
    return (
        ctx.thing(kind, key),
        ctx.say.count("%(n)s report", "%(n)s reports", len(links.articles)),
    )


def listing(
    ctx: Context,
    title: SafeMarkdown,
    groups: Iterable[Group],
    *,
    lead: SafeMarkdown | None = None,
    up: Link | None = None,
    parts: Sequence[tuple[Link, int]] = (),
    previous: Link | None = None,
    following: Link | None = None,
) -> ListView:
    """The record of an index or of a part."""
    from html import unescape

    return ListView(
        title=title,
        description=unescape(title.text),
        changed="",
        lead=lead,
        up=up,
        groups=tuple(groups),
        parts=tuple(parts),
        previous=previous,
        following=following,
    )


def events_group(
    ctx: Context, events: Iterable[Event], heading: SafeMarkdown | None = None
) -> Group:
    """Events under a heading, in the order given."""
    return Group(heading, events=tuple(event_entry(ctx, event) for event in events))


def briefings_group(
    ctx: Context, articles: Iterable[str], heading: SafeMarkdown | None = None, full: bool = True
) -> Group:
    """Briefings under a heading, in the order given."""
    return Group(heading, briefings=tuple(briefing_entry(ctx, one, full) for one in articles))


def search(ctx: Context) -> SearchView:
    """Without JavaScript: the ways to everything."""
    say = ctx.say
    ways = [
        ("briefings/index", "Briefings", "by date of publication"),
        ("chronology/index", "Chronology", "every event by its date"),
        ("events/index", "Events", "from A to Z"),
        ("actors/index", "Actors", "from A to Z"),
        ("topics/index", "Topics", "from A to Z"),
        ("places/index", "Places", "from A to Z"),
    ]
    return SearchView(
        title=say("Search"),
        description=ctx.desk.words("Search"),
        changed="",
        ways=tuple((ctx.to(a, ctx.desk.words(label)), say(how)) for a, label, how in ways),
    )


def about(ctx: Context) -> AboutView:
    """The desk's own method page, then publisher, licence and the log of corrections."""
    desk = ctx.site.corpus.site
    text = ctx.site.corpus.about
    corrections = [
        (one, article_id)
        for article_id, article in ctx.site.articles.items()
        for one in article.corrections
    ]
    corrections.sort(key=lambda pair: pair[1])
    corrections.sort(key=lambda pair: (pair[0].date.latest or 0, pair[0].date.text), reverse=True)
    title = ctx.desk.words("About")
    return AboutView(
        heading=Headings(),
        title=PlainText(title),
        description=ctx.desk.words("How this file is made, and how to read it"),
        changed="",
        text=page_to_markdown(text, ctx.resolve(None)) if text else SafeMarkdown(""),
        publisher=PlainText(desk.publisher) if desk.publisher else None,
        licence=PlainText(desk.licence) if desk.licence else None,
        corrections=tuple(
            (
                CorrectionView(ctx.date(one.date), ctx.line(one.text, article_id)),
                ctx.thing("article", article_id),
            )
            for one, article_id in corrections[:100]
        ),
    )
