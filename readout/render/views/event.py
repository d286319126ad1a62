"""The page of one event: every account of it, agreed and differing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from readout.dates import disagree, in_words
from readout.prose import Link
from readout.render.context import Context, anchor, html
from readout.render.figures.dealings import CARRYING
from readout.render.phrases import CATEGORIES, STATUS, reports_and_origins
from readout.render.views.cite import Citation, citation
from readout.render.views.common import (
    ClaimView,
    MentionView,
    Row,
    Sections,
    claim_view,
    date_rests,
    differences,
    event_entry,
    first_words,
    how_many_more,
    html_words,
    in_briefings,
    listed,
    mentions,
    published,
    role_words,
    sections,
    several,
)
from readout.site.model import ClaimKey, Event, EventAccount, EventBrief, EventLinks, MayBe
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value

ACCOUNTS = 10
CLAIMS = 5
POSSIBLY = 4
"""So many briefings that say of one other event that it may be the same."""
LISTED = 16
"""So many events of which one consists, and so many that may be the same."""
PARTIES = 60
TOPICS = 12
SENDING = ("caller", "sender", "visitor", "attacker", "supplier")
RECEIVING = ("callee", "recipient", "host", "target", "receiver")


class Channel(Value, frozen=True):
    """Who reached whom, through whom."""

    sender: SafeHtml
    via: SafeHtml | None
    recipient: SafeHtml


class AccountRow(Value, frozen=True):
    """One report's account, as a row of the table."""

    article: SafeHtml
    outlet: SafeHtml
    published: SafeHtml
    when: SafeHtml
    date_words: SafeMarkdown | None
    basis: PlainText | None
    place: SafeHtml
    text: SafeHtml
    figures: tuple[Row, ...]
    origin: SafeHtml
    group: SafeMarkdown


class Neighbour(Value, frozen=True):
    """The event before or after one in the order of the chronology."""

    label: SafeMarkdown
    entry: SafeHtml


class EventView(Value, frozen=True):
    title: PlainText
    sections: Sections
    description: str
    changed: str
    card: tuple[Row, ...]
    summary: SafeMarkdown | None
    parties: tuple[Row, ...]
    more_parties: SafeMarkdown | None
    channel: Channel | None
    accounts: tuple[AccountRow, ...]
    more_accounts: int
    differences: tuple[SafeHtml, ...]
    agreed: SafeMarkdown | None
    may_be: tuple[SafeMarkdown, ...]
    claims: tuple[ClaimView, ...]
    more_claims: SafeMarkdown | None
    """Where the others are."""
    parts: tuple[SafeHtml, ...]
    more_parts: SafeHtml
    around: tuple[Neighbour, ...]
    mentioned: tuple[MentionView, ...]
    all_parts: tuple[SafeHtml, ...]
    """Pages with all accounts, where this one shows but a part."""
    topics: tuple[SafeHtml, ...]
    chronology: SafeHtml
    cite: Citation


def event(
    ctx: Context,
    event_id: str,
    before: str | None,
    after: str | None,
    all_parts: Sequence[Link] = (),
) -> EventView:
    """The record of one event page; `before` and `after` are its neighbours in time."""
    one = ctx.site.events[event_id]
    links = ctx.site.event_links[event_id]
    return EventView(
        title=PlainText(one.title),
        sections=_sections(ctx, one, links),
        description=_description(ctx, one),
        changed=one.changed,
        card=tuple(_card(ctx, one)),
        summary=ctx.markdown(one.summary) if one.summary else None,
        parties=tuple(
            Row(role_words(ctx, p.roles), ctx.party_key(p.key)) for p in one.parties[:PARTIES]
        ),
        more_parties=how_many_more(ctx, one.parties[PARTIES:]) if one.parties[PARTIES:] else None,
        channel=_channel(ctx, one),
        accounts=tuple(account_row(ctx, account) for account in one.accounts[:ACCOUNTS]),
        more_accounts=max(0, len(one.accounts) - ACCOUNTS),
        differences=differences(ctx, event_id),
        agreed=_agreed(ctx, one),
        may_be=tuple(_possibly(ctx, one.may_be)),
        claims=tuple(
            claim_view(ctx, key, ctx.site.claim(key), False) for key in links.claims[:CLAIMS]
        ),
        more_claims=_more_statements(ctx, links.claims[CLAIMS:]),
        parts=tuple(event_entry(ctx, p, "sentence") for p in links.parts[:LISTED]),
        more_parts=several(ctx, "event", links.parts[LISTED:]),
        around=tuple(_around(ctx, one, before, after)),
        mentioned=mentions(ctx, links.mentions),
        all_parts=tuple(anchor(link) for link in all_parts),
        topics=_topics(ctx, one),
        cite=citation(ctx, one.title, one.changed),
        chronology=anchor(ctx.to("chronology/index", ctx.desk.words("The whole chronology"))),
    )


def _sections(ctx: Context, one: Event, links: EventLinks) -> Sections:
    say = ctx.say
    date = PlainText(in_words(one.date, ctx.desk.words)).markdown
    title = say(
        "%(event)s: %(date)s",
        event=PlainText(one.title),
        date=say("%(date)s (accounts differ)", date=date)
        if _differ_on_date(ctx.site.briefs[one.id])
        else date,
    )
    found = [
        ("accounts", say("Who reports it"), bool(one.accounts)),
        ("differences", say("Where accounts differ"), bool(one.disagreements)),
        ("parties", say("Who had part in it"), bool(one.parties)),
        ("claims", say("What was said of it"), bool(links.claims)),
        ("parts", say("What it consists of"), bool(links.parts)),
        ("may_be", say("Possibly the same"), bool(one.may_be)),
        ("mentioned", say("Mentioned in"), bool(links.mentions)),
        ("around", say("Before and after"), True),
        ("cite", say("How to cite"), True),
    ]
    return sections(title, [(name, text) for name, text, present in found if present])


def _around(ctx: Context, one: Event, before: str | None, after: str | None) -> Iterable[Neighbour]:
    """The neighbours in the chronology; the order in time is told where the dates prove it."""
    say = ctx.say
    for key, proved, unproved in (
        (before, say("Before"), say("Listed before; the dates leave open which was first")),
        (after, say("After"), say("Listed after; the dates leave open which was first")),
    ):
        if key is not None:
            is_proved = _are_apart(ctx.site.briefs[one.id], ctx.site.briefs[key])
            yield Neighbour(proved if is_proved else unproved, event_entry(ctx, key, "brief", 4))


def _differ_on_date(one: EventBrief) -> bool:
    return "date" in one.differ


def _are_apart(one: EventBrief, other: EventBrief) -> bool:
    """Whether one was before the other by all that is said of them."""
    if _differ_on_date(one) or _differ_on_date(other) or one.date is None or other.date is None:
        return False
    return disagree(one.date, other.date)


def _more_statements(
    ctx: Context, found: Sequence[ClaimKey] | Sequence[MayBe]
) -> SafeMarkdown | None:
    """How many statements the page does not show, and in which briefings they are."""
    if not found:
        return None
    return ctx.say.count(
        "%(n)s more statement: %(briefings)s",
        "%(n)s more statements: %(briefings)s",
        len(found),
        briefings=in_briefings(ctx, (one.article for one in found)),
    )


def _possibly(ctx: Context, found: Iterable[MayBe]) -> Iterator[SafeMarkdown]:
    """Every event that may be the same, and who says so and why; `found` is sorted by event."""
    by_event = {event: tuple(told) for event, told in groupby(found, lambda one: one.event)}
    for told in list(by_event.values())[:LISTED]:
        yield from (_may_be(ctx, one) for one in told[:POSSIBLY])
        if more := _more_statements(ctx, told[POSSIBLY:]):
            yield more
    if others := list(by_event)[LISTED:]:
        yield html_words(several(ctx, "event", others))


def _may_be(ctx: Context, other: MayBe) -> SafeMarkdown:
    link = ctx.link("event", other.event)
    article = ctx.link("article", other.article)
    if other.why is None:
        return ctx.say("%(event)s (says the briefing %(article)s)", event=link, article=article)
    return ctx.say(
        "%(event)s: %(why)s (says the briefing %(article)s)",
        event=link,
        why=PlainText(other.why),
        article=article,
    )


def _topics(ctx: Context, one: Event) -> tuple[SafeHtml, ...]:
    """Topics of the articles that tell of it."""
    topics = dict.fromkeys(
        topic for told in one.accounts[:ACCOUNTS] for topic in ctx.site.heads[told.article].topics
    )
    return listed(ctx, "topic", list(topics), TOPICS)


def _description(ctx: Context, one: Event) -> str:
    text = one.summary or first_words(ctx, one)
    return ctx.desk.plain_prose(text) if text else one.title


def _card(ctx: Context, one: Event) -> Iterable[Row]:
    say = ctx.say
    date = ctx.date(one.date)
    if _differ_on_date(ctx.site.briefs[one.id]):
        date = html(say("%(date)s (accounts differ)", date=date))
    yield Row(say("When"), date)
    rests = date_rests(ctx, one)
    if rests:
        yield Row(say("How dated"), html(rests))
    yield Row(
        say("How sure"),
        html(say(STATUS[one.status])) if one.status else ctx.not_stated("status"),
    )
    sources = (
        reports_and_origins(say, len(one.accounts), one.independent)
        if one.accounts
        else say("no report of its own")
    )
    yield Row(say("Independent sources"), html(sources))
    yield Row(say("Where"), ctx.link("place", one.place) if one.place else ctx.not_stated(""))
    yield Row(say("Kind"), _kind(ctx, one.kind))
    if one.part_of:
        yield Row(say("Part of"), ctx.link("event", one.part_of))


def _kind(ctx: Context, kind: str | None) -> SafeHtml:
    known = ctx.site.corpus.event_kinds.get(kind) if kind else None
    if known is None:
        return html(ctx.say("other"))
    if known.category is None:
        return PlainText(known.name).html
    category = ctx.say(CATEGORIES[known.category])
    return html(ctx.say("%(kind)s (%(category)s)", kind=PlainText(known.name), category=category))


def _channel(ctx: Context, one: Event) -> Channel | None:
    def who(roles: Collection[str]) -> SafeHtml | None:
        found = [ctx.party_key(p.key) for p in one.parties if any(r in roles for r in p.roles)]
        return html(ctx.say.join(found)) if found else None

    sender, recipient = who(SENDING), who(RECEIVING)
    if sender is None or recipient is None:
        return None
    return Channel(sender, who(CARRYING), recipient)


def account_row(ctx: Context, told: EventAccount) -> AccountRow:
    """One account of an event, as a row."""
    account = ctx.site.account(told)
    return AccountRow(
        article=anchor(
            ctx.to(
                f"briefings/{told.article}",
                ctx.desk.name("article", told.article),
                fragment=f"event_{account.id}",
            )
        ),
        outlet=ctx.outlet_of(told.article),
        published=published(ctx, told.article),
        when=ctx.date(account.date),
        date_words=ctx.quoted(account.date_words) if account.date_words else None,
        basis=PlainText(account.basis) if account.basis else None,
        place=ctx.link("place", account.place) if account.place else ctx.not_stated(""),
        text=ctx.html(account.text, told.article, inline=True)
        if account.text
        else ctx.not_stated(""),
        figures=tuple(
            Row(PlainText(f.label).markdown, PlainText(f.value).html) for f in account.figures
        ),
        origin=ctx.piece(
            _origins, *(None if o.startswith("article:") else o for o in told.origins)
        ),
        group=ctx.say("origin %(number)s", number=told.group + 1),
    )


def _origins(ctx: Context, *origins: str | None) -> SafeHtml:
    """What an account rests on: actors, or nothing known."""
    alone = html(ctx.say("this article alone"))
    return html(ctx.say.join([ctx.link("actor", one) if one else alone for one in origins]))


def _agreed(ctx: Context, one: Event) -> SafeMarkdown | None:
    if len(one.accounts) < 2:
        return ctx.say("Only one report tells of this event.") if one.accounts else None
    if one.disagreements:
        return None
    return ctx.say("The accounts do not contradict each other on date, place, status or figures.")
