"""Every page of a site: where it stands, what makes its record, which template writes it.

`pages(desk)` lists them all; `write(page, desk)` makes one, from nothing but the desk, so that
pages can be made in any order and in any process.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from multiprocessing import get_all_start_methods, get_context
from typing import Any

from readout.addresses import AddressProblem, Registry
from readout.render import lists
from readout.render.context import Context, Desk, md
from readout.render.page import Page
from readout.render.views import briefing, entity, event, front
from readout.site.model import Event
from readout.text import PlainText, SafeMarkdown, collapse, front_matter

_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES_AT_ENDS = re.compile(r" +\n")
FORKED = 600
"""From so many pages on, it pays to make them in several processes."""
_DESCRIPTION = 240
"""Characters of a page's description, for search engines and previews."""


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A page that leads on from an address of old."""

    title: SafeMarkdown
    description: str
    changed: str
    to: str
    """The new address, relative, with `.html`."""
    sentence: SafeMarkdown


def pages(desk: Desk) -> tuple[tuple[Page, ...], tuple[AddressProblem, ...]]:
    """All pages of the site, by address; and addresses that two of them want."""
    registry = Registry()
    problems = []
    found = []
    for page in _all(desk):
        problem = registry.claim(page.address, page.source)
        if problem:
            problems.append(problem)
        else:
            found.append(page)
    found.sort(key=lambda page: page.address)
    return tuple(found), tuple(problems)


def _all(desk: Desk) -> Iterator[Page]:
    site = desk.site
    for key in site.articles:
        yield Page(
            f"briefings/{key}",
            "briefing",
            "briefing",
            lambda ctx, key=key: briefing.briefing(ctx, key),  # type: ignore[misc]
            f"content/articles/{key}.yml",
            key,
        )
    yield from _events(desk)
    for kind, folder, keys, view in (
        ("actor", "actors", site.actors, entity.actor),
        ("place", "places", site.places, entity.place),
        ("topic", "topics", site.topics, entity.topic),
    ):
        for key in keys:
            yield from _entity(desk, kind, folder, key, view)
    yield from lists.indexes(desk)
    yield Page("index", "home", "home", front.home, "Readout itself")
    yield Page("search", "search", "search", front.search, "Readout itself")
    yield Page("about", "about", "about", front.about, "Readout itself")
    for old, new in site.corpus.redirects.items():
        yield Page(
            old,
            "redirect",
            "redirect",
            lambda ctx, new=new: _redirect(ctx, new),  # type: ignore[misc]
            "content/redirects.yml",
        )


def _events(desk: Desk) -> Iterator[Page]:
    site = desk.site
    undated = frozenset(site.undated)
    dated = [one for one in site.events.values() if one.id not in undated]
    neighbours: dict[str, tuple[Event | None, Event | None]] = {
        one.id: (
            dated[n - 1] if n else None,
            dated[n + 1] if n + 1 < len(dated) else None,
        )
        for n, one in enumerate(dated)
    }
    for key, one in site.events.items():
        parts = lists.account_parts(desk, one)
        before, after = neighbours.get(key, (None, None))
        yield Page(
            f"events/{key}",
            "event",
            "event",
            lambda ctx, key=key, before=before, after=after, parts=parts: event.event(  # type: ignore[misc]
                ctx, key, before, after, lists.part_links(ctx, f"events/{key}", parts)
            ),
            f'event "{key}"',
        )
        yield from lists.part_pages(
            desk, f"events/{key}", "event", key, parts, lists.accounts_of_part
        )


def _entity(
    desk: Desk, kind: str, folder: str, key: str, view: Callable[..., Any]
) -> Iterator[Page]:
    address = f"{folder}/{key}"
    parts = lists.entity_parts(desk, kind, key)
    yield Page(
        address,
        kind,
        "entity",
        lambda ctx: view(ctx, key, lists.part_links(ctx, address, parts)),
        f"{kind} {key}",
    )
    yield from lists.part_pages(desk, address, kind, key, parts, lists.items_of_part)


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
        "description": _short(view.description),
        "kind": page.kind,
    }
    if view.changed:
        meta["changed"] = view.changed
    if isinstance(view, RedirectView):
        meta["to"] = view.to
    template = desk.templates.get_template(f"{page.template}.md.j2")
    body = template.render(page=view)
    text = _SPACES_AT_ENDS.sub("\n", body)
    return (front_matter(meta) + "\n" + _BLANK_LINES.sub("\n\n", text).strip() + "\n").encode()


def render(desk: Desk, chosen: Sequence[Page]) -> dict[str, bytes]:
    """Pages by their path in the docs tree: `actors/putin.md`.

    Many pages are made in as many processes as there are cores; each page hangs on nothing but the
    desk, so that it does not matter where.
    """
    workers = os.cpu_count() or 1
    if len(chosen) < FORKED or workers == 1 or "fork" not in get_all_start_methods():
        return {f"{page.address}.md": write(page, desk) for page in chosen}
    global _shared
    _shared = (desk, chosen)
    gc.freeze()  # what is there already is not to be walked, and so not copied, in the children
    try:
        with get_context("fork").Pool(workers) as pool:
            made = pool.map(_write_every, [(n, workers) for n in range(workers)], chunksize=1)
    finally:
        _shared = None
        gc.unfreeze()
    found = {path: data for part in made for path, data in part}
    return {f"{page.address}.md": found[f"{page.address}.md"] for page in chosen}


_shared: tuple[Desk, Sequence[Page]] | None = None


def _write_every(part: tuple[int, int]) -> list[tuple[str, bytes]]:
    """The pages of one process: every n-th, so that heavy ones are spread."""
    assert _shared is not None
    desk, chosen = _shared
    start, step = part
    return [(f"{page.address}.md", write(page, desk)) for page in chosen[start::step]]


def _plain(title: PlainText | SafeMarkdown) -> str:
    return unescape(title.text) if isinstance(title, SafeMarkdown) else title.text


def _short(text: str) -> str:
    text = collapse(text)
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rpartition(" ")[0].rstrip(",;:") + "…"
