"""What must hold of every built site: links and anchors resolve, nothing is fetched from outside,
and the HTML is valid. Each check returns its findings, one line each, in the order of the pages.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from tests.page_reader import Read, read_assets, read_pages
from tests.tools import NODE, WEB

__all__ = [
    "broken_links",
    "external_links",
    "external_requests",
    "html_problems",
    "html_validate",
    "read_pages",
]

ANY_DEPTH = "404.html"
"""The page that hosts serve at any address: only links from the root work there."""
_OUTSIDE = {"http", "https", "mailto"}


def broken_links(site: Path, pages: Mapping[str, Read] | None = None, base: str = "/") -> list[str]:
    """Internal links, and fragments, that lead nowhere; ids that stand twice on a page.

    A link must lead to a file: what a host makes of a folder, a reader of files does not see.
    `base` is the path at which the site is published: links that begin with `/` start there, and
    only 404.html, which is served at any depth, may have them, and may have no others.
    """
    pages = read_pages(site) if pages is None else pages
    if not pages:
        return [f"{site} holds no page"]
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    problems = [one for path in pages for one in _page_problems(files, pages, path, base)]
    for path, links in read_assets(site).items():
        for link in dict.fromkeys(links):
            if not link.startswith("#"):  # it means the page that uses the stylesheet or drawing
                problems += _link_problems(files, pages, path, link, base)
    return problems


def _page_problems(
    files: set[str], pages: Mapping[str, Read], path: str, base: str
) -> Iterator[str]:
    page = pages[path]
    if page.base:
        yield f"{path}: has a <base>, which would move every link on it"
    for identity, times in page.ids.items():
        if times > 1:
            yield f"{path}: the id {identity!r} stands {times} times"
    for link in dict.fromkeys(page.links):
        yield from _link_problems(files, pages, path, link, base)


def _link_problems(
    files: set[str], pages: Mapping[str, Read], path: str, link: str, base: str
) -> Iterator[str]:
    try:
        parts = split(link)
    except ValueError:
        yield f"{path}: {link!r} is no address"
        return
    if parts.scheme in _OUTSIDE or parts.scheme == "data":
        return
    if parts.scheme or parts.netloc:
        yield f"{path}: {link!r} has a scheme or a host that pages must not have"
        return
    place = unquote(parts.path)
    if place.startswith("/") and path != ANY_DEPTH:
        yield f"{path}: {link!r} starts at the root, which only {ANY_DEPTH} may"
        return
    if place and not place.startswith("/") and path == ANY_DEPTH:
        yield f"{path}: {link!r} does not start at the root, and the page is served at any depth"
        return
    target = _target(path, place, base)
    if target is None:
        yield f"{path}: {link!r} leaves the site"
    elif target not in files:
        yield f"{path}: {link!r} leads to no file"
    else:
        # A text fragment (https://wicg.github.io/scroll-to-text-fragment/) names no id.
        fragment = unquote(parts.fragment.partition(":~:")[0])
        if fragment and fragment not in pages.get(target, Read()).ids:
            yield f"{path}: {link!r} leads to no id"


def _target(path: str, place: str, base: str) -> str | None:
    """The path of the file that a link on a page leads to; None if that is outside the site."""
    if not place:
        return path
    steps = path.split("/")[:-1]
    if place.startswith("/"):
        if not place.startswith(base):
            return None
        steps, place = [], place.removeprefix(base) or "index.html"
    for step in place.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def split(link: str) -> SplitResult:
    """A link's parts as browsers see them: `\\` before the query is `/`, blanks around are dropped.

    https://url.spec.whatwg.org/#concept-basic-url-parser. Raises ValueError for what is no address.
    """
    head, mark, tail = re.match(r"([^?#]*)([?#]?)(.*)", link.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    return urlsplit(head.replace("\\", "/") + mark + tail)


def external_links(pages: Mapping[str, Read]) -> Counter[str]:
    """How many links lead to each other host, all pages together. They are counted, not tried."""
    hosts: Counter[str] = Counter()
    for page in pages.values():
        for link in page.links:
            if link.lower().startswith(("http:", "https:", "//")):
                hosts[split(link).netloc.lower()] += 1
    return hosts


def external_requests(site: Path, pages: Mapping[str, Read] | None = None) -> list[str]:
    """What a page, a stylesheet or a drawing would fetch from another host.

    What scripts ask for is not seen here but in the browser (tests/browser/harness.py).
    """
    pages = read_pages(site) if pages is None else pages
    if not pages:
        return [f"{site} holds no page"]
    fetched = {path: page.fetched for path, page in pages.items()} | read_assets(site)
    return [
        f"{path}: fetches {link}"
        for path, links in fetched.items()
        for link in dict.fromkeys(links)
        if _is_external(link)
    ]


def _is_external(link: str) -> bool:
    try:
        parts = split(link)
    except ValueError:
        return True
    return bool(parts.netloc) or parts.scheme not in ("", "data", "blob", "about")


def html_validate(site: Path, pages: Sequence[str] | None = None) -> list[str]:
    """What html-validate has to say against the pages (all of them, unless told which).

    One process of Node for all; the rules are in tests/web/html-validate.config.mjs. Raises
    RuntimeError where it does not run.
    """
    if pages is None:
        pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    if not pages:
        return [f"{site} holds no page"]
    done = subprocess.run(
        [NODE, WEB / "validate.mjs"],
        cwd=site,
        input=json.dumps(list(pages)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"html-validate did not run: {done.stderr}")
    return done.stdout.splitlines()


html_problems = html_validate
"""The name that the tests of whole sites use."""
