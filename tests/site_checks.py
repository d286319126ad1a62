"""What must hold of every built site: links and anchors resolve, nothing is fetched from outside,
and the HTML is valid."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.tools import NODE, WEB

_LINKS = {
    "href", "src", "srcset", "poster", "action", "data", "cite", "formaction", "xlink:href",
}  # fmt: skip
_FETCHES = {
    "img", "script", "iframe", "embed", "object", "audio", "video", "source", "track", "input",
    "image", "use", "feimage",
}  # fmt: skip
_FETCHING_RELATIONS = {
    "stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
    "manifest", "apple-touch-icon", "prerender",
}  # fmt: skip
_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass
class Read:
    """What the checks need of one page."""

    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.read.ids[values["id"]] += 1
        for name in _LINKS & values.keys():
            self.read.links.append(values[name])
        relations = set(values.get("rel", "").lower().split())
        if tag in _FETCHES or (tag == "link" and relations & _FETCHING_RELATIONS):
            self.read.fetched += [values[name] for name in _LINKS & values.keys()]
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.read.links.append(values.get("content", "").partition("url=")[2].strip())
        if "style" in values:
            self.read.fetched += _CSS_URL.findall(values["style"])

    handle_startendtag = handle_starttag


def read_pages(site: Path) -> dict[str, Read]:
    """Every page of a site, by its path."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        reader.close()
        pages[file.relative_to(site).as_posix()] = reader.read
    return pages


def broken_links(site: Path, pages: Mapping[str, Read] | None = None, base: str = "/") -> list[str]:
    """Internal links, and fragments, that lead nowhere; ids that stand twice on a page.

    `base` is the path at which the site is published: links that begin with `/` start there, and
    only 404.html, which is served at any depth, may have them.
    """
    pages = read_pages(site) if pages is None else pages
    return [problem for path in pages for problem in _problems(site, pages, path, base)]


def _problems(site: Path, pages: Mapping[str, Read], path: str, base: str) -> Iterator[str]:
    page = pages[path]
    for identity, times in page.ids.items():
        if times > 1:
            yield f"{path}: the id {identity!r} stands {times} times"
    for link in dict.fromkeys(page.links):
        parts = urlsplit(link)
        if parts.scheme in ("http", "https", "mailto") or link.startswith("data:"):
            continue
        if parts.scheme or parts.netloc:
            yield f"{path}: {link!r} has a scheme or a host that pages must not have"
            continue
        target = _target(path, unquote(parts.path), base)
        if target is None:
            yield f"{path}: {link!r} leaves the site"
        elif not (site / target).is_file():
            yield f"{path}: {link!r} leads to no file"
        else:
            fragment = unquote(parts.fragment).partition(":~:")[0]
            if fragment and fragment not in pages.get(target, Read()).ids:
                yield f"{path}: {link!r} leads to no id"


def _target(path: str, link: str, base: str) -> str | None:
    if link.startswith("/"):
        if path != "404.html" or not link.startswith(base):
            return None
        return link.removeprefix(base) or "index.html"
    if not link:
        return path
    steps: list[str] = path.split("/")[:-1]
    for step in link.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def external_requests(site: Path, pages: Mapping[str, Read] | None = None) -> list[str]:
    """What a page, or a stylesheet, would fetch from another host."""
    pages = read_pages(site) if pages is None else pages
    found = [
        f"{path}: fetches {link}"
        for path, page in pages.items()
        for link in page.fetched
        if _is_external(link)
    ]
    for sheet in sorted(site.rglob("*.css")):
        for link in _CSS_URL.findall(sheet.read_text(encoding="utf-8")):
            if _is_external(link):
                found.append(f"{sheet.relative_to(site).as_posix()}: fetches {link}")
    return found


def _is_external(link: str) -> bool:
    return urlsplit(link).scheme in ("http", "https", "ftp", "ws", "wss") or link.startswith("//")


def html_problems(site: Path, pages: Sequence[str] | None = None) -> list[str]:
    """What html-validate has to say against the pages, one line each."""
    chosen = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    files = [str(site / path) for path in (chosen if pages is None else pages)]
    done = subprocess.run(
        [NODE, WEB / "validate.mjs"],
        input=json.dumps(files),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"html-validate did not run: {done.stderr}")
    return [line.removeprefix(f"{site}/") for line in done.stdout.splitlines()]
