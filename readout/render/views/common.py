"""Pieces that several pages show: claims, event entries, briefing entries, differences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Sized
from functools import lru_cache
from html import unescape
from typing import Literal
from urllib.parse import quote as percent

from markdown.extensions.toc import slugify, unique

from readout.content.facts import read_date
from readout.content.schema import Article, Claim
from readout.dates import Edtf, parse
from readout.render.context import Context, anchor, html
from readout.render.phrases import (
    FORMS,
    MATTERS,
    RELATION_IN,
    RELATION_OUT,
    ROLES,
    STANCE,
    STATUS,
    reports_and_origins,
    sureness,
)
from readout.site.model import ClaimKey, Disagreement, Event, EventBrief, EventParty, Mention
from readout.site.origins import rests_on
from readout.text import PlainText, SafeHtml, SafeMarkdown, encode, web_address
from readout.value import Value

PARTIES = 8
"""So many who had part in an event are named in a line."""
VALUES = 6
"""Of a matter on which accounts differ, so many values are set side by side."""
SPEAKERS = 10
"""Who says a claim, where another claim leads to it: so many by name. The claim names them all."""
NAMED = 6
"""In a sentence, so many are named; the rest are counted."""
MENTIONS = 10
"""Sentences that refer to a thing, on its page."""


class Row(Value, frozen=True):
    """A label and its value, in a card."""

    label: SafeMarkdown
    value: SafeHtml


class Sections(Value, frozen=True):
    """A page's headings as they are written, and its contents."""

    title: SafeMarkdown
    lines: Mapping[str, SafeMarkdown]
    """Section's name in the template -> its heading: `summary` -> `## What happened`."""
    contents: tuple[SafeHtml, ...]


def sections(
    title: SafeMarkdown, found: Iterable[tuple[str, SafeMarkdown]], taken: Iterable[str] = ()
) -> Sections:
    """Headings of a page, in the order in which it has them.

    MkDocs makes a heading's id from its text; the contents link to the same ids. Where one is
    already an anchor that an author chose (`taken`), the heading is written as HTML with an id
    that no author can write.
    """
    anchors = frozenset(taken)
    used: set[str] = set()

    def heading(level: int, text: SafeMarkdown) -> tuple[SafeMarkdown, str]:
        slug = _slug(text.text)
        if slug in anchors:
            return SafeMarkdown(f'<h{level} id="{slug}_">{text.text}</h{level}>'), f"{slug}_"
        return SafeMarkdown(f"{'#' * level} {text.text}"), unique(slug, used)

    first, _ = heading(1, title)
    lines, contents = {}, []
    for name, text in found:
        lines[name], identity = heading(2, text)
        contents.append(SafeHtml(f'<a href="#{identity}">{text.text}</a>'))
    return Sections(first, lines, tuple(contents))


@lru_cache(256)
def _slug(text: str) -> str:
    """The id that MkDocs makes of a heading; most pages have the same ones."""
    return slugify(unescape(text), "-")


class RelatedClaim(Value, frozen=True):
    """The other end of a relation, said under a claim."""

    label: SafeMarkdown
    who: SafeHtml
    link: SafeHtml
    """The other claim's text, leading to it."""
    strong: bool
    """A denial or dispute: set off, at the claim's own size."""


class ClaimView(Value, frozen=True):
    """A claim with everything that lets a reader check it."""

    anchor: PlainText
    permalink: SafeHtml
    """On other pages than its briefing: the link to it there."""
    text: SafeHtml
    quote: PlainText | None
    excerpt: PlainText | None
    language: PlainText | None
    direction: PlainText
    """Of the quoted words: `ltr` or `rtl`."""
    source: SafeHtml | None
    """The very words in the source."""
    facts: tuple[SafeMarkdown, ...]
    """Said by, reported by, when, how."""
    about: SafeHtml | None
    relations: tuple[RelatedClaim, ...]
    sureness: tuple[SafeMarkdown, ...]


def claim_view(ctx: Context, key: ClaimKey, claim: Claim, on_briefing: bool) -> ClaimView:
    """A claim as shown on its briefing (with its anchor) or on another page (with a link)."""
    article = ctx.site.articles[key.article]
    source = article.source
    words = claim.quote or claim.excerpt
    events = [ctx.link("event", event) for event in claim.about]
    return ClaimView(
        anchor=PlainText(claim.id),
        permalink=anchor(
            ctx.claim(key, ctx.desk.words("Permalink") if on_briefing else article.title)
        ),
        text=ctx.html(claim.text, key.article, inline=False),
        quote=PlainText(claim.quote) if claim.quote else None,
        excerpt=PlainText(claim.excerpt) if claim.excerpt else None,
        language=PlainText(source.language) if source.language else None,
        direction=PlainText(direction(words or "")),
        source=_source_link(ctx, source.url, words),
        facts=tuple(_facts(ctx, key, claim, article)),
        about=html(ctx.say("About: %(events)s", events=ctx.say.join(events))) if events else None,
        relations=tuple(_relations(ctx, key)),
        sureness=sureness(ctx.say, claim.likelihood, claim.confidence),
    )


def direction(text: str) -> str:
    """`rtl` or `ltr`: that of the first character with a strong direction (UAX 9, P2 and P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def text_fragment(words: str) -> str:
    """A `:~:text=` fragment that finds the words: whole when short, else its two ends."""
    first = words.replace("[…]", "[...]").split("[...]")[0].strip() or words
    parts = first.split()
    if len(parts) > 8:
        start, end = " ".join(parts[:4]), " ".join(parts[-4:])
        return f":~:text={_fragment_part(start)},{_fragment_part(end)}"
    return f":~:text={_fragment_part(first)}"


def _fragment_part(words: str) -> str:
    return percent(words, safe="").replace("-", "%2D")


def _source_link(ctx: Context, url: str | None, words: str | None) -> SafeHtml | None:
    if url is None or words is None:
        return None
    target = f"{url}{'' if '#' in url else '#'}{text_fragment(words)}"
    return web_anchor(target, ctx.desk.words("These words in the source"))


def web_anchor(url: str, label: str) -> SafeHtml:
    """A link to another site; an address that is not ASCII is encoded as one of prose is."""
    target = url if url.isascii() else web_address(url) or url
    return SafeHtml(f'<a href="{encode(target)}" rel="noopener">{encode(label)}</a>')


def _facts(ctx: Context, key: ClaimKey, claim: Claim, article: Article) -> Iterable[SafeMarkdown]:
    say = ctx.say
    yield _speaking(ctx, claim)
    if claim.via:
        yield say("through %(who)s", who=ctx.parties(claim.via))
    yield reported(ctx, key.article)
    day = claim.on
    if day:
        yield ctx.common_piece(_said_on, day.text, _is_silence(claim))
    else:
        yield say("day not stated; %(published)s", published=published(ctx, key.article))
    if claim.at:
        yield say("at %(event)s", event=ctx.link("event", claim.at))
    yield say(FORMS[_form(claim)])
    if claim.stance in STANCE:
        yield say(STANCE[claim.stance])
    if claim.origin or article.source.origin:
        origin = rests_on(key.article, ctx.site.heads[key.article], claim.origin)
        yield ctx.piece(_rests_on, origin)


def _is_silence(claim: Claim) -> bool:
    """Whether somebody is reported to have said nothing."""
    return claim.stance == "no-comment"


def _speaking(ctx: Context, claim: Claim) -> SafeMarkdown:
    """Who says a claim; or who would not."""
    say = ctx.say
    if not claim.by:
        if _is_silence(claim):
            return say("No comment from the outlet itself")
        return say("Said by the outlet itself")
    who = ctx.parties(claim.by)
    if _is_silence(claim):
        return say("No comment from %(who)s", who=who)
    return say("Said by %(who)s", who=who)


def _rests_on(ctx: Context, origin: tuple[str, ...]) -> SafeMarkdown:
    return ctx.say("rests on %(origin)s", origin=ctx.links("actor", origin))


def reported(ctx: Context, article_id: str) -> SafeMarkdown:
    """`reported by The Moscow Times`."""
    return ctx.common_piece(_reported, ctx.site.heads[article_id].outlet)


def _reported(ctx: Context, outlet: str | None) -> SafeMarkdown:
    return ctx.say("reported by %(outlet)s", outlet=ctx.outlet(outlet))


def _said_on(ctx: Context, date: str, silence: bool) -> SafeMarkdown:
    shown = ctx.date(read_date(date))
    return (
        ctx.say("as of: %(date)s", date=shown) if silence else ctx.say("said: %(date)s", date=shown)
    )


def _form(claim: Claim) -> str:
    """How the words came to us (of `FORMS`); translated only where the article says so."""
    if claim.quote:
        if claim.translated is None:
            return "quoted"
        return "translated" if claim.translated else "original"
    return "excerpt" if claim.excerpt else "paraphrased"


def _relations(ctx: Context, key: ClaimKey) -> Iterable[RelatedClaim]:
    links = ctx.site.claims[key.article].get(key.claim)
    if links is None:
        return
    for labels, relations in ((RELATION_IN, links.into), (RELATION_OUT, links.out)):
        for relation in relations:
            who, link = ctx.piece(_other_end, relation.claim)
            yield RelatedClaim(
                label=ctx.say(labels[relation.kind]),
                who=who,
                link=link,
                strong=relation.kind in ("denies", "disputes") and labels is RELATION_IN,
            )


def _other_end(ctx: Context, key: ClaimKey) -> tuple[SafeHtml, SafeHtml]:
    """Who says a claim, or the article that says it; and the link to it by all its words."""
    claim = ctx.site.claim(key)
    link = anchor(ctx.claim(key, ctx.desk.plain_prose(claim.text)))
    if not claim.by:
        outlet = ctx.site.heads[key.article].outlet
        return ctx.outlet(outlet) if outlet else ctx.link("article", key.article), link
    by = [ctx.party(party) for party in claim.by[:SPEAKERS]]
    return in_a_line(ctx, by, claim.by[SPEAKERS:]), link


class ClaimEntry(Value, frozen=True):
    """A statement in a list: its text, leading to it; who says so, who reports it, when."""

    link: SafeHtml
    facts: tuple[SafeMarkdown, ...]


def claim_entry(ctx: Context, key: ClaimKey) -> ClaimEntry:
    """A statement in a list, with those who deny it."""
    claim = ctx.site.claim(key)
    say = ctx.say
    facts = [_speaking(ctx, claim)]
    facts.append(reported(ctx, key.article))
    day = claim.on
    if day:
        facts.append(ctx.common_piece(_said_on, day.text, _is_silence(claim)))
    else:
        facts.append(html_words(published(ctx, key.article)))
    if claim.quote:
        facts.append(say("with a quotation"))
    relations = ctx.site.claims[key.article].get(key.claim)
    for one in relations.into if relations else ():
        if one.kind in ("denies", "disputes"):
            link = anchor(ctx.claim(one.claim, speakers(ctx, one.claim)))
            facts.append(say("%(how)s %(who)s", how=say(RELATION_IN[one.kind]), who=link))
    text = ctx.desk.first_sentence(claim.text)
    return ClaimEntry(anchor(ctx.claim(key, text)), tuple(facts))


def speakers(ctx: Context, key: ClaimKey) -> str:
    """Who says a claim, as plain text for a link."""
    by = ctx.site.claim(key).by
    outlet = ctx.site.heads[key.article].outlet
    names = [ctx.desk.name("actor", p.id) if p.id else " / ".join(p.called) for p in by[:SPEAKERS]]
    if len(by) > SPEAKERS:
        names.append("…")
    if not names and outlet:
        names = [ctx.desk.name("actor", outlet)]
    return ", ".join(names) or ctx.desk.words("the article")


class EventEntry(Value, frozen=True):
    """One event in a list."""

    link: SafeHtml
    when: SafeHtml
    rests: SafeMarkdown | None
    """The words or the inference that the date rests on."""
    where: SafeHtml | None
    text: SafeHtml | None
    who: SafeHtml | None
    facts: tuple[SafeMarkdown, ...]


Detail = Literal["full", "sentence", "brief"]


def event_entry(ctx: Context, event_id: str, detail: Detail = "full", level: int = 3) -> SafeHtml:
    """An event in a list: what, when, who, how many independent sources.

    `full`: what the date rests on and who had part in it, too; `brief`: without a sentence.
    `level` is that of its heading.
    """
    return ctx.common_piece(_event_piece, event_id, detail, level)


def _event_piece(ctx: Context, event_id: str, detail: Detail, level: int) -> SafeHtml:
    return ctx.desk.show("event", _event_entry(ctx, event_id, detail), level)


def _event_entry(ctx: Context, event_id: str, detail: Detail) -> EventEntry:
    brief = ctx.site.briefs[event_id]
    event = ctx.site.events[event_id] if detail != "brief" else None
    text = first_words(ctx, event) if event else None
    facts = [sources_of(ctx, brief)]
    if brief.status and brief.status != "happened":
        facts.append(ctx.say(STATUS[brief.status]))
    if brief.differ:
        facts.append(ctx.say("accounts differ"))
    in_full = event if detail == "full" else None
    return EventEntry(
        link=ctx.link("event", event_id),
        when=ctx.date(brief.date),
        rests=date_rests(ctx, in_full) if in_full else None,
        where=ctx.link("place", brief.place) if brief.place else None,
        text=PlainText(ctx.desk.first_sentence(text)).html if text else None,
        who=some_parties(ctx, in_full.parties) if in_full and in_full.parties else None,
        facts=tuple(facts),
    )


def some_parties(ctx: Context, parties: Sequence[EventParty]) -> SafeHtml:
    """Who had part in an event, in a line: `A, B and 12 more`."""
    names = [ctx.party_key(party.key) for party in parties[:PARTIES]]
    return in_a_line(ctx, names, parties[PARTIES:])


def first_words(ctx: Context, event: Event) -> str | None:
    """The first words that an account has on an event."""
    texts = (ctx.site.account(told).text for told in event.accounts)
    return next((text for text in texts if text), None)


def sources_of(ctx: Context, event: EventBrief) -> SafeMarkdown:
    """`2 reports, 1 origin`, or that no published report tells of it."""
    if not event.reports:
        return ctx.say("no report of its own")
    return reports_and_origins(ctx.say, event.reports, event.independent)


def date_rests(ctx: Context, event: Event) -> SafeMarkdown | None:
    """What an event's date rests on: the words as printed, the inference, or both."""
    told = next((one for one in event.accounts if one.article == event.date_account), None)
    if told is None:
        return None
    account = ctx.site.account(told)
    words, basis = account.date_words, account.basis
    if words and basis:
        return ctx.say(
            "The source says “%(words)s”. %(basis)s", words=PlainText(words), basis=PlainText(basis)
        )
    if words:
        return ctx.say("The source says “%(words)s”.", words=PlainText(words))
    return ctx.say("%(basis)s", basis=PlainText(basis)) if basis else None


class BriefingEntry(Value, frozen=True):
    """One briefing in a list."""

    link: SafeHtml
    outlet: SafeHtml
    published: SafeHtml
    text: SafeHtml | None
    """Its bottom line."""


def briefing_entry(ctx: Context, article_id: str, full: bool = True, level: int = 3) -> SafeHtml:
    """A briefing in a list: title, outlet, publication date, with `full` its bottom line."""
    return ctx.common_piece(_briefing_piece, article_id, full, level)


def _briefing_piece(ctx: Context, article_id: str, full: bool, level: int) -> SafeHtml:
    return ctx.desk.show("briefing", _briefing_entry(ctx, article_id, full), level)


def _briefing_entry(ctx: Context, article_id: str, full: bool) -> BriefingEntry:
    return BriefingEntry(
        link=ctx.link("article", article_id),
        outlet=ctx.outlet_of(article_id),
        published=published(ctx, article_id),
        text=ctx.html(ctx.site.articles[article_id].bottom_line, article_id, inline=True)
        if full
        else None,
    )


def published(ctx: Context, article_id: str) -> SafeHtml:
    """`published 10 May 2018`, so that nobody takes it for an event's date."""
    return ctx.common_piece(_published, ctx.site.heads[article_id].published_text)


def _published(ctx: Context, date: str | None) -> SafeHtml:
    if date is None:
        return html(ctx.say("publication date not stated"))
    return html(ctx.say("published %(date)s", date=ctx.date(read_date(date))))


class CorrectionView(Value, frozen=True):
    """What was corrected, and when."""

    date: SafeHtml
    text: SafeHtml


class MentionView(Value, frozen=True):
    """A sentence that refers to a thing, and the briefing it stands in."""

    link: SafeHtml
    sentence: SafeHtml


class Difference(Value, frozen=True):
    """A matter on which accounts differ, one column per value."""

    title: SafeMarkdown
    """The event and the matter: `Strikes in Syria: how many killed`."""
    columns: tuple[Column, ...]


class Column(Value, frozen=True):
    """A value, and the articles that give it."""

    value: SafeHtml
    articles: SafeHtml


def differences(ctx: Context, event_id: str) -> tuple[SafeHtml, ...]:
    """Where an event's accounts differ, side by side: a piece for each matter."""
    return ctx.piece(_differences, event_id)


def _differences(ctx: Context, event_id: str) -> tuple[SafeHtml, ...]:
    event = ctx.site.events[event_id]
    found = (_difference(ctx, event, one) for one in event.disagreements)
    return tuple(ctx.desk.show("difference", one) for one in found)


def several(ctx: Context, kind: str, keys: Sequence[str], named: int = NAMED) -> SafeHtml:
    """Links to things in a sentence's list: `A, B and 12 more`."""
    return in_a_line(ctx, [ctx.link(kind, key) for key in keys[:named]], keys[named:])


def in_a_line(ctx: Context, shown: Sequence[SafeHtml], others: Sized) -> SafeHtml:
    """What is shown, and how many others there are: `A, B and 12 more`."""
    more = [html(how_many_more(ctx, others))] if len(others) else []
    return html(ctx.say.join([*shown, *more]))


def in_briefings(ctx: Context, articles: Iterable[str]) -> SafeHtml:
    """The briefings in which the others are, each once."""
    return several(ctx, "article", list(dict.fromkeys(articles)))


def listed(ctx: Context, kind: str, keys: Sequence[str], most: int) -> tuple[SafeHtml, ...]:
    """Links to things, one to a line; those beyond `most` on the last: `A, B and 12 more`."""
    links = tuple(ctx.link(kind, key) for key in keys[:most])
    return (*links, several(ctx, kind, keys[most:])) if len(keys) > most else links


def how_many_more(ctx: Context, others: Sized) -> SafeMarkdown:
    """How many there are that are not shown: `12 more`."""
    return ctx.say.count("%(n)s more", "%(n)s more", len(others))


def html_words(safe: SafeHtml) -> SafeMarkdown:
    """A link as HTML is safe in Markdown too."""
    return SafeMarkdown(safe.text)


def _difference(ctx: Context, event: Event, one: Disagreement) -> Difference:
    matter = ctx.say(MATTERS[one.matter])
    if one.matter == "figure":
        matter = ctx.say("how many: %(label)s", label=PlainText(one.label))
    columns = [
        Column(_value(ctx, one.matter, value), several(ctx, "article", articles))
        for value, articles in one.values[:VALUES]
    ]
    if others := one.values[VALUES:]:
        told = (article for _, articles in others for article in articles)
        columns.append(Column(html(how_many_more(ctx, others)), in_briefings(ctx, told)))
    return Difference(
        title=ctx.say("%(event)s: %(matter)s", event=ctx.link("event", event.id), matter=matter),
        columns=tuple(columns),
    )


def _value(ctx: Context, matter: str, value: str) -> SafeHtml:
    if matter == "date":
        date = parse(value)
        assert isinstance(date, Edtf)
        return ctx.date(date)
    if matter == "place":
        return ctx.link("place", value)
    if matter == "status":
        return html(ctx.say(STATUS[value]))
    return SafeHtml(encode(value))


def mentions(ctx: Context, found: Sequence[Mention]) -> tuple[MentionView, ...]:
    """The sentences that refer to a thing, each with the briefing it stands in."""
    shown = tuple(
        MentionView(ctx.link("article", one.article), PlainText(ctx.desk.sentence(one)).html)
        for one in found[:MENTIONS]
    )
    others = found[MENTIONS:]
    if not others:
        return shown
    told = in_briefings(ctx, (one.article for one in others))
    return (*shown, MentionView(told, html(how_many_more(ctx, others))))


def role_words(ctx: Context, roles: Iterable[str]) -> SafeMarkdown:
    """`visitor and speaker`."""
    return ctx.say.join([ctx.say(ROLES[role]) for role in roles])
