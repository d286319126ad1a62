"""A hook that makes MkDocs several times faster on the pages that Readout writes.

Pages within the part of Markdown that `fast_markdown` knows are rendered there, with the same
links, ids, contents and warnings; any other page is left to MkDocs. `build.py` presses pages with
the classes of this file; `mkdocs build` alone may name the file under `hooks`. `mkdocs.yml` does
not.
"""

from __future__ import annotations

import logging
import posixpath
import re
import sys
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

if "readout" not in sys.modules:  # MkDocs loads a hook by its path, and knows no package around it
    sys.path.append(str(Path(__file__).parents[2]))

from readout.publish.fast_markdown import LINK_MARK, Rendered, render

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import TableOfContents

log = logging.getLogger("mkdocs.hooks.readout")

_LINK = re.compile(rf'<a href="{LINK_MARK}([^"]*)"')
_SIMPLE_LINK = re.compile(r"((?!/)[a-z0-9_./-]+\.md)((?:#[A-Za-z0-9_-]+)?)")
"""A relative path and a fragment, without anything to decode."""
_MANY = 4096


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Has every page render itself in the fast way (MkDocs calls this before it reads pages)."""
    links = Links(config, files)
    for file in files.documentation_pages():
        if type(file.page) is Page:
            file.page.__class__ = FastPage
            file.page.links = links  # type: ignore[attr-defined]
    return nav


class FastPage(Page):
    """A page of MkDocs with another way to render itself; all else is as it was."""

    links: Links
    """Shared by all pages of a build."""
    _rendered: Rendered | None = None
    _toc: TableOfContents

    @property
    def toc(self) -> TableOfContents:
        """The table of contents, made when a theme asks for it."""
        if self._rendered is not None:
            # The list is used up.
            self._toc = get_toc(nest_toc_tokens(self._rendered.headings))
            self._rendered = None
        return self._toc

    @toc.setter
    def toc(self, value: TableOfContents) -> None:
        self._toc = value
        self._rendered = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Reads the page, and says so where MkDocs passes over front matter it cannot read."""
        super().read_source(config)
        if not self.meta and self.markdown and self.markdown.startswith("---"):
            log.warning("Doc file '%s' has front matter that is not YAML", self.file.src_uri)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Markdown to HTML; sets what `Page.render` sets: content, toc, title, anchors, links."""
        assert self.markdown is not None
        rendered = render(self.markdown)
        if rendered is None:
            super().render(config, files)
        else:
            self.take(rendered)

    def take(self, rendered: Rendered) -> None:
        """Makes what was rendered in the fast way the page's own."""
        to_anchors: dict[str, dict[str, str]] = {}
        path, links = self.file.src_uri, self.links
        self.content = "\n".join(
            part.decode() if isinstance(part, bytes) else links.resolve(part, path, to_anchors)
            for part in rendered.parts
        )
        self._title_from_render = rendered.title
        self._rendered = rendered
        self.present_anchor_ids = rendered.anchors
        self.links_to_anchors = {links.file(to): found for to, found in to_anchors.items()}


class Links:
    """MkDocs' way from one source file to another, remembered for each folder.

    Only a link that leads somewhere is remembered: the others are MkDocs' own business each
    time, with its warnings.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._known: dict[tuple[str, str], tuple[str, str, str]] = {}
        """(folder, link as written) -> (link in HTML, path of the target, fragment)."""

    def resolve(self, html: str, path: str, to_anchors: dict[str, dict[str, str]]) -> str:
        """Turns the marked links of a page into those of the site, and notes their fragments."""
        if LINK_MARK not in html:
            return html
        folder = path.rpartition("/")[0]

        def finished(found: re.Match[str]) -> str:
            url = unescape(found.group(1))
            known = self._known.get((folder, url)) or self._ask(url, path, folder)
            new_url, target, fragment = known
            if target:
                self.reached(target)
                if fragment:
                    to_anchors.setdefault(target, {}).setdefault(fragment, url)
            return f'<a href="{escape(new_url)}"'

        return _LINK.sub(finished, html)

    def file(self, path: str) -> File:
        """One that a link leads to, or the page with the links."""
        found = self._files.get_file_from_path(path)
        assert found is not None
        return found

    def reached(self, path: str) -> None:
        """Hears of every file that a link leads to."""

    def _way(self, path: str, target: str) -> str | None:
        """The address of a target as seen from a page; None where there is no such target."""
        found = self._files.get_file_from_path(target)
        if found is None or not _leads_somewhere(found):
            return None
        return get_relative_url(found.url, self.file(path).url)

    def _ask(self, url: str, path: str, folder: str) -> tuple[str, str, str]:
        """What MkDocs makes of a link; it logs what is wrong with it."""
        if simple := _SIMPLE_LINK.fullmatch(url):
            target, fragment = posixpath.join(folder, simple[1]), simple[2]
            if "/" in simple[1]:
                target = posixpath.normpath(target)
            way = self._way(path, target)
            if way is not None:
                return self._keep((folder, url), (way + fragment, target, fragment[1:]))
        resolver = _RelativePathTreeprocessor(self.file(path), self._files, self._config)
        new_url = resolver.path_to_url(url)
        for found, fragments in resolver.links_to_anchors.items():
            known = (new_url, found.src_uri, next(iter(fragments)))
            is_there = url[0] not in "#?" and _leads_somewhere(found)
            return self._keep((folder, url), known) if is_there else known
        if new_url == url and not url.endswith(".md"):
            return new_url, "", ""
        target = resolver._target_uri(path, url.partition("?")[0])
        to = self._files.get_file_from_path(target)
        if to is None:
            return new_url, "", ""
        known = (new_url, to.src_uri, "")
        return self._keep((folder, url), known) if _leads_somewhere(to) else known

    def _keep(self, key: tuple[str, str], known: tuple[str, str, str]) -> tuple[str, str, str]:
        if len(self._known) >= _MANY:
            self._known.clear()
        self._known[key] = known
        return known


def _leads_somewhere(target: File) -> bool:
    return bool(target.inclusion.value > InclusionLevel.DRAFT.value)
