"""Which lists there are, and into which parts the long ones fall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from readout.content.facts import read_date
from readout.dates import in_words, month_of, whole, year_of
from readout.prose import Link
from readout.render.context import FOLDERS, Context, Desk
from readout.render.figures import locator, matrix, network, timeline
from readout.render.page import Page
from readout.render.parts import MOST, Part, by_date, by_letter, front, letter_of, walk
from readout.render.views.common import claim_entry
from readout.render.views.entity import CLAIMS, LISTED, NAMED
from readout.render.views.event import ACCOUNTS, account_row
from readout.render.views.lists import (
    Group,
    ListView,
    briefings_group,
    events_group,
    listing,
    thing_entry,
)
from readout.site.model import ClaimKey, EventAccount, Site
from readout.text import PlainText, SafeHtml, SafeMarkdown

HEAVIEST = 40
"""Of a long list, so many of the newest or heaviest are on its first page."""
WHOLE = 100
"""A list of names up to this long stands whole on its first page."""
LETTERS = 150
"""Names on one part's page; events, which are longer, as many as in other parts."""
WHOLE_CHRONOLOGY = 80
ACCOUNT_ROWS = 24
"""Accounts on one part of an event's page."""
CHRONOLOGY = 40
"""Events on one part of the chronology: they say more than in other lists."""


class Item(NamedTuple):
    """An entry of the parts of an actor, place or topic."""

    kind: str
    """`event`, `article` or `claim`."""
    id: str
    claim: str
    date: str | None
    """EDTF."""


def is_long(site: Site, kind: str, key: str) -> bool:
    """Whether an actor, place or topic has more than its page can show."""
    articles, events, claims = _linked(site, kind, key)
    return max(len(articles), len(events)) > LISTED + NAMED or len(claims) > CLAIMS + NAMED


def entity_parts(site: Site, kind: str, key: str) -> list[Part[Item]]:
    """The parts of an actor's, place's or topic's page; none where the page has everything."""
    if not is_long(site, kind, key):
        return []
    articles, events, claims = _linked(site, kind, key)
    dates = site.dates
    items = [
        *(Item("event", one, "", site.event_dates[one]) for one in events),
        *(Item("article", one, "", dates[one].published) for one in articles),
        *(
            Item("claim", one.article, one.claim, dates[one.article].claims[one.claim])
            for one in claims
        ),
    ]
    return by_date(items, attrgetter("date"))


def _linked(
    site: Site, kind: str, key: str
) -> tuple[Sequence[str], Sequence[str], Sequence[ClaimKey]]:
    """The articles, events and claims of a thing."""
    if kind == "place":
        return site.places[key].articles, site.places[key].events, ()
    if kind == "topic":
        return site.topics[key].articles, site.topics[key].events, ()
    links = site.actors[key]
    claims = tuple(dict.fromkeys((*links.said, *links.said_of, *links.carried)))
    return links.articles, links.events, claims


def account_parts(desk: Desk, key: str) -> list[Part[EventAccount]]:
    """The parts of an event's page, by the articles' dates; none where it shows all accounts."""
    # All who give an account are among the crowd, which is read in a fraction of the time.
    if len(desk.plain.crowds.get(("event", key), ())) <= ACCOUNTS:
        return []
    accounts = desk.plain.events[key].accounts
    if len(accounts) <= ACCOUNTS:
        return []
    dates = desk.plain.dates
    return by_date(accounts, lambda told: dates[told.article].published, ACCOUNT_ROWS)


def part_links(ctx: Context, address: str, parts: Sequence[Part[Any]]) -> list[Link]:
    """Links to the parts of a page, from another page or from the page itself."""
    return [ctx.to(f"{address}/{part.key}", part_label(ctx, part)) for part in front(parts)]


def counted(ctx: Context, address: str, parts: Sequence[Part[Any]]) -> list[tuple[Link, int]]:
    """The same, each with the number of its entries."""
    counts = [part.count for part in front(parts)]
    return list(zip(part_links(ctx, address, parts), counts, strict=True))


def part_label(ctx: Context, part: Part[Any]) -> str:
    """`March 1987`, `44 BC`, `A`, `no date`; with a number where one period has several pages."""
    words = ctx.desk.words
    if part.period:
        label = in_words(whole(*part.period), words)
    elif part.key.startswith("undated"):
        label = words("without a year or a date")
    else:
        label = letter_of(part.key.partition("-p")[0]) or words("other")
    if part.page == 1:
        return label
    return words("%(part)s, page %(number)s", part=label, number=part.page)


def part_pages(
    address: str,
    kind: str,
    key: str,
    parts: Sequence[Part[Any]],
    groups: Callable[[Context, Part[Any]], Iterable[Group]],
) -> Iterator[Page]:
    """The pages of the parts of one thing's list."""

    def title(ctx: Context, label: PlainText) -> SafeMarkdown:
        return ctx.say("%(name)s: %(part)s", name=PlainText(ctx.desk.name(kind, key)), part=label)

    def up(ctx: Context) -> Link:
        return ctx.thing(kind, key)

    return _pages_of(address, f"the parts of {kind} {key}", parts, title, up, groups)


def _pages_of(
    address: str,
    source: str,
    parts: Sequence[Part[Any]],
    title: Callable[[Context, PlainText], SafeMarkdown],
    up: Callable[[Context], Link],
    groups: Callable[[Context, Part[Any]], Iterable[Group]],
) -> Iterator[Page]:
    """The page of each part: its entries, or links to its finer parts."""
    leaves = [one for one in walk(parts) if not one.parts]
    before = dict(zip((one.key for one in leaves[1:]), leaves, strict=False))
    after = dict(zip((one.key for one in leaves), leaves[1:], strict=False))

    def of(part: Part[Any]) -> Page:
        earlier, later = before.get(part.key), after.get(part.key)

        def view(ctx: Context) -> ListView:
            own = () if part.parts and not part.items else groups(ctx, part)
            return listing(
                title(ctx, PlainText(part_label(ctx, part))),
                own,
                up=up(ctx),
                parts=counted(ctx, address, part.parts),
                previous=part_links(ctx, address, [earlier])[0] if earlier else None,
                following=part_links(ctx, address, [later])[0] if later else None,
            )

        near = [one.key if one else None for one in (earlier, later)]
        plan = (part.period, part.page, part.items, outline(part.parts), near)
        return Page(f"{address}/{part.key}", "list", "list", view, source, plan=plan)

    yield from map(of, walk(parts))


def outline(parts: Sequence[Part[Any]]) -> list[tuple[str, int]]:
    """What a page shows of the parts that it leads to."""
    return [(part.key, part.count) for part in front(parts)]


def items_of_part(ctx: Context, part: Part[Item]) -> Iterator[Group]:
    """What one period holds of an actor, place or topic, by kind."""
    say = ctx.say
    kinds = ("event", "article", "claim")
    chosen = {kind: [i for i in part.items if i.kind == kind] for kind in kinds}
    if chosen["event"]:
        yield events_group(ctx, (i.id for i in chosen["event"]), say("Events"), "brief")
    if chosen["article"]:
        yield briefings_group(ctx, (i.id for i in chosen["article"]), say("Briefings"), full=False)
    if chosen["claim"]:
        entries = tuple(claim_entry(ctx, ClaimKey(i.id, i.claim)) for i in chosen["claim"])
        yield Group(say("Statements"), claims=entries)


def accounts_of_part(ctx: Context, part: Part[EventAccount]) -> Iterator[Group]:
    """Accounts of an event that were published in one period."""
    yield Group(None, accounts=tuple(account_row(ctx, told) for told in part.items))


INDEXES: Final = ("briefings", "chronology", "actors", "places", "topics", "events")
"""The folders that have an index."""


def index(desk: Desk, folder: str) -> Iterator[Page]:
    """The index of one folder, with its parts."""
    site = desk.plain
    if folder == "briefings":
        return _briefings(desk)
    if folder == "chronology":
        return _chronology(desk)
    kind, keys, title = {
        "actors": ("actor", site.actors, "Actors"),
        "places": ("place", site.places, "Places"),
        "topics": ("topic", site.topics, "Topics"),
        "events": ("event", site.events, "Events"),
    }[folder]
    return _names(desk, kind, sorted(keys, key=_by_name(desk, kind)), title)


def _by_name(desk: Desk, kind: str) -> Callable[[str], tuple[str, str]]:
    return lambda key: (desk.name(kind, key).casefold(), key)


def _briefings(desk: Desk) -> Iterator[Page]:
    site = desk.plain
    newest = list(site.dates)
    dated = by_date(reversed(newest), lambda key: site.dates[key].published)
    parts = dated if len(newest) > HEAVIEST else []
    address = "briefings/index"

    def first(ctx: Context) -> ListView:
        shown = newest[:HEAVIEST]
        return listing(
            ctx.say("Briefings"),
            [briefings_group(ctx, shown)],
            lead=_lead(ctx, len(shown), len(newest)),
            parts=counted(ctx, address, parts),
        )

    plan = (newest[:HEAVIEST], len(newest), outline(parts))
    yield Page(address, "list", "list", first, "Readout itself", plan=plan)
    yield from _pages_of(
        address,
        "the parts of briefings",
        parts,
        lambda ctx, label: ctx.say("Briefings: %(part)s", part=label),
        lambda ctx: ctx.to(address, ctx.desk.words("Briefings")),
        _briefings_of_part,
    )


def _briefings_of_part(ctx: Context, part: Part[str]) -> Iterator[Group]:
    yield briefings_group(ctx, part.items, full=False)


def _lead(ctx: Context, shown: int, all_of_them: int) -> SafeMarkdown | None:
    if shown == all_of_them:
        return None
    return ctx.say("The %(shown)s newest of %(all)s.", shown=shown, all=all_of_them)


def _chronology(desk: Desk) -> Iterator[Page]:
    """Every event in order; years in pages of their own, by month, undated ones in a group."""
    site = desk.plain
    events = list(site.event_dates)
    parts = by_date(events, site.event_dates.__getitem__, CHRONOLOGY)
    whole = len(events) <= WHOLE_CHRONOLOGY
    latest = [key for key in events if site.event_dates[key] is not None][-HEAVIEST:]
    address = "chronology"

    def first(ctx: Context) -> ListView:
        groups: Iterable[Group] = ()
        if whole:
            groups = _by_year(ctx, events)
        else:
            groups = [events_group(ctx, reversed(latest), ctx.say("Latest"), "sentence")]
        return listing(
            ctx.say("Chronology"),
            groups,
            lead=ctx.say.count(
                "%(n)s event, by its own date, not by that of the articles.",
                "%(n)s events, by their own dates, not by those of the articles.",
                len(events),
            ),
            parts=counted(ctx, address, parts),
            figures=[timeline(ctx, ctx.site.briefs.values(), "chronology", budget=13_000)],
        )

    plan = (events if whole else latest, len(events), outline(parts))
    yield Page(f"{address}/index", "list", "list", first, "Readout itself", plan=plan)
    yield from _pages_of(
        address,
        "the parts of the chronology",
        parts,
        lambda ctx, label: ctx.say("Chronology: %(part)s", part=label),
        lambda ctx: ctx.to(f"{address}/index", ctx.desk.words("Chronology")),
        _events_of_part,
    )


def _events_of_part(ctx: Context, part: Part[str]) -> Iterator[Group]:
    if part.period:
        yield from _by_month(ctx, part.items)
    else:
        yield events_group(ctx, part.items)


def _by_year(ctx: Context, events: Sequence[str]) -> Iterator[Group]:
    dates = ctx.desk.plain.event_dates

    def year_at(key: str) -> int | None:
        date = read_date(dates[key])
        return year_of(date) if date else None

    dated = [one for one in events if dates[one] is not None]
    for year, found in groupby(dated, key=year_at):
        assert year is not None
        label = in_words(whole(year), ctx.desk.words)
        yield events_group(ctx, found, PlainText(label).markdown)
    rest = [one for one in events if dates[one] is None]
    if rest:
        yield events_group(ctx, rest, ctx.say("Without a year or a date"))


def _by_month(ctx: Context, events: Iterable[str]) -> Iterator[Group]:
    def month(key: str) -> tuple[int, ...]:
        date = ctx.site.event_names[key].date
        assert date is not None
        year, number = year_of(date), month_of(date)
        assert year is not None
        return (year, number) if number else (year,)

    for period, found in groupby(events, key=month):
        label = in_words(whole(*period), ctx.desk.words)
        heading = PlainText(label).markdown
        if len(period) == 1:
            heading = ctx.say("%(year)s, month not stated", year=heading)
        yield events_group(ctx, found, heading)


def _names(desk: Desk, kind: str, keys: Sequence[str], title: str) -> Iterator[Page]:
    """The index of actors, places, topics or events, by name."""
    address = f"{FOLDERS[kind]}/index"
    long = len(keys) > WHOLE
    parts = by_letter(keys, lambda key: desk.name(kind, key), MOST if kind == "event" else LETTERS)
    shown = parts if long else []

    def first(ctx: Context) -> ListView:
        groups: Iterable[Group]
        if long:
            heaviest = _heaviest_first(ctx, kind, keys)[:HEAVIEST]
            groups = [_group(ctx, kind, heaviest, ctx.say("In most reports"))]
        else:
            groups = [
                _group(ctx, kind, part.items, PlainText(part_label(ctx, part)).markdown)
                for part in parts
            ]
        return listing(
            ctx.say(title),
            groups,
            parts=counted(ctx, address, shown),
            figures=_figures(ctx, kind, keys),
        )

    plan = (len(keys), outline(shown) if long else [(part.key, part.items) for part in parts])
    yield Page(address, "list", "list", first, "Readout itself", plan=plan)

    def names(ctx: Context, part: Part[str]) -> Iterator[Group]:
        yield _group(ctx, kind, part.items)

    yield from _pages_of(
        address,
        f"the parts of {kind}s",
        shown,
        lambda ctx, label: ctx.say("%(index)s: %(part)s", index=ctx.say(title), part=label),
        lambda ctx: ctx.to(address, ctx.desk.words(title)),
        names,
    )


def _figures(ctx: Context, kind: str, keys: Iterable[str]) -> Iterator[SafeHtml | None]:
    """What an index of names draws."""
    if kind == "actor":
        events = ctx.site.events.values()
        yield network(ctx, events, "actors")
        yield matrix(ctx, events, "actors")
    if kind == "place":
        yield locator(ctx, _heaviest_first(ctx, kind, keys), "places")


def _heaviest_first(ctx: Context, kind: str, keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (-_weight(ctx, kind, key), key))


def _weight(ctx: Context, kind: str, key: str) -> int:
    if kind == "event":
        return ctx.site.briefs[key].reports
    return ctx.site.reports[kind, key]


def _group(
    ctx: Context, kind: str, keys: Iterable[str], heading: SafeMarkdown | None = None
) -> Group:
    if kind == "event":
        return events_group(ctx, keys, heading, "brief")
    return Group(heading, things=tuple(thing_entry(ctx, kind, key) for key in keys))
