"""Pages that lead on: indexes, the chronology, and the parts of long lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape

from readout.prose import Link
from readout.render.context import Context, anchor, html
from readout.render.views.common import (
    ClaimEntry,
    Detail,
    Sections,
    briefing_entry,
    event_entry,
    sections,
)
from readout.render.views.event import AccountRow
from readout.text import SafeHtml, SafeMarkdown
from readout.value import Value


class ThingEntry(Value, frozen=True):
    """An actor, place or topic in a list, with a few words."""

    link: SafeHtml
    note: SafeHtml


class Group(Value, frozen=True):
    """Entries under one heading (a year, a month, a letter, a kind), or under none."""

    heading: SafeMarkdown | None
    events: tuple[SafeHtml, ...] = ()
    briefings: tuple[SafeHtml, ...] = ()
    things: tuple[ThingEntry, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    accounts: tuple[AccountRow, ...] = ()


class Headed(Value, frozen=True):
    """A group with the name of its heading."""

    name: str
    group: Group


class PartLink(Value, frozen=True):
    """A part of a long list: where it is, and how many entries it has."""

    link: SafeHtml
    count: int


class ListView(Value, frozen=True):
    """An index, or a part of a long list."""

    title: SafeMarkdown
    sections: Sections
    description: str
    changed: str
    lead: SafeMarkdown | None
    up: SafeHtml | None
    figures: tuple[SafeHtml, ...]
    groups: tuple[Headed, ...]
    parts: tuple[PartLink, ...]
    previous: SafeHtml | None
    following: SafeHtml | None


def listing(
    title: SafeMarkdown,
    groups: Iterable[Group],
    *,
    lead: SafeMarkdown | None = None,
    up: Link | None = None,
    parts: Sequence[tuple[Link, int]] = (),
    previous: Link | None = None,
    following: Link | None = None,
    figures: Iterable[SafeHtml | None] = (),
) -> ListView:
    """The record of an index or of a part."""
    groups = tuple(groups)
    headings = [(str(n), group.heading) for n, group in enumerate(groups) if group.heading]
    return ListView(
        title=title,
        sections=sections(title, headings),
        description=unescape(title.text),
        changed="",
        lead=lead,
        up=anchor(up) if up else None,
        figures=tuple(one for one in figures if one),
        groups=tuple(Headed(str(n), group) for n, group in enumerate(groups)),
        parts=tuple(PartLink(anchor(link), count) for link, count in parts),
        previous=anchor(previous) if previous else None,
        following=anchor(following) if following else None,
    )


def thing_entry(ctx: Context, kind: str, key: str) -> ThingEntry:
    """An actor, place or topic in a list, with the number of its reports."""
    reports = ctx.site.reports[kind, key]
    return ThingEntry(
        ctx.link(kind, key), html(ctx.say.count("%(n)s report", "%(n)s reports", reports))
    )


def events_group(
    ctx: Context,
    events: Iterable[str],
    heading: SafeMarkdown | None = None,
    detail: Detail = "full",
) -> Group:
    """Events under a heading, in the order given."""
    level = 3 if heading else 2
    return Group(heading, events=tuple(event_entry(ctx, key, detail, level) for key in events))


def briefings_group(
    ctx: Context, articles: Iterable[str], heading: SafeMarkdown | None = None, full: bool = True
) -> Group:
    """Briefings under a heading, in the order given."""
    level = 3 if heading else 2
    found = tuple(briefing_entry(ctx, one, full, level) for one in articles)
    return Group(heading, briefings=found)
