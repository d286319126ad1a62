"""What every page needs to speak and to point: names, links, dates, prose."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from readout.addresses import ANYWHERE, own_ways, relative
from readout.content.schema import Party
from readout.dates import Edtf, html_datetime, in_words
from readout.prose import (
    Link,
    Reference,
    first_sentence,
    line_of,
    parse_prose,
    sentence_of,
    to_html,
    to_inline_markdown,
    to_markdown,
    to_plain,
)
from readout.render.safe_words import SafeWords
from readout.render.template import TEMPLATES, make_environment, tidy
from readout.render.track import Reads, tracked
from readout.site.model import ClaimKey, Mention, PartyKey, Site
from readout.text import PlainText, SafeHtml, SafeMarkdown, encode
from readout.words import Words

FOLDERS = {
    "actor": "actors",
    "event": "events",
    "article": "briefings",
    "place": "places",
    "topic": "topics",
}
"""Where the pages of each kind of thing stand."""
_CLAIM_WORDS = 8


_PIECES = 2_000
"""So many pieces of a kind are remembered that few pages show, near to one another."""
_COMMON_PIECES = 30_000
"""So many of a kind that is on pages all over the site."""
_LINKS = 40_000
"""So many links to things, which may be on any page."""
V = TypeVar("V")


class Desk:
    """The site in the words of one language: what is the same for all pages.

    Its caches hold what is pure, so that a desk may be used for any number of pages.
    """

    def __init__(
        self, site: Site, words: Words, with_search: bool = True, base_url: str | None = None
    ) -> None:
        self.plain = site
        """The site itself."""
        self.reads = Reads()
        self.site = tracked(site, self.reads)
        """The site as pages see it: what they look up is noted in `reads`."""
        self.base_url = base_url or ""
        """The address of the site's root with a slash at its end, or nothing."""
        self.with_search = with_search
        self.words = words
        self.say = SafeWords(words)
        self.templates = make_environment(TEMPLATES, self.say)
        self._plain_marked = self.reads.memo(self._plain_prose)
        self.preview = self.reads.memo(self._preview)
        self._dates: dict[str, SafeHtml] = {}
        self.sentence = self.reads.memo(self._sentence)
        self.link: Callable[[str, str], SafeHtml] = self.reads.memo(self._link, _LINKS)
        """A link to the page of a thing (its kind and id), from any page."""
        self._pieces: dict[Callable[..., Any], Callable[..., Any]] = {}
        self.anywhere = Context(self, "")
        """A page that may be any: its links are `ANYWHERE`'s, for pieces that many pages show."""
        self._macros = self.templates.get_template("macros.md.j2").module

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The events before and after each, of those with a date."""
        return neighbours_of(self.plain.event_dates)

    def name(self, kind: str, identity: str) -> str:
        """What readers call a thing: an actor's name, an event's title."""
        corpus = self.site.corpus
        if kind == "actor":
            return corpus.actors[identity].name
        if kind == "event":
            return self.site.event_names[identity].title
        if kind == "article":
            return self.site.titles[identity]
        if kind == "place":
            return corpus.places[identity].name
        return corpus.topics[identity].name

    def _preview(self, kind: str, identity: str) -> str:
        """One line on a thing, shown where a reference to it is hovered over."""
        corpus = self.site.corpus
        name = self.name(kind, identity)
        if kind == "event":
            date = in_words(self.site.event_names[identity].date, self.words)
            return self.words("%(name)s: %(line)s", name=name, line=date)
        if kind == "article":
            return name
        record = {"actor": corpus.actors, "place": {}, "topic": corpus.topics}[kind].get(identity)
        description = getattr(record, "description", None)
        if not description:
            return name
        line = self.first_sentence(description)
        return self.words("%(name)s: %(line)s", name=name, line=line)

    def claim_label(self, key: ClaimKey) -> str:
        """The first words of a claim, for a link to it that has no words of its own."""
        words = self.plain_prose(self.site.claim(key).text).split()
        return " ".join(words[:_CLAIM_WORDS]) + ("…" if len(words) > _CLAIM_WORDS else "")

    def show(self, macro: str, *values: object) -> SafeHtml:
        """What a macro of macros.md.j2 makes of a view record."""
        return SafeHtml(tidy(getattr(self._macros, macro)(*values)))

    def piece(self, make: Callable[..., V], *values: Hashable) -> V:
        """`make(ctx, *values)`, made once for all pages that are near to one another."""
        made: V = (self._pieces.get(make) or self._remember(make, _PIECES))(*values)
        return made

    def common_piece(self, make: Callable[..., V], *values: Hashable) -> V:
        """The same of what pages all over the site show."""
        made: V = (self._pieces.get(make) or self._remember(make, _COMMON_PIECES))(*values)
        return made

    def _remember(self, make: Callable[..., V], most: int) -> Callable[..., V]:
        remembered = self._pieces[make] = self.reads.memo(partial(make, self.anywhere), most)
        return remembered

    def _link(self, kind: str, identity: str) -> SafeHtml:
        return anchor(self.anywhere.thing(kind, identity))

    def _sentence(self, mention: Mention) -> str:
        """The sentence of an article in which something is mentioned, as plain text."""
        prose = parse_prose(self.site.text(mention))
        return sentence_of(prose, prose.references[mention.number], self._named)

    def first_sentence(self, text: str) -> str:
        """The first sentence of prose, as plain text; the rest is a click away."""
        return first_sentence(self.plain_prose(text))

    def _named(self, reference: Reference) -> Link:
        return Link(self._reference_name(reference), "", "")

    def plain_prose(self, text: str) -> str:
        """Prose as plain text on one line."""
        line = line_of(text)
        return line if line is not None else self._plain_marked(text)

    def _plain_prose(self, text: str) -> str:
        return to_plain(parse_prose(text), self._named)

    def _reference_name(self, reference: Reference) -> str:
        if reference.kind == "claim":
            return self.words("this statement")
        return self.name(reference.kind, reference.id)

    def date_html(self, date: Edtf | None) -> SafeHtml:
        """A date in words, marked up for machines."""
        text = date.text if date else ""
        made = self._dates.get(text)
        if made is None:
            made = self._dates[text] = self._date_html(date)
        return made

    def _date_html(self, date: Edtf | None) -> SafeHtml:
        if date is None:
            return SafeHtml(f'<span class="unknown">{self.say("date not stated").text}</span>')
        words = encode(in_words(date, self.words))
        stamp = html_datetime(date)
        if stamp:
            return SafeHtml(f'<time datetime="{stamp}">{words}</time>')
        return SafeHtml(f'<span data-edtf="{encode(date.text)}">{words}</span>')


def neighbours_of(
    dates: Mapping[str, str | None],
) -> Mapping[str, tuple[str | None, str | None]]:
    """Of events in their order, the ones before and after each; of those with a date."""
    dated = [key for key, date in dates.items() if date is not None]
    before, after = [None, *dated[:-1]], [*dated[1:], None]
    return {one: (a, b) for one, a, b in zip(dated, before, after, strict=False)}


class Context:
    """One page's point of view: every link is relative to its address.

    Links in pieces are not yet: `own_ways` makes them so, in the page as a whole.
    """

    def __init__(self, desk: Desk, address: str, article: str | None = None) -> None:
        self.desk = desk
        self.site = desk.site
        self.say = desk.say
        self.address = address
        self.article = article
        """The article whose prose may say `[[#claim]]`, if the page is about one."""
        self.piece = desk.piece
        self.common_piece = desk.common_piece
        self.link = desk.link

    def own_ways(self, text: str) -> str:
        """The text of this page with all its links relative."""
        return own_ways(text, self.address)

    def to(self, address: str, label: str, fragment: str = "", title: str | None = None) -> Link:
        """A link to any page of this site."""
        path = relative(self.address, address) if self.address else ANYWHERE + address
        end = f"#{fragment}" if fragment else ""
        if address == self.address and fragment:
            return Link(label, end, end, title)
        return Link(label, f"{path}.md{end}", f"{path}.html{end}", title)

    def thing(self, kind: str, identity: str, label: str | None = None) -> Link:
        """A link to the page of an actor, event, article, place or topic."""
        return self.to(f"{FOLDERS[kind]}/{identity}", label or self.desk.name(kind, identity))

    def claim(self, key: ClaimKey, label: str | None = None) -> Link:
        """A link to a claim on its briefing."""
        return self.to(
            f"briefings/{key.article}", label or self.desk.claim_label(key), fragment=key.claim
        )

    def resolve(self, article: str | None) -> _Resolver:
        """How references in prose of an article (or of none) become links on this page."""
        return _Resolver(self, article)

    def markdown(self, text: str) -> SafeMarkdown:
        """Prose as blocks of Markdown."""
        line = line_of(text)
        if line is not None:
            return SafeMarkdown(encode(line))
        return to_markdown(parse_prose(text), self.resolve(self.article))

    def line(self, text: str) -> SafeMarkdown:
        """Prose as one line of Markdown."""
        line = line_of(text)
        if line is not None:
            return SafeMarkdown(encode(line))
        return to_inline_markdown(parse_prose(text), self.resolve(self.article))

    def html(self, text: str, article: str | None = None, inline: bool = False) -> SafeHtml:
        """Prose for use inside raw HTML."""
        line = line_of(text)
        if line is not None:
            return SafeHtml(encode(line) if inline or not line else f"<p>{encode(line)}</p>")
        return to_html(parse_prose(text), self.resolve(article or self.article), inline=inline)

    def party(self, party: Party) -> SafeHtml:
        """Who, with what the article calls them: `Jonathan Conricus (“a spokesman”)`."""
        if party.id is None:
            return SafeHtml(f'<span class="unnamed">{encode(" / ".join(party.called))}</span>')
        name = self.link("actor", party.id)
        if not party.called:
            return name
        called = self.say.join([self.quoted(words) for words in party.called])
        return html(self.say("%(name)s (%(called)s)", name=name, called=called))

    def quoted(self, words: str) -> SafeMarkdown:
        """Words as they are printed: each run of them in quotation marks of its own."""
        return self.say("“%(words)s”", words=PlainText(words))

    def party_key(self, key: PartyKey) -> SafeHtml:
        """Who, over all accounts of an event."""
        if key.actor is None:
            return SafeHtml(f'<span class="unnamed">{encode(key.words)}</span>')
        return self.link("actor", key.actor)

    def outlet_of(self, article_id: str) -> SafeHtml:
        """The outlet of an article, linked, or "not stated"."""
        return self.outlet(self.site.heads[article_id].outlet)

    def outlet(self, outlet: str | None) -> SafeHtml:
        """An outlet, linked, or "not stated"."""
        if outlet is None:
            return self.not_stated("outlet")
        return self.link("actor", outlet)

    def not_stated(self, what: str) -> SafeHtml:
        """The words for a value that a reader would expect and the article does not give."""
        words = {
            "outlet": self.say("outlet not stated"),
            "author": self.say("not stated"),
        }.get(what, self.say("not stated"))
        return SafeHtml(f'<span class="unknown">{words.text}</span>')

    def date(self, date: Edtf | None) -> SafeHtml:
        """A date in words, marked up for machines."""
        return self.desk.date_html(date)

    def links(self, kind: str, identities: Iterable[str]) -> SafeHtml:
        """Links to things by their names, as a list in words: `A, B and C`."""
        return html(self.say.join([self.link(kind, one) for one in identities]))

    def parties(self, parties: Iterable[Party]) -> SafeMarkdown:
        """Who, as a list in words."""
        return self.say.join([self.party(one) for one in parties])

    def claim_link(self, key: ClaimKey) -> SafeHtml:
        """A link to a claim, by its first words."""
        return self.piece(_claim_link, key)


def _claim_link(ctx: Context, key: ClaimKey) -> SafeHtml:
    return anchor(ctx.claim(key))


class _Resolver:
    """Turns a reference in prose into a link; equal ones are equal, so that results may be kept."""

    __slots__ = ("article", "context")

    def __init__(self, context: Context, article: str | None) -> None:
        self.context = context
        self.article = article

    def __call__(self, reference: Reference) -> Link:
        if reference.kind == "claim":
            article = reference.id or self.article
            assert article is not None
            assert reference.claim is not None
            return self.context.claim(ClaimKey(article, reference.claim), reference.words)
        desk = self.context.desk
        kind, identity = reference.kind, reference.id
        return self.context.to(
            f"{FOLDERS[kind]}/{identity}",
            reference.words or desk.name(kind, identity),
            title=desk.preview(kind, identity),
        )


def anchor(link: Link) -> SafeHtml:
    """A link as HTML."""
    title = f' title="{encode(link.title)}"' if link.title else ""
    return SafeHtml(f'<a href="{link.href_html}"{title}>{encode(link.label)}</a>')


def md(link: Link) -> SafeMarkdown:
    """A link as Markdown."""
    return SafeMarkdown(f"[{encode(link.label)}]({link.href_md})")


def html(safe: SafeMarkdown) -> SafeHtml:
    """Words with markup put in, where HTML is wanted: they are safe in both."""
    return SafeHtml(safe.text)
