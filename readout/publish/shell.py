"""The theme's HTML around a page, made once for all pages of a kind.

The page template is rendered with marks where a page's own values and the addresses of its folder
go; a page is then put together of the pieces between them. `theme_reading` says whether the theme
is one with which that gives what the template would give; where it is not, and for the first two
pages of each kind, the template itself is rendered. The second is also made of the pieces: should
the two ever differ, no more pages are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, TemplateError
from markupsafe import escape
from mkdocs.utils import get_relative_url, normalize_url

from readout.publish.docs import published
from readout.publish.theme_reading import KIND, UnfitError, read_template

_MANY = 1024
_MARK = re.compile("\ue000(.*?)\ue001")
"""Stands for a value in what the template gives. Characters for private use, which no theme has."""
_CONTENT, _ADDRESS, _BASE, _URL, _META = "content", "canonical_url", "base_url", "url ", "meta "

Meta = Mapping[str, Any]
Kind = tuple[object, ...]
"""What all pages with the same shell have in common."""


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"


class Standin:
    """A page that stands for all of a kind: what `theme_reading` lets a template ask of one."""

    is_homepage = False
    content = _mark(_CONTENT)

    def __init__(self, meta: Meta, keys: Sequence[str], has_address: bool) -> None:
        self.meta = dict(meta)
        for key in keys:
            if meta.get(key):
                self.meta[key] = _mark(_META + key)
        self.title = self.meta["title"]
        self.canonical_url = _mark(_ADDRESS) if has_address else None
        self.urls: list[str] = []
        """What the filter `url` was asked for."""

    def link(self, value: object) -> str:
        """What the filter `url` says of an address."""
        if type(value) is not str:
            raise UnfitError
        self.urls.append(value)
        return _mark(f"{_URL}{len(self.urls) - 1}")


class Shells:
    """The shells of one theme, made when there is use for them."""

    def __init__(self, environment: Environment, base: str | None, *, is_known: bool) -> None:
        """`base` is the address of the site; it ends with a slash. `is_known` is whether pages are
        what the theme is told of them and no more.
        """
        self._base = base or ""
        self._keys: tuple[str, ...] = ()
        self._is_fit = is_known
        try:
            self._keys = read_template(environment)
        except (UnfitError, TemplateError, OSError):  # the template's own use tells of it
            self._is_fit = False
        self._seen: set[Kind] = set()
        self._made: dict[Kind, Shell] = {}

    def takes(self, meta: Meta) -> bool:
        """Whether a page that is not in the menu may have a shell."""
        return self._is_fit and "title" in meta and "template" not in meta

    def shell(self, meta: Meta) -> Shell | None:
        """That of a page that `takes`; None where its kind has none yet."""
        return self._made.get(self._kind(meta))

    def learn(
        self, path: str, meta: Meta, content: str, text: str, render: Callable[[Standin], str]
    ) -> None:
        """Hears of a page that `takes`, and of what the template gave for it.

        `render` has the template render a page of the same folder.
        """
        kind = self._kind(meta)
        if kind not in self._seen:
            if len(self._seen) >= _MANY:
                self._seen.clear()
                self._made.clear()
            self._seen.add(kind)
            return
        try:
            standin = Standin(meta, self._keys, bool(self._base))
            shell = Shell(render(standin), standin.urls, self._base)
            same = shell.html(path, meta, encoded(content)) == encoded(text)
        except (UnfitError, TemplateError, KeyError, IndexError, ValueError):
            same = False
        if same:
            self._made[kind] = shell
        else:
            self._is_fit = False

    def _kind(self, meta: Meta) -> Kind:
        """What its template may ask of a page: its kind, and which values it has."""
        of = meta.get
        return (of(KIND), *[of(key) and True for key in self._keys])


class Shell:
    """What the template gives around the values of a page."""

    def __init__(self, text: str, urls: Sequence[str], base: str) -> None:
        self._pieces = _MARK.split(text)
        if not "".join(self._pieces[::2]).strip():
            raise UnfitError
        self._urls = urls
        self._base = base
        self._of_folder: dict[str, tuple[list[bytes], list[str]]] = {}
        """Pieces of pages in a folder, and what stands behind each but the last."""

    def html(self, path: str, meta: Meta, content: bytes) -> bytes:
        """A page put together."""
        folder = path.rpartition("/")[0]
        found = self._of_folder.get(folder)
        if found is None:
            if len(self._of_folder) >= _MANY:
                self._of_folder.clear()
            found = self._of_folder[folder] = self._in(published(path))
        literals, slots = found
        parts = [literals[0]]
        for slot, literal in zip(slots, literals[1:], strict=True):
            if slot == _CONTENT:
                parts.append(content)
            elif slot == _ADDRESS:
                parts.append(encoded(escape(self._base + published(path))))
            else:
                parts.append(encoded(escape(meta[slot.removeprefix(_META)])))
            parts.append(literal)
        return b"".join(parts)

    def _in(self, url: str) -> tuple[list[bytes], list[str]]:
        """Pieces and slots in the folder of a page at this address."""
        page = SimpleNamespace(url=url)
        base = get_relative_url(".", url)
        literals, slots = [self._pieces[0]], []
        for mark, literal in zip(self._pieces[1::2], self._pieces[2::2], strict=True):
            if mark == _BASE:
                literals[-1] += base + literal
            elif mark.startswith(_URL):
                value = self._urls[int(mark.removeprefix(_URL))]
                address: str = normalize_url(value, page, base)  # type: ignore[arg-type]
                literals[-1] += address + literal
            else:
                slots.append(mark)
                literals.append(literal)
        return list(map(encoded, literals)), slots


BASE_MARK = _mark(_BASE)
"""For `base_url` where a page is rendered that stands for others."""


def encoded(text: str) -> bytes:
    """As MkDocs writes a page."""
    return text.encode("utf-8", errors="xmlcharrefreplace")
