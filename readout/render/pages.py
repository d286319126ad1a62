"""Every page of a site: where it stands, what makes its record, which template writes it.

`pages(desk)` lists them all; `write(page, desk)` makes one, from nothing but the desk, so that
pages can be made in any order and in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from typing import Any

from readout.content.rules.pages import list_of_part
from readout.render import lists
from readout.render.context import FOLDERS, Context, Desk, md
from readout.render.page import Page
from readout.render.template import body_of
from readout.render.views import briefing, entity, event, front
from readout.site import Site
from readout.text import PlainText, SafeMarkdown, collapse, front_matter, shortened
from readout.value import Value

_DESCRIPTION = 240
"""Characters of a page's description, for search engines and previews."""


class RedirectView(Value, frozen=True):
    """A page that leads on from an address of old."""

    title: SafeMarkdown
    description: str
    changed: str
    to: str
    """The new address, relative, with `.html`."""
    sentence: SafeMarkdown


def planned(desk: Desk) -> Iterator[tuple[str, Callable[[], Iterable[Page]], bool]]:
    """All pages by their owner: `actor/putin` owns the actor's page and its parts.

    With each owner, what works out its pages, and whether that is much work.
    """
    site = desk.plain
    for key in site.heads:
        yield f"article/{key}", partial(_briefing, key), False
    for key in site.events:
        yield f"event/{key}", partial(_event, desk, key), False
    for kind, keys, view in (
        ("actor", site.actors, entity.actor),
        ("place", site.places, entity.place),
        ("topic", site.topics, entity.topic),
    ):
        for key in keys:
            pages_of = partial(_entity, desk, desk.site, kind, key, view)
            yield f"{kind}/{key}", pages_of, lists.is_long(site, kind, key)
    for folder in lists.INDEXES:
        yield f"index/{folder}", partial(lists.index, desk, folder), False
    yield "front", partial(_front, desk), False


def beside(desk: Desk, address: str) -> Iterable[Page]:
    """The pages of whoever owns the page at an address: an actor's, a place's, an index's."""
    if "/" not in address:
        return _front(desk)
    if address in desk.plain.corpus.redirects and address in _redirects(desk):
        return _front(desk)
    return _in_folder(desk, address)


def _in_folder(desk: Desk, address: str) -> Iterable[Page]:
    """The same of a page in a folder that is no redirect."""
    top, _, rest = address.partition("/")
    key = rest.partition("/")[0]
    if key == "index" or top == "chronology":
        return lists.index(desk, top)
    if top == "briefings":
        return _briefing(key)
    if top == "events":
        return _event(desk, key)
    kind, view = {
        "actors": ("actor", entity.actor),
        "places": ("place", entity.place),
        "topics": ("topic", entity.topic),
    }[top]
    return _entity(desk, desk.plain, kind, key, view)


def owner_of(address: str) -> str:
    """What the pages of one owner have in common: the start of their addresses."""
    top, _, rest = address.partition("/")
    return top if top == "chronology" else f"{top}/{rest.partition('/')[0]}"


def _briefing(key: str) -> Iterator[Page]:
    def view(ctx: Context) -> briefing.BriefingView:
        return briefing.briefing(ctx, key)

    source = f"content/articles/{key}.yml"
    yield Page(f"briefings/{key}", "briefing", "briefing", view, source, key)


def _event(desk: Desk, key: str) -> Iterator[Page]:
    address = f"events/{key}"
    before, after = desk.neighbours.get(key, (None, None))
    parts = lists.account_parts(desk, key)

    def view(ctx: Context) -> event.EventView:
        return event.event(ctx, key, before, after, lists.part_links(ctx, address, parts))

    plan = (before, after, lists.outline(parts))
    yield Page(address, "event", "event", view, f'event "{key}"', plan=plan)
    yield from lists.part_pages(address, "event", key, parts, lists.accounts_of_part)


def _entity(
    desk: Desk, site: Site, kind: str, key: str, view: Callable[..., Any]
) -> Iterator[Page]:
    """`site` is the desk's, as it is to be looked at for the plan of the pages."""
    address = f"{FOLDERS[kind]}/{key}"
    parts = lists.entity_parts(site, kind, key)

    def view_of(ctx: Context) -> entity.EntityView:
        made: entity.EntityView = view(ctx, key, lists.part_links(ctx, address, parts))
        return made

    plan = lists.outline(parts)
    yield Page(address, kind, "entity", view_of, f"{kind} {key}", plan=plan)
    yield from lists.part_pages(address, kind, key, parts, lists.items_of_part)


def _front(desk: Desk) -> Iterator[Page]:
    corpus = desk.plain.corpus
    yield Page("index", "home", "home", front.home, "Readout itself")
    yield Page("search", "search", "search", front.search, "Readout itself")
    yield Page("about", "about", "about", front.about, "Readout itself", plan=corpus.about)
    for old, new in _redirects(desk).items():
        view = partial(_redirect, new=new)
        yield Page(old, "redirect", "redirect", view, "content/redirects.yml", plan=new)


def _redirects(desk: Desk) -> Mapping[str, str]:
    """The redirects that have a page: all but those where a list has a part now."""
    site = desk.plain
    redirects = site.corpus.redirects
    lists_of = {old: page for old in redirects if (page := list_of_part(old)) is not None}
    things: dict[str, Collection[str]] = {
        "actors": site.actors,
        "events": site.events,
        "places": site.places,
        "topics": site.topics,
    }
    parts: set[str] = set()
    for page in set(lists_of.values()):
        folder, _, key = page.partition("/")
        if key == "index" or key in things[folder]:
            parts.update(one.address for one in _in_folder(desk, page))
    return {old: new for old, new in redirects.items() if old not in parts}


def _redirect(ctx: Context, new: str) -> RedirectView:
    link = ctx.to(new, new)
    title = ctx.desk.words("This page has moved")
    sentence = ctx.say("It is now at %(address)s.", address=md(link))
    return RedirectView(ctx.say("This page has moved"), title, "", link.href_html, sentence)


def write(page: Page, desk: Desk) -> bytes:
    """The page as Markdown with front matter."""
    context = Context(desk, page.address, page.article)
    view = page.view(context)
    meta = {
        "title": _plain(view.title),
        "description": shortened(collapse(view.description), _DESCRIPTION),
        "kind": page.kind,
    }
    if view.changed:
        meta["changed"] = view.changed
    if isinstance(view, RedirectView):
        meta["to"] = view.to
    template = desk.templates.get_template(f"{page.template}.md.j2")
    body = context.own_ways(body_of(template, view))
    return f"{front_matter(meta)}\n{body}\n".encode()


def _plain(title: PlainText | SafeMarkdown) -> str:
    return unescape(title.text) if isinstance(title, SafeMarkdown) else title.text
