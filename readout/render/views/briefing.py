"""The page of one article: what it says, who says so, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from readout.content.facts import parties_of
from readout.content.schema import Account, Article, KeyPoint, Party
from readout.dates import sort_key
from readout.render.context import Context, anchor, html
from readout.render.phrases import STATUS, grade_in_words, sureness
from readout.render.views.cite import Citation, citation
from readout.render.views.common import (
    ClaimView,
    CorrectionView,
    MentionView,
    Row,
    Sections,
    briefing_entry,
    claim_view,
    differences,
    html_words,
    mentions,
    role_words,
    sections,
    several,
    web_anchor,
)
from readout.site.model import ClaimKey, Event
from readout.site.related import related
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value
from readout.words import Words

ACCOUNTS = 8
"""Of other accounts of one event, so many are listed here; all are on the event's page."""
SHARED = 3
"""So many events, and so many actors, by which it is said why a briefing is related."""


class KeyPointView(Value, frozen=True):
    text: SafeMarkdown
    claims: SafeHtml | None


class AccountView(Value, frozen=True):
    """This article's account of an event."""

    anchor: PlainText
    link: SafeHtml
    when: SafeHtml
    text: SafeHtml | None
    rows: tuple[Row, ...]


class AssessmentView(Value, frozen=True):
    text: SafeHtml
    sureness: tuple[SafeMarkdown, ...]


class DatedEvent(Value, frozen=True):
    when: SafeHtml
    event: SafeHtml


class OtherAccounts(Value, frozen=True):
    """Other articles that tell of an event of this one."""

    event: SafeHtml
    articles: SafeHtml


class RelatedView(Value, frozen=True):
    entry: SafeHtml
    why: tuple[SafeMarkdown, ...]


class BriefingView(Value, frozen=True):
    title: PlainText
    sections: Sections
    description: str
    changed: str
    kicker: SafeMarkdown
    topics: tuple[SafeHtml, ...]
    bottom_line: SafeMarkdown
    card: tuple[Row, ...]
    key_points: tuple[KeyPointView, ...]
    summary: SafeMarkdown | None
    accounts: tuple[AccountView, ...]
    claims: tuple[ClaimView, ...]
    differences: tuple[SafeHtml, ...]
    open_questions: tuple[SafeMarkdown, ...]
    background: SafeMarkdown | None
    assessments: tuple[AssessmentView, ...]
    people: tuple[SafeHtml, ...]
    places: tuple[SafeHtml, ...]
    timeline: tuple[DatedEvent, ...]
    others: tuple[OtherAccounts, ...]
    related: tuple[RelatedView, ...]
    mentioned: tuple[MentionView, ...]
    corrections: tuple[CorrectionView, ...]
    prepared: SafeMarkdown | None
    all_briefings: SafeHtml
    cite: Citation


def briefing(ctx: Context, article_id: str) -> BriefingView:
    """The record of one briefing page."""
    site = ctx.site
    article = site.articles[article_id]
    events = [site.events[account.id] for account in article.events]
    events.sort(key=lambda event: (sort_key(event.date), event.id))
    different = tuple(one for event in events for one in differences(ctx, event.id))
    corrections = tuple(
        CorrectionView(ctx.date(one.date), ctx.html(one.text, inline=True))
        for one in article.corrections
    )
    return BriefingView(
        title=PlainText(article.title),
        sections=_sections(ctx, article, bool(different), bool(corrections)),
        description=ctx.desk.plain_prose(article.bottom_line),
        changed=ctx.site.heads[article_id].changed,
        kicker=_kicker(ctx, article, events),
        topics=tuple(ctx.link("topic", topic) for topic in article.topics),
        bottom_line=ctx.line(article.bottom_line),
        card=tuple(_card(ctx, article)),
        key_points=tuple(_key_point(ctx, article_id, point) for point in article.key_points),
        summary=ctx.markdown(article.summary) if article.summary else None,
        accounts=tuple(_account(ctx, account) for account in article.events),
        claims=tuple(
            claim_view(ctx, ClaimKey(article_id, claim.id), claim, on_briefing=True)
            for claim in article.claims
        ),
        differences=different,
        open_questions=tuple(ctx.line(question) for question in article.open_questions),
        background=ctx.markdown(article.background) if article.background else None,
        assessments=tuple(
            AssessmentView(ctx.html(one.text), sureness(ctx.say, one.likelihood, one.confidence))
            for one in article.assessments
        ),
        people=_people(ctx, article),
        places=tuple(ctx.link("place", place) for place in _places(article)),
        timeline=tuple(DatedEvent(ctx.date(e.date), ctx.link("event", e.id)) for e in events),
        others=tuple(_others(ctx, article_id, events)),
        related=_related(ctx, article_id),
        mentioned=mentions(ctx, site.mentions.get(article_id, ())),
        corrections=corrections,
        prepared=_prepared(ctx, article),
        cite=citation(ctx, article.title, ctx.site.heads[article_id].changed),
        all_briefings=anchor(ctx.to("briefings/index", ctx.desk.words("All briefings"))),
    )


def _sections(ctx: Context, article: Article, differ: bool, corrected: bool) -> Sections:
    say = ctx.say
    found = [
        ("key_points", say("Key points"), bool(article.key_points)),
        ("summary", say("What happened"), bool(article.summary)),
        ("claims", say("Who says what"), bool(article.claims)),
        ("differences", say("Where accounts differ"), differ),
        ("open_questions", say("What is not known"), bool(article.open_questions)),
        ("background", say("Background"), bool(article.background)),
        ("assessments", say("Our assessment"), bool(article.assessments)),
        ("events", say("The events, as this article tells them"), bool(article.events)),
        ("corrections", say("Corrections"), corrected),
        ("more", say("Read on"), True),
        ("cite", say("How to cite"), True),
    ]
    return sections(
        PlainText(article.title).markdown,
        [(name, text) for name, text, present in found if present],
        taken=(claim.id for claim in article.claims),
    )


def _key_point(ctx: Context, article_id: str, point: KeyPoint) -> KeyPointView:
    links = [ctx.claim_link(ClaimKey(article_id, claim)) for claim in point.claims]
    rests = html(ctx.say("Rests on: %(claims)s", claims=ctx.say.join(links))) if links else None
    return KeyPointView(ctx.line(point.text), rests)


def _kicker(ctx: Context, article: Article, events: list[Event]) -> SafeMarkdown:
    """Its first topic and when its latest event was: never the article's own date."""
    say = ctx.say
    dated = [event.date for event in events if event.date and not event.date.is_undated]
    when = say("latest event: %(date)s", date=ctx.date(dated[-1])) if dated else None
    if not article.topics:
        return say("Briefing · %(when)s", when=when) if when else say("Briefing")
    topic = ctx.link("topic", article.topics[0])
    return say("%(topic)s · %(when)s", topic=topic, when=when) if when else html_words(topic)


def _card(ctx: Context, article: Article) -> Iterable[Row]:
    """The source card. What a reader would expect and the article lacks is "not stated"."""
    source, say = article.source, ctx.say
    unknown = ctx.not_stated("")

    def row(label: SafeMarkdown, value: SafeHtml, key: str = "") -> Row:
        basis = source.basis.get(key) if key else None  # type: ignore[call-overload]
        if basis:
            value = html(say("%(value)s (%(basis)s)", value=value, basis=PlainText(basis)))
        return Row(label, value)

    yield row(say("Headline"), _plain(source.headline) or unknown, "headline")
    yield row(
        say("Outlet"),
        ctx.link("actor", source.outlet) if source.outlet else unknown,
        "outlet",
    )
    authors = html(say.join([PlainText(author) for author in source.authors]))
    yield row(say("Author"), authors if source.authors else unknown, "authors")
    yield row(say("Published"), ctx.date(source.published), "published")
    if source.origin:
        yield row(say("Rests on"), ctx.links("actor", source.origin), "origin")
    if source.language:
        yield row(
            say("Language"),
            _plain(language_name(ctx.desk.words, source.language)) or unknown,
            "language",
        )
    yield row(say("Address"), _address(source.url) or unknown, "url")
    if source.archived_url:
        yield row(say("Archived copy"), _address(source.archived_url) or unknown, "archived_url")
    if source.retrieved:
        yield row(say("Read by the desk"), ctx.date(source.retrieved), "retrieved")
    if source.grade:
        yield row(say("Grade"), html(grade_in_words(say, source.grade)), "grade")


@lru_cache(256)
def language_name(words: Words, tag: str) -> str:
    """A language's name in the interface's language (CLDR), or its tag."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name(words.locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _plain(text: str | None) -> SafeHtml | None:
    return PlainText(text).html if text else None


def _address(url: str | None) -> SafeHtml | None:
    return web_anchor(url, url) if url else None


def _account(ctx: Context, account: Account) -> AccountView:
    say = ctx.say
    rows: list[Row] = []
    if account.date_words:
        rows.append(Row(say("Date in the source"), html(ctx.quoted(account.date_words))))
    if account.basis:
        rows.append(Row(say("How dated"), PlainText(account.basis).html))
    if account.place:
        rows.append(Row(say("Place"), ctx.link("place", account.place)))
    if account.status:
        rows.append(Row(say("How told"), html(say(STATUS[account.status]))))
    for party in account.actors:
        rows.append(Row(role_words(ctx, [party.role or "participant"]), ctx.party(party)))
    for figure in account.figures:
        rows.append(Row(PlainText(figure.label).markdown, PlainText(figure.value).html))
    if account.origin:
        rows.append(Row(say("Rests on"), ctx.links("actor", account.origin)))
    for other in account.may_be:
        link = ctx.link("event", other.event)
        why = html(say("%(event)s: %(why)s", event=link, why=PlainText(other.why or "")))
        rows.append(Row(say("Possibly the same as"), why if other.why else link))
    return AccountView(
        anchor=PlainText(f"event_{account.id}"),
        link=anchor(ctx.thing("event", account.id, account.title)),
        when=ctx.date(account.date),
        text=ctx.html(account.text) if account.text else None,
        rows=tuple(rows),
    )


def _people(ctx: Context, article: Article) -> tuple[SafeHtml, ...]:
    """Everyone in the article, each once."""
    seen: dict[object, Party] = {}
    for party in parties_of(article):
        seen.setdefault((party.id, "" if party.id else party.called[0]), party)
    return tuple(
        ctx.link("actor", party.id) if party.id else ctx.party(party) for party in seen.values()
    )


def _places(article: Article) -> Iterable[str]:
    return dict.fromkeys([*article.places, *(a.place for a in article.events if a.place)])


def _others(ctx: Context, article_id: str, events: list[Event]) -> Iterable[OtherAccounts]:
    for event in events:
        others = [one.article for one in event.accounts if one.article != article_id]
        if others:
            links = several(ctx, "article", others, ACCOUNTS)
            yield OtherAccounts(ctx.link("event", event.id), links)


def _related(ctx: Context, article_id: str) -> tuple[RelatedView, ...]:
    found = []
    for one in related(ctx.site, article_id):
        why = []
        if one.events:
            links = _first_of(ctx, "event", one.events)
            why.append(ctx.say("same event: %(events)s", events=links))
        if one.actors:
            links = _first_of(ctx, "actor", one.actors)
            why.append(ctx.say("same actors: %(actors)s", actors=links))
        found.append(RelatedView(briefing_entry(ctx, one.article, full=False, level=4), tuple(why)))
    return tuple(found)


def _first_of(ctx: Context, kind: str, keys: Sequence[str]) -> SafeHtml:
    """The first of what is shared; not all of it is known, so that there is no number."""
    links = ctx.links(kind, keys[:SHARED])
    return SafeHtml(f"{links.text} …") if len(keys) > SHARED else links


def _prepared(ctx: Context, article: Article) -> SafeMarkdown | None:
    who = ctx.say.join([PlainText(name) for name in article.prepared_by])
    if article.prepared_by and article.reviewed:
        return ctx.say(
            "Prepared by %(who)s; last reviewed %(date)s.", who=who, date=ctx.date(article.reviewed)
        )
    if article.prepared_by:
        return ctx.say("Prepared by %(who)s.", who=who)
    if article.reviewed:
        return ctx.say("Last reviewed %(date)s.", date=ctx.date(article.reviewed))
    return None
