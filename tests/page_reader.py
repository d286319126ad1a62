"""What the checks of whole sites need of a page, a stylesheet or a drawing: one parse of each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_LINKS = {
    "href", "src", "srcset", "imagesrcset", "poster", "action", "formaction", "data", "cite",
    "ping", "xlink:href",
}  # fmt: skip
_LISTS = {"srcset", "imagesrcset"}
_FETCHED = {"href", "src", "srcset", "imagesrcset", "poster", "data", "xlink:href"}
_FETCHES = {
    "img", "script", "iframe", "frame", "embed", "object", "audio", "video", "source", "track",
    "input", "image", "use", "feimage",
}  # fmt: skip
_FETCHING_RELATIONS = {
    "stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
    "manifest", "apple-touch-icon", "mask-icon", "prerender",
}  # fmt: skip
# Attributes of SVG that are read as CSS: https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes
_STYLED = {
    "style", "fill", "stroke", "clip-path", "mask", "filter", "cursor", "marker-start",
    "marker-mid", "marker-end",
}  # fmt: skip

_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NAMESPACE = re.compile(r"@namespace\b[^;]*;", re.IGNORECASE)
_IMAGE_SET = re.compile(r"image-set\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_CSS_LINK = re.compile(
    r"""(?:url\(\s*|@import\s*(?=["']))(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))""", re.IGNORECASE
)
_STRING = re.compile(r""""([^"]*)"|'([^']*)'""")
_REFRESH = re.compile(r"""^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)""", re.IGNORECASE)


@dataclass
class Read:
    """One page: its ids, where it leads, and what a browser fetches for it (also in `links`)."""

    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    base: bool = False
    """Whether it has a `<base>`, which would move every link on it."""


def css_links(css: str) -> list[str]:
    """The addresses in `url()`, `@import` and `image-set()`; a namespace's name is none."""
    css = _NAMESPACE.sub("", _COMMENT.sub("", css))
    found = ["".join(groups) for groups in _CSS_LINK.findall(css)]
    for images in _IMAGE_SET.findall(css):
        bare = re.sub(r"(?:url|type)\([^)]*\)", "", images, flags=re.IGNORECASE)
        found += ["".join(groups) for groups in _STRING.findall(bare)]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.read.ids[values["id"]] += 1
        if _LINKS.isdisjoint(values) and _STYLED.isdisjoint(values) and tag != "meta":
            return
        relations = set(values.get("rel", "").lower().split())
        fetches = tag in _FETCHES or (tag == "link" and relations & _FETCHING_RELATIONS)
        for name, value in values.items():
            if name in _LINKS:
                found = _CANDIDATE.findall(value) if name in _LISTS else [value]
                self.read.links += found
                if fetches and name in _FETCHED:
                    self.read.fetched += found
            elif name in _STYLED:
                self._add_css(value)
        if tag == "base":
            self.read.base = True
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self._add_refresh(values.get("content", ""))

    def _add_refresh(self, content: str) -> None:
        found = _REFRESH.match(content)
        if found and found[1].strip():
            self.read.links.append(found[1].strip())
            self.read.fetched.append(found[1].strip())

    def _add_css(self, css: str) -> None:
        found = css_links(css)
        self.read.links += found
        self.read.fetched += found

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._add_css(data)


def read_page(text: str) -> Read:
    """One page (or one SVG file)."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.read


def read_pages(site: Path) -> dict[str, Read]:
    """Every page of a site, by its path below the site's folder, in their order."""
    return {
        file.relative_to(site).as_posix(): read_page(file.read_text(encoding="utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


def read_assets(site: Path) -> dict[str, list[str]]:
    """What every stylesheet and SVG file of a site refers to, by its path."""
    found = {}
    for file in sorted(site.rglob("*.css")):
        found[file.relative_to(site).as_posix()] = css_links(file.read_text(encoding="utf-8"))
    for file in sorted(site.rglob("*.svg")):
        read = read_page(file.read_text(encoding="utf-8"))
        found[file.relative_to(site).as_posix()] = read.links
    return found
