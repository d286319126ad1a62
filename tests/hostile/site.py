"""A built site against the site of its twins: every file is looked at, none is passed over."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from readout.render.search import LONGEST
from tests.hostile.compare import Comparer
from tests.hostile.danger import dangers
from tests.hostile.figures import figure_problems, words_of_figures
from tests.hostile.page import Event, Shown, attributes, read_page
from tests.hostile.search_index import fragments

INDEX = re.compile(r"(actors|places|topics|events)/index(/.*)?\.html")
"""Pages that list names by their letter: they stand in another order than their twins."""
_SAME_BYTES = {".css", ".js", ".svg", ".txt"}
_LOCATION = re.compile(r"<loc>https://desk\.example/[a-z0-9/_.-]*</loc>")
_HEADING = re.compile(
    r"\d+|(?:(?:Actors|Places|Topics|Events): )?(?:\w|.\u0307|other)(?:, page \d+)?( – Zqdesk)?"
)
"""What a list of names says outside its entries: letters, and how many names begin with each."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page that must not be, or that is not as it was typed."""

    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


@dataclass(slots=True)
class Site:
    """The files of a built site, its pages parsed."""

    folder: Path
    pages: dict[str, Shown] = field(default_factory=dict)
    others: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, pages: Collection[str] | None = None) -> Site:
        """Everything in a folder, or of its pages these alone."""
        site = cls(folder)
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder).as_posix()
            if not file.is_file() or path.startswith((".", "pagefind")):
                continue
            if file.suffix != ".html":
                site.others[path] = file.read_bytes()
            elif pages is None or path in pages:
                site.pages[path] = read_page(file.read_text(encoding="utf-8"))
        return site


def check_site(
    site: Site, twins: Site, comparer: Comparer, same_names: bool = False
) -> Iterator[Finding]:
    """Everything wrong with a site; `same_names`: its actors, places... have the twins' names."""
    yield from check_pages(site, twins, comparer, same_names)
    yield from _others(site, twins, comparer)
    yield from _search(site, twins, comparer)


def check_pages(
    site: Site, twins: Site, comparer: Comparer, same_names: bool = False
) -> Iterator[Finding]:
    """Everything wrong with the pages of a site."""
    indexes = re.compile("(?!)") if same_names else INDEX
    for path, page in site.pages.items():
        for one in dict.fromkeys(dangers(page.all, path)):
            yield Finding(path, one)
        if indexes.fullmatch(path):
            continue
        if path not in twins.pages:
            yield Finding(path, "there is no such page among the twins")
            continue
        yield from check_page(path, page, twins.pages[path], comparer)
    for path in twins.pages.keys() - site.pages.keys():
        if not indexes.fullmatch(path):
            yield Finding(path, "this page is missing")
    yield from _figures(site, twins, comparer)
    if not same_names:
        yield from _indexes(site, twins, comparer)


def check_page(path: str, page: Shown, twin: Shown, comparer: Comparer) -> Iterator[Finding]:
    """What a page has that its twin has not."""
    difference = comparer.compare(page.events, twin.events)
    if difference:
        yield Finding(path, str(difference))


def _figures(site: Site, twins: Site, comparer: Comparer) -> Iterator[Finding]:
    ours = words_of_figures(_all_figures(twins))
    for path, page in site.pages.items():
        for figure in page.figures:
            for problem in figure_problems(figure, comparer, ours):
                yield Finding(path, f"in a figure: {problem}")
    if bool(list(_all_figures(site))) != bool(list(_all_figures(twins))):
        yield Finding("", "the figures are missing")


def _all_figures(site: Site) -> Iterator[list[Event]]:
    for page in site.pages.values():
        yield from page.figures


Entry = tuple[Event, ...]


def _indexes(site: Site, twins: Site, comparer: Comparer) -> Iterator[Finding]:
    """The entries of lists of names, each with its twin's, wherever it stands."""
    expected = dict(_entries(twins))
    found = dict(_entries(site))
    for key in expected.keys() - found.keys():
        yield Finding(key[0], f"the entry of {key[1]} is missing")
    for key, (path, entry) in found.items():
        if key not in expected:
            yield Finding(path, f"there is no entry of {key[1]} among the twins")
            continue
        there, twin = expected[key]
        difference = comparer.compare(_at_root(entry, path), _at_root(twin, there))
        if difference:
            yield Finding(path, str(difference))
    known = {e[1] for path in _index_pages(twins) for e in _rest(twins.pages[path].events)}
    for path in _index_pages(site):
        for event in _rest(site.pages[path].events):
            if event[1] not in known and not _HEADING.fullmatch(event[1]):
                yield Finding(path, f"a text that is not ours: {event[1]!r:.120}")


def _index_pages(site: Site) -> list[str]:
    return [path for path in site.pages if INDEX.fullmatch(path)]


def _entries(site: Site) -> Iterator[tuple[tuple[str, str, bool], tuple[str, Entry]]]:
    """(Folder, page that it leads to, whether on the first page) -> the page it is on, and it."""
    for path in _index_pages(site):
        folder = path.partition("/")[0]
        for entry in _split(site.pages[path].events):
            link = next(attributes(e)["href"] for e in entry if e[:2] == ("open", "a"))
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            yield (folder, target, path == f"{folder}/index.html"), (path, entry)


def _at_root(entry: Entry, path: str) -> list[Event]:
    """The entry with its links as they would be at the root."""
    here = posixpath.dirname(path)
    return [
        tuple(
            posixpath.normpath(posixpath.join(here, part)) if before == "href" else part
            for before, part in zip(("", *e[:-1]), e, strict=True)
        )
        for e in entry
    ]


def _is_entry(event: Event, within: list[str]) -> bool:
    if event[0] != "open":
        return False
    kind = attributes(event).get("class", "")
    return (event[1] == "li" and bool(within) and within[-1] == "things") or (
        event[1] == "article" and "entry" in kind.split()
    )


def _split(events: list[Event]) -> Iterator[Entry]:
    within: list[str] = []
    start = depth = None
    for at, event in enumerate(events):
        if start is None and _is_entry(event, within):
            start, depth = at, len(within)
        if event[0] == "open":
            within.append(attributes(event).get("class", ""))
        elif event[0] == "close":
            within.pop()
            if start is not None and len(within) == depth:
                yield tuple(events[start : at + 1])
                start = None


def _rest(events: list[Event]) -> Iterator[Event]:
    """The texts of a list's page outside its entries."""
    inside = {id(event) for entry in _split(events) for event in entry}
    for event in events:
        if event[0] == "text" and id(event) not in inside:
            yield event


def _others(site: Site, twins: Site, comparer: Comparer) -> Iterator[Finding]:
    for path, data in site.others.items():
        suffix = Path(path).suffix
        if suffix in _SAME_BYTES:
            if data != twins.others.get(path):
                yield Finding(path, "differs from the twins'")
        elif path == "sitemap.xml":
            locations = re.findall(r"<loc>.*?</loc>", data.decode(), re.DOTALL)
            for one in locations:
                if not _LOCATION.fullmatch(one):
                    yield Finding(path, f"an address that is not ours: {one!r:.120}")
        elif suffix == ".json":
            if path not in twins.others:
                yield Finding(path, "there is no such file among the twins")
            elif not comparer.same_values(json.loads(data), json.loads(twins.others[path])):
                yield Finding(path, "its values are not those typed")
        else:
            yield Finding(path, "is of a kind that is not looked at; teach tests/hostile/site.py")


def _search(site: Site, twins: Site, comparer: Comparer) -> Iterator[Finding]:
    expected = fragments(twins.folder)
    found = fragments(site.folder)
    for url in found.keys() - expected.keys():
        yield Finding(f"pagefind: {url}", "there is no such record among the twins")
    for url, record in expected.items():
        if url in found:
            for problem in _record_problems(found[url], record, comparer):
                yield Finding(f"pagefind: {url}", problem)
        elif any(map(str.isalnum, comparer.text(str(record["content"]))[:LONGEST])):
            # What has no letter and no digit has no word: Pagefind passes it over.
            yield Finding(f"pagefind: {url}", "this record is missing")


def _record_problems(
    found: Mapping[str, object], twin: Mapping[str, object], comparer: Comparer
) -> Iterator[str]:
    for key in ("meta", "content", "filters"):
        if not comparer.same_values(found[key], twin[key], cut=True):
            yield f"{key}: found {found[key]!r:.200}"
