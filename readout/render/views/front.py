"""Home, search and about: the pages that say what this is and where to go."""

from __future__ import annotations

from readout.content.facts import read_date
from readout.dates import Edtf
from readout.prose import page_title, page_to_markdown
from readout.render.context import Context, anchor
from readout.render.figures import timeline
from readout.render.search import how_many
from readout.render.views.common import (
    CorrectionView,
    Sections,
    briefing_entry,
    differences,
    event_entry,
    sections,
)
from readout.render.views.lists import ThingEntry, thing_entry
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value

NEW = 5
"""Briefings on the home page: the first large, the others compact."""
EVENTS = 6
DIFFERENCES = 6
ACTORS = 8
CORRECTIONS = 100


class HomeView(Value, frozen=True):
    title: PlainText
    sections: Sections
    description: str
    changed: str
    bottom_line: SafeMarkdown | None
    counts: SafeMarkdown
    first: SafeHtml | None
    briefings: tuple[SafeHtml, ...]
    events: tuple[SafeHtml, ...]
    differences: tuple[SafeHtml, ...]
    actors: tuple[ThingEntry, ...]
    all_briefings: SafeHtml
    all_events: SafeHtml
    all_actors: SafeHtml
    timeline: SafeHtml | None


class Filter(Value, frozen=True):
    """A filter of the search, by its name in the index."""

    name: PlainText
    label: SafeMarkdown


class SearchView(Value, frozen=True):
    title: SafeMarkdown
    sections: Sections
    description: str
    changed: str
    shards: int
    """How many parts the index has; 0 without one."""
    filters: tuple[Filter, ...]
    ways: tuple[ThingEntry, ...]


class LoggedCorrection(Value, frozen=True):
    """A correction in the log of all."""

    correction: CorrectionView
    article: SafeHtml


class AboutView(Value, frozen=True):
    title: PlainText
    title_line: SafeMarkdown
    description: str
    changed: str
    text: SafeMarkdown | None
    publisher: PlainText | None
    licence: PlainText | None
    corrections_heading: SafeMarkdown
    corrections: tuple[LoggedCorrection, ...]


def home(ctx: Context) -> HomeView:
    """The file's bottom line, what is new, what is disputed, who matters."""
    site, say = ctx.site, ctx.say
    desk = site.corpus.site
    newest = list(site.dates)[:NEW]
    events = list(site.briefs.values())
    latest = [event for event in events if not event.is_undated][-EVENTS:]
    disputed = [event for event in reversed(events) if event.differ]
    different = [one for event in disputed[:DIFFERENCES] for one in differences(ctx, event.id)]
    actors = [(-n, key) for (kind, key), n in site.reports.items() if n and kind == "actor"]
    title = desk.title or ctx.desk.words("Readout")
    return HomeView(
        title=PlainText(title),
        sections=sections(
            PlainText(title).markdown,
            [
                ("briefings", say("Latest briefings")),
                ("events", say("Latest events")),
                ("differences", say("Where accounts differ")),
                ("actors", say("Key actors")),
            ],
        ),
        description=ctx.desk.plain_prose(desk.bottom_line) if desk.bottom_line else title,
        changed=site.latest["changed"],
        bottom_line=ctx.line(desk.bottom_line) if desk.bottom_line else None,
        counts=say(
            "%(briefings)s, %(events)s, %(actors)s.",
            briefings=say.count("%(n)s briefing", "%(n)s briefings", len(site.dates)),
            events=say.count("%(n)s event", "%(n)s events", len(events)),
            actors=say.count("%(n)s actor", "%(n)s actors", len(site.corpus.actors)),
        ),
        first=briefing_entry(ctx, newest[0]) if newest else None,
        briefings=tuple(briefing_entry(ctx, one, full=False) for one in newest[1:]),
        events=tuple(event_entry(ctx, event.id) for event in reversed(latest)),
        differences=tuple(different[:DIFFERENCES]),
        actors=tuple(thing_entry(ctx, "actor", key) for _, key in sorted(actors)[:ACTORS]),
        all_briefings=anchor(ctx.to("briefings/index", ctx.desk.words("All briefings"))),
        all_events=anchor(ctx.to("chronology/index", ctx.desk.words("The whole chronology"))),
        all_actors=anchor(ctx.to("actors/index", ctx.desk.words("All actors"))),
        timeline=timeline(ctx, events, "home"),
    )


def search(ctx: Context) -> SearchView:
    """Without JavaScript: the ways to everything."""
    say, words = ctx.say, ctx.desk.words
    ways = [
        ("briefings/index", words("Briefings"), say("by date of publication")),
        ("chronology/index", words("Chronology"), say("every event by its date")),
        ("events/index", words("Events"), say("from A to Z")),
        ("actors/index", words("Actors"), say("from A to Z")),
        ("topics/index", words("Topics"), say("from A to Z")),
        ("places/index", words("Places"), say("from A to Z")),
    ]
    return SearchView(
        title=say("Search"),
        sections=sections(say("Search"), [("ways", say("Other ways to what is here"))]),
        description=words("Search briefings, events, actors, places and topics"),
        changed="",
        shards=_shards(ctx),
        filters=tuple(
            Filter(PlainText(name), label)
            for name, label in (
                ("kind", say("Kind")),
                ("actor", say("Actor")),
                ("topic", say("Topic")),
                ("place", say("Place")),
                ("year", say("Year")),
                ("outlet", say("Outlet")),
            )
        ),
        ways=tuple(
            ThingEntry(anchor(ctx.to(address, label)), SafeHtml(how.text))
            for address, label, how in ways
        ),
    )


def _shards(ctx: Context) -> int:
    site = ctx.site
    things = (site.dates, site.event_names, site.actors, site.places, site.topics)
    return how_many(sum(map(len, things))) if ctx.desk.with_search else 0


def about(ctx: Context) -> AboutView:
    """The desk's own method page, then publisher, licence and the log of corrections."""
    desk = ctx.site.corpus.site
    text = ctx.site.corpus.about
    resolve = ctx.resolve(None)
    title = (page_title(text, resolve) if text else None) or ctx.desk.words("About this file")
    heading = ctx.say("Corrections")
    return AboutView(
        title=PlainText(title),
        title_line=sections(PlainText(title).markdown, ()).title,
        description=ctx.desk.words("How this file is made, and how to read it"),
        changed=ctx.site.latest["changed"],
        text=page_to_markdown(text, resolve) if text else None,
        publisher=PlainText(desk.publisher) if desk.publisher else None,
        licence=PlainText(desk.licence) if desk.licence else None,
        corrections_heading=SafeMarkdown(f'<h2 id="corrections-log_">{heading.text}</h2>'),
        corrections=tuple(_log(ctx)),
    )


def _log(ctx: Context) -> list[LoggedCorrection]:
    site = ctx.site
    found: list[tuple[Edtf, str, int]] = [
        (date, article_id, number)
        for article_id, dates in site.corrections.items()
        for number, text in enumerate(dates)
        if (date := read_date(text))
    ]
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: (one[0].latest or 0, one[0].text), reverse=True)
    return [
        LoggedCorrection(
            CorrectionView(
                ctx.date(date),
                ctx.html(
                    site.articles[article_id].corrections[number].text, article_id, inline=True
                ),
            ),
            ctx.link("article", article_id),
        )
        for date, article_id, number in found[:CORRECTIONS]
    ]
